"""The state file: what is known of an archive and its site, in one SQLite file below `.cablepress/`.

It holds every source with its stamp, an entry for each cable, what was told of it, every page of the site and whether it
is due. One process writes it (`update`, and the engine for its pages); any number may read it (`catalogue`). It is a
memory and no store: it may be deleted at any time, and the next build makes it again.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

# Changes with every change of the tables; a file of another shape is made anew.
SHAPE = 5

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;

-- What is read as one: a source by its path, or the sections of a telegram that are sources of their own.
CREATE TABLE unit (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,  -- of a source, when it was read
    seen INTEGER NOT NULL,          -- nanoseconds since 1970, just before it was read
    kind TEXT NOT NULL,             -- 'cable', 'markdown', 'asset'; 'sections'
    name BLOB,                      -- as the operating system knows the source, where `key` is not that
    digest BLOB,                    -- of its bytes
    withheld INTEGER NOT NULL,
    redacted INTEGER NOT NULL,      -- places
    is_dated INTEGER NOT NULL,      -- whether another day may give another outcome
    uses BLOB,                      -- what the ledger did, NULL for nothing
    title TEXT,                     -- of a Markdown page
    noindex INTEGER NOT NULL        -- of a Markdown page: search engines are not to list it
);
CREATE TABLE piece (id TEXT, unit INTEGER, PRIMARY KEY (id, unit)) WITHOUT ROWID;
CREATE TABLE cable (
    number INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL,
    path TEXT NOT NULL, id TEXT, name TEXT NOT NULL, plain_address TEXT NOT NULL,
    place TEXT NOT NULL, subject TEXT NOT NULL, gist TEXT NOT NULL, date TEXT, date_precision TEXT,
    year INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL, post TEXT, classification TEXT,
    paragraphs INTEGER NOT NULL, addressed TEXT NOT NULL, uses TEXT NOT NULL, sections INTEGER NOT NULL, held TEXT NOT NULL,
    words BLOB NOT NULL, digest BLOB NOT NULL, numbers TEXT NOT NULL, length INTEGER NOT NULL,
    updated TEXT,                   -- when it came out or was sent; NULL where neither is known
    noindex INTEGER NOT NULL,
    address TEXT NOT NULL,
    size INTEGER,                   -- of its page, in bytes; NULL while that is due
    sha256 BLOB                     -- of its page, as it was written last
);
CREATE TABLE reference (
    id TEXT,
    citing_place TEXT,              -- that of the cable
    cable INTEGER,
    other TEXT,                     -- the id by another name of the post: '08KYIV12' for '08KIEV12'
    PRIMARY KEY (id, citing_place, cable)
) WITHOUT ROWID;
-- The values of facets and the countries, which cables are listed under them, and how many of each month.
CREATE TABLE list (number INTEGER PRIMARY KEY, facet TEXT, value TEXT, UNIQUE (facet, value));
CREATE TABLE listed (
    list INTEGER, year INTEGER, month INTEGER, cable INTEGER, PRIMARY KEY (list, year, month, cable)
) WITHOUT ROWID;
CREATE TABLE list_month (
    list INTEGER, year INTEGER, month INTEGER, count INTEGER, PRIMARY KEY (list, year, month)
) WITHOUT ROWID;
-- The cables of each TAG in the order of all cables.
CREATE TABLE tagged (list INTEGER, place TEXT, cable INTEGER, PRIMARY KEY (list, place, cable)) WITHOUT ROWID;
-- What may be shown of cables that are not published.
CREATE TABLE card (id TEXT, unit INTEGER, address TEXT, data BLOB, PRIMARY KEY (id, unit)) WITHOUT ROWID;
CREATE TABLE problem (
    unit INTEGER, place INTEGER, severity TEXT, code TEXT, cable INTEGER, data BLOB, PRIMARY KEY (unit, place)
) WITHOUT ROWID;
-- Pages of the site but those of cables, and its other files.
CREATE TABLE page (
    address TEXT PRIMARY KEY,
    kind TEXT NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL,  -- 'tag', 'PGOV', '2008-11'
    digest BLOB,                    -- of what is not in the tables here: an asset's bytes, a card
    size INTEGER,                   -- in bytes; NULL while it is due
    sha256 BLOB                     -- as it was written last
) WITHOUT ROWID;
-- The search index: its spans, how its pieces are cut, and the days whose cables changed since it was made.
CREATE TABLE span (
    day INTEGER PRIMARY KEY,        -- with which it begins
    low INTEGER, high INTEGER,      -- the first and the last day of a cable
    cables INTEGER, words INTEGER,
    lengths TEXT, ids TEXT,
    file TEXT                       -- that keeps the words of its cables
);
CREATE TABLE leaf (
    pieces TEXT, first BLOB, low BLOB, high BLOB, weight INTEGER, PRIMARY KEY (pieces, first)
) WITHOUT ROWID;
CREATE TABLE day_due (day INTEGER PRIMARY KEY);
-- Where the spool has the words of cables that were read in this build.
CREATE TABLE worded (path TEXT PRIMARY KEY, name TEXT, at INTEGER, size INTEGER) WITHOUT ROWID;
-- The links of Markdown pages to the sources of others.
CREATE TABLE page_link (
    unit INTEGER, target TEXT, line INTEGER, written TEXT, PRIMARY KEY (unit, target)
) WITHOUT ROWID;
-- Notes of the editor, each a unit; `other` is the id of its cable by another name of the post.
CREATE TABLE note (unit INTEGER PRIMARY KEY, id TEXT NOT NULL, other TEXT, paragraph INTEGER, data BLOB NOT NULL);
-- The ids of cables that are not published.
CREATE TABLE held_back (id TEXT, unit INTEGER, PRIMARY KEY (id, unit)) WITHOUT ROWID;
-- What Markdown pages ask of the archive, and which of them are collections.
CREATE TABLE ask (
    unit INTEGER, place INTEGER,
    kind TEXT NOT NULL,             -- 'link', 'quote', 'query'
    line INTEGER, id TEXT NOT NULL, other TEXT, paragraph INTEGER, query TEXT NOT NULL,
    PRIMARY KEY (unit, place)
) WITHOUT ROWID;
CREATE TABLE collection (unit INTEGER PRIMARY KEY, data BLOB NOT NULL);
-- Addresses that lead to a cable or page, and what else has their place.
CREATE TABLE alias (
    unit INTEGER, place INTEGER,    -- its order in the unit
    cable INTEGER,                  -- NULL where it leads to a page
    address TEXT, folded TEXT,      -- in small letters
    line INTEGER,                   -- of front matter; NULL for that of an id by another name
    lost TEXT,                      -- to what; NULL where it has the place
    PRIMARY KEY (unit, place)
) WITHOUT ROWID;
-- Related cables: for each cable its slot, and what was found; the groups of slots whose vectors a file keeps.
CREATE TABLE kin (
    slot INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    day INTEGER,
    digest BLOB,                    -- of the cable, NULL while its vector is not kept
    shown TEXT,                     -- what others show of it
    five BLOB                       -- its kin, the nearest first, and what makes them kin; NULL for none
);
CREATE TABLE kin_group (number INTEGER PRIMARY KEY, file TEXT NOT NULL);
-- Where the spool has the vectors of cables that were read in this build.
CREATE TABLE vectored (path TEXT PRIMARY KEY, name TEXT, at INTEGER, size INTEGER) WITHOUT ROWID;
-- Addresses that had a page and may have none now; the files are still there.
CREATE TABLE stale (address TEXT PRIMARY KEY) WITHOUT ROWID;
-- The data files: what the record of each cable takes in bytes, which records changed since the files were made, and where
-- the spool has those that were read in this build.
CREATE TABLE record (path TEXT PRIMARY KEY, year INTEGER, month INTEGER, row INTEGER, line INTEGER) WITHOUT ROWID;
CREATE TABLE record_due (path TEXT, year INTEGER, month INTEGER, PRIMARY KEY (path, year, month)) WITHOUT ROWID;
CREATE TABLE recorded (path TEXT PRIMARY KEY, name TEXT, at INTEGER) WITHOUT ROWID;
-- The cables in which rules found words that they take out of some cables alone; `rule` is its place in the ledger.
CREATE TABLE redacted_in (unit INTEGER, path TEXT, rule INTEGER, PRIMARY KEY (unit, path, rule)) WITHOUT ROWID;
"""

