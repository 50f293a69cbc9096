"""Figures as tables: what a picture shows, exactly."""

from collections.abc import Sequence

from msgspec import Struct

from generator.render.words import counted


class FigureRow(Struct, frozen=True, kw_only=True):
    """A row of a table."""

    label: str
    href: str  # '' for none
    cells: tuple[str, ...]


class FigureTable(Struct, frozen=True, kw_only=True):
    """The figures of a picture."""

    caption: str
    heads: tuple[str, ...]  # of all columns
    rows: tuple[FigureRow, ...]


def figures(counts: Sequence[int]) -> tuple[str, ...]:
    """Numbers and their sum."""
    return tuple(f"{count:,}" for count in (*counts, sum(counts)))


def others(number: int, thing: str) -> str:
    """'1 other post', '13 other posts'."""
    return counted(number, f"other {thing}")
