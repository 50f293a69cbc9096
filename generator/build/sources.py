"""What lies in content/ now, beside what the state remembers of it: which sources are new, changed or gone.

Unchanged size, times and inode stand for unchanged bytes, if the source had not been touched just before it was read: a
second change within the clock's tick would not show. Everything else is read, and its digest decides.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.archive.state import State
from generator.build.report import BuildRefused
from generator.build.tasks import ReadTask
from generator.intake.find import SourceFile, find_changed, walk_sources
from generator.problem import Problem

# Before it was read a source must have been left alone so long, in nanoseconds: the coarsest clock of a file system.
_TICK = 2_000_000_000

SOURCES = "SELECT key, kind, size, mtime, ctime, inode, name FROM unit"

_FOUND = """
CREATE TEMP TABLE IF NOT EXISTS found (
    key TEXT PRIMARY KEY, kind TEXT, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, name BLOB
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS looked (key TEXT PRIMARY KEY) WITHOUT ROWID;
DELETE FROM temp.found;
DELETE FROM temp.looked;
"""


def to_source(values: tuple[str, str, int, int, int, int, bytes | None], content: Path) -> SourceFile:
    """A source as a row of SOURCES has it."""
    key, kind, size, mtime, ctime, inode, name = values
    return SourceFile(
        path=key,
        absolute=os.fsdecode(name) if name is not None else f"{content}/{key}",
        kind=kind,  # type: ignore[arg-type]  # as it was written
        size=size,
        mtime_ns=mtime,
        ctime_ns=ctime,
        inode=inode,
    )


def check_content(content: Path) -> None:
    """Raise BuildRefused where there is no folder to read."""
    if not content.is_dir():
        raise BuildRefused(
            f"there is no folder {content}; put telegrams there as .txt files, "
            "or make a project with: cablepress new my-archive"
        )


class Sources:
    """The sources of a content folder, compared with a state."""

    def __init__(self, state: State, content: Path) -> None:
        self._state = state
        self._db = state.db
        self._content = content
        self.problems: list[Problem] = []  # by path

    def look(self, changed: Iterable[Path] | None = None) -> None:
        """Look at all of content/, or at some paths in it alone."""
        self._state.run(_FOUND)
        if changed is None:
            self._db.execute("INSERT INTO temp.looked VALUES ('')")
            self._add(walk_sources(self._content))
        else:
            for path in changed:
                key, found = find_changed(self._content, path)
                self._db.execute("INSERT OR IGNORE INTO temp.looked VALUES (?)", (key,))
                self._add(found)
        self.problems.sort(key=lambda problem: problem.source)

    def _add(self, found: Iterable[SourceFile | Problem]) -> None:
        prefix = f"{self._content}/"

        def rows() -> Iterator[tuple[object, ...]]:
            for one in found:
                if isinstance(one, Problem):
                    self.problems.append(one)
                else:
                    name = None if one.absolute == prefix + one.path else os.fsencode(one.absolute)
                    yield one.path, one.kind, one.size, one.mtime_ns, one.ctime_ns, one.inode, name

        # One transaction for all: by itself each row would be one, for three times the time.
        is_ours = not self._db.in_transaction
        if is_ours:
            self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO temp.found VALUES (?, ?, ?, ?, ?, ?, ?)", rows())
        if is_ours:
            self._db.execute("COMMIT")

    def choose(self, *, is_forced: bool, also: Iterable[str] = (), reads_all: bool = False) -> int:
        """Choose the sources to be read, and say how many they are: those that may have changed, and some others.

        With `reads_all` every source is chosen, and its digest decides; with `is_forced` all are chosen whatever their bytes.
        """
        which = (
            "unit.key IS NULL OR unit.digest IS NULL OR unit.size != found.size OR unit.mtime != found.mtime "
            "OR unit.ctime != found.ctime OR unit.inode != found.inode OR unit.kind != found.kind "
            f"OR max(found.mtime, found.ctime) > unit.seen - {_TICK}"
        )
        self._db.execute("DROP TABLE IF EXISTS temp.chosen")
        self._db.execute(
            "CREATE TEMP TABLE chosen AS SELECT found.key, found.kind, found.size, found.mtime, found.ctime, "  # noqa: S608
            f"found.inode, found.name, {'NULL' if is_forced else 'unit.digest'} AS digest "
            "FROM temp.found LEFT JOIN unit ON unit.key = found.key "
            f"WHERE {'1' if is_forced or reads_all else which} ORDER BY found.key"
        )
        for key in also:
            self._db.execute("DELETE FROM temp.chosen WHERE key = ?", (key,))
            self._db.execute("INSERT INTO temp.chosen SELECT *, NULL FROM temp.found WHERE key = ?", (key,))
        return int(self._db.execute("SELECT count(*) FROM temp.chosen").fetchone()[0])

    def chosen(self) -> Iterator[ReadTask]:
        """The sources to be read, by path."""
        for *values, digest in self._db.execute("SELECT * FROM temp.chosen ORDER BY key"):
            yield ReadTask(to_source(tuple(values), self._content), digest)

    def gone(self) -> list[str]:
        """The keys of sources that were there and are not."""
        gone: list[str] = []
        for (looked,) in self._db.execute("SELECT key FROM temp.looked").fetchall():
            # '0' follows '/'; all of content/ lies between the empty text and the last letter there is.
            first, last = (f"{looked}/", f"{looked}0") if looked else ("", "\U0010ffff")
            found = self._db.execute(
                "SELECT key FROM unit WHERE (key = ?1 OR (key >= ?2 AND key < ?3)) AND kind != 'sections' "
                "AND NOT EXISTS (SELECT 1 FROM temp.found WHERE found.key = unit.key) ORDER BY key",
                (looked, first, last),
            )
            gone += [key for (key,) in found]
        return gone

    def confirm(self, keys: Iterable[str], seen: int) -> None:
        """Note that sources were read and held the same bytes as before."""
        self._db.executemany(
            "UPDATE unit SET (size, mtime, ctime, inode) = (SELECT size, mtime, ctime, inode FROM temp.found "
            "WHERE found.key = unit.key), seen = ? WHERE key = ?",
            [(seen, key) for key in keys],
        )
