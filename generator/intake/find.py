"""Finds the files below content/ and says what each is by its name.

Hidden files and folders are passed over. A folder that is reached twice, by a link, is read once, so that a
loop of links ends. Pipes and sockets are named, not opened: reading one could wait for ever. Names may hold any
bytes: a source's `path` is always text that can be printed and stored.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec import Struct

from generator.problem import Problem

SourceKind = Literal["cable", "markdown", "asset"]

_KINDS: dict[str, SourceKind] = {".txt": "cable", ".cable": "cable", ".md": "markdown"}

# Says what may be published; nothing of it is.
LEDGER = "release.toml"

# A '%' in front of two such digits would be taken for an escape.
_LOOKS_ESCAPED = re.compile(r"%(?=[0-9A-F]{2})")

# What `cablepress import` turns into sources.
_DUMPS = (
    ".html",
    ".htm",
    ".csv",
    ".zip",
    ".tar",
    ".tgz",
    ".tar.gz",
    ".tar.bz2",
    ".tar.xz",
    ".7z",
    ".sql",
    ".xml",
)


class SourceFile(Struct, frozen=True, kw_only=True):
    """A file below content/."""

    path: str  # below content/, with '/'; the key by which everything knows the source
    absolute: str  # as the operating system knows it
    kind: SourceKind
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All sources, by path, and what was wrong on the way."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


def find_sources(content: Path) -> Found:
    """Find every source below `content`, at any depth."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for found in walk_sources(content):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files.append(found)
    return Found(
        files=tuple(sorted(files, key=lambda file: file.path)),
        problems=tuple(sorted(problems, key=lambda problem: problem.source)),
    )


def walk_sources(content: Path) -> Iterator[SourceFile | Problem]:
    """Every source below `content` and what is wrong on the way, folder by folder; an archive need not fit in memory."""
    search = _Search()
    yield from search.visit(os.fspath(content), "")
    # Links wait until every real folder was read, so that a source has its path from where it lies.
    while waiting := search.folders or search.links:
        yield from search.visit(*waiting.pop())


def find_changed(content: Path, changed: Path) -> tuple[str, list[SourceFile | Problem]]:
    """What is now at or below a path in `content` that may have changed: its key, and what was found; nothing if it is gone.

    The key is '' for all of `content`. Links to folders are not followed; who has any must walk the whole.
    """
    parts = changed.relative_to(content).parts
    key = "/".join(map(readable_name, parts))
    found: list[SourceFile | Problem] = []
    if any(part.startswith(".") for part in parts):
        return key, found
    search = _Search()
    found.extend(search.look(changed, key))
    while search.folders:
        found.extend(search.visit(*search.folders.pop()))
    return key, found


def readable_name(name: str) -> str:
    """A name that can be printed and encoded, and is no other file's.

    Bytes that are no UTF-8, line ends and other unprintable characters become '%0A'; the '%' of a name that
    looks as if it had been through this becomes '%25'.
    """
    if name.isprintable() and "%" not in name:
        return name
    unambiguous = _LOOKS_ESCAPED.sub("%25", name)
    return "".join(character if character.isprintable() else _escaped(character) for character in unambiguous)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


class _Entry:
    """A path, asked as an entry of its folder is."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.name = file.name
        self.path = os.fspath(file)
        self.is_dir = file.is_dir
        self.is_symlink = file.is_symlink
        self.stat = file.stat


class _Search:
    """What is left to visit, and what was found so far."""

    def __init__(self) -> None:
        # Each as the operating system knows it, and as a path below content/.
        self.folders: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self._seen: set[tuple[int, int]] = set()

    def visit(self, folder: str, path: str) -> Iterator[SourceFile | Problem]:
        """Sort what one folder holds into files, folders, links to folders and problems."""
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
            status = Path(folder).stat()
        except OSError as error:
            yield unreadable(path or ".", error)
            return
        if (status.st_dev, status.st_ino) in self._seen:
            yield _folder_twice(path)
            return
        self._seen.add((status.st_dev, status.st_ino))
        prefix = f"{path}/" if path else ""
        for entry in reversed(entries):  # what waits is taken from the end
            name = entry.name
            kind = _KINDS.get(name[name.rfind(".") :])
            if kind is not None and entry.is_file(follow_symlinks=False) and name[0] != ".":
                # Nearly all are such files, so that they are not asked what else they might be.
                try:
                    yield _source(entry, prefix + readable_name(name), kind, entry.stat())
                    continue
                except OSError as error:
                    yield unreadable(prefix + readable_name(name), error)
            elif name[0] != ".":
                yield from self._sort(entry, prefix + readable_name(name))

    def look(self, file: Path, path: str) -> Iterator[SourceFile | Problem]:
        """Sort what one path leads to; nothing where it leads nowhere."""
        if os.path.lexists(file):
            yield from self._sort(_Entry(file), path)

    def _sort(self, entry: "os.DirEntry[str] | _Entry", path: str) -> Iterator[SourceFile | Problem]:
        try:
            is_folder = entry.is_dir()
            status = entry.stat()
        except OSError as error:
            yield unreadable(path, error)
            return
        name = entry.name.lower()
        if path == LEDGER:
            return
        kind = kind_by_name(name)
        if is_folder:
            if kind == "cable":
                yield _folder_named_like_a_cable(path)
            (self.links if entry.is_symlink() else self.folders).append((entry.path, path))
        elif not stat.S_ISREG(status.st_mode):
            yield _not_a_file(path)
        elif name.endswith(_DUMPS):
            yield _dump(path)
        else:
            yield _source(entry, path, kind, status)


def _source(
    entry: "os.DirEntry[str] | _Entry", path: str, kind: SourceKind, status: os.stat_result
) -> SourceFile:
    return SourceFile(
        path=path,
        absolute=entry.path,
        kind=kind,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )


def kind_by_name(name: str) -> SourceKind:
    """What a file of this name, in small letters, is taken for."""
    return next((kind for suffix, kind in _KINDS.items() if name.endswith(suffix)), "asset")


def _folder_twice(path: str) -> Problem:
    return Problem(
        code="folder-twice",
        severity="warning",
        source=path,
        message="this link leads to a folder that was read already",
        next_step="it was left out; remove the link",
    )


def _folder_named_like_a_cable(path: str) -> Problem:
    return Problem(
        code="folder-named-like-a-cable",
        severity="info",
        source=path,
        message="this is a folder, although its name is that of a cable",
        next_step="what it holds was read",
    )


def _not_a_file(path: str) -> Problem:
    return Problem(
        code="not-a-file",
        severity="warning",
        source=path,
        message="this is a pipe, a socket or a device",
        next_step="it was left out; remove it",
    )


def unreadable(path: str, error: OSError) -> Problem:
    """What is said of a file or folder that the operating system will not give."""
    return Problem(
        code="unreadable",
        severity="error",
        source=path,
        message=f"cannot be read: {error.strerror or error}",
        next_step="mend the link or the permission, then build again",
    )


def _dump(path: str) -> Problem:
    return Problem(
        code="dump-in-content",
        severity="warning",
        source=path,
        message="HTML, CSV and archive files are no telegrams",
        next_step="keep it outside content/, and turn it into telegrams with: cablepress import FILE",
    )
