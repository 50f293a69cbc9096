"""Redactions that stood in the source: every style is found, and nothing else."""

import pytest

from generator.telegram.redactions import find_redactions


def shown(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_redactions(text)]


@pytest.mark.parametrize(
    ("text", "redactions"),
    [
        ("He met XXXXXXXXXXXX at noon.", ["XXXXXXXXXXXX"]),
        ("XXXXXXXXXXXX's brother and xxxxxxxxxxxx", ["XXXXXXXXXXXX", "xxxxxxxxxxxx"]),
        ("XXXXX", ["XXXXX"]),
        ("a [redacted] man", ["[redacted]"]),
        ("[NAME REMOVED] and [Name Removed]", ["[NAME REMOVED]", "[Name Removed]"]),
        ("[DELETED] (NAME DELETED) (REDACTED)", ["[DELETED]", "(NAME DELETED)", "(REDACTED)"]),
        ("[source name withheld]", ["[source name withheld]"]),
        ("He said [...] and left [\u2026].", ["[...]", "[\u2026]"]),
        # None of these:
        ("Pope John XXIII, XXXIV", []),
        ("a rate of xx.xx percent", []),
        ("XXXX", []),
        ("EXXXXXXON and XXXXXXth", []),
        ("[sic] (deletions follow) the [removal] of it", []),
        ("He deleted it (see below).", []),
    ],
)
def test_every_style_is_found_and_nothing_else(text: str, redactions: list[str]) -> None:
    assert shown(text) == redactions
