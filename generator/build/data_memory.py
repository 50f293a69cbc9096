"""What the state remembers of the data files: which there are, what their records take, and which are due."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from generator.archive.address import DATA as DATA_PAGE
from generator.archive.state import State
from generator.data.parts import Month, MonthSize

# The kind of the page that tells of the files; it is planned with all pages, since others list them.
_PAGE = "data-page"

DATA = "data"  # the inputs of the data files that the site has


class KnownFile(Struct, frozen=True):
    """A data file that the site has, or had."""

    address: str
    ending: str  # 'csv', 'jsonl'; 'sqlite', 'json' and 'html' of those that are no parts
    part: str
    digest: bytes | None  # SHA-256; None before it is written
    size: int | None  # bytes; None where it is due, whatever changed


class Member(Struct, frozen=True):
    """A cable whose record belongs into a file."""

    path: str
    address: str
    row: int  # bytes
    line: int
    name: str | None  # the file of the spool that has its record, None where none has
    at: int
    is_due: bool  # whether it is another than when the files were made


_MEMBERS = (
    "FROM listed JOIN cable ON cable.number = listed.cable JOIN record ON record.path = cable.path "
    "LEFT JOIN recorded ON recorded.path = cable.path LEFT JOIN record_due "
    "ON record_due.path = cable.path AND record_due.year = cable.year AND record_due.month = cable.month "
    "WHERE listed.list = ? AND listed.year = ? AND listed.month = ?"
)


class DataMemory:
    """Reads and writes it; what is written belongs into a transaction of the caller's."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._db: sqlite3.Connection = state.db

    def files(self) -> dict[str, KnownFile]:
        """All data files, by address."""
        found = self._db.execute(
            "SELECT address, key, part, sha256, size FROM page WHERE kind IN ('data', 'data-page')"
        )
        return {address: KnownFile(address, *values) for address, *values in found}

    def months(self) -> tuple[list[MonthSize], list[MonthSize]]:
        """The months of the archive, in order, with the sizes of their rows and of their lines."""
        found = self._db.execute(
            "SELECT year, month, count(*), sum(row), sum(line) FROM record GROUP BY year, month "
            "ORDER BY year = 0, year, month"
        ).fetchall()
        return (
            [MonthSize((year, month), count, row) for year, month, count, row, _ in found],
            [MonthSize((year, month), count, line) for year, month, count, _, line in found],
        )

    def due_months(self) -> set[Month]:
        """The months with cables that changed, came or went."""
        return set(self._db.execute("SELECT DISTINCT year, month FROM record_due").fetchall())

    def members(self, month: Month) -> Iterator[Member]:
        """The cables of a month, in order."""
        for path, address, row, line, name, at, is_due in self._db.execute(
            "SELECT cable.path, cable.address, record.row, record.line, recorded.name, recorded.at, "
            f"record_due.path IS NOT NULL {_MEMBERS} ORDER BY cable.place",
            self._listed(month),
        ):
            yield Member(path, address, row, line, name, at or 0, bool(is_due))

    def unread(self, months: Iterable[Month], *, due_alone: bool) -> None:
        """Put into `temp.unread` the units of cables whose records are not in the spool; of those that are due, or of all."""
        self._begin_unread()
        which = "AND record_due.path IS NOT NULL" if due_alone else ""
        for month in months:
            self._db.execute(
                f"INSERT OR IGNORE INTO temp.unread SELECT cable.unit {_MEMBERS} AND recorded.path IS NULL {which}",
                self._listed(month),
            )

    def unrecorded(self) -> bool:
        """Whether there are cables of which nothing is known; puts their units into `temp.unread`."""
        one = self._db.execute
        counts = one("SELECT (SELECT count(*) FROM cable) = (SELECT count(*) FROM record)").fetchone()
        if counts[0]:
            return False
        self._begin_unread()
        one("DELETE FROM record WHERE path NOT IN (SELECT path FROM cable)")
        one(
            "INSERT OR IGNORE INTO temp.unread SELECT unit FROM cable "
            "WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.path = cable.path)"
        )
        return one("SELECT 1 FROM temp.unread LIMIT 1").fetchone() is not None

    def units_unread(self) -> Iterator[int]:
        """The units in `temp.unread`, by number."""
        for (unit,) in self._db.execute("SELECT unit FROM temp.unread ORDER BY unit"):
            yield unit

    def _begin_unread(self) -> None:
        self._state.run(
            "CREATE TEMP TABLE IF NOT EXISTS unread (unit INTEGER PRIMARY KEY); DELETE FROM temp.unread"
        )

    def _listed(self, month: Month) -> tuple[int, int, int]:
        """The list of the year of a month, and the month."""
        year, number = month
        found = self._db.execute(
            "SELECT number FROM list WHERE facet = 'date' AND value = ?",
            (f"{year:04d}" if year else "undated",),
        ).fetchone()
        return found[0] if found else -1, year, number

    def announce(self, addresses: Iterable[str]) -> None:
        """Note files as ours before they are written."""
        self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(address,) for address in addresses])

    def remember(self, files: Sequence[KnownFile], gone: Iterable[str]) -> None:
        """Remember the files that there are, and those that are no more."""
        self._db.executemany(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, NULL, ?, ?)",
            [
                (file.address, _PAGE, "", "", file.size, file.digest)
                if file.address == DATA_PAGE
                else (file.address, "data", file.ending, file.part, file.size, file.digest)
                for file in files
            ],
        )
        addresses = [(address,) for address in gone]
        self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", addresses)
        self._db.executemany("DELETE FROM page WHERE address = ?", addresses)

    def forget_due(self) -> None:
        """Nothing is due, and nothing is in the spool."""
        self._db.execute("DELETE FROM record_due")
        self._db.execute("DELETE FROM recorded")
