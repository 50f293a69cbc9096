"""What lies packed in the bytes of a file: compressed streams, members of archives, base64, rows of a database.

A stream is found by the bytes with which it begins, wherever they stand, so that a damaged or nested container hides
nothing. What comes out is given in windows that overlap, so that a file of any size needs little memory.
"""

import base64
import bz2
import lzma
import mmap
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Bytes = bytes | mmap.mmap  # a big file is not read as a whole

WINDOW = 4 << 20
_STEP = 1 << 18  # bytes that are handed to a decompressor at once

_GZIP, _BZIP2, _XZ, _ZIP_MEMBER = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04"
_ZLIB = rb"\x78[\x01\x5e\x9c\xda]"
_STREAM = re.compile(rb"\x1f\x8b\x08|BZh[1-9](?=1AY&SY)|\xfd7zXZ\x00|PK\x03\x04|" + _ZLIB)
_BASE64 = re.compile(rb"base64\s*,\s*([A-Za-z0-9+/_\s-]{16,}={0,2})")

# A piece of the search index whose last value is numbers, packed into characters.
_PIECE = re.compile(rb'cablepress\.piece\("(?:words/[^"]*","[^"]*|(?:lists|places|lengths)/[^"]*)","')
_PIECE_END = b'");\n'

# A checksum of a manifest, before its path.
_CHECKSUM = re.compile(rb"^[0-9a-f]{64}(?=  [^\s])", re.MULTILINE)
_NO_CHECKSUM = b"x" * 64

_ZIP_HEADER = 30  # bytes before the name of a member
_DEFLATED, _ENCRYPTED = 8, 1

_DATABASE = b"SQLite format 3\0"


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, /, max_length: int = ...) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of what was unpacked."""

    data: bytes
    offset: int  # where the stream begins in what it lay in
    start: bool  # whether this is the beginning of the stream
    whole: bool  # whether it is all of it
    what: str  # 'gzip', 'a zip member', ...


class PackedError(Exception):
    """Something packed cannot be opened; the text says why."""


def unpacked(data: Bytes, *, overlap: int, bare: bool) -> Iterator[Window]:
    """Every compressed stream in `data`; what only looks like one gives nothing.

    `bare` also tries whether all of it is a deflate stream without any header. Raises PackedError for what is locked.
    """
    found = False
    for stream in _STREAM.finditer(data):
        for window in _stream(data, stream.start(), overlap):
            found = True
            yield window
    if bare and not found and not is_database(data):
        yield from _inflated(lambda: zlib.decompressobj(-15), data, 0, 0, "deflate", overlap)


def without_numbers(data: Bytes) -> Bytes:
    """A piece of the search index without the numbers packed in it, which say nothing and may look like anything."""
    piece = _PIECE.match(data)
    if piece is None or data[-len(_PIECE_END) :] != _PIECE_END:
        return data
    return data[: piece.end()] + b" " * (len(data) - piece.end() - len(_PIECE_END)) + _PIECE_END


def without_checksums(data: Bytes) -> bytes:
    """A manifest without its checksums, which say nothing and may look like anything, such as an id."""
    return _CHECKSUM.sub(_NO_CHECKSUM, data)


def base64_texts(data: Bytes) -> Iterator[Window]:
    """What `data:` URLs hold."""
    for text in _BASE64.finditer(data):
        letters = re.sub(rb"\s", b"", text[1]).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        # A last letter that makes no byte with others is left out.
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        decoded = base64.b64decode(letters + b"=" * (-len(letters) % 4))
        yield Window(data=decoded, offset=text.start(), start=True, whole=True, what="base64")


def _stream(data: Bytes, at: int, overlap: int) -> Iterator[Window]:
    def begins(magic: bytes) -> bool:
        return data[at : at + len(magic)] == magic

    if begins(_GZIP):
        yield from _inflated(lambda: zlib.decompressobj(31), data, at, at, "gzip", overlap)
    elif begins(_BZIP2):
        yield from _inflated(bz2.BZ2Decompressor, data, at, at, "bzip2", overlap)
    elif begins(_XZ):
        yield from _inflated(lzma.LZMADecompressor, data, at, at, "xz", overlap)
    elif begins(_ZIP_MEMBER):
        header = data[at : at + _ZIP_HEADER]
        name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
        if header[6:7] and header[6] & _ENCRYPTED:
            raise PackedError(f"a zip member at byte {at} is encrypted")
        if header[8:9] == bytes([_DEFLATED]):
            begin = at + _ZIP_HEADER + name + extra
            yield from _inflated(lambda: zlib.decompressobj(-15), data, begin, at, "a zip member", overlap)
    else:
        yield from _inflated(zlib.decompressobj, data, at, at, "zlib", overlap)


def _inflated(
    begin: Callable[[], _Decompressor], data: Bytes, at: int, offset: int, what: str, overlap: int
) -> Iterator[Window]:
    """What a stream that begins at `at` holds, as far as it can be read."""
    first, pending = True, b""
    for piece in _pieces(begin(), data, at):
        pending += piece
        if len(pending) >= WINDOW + overlap:
            yield Window(data=pending, offset=offset, start=first, whole=False, what=what)
            first, pending = False, pending[-overlap:]
    if pending:
        yield Window(data=pending, offset=offset, start=first, whole=first, what=what)


def _pieces(decompressor: _Decompressor, data: Bytes, at: int) -> Iterator[bytes]:
    try:
        while at < len(data) and not decompressor.eof:
            piece = decompressor.decompress(data[at : at + _STEP], _STEP)
            at += _STEP
            while piece:
                yield piece
                more = getattr(
                    decompressor, "unconsumed_tail", b""
                )  # zlib keeps it outside, the others inside
                if decompressor.eof or (not more and getattr(decompressor, "needs_input", True)):
                    break
                piece = decompressor.decompress(more, _STEP)
    except (zlib.error, OSError, EOFError, lzma.LZMAError):
        return  # damaged, or never a stream at all; what came before it was given


def is_database(data: Bytes) -> bool:
    """Whether these are the first bytes of a SQLite file."""
    return data[: len(_DATABASE)] == _DATABASE


def database_rows(source: bytes | Path) -> Iterator[tuple[str, bytes]]:
    """Each row of each table of a SQLite file, or of its bytes, as the table's name and the bytes of its values, one a line.

    Raises PackedError where it cannot be read.
    """
    try:
        with closing(_opened(source)) as database:
            database.text_factory = bytes
            tables = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
            for name, sql in tables:
                table = name.decode("utf-8", "replace")
                if sql is not None and b"VIRTUAL" in sql.upper().split(b"(")[0]:
                    continue  # it shows the rows of its shadow tables
                quoted = table.replace('"', '""')
                for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - quoted
                    yield table, b"\0\n".join(_as_bytes(value) for value in row)
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise PackedError(f"the database cannot be read: {error}") from error


def _opened(source: bytes | Path) -> sqlite3.Connection:
    if isinstance(source, Path):
        return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    database = sqlite3.connect(":memory:")
    database.deserialize(source)
    return database


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
