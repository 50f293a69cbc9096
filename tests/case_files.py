"""Case files: one rule of the parser in a file that a historian can read.

    Title of the rule

    What the rule is, in a sentence or two.

    key: value              (what else is known, where the rule needs it)

    ---
    lines of a telegram
    ---
    key: value              (what is read from them)

    ---
    more lines ...

They lie in tests/telegram/cases/FIELD/, and the test of the field says how it prints what was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "telegram" / "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Some lines of a telegram, and what is to be read from them."""

    title: str  # of the rule
    given: Mapping[str, str]  # what else is known
    lines: tuple[str, ...]
    expected: tuple[str, ...]  # 'key: value', in order


def read_cases(field: str) -> list[object]:
    """The cases of all files of a field, as parameters of a test."""
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in _files(field)
        for number, case in enumerate(_cases(path), start=1)
    ]


def cases_of(field: str) -> list[Case]:
    """The cases of all files of a field."""
    return [case for path in _files(field) for case in _cases(path)]


def _files(field: str) -> list[Path]:
    paths = sorted((FOLDER / field).glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"no case files in {FOLDER / field}")
    return paths


def _cases(path: Path) -> list[Case]:
    head, *parts = (part.strip("\n") for part in f"\n{path.read_text('utf-8')}".split("\n---\n"))
    title, _, *facts = head.split("\n\n")
    if len(parts) % 2 or not parts:
        raise ValueError(f"{path}: lines and what is read from them must alternate")
    return [
        Case(
            title=title,
            given=dict(line.split(": ", 1) for fact in facts for line in fact.split("\n")),
            lines=tuple(lines.split("\n")),
            expected=tuple(expected.split("\n")) if expected else (),
        )
        for lines, expected in zip(parts[::2], parts[1::2], strict=True)
    ]
