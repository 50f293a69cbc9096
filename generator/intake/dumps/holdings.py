"""What lies in content/ already, by name, so that nothing is imported twice, wherever it was moved to.

The names wait in a temporary database rather than in memory, which they would fill; it is gone with the process.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_SOURCES = (".txt", ".cable", ".md")

# What is put behind the name of a cable whose name another has.
_TOLD_APART = re.compile(r"-[0-9a-f]{6,64}\Z")

_MOST_MEMORY = 4096  # kB of the database that may be in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A source in content/."""

    path: str  # below content/, with '/'
    words: bytes | None  # digest of its words, if this run has filed it
    is_held: bool  # this run has found or made it a draft, or found it edited


class Holdings:
    """All sources in content/."""

    def __init__(self, content: Path) -> None:
        """Look what lies in `content`, which need not be there. Raises OSError for a folder that cannot be read."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_MOST_MEMORY};"
            "CREATE TABLE holding (path TEXT PRIMARY KEY, name TEXT NOT NULL, words BLOB, held INTEGER) WITHOUT ROWID;"
        )
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO holding (path, name) VALUES (?, ?)",
            ((path, _key(PurePosixPath(path).stem)) for path in _sources(content)),
        )
        self._database.execute("CREATE INDEX by_name ON holding (name)")

    def named(self, name: str) -> list[Holding]:
        """The sources of this name, in whatever case, and those told apart from them."""
        found = self._database.execute(
            "SELECT path, words, held FROM holding WHERE name = ? ORDER BY path", (_key(name),)
        )
        return [Holding(path=path, words=words, is_held=bool(held)) for path, words, held in found]

    def add(self, path: str, words: bytes, *, is_held: bool) -> None:
        """Note that this run has filed a source."""
        self._database.execute(
            "INSERT OR REPLACE INTO holding VALUES (?, ?, ?, ?)",
            (path, _key(PurePosixPath(path).stem), words, is_held),
        )

    def close(self) -> None:
        """Let the database go."""
        self._database.close()


def _key(name: str) -> str:
    return _TOLD_APART.sub("", name).casefold()


def _sources(content: Path) -> Iterator[str]:
    """The paths of all sources; of a link to a folder only the link is looked at."""
    root = os.fspath(content)
    if not content.exists():
        return
    for folder, folders, names in os.walk(root, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = folder[len(root) :].replace(os.sep, "/").strip("/")
        for name in names:
            if name.endswith(_SOURCES) and not name.startswith("."):
                path = f"{below}/{name}" if below else name
                # A name that is no UTF-8 cannot be kept in the database, and is none that an import gives.
                if path.isprintable():
                    yield path


def _raise(error: OSError) -> None:
    raise error
