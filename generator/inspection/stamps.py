"""What is known of files that were looked at before, so that a later look reads only those which changed.

A reader is whoever looks at the files of a site: the inspection, the search for leaks. It keeps what it found of each
file in an SQLite file of its own, and beside that, in the same transaction, the stamps of what it has read:

    db = open_memory(folder / "inspection.sqlite")
    stamps = Stamps(db, "inspection", version_of(Path(__file__).parent))   # where that is another, all is forgotten
    for changes in stamps.changed(site):            # one walk; a batch of changed and gone files at a time
        ...                                         # read `changes.changed`, forget what is known of `changes.gone`
        stamps.note(changes)
    db.commit()

A file has changed where its size, a time, or its place on the disk is another, and where it was written so shortly
before the look that it could be written once more without a trace. A walk is in the order of addresses, as the table is,
so that both are read side by side, and neither is held in memory.
"""

import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Before it was looked at a file must have been left alone so long, in nanoseconds: the coarsest clock of a file system.
TICK = 2_000_000_000

_BATCH = 200  # files, changed and gone
_ROWS = 2_000  # stamps that are fetched at once

_TABLES = """
CREATE TABLE IF NOT EXISTS reader (name TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamp (
    reader TEXT, address BLOB,      -- in UTF-8, since a name on the disk may be no text
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, inode INTEGER NOT NULL,
    PRIMARY KEY (reader, address)
) WITHOUT ROWID;
"""

# No file has it: what was looked at too early is looked at again.
_UNKNOWN = -1
_MOST = (1 << 63) - 1  # that a table holds

# Called with what the operating system will not show, and why.
OnError = Callable[[str, OSError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A file as the operating system describes it."""

    address: str  # below the site, with '/'
    size: int  # bytes
    mtime: int  # nanoseconds since 1970
    ctime: int  # the same
    inode: int
    mode: int  # its kind and its permissions; of a link, where links are not followed, those of itself

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file: no link, no device."""
        return stat.S_ISREG(self.mode)

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return stat.S_ISLNK(self.mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Some of the files that are not as they were."""

    changed: list[Stamp] = field(default_factory=list)  # new ones too
    gone: list[str] = field(default_factory=list)


def open_memory(file: Path) -> sqlite3.Connection:
    """Open an SQLite file that may be lost at any time; one that is damaged, or none, is made anew.

    Statements are one transaction until `commit`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        for leftover in (file, Path(f"{file}-journal")):
            leftover.unlink(missing_ok=True)
        return _opened(file)


def _opened(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file)
    try:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


class Stamps:
    """The stamps of the files that one reader has read."""

    def __init__(self, db: sqlite3.Connection, reader: str, version: str) -> None:
        """Know what `reader` has read; nothing, where `version` is not what it was, of its program and its rules."""
        self._db = db
        self._reader = reader
        self._began = 0
        for statement in _TABLES.split(";"):
            db.execute(statement)
        known = db.execute("SELECT version FROM reader WHERE name = ?", (reader,)).fetchone()
        self.is_new = known is None or known[0] != version  # whether nothing is known
        if self.is_new:
            db.execute("DELETE FROM stamp WHERE reader = ?", (reader,))
            db.execute("INSERT OR REPLACE INTO reader VALUES (?, ?)", (reader, version))

    def changed(
        self, site: Path, *, follows_links: bool = False, on_error: OnError | None = None, batch: int = _BATCH
    ) -> Iterator[Changes]:
        """What changed below a folder since it was noted, `batch` files at a time, in the order of addresses.

        Each batch may be noted while the next is awaited.
        """
        self._began = time.time_ns()
        known = self._known()
        past = next(known, None)
        changes = Changes()
        for found in walk(site, follows_links=follows_links, on_error=on_error):
            key = key_of(found.address)
            while past is not None and past[0] < key:
                changes.gone.append(address_of(past[0]))
                past = next(known, None)
            if past is None or past[0] != key:
                changes.changed.append(found)
            else:
                if past[1:] != (found.size, found.mtime, found.ctime, found.inode):
                    changes.changed.append(found)
                past = next(known, None)
            if len(changes.changed) + len(changes.gone) >= batch:
                yield changes
                changes = Changes()
        while past is not None:
            changes.gone.append(address_of(past[0]))
            past = next(known, None)
        if changes.changed or changes.gone:
            yield changes

    def note(self, changes: Changes) -> None:
        """Take some changes as read: those files are not told again until they change once more."""
        young = self._began - TICK
        self._db.executemany(
            "INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    self._reader,
                    key_of(found.address),
                    found.size,
                    found.mtime,
                    found.ctime,
                    _UNKNOWN if max(found.mtime, found.ctime) > young else found.inode,
                )
                for found in changes.changed
            ),
        )
        self._db.executemany(
            "DELETE FROM stamp WHERE reader = ? AND address = ?",
            ((self._reader, key_of(address)) for address in changes.gone),
        )

    def totals(self) -> tuple[int, int]:
        """How many files are noted, and their bytes."""
        return self._db.execute(  # type: ignore[no-any-return]
            "SELECT count(*), total(size) FROM stamp WHERE reader = ?", (self._reader,)
        ).fetchone()

    def _known(self) -> Iterator[tuple[bytes, int, int, int, int]]:
        """All stamps in order. No cursor is open between two of them: meanwhile others may be noted."""
        after = b""
        while rows := self._db.execute(
            "SELECT address, size, mtime, ctime, inode FROM stamp WHERE reader = ? AND address > ? "
            "ORDER BY address LIMIT ?",
            (self._reader, after, _ROWS),
        ).fetchall():
            after = rows[-1][0]
            yield from rows


def version_of(*packages: Path, words: str = "") -> str:
    """A digest of the files of some packages, by their sizes and times, and of some words: the version of a reader."""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16)
    for package in packages:
        for found in walk(package):
            if "__pycache__/" not in found.address:
                digest.update(
                    f"\0{found.address}\0{found.size}\0{found.mtime}".encode("utf-8", "surrogatepass")
                )
    return digest.hexdigest()


