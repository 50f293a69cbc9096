import pytest
from case_files import Case, read_cases

from generator.telegram.cable import Block
from generator.telegram.portion import highest_level, parse_portion


def show(case: Case) -> list[str]:
    """The marking with which each line begins."""
    return [found.marking if (found := parse_portion(text)) else "none" for text in case.lines]


@pytest.mark.parametrize("case", read_cases("portion"))
def test_portion(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    ("written", "marking"),
    [
        ("(U) Text", "U"),
        ("(SBU) Text", "SBU"),
        ("(C) Text", "C"),
        ("(TS) Text", "TS"),
        ("(LOU) Text", "LOU"),
        ("( C ) Text", "C"),
        ("(C ) Text", "C"),
        ("(C/NF) Text", "C//NF"),
        ("(S//NF) Text", "S//NF"),
        ("(S-NF) Text", "S//NF"),
        ("(SNF) Text", "S//NF"),
        ("(N/SF) Text", "S//NF"),
        ("(C/NOFORN) Text", "C//NF"),
        ("(SBU/NF) Text", "SBU//NF"),
        ("(U//FOUO) Text", "U//FOUO"),
        ("(S/REL RURITANIA) Text", "S//REL RURITANIA"),
        ("(S//REL RURITANIA, KRAVONIA) Text", "S//REL RURITANIA, KRAVONIA"),
        ("(S//FGI//NF) Text", "S//FGI//NF"),
        ("(CONFIDENTIAL) Text", "C"),
    ],
)
def test_a_marking_is_normalised_and_taken_off(written: str, marking: str) -> None:
    portion = parse_portion(written)
    assert portion is not None
    assert portion.marking == marking
    assert written[portion.end :] == "Text"


@pytest.mark.parametrize(
    "written", ["(C - ENTIRE TEXT) THE MINISTER", "CONFIDENTIAL - ENTIRE TEXT. THE MINISTER"]
)
def test_entire_text_marks_a_paragraph_and_stays_in_it(written: str) -> None:
    portion = parse_portion(written)
    assert portion is not None
    assert (portion.marking, portion.end) == ("C", 0)


@pytest.mark.parametrize(
    "text",
    [
        "(a) Text",
        "(c) Text",
        "(i) Text",
        "(REF A) Text",
        "(B) Text",
        "(S-300) missiles",
        "(U.S.) Text",
        "Text (C)",
        "",
        "(",
    ],
)
def test_other_parentheses_are_no_marking(text: str) -> None:
    assert parse_portion(text) is None


@pytest.mark.parametrize(
    ("markings", "level"),
    [
        (["U", "SBU"], "UNCLASSIFIED"),
        (["U", "S//NF", "C"], "SECRET"),
        (["TS", "S"], "TOP SECRET"),
        ([None], None),
        ([], None),
    ],
)
def test_the_highest_marking_calls_for_a_level(markings: list[str | None], level: str | None) -> None:
    blocks = [Block(kind="paragraph", line=1, last_line=1, marking=marking) for marking in markings]
    assert highest_level(blocks) == level
