"""When a telegram was sent: the date-time group, the filing time, and what a weekday line says.

The date-time group (DTG) decides. The filing time of the station line has no year, so it can only
stand in for a DTG whose year is known; it also tells an impossible DTG from a possible one.
Source: ACP 121 and 127; 5 FAH-2.
"""

import re
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import lru_cache

import msgspec

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}

_DTG_LINE = re.compile(
    r"(?P<precedence>(?:[A-Z](?:\s+NIACT)?\s+){0,3}|[ZOPR](?=\d))"
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>[A-Z])\s*"
    r"(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?\s*"
    r"(?P<year>\d{4}|\d\d)(?!\d)(?P<signals>.*)",
    re.IGNORECASE,
)

_FILING = re.compile(r"\b(?P<day>[0-3]\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\b(?!.*\d{7})")

_WEEKDAY_LINE = re.compile(
    r"(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,?\s+(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]*\s+"
    r"(?P<year>\d{4})(?:,?\s+\d{1,2}:\d\d)?\s*$",
    re.IGNORECASE,
)

# Years of known archives run from 1966 to 2010; see `full_year`.
_CENTURY_PIVOT = 50

_LONGEST_DELAY = timedelta(days=1)

_LONGEST_STATION = 120  # characters of a station line

_LAST_HOUR = 23
_LAST_MINUTE = 59


class Dtg(msgspec.Struct, frozen=True, kw_only=True):
    """A date-time group as written, and the moment it names."""

    precedence: str | None  # 'PRIORITY', of the action addressees; None where no letter stands
    year: int  # four digits, also where the rest is impossible
    zone: str  # 'Z'
    when: datetime | None  # UTC; None for 31 February, hour 24, minute 60


def full_year(digits: str) -> int:
    """Four digits for a year of two: '00' to '49' are 2000 to 2049, '50' to '99' 1950 to 1999."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < _CENTURY_PIVOT else 1900)


def zone_offset(zone: str) -> timedelta:
    """What a zone letter adds to UTC: Z nothing, A to M (without J) east, N to Y west.

    J is local time, its offset unknown; it counts as UTC.
    """
    letter = zone.upper()
    if "A" <= letter <= "I":
        return timedelta(hours=ord(letter) - ord("A") + 1)
    if letter in "KLM":
        return timedelta(hours=ord(letter) - ord("K") + 10)
    if "N" <= letter <= "Y":
        return -timedelta(hours=ord(letter) - ord("N") + 1)
    return timedelta()


def parse_dtg(line: str) -> Dtg | None:
    """Read a date-time group line.

    dtg = PRECEDENCE* DAY(2) HOUR(2) MINUTE(2) ZONE(1) ' ' MONTH(3) ' ' YEAR(2 or 4) SIGNALS?

    `P 030856Z NOV 08` is PRIORITY, 2008-11-03 08:56 UTC. Returns None when the line is no DTG; a DTG
    with an impossible day or time has `when` None.
    """
    found = _DTG_LINE.match(line.strip())
    if found is None:
        return None
    return _dtg(*found.groups()[:-1])


@lru_cache(maxsize=64)  # the same line is asked about more than once
def _dtg(precedence: str, day: str, hour: str, minute: str, zone: str, month: str, written_year: str) -> Dtg:
    letters = precedence.upper().split()
    year = full_year(written_year)
    try:
        local = datetime(year, MONTHS.index(month.upper()) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
        when = local - zone_offset(zone)
    except (ValueError, OverflowError):
        when = None
    return Dtg(
        precedence=PRECEDENCES.get(letters[0]) if letters else None,
        year=year,
        zone=zone.upper(),
        when=when,
    )


def parse_filing_time(line: str, year: int) -> datetime | None:
    """Read the filing time of a station line, in a year known from elsewhere.

    `DE RUEHTA #2165/01 3080856` is day 308, 08:56 UTC. Returns None where there is none or it is impossible.
    """
    filed = _filing_parts(line)
    return _in_year(filed, year) if filed else None


def _filing_parts(line: str) -> tuple[int, int, int] | None:
    """Day of the year, hour and minute of a station line; None where they are missing or impossible."""
    found = _FILING.search(line[:_LONGEST_STATION])
    if found is None:
        return None
    day, hour, minute = int(found["day"]), int(found["hour"]), int(found["minute"])
    return (day, hour, minute) if day and hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def _in_year(filed: tuple[int, int, int], year: int) -> datetime | None:
    day, hour, minute = filed
    when = datetime(year, 1, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)
    return when if when.year == year else None


def parse_weekday_line(line: str) -> datetime | None:
    """Read `Tuesday, 14 February 2006, 12:30`, which some copies put above the text.

    Returns the day, as its midnight in UTC: the time is local, and of a place that the line does not name. None
    when it is no such line.
    """
    found = _WEEKDAY_LINE.match(line.strip())
    if found is None or found["month"].upper() not in MONTHS:
        return None
    month = MONTHS.index(found["month"].upper()) + 1
    try:
        return datetime(int(found["year"]), month, int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None


def filing_differs(sent: datetime, station_line: str) -> bool:
    """Whether the filing time lies more than a day from the DTG, the neighbouring year tried too."""
    filed = _filing_parts(station_line)
    if filed is None:
        return False
    known = False
    for year in (sent.year, sent.year - 1, sent.year + 1):
        moment = _in_year(filed, year) if 1 <= year < MAXYEAR else None
        if moment is not None:
            known = True
            if abs(sent - moment) <= _LONGEST_DELAY:
                return False
    return known
