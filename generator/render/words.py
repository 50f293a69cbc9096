"""Dates, numbers and names as a reader sees them."""

import re
from collections.abc import Sequence
from datetime import date as Day  # noqa: N812 - a day of the calendar
from datetime import datetime
from functools import lru_cache

from generator.telegram.cable import DatePrecision

# What a post is stands before where it is.
_KIND_OF_POST = re.compile(
    r"(?:American Institute Taiwan,|(?:Regional )?Embassy(?: Office)?|Consulate|(?:US )?Mission(?: to)?(?: the)?|"
    r"US Interests Section) (?=\S)"
)

MONTH_NAMES = "January February March April May June July August September October November December".split()


def date_in_words(when: datetime | None, precision: DatePrecision | None) -> str:
    """'3 November 2008', '1975' where only the year is known, 'Undated'."""
    if when is None or precision is None:
        return "Undated"
    if precision == "year":
        return str(when.year)
    return day_in_words(when)


def day_in_words(day: Day) -> str:
    """'3 November 2008'."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


# The rows of an archive have a few thousand days.
@lru_cache(maxsize=5000)
def date_of_row_in_words(day: str) -> str:
    """'3 November 2008' for '2008-11-03', '1975' for '1975', 'Undated' for ''."""
    if len(day) <= len("1975"):
        return day.lstrip("0") or "Undated"
    return day_in_words(Day.fromisoformat(day))


def time_in_words(when: datetime | None, precision: DatePrecision | None) -> str:
    """'08:56 UTC', 'about 08:00 UTC', '' where no time is known."""
    if when is None or precision not in ("minute", "hour"):
        return ""
    about = "about " if precision == "hour" else ""
    return f"{about}{when.hour:02d}:{when.minute:02d} UTC"


def short_date(when: datetime | None, precision: DatePrecision | None) -> str:
    """'2008-11-03' for lists; '1975' where only the year is known."""
    if when is None or precision is None:
        return "undated"
    day = when.isoformat()[:10]  # a quarter of the time of strftime
    return day[:4] if precision == "year" else day


def period_in_words(period: str) -> str:
    """'2008', 'November 2008', '2008, month unknown', 'Undated'."""
    year, _, month = period.partition("-")
    if not year.isdigit():
        return "Undated"
    if not month:
        return year
    return f"{year}, month unknown" if month == "00" else f"{MONTH_NAMES[int(month) - 1]} {year}"


def counted(count: int, thing: str) -> str:
    """'1 cable', '3,204 cables'."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def place_of_post(name: str) -> str:
    """Where a post is, for pictures: 'Astana' for 'Embassy Astana'."""
    return _KIND_OF_POST.sub("", name, count=1)


def shortened(text: str, most: int) -> str:
    """A text of at most so many letters, cut between words where it can be: 'The salt road and what ...'."""
    if len(text) <= most:
        return text
    # Three points and no ellipsis: pages of ASCII are written sooner.
    cut = text[: most - len(" ...")]
    at = cut.rfind(" ")
    return f"{cut[:at] if at > most // 2 else cut} ..."


def missing_sections_in_words(missing: Sequence[int], sections: int) -> str:
    """'sections 2 and 3 of 3 are missing'."""
    number, are = ("section", "is") if len(missing) == 1 else ("sections", "are")
    return f"{number} {listed_numbers(missing)} of {sections} {are} missing"


def listed_numbers(numbers: Sequence[int]) -> str:
    """'2', '2 and 3', '2, 3 and 5'."""
    *before, last = map(str, numbers)
    return f"{', '.join(before)} and {last}" if before else last
