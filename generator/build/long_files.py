"""Files of the site that are too long for memory: written bit by bit under another name until they are whole, and read so."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from generator.build.writing import TEMPORARY, make_folder

_AT_ONCE = 1 << 18  # bytes


class NewFile:
    """A file in the making; who leaves it before it takes its place leaves nothing behind."""

    def __init__(self, site: Path, address: str) -> None:
        make_folder(os.fspath(site), address)
        self.path = site / address
        self.temporary = self.path.with_name(uuid4().hex + TEMPORARY)

    def __enter__(self) -> "NewFile":
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what did not become the file. An OSError names that."""
        self.temporary.unlink(missing_ok=True)  # its room may be all that there is
        if isinstance(error, OSError) and error.filename in (None, os.fspath(self.temporary)):
            raise OSError(error.errno, error.strerror, os.fspath(self.path)) from error

    def write(self, lines: Iterator[bytes]) -> "Written":
        """Write all lines."""
        digest, size, length = hashlib.sha256(), 0, 0
        waiting: list[bytes] = []
        with self.temporary.open("xb", buffering=0) as file:

            def put() -> None:
                data = memoryview(b"".join(waiting))
                digest.update(data)
                while data:  # a disk that is nearly full takes a part, and refuses the next
                    data = data[file.write(data) :]

            for line in lines:
                waiting.append(line)
                length += len(line)
                size += len(line)
                if length >= _AT_ONCE:
                    put()
                    waiting.clear()
                    length = 0
            put()
        return Written(size, digest.digest())

    def take_its_place(self) -> None:
        """Be the file from now on."""
        self.temporary.replace(self.path)


class Written:
    """How much was written, and its SHA-256."""

    def __init__(self, size: int, digest: bytes) -> None:
        self.size = size
        self.digest = digest


class NotAsWritten(Exception):
    """A file does not hold what it was written with."""


def verified_lines(path: Path, size: int, digest: bytes) -> Iterator[bytes]:
    """The lines of a file. Raises NotAsWritten at its end, or before, where it is not as it was written."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != size:
                raise NotAsWritten(path)
            while lines := file.readlines(_AT_ONCE):
                found.update(b"".join(lines))
                yield from lines
    except OSError as error:
        raise NotAsWritten(path) from error
    if found.digest() != digest:
        raise NotAsWritten(path)


def digest_of(path: Path) -> Written:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        return Written(os.fstat(file.fileno()).st_size, digest)
