"""The words that a site explains: their anchors, and which a cable uses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_tools import cleared, telegram

from generator.archive.words import WordKind, anchor_of, used_in_text, uses_of, vocabulary_of
from generator.lexicon import Abbreviation, builtin_lexicon
from generator.telegram.parse import parse_cable

LEXICON = builtin_lexicon()
WORDS = vocabulary_of(LEXICON)


@pytest.mark.parametrize(
    ("kind", "code", "anchor"),
    [
        ("abbreviation", "POLOFF", "POLOFF"),
        ("abbreviation", "POL/ECON", "POL/ECON"),
        ("abbreviation", "P5+1", "P5_2B1"),
        ("abbreviation", "main", "abbreviation-main"),  # other ids of a page have small letters
        ("abbreviation", '" onclick=', "abbreviation-_22_20onclick_3D"),
        ("tag", "UNGA/C-1", "tag-UNGA/C-1"),
        ("level", "TOP SECRET", "level-TOP_20SECRET"),
        ("reason", "1.4(b)", "reason-1.4b"),
    ],
)
def test_a_word_has_its_anchor(kind: WordKind, code: str, anchor: str) -> None:
    assert anchor_of(kind, code) == anchor


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("OADR", "Originating agency's determination required: no date is set. Under E.O. 12356."),
        ("RDS-2", "Reviewed for declassification on the day named, beyond six years. Under E.O. 12065."),
        ("X9", None),
        ("", None),
    ],
)
def test_a_code_in_place_of_a_date_is_explained(code: str, meaning: str | None) -> None:
    word = WORDS.find("declassification", code)
    assert (word.meaning if word else None) == meaning


KINDS = st.sampled_from(["abbreviation", "tag", "post"])
CODES = st.text(st.sampled_from("aA_2-/ =\"'<>&tg") | st.characters(), min_size=1)


@given(KINDS, CODES, KINDS, CODES)
def test_an_anchor_needs_no_quoting_and_belongs_to_one_word(
    kind: WordKind, code: str, other_kind: WordKind, other_code: str
) -> None:
    anchor = anchor_of(kind, code)
    assert re.fullmatch("[A-Za-z0-9._/-]+", anchor)
    assert (anchor == anchor_of(other_kind, other_code)) is ((kind, code) == (other_kind, other_code))


def test_all_words_of_the_lexicon_have_anchors_of_their_own() -> None:
    assert len({anchor.lower() for anchor in WORDS.by_anchor}) == len(WORDS.by_anchor) > 1000


@pytest.mark.parametrize(
    ("kind", "code", "meaning"),
    [
        ("abbreviation", "POLOFF", "political officer"),
        ("tag", "KZ", "Kazakhstan"),
        ("tag", "AGEN", "Administration, General (no longer in use)"),
        ("post", "ASTANA", "Embassy Astana, Kazakhstan"),
        (
            "declassification",
            "XGDS-9",
            "Exempt from the general declassification schedule. Under E.O. 11652.",
        ),
        ("tag", "ZZQX", None),
        ("level", None, None),
    ],
)
def test_a_word_has_its_meaning(kind: WordKind, code: str | None, meaning: str | None) -> None:
    word = WORDS.find(kind, code)
    assert (word.meaning if word else None) == meaning


def test_a_caption_is_one_word_wherever_it_stands_unless_the_archive_says_otherwise() -> None:
    of_text = WORDS.of_abbreviation(LEXICON.abbreviations["NOFORN"])
    assert of_text is WORDS.find("handling", "NOFORN")
    own = Abbreviation(term="NOFORN", expansion="no forms", context="archive")
    words = vocabulary_of(LEXICON.with_additions(abbreviations=[own]))
    assert words.of_abbreviation(own).meaning == "no forms"


def test_what_a_cable_uses() -> None:
    text = telegram(
        level="S E C R E T", text="1. (S) The UN and Poloff. NOFORN is no caption here. Poloff met ABCDEF."
    )
    text = text.replace("E.O. 12958: N/A", "E.O. 12356: DECL: OADR")
    uses = uses_of(cleared(parse_cable(text), path="a.txt"), LEXICON)
    above = "caption-SIPDIS prec-PRIORITY order-12356 decl-OADR"
    assert uses == f"POLOFF handling-NOFORN UN\n{above}"
    assert used_in_text(uses) == ["POLOFF", "handling-NOFORN", "UN"]


def test_a_text_that_is_no_telegram_uses_nothing() -> None:
    assert uses_of(cleared(parse_cable("Dear Rosa,\n"), path="a.txt"), LEXICON).split() == []
