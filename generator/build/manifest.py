"""The manifest of the site: every file of it with its SHA-256, written last of all.

Nothing is read for it. Whoever writes a file knows its bytes, and the state keeps their digest, so that the manifest is made of
the state alone, in order, and nothing of it is held in memory. It lists what is written, whatever else lies in the folder.
"""

import filecmp
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from generator.archive.address import MANIFEST
from generator.archive.manifest import ListedFile, manifest_line
from generator.archive.pages import Pages, PlannedPage
from generator.archive.state import State
from generator.build.long_files import NewFile

_KIND = "manifest"

# A file that is still due, since its source went away while the build was at work, is none of which anything is known.
# The index `cable_address` and the table `page` give them in order, without a look at the rest of a cable.
_FILES = (
    "SELECT address, sha256 FROM cable WHERE size IS NOT NULL UNION ALL "
    "SELECT address, sha256 FROM page WHERE size IS NOT NULL AND kind != 'manifest' ORDER BY address"
)


def plan_manifest(state: State) -> None:
    """Have a manifest among the files of the site; it is due, whatever is."""
    Pages(state).plan(_KIND, [PlannedPage(MANIFEST, _KIND)], due=[""])


def write_manifest(state: State, site: Path) -> bool:
    """Write the manifest of what the state knows to be written; gives whether it is another than before.

    It belongs into the transaction in which the state learns what was written.
    """
    with NewFile(site, MANIFEST) as file:
        made = file.write(manifest_line(one) for one in _files(state.db))
        is_new = not _is_same(file.temporary, file.path)
        if is_new:
            file.take_its_place()
    state.db.execute("UPDATE page SET size = ? WHERE address = ?", (made.size, MANIFEST))
    return is_new


def _files(db: sqlite3.Connection) -> Iterator[ListedFile]:
    for address, sha256 in db.execute(_FILES):
        yield ListedFile(address, sha256)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes; a link is no file."""
    return other.is_file() and not other.is_symlink() and filecmp.cmp(one, other, shallow=False)
