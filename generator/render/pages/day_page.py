"""'On this day': the cables that were sent on one day of any year, and the index of all 366 days.

Each day has its page, whether cables were sent or not, so that a reader can always go on to the next.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from generator.archive.address import DAYS, day_address, day_anchor, facet_address, relative
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.rows import RowGroup, RowLine, row_lines
from generator.render.pictures.calendar import DAYS_OF_YEAR, Calendar, make_days
from generator.render.words import MONTH_NAMES, counted
from generator.settings import Settings

TITLE = "On this day"

_INTRODUCTION = "The days of the year, and the cables that were sent on each of them, in whatever year."
_MOST = 200  # rows of a page

_NEXT = dict(zip(DAYS_OF_YEAR, (*DAYS_OF_YEAR[1:], DAYS_OF_YEAR[0]), strict=True))
_PREVIOUS = {following: day for day, following in _NEXT.items()}


class DayPage(Struct, frozen=True, kw_only=True):
    """What `day.html` receives as `page`."""

    title: str  # '3 November'
    count: str  # '5 cables in 3 years', '' for none
    years: tuple[RowGroup, ...]
    previous: Link
    next: Link


class DaysPage(Struct, frozen=True, kw_only=True):
    """What `days.html` receives as `page`."""

    title: str
    introduction: str
    calendar: Calendar


def make_day_page(
    day: str, catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, DayPage]:
    """Frame and value of the page of a day, '11-03'."""
    here = day_address(day)
    title = _title(day)
    counts = catalogue.years_of_day(day)
    page = DayPage(
        title=title,
        count=f"{counted(sum(counts.values()), 'cable')} in {counted(len(counts), 'year')}" if counts else "",
        years=tuple(
            [
                _year(here, day, year, counts[year], row_lines(here, rows, lexicon))
                for year, rows in _rows(day, counts, catalogue)
            ]
        ),
        previous=_link(_PREVIOUS[day]),
        next=_link(_NEXT[day]),
    )
    return make_frame(settings, here, title, trail=_TRAIL), page


def _rows(
    day: str, counts: Mapping[str, int], catalogue: Catalogue
) -> Iterator[tuple[str, Iterable[CableRow]]]:
    """The rows of a day by year; where they are too many, of each year alike, rather than of the first years alone."""
    if sum(counts.values()) <= _MOST:
        yield from groupby(catalogue.sent_on(day, most=_MOST) if counts else (), key=lambda row: row.day[:4])
    else:
        for year in counts:
            yield year, catalogue.sent_on(day, year, most=max(1, _MOST // len(counts)))


def _year(here: str, day: str, year: str, count: int, rows: tuple[RowLine, ...]) -> RowGroup:
    whole = relative(here, facet_address("date", year, f"{year}-{day[:2]}"), day_anchor(day))
    return RowGroup(
        title=str(int(year)),
        anchor="",
        href=whole,
        rows=rows,
        more=Link(href=whole, label=f"All {count:,} of this day") if count > len(rows) else None,
    )


@lru_cache(maxsize=len(DAYS_OF_YEAR))
def _title(day: str) -> str:
    """'3 November' for '11-03'."""
    return f"{int(day[3:])} {MONTH_NAMES[int(day[:2]) - 1]}"


@lru_cache(maxsize=len(DAYS_OF_YEAR))
def _link(day: str) -> Link:
    """A day as the page of another day links to it."""
    return Link(href=relative(DAYS, day_address(day)), label=_title(day))


_TRAIL = (Link(href=relative(day_address("01-01"), DAYS), label=TITLE),)


def make_days_page(catalogue: Catalogue, settings: Settings) -> tuple[Frame, DaysPage]:
    """Frame and value of the index of days."""
    page = DaysPage(title=TITLE, introduction=_INTRODUCTION, calendar=make_days(DAYS, catalogue.days()))
    return make_frame(settings, DAYS, TITLE, description=_INTRODUCTION), page
