"""The E.O. line: under which executive order a telegram is classified, and until when.

    line = 'E.O.' NUMBER [':'] VALUE     VALUE = 'DECL:' DATE | 'N/A' | 'GDS' | 'OADR' | 'X1' | event ...

Only a date becomes a date; everything else is kept as the drafter wrote it.
Source: Executive Orders 10501 to 13526.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

_LINE = re.compile(
    r"E\.?\s?O\.?\s*:?\s*(?:(?P<number>\d{5})\b|(?=DECL\b|N/A\b))(?:\s+AS AMENDED\b)?\s*[:;,]?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)

# TAGS or the subject may follow on the same line.
_NEXT_FIELD = re.compile(r"\s(?=(?:TAGS?|SUBJ(?:ECT)?)\b\s*[:;])", re.IGNORECASE)

_DATE = re.compile(
    r"(?<![\d/-])(?:(?P<y1>\d{4})[/-](?P<m1>\d{1,2})[/-](?P<d1>\d{1,2})"
    r"|(?P<m2>\d{1,2})[/-](?P<d2>\d{1,2})[/-](?P<y2>\d{4}|\d\d))(?![\d/-])"
)

_LONGEST_TERM = 50  # years
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutiveOrder:
    """What the E.O. line says."""

    number: str | None  # '12958'
    value: str  # 'DECL: 11/03/2018', white space collapsed
    declassify_on: date | None
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
    declassify_on, swapped = _declassification_date(value, sent)
    return ExecutiveOrder(
        number=found["number"],
        value=" ".join(value.split()),
        declassify_on=declassify_on,
        swapped=swapped,
        rest=rest,
    )


def _declassification_date(value: str, sent: datetime | None) -> tuple[date | None, bool]:
    """The date until which the text is classified, and whether day and month were swapped.

    A downgrading ('DNG: CO 02/14/2018') is not a declassification.
    """
    start = value.upper().find("DECL")
    found = _DATE.search(value, max(start, 0))
    if (
        found is None
        or "DNG" in value[max(start, 0) : found.start()].upper()
        or (start < 0 and "DNG" in value.upper())
    ):
        return None, False
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    else:
        month, day = int(found["m2"]), int(found["d2"])
        year = _year_of_term(found["y2"], sent)
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
