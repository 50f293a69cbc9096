"""The files in a dump: a file, a folder of any depth, a zip or a tar; each as a Member to read.

Nothing is ever unpacked to disk, so the names in an archive can do no harm; one that would lead out of it, a link
or a device is refused all the same, since it was made to deceive. Links in folders are not followed.
"""

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, cast

from generator.intake.dumps.member import DAMAGED, Member, damaged, unreadable_dump
from generator.intake.find import readable_name
from generator.problem import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Called with the number of bytes that were read from disk.
Reading = Callable[[int], None]

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_TARS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")  # compressed
_TAR_MARK = slice(257, 262)  # where a tar file says 'ustar'

_ENCRYPTED = 0x1  # a flag of a zip's member
_HEAD = 512


class _CountedFile(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: str, reading: Reading) -> None:
        super().__init__(path)
        self._reading = reading

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Read, and tell it."""
        count = super().readinto(buffer)
        self._reading(count or 0)
        return count


def read_dump(dump: Path, reading: Reading) -> Iterator[Member | Problem]:
    """The members of a dump, in the order of their names, or of the archive.

    Each must be read before the next is asked for. Names begin with the dump's own.
    """
    for path, name in _files(dump):
        if isinstance(path, Problem):
            yield path
            continue
        try:
            yield from _read_file(path, name, reading)
        except DAMAGED as error:
            yield damaged(name, str(error))
        except OSError as error:
            yield unreadable_dump(name, error)


def size_of(dump: Path) -> int:
    """The bytes of a dump on disk, as far as they can be known."""
    size = 0
    for path, _ in _files(dump):
        if not isinstance(path, Problem):
            try:
                size += Path(path).stat().st_size
            except OSError:
                continue
    return size


def _files(dump: Path) -> Iterator[tuple[str | Problem, str]]:
    """The files of a dump as the system knows them, each with its name in the dump; hidden ones are passed over."""
    own_name = readable_name(dump.resolve().name) or "dump"
    waiting = [(os.fspath(dump), own_name)]
    while waiting:
        path, name = waiting.pop()
        try:
            status = os.lstat(path) if name != own_name else os.stat(path)  # noqa: PTH116 - paths of any bytes
            if stat.S_ISDIR(status.st_mode):
                with os.scandir(path) as scan:
                    found = sorted((entry.name for entry in scan), reverse=True)
                waiting += [
                    (os.path.join(path, below), f"{name}/{readable_name(below)}")  # noqa: PTH118
                    for below in found
                    if not below.startswith(".")
                ]
            elif stat.S_ISREG(status.st_mode):
                yield path, name
            else:
                yield _refused(name, "it is a link, a pipe or a device"), name
        except OSError as error:
            yield unreadable_dump(name, error), name


def _read_file(path: str, name: str, reading: Reading) -> Iterator[Member | Problem]:
    with io.BufferedReader(_CountedFile(path, reading), 1 << 18) as buffered:
        head = buffered.peek(_HEAD)[:_HEAD]
        file = cast("BinaryIO", buffered)
        if head.startswith(_ZIPS):
            yield from _zip_members(file, name)
        elif head.startswith(_TARS) or head[_TAR_MARK] == b"ustar" or name.lower().endswith(".tar"):
            yield from _tar_members(file, name)
        else:
            yield Member(name, file)


def _zip_members(file: BinaryIO, name: str) -> Iterator[Member | Problem]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            member = f"{name}/{readable_name(info.filename)}"
            kind = stat.S_IFMT(info.external_attr >> 16)
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if _leads_out(info.filename) or kind not in (0, stat.S_IFREG):
                yield _refused(member, _why(info.filename))
            elif info.flag_bits & _ENCRYPTED:
                yield _refused(member, "it is encrypted")
            else:
                try:
                    with archive.open(info) as opened:
                        yield Member(member, opened)
                except DAMAGED as error:
                    yield damaged(member, str(error))


def _tar_members(file: BinaryIO, name: str) -> Iterator[Member | Problem]:
    try:
        opened_archive = tarfile.open(fileobj=file, mode="r|*")  # noqa: SIM115 - it is closed below
    except tarfile.TarError as error:
        yield damaged(name, f"no tar file begins here ({error})")
        return
    with opened_archive as archive:
        for info in archive:
            # The module keeps what it has seen, for random access that a stream has not.
            archive.members = []  # type: ignore[attr-defined] # it has no name in typeshed
            member = f"{name}/{readable_name(info.name)}"
            if info.isdir() or _is_hidden(info.name):
                continue
            if _leads_out(info.name) or not info.isreg():
                yield _refused(member, _why(info.name))
            elif (opened := archive.extractfile(info)) is not None:
                yield Member(member, opened)


def _is_hidden(name: str) -> bool:
    """Whether a name, or a folder in it, is hidden: '.git/x', and what macOS adds to archives."""
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _leads_out(name: str) -> bool:
    """Whether a name is absolute or climbs, on any system."""
    windows = PureWindowsPath(name)
    return bool(windows.drive or windows.root) or name.startswith("/") or ".." in windows.parts


def _why(name: str) -> str:
    return "its name leads out of the archive" if _leads_out(name) else "it is a link or a device"


def _refused(name: str, message: str) -> Problem:
    return Problem(
        code="refused",
        severity="warning",
        source=name,
        message=message,
        next_step="it was left out; unpack it yourself if you trust it, and import what it holds",
    )
