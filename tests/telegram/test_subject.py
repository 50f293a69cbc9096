import pytest

from generator.telegram.subject import parse_subject, subject_extent


@pytest.mark.parametrize(
    ("lines", "subject", "marking"),
    [
        (["SUBJECT: RURITANIA OPENS ITS PORTS"], "RURITANIA OPENS ITS PORTS", None),
        (["SUBJ: RURITANIA OPENS ITS PORTS"], "RURITANIA OPENS ITS PORTS", None),
        (["SUBJECT RURITANIA OPENS ITS PORTS"], "RURITANIA OPENS ITS PORTS", None),
        (["SUBJECT: RURITANIA OPENS", "ITS  PORTS"], "RURITANIA OPENS ITS PORTS", None),
        (["SUBJECT: U.S.-", "RURITANIA TALKS"], "U.S.-RURITANIA TALKS", None),
        (["SUBJECT: (SBU) RURITANIA OPENS ITS PORTS"], "RURITANIA OPENS ITS PORTS", "SBU"),
        (["SUBJECT: RURITANIA OPENS ITS PORTS (U)"], "RURITANIA OPENS ITS PORTS", "U"),
        (["SUBJECT: THE KING (RUDOLF)"], "THE KING (RUDOLF)", None),
        (["SUBJECT:"], None, None),
        ([], None, None),
    ],
)
def test_a_subject_is_one_line(lines: list[str], subject: str | None, marking: str | None) -> None:
    assert parse_subject(lines) == (subject, marking)


@pytest.mark.parametrize(
    "below",
    [
        "",
        "REF: STATE 9876",
        "REFTEL: ZENDA 12",
        "REFS: A. ZENDA 12",
        "Classified By: Ambassador",
        "CLASSIFIED BY X",
        "TAGS: PGOV",
        "E.O. 12958: N/A",
        "SUMMARY",
        "1. (C) The parliament",
        "¶1. (C) The parliament",
        "1. The parliament",
        "-----",
        "A. ZENDA 12",
        "(SBU) This cable",
        "Tuesday, 14 February 2006, 12:30",
        "STRELSAU 00000123  002 OF 003",
    ],
)
def test_a_subject_ends_before(below: str) -> None:
    assert subject_extent(["SUBJECT: RURITANIA OPENS", "ITS PORTS", below, "MORE"], 0) == 2


@pytest.mark.parametrize(
    "below",
    [
        "REFUGEES IN THE PASS",
        "REFORM OF THE TARIFF",
        "A NEW ERA",
        "CLASSIFIED ADVERTISEMENTS",
        "2008 BUDGET",
        "1.5 PERCENT",
    ],
)
def test_a_subject_goes_on_with(below: str) -> None:
    assert subject_extent(["SUBJECT: RURITANIA AND THE", below, "", "1. (C) Text"], 0) == 2


def test_a_subject_has_five_lines_at_most() -> None:
    assert subject_extent(["SUBJECT: A"] + ["MORE WORDS"] * 9, 0) == 5
