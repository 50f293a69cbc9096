"""What a part of a split archive holds, in numbers: its months, its TAGS, from when to when."""

import sqlite3
from datetime import datetime

from generator.archive.catalogue import FacetCount
from generator.archive.periods import MonthCount

_ENDS = "SELECT date FROM cable WHERE date_precision != 'year' AND {} ORDER BY place"


def months_of_years(db: sqlite3.Connection, first: int, last: int) -> tuple[MonthCount, ...]:
    """How many cables were sent in which month of some years, in order."""
    found = db.execute(
        "SELECT year, month, sum(count) FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'date' AND year BETWEEN ? AND ? GROUP BY year, month ORDER BY year, month",
        (first, last),
    )
    return tuple(MonthCount(year=year, month=month or None, count=count) for year, month, count in found)


def tags_of_years(db: sqlite3.Connection, first: int, last: int, *, most: int) -> tuple[FacetCount, ...]:
    """The TAGS that cables of some years have most."""
    found = db.execute(
        "SELECT value, sum(count) AS cables FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'tag' AND year BETWEEN ? AND ? GROUP BY value ORDER BY cables DESC, value LIMIT ?",
        (first, last, most),
    )
    return tuple(FacetCount(value=value, count=count) for value, count in found)


def span_of_years(db: sqlite3.Connection, first: int, last: int) -> tuple[datetime, datetime] | None:
    """When the first and the last cable of some years were sent; None where no day is known."""
    return _span(db, "place >= ? AND place < ?", f"{first:04d}", f"{last + 1:04d}")


def span_of_post(db: sqlite3.Connection, post: str) -> tuple[datetime, datetime] | None:
    """When the first and the last cable of a post were sent; None where no day is known."""
    return _span(db, "post = ?", post)


def _span(db: sqlite3.Connection, where: str, *values: str) -> tuple[datetime, datetime] | None:
    ends = [db.execute(f"{_ENDS.format(where)} {order} LIMIT 1", values).fetchone() for order in ("", "DESC")]
    return (datetime.fromisoformat(ends[0][0]), datetime.fromisoformat(ends[1][0])) if ends[0] else None


def has_page(db: sqlite3.Connection, address: str) -> bool:
    """Whether the site has a page at an address."""
    return db.execute("SELECT 1 FROM page WHERE address = ?", (address,)).fetchone() is not None
