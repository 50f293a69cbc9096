"""What is remembered of the parts of an archive between builds: every file of theirs, of what it was made, and what it holds.

A file is known as ours before it is written, so that a build which ends among them leaves none that nobody knows.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from generator.archive.state import transaction

# Changes with the tables; a file of another shape is made anew.
_SHAPE = 1

# What is remembered besides: of which state the last cut was finished, and the parts that it made.
DONE, NAMES = "done", "parts"

_TABLES = f"""
PRAGMA user_version = {_SHAPE};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    folder TEXT, address TEXT,      -- of the part, and in it
    stamp TEXT,                     -- of the file of the site that it was made of; NULL while it is due
    digest TEXT,                    -- of what else it was made of
    size INTEGER, sha256 BLOB,
    PRIMARY KEY (folder, address)
) WITHOUT ROWID;
"""

_WANTED = """
CREATE TEMP TABLE wanted (
    folder TEXT, address TEXT, part TEXT, way TEXT, stamp TEXT, digest TEXT, PRIMARY KEY (folder, address)
) WITHOUT ROWID;
CREATE TEMP TABLE mapped (part TEXT, map TEXT, address TEXT, PRIMARY KEY (part, map, address)) WITHOUT ROWID;
CREATE TEMP TABLE due (folder TEXT, address TEXT, PRIMARY KEY (folder, address)) WITHOUT ROWID;
CREATE TEMP TABLE lost (folder TEXT, address TEXT, PRIMARY KEY (folder, address)) WITHOUT ROWID;
"""


class WantedFile(Struct, frozen=True, array_like=True):
    """A file that a part is to have."""

    folder: str
    address: str
    part: str
    way: str  # how it is made of that of the site
    stamp: str  # of that
    digest: str  # of what else it is made of


class MadeFile(Struct, frozen=True, array_like=True):
    """A file that a part has now."""

    folder: str
    address: str
    size: int
    sha256: bytes
    is_new: bool  # it was not there, or held other bytes


class CutMemory:
    """The file that remembers; one cut has it at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, isolation_level=None)
        try:
            shape = db.execute("PRAGMA user_version").fetchone()[0]
            if shape == 0:
                db.executescript(_TABLES)
            if shape in (0, _SHAPE):
                db.executescript(_WANTED)
                return db
        except sqlite3.DatabaseError:
            pass  # whatever it is, it remembers nothing
        db.close()
        for leftover in (self._file, Path(f"{self._file}-journal")):
            leftover.unlink(missing_ok=True)
        return self._open()

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written within."""
        return transaction(self.db)

    def recall(self, key: str) -> str:
        """What was remembered under a key; '' for nothing."""
        found = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def remember(self, key: str, value: str) -> None:
        """Remember something under a key."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def want(self, files: Iterable[WantedFile]) -> None:
        """Note files that parts are to have."""
        self.db.executemany(
            "INSERT OR REPLACE INTO temp.wanted VALUES (?, ?, ?, ?, ?, ?)",
            ((one.folder, one.address, one.part, one.way, one.stamp, one.digest) for one in files),
        )

    def find_due(self) -> None:
        """Have all be due that is wanted and not known to be there as it is wanted."""
        self.db.execute(
            "INSERT INTO temp.due SELECT wanted.folder, wanted.address FROM temp.wanted LEFT JOIN file "
            "ON file.folder = wanted.folder AND file.address = wanted.address "
            "WHERE file.stamp IS NULL OR file.stamp != wanted.stamp OR file.digest != wanted.digest"
        )

    def known(self) -> Iterator[tuple[str, str, int]]:
        """Folder, address and size of each file that is wanted and not due."""
        yield from self.db.execute(
            "SELECT file.folder, file.address, file.size FROM file JOIN temp.wanted "
            "ON wanted.folder = file.folder AND wanted.address = file.address "
            "WHERE NOT EXISTS (SELECT 1 FROM temp.due WHERE due.folder = file.folder AND due.address = file.address)"
        )

    def make_due(self, files: Iterable[tuple[str, str]]) -> None:
        """Have some files be due, by folder and address."""
        self.db.executemany("INSERT OR IGNORE INTO temp.lost VALUES (?, ?)", files)
        self.db.execute("INSERT OR IGNORE INTO temp.due SELECT * FROM temp.lost")

    def due(self) -> Iterator[WantedFile]:
        """The files that are due, part by part."""
        for values in self.db.execute(
            "SELECT wanted.* FROM temp.due JOIN temp.wanted ON wanted.folder = due.folder AND wanted.address = due.address "
            "ORDER BY due.folder, due.address"
        ):
            yield WantedFile(*values)

    def count_due(self) -> int:
        """How many files are due."""
        return int(self.db.execute("SELECT count(*) FROM temp.due").fetchone()[0])

    def claim(self) -> None:
        """Know those that are due as ours, and as not yet written."""
        self.db.execute(
            "INSERT OR REPLACE INTO file SELECT folder, address, NULL, NULL, 0, NULL FROM temp.due"
        )

    def claim_own(self, folder: str, addresses: Iterable[str]) -> None:
        """Know files that are made of no other as ours; they are wanted too."""
        rows = [(folder, address) for address in addresses]
        self.db.executemany("INSERT OR IGNORE INTO file VALUES (?, ?, NULL, NULL, 0, NULL)", rows)
        self.db.executemany("INSERT OR IGNORE INTO temp.wanted VALUES (?, ?, '', '', '', '')", rows)

    def note(self, made: Iterable[MadeFile]) -> None:
        """Note files that are written, and of what: those that are wanted."""
        self.db.executemany(
            "UPDATE file SET size = ?3, sha256 = ?4, stamp = wanted.stamp, digest = wanted.digest FROM temp.wanted "
            "WHERE file.folder = ?1 AND file.address = ?2 AND wanted.folder = ?1 AND wanted.address = ?2",
            ((one.folder, one.address, one.size, one.sha256) for one in made),
        )

    def stale(self) -> list[tuple[str, str]]:
        """Folder and address of each file that is ours, and wanted no more."""
        return self.db.execute(
            "SELECT folder, address FROM file WHERE NOT EXISTS (SELECT 1 FROM temp.wanted "
            "WHERE wanted.folder = file.folder AND wanted.address = file.address) ORDER BY folder, address"
        ).fetchall()

    def forget(self, files: Iterable[tuple[str, str]]) -> None:
        """Forget files that are removed."""
        self.db.executemany("DELETE FROM file WHERE folder = ? AND address = ?", files)

    def put_on_maps(self, pages: Iterable[tuple[str, str, str]]) -> None:
        """Note pages that search engines are told of: the part of each, the sitemap, and its address."""
        self.db.executemany("INSERT OR IGNORE INTO temp.mapped VALUES (?, ?, ?)", pages)

    def maps(self, part: str) -> dict[str, int]:
        """How many pages each sitemap of a part lists, by name."""
        found = self.db.execute(
            "SELECT map, count(*) FROM temp.mapped WHERE part = ? GROUP BY map ORDER BY map", (part,)
        )
        return dict(found.fetchall())

    def mapped(self, part: str, map_: str | None = None) -> Iterator[str]:
        """The addresses that a sitemap of a part lists, in order; without one, all of the part."""
        for (address,) in self.db.execute(
            "SELECT address FROM temp.mapped WHERE part = ?1 AND (?2 IS NULL OR map = ?2) ORDER BY address",
            (part, map_),
        ):
            yield address

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many files each folder has, and their bytes."""
        found = self.db.execute("SELECT folder, count(*), total(size) FROM file GROUP BY folder")
        return {folder: (count, int(size)) for folder, count, size in found}

    def files(self, folder: str) -> Iterator[tuple[str, int]]:
        """Address and size of each file of a folder."""
        yield from self.db.execute(
            "SELECT address, size FROM file WHERE folder = ? ORDER BY address", (folder,)
        )

    def sums(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Address and SHA-256 of each file of a folder that is written."""
        yield from self.db.execute(
            "SELECT address, sha256 FROM file WHERE folder = ? AND sha256 IS NOT NULL ORDER BY address",
            (folder,),
        )
