"""Sections: the pieces in which a long telegram was sent, and which of them a text lacks.

Archives join the sections of a telegram and keep the first classification line alone, so that 'SECTION 01 OF 03' by
itself says nothing of what is there. Only a text that holds a later section's own line, or opens with a later
section, tells that it comes in pieces; then a number that is passed over is a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionBreak:
    """Where a later section of the same telegram begins in a text."""

    index: int  # of its first line
    section: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A section that the text lacks."""

    index: int | None  # of the line before which it is missing; None where that is the end of the text
    section: int


def find_gaps(first: int, total: int, breaks: Sequence[SectionBreak], start: int) -> Iterator[Gap]:
    """The sections that are missing of `total`, in a text whose body begins with section `first` at line `start`."""
    if first == 1 and not breaks:
        return
    expected = 1
    for index, section in [(start, first), *((found.index, found.section) for found in breaks)]:
        for missing in range(expected, section):
            yield Gap(index=index, section=missing)
        expected = max(expected, section + 1)
    for missing in range(expected, total + 1):
        yield Gap(index=None, section=missing)