# Made once all cables are in: filling indexes one cable at a time is several times slower.
_INDEXES = """
CREATE INDEX IF NOT EXISTS unit_page ON unit (key) WHERE kind = 'markdown';
CREATE INDEX IF NOT EXISTS unit_file ON unit (key) WHERE kind = 'asset';
CREATE UNIQUE INDEX IF NOT EXISTS cable_path ON cable (path);
CREATE INDEX IF NOT EXISTS cable_unit ON cable (unit);
CREATE INDEX IF NOT EXISTS cable_place ON cable (place);
CREATE INDEX IF NOT EXISTS cable_day ON cable (substr(place, 6, 5), place)
    WHERE date_precision != 'year';
CREATE INDEX IF NOT EXISTS cable_of_day ON cable (day, place);
CREATE INDEX IF NOT EXISTS cable_post ON cable (post, place);
CREATE INDEX IF NOT EXISTS cable_id ON cable (id, place);
CREATE INDEX IF NOT EXISTS cable_plain ON cable (plain_address);
CREATE INDEX IF NOT EXISTS cable_address ON cable (address, size, sha256);
CREATE INDEX IF NOT EXISTS cable_words ON cable (words);
CREATE INDEX IF NOT EXISTS cable_incomplete ON cable (id) WHERE held != '';
CREATE INDEX IF NOT EXISTS cable_moved ON cable (plain_address) WHERE address != plain_address;
CREATE INDEX IF NOT EXISTS cable_due ON cable (number) WHERE size IS NULL;
CREATE INDEX IF NOT EXISTS reference_cable ON reference (cable);
CREATE INDEX IF NOT EXISTS reference_other ON reference (other, citing_place) WHERE other IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_cable ON listed (cable);
CREATE INDEX IF NOT EXISTS card_unit ON card (unit);
CREATE INDEX IF NOT EXISTS cable_updated ON cable (updated, place) WHERE noindex = 0;
CREATE INDEX IF NOT EXISTS cable_noindex ON cable (number) WHERE noindex = 1;
CREATE INDEX IF NOT EXISTS alias_folded ON alias (folded);
CREATE INDEX IF NOT EXISTS piece_unit ON piece (unit);
CREATE INDEX IF NOT EXISTS problem_kind ON problem (code, cable, severity);
CREATE INDEX IF NOT EXISTS page_of ON page (kind, key);
CREATE INDEX IF NOT EXISTS page_due ON page (kind) WHERE size IS NULL;
CREATE INDEX IF NOT EXISTS note_id ON note (id);
CREATE INDEX IF NOT EXISTS note_other ON note (other) WHERE other IS NOT NULL;
CREATE INDEX IF NOT EXISTS held_back_unit ON held_back (unit);
CREATE UNIQUE INDEX IF NOT EXISTS kin_path ON kin (path);
CREATE INDEX IF NOT EXISTS kin_day ON kin (day);
"""

