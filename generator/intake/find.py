"""Finds the files below content/ and says what each is by its name.

Hidden files and folders are passed over. A folder that is reached twice, by a link, is read once, so that a
loop of links ends. Names may hold any bytes: a source's `path` is always text that can be printed and stored.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.problem import Problem

SourceKind = Literal["cable", "markdown", "asset"]

_KINDS: dict[str, SourceKind] = {".txt": "cable", ".cable": "cable", ".md": "markdown"}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
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
    problems: list[Problem] = []
    files = sorted(_walk(os.fspath(content), "", problems, set()), key=lambda file: file.path)
    return Found(files=tuple(files), problems=tuple(problems))


def readable_path(path: str) -> str:
    """A path that can be printed and encoded: bytes that are no UTF-8 and control characters are escaped."""
    if path.isprintable():
        return path
    return "".join(
        character if character.isprintable() else _escaped(character)
        for character in path.replace("%", "%25")
    )


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def _walk(
    folder: str, below: str, problems: list[Problem], seen: set[tuple[int, int]]
) -> Iterator[SourceFile]:
    try:
        status = Path(folder).stat()
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(unreadable(below or ".", error))
        return
    if (status.st_dev, status.st_ino) in seen:
        problems.append(
            Problem(
                code="folder-twice",
                severity="warning",
                source=below,
                message="this link leads to a folder that was read already",
                next_step="it was left out; remove the link",
            )
        )
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = readable_path(f"{below}/{entry.name}" if below else entry.name)
        try:
            is_folder = entry.is_dir()
            file_status = entry.stat()
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        if is_folder:
            yield from _walk(entry.path, path, problems, seen)
        elif not stat.S_ISREG(file_status.st_mode):
            problems.append(
                Problem(
                    code="not-a-file",
                    severity="warning",
                    source=path,
                    message="this is a pipe, a socket or a device",
                    next_step="it was left out; remove it",
                )
            )
        elif entry.name.lower().endswith(_DUMPS):
            problems.append(_dump(path))
        else:
            yield SourceFile(
                path=path,
                absolute=entry.path,
                kind=_KINDS.get(Path(entry.name).suffix.lower(), "asset"),
                size=file_status.st_size,
                mtime_ns=file_status.st_mtime_ns,
                ctime_ns=file_status.st_ctime_ns,
                inode=file_status.st_ino,
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
        next_step="turn it into telegrams first (`cablepress import`, from version 0.2), and keep it outside content/",
    )
