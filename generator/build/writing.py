"""Writes the site: each file whole or not at all, and never one that is not ours.

Which files are ours the state knows, before any is written: so a build that was killed leaves nothing that the next one
does not know as its own.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_TEMPORARY = ".cablepress-new"

# Above so many files it is cheaper to have the system write out everything than to ask for each.
_MANY = 200


class Writer:
    """Writes files below a folder."""

    def __init__(self, site: Path) -> None:
        self._site = os.fspath(site)
        self._folders: set[str] = set()

    def write(self, address: str, data: bytes) -> bool:
        """Write a file unless it is there and holds these bytes; gives whether it was written."""
        path = f"{self._site}/{address}"
        if _holds(path, data):
            return False
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        temporary = path + _TEMPORARY
        with open(temporary, "wb", buffering=0) as file:  # noqa: PTH123 - half as dear as by Path
            if file.write(data) != len(data):
                raise OSError(28, "No space left on device", path)
        os.replace(temporary, path)  # noqa: PTH105
        return True


def _holds(path: str, data: bytes) -> bool:
    """Whether a file holds these bytes already."""
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


def walk(site: Path, *, hidden: bool = False) -> Iterator[str]:
    """The addresses of the files in a folder; hidden ones only if asked for."""
    root = os.fspath(site)
    for folder, folders, files in os.walk(root):
        if not hidden:
            folders[:] = [name for name in folders if not name.startswith(".")]
        below = folder[len(root) :].replace(os.sep, "/").strip("/")
        for name in files:
            if hidden or not name.startswith("."):
                yield f"{below}/{name}" if below else name


def is_temporary(address: str) -> bool:
    """Whether a file is one of ours that a killed build has not finished."""
    return address.endswith(_TEMPORARY)


def remove(site: Path, addresses: Iterable[str]) -> int:
    """Remove files and the folders that they leave empty; gives how many files were there."""
    removed = 0
    folders: set[Path] = set()
    for address in addresses:
        path = site / address
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        removed += 1
        folders.update(parent for parent in path.parents if site in parent.parents)
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        try:
            folder.rmdir()
        except OSError:
            continue  # something is still in it
    return removed


def settle_on_disk(site: Path, written: list[str]) -> None:
    """Have the system put what was written onto the disk, so that no power cut can leave an empty page.

    `written` are the addresses, of which the first few hundred are enough.
    """
    if len(written) > _MANY:
        os.sync()
        return
    for address in written:
        file = os.open(site / address, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