# What SQLite says of a file that is no state, or no longer one.
_BROKEN = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_CACHE = 16_000  # kilobytes of the file that a connection keeps in memory
_LITTLE = 2_000  # and while it reads tables from one end to the other


class State:
    """The state file, open to be written."""

    def __init__(self, file: Path | None, *, is_lasting: bool = True) -> None:
        """Open a file, or make a new one in memory; one that needs not outlast a power cut is written sooner."""
        self.file = file
        # `check_same_thread`: builds run in one thread, which needs not be the one that ends the program.
        self.db = sqlite3.connect(
            file if file is not None else ":memory:", isolation_level=None, check_same_thread=False
        )
        self.db.executescript(f"PRAGMA cache_size = -{_CACHE}; PRAGMA temp_store = FILE;")
        if not is_lasting:
            self.db.execute("PRAGMA synchronous = OFF")

    @classmethod
    def new(cls, file: Path | None = None) -> "State":
        """An empty state, without its indexes. A file of that name is replaced.

        Until it is `settled` nothing protects it: a program that is killed leaves it unusable.
        """
        if file is not None:
            for leftover in (file, Path(f"{file}-journal")):
                leftover.unlink(missing_ok=True)
        state = cls(file)
        state.db.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {SHAPE}; {_TABLES}"
        )
        return state

    @classmethod
    def open(cls, file: Path, *, is_lasting: bool = True) -> "State | None":
        """The state in a file, of whatever shape; None where there is none, or what is there is none.

        What a killed program left half-done is taken back. Raises DatabaseError where the disk does not allow that: the
        state is still good, and forgotten it would leave files in the site that nobody knows as ours.
        """
        if not file.is_file():
            return None
        try:
            state = cls(file, is_lasting=is_lasting)
            state.db.execute("SELECT value FROM meta").fetchall()
        except sqlite3.DatabaseError as error:
            if is_broken(error):
                return None
            raise
        return state

    @property
    def is_current(self) -> bool:
        """Whether its tables have the shape that this program gives them."""
        return bool(self.db.execute("PRAGMA user_version").fetchone()[0] == SHAPE)

    def addresses(self, *, with_stale: bool = True) -> Iterator[str]:
        """The addresses of all files of the site; with those that have still to be removed."""
        for table in ("cable", "page", "stale")[: 3 if with_stale else 2]:
            for (address,) in self.db.execute(f"SELECT address FROM {table}"):  # noqa: S608
                yield address

    def index(self) -> None:
        """Make the indexes that are not there."""
        self.run(_INDEXES)

    def run(self, statements: str) -> None:
        """Run some statements, each ended by ';', within the transaction that there is."""
        for statement in statements.split(";"):
            self.db.execute(statement)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def take_the_place_of(self, file: Path, *, is_lasting: bool = True) -> None:
        """Close a new state, and have it be `file` from now on; also should the power fail, if it is to be lasting."""
        self.close()
        if self.file is None:
            raise ValueError("a state in memory takes no file's place")
        if is_lasting:
            _sync(self.file)
        # What an unfinished change of the old file has left behind would be taken for one of the new.
        Path(f"{file}-journal").unlink(missing_ok=True)
        self.file.replace(file)
        if is_lasting:
            _sync(file.parent)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written within."""
        return transaction(self.db)

    @contextmanager
    def little_cache(self) -> Iterator[None]:
        """Keep less of the file in memory: what is read once, in order, is as soon read without."""
        self.db.execute(f"PRAGMA cache_size = -{_LITTLE}")
        try:
            yield
        finally:
            self.db.execute(f"PRAGMA cache_size = -{_CACHE}")

    def recall(self, key: str) -> bytes | None:
        """What was remembered under a key."""
        found = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def remember(self, key: str, value: bytes | None) -> None:
        """Remember something under a key; None forgets it."""
        if value is None:
            self.db.execute("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written to a database within."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has ended it already
            db.execute("ROLLBACK")
        raise


def is_broken(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that the file is broken and must be made anew; it may also be a disk that is full."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN


def _sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, onto the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def connect_to_read(file: Path) -> sqlite3.Connection:
    """A connection for a process that only reads, while none writes."""
    db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    return db
