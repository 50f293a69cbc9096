"""Writes the site: each file whole or not at all, and never one that is not ours.

Which files are ours the state knows, before any is written: so a build that was killed leaves nothing that the next one
does not know as its own.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from uuid import uuid4

TEMPORARY = ".cablepress-new"

# Above so many files it is cheaper to have the system write out everything than to ask for each.
_MANY = 200


class Writer:
    """Writes files below a folder."""

    def __init__(self, site: Path) -> None:
        self._site = os.fspath(site)
        self._folders: set[str] = set()
        # No other writer has this name, should a cluster do the same work twice.
        self._temporary = uuid4().hex + TEMPORARY

    def write(self, address: str, data: bytes) -> bool:
        """Write a file unless it is there and holds these bytes; gives whether it was written.

        Raises OSError, which names the file, and leaves that as it was.
        """
        path = f"{self._site}/{address}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            make_folder(self._site, address)
            self._folders.add(folder)
        if _holds(path, data):
            return False
        temporary = f"{folder}/{self._temporary}"
        try:
            with open(temporary, "xb", buffering=0) as file:  # noqa: PTH123 - half as dear as by Path
                _write(file, data)
            os.replace(temporary, path)  # noqa: PTH105
        except OSError as error:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - its room may be all that there is
            raise OSError(error.errno, error.strerror, path) from error
        return True


def make_folder(site: str, address: str) -> None:
    """Make the folder of a file; one that a link leads elsewhere is not written to."""
    if link := link_on_the_way(site, address):
        raise OSError(errno.ELOOP, "a link stands where a folder of the site belongs; remove it", link)
    Path(site, address).parent.mkdir(parents=True, exist_ok=True)


def _write(file: FileIO, data: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part, and refuses the next."""
    written = file.write(data)
    while written < len(data):
        written += file.write(data[written:])


def link_on_the_way(site: str, address: str) -> str | None:
    """The first folder on the way from the site to a file that is a link; what it leads to is not ours."""
    folder = site
    for name in address.split("/")[:-1]:
        folder = f"{folder}/{name}"
        if os.path.islink(folder):  # noqa: PTH114
            return folder
    return None


def _holds(path: str, data: bytes) -> bool:
    """Whether a file holds these bytes already; a link is no file."""
    try:
        status = os.lstat(path)
        if status.st_size != len(data) or not stat.S_ISREG(status.st_mode):
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have an OSError name the file that is written; that of a full disk does not by itself."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror, os.fspath(path)) from error
        raise


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
    return address.endswith(TEMPORARY)


def remove(site: Path, addresses: Iterable[str]) -> list[str]:
    """Remove files and the folders that they leave empty; gives the addresses of those that were there.

    What a link leads to is not ours, nor is a folder in the place of a file.
    """
    removed: list[str] = []
    folders: set[Path] = set()
    for address in addresses:
        path = site / address
        if link_on_the_way(os.fspath(site), address):
            continue
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        removed.append(address)
        folders.update(parent for parent in path.parents if site in parent.parents)
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        try:
            folder.rmdir()
        except OSError:
            continue  # something is still in it
    return removed


def settle_on_disk(site: Path, changed: list[str] | None) -> None:
    """Have the system put onto the disk what was written and removed, so that no power cut can undo it.

    `changed` are the addresses, of which the first few hundred are enough; None where it is not known which they are.
    """
    if changed is None or len(changed) > _MANY:
        os.sync()
        return
    folders = {site}
    for address in changed:
        path = site / address
        # What a folder holds is written down in the folder, and that there is such a folder in the one above.
        folders.update(parent for parent in path.parents if site in parent.parents)
        sync(path)
    for folder in folders:
        sync(folder)


def sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, onto the disk; nothing where it is gone."""
    try:
        file = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return
    with naming(path):
        try:
            os.fsync(file)
        finally:
            os.close(file)
