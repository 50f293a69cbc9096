"""What stands around cables: those beside them, those that they cite and those that cite them, as their pages show it.

A batch of cables is asked for at once, which is several times as fast as one cable after the other.
"""

import json
import sqlite3
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, cast

import msgspec

from generator.archive.cable_row import COLUMNS, CableRow, rows_by_number
from generator.archive.kin import Kin, load_kin
from generator.archive.neighbours import Beside, Places, load_places
from generator.archive.notes import Note, load_notes
from generator.archive.threads import NO_THREAD, CableThread, Held, load_cites, load_citing, load_thread
from generator.lexicon import Lexicon
from generator.telegram.reference_id import other_name

# A card says nothing of a cable that another source publishes; of two cards the first counts.
CARDS = (
    "(SELECT card.id, card.address, card.data, min(unit.key) FROM card JOIN unit ON unit.number = card.unit "
    "WHERE card.id NOT IN (SELECT id FROM cable WHERE id IS NOT NULL) GROUP BY card.id)"
)

# What cites `?1`: by its id, or by the other name of its post where no cable has that.
_CITING = (
    "(SELECT id AS cited, cable FROM reference WHERE id IN (SELECT value FROM json_each(?1)) UNION "
    "SELECT other, cable FROM reference WHERE other IN (SELECT value FROM json_each(?1)) "
    "AND NOT EXISTS (SELECT 1 FROM cable WHERE cable.id = reference.id))"
)


