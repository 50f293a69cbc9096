"""Classes of lengths, which double."""

import pytest
from site_tools import telegram

from generator.archive.length import length_class, words_of_class
from generator.telegram.cable import Block, ListItem
from generator.telegram.parse import parse_cable


def snow(words: int) -> str:
    return " ".join(["snow"] * words)


@pytest.mark.parametrize(
    ("length", "fewest", "most"),
    [(0, 0, 99), (1, 100, 199), (2, 200, 399), (3, 400, 799), (8, 12_800, 25_599)],
)
def test_each_class_has_its_words_and_no_others(length: int, fewest: int, most: int) -> None:
    assert words_of_class(length) == (fewest, most)
    for words in (fewest, most):
        assert length_class([Block(kind="paragraph", line=1, last_line=1, text=snow(words))]) == length


def test_all_that_the_drafter_wrote_is_counted_and_nothing_that_was_left_out() -> None:
    def block(kind: str, words: int) -> Block:
        return Block(kind=kind, line=1, last_line=1, text=snow(words))  # type: ignore[arg-type]

    quoted = Block(kind="quote", line=1, last_line=1, text="BEGIN TEXT", blocks=(block("table", 48),))
    items = Block(kind="list", line=1, last_line=1, items=(ListItem(marker="--", text=snow(49)),))
    assert length_class([quoted, items, block("gap", 500)]) == 0  # 2 + 48 + 49 words
    assert length_class([quoted, items, block("heading", 1)]) == 1


def test_the_header_does_not_count() -> None:
    cable = parse_cable(telegram(subject="SALT " * 90, text="1. (U) " + "Snow. " * 90))
    assert length_class(cable.body) == 0
