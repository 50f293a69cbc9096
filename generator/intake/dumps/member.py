"""One file of a dump, wherever it lies, read from front to back and never further than allowed.

A few bytes of an archive can unpack to more than any disk holds. So what one member may unpack to is limited, and
so is what has to be in memory at once: a page, a text, a row or a record.
"""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

from generator.problem import Problem

LARGEST_MEMBER = 8 * 1024**3  # bytes, unpacked; cables.csv, the largest known, has 1.7 GB
LARGEST_PIECE = 16 * 1024**2  # bytes of one page, text, row or record; the longest known telegram has 66,000

# What the standard library raises for an archive that is damaged, or packed in a way it does not know.
DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)

_HEAD = 1 << 16
_CHUNK = 1 << 18


class Readable(Protocol):
    """What a member is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""


class TooLargeError(Exception):
    """A member, or a piece of one, is larger than allowed."""


class Member:
    """A file of a dump."""

    def __init__(self, name: str, readable: Readable, *, largest: int = LARGEST_MEMBER) -> None:
        """Begin to read a file; `name` tells it apart in its dump and in messages: 'dump.zip/a/b.html'."""
        self.name = name
        self._readable = readable
        self._left = largest
        self.head = b"".join(self._pieces(_HEAD))  # its first bytes, by which it is recognised

    def chunks(self) -> Iterator[bytes]:
        """All its bytes, piece by piece. Raises TooLargeError where there are more than allowed."""
        yield self.head
        while chunk := self._read(_CHUNK):
            yield chunk

    def whole(self) -> bytes:
        """All its bytes at once. Raises TooLargeError where they are more than one piece may have."""
        found: list[bytes] = []
        size = 0
        for chunk in self.chunks():
            found.append(chunk)
            size += len(chunk)
            if size > LARGEST_PIECE:
                raise TooLargeError
        return b"".join(found)

    def _pieces(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, which may come in several reads."""
        while size and (piece := self._read(size)):
            size -= len(piece)
            yield piece

    def _read(self, size: int) -> bytes:
        data = self._readable.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError
        return data


def damaged(name: str, reason: str) -> Problem:
    """What is said of an archive, or of a member, that is no longer whole."""
    return Problem(
        code="archive-damaged",
        severity="error",
        source=name,
        message=f"it cannot be read to its end: {reason or 'it is cut off'}",
        next_step="what came before was imported; get a whole copy, and import that",
    )


def unreadable_dump(name: str, error: OSError) -> Problem:
    """What is said of a dump that the operating system will not give."""
    return Problem(
        code="unreadable",
        severity="error",
        source=name,
        message=f"cannot be read: {error.strerror or error}",
        next_step="mend the disk or the permission, then import again",
    )
