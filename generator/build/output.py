"""Writes the site: each file whole or not at all, and never one that is not ours.

What we have written is remembered in two files: a list of all outputs of the last finished build, and a journal to
which addresses are added before the files themselves are written. So a build that was killed leaves nothing that
the next one does not know as its own.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_LIST = "outputs.txt"
_JOURNAL = "outputs-journal.txt"

_TEMPORARY = ".cablepress-new"


class Output:
    """The site folder of one build."""

    def __init__(self, site: Path, state: Path) -> None:
        """Begin a build into `site`; `state` is the folder that remembers."""
        self._site = site
        self._state = state
        self._known = set(known_outputs(state))
        self._due: set[str] = set()
        self._folders: set[Path] = set()
        self._journal = (state / _JOURNAL).open("a", encoding="utf-8")
        self.written = 0
        self.size = 0

    @property
    def files(self) -> int:
        """How many files the site has so far."""
        return len(self._due)

    def write(self, batch: Sequence[tuple[str, bytes]]) -> None:
        """Write a batch of files, given as address and bytes; those that are there already stay as they are."""
        for address, _ in batch:
            self._due.add(address)
            if address not in self._known:
                self._journal.write(f"{address}\n")
        self._journal.flush()
        for address, data in batch:
            self.size += len(data)
            path = self._site / address
            if not _holds(path, data):
                self._write(path, data)
                self.written += 1

    def _write(self, path: Path, data: bytes) -> None:
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        temporary = path.with_name(f"{path.name}{_TEMPORARY}")
        temporary.write_bytes(data)
        temporary.replace(path)

    def finish(self) -> tuple[int, list[str]]:
        """Remove what is no longer due, and remember the rest.

        Returns how many files were removed, and the files in the folder that are not ours.
        """
        self._journal.flush()
        ours = self._known | set(_read_list(self._state / _JOURNAL))
        removed = 0
        foreign: list[str] = []
        for address in walk(self._site):
            if address in self._due:
                continue
            if address in ours or address.endswith(_TEMPORARY):
                (self._site / address).unlink(missing_ok=True)
                removed += 1
            else:
                foreign.append(address)
        _remove_empty_folders(self._site, ours - self._due)
        self._journal.close()
        _write_list(self._state / _LIST, self._due)
        (self._state / _JOURNAL).unlink(missing_ok=True)
        return removed, foreign


def known_outputs(state: Path) -> Iterator[str]:
    """The addresses of all files that earlier builds have written, finished or not."""
    yield from _read_list(state / _LIST)
    yield from _read_list(state / _JOURNAL)


def all_there(site: Path, state: Path) -> bool:
    """Whether every file of the last finished build still stands in the site."""
    addresses = set(_read_list(state / _LIST))
    return bool(addresses) and addresses <= set(walk(site, hidden=True))


def walk(site: Path, *, hidden: bool = False) -> list[str]:
    """The addresses of the files in a folder, sorted; hidden ones only if asked for."""
    addresses: list[str] = []
    root = os.fspath(site)
    for folder, folders, files in os.walk(root):
        if not hidden:
            folders[:] = [name for name in folders if not name.startswith(".")]
        below = folder[len(root) :].replace(os.sep, "/").strip("/")
        addresses.extend(
            f"{below}/{name}" if below else name for name in files if hidden or not name.startswith(".")
        )
    return sorted(addresses)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes already."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _remove_empty_folders(site: Path, gone: Iterable[str]) -> None:
    """Remove the folders that the removed files have left empty."""
    folders = {parent for address in gone for parent in (site / address).parents if site in parent.parents}
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _read_list(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError):
        return []


def _write_list(path: Path, addresses: Iterable[str]) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_text("".join(f"{address}\n" for address in sorted(addresses)), encoding="utf-8")
    temporary.replace(path)
