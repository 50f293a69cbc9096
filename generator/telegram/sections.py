"""Sections: the pieces in which a long telegram was sent, and which of them a text lacks.

Archives join the sections of a telegram and keep the first classification line alone, so that 'SECTION 01 OF 03' by
itself says nothing of what is there. What tells is a later section's own line, page lines, which count sections too
('002.1 OF 003'), and the signature, which stands at the end of the last section only.
"""

from collections.abc import Iterator, Sequence

import msgspec


class SectionBreak(msgspec.Struct, frozen=True, kw_only=True):
    """Where a later section of the same telegram begins in a text."""

    index: int  # of its first line
    section: int


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Sections that the text lacks, one after the other."""

    index: int | None  # of the line before which they are missing; None where that is the end of the text
    first: int
    last: int

    def __str__(self) -> str:
        """'2' or '3 to 10'."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def gaps_between(first: int, breaks: Sequence[SectionBreak], *, start: int) -> Iterator[Gap]:
    """The sections that are passed over, in a text whose body begins with section `first` at line `start`."""
    expected = 1
    for index, section in [(start, first), *((found.index, found.section) for found in breaks)]:
        if expected < section:
            yield Gap(index=index, first=expected, last=section - 1)
        expected = max(expected, section + 1)


def gaps_at_end(first: int, total: int, breaks: Sequence[SectionBreak], *, last_paged: int) -> Iterator[Gap]:
    """The sections of `total` that are missing behind the last, in a text without a signature.

    `last_paged` is the last section that a page line names, 0 where none does. A text that nowhere tells of its
    sections is believed to hold them all.
    """
    if first > 1 or breaks or last_paged:
        last = max([first, last_paged, *(found.section for found in breaks)])
        if last < total:
            yield Gap(index=None, first=last + 1, last=total)
