"""A cable as lists and links show it, and how it is read from the state file."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import starmap

import msgspec

from generator.telegram.cable import DatePrecision

# The columns of which a CableRow is made.
COLUMNS = (
    "cable.address, cable.name, cable.id, cable.subject, cable.date, cable.date_precision, cable.post, "
    "cable.classification, cable.path, cable.gist"
)


class CableRow(msgspec.Struct, frozen=True):
    """A cable as a list or a link shows it."""

    address: str
    name: str  # the id, or a name made of the path
    id: str | None
    subject: str  # 'No subject' where there is none
    sent: str | None  # ISO 8601 in UTC, to the minute; None where the date is unknown
    date_precision: DatePrecision | None
    post: str | None
    classification: str | None
    path: str
    gist: str  # its first sentence; '' where it has no text

    @property
    def date(self) -> datetime | None:
        """When it was sent."""
        return datetime.fromisoformat(self.sent) if self.sent else None

    @property
    def day(self) -> str:
        """'2008-11-03'; '1975' where only the year is known, '' where that is not."""
        if not self.sent or not self.date_precision:
            return ""
        return self.sent[:4] if self.date_precision == "year" else self.sent[:10]

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """A key to sort by: by date, then by address; the undated last."""
        return self.sent is None, self.sent or "", self.address, self.path


def select_rows(db: sqlite3.Connection, source: str, parameters: Collection[object]) -> tuple[CableRow, ...]:
    """The cables that a FROM clause finds, with all that follows it: 'FROM cable WHERE id = ?'."""
    return tuple(starmap(CableRow, db.execute(f"SELECT {COLUMNS} {source}", tuple(parameters))))


def rows_by_number(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, CableRow]:
    """Some cables by their numbers."""
    found = db.execute(
        f"SELECT number, {COLUMNS} FROM cable WHERE number IN (SELECT value FROM json_each(?))",  # noqa: S608
        (json.dumps(list(numbers)),),
    )
    return {number: CableRow(*values) for number, *values in found}
