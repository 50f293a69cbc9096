"""The dates that dumps give beside their telegrams, each as exact as it can be believed.

A date becomes ISO 8601, cut where knowledge ends: '2008-02-14T12:30Z', '2008-02-14T12Z', '1975-03-04'. What is no
date stays as it was written.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Exactness = Literal["minute", "hour", "day"]

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}

_TIME = r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?)?"
_FORMS = tuple(
    re.compile(day + _TIME, re.IGNORECASE)
    for day in (
        r"\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",  # 2008-02-14 12:12
        r"\s*(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",  # 2/14/2008 12:30
        r"\s*(?P<year>\d{4})\s+(?P<month>[a-z]{3,9})\s+(?P<day>\d{1,2})",  # 1975 March 4, 00:00 (Tuesday)
        r"\s*(?P<day>\d{1,2})\s+(?P<month>[a-z]{3,9})\s+(?P<year>\d{4})",  # 04 MAR 1975
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDate:
    """A date of a dump."""

    text: str  # ISO 8601, or what was written where that is no date
    day: date | None


def read_date(written: str, exactness: Exactness) -> SourceDate:
    """Read a date; `exactness` is how far the container can be believed.

    The minutes of the pages of 2010 repeat the hour, those of electronic records are always 00:00.
    """
    found = next((match for form in _FORMS if (match := form.match(written))), None)
    if found is None:
        return SourceDate(text=written.strip(), day=None)
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    try:
        when = datetime(  # noqa: DTZ001 - all dates of dumps are UTC, and written so
            int(found["year"]), number, int(found["day"]), int(found["hour"] or 0), int(found["minute"] or 0)
        )
    except ValueError:
        return SourceDate(text=written.strip(), day=None)
    if found["hour"] is None or exactness == "day":
        return SourceDate(text=f"{when:%Y-%m-%d}", day=when.date())
    return SourceDate(
        text=f"{when:%Y-%m-%dT%HZ}" if exactness == "hour" else f"{when:%Y-%m-%dT%H:%MZ}", day=when.date()
    )