def key_of(address: str) -> bytes:
    """An address as tables keep it. Addresses and their keys have the same order."""
    return address.encode("utf-8", "surrogatepass")


def address_of(key: bytes) -> str:
    """The address of a key."""
    return key.decode("utf-8", "surrogatepass")


def walk(site: Path, *, follows_links: bool = False, on_error: OnError | None = None) -> Iterator[Stamp]:
    """Every file below a folder, in the order of addresses; a folder that links reach again, once.

    A link is told as one, and not followed, unless `follows_links`; then one that leads nowhere is an error.
    """
    seen: set[tuple[int, int]] = set()

    def below(path: str, prefix: str) -> Iterator[Stamp]:
        try:
            if follows_links:
                status = os.stat(path)  # noqa: PTH116
                if (status.st_dev, status.st_ino) in seen:
                    return
                seen.add((status.st_dev, status.st_ino))
            with os.scandir(path) as scan:
                # '/' behind the name of a folder, so that what is in it has its place among its neighbours.
                entries = sorted(
                    (
                        (
                            f"{entry.name}/" if entry.is_dir(follow_symlinks=follows_links) else entry.name,
                            entry,
                        )
                        for entry in scan
                    ),
                    key=lambda named: key_of(named[0]),
                )
        except OSError as error:
            if on_error is not None:
                on_error(prefix, error)
            return
        for name, entry in entries:
            if name.endswith("/"):
                yield from below(entry.path, prefix + name)
                continue
            try:
                status = entry.stat(follow_symlinks=follows_links)
            except OSError as error:
                if on_error is not None:
                    on_error(prefix + name, error)
                continue
            yield Stamp(
                address=prefix + name,
                size=status.st_size,
                mtime=status.st_mtime_ns,
                ctime=status.st_ctime_ns,
                inode=status.st_ino & _MOST,
                mode=status.st_mode,
            )

    yield from below(os.fspath(site), "")
