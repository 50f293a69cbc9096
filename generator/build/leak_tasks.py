"""What workers do of the search for leaks: a batch of files, each looked through for all secrets.

The secrets come packed, once for each batch, and are made into a search once by each worker.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from generator.build.by_right import without, words_of_program
from generator.leaks import Secret, SecretSearch, search_file


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A secret in a file."""

    secret: int  # its place in the list
    offset: int | None
    where: str


class FileSearched(msgspec.Struct, array_like=True):
    """What was found in a file, if it is anything."""

    address: str
    found: list[Found] = []
    cannot: list[str] = []  # why something in it could not be looked into
    unread: str | None = None  # why it could not be read; '' where it is gone

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to tell of it."""
        return not self.found and not self.cannot and self.unread is None


class LeakJob(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look, and what for."""

    site: str
    secrets: bytes  # a list of them, packed


def pack_secrets(secrets: Sequence[Secret]) -> bytes:
    """Secrets as a job has them."""
    return msgspec.msgpack.encode(secrets)


def search_files(job: LeakJob, addresses: Sequence[str]) -> list[FileSearched]:
    """Look through some files; gives those in which anything was found, or that could not be read."""
    desk = _desk_of(job.secrets)
    searched = (_searched(Path(job.site), address, desk) for address in addresses)
    return [one for one in searched if not one.is_clean]


class _Desk:
    """What a worker has made of the secrets."""

    def __init__(self, packed: bytes) -> None:
        self.search = SecretSearch(msgspec.msgpack.decode(packed, type=list[Secret]))
        self.numbers = {secret: number for number, secret in enumerate(self.search.secrets)}
        self._words: list[str] | None = None

    def words_of_program(self, address: str) -> list[str]:
        """What the program says itself that holds a secret of an address."""
        if self.search.has_own(address):
            return words_of_program(self.search, address)
        if self._words is None:
            self._words = words_of_program(self.search, "")
        return self._words


@lru_cache(maxsize=1)
def _desk_of(packed: bytes) -> _Desk:
    return _Desk(packed)


def _searched(site: Path, address: str, desk: _Desk) -> FileSearched:
    try:
        searched = search_file(site, address, desk.search)
        spots = searched.spots and without(searched.spots, site / address, desk.words_of_program(address))
    except FileNotFoundError:
        return FileSearched(address, unread="")  # since the look at the site
    except OSError as error:
        return FileSearched(address, unread=str(error.strerror or error))
    return FileSearched(
        address,
        found=[Found(desk.numbers[spot.secret], spot.offset, spot.where) for spot in spots],
        cannot=list(searched.cannot),
    )
