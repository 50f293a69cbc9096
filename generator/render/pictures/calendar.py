"""Calendars: the months of a year as tables of weeks, and the days of any year; days with cables lead to them."""

from calendar import Calendar as Weeks
from calendar import monthrange
from collections.abc import Mapping

from msgspec import Struct

from generator.archive.address import day_address, day_anchor, facet_address, relative
from generator.render.words import MONTH_NAMES, counted

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

# The year of the days of any year: it has them all.
_ANY_LEAP_YEAR = 2000
_SHADES = 4

# '01-01' to '12-31': the days of any year, 366 of them.
DAYS_OF_YEAR = tuple(
    f"{month:02d}-{day:02d}"
    for month in range(1, 13)
    for day in range(1, monthrange(_ANY_LEAP_YEAR, month)[1] + 1)
)


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A day of a calendar; all is '' for a place of a week that belongs to another month."""

    number: str = ""  # '3'
    href: str = ""  # '' where no cable was sent
    count: str = ""  # '5 cables'
    shade: int = 0  # 1 to 4, the more cables the higher


class Weekday(Struct, frozen=True, kw_only=True):
    """A day of the week."""

    short: str  # 'Mo'
    name: str  # 'Monday'


class CalendarMonth(Struct, frozen=True, kw_only=True):
    """A month of a calendar."""

    title: str
    href: str  # '' where it has no page
    count: str  # '12', '' for none
    weeks: tuple[tuple[CalendarDay, ...], ...]  # Monday first; for the days of any year, all in one


class Calendar(Struct, frozen=True, kw_only=True):
    """The months of a year, or of any year."""

    weekdays: tuple[Weekday, ...]  # none for the days of any year
    months: tuple[CalendarMonth, ...]


_NO_DAY = CalendarDay()
_WEEK = tuple(Weekday(short=name[:2], name=name) for name in _WEEKDAYS)


def make_calendar(here: str, year: str, counts: Mapping[str, int]) -> Calendar:
    """The twelve months of a year, whose days lead to their places on the pages of the months.

    `counts` has the cables of each day by '11-03'.
    """
    most = max(counts.values(), default=0)
    weeks = Weeks()
    months: list[CalendarMonth] = []
    for month, name in enumerate(MONTH_NAMES, start=1):
        total = sum(count for day, count in counts.items() if day.startswith(f"{month:02d}"))
        page = relative(here, facet_address("date", year, f"{year}-{month:02d}")) if total else ""
        months.append(
            CalendarMonth(
                title=name,
                href=page,
                count=f"{total:,}" if total else "",
                weeks=tuple(
                    tuple([_day(page, month, day, counts, most) for day in week])
                    for week in weeks.monthdayscalendar(int(year), month)
                ),
            )
        )
    return Calendar(weekdays=_WEEK, months=tuple(months))


def _day(page: str, month: int, day: int, counts: Mapping[str, int], most: int) -> CalendarDay:
    name = f"{month:02d}-{day:02d}"
    count = counts.get(name, 0)
    if not count:
        return CalendarDay(number=str(day)) if day else _NO_DAY
    return CalendarDay(
        number=str(day),
        href=f"{page}#{day_anchor(name)}",
        count=counted(count, "cable"),
        shade=_shade(count, most),
    )


def make_days(here: str, counts: Mapping[str, int]) -> Calendar:
    """All days of any year by month; each leads to its page, whether cables were sent or not."""
    most = max(counts.values(), default=0)
    months: list[CalendarMonth] = []
    for month, name in enumerate(MONTH_NAMES, start=1):
        days = [day for day in DAYS_OF_YEAR if day.startswith(f"{month:02d}")]
        total = sum(counts.get(day, 0) for day in days)
        months.append(
            CalendarMonth(
                title=name,
                href="",
                count=f"{total:,}" if total else "",
                weeks=(
                    tuple(
                        CalendarDay(
                            number=str(int(day[3:])),
                            href=relative(here, day_address(day)),
                            count=counted(counts.get(day, 0), "cable"),
                            shade=_shade(counts.get(day, 0), most),
                        )
                        for day in days
                    ),
                ),
            )
        )
    return Calendar(weekdays=(), months=tuple(months))


def _shade(count: int, most: int) -> int:
    """From 1 for few cables to 4 for as many as any day has, where that is no less; 0 for none."""
    return -(-_SHADES * count // max(most, _SHADES))
