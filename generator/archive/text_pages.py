"""How the Markdown pages of an archive stand to each other: where each is, which are above it, where its links lead.

A folder is introduced by its `index.md`: the pages below it have that page above them, and the home page lists it in
their place. All of this is asked of the state, so that a page is due when a page above it got another title, or when
one that it links to came, went or moved.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import msgspec

from generator.archive.address import HOME, page_address, shared_address
from generator.problem import Problem

# The page that introduces its folder; at the top of content/, the home page.
INDEX = "index.md"

_DIGEST = 16  # bytes


class PageLink(msgspec.Struct, frozen=True, array_like=True):
    """A link of a page to the source of another."""

    target: str  # its path in content/; one that leads out of it begins with '../' or '/'
    line: int
    written: str  # as the author wrote it


class _Text(msgspec.Struct, frozen=True):
    address: str
    title: str
    digest: bytes
    unit: int
    is_collection: bool


class TextPages:
    """The Markdown pages that are published, by the paths of their sources."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """The pages that a settled state holds; of two that would take one address, the later is told apart by its path."""
        self._db = db
        self._texts: dict[str, _Text] = {}
        self._crowded: list[tuple[str, str]] = []  # pages that another leaves no address, and that
        taken: dict[str, str] = {}
        for number, path, title, digest, is_collection in db.execute(
            "SELECT number, key, title, digest, EXISTS (SELECT 1 FROM collection WHERE collection.unit = unit.number) "
            "FROM unit WHERE kind = 'markdown' AND title IS NOT NULL ORDER BY key"
        ):
            plain = HOME if path == INDEX else page_address(path)
            address = plain
            if plain in taken:
                address = shared_address(plain, path)
                self._crowded.append((path, taken[plain]))
            taken[address] = path
            self._texts[path] = _Text(address, title, digest, number, bool(is_collection))

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Path and address of each page but the home page, by path."""
        for path, text in self._texts.items():
            if path != INDEX:
                yield path, text.address

    def listed(self) -> list[tuple[str, str]]:
        """Address and title of the pages that the home page lists, by path: those that no page of theirs is above.

        Collections have a list of their own.
        """
        return [
            (self._texts[path].address, self._texts[path].title)
            for path, _ in self.addresses()
            if not self._above(path) and not self.is_collection(path)
        ]

    def is_collection(self, path: str) -> bool:
        """Whether a page lists cables."""
        return self._texts[path].is_collection

    @property
    def has_collections(self) -> bool:
        """Whether any page does."""
        return any(text.is_collection for text in self._texts.values())

    def above(self, path: str) -> tuple[tuple[str, str], ...]:
        """Address and title of the pages above a page, from the top down."""
        return tuple((self._texts[index].address, self._texts[index].title) for index in self._above(path))

    def links(self, path: str) -> dict[str, str]:
        """The sources that a page links to, and the addresses of their pages; those that are no page are left out."""
        if path not in self._texts:
            return {}
        found = self._db.execute(
            "SELECT target FROM page_link WHERE unit = ? ORDER BY target", (self._texts[path].unit,)
        )
        return {target: self._texts[target].address for (target,) in found if target in self._texts}

    def digest(self, path: str) -> bytes:
        """A digest of what a page shows, of itself and of others."""
        return _digest(self._texts[path].digest, self.above(path), self.links(path))

    def digest_of_home(self) -> bytes:
        """A digest of what the home page shows of them."""
        own = self._texts.get(INDEX)
        return _digest(own.digest if own else None, self.listed(), self.links(INDEX), self.has_collections)

    def digest_of_collections(self) -> bytes:
        """A digest of what the list of collections shows of them; of the cables in them the archive knows."""
        return _digest(*((path, text.digest) for path, text in self._texts.items() if text.is_collection))

    def _above(self, path: str) -> Sequence[str]:
        folders = reversed(PurePosixPath(path).parents[:-1])
        indexes = [f"{folder}/{INDEX}" for folder in folders]
        return [index for index in indexes if index in self._texts and index != path]

    def problems(self) -> Iterator[Problem]:
        """What only all pages show: those that would stand where another does, and links to pages that are not there."""
        for path, other in self._crowded:
            yield Problem(
                code="address-shared",
                severity="warning",
                source=path,
                message=f"it would stand at {self._texts[other].address}, as {other} does",
                next_step=f"it stands at {self._texts[path].address}; rename one of the two",
            )
        found = self._db.execute(
            "SELECT key, line, written, target FROM page_link JOIN unit ON unit.number = page_link.unit "
            "WHERE title IS NOT NULL ORDER BY key, line, written"
        )
        for path, line, written, target in found:
            if target not in self._texts:
                yield Problem(
                    code="link-unknown",
                    severity="warning",
                    source=path,
                    line=line,
                    message=f"the link to {written} leads to no page: there is no {target}",
                    next_step="the words are shown without a link; mend the path, which is relative to its file, or remove it",
                )


def _digest(*shown: object) -> bytes:
    return hashlib.blake2b(repr(shown).encode("utf-8", "replace"), digest_size=_DIGEST).digest()
