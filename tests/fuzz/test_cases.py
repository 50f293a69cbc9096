"""Texts that once broke a promise of the parser, and what finds more of them."""

from pathlib import Path

import pytest
from fuzz import promises

from generator import parse_cable

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_parser_keeps_its_promises(path: Path) -> None:
    promises.check(path.read_bytes().decode("utf-8"), timed=True)


def test_a_broken_promise_is_noticed_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(text: str) -> object:
        if "¶" in text:
            raise ValueError(text)
        return parse_cable(text)

    monkeypatch.setattr(promises, "parse_cable", parse)
    with pytest.raises(promises.PromiseBroken, match="ValueError"):
        promises.check("1. (C) Text ¶2. more\nand more\n")
    assert promises.minimise("1. (C) Text ¶2. more\nand more\n") == "¶"


def test_time_that_is_not_linear_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "_seconds", lambda text: len(text) ** 2 / 1e9)
    with pytest.raises(promises.PromiseBroken, match="four times"):
        promises.check("1. (C) Text\n", timed=True)
