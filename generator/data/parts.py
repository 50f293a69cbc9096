"""Into which files the data of one kind is cut: one, or by year, and a year that is too long by month.

As lists are, data is cut by time: a part, once cited, keeps its cables, and one new cable changes one part. The parts
follow from the sizes of months, and these from the archive alone.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

# Bytes. GitHub warns of files above 50 MB, and takes none above 100.
BOUND = 50_000_000

# The order of all records: the undated last, within a year first those whose month is unknown.
Month = tuple[int, int]  # year and month, 0 where there is none


class MonthSize(Struct, frozen=True):
    """The records of a month."""

    month: Month
    cables: int
    size: int  # bytes, without addresses


class Part(Struct, frozen=True):
    """A file of some months."""

    name: str  # '' for all, '2008', '2008-11', '2008-00' for those of an unknown month, 'undated'
    months: tuple[Month, ...]  # in order
    cables: int


def cut(months: Sequence[MonthSize], bound: int = BOUND) -> list[Part]:
    """The parts of an archive whose months are given in order; one file where all of it is no larger than the bound."""
    if sum(month.size for month in months) <= bound:
        return [_part("", months)]
    return list(_by_year(months, bound))


def holds(name: str, month: Month) -> bool:
    """Whether the part of a name is the one that holds a month; that for all holds any."""
    year, number = month
    return name in ("", f"{year:04d}" if year else "undated", f"{year:04d}-{number:02d}")


def _by_year(months: Sequence[MonthSize], bound: int) -> Iterator[Part]:
    for year, group in groupby(months, key=lambda month: month.month[0]):
        in_year = list(group)
        if not year:
            yield _part("undated", in_year)
        elif sum(month.size for month in in_year) <= bound:
            yield _part(f"{year:04d}", in_year)
        else:
            yield from (_part(f"{year:04d}-{month.month[1]:02d}", [month]) for month in in_year)


def _part(name: str, months: Sequence[MonthSize]) -> Part:
    return Part(name, tuple(month.month for month in months), sum(month.cables for month in months))
