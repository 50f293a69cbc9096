"""The line of a cable's own words that lists show."""

import pytest
from site_tools import cleared, telegram

from generator import parse_cable
from generator.archive.gist import gist_of
from generator.release.cleared import MARK

LONG = "The road from Zenda to Slavna was opened to all traffic at one minute past noon by the Minister"


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("1. (U) It snowed.", "It snowed."),
        ("1. (U) It snowed.\n\n2. (U) It thawed.", "It snowed."),
        ("1. (C) SUMMARY: The salt came. END SUMMARY.\n\n2. (U) It snowed.", "The salt came."),
        ("BACKGROUND\n----------\n\n1. (U) It snowed\nall day.", "It snowed all day."),
        (f"1. (U) {LONG}. Nobody came.", f"{LONG}."),
        (f"1. (U) {LONG} (ref A). Nobody came.", f"{LONG} (ref A)."),
        (f'1. (U) {LONG}, "at last." Nobody came.', f'{LONG}, "at last."'),
        (f"1. (U) {LONG} who had it. Nobody came.", f"{LONG} who had it."),
        (f"1. (U) {LONG} and Amb. Rassendyll, U.S. Embassy.", f"{LONG} and Amb. Rassendyll, U.S. Embassy."),
        (f"1. (U) Snow. {LONG}. Nobody came.", f"Snow. {LONG}."),
        (
            f"1. (U) {LONG}, {LONG}.",
            f"{LONG}, The road from Zenda to Slavna was opened to all traffic at one…",
        ),
        ("1. (U) " + "x" * 300, "x" * 160 + "…"),
        (f"1. (U) {LONG} {MARK} {MARK} and {MARK}.", f"{LONG} {MARK} {MARK} and {MARK}."),
        ("1. (U) ...\n\n2. (U) It snowed.", "It snowed."),
        ("", ""),
    ],
)
def test_the_gist_is_the_first_sentence_of_the_summary_or_of_the_text(text: str, gist: str) -> None:
    assert gist_of(cleared(parse_cable(telegram(text=text)), path="a.txt")) == gist


def test_what_is_no_telegram_has_a_gist_too() -> None:
    letter = parse_cable("Dear Rosa,\n\n  the tower is above water.\n")
    assert gist_of(cleared(letter, path="letter.txt")) == "Dear Rosa, the tower is above water."