class Pair(msgspec.Struct, frozen=True):
    """The cables before and after one, None where there is none."""

    previous: CableRow | None
    next: CableRow | None


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The cables beside one: in the archive, at its post and, by code, under its TAGS."""

    in_archive: Pair
    at_post: Pair
    by_tag: Mapping[str, Pair]


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """What a cable cites, what cites it and what cites the same; all in the order of all cables."""

    cites: tuple[str, ...]  # ids, also of cables that the archive does not have
    cited_by: tuple[CableRow, ...]  # the nearest
    cited_by_count: int
    siblings: tuple[tuple[CableRow, frozenset[str]], ...]  # the nearest that cite the same, and what of it
    hubs: tuple[str, ...]  # ids with threads, of this cable and those it cites
    beside: Pair  # in the thread of the first of them


class _Found(msgspec.Struct, frozen=True):
    """A cable, with what is needed to relate it to others."""

    number: int
    place: str
    paragraphs: int
    uses: str
    row: CableRow


_FOUND = f"number, place, paragraphs, uses, {COLUMNS}"


def _to_found(number: int, place: str, paragraphs: int, uses: str, *values: Any) -> _Found:
    return _Found(number, place, paragraphs, uses, CableRow(*values))


class Surroundings:
    """What the pages of some cables show of others, loaded at once; what is asked beyond that is loaded when asked."""

    def __init__(
        self,
        db: sqlite3.Connection,
        lexicon: Lexicon,
        posts: Container[str],
        *,
        paths: Collection[str],
        ids: Iterable[str],
    ) -> None:
        """Load what stands around the cables of some paths, and around some ids; `posts` are those that sent cables."""
        self.db = db
        self._lexicon = lexicon
        self._posts = posts
        self._own: dict[str, _Found] = {}  # by path
        self._by_number: dict[int, CableRow] = {}
        self._found: dict[str, tuple[_Found, ...]] = {}
        self._cards: dict[str, str] = {}
        self._citing: dict[str, tuple[CableRow, ...]] = {}
        self._places: Mapping[int, Places] = {}
        self._threads: Mapping[int, CableThread] = {}
        self._cites: Mapping[int, Sequence[str]] = {}  # ids
        self._notes: Mapping[str, Sequence[Note]] = {}  # by the ids of cables
        self._kin: Mapping[str, tuple[Kin, ...]] = {}
        if not paths:
            self._load_ids(set(ids))
            return
        self._load_cables(paths)
        numbers = [own.number for own in self._own.values()]
        self._cites = load_cites(self.db, numbers)
        self._load_ids({*ids, *(id_ for cited in self._cites.values() for id_ in cited)})
        self._places = load_places(self.db, numbers)
        self._threads = self._load_threads()
        self._load_rows()
        self._notes = load_notes(
            self.db, [own.row.id for own in self._own.values() if own.row.id is not None]
        )
        self._kin = load_kin(self.db, paths)

    def row(self, path: str) -> CableRow:
        """The cable of a source. Raises KeyError where the catalogue has none."""
        return self._own[path].row

    def uses(self, path: str) -> str:
        """The words that the cable of a source uses and the site explains, as its entry has them."""
        return self._own[path].uses

    def neighbours(self, path: str) -> Neighbours:
        """The cables before and after the cable of a source."""
        places = self._places[self._own[path].number]
        return Neighbours(
            in_archive=self._pair(places.in_archive),
            at_post=self._pair(places.at_post),
            by_tag={code: self._pair(beside) for code, beside in places.by_tag.items()},
        )

    def thread(self, path: str) -> Thread:
        """What the cable of a source cites, what cites it and what cites the same."""
        thread, rows = self._threads[self._own[path].number], self._by_number
        return Thread(
            cites=thread.cites,
            cited_by=tuple([rows[number] for number in thread.cited_by]),
            cited_by_count=thread.cited_by_count,
            siblings=tuple([(rows[number], same) for number, same in thread.siblings.items()]),
            hubs=thread.hubs,
            beside=self._pair(thread.beside),
        )

    def notes(self, path: str) -> Sequence[Note]:
        """The notes of the editor on the cable of a source, in order."""
        return self._notes.get(self._own[path].row.id or "", ())

    def kin(self, path: str) -> tuple[Kin, ...]:
        """The related cables of the cable of a source, the nearest first."""
        return self._kin.get(path, ())

    def _pair(self, beside: Beside) -> Pair:
        rows = self._by_number
        return Pair(
            rows[beside.previous] if beside.previous is not None else None,
            rows[beside.next] if beside.next is not None else None,
        )

    def find(self, id_: str) -> tuple[CableRow, ...]:
        """The cables with an id, or with it by another name of the post: one, none, or several that share it."""
        return tuple([found.row for found in self._of(id_)])

    def link_for(self, id_: str) -> str | None:
        """The address that a reference to an id leads to, a cable's or a card's; None where the archive has neither."""
        rows = self._of(id_)
        if len(rows) == 1:
            return rows[0].row.address
        if rows:
            return cast(
                str,
                self.db.execute(
                    "SELECT plain_address FROM cable WHERE path = ?", (rows[0].row.path,)
                ).fetchone()[0],
            )
        return self._cards.get(id_)

    def has_paragraph(self, id_: str, number: int) -> bool:
        """Whether the page that a reference to an id leads to is a cable's own and has a paragraph."""
        rows = self._of(id_)
        return len(rows) == 1 and 1 <= number <= rows[0].paragraphs

    def cited_by(self, id_: str) -> tuple[CableRow, ...]:
        """The cables that refer to an id, in the REF line or in the text, in order, each once."""
        if id_ not in self._citing:
            self._load_citing({id_})
        return self._citing[id_]

    def cited_ids(self, path: str) -> Sequence[str]:
        """The ids to which the cable of a source refers, in the REF line or in the text, each once, sorted."""
        return self._cites.get(self._own[path].number, ())

    def cites(self, path: str) -> tuple[CableRow, ...]:
        """The cables of the archive to which one refers, in order, each once."""
        rows = {row.path: row for id_ in self.cited_ids(path) for row in self.find(id_)}
        return tuple(sorted(rows.values(), key=lambda row: row.order))

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent from a post."""
        return post in self._posts

    def _of(self, id_: str) -> "tuple[_Found, ...]":
        if id_ not in self._found:
            self._load_ids({id_})
        return self._found[id_]

    def _load_cables(self, paths: Collection[str]) -> None:
        """Load the cables of some paths."""
        found = self.db.execute(
            f"SELECT {_FOUND} FROM cable WHERE path IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(list(paths)),),
        )
        self._own = {one.row.path: one for one in starmap(_to_found, found)}

    def _load_threads(self) -> dict[int, CableThread]:
        """Load what stands around the cables in their threads."""
        ids = {own.row.id for own in self._own.values() if own.row.id is not None}
        citing = load_citing(self.db, ids, self._lexicon)
        threads: dict[int, CableThread] = {}
        for own in self._own.values():
            by = citing[own.row.id] if own.row.id is not None else {}
            cited = {
                (found[0].row.id or id_) if found else id_: [Held(one.number, one.place) for one in found]
                for id_ in self._cites.get(own.number, ())
                for found in [self._of(id_)]
            }
            cited.pop(own.row.id or "", None)  # by the other name of its post
            threads[own.number] = (
                load_thread(self.db, Held(own.number, own.place), own.row.id, cited, by, self._lexicon)
                if cited or by
                else NO_THREAD
            )
        return threads

    def _load_rows(self) -> None:
        """Load the cables that are known by number."""
        wanted = {number for places in self._places.values() for number in places.numbers()}
        wanted.update(number for thread in self._threads.values() for number in thread.numbers())
        self._by_number = rows_by_number(self.db, wanted)

    def _load_ids(self, ids: Collection[str]) -> None:
        """Load the cables and cards that some ids lead to."""
        others = {id_: other for id_ in ids if (other := other_name(id_, self._lexicon))}
        held: dict[str, list[_Found]] = {}
        wanted = json.dumps(sorted({*ids, *others.values()}))
        for values in self.db.execute(
            f"SELECT {_FOUND} FROM cable WHERE id IN (SELECT value FROM json_each(?)) ORDER BY place",  # noqa: S608
            (wanted,),
        ):
            one = _to_found(*values)
            held.setdefault(cast(str, one.row.id), []).append(one)
        for id_ in ids:
            self._found[id_] = tuple(held.get(id_) or held.get(others.get(id_, "")) or ())
        absent = [id_ for id_ in ids if not self._found[id_]]
        if absent and self._has_cards():
            self._cards.update(
                self.db.execute(
                    f"SELECT id, address FROM {CARDS} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (json.dumps(absent),),
                ).fetchall()
            )

    def _has_cards(self) -> bool:
        return self.db.execute("SELECT 1 FROM card LIMIT 1").fetchone() is not None

    def _load_citing(self, ids: Collection[str]) -> None:
        """Load the cables that cite some ids."""
        citing: dict[str, dict[str, CableRow]] = {id_: {} for id_ in ids}
        for cited, *values in self.db.execute(
            f"SELECT cited, {COLUMNS} FROM {_CITING} JOIN cable ON cable.number = cable ORDER BY place",  # noqa: S608
            (json.dumps(sorted(ids)),),
        ):
            row = CableRow(*values)
            citing[cited][row.path] = row
        for id_, rows in citing.items():
            self._citing[id_] = tuple(rows.values())
