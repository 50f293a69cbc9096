"""Sources that hold more than one telegram, or one in several messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import parse_cable
from generator.lexicon import builtin_lexicon
from generator.telegram.messages import split_messages

LEXICON = builtin_lexicon()


def message(serial: int, section: str = "", text: str = "1. (U) It snowed.") -> str:
    return (
        f"VZCZCXRO0042\nPP RUEHC\nDE RUEHXX #{serial:04d}/01 0451230\nZNR UUUUU ZZH\nP 141230Z FEB 08\nFM AMEMBASSY STRELSAU\n"
        f"TO RUEHC/SECSTATE WASHDC 0001\n\nUNCLAS {section}STRELSAU {serial:06d}\n\nE.O. 12958: N/A\nTAGS: PGOV\n"
        f"SUBJECT: THE SALT ROAD\n\n{text}\n\n"
    )


FIRST = message(123, "SECTION 01 OF 02 ", "1. (U) The new")
SECOND = message(123, "SECTION 02 OF 02 ", "law takes effect.\n\n2. (U) It snowed.\n\nRASSENDYLL")


def test_a_source_with_one_telegram_is_one_message() -> None:
    (found,) = split_messages(message(123), LEXICON)
    assert (found.text, found.first_line, found.is_reordered) == (message(123), 1, False)


def test_two_telegrams_in_one_source_are_two_messages() -> None:
    found = split_messages(message(123) + message(124) + message(125), LEXICON)
    assert [part.text for part in found] == [message(123), message(124), message(125)]
    assert [part.first_line for part in found] == [1, 17, 33]


def test_a_second_copy_of_a_telegram_is_a_message_of_its_own() -> None:
    assert [part.first_line for part in split_messages(message(123) + message(123), LEXICON)] == [1, 17]


def test_a_copy_without_transmission_headers_is_cut_at_the_classification_line() -> None:
    def bare(serial: int) -> str:
        return f"CONFIDENTIAL STRELSAU {serial}\n\nE.O. 12356: DECL: OADR\nTAGS: PGOV\nSUBJECT: X\n\n1. TEXT.\n\n"

    found = split_messages(bare(1) + bare(2), LEXICON)
    assert [part.text for part in found] == [bare(1), bare(2)]


@pytest.mark.parametrize(
    "quoted",
    [
        "1. (C) The telegram read:\n\nCONFIDENTIAL STRELSAU 99\n\nand no more.\n",
        "1. (C) SUBJECT: is a word.\n\nSUBJECT: of a letter\n",
        "1. (C) He sent this:\nFM AMEMBASSY ZENDA\nTO SECSTATE WASHDC\n",
    ],
)
def test_a_telegram_that_quotes_another_is_one_message(quoted: str) -> None:
    assert len(split_messages(message(123, text=quoted), LEXICON)) == 1


@pytest.mark.parametrize(("source", "is_reordered"), [(FIRST + SECOND, False), (SECOND + FIRST, True)])
def test_sections_of_one_telegram_are_one_message_in_their_order(source: str, is_reordered: bool) -> None:
    (found,) = split_messages(source, LEXICON)
    assert (found.text, found.is_reordered) == (FIRST + SECOND, is_reordered)
    cable = parse_cable(found.text)
    assert [paragraph.text for paragraph in cable.paragraphs] == ["The new law takes effect.", "It snowed."]
    assert (cable.id, cable.sections, cable.signer) == ("08STRELSAU123", 2, "RASSENDYLL")


PIECES = st.sampled_from(
    [message(1), message(2), FIRST, SECOND, "VZCZCXRO1\n", "FM X\n", "SUBJECT: X\n", "\n", "text\n"]
)


def test_sections_do_not_run_into_each_other() -> None:
    (found,) = split_messages((SECOND + FIRST).rstrip("\n"), LEXICON)
    assert found.text == FIRST.rstrip("\n") + "\n" + SECOND


@given(st.lists(PIECES, max_size=8).map(lambda pieces: "".join(pieces).rstrip("\n")))
def test_no_line_is_lost(source: str) -> None:
    found = split_messages(source, LEXICON)
    kept = "\n".join(part.text for part in found)
    assert sorted(kept.replace("\n", "")) == sorted(source.replace("\n", ""))
    assert sorted(filter(None, kept.split("\n"))) == sorted(filter(None, source.split("\n")))
