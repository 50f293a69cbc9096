"""What the inspection keeps of each file: its size, its ids, its links, what is wrong with it.

It is one SQLite file, made anew where the program is another. Links are numbers of places; a place is an address, or one
id on the page of an address. Whether the places are there is asked at the end, once for each place and not for each
link, of all that is known then: so a page that went breaks the links of pages that nobody has read again, and an
inspection after any edits finds what a first one would.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from generator.inspection.looking import Batch, Fault
from generator.inspection.names import folded
from generator.inspection.stamps import Stamp, address_of, key_of

_TABLES = """
-- Addresses are in UTF-8, as bytes: a name on the disk may be no text.
CREATE TABLE IF NOT EXISTS file (
    address BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    is_page INTEGER NOT NULL,
    folded TEXT NOT NULL,           -- the address, to systems that mind no capitals
    faults BLOB,                    -- what is wrong with it by itself, NULL for nothing
    links BLOB,                     -- numbers of places
    ids BLOB                        -- of a page, each between line ends
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_folded ON file (folded);
CREATE TABLE IF NOT EXISTS place (
    number INTEGER PRIMARY KEY, address BLOB NOT NULL, id BLOB NOT NULL, UNIQUE (address, id)
);
CREATE TEMP TABLE due (address BLOB PRIMARY KEY, is_page INTEGER);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFaults:
    """A file with which something is wrong."""

    address: str
    faults: list[Fault]
    lost: list[tuple[bytes, bytes]]  # places that its links lead to, and that are not there, in order


class SiteMemory:
    """The files of a site, as they were when they were last looked at."""

    def __init__(self, db: sqlite3.Connection, *, forgets: bool) -> None:
        """Use the tables in an SQLite file; empty ones, where that `forgets`."""
        self._db = db
        if forgets:
            db.execute("DROP TABLE IF EXISTS file")
            db.execute("DROP TABLE IF EXISTS place")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        self._decoder = msgspec.msgpack.Decoder(list[Fault])

    def put(self, found: Iterable[tuple[Stamp, bool, bool, list[Fault]]]) -> None:
        """Note files that were found: each, whether it is a page, whether it is to be read, what is wrong with its name."""
        rows = list(found)
        self._db.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, NULL, NULL)",
            (
                (
                    key_of(stamp.address),
                    stamp.size,
                    is_page,
                    # A name that is no text has a fault of its own.
                    folded(stamp.address).encode("utf-8", "replace").decode(),
                    msgspec.msgpack.encode(faults) if faults else None,
                )
                for stamp, is_page, _, faults in rows
            ),
        )
        self._db.executemany(
            "INSERT INTO due VALUES (?, ?)",
            ((key_of(stamp.address), is_page) for stamp, is_page, is_due, _ in rows if is_due),
        )

    def forget(self, addresses: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._db.executemany(
            "DELETE FROM file WHERE address = ?", ((key_of(address),) for address in addresses)
        )

    def due(self) -> int:
        """How many files are to be read."""
        return int(self._db.execute("SELECT count(*) FROM due").fetchone()[0])

    def batches(self, size: int) -> Iterator[list[bytes]]:
        """The addresses of files that are to be read, so many at a time."""
        after = b""
        while rows := self._db.execute(
            "SELECT address FROM due WHERE address > ? ORDER BY address LIMIT ?", (after, size)
        ).fetchall():
            after = rows[-1][0]
            yield [address for (address,) in rows]

    def add(self, batch: Batch) -> None:
        """Note what was found in some files."""
        self._db.executemany("INSERT OR IGNORE INTO place (address, id) VALUES (?, ?)", batch.places)
        find = "SELECT number FROM place WHERE address = ? AND id = ?"
        numbers = [self._db.execute(find, place).fetchone()[0] for place in batch.places]
        for looked in batch.looked:
            local = array("I")
            local.frombytes(looked.links)
            links = array("I", [numbers[number] for number in local]).tobytes()
            faults = looked.faults
            if faults:
                row = self._db.execute(
                    "SELECT faults FROM file WHERE address = ?", (looked.address,)
                ).fetchone()
                faults = [*(self._decoder.decode(row[0]) if row and row[0] else ()), *faults]
            self._db.execute(
                "UPDATE file SET links = ?, ids = ?, faults = coalesce(?, faults) WHERE address = ?",
                (links, looked.ids, msgspec.msgpack.encode(faults) if faults else None, looked.address),
            )

    def wrong(self) -> Iterator[FileFaults]:
        """Each file with which something is wrong, in order. Places that nobody leads to any more are forgotten."""
        lost: dict[int, tuple[bytes, bytes]] = {
            number: (address, id_)
            for number, address, id_ in self._db.execute(
                "SELECT number, place.address, id FROM place LEFT JOIN file ON file.address = place.address "
                "WHERE file.address IS NULL OR (id != x'' AND ids IS NOT NULL AND instr(ids, id) = 0)"
            )
        }
        unused = set(lost)
        columns = "address, faults, links" if lost else "address, faults, NULL"
        where = "" if lost else "WHERE faults IS NOT NULL"
        for key, faults, links in self._db.execute(f"SELECT {columns} FROM file {where} ORDER BY address"):  # noqa: S608
            broken: list[tuple[bytes, bytes]] = []
            if links:
                numbers = array("I")
                numbers.frombytes(links)
                if not lost.keys().isdisjoint(numbers):
                    found = [number for number in numbers if number in lost]
                    unused.difference_update(found)
                    broken = sorted({lost[number] for number in found})
            if faults or broken:
                yield FileFaults(
                    address=address_of(key),
                    faults=self._decoder.decode(faults) if faults else [],
                    lost=broken,
                )
        self._db.executemany("DELETE FROM place WHERE number = ?", ((number,) for number in unused))

    def collisions(self) -> Iterator[list[str]]:
        """Addresses that are one on a system which minds neither capitals nor how an accent is written, in order."""
        together = "SELECT folded FROM file GROUP BY folded HAVING count(*) > 1 ORDER BY folded"
        for (name,) in self._db.execute(together).fetchall():
            rows = self._db.execute("SELECT address FROM file WHERE folded = ? ORDER BY address", (name,))
            yield [address_of(key) for (key,) in rows]

    def folders(self) -> Iterator[list[str]]:
        """Folders that are one on such a system, in order."""
        known: dict[str, set[str]] = {}
        last = ""
        for (key,) in self._db.execute("SELECT address FROM file ORDER BY address"):
            folder = address_of(key).rpartition("/")[0]
            if folder == last:
                continue
            last = folder
            while folder:
                known.setdefault(folded(folder), set()).add(folder)
                folder = folder.rpartition("/")[0]
        for name in sorted(known):
            if len(known[name]) > 1:
                yield sorted(known[name])

    def like(self, address: str) -> list[str]:
        """Addresses that differ from one only in capitals or in how an accent is written."""
        name = folded(address).encode("utf-8", "replace").decode()
        rows = self._db.execute("SELECT address FROM file WHERE folded = ? ORDER BY address", (name,))
        return [address_of(key) for (key,) in rows]

    def has(self, address: bytes) -> bool:
        """Whether there is a file at an address."""
        return self._db.execute("SELECT 1 FROM file WHERE address = ?", (address,)).fetchone() is not None

    def pages(self) -> int:
        """How many pages there are."""
        return int(self._db.execute("SELECT count(*) FROM file WHERE is_page").fetchone()[0])

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Each file with its size, in order."""
        for key, size in self._db.execute("SELECT address, size FROM file ORDER BY address"):
            yield address_of(key), size
