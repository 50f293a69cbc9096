"""Text as it stands on a terminal: wrapped, and never obeyed."""

import pytest

from generator.output.sheet import Sheet
from generator.problem import Problem


@pytest.fixture(autouse=True)
def forty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


def problem(excerpt: str, column: int | None) -> Problem:
    return Problem(
        code="x", severity="info", source="a.txt", message="it is so", excerpt=excerpt, column=column
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("TAGS: PGOV", "TAGS: PGOV"),
        ("one\ttwo", "one two"),  # a column wide, as the spot below it counts
        ("\x1b[2J\x07\x00gone\r", "\\x1b[2J\\x07\\x00gone\\x0d"),
        ("\x9b31mred", "\\x9b31mred"),
        ("Æthelstan ¶ 1", "Æthelstan ¶ 1"),
    ],
)
def test_what_was_found_is_shown_and_never_obeyed(
    capsys: pytest.CaptureFixture[str], text: str, shown: str
) -> None:
    Sheet().line(text)
    assert capsys.readouterr().out == f"{shown}\n"


def test_a_word_is_never_broken(capsys: pytest.CaptureFixture[str]) -> None:
    Sheet().prose(f"in {'x' * 50} and elsewhere", hanging="  ")
    assert capsys.readouterr().out == f"in\n  {'x' * 50}\n  and elsewhere\n"


@pytest.mark.parametrize(
    ("excerpt", "column", "shown", "spot"),
    [
        ("TAGS: PGVO", 7, "TAGS: PGVO", 7),
        ("TAGS: PGVO", None, "TAGS: PGVO", None),
        ("x" * 100, None, "x" * 32, None),
        ("." * 90 + "PGVO" + "." * 90, 91, "." * 16 + "PGVO" + "." * 12, 17),
    ],
)
def test_the_spot_is_marked_also_in_a_line_that_is_cut(
    capsys: pytest.CaptureFixture[str], excerpt: str, column: int | None, shown: str, spot: int | None
) -> None:
    Sheet().problem(problem(excerpt, column))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == " " * 8 + shown
    assert lines[2:] == ([" " * 8 + " " * (spot - 1) + "^"] if spot else [])
