"""Which parts there are, and which files of the site each of them is to have.

What the build has written is asked of its state, so that no other file that lies in the folder of the site is published.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.archive.address import NOT_FOUND, PARTS_SCRIPT, SCRIPT, SEARCH, SEARCH_SCRIPT
from generator.archive.layout import PORTAL, Layout
from generator.parts.memory import WantedFile
from generator.parts.tasks import COPY, HEADERS, INLINED, PAGE, CutJob, hosts_of

# Kinds of files that a part has of its own, made of none of the site.
_OWN_KINDS = frozenset(("robots", "sitemap", "manifest"))
_REDIRECT = "redirect"

_HEADERS = "_headers"
_EVERYWHERE = frozenset((NOT_FOUND, ".nojekyll", _HEADERS))
_INLINED = frozenset((SCRIPT, SEARCH_SCRIPT))

_FILES = (
    "SELECT address, 'cable' FROM cable WHERE size IS NOT NULL UNION ALL "
    "SELECT address, kind FROM page WHERE size IS NOT NULL"
)


def count_cables(db: sqlite3.Connection, layout: Layout) -> dict[str, int]:
    """All parts, the portal first, and how many cables each has.

    Where nothing but an old address would be in a part, there is none.
    """
    cables: dict[str, int] = {PORTAL: 0}
    for address, kind in db.execute(_FILES):
        if kind not in _OWN_KINDS and kind != _REDIRECT:
            part = layout.part_of(address)
            cables[part] = cables.get(part, 0) + (kind == "cable")
    return {part: cables[part] for part in sorted(cables)}


def wanted_files(db: sqlite3.Connection, job: CutJob, program: str) -> Iterator[WantedFile]:
    """The files that parts are to have; `program` names what makes them."""
    choice = _Choice(job, program)
    for address, kind in db.execute(_FILES):
        if kind not in _OWN_KINDS and address != PARTS_SCRIPT:
            yield from choice.files(address, is_redirect=kind == _REDIRECT)


class _Choice:
    def __init__(self, job: CutJob, program: str) -> None:
        self._job = job
        self._site = os.fspath(job.site)
        self._folders: Mapping[str, str] = {part: job.layout.folder_of(part) for part in job.parts}
        laid = _digest(program, repr(job.layout), str(job.is_searched), *sorted(job.everywhere))
        with_hosts = _digest(laid, *hosts_of(job))
        self._digests = {PAGE: laid, HEADERS: with_hosts, COPY: ""}
        self._of_search_page = with_hosts
        parts_script = job.site / PARTS_SCRIPT
        self._of_scripts = _digest(laid, _stamp(os.fspath(parts_script))) if parts_script.exists() else laid

    def files(self, address: str, *, is_redirect: bool) -> Iterator[WantedFile]:
        stamp = _stamp(f"{self._site}/{address}")
        way, digest = self._way(address)
        for part in self._parts(address, is_redirect=is_redirect):
            yield WantedFile(self._folders[part], address, part, way, stamp, digest)

    def _way(self, address: str) -> tuple[str, str]:
        if address in _INLINED:
            return INLINED, self._of_scripts
        if address == SEARCH:
            return PAGE, self._of_search_page
        way = PAGE if address.endswith(".html") else HEADERS if address == _HEADERS else COPY
        return way, self._digests[way]

    def _parts(self, address: str, *, is_redirect: bool) -> tuple[str, ...]:
        job = self._job
        if address in _EVERYWHERE or address in job.everywhere or job.layout.is_everywhere(address):
            return job.parts
        part = job.layout.part_of(address)
        if is_redirect and part != PORTAL:
            # Old addresses may be older than the parts; then they were the portal's.
            return (PORTAL, part) if part in self._folders else (PORTAL,)
        return (part,)


def _stamp(path: str) -> str:
    """What is another when a file was written anew."""
    status = os.stat(path)  # noqa: PTH116 - tens of thousands of times
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def stamp_of(file: Path) -> str:
    """The stamp of a file; '' where there is none."""
    return _stamp(os.fspath(file)) if file.is_file() else ""
