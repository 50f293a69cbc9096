"""The E.O. line: under which executive order a telegram is classified, and until when.

    line = 'E.O.' NUMBER [':'] VALUE     VALUE = 'DECL:' DATE | 'N/A' | 'GDS' | 'OADR' | 'X1' | event ...

Only a date becomes a date and only a known code a code; everything else is kept as the drafter wrote it.
Source: Executive Orders 10501 to 13526.
"""

import re
from datetime import date, datetime
from functools import lru_cache

import msgspec

_LINE = re.compile(
    r"E\.?\s?O\.?\s*[:;]?\s*(?:(?P<number>\d{5})\b|(?=DECL|N/A\b))(?:,?\s*AS\s+AMENDED\b)?\s*[:;,.]?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)

# TAGS, the subject, references or the authority may follow on the same line.
_NEXT_FIELD = re.compile(
    r"\s(?=TAGS?\b\s*[:;]|TAGS\s+[A-Z]{2}|SUBJ(?:ECT)?\b\s*[:;]|REF(?:S|TELS?)?\s*[:;]|CLASSIFIED\s+BY\b)",
    re.IGNORECASE,
)

_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH = rf"(?P<{{}}>{'|'.join(_MONTH_NAMES)})[A-Z]*\.?"
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<y1>\d{4})[/.-](?P<m1>\d{1,2})[/.-](?P<d1>\d{1,2})"
    r"|(?P<m2>\d{1,2})\s?[/.-]\s?(?P<d2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4}|\d\d)"
    rf"|(?P<d3>\d{{1,2}})[ -]?{_MONTH.format('n3')}[ ,-]*(?P<y3>\d{{4}}|\d\d)"
    rf"|{_MONTH.format('n4')} ?(?P<d4>\d{{1,2}}),? (?P<y4>\d{{4}}))(?![\d/-])"
)

_DATE_ALONE = re.compile(r"(?:DECL[:;]? ?)?[\d/.-]+")

# Codes in place of a date, each with what it may be written like. The order is that in which they are looked for.
_CODES = (
    ("N/A", re.compile(r"N\s?[/\\.]\s?A\b|\bNA\b|NOT APPLICABLE|\bNONE\b")),
    ("OADR", re.compile(r"\bO\.?A\.?D\.?R\b|\bOARD\b|\bOADF\b|ORIGINATING AGENCY")),
    ("XGDS", re.compile(r"\bX\s?-?GDS(?:\s?-?\s?(?P<kind>[1-4])\b)?")),
    ("GDS", re.compile(r"\bGDS\b|GENERAL DECLASSIFICATION SCHEDULE")),
    ("RDS", re.compile(r"\bRDS(?:\s?-?\s?(?P<kind>[1-4])\b)?")),
    ("ADS", re.compile(r"\bADS\b")),
    ("GROUP", re.compile(r"\b(?:GP|GROUP)\s?-?\s?(?P<kind>[1-5])\b")),
    ("X", re.compile(r"\b(?:25)?X\s?-?\s?(?P<kind>[1-8])\b")),
    ("MR", re.compile(r"\bMR\b|MANDATORY REVIEW")),
)
_DOWNGRADE = re.compile(r"\b(?:DNG|DOWNGRADE)\b")
_EVENT = re.compile(
    r"\b(?:UPON|WHEN|AFTER|AT THE END OF|ON (?:THE )?[A-Z]{4,}|COMPLETION|CONCLUSION|SIGNATURE)\b"
)

_LONGEST_TERM = 50  # years
_MONTHS = 12


class ExecutiveOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the E.O. line says."""

    number: str | None  # '12958'
    value: str  # 'DECL: 11/03/2018', white space collapsed
    declassify_on: date | None
    code: str | None = None  # 'N/A', 'OADR', 'GDS', 'XGDS-1', 'X1', 'MR', 'EVENT' ...; None for a date alone
    downgrade_on: date | None = None  # to CONFIDENTIAL, 'DNG: CO 02/14/2018'
    swapped: bool = False  # day and month stood the other way round
    rest: str = ""  # a field that follows on the same line, 'TAGS: PGOV'


def parse_executive_order(text: str, sent: datetime | None) -> ExecutiveOrder | None:
    """Read an E.O. line and its continuation; `sent` tells in which century a two-digit year lies.

    `E.O. 12958: DECL: 11/03/2018` is declassified on 2018-11-03. None when the line is none.
    """
    found = _LINE.match(text.strip())
    if found is None:
        return None
    value, rest = found["value"], ""
    if cut := _NEXT_FIELD.search(" " + value):
        value, rest = value[: cut.start()], value[cut.start() :].strip()
    value = " ".join(value.split())
    upper = value.upper()
    if upper == "N/A":
        return ExecutiveOrder(number=found["number"], value=value, declassify_on=None, code="N/A", rest=rest)
    downgrade_on, code = None, None
    if _DATE_ALONE.fullmatch(upper):
        declassify_on, swapped = _first_date(upper, sent)
    else:
        downgrade_on, declassifying = _downgrading(upper, sent)
        declassify_on, swapped = _first_date(declassifying, sent)
        code = _code(declassifying)
    return ExecutiveOrder(
        number=found["number"],
        value=value,
        declassify_on=declassify_on,
        code=code,
        downgrade_on=downgrade_on,
        swapped=swapped,
        rest=rest,
    )


def _downgrading(value: str, sent: datetime | None) -> tuple[date | None, str]:
    """Of a value in capitals: the day of a downgrading, which is no declassification, and what the value says besides."""
    found = _DOWNGRADE.search(value)
    if found is None:
        return None, value
    declassified = value.find("DECL")
    stop = declassified if declassified > found.start() else len(value)
    day, _ = _first_date(value[found.end() : stop], sent)
    return day, value[: found.start()] + value[stop:]


@lru_cache(maxsize=1000)
def find_code(value: str) -> tuple[str, int, int] | None:
    """Of a value in capitals: the code that stands in place of a date, the first exemption or the schedule; and where."""
    for code, pattern in _CODES:
        if found := pattern.search(value):
            kind = found.groupdict().get("kind")
            joint = "" if code == "X" else "-"
            return (f"{code}{joint}{kind}" if kind else code, *found.span())
    return None


def _code(value: str) -> str | None:
    """The code in place of a date, or that an event decides."""
    if (found := find_code(value)) is not None:
        return found[0]
    return "EVENT" if _EVENT.search(value) and not _DATE.search(value) else None


def _first_date(value: str, sent: datetime | None) -> tuple[date | None, bool]:
    """Of a value in capitals: the first date behind DECL, or at all, and whether day and month were swapped."""
    start = value.find("DECL")
    found = _DATE.search(value, max(start, 0))
    if found is None:
        return None, False
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    elif found["y2"]:
        year, month, day = _year_of_term(found["y2"], sent), int(found["m2"]), int(found["d2"])
    else:
        name = found["n3"] or found["n4"]
        year = _year_of_term(found["y3"] or found["y4"], sent)
        month, day = _MONTH_NAMES.index(name) + 1, int(found["d3"] or found["d4"])
    swapped = month > _MONTHS >= day
    if swapped:
        month, day = day, month
    try:
        until = date(year, month, day)
    except ValueError:
        return None, False
    if sent is not None and until < sent.date():
        return None, False
    return until, swapped


def _year_of_term(digits: str, sent: datetime | None) -> int:
    """A deadline lies 0 to 50 years after the telegram; that fixes the century of two digits."""
    year = int(digits)
    if len(digits) > 2:
        return year
    first = sent.year if sent else 1970
    year += first // 100 * 100
    return year if first <= year <= first + _LONGEST_TERM else year + 100
