"""Long lists cut by time: which pages a list becomes, from its numbers by month alone.

A list that fits one page is one page. A longer one becomes an overview over its years, a year too long an overview
over its months; a month is never cut. So one new cable changes one period, not every page behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many cables of a list were sent in a month."""

    year: int | None  # None for the undated
    month: int | None  # None where only the year is known
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """A period that has a page of its own."""

    period: str  # '2008', '2008-11', 'undated'
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPage:
    """A page of a list: either it lists its cables, or the periods it is cut into."""

    period: str  # '' for the whole
    count: int
    parts: tuple[PeriodCount, ...] = ()  # empty where the page lists its cables


def plan_periods(months: Sequence[MonthCount], limit: int) -> tuple[PeriodPage, ...]:
    """The pages of a list whose months are given in order, undated last; `limit` is the longest list of a page."""
    total = sum(month.count for month in months)
    if total <= limit:
        return (PeriodPage(period="", count=total),)
    pages: list[PeriodPage] = []
    years: list[PeriodCount] = []
    for year, group in groupby(months, key=lambda month: month.year):
        in_year = list(group)
        name = "undated" if year is None else f"{year:04d}"
        years.append(PeriodCount(period=name, count=sum(month.count for month in in_year)))
        pages.extend(_year_pages(name, in_year, limit))
    return (PeriodPage(period="", count=total, parts=tuple(years)), *pages)


def plan_year(months: Sequence[MonthCount], limit: int) -> tuple[PeriodPage, ...]:
    """The pages of one year of the date index: the year, and each of its months whatever their number."""
    total = sum(month.count for month in months)
    parts = _month_counts(f"{months[0].year:04d}" if months[0].year is not None else "undated", months)
    whole = PeriodPage(period="", count=total, parts=parts if total > limit else ())
    return (whole, *(PeriodPage(period=part.period, count=part.count) for part in parts))


def _year_pages(name: str, months: Sequence[MonthCount], limit: int) -> list[PeriodPage]:
    total = sum(month.count for month in months)
    parts = _month_counts(name, months)
    if total <= limit or not parts:
        return [PeriodPage(period=name, count=total)]
    return [
        PeriodPage(period=name, count=total, parts=parts),
        *(PeriodPage(period=part.period, count=part.count) for part in parts),
    ]


def _month_counts(year: str, months: Sequence[MonthCount]) -> tuple[PeriodCount, ...]:
    """The months of a year; cables of an unknown month stand in '2008-00'."""
    if year == "undated":
        return ()
    return tuple(PeriodCount(period=f"{year}-{month.month or 0:02d}", count=month.count) for month in months)
