"""Units: what a source, or several that are sections of one telegram, turned out to be; made where sources are read."""

from collections.abc import Iterable

import msgspec

from generator.archive.aliases import Alias
from generator.archive.asks import Ask, Listed
from generator.archive.entry import Entry
from generator.archive.notes import Note
from generator.archive.text_pages import PageLink
from generator.problem import Problem
from generator.release.cleared import Withheld
from generator.release.use import LedgerUse

# The unit of the sections of a telegram; no source that is read has such a path.
_SECTIONS = "sections of "


class Told(msgspec.Struct, frozen=True, array_like=True):
    """A problem, ready to be kept."""

    severity: str
    code: str
    source: str
    data: bytes  # the whole, as JSON


class Unit(msgspec.Struct, kw_only=True):
    """What a source, or several that are sections of one telegram, turned out to be."""

    key: str
    kind: str  # 'cable', 'markdown', 'asset', 'sections'
    stamp: tuple[int, int, int, int] | None = None  # size, mtime, ctime, inode of a source
    name: bytes | None = None  # as the operating system knows it, where `key` is not that
    digest: bytes | None = None  # of a source's bytes
    entries: list[Entry] = []
    problems: list[Told] = []
    cards: list[Withheld] = []  # what may be shown of cables that are withheld
    withheld: int = 0  # cables and pages that are not published
    redacted: int = 0  # places
    is_dated: bool = False  # another day may give another outcome
    use: LedgerUse | None = None
    pieces: list[str] = []  # ids of telegrams of which it holds sections
    title: str | None = None  # of a Markdown page
    page_links: list[PageLink] = []  # of a Markdown page
    notes: list[Note] = []
    held_back: list[str] = []  # ids of cables that are not published
    asks: list[Ask] = []  # what it asks of the archive
    collection: Listed | None = None  # of a page that is one
    noindex: bool = False  # of a Markdown page: search engines are asked not to list it
    aliases: list[Alias] = []  # of a Markdown page
    redacted_in: list[tuple[str, int]] = []  # paths of cables, and rules that took words out of these alone

    def tell(self, problems: Iterable[Problem]) -> None:
        """Note some problems."""
        for problem in problems:
            self.problems.append(
                Told(problem.severity, problem.code, problem.source, msgspec.json.encode(problem))
            )


def sections_key(id_: str) -> str:
    """The key of the unit that the sections of a telegram are."""
    return f"{_SECTIONS}{id_}"


def sections_id(key: str) -> str | None:
    """The id of the telegram whose sections a unit is; None for a source."""
    return key.removeprefix(_SECTIONS) if key.startswith(_SECTIONS) else None
