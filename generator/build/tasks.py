"""What is to be read: a source, or the sources of one telegram."""

import hashlib

import msgspec

from generator.intake.find import SourceFile

_DIGEST = 16  # bytes


class ReadTask(msgspec.Struct, frozen=True):
    """A source to be read."""

    file: SourceFile
    known: bytes | None = (
        None  # the digest of its bytes when it was last read; those bytes need not be read again
    )


class SectionsTask(msgspec.Struct, frozen=True):
    """A telegram whose sections are sources of their own."""

    id: str
    files: tuple[SourceFile, ...]


def digest_of(data: bytes) -> bytes:
    """The digest of a source's bytes, as a ReadTask knows it."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
