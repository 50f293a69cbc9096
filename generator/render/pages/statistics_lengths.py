"""Statistics of lengths: cables by classes that double, and the longest of them."""

from collections.abc import Sequence

from msgspec import Struct

from generator.archive.address import STATISTICS, relative
from generator.archive.length import words_of_class
from generator.archive.statistics import Statistics
from generator.render.frame import Link
from generator.render.pages.figures import FigureRow, FigureTable
from generator.render.pictures.class_bars import ClassBars, make_class_bars


class ByLength(Struct, frozen=True, kw_only=True):
    """How long the cables are."""

    says: str
    bars: ClassBars | None  # None where all are of one class
    longest: tuple[Link, ...]  # none where all are of one class
    longest_says: str  # what stands before them
    table: FigureTable


def by_length(found: Statistics) -> ByLength:
    """How long the cables are, where there are any."""
    classes = range(min(found.lengths), max(found.lengths) + 1)
    counts = [(_words(length), found.lengths.get(length, 0)) for length in classes]
    if len(counts) == 1:
        says, bars = f"All cables have {counts[0][0]} words.", None
    else:
        middle = _middle([count for _, count in counts])
        says = f"The middle cable has {counts[middle][0]} words: as many are shorter as are longer."
        bars = make_class_bars(counts, marked=middle, mark=", the middle", name=f"Cables by length. {says}")
    return ByLength(
        says=says,
        bars=bars,
        longest=tuple(
            Link(href=relative(STATISTICS, row.address), label=row.name)
            for row in (found.longest if bars else ())
        ),
        longest_says=_longest(counts[-1], len(found.longest)),
        table=FigureTable(
            caption="Cables by words of their text",
            heads=("Words", "Cables"),
            rows=tuple(FigureRow(label=label, href="", cells=(f"{count:,}",)) for label, count in counts),
        ),
    )


def _words(length: int) -> str:
    """'200 to 399'."""
    return " to ".join(f"{words:,}" for words in words_of_class(length))


def _middle(counts: Sequence[int]) -> int:
    """The class of the cable in the middle; of two, that of the shorter."""
    half, seen = (sum(counts) + 1) // 2, 0
    for place, count in enumerate(counts):
        seen += count
        if seen >= half:
            return place
    raise ValueError("no cables")


def _longest(last: tuple[str, int], named: int) -> str:
    """What stands before the longest cables."""
    label, count = last
    if count == 1:
        return f"The longest cable has {label} words:"
    return f"{count:,} cables have {label} words{', among them' if count > named else ''}:"
