"""Threads, what cites what: a cable among those that it cites, those that cite it and those that cite the same.

A cable is cited by its id, or by the other name of its post where the archive has no cable of that name. Of the cables
that cite the same, one shows the nearest alone, so that a new one touches a few pages and not the thousands that may cite
what everybody cites: `mark_citing` makes due what a page asks for here.
"""

import json
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.archive.neighbours import Beside
from generator.lexicon import Lexicon
from generator.telegram.reference_id import other_name, split_id

# So many cables must cite one before its thread has a page.
FEWEST = 3

# Of the cables that cite the same, so many before one and so many after it are looked at.
_NEAREST = 6
# How many are shown of those, and of those that cite a cable.
_SIBLINGS = 2
_CITING = 3

_BEFORE = f"FROM reference WHERE id = ?1 AND citing_place < ?2 ORDER BY citing_place DESC LIMIT {_NEAREST}"
_AFTER = f"FROM reference WHERE id = ?1 AND citing_place > ?2 ORDER BY citing_place LIMIT {_NEAREST}"
_WINDOW = (
    f"SELECT cable, citing_place FROM (SELECT cable, citing_place {_BEFORE}) "  # noqa: S608
    f"UNION ALL SELECT cable, citing_place FROM (SELECT cable, citing_place {_AFTER})"
)


class Held(msgspec.Struct, frozen=True):
    """A cable that the archive has, as far as its order goes."""

    number: int
    place: str


class CableThread(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a cable in its threads: numbers of cables, and ids; in the order of all cables."""

    cites: tuple[str, ...] = ()  # ids; of those that the archive does not have only the year is known
    cited_by: tuple[int, ...] = ()  # the nearest
    cited_by_count: int = 0
    siblings: Mapping[int, frozenset[str]] = {}  # the nearest that cite the same, and what of it
    hubs: tuple[str, ...] = ()  # ids with threads, of this cable and those it cites
    beside: Beside = Beside()  # in the thread of the first of them

    def numbers(self) -> Iterator[int]:
        """All cables that are known by number."""
        yield from self.cited_by
        yield from self.siblings
        yield from self.beside.numbers()


NO_THREAD = CableThread()


def names_of(db: sqlite3.Connection, id_: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The ids by which a cable is cited: its own, and with the other name of its post, unless another cable has that."""
    other = other_name(id_, lexicon)
    if other is None or db.execute("SELECT 1 FROM cable WHERE id = ?", (other,)).fetchone():
        return (id_,)
    return id_, other


def load_cites(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The ids that some cables cite, by the number of the cable; one that cites nothing is left out."""
    cites: dict[int, list[str]] = {}
    for number, id_ in db.execute(
        "SELECT cable, id FROM reference WHERE cable IN (SELECT value FROM json_each(?)) ORDER BY cable, id",
        (json.dumps(list(numbers)),),
    ):
        cites.setdefault(number, []).append(id_)
    return cites


def load_citing(db: sqlite3.Connection, ids: Collection[str], lexicon: Lexicon) -> dict[str, dict[int, str]]:
    """The cables that cite some ids: for each id their numbers with their places, in order."""
    cited = {name: id_ for id_ in sorted(ids) for name in names_of(db, id_, lexicon)}
    citing: dict[str, dict[int, str]] = {id_: {} for id_ in ids}
    for name, place, number in db.execute(
        "SELECT id, citing_place, cable FROM reference WHERE id IN (SELECT value FROM json_each(?)) "
        "ORDER BY citing_place",
        (json.dumps(list(cited)),),
    ):
        citing[cited[name]][number] = place
    return citing


def load_thread(
    db: sqlite3.Connection,
    own: Held,
    own_id: str | None,
    cites: Mapping[str, Sequence[Held]],
    citing: Mapping[int, str],
    lexicon: Lexicon,
) -> CableThread:
    """What stands around a cable that cites some ids, each with the cables that have it, and that some cables cite."""
    near: dict[int, str] = {}  # cables that cite the same
    same: dict[int, set[str]] = {}  # and what of it
    threads: dict[str, dict[int, str]] = {}  # their cables that are near
    for id_, held in cites.items():
        window: dict[int, str] = {}
        for name in names_of(db, id_, lexicon):
            window.update(db.execute(_WINDOW, (name, own.place)))
        for number in window:
            same.setdefault(number, set()).add(id_)
        near.update(window)
        if held and len(window) + 1 >= FEWEST:  # this one cites it too
            threads[id_] = window | {one.number: one.place for one in held}
    if own_id is not None and len(citing) >= FEWEST:
        threads[own_id] = dict(citing)
    places = {id_: held[0].place for id_, held in cites.items() if held} | {own_id: own.place}
    hubs = sorted(threads, key=lambda id_: (places[id_], id_))
    known = {one.number for held in cites.values() for one in held} | citing.keys()
    return CableThread(
        cites=tuple(sorted(cites, key=lambda id_: (places.get(id_) or f"{split_id(id_)[0]:04d}", id_))),
        cited_by=_nearest(citing, own, before=0, after=_CITING),
        cited_by_count=len(citing.keys() - {own.number}),
        siblings={number: frozenset(same[number]) for number in _siblings(near, own, known)},
        hubs=tuple(hubs),
        beside=_beside(threads[hubs[0]], own) if hubs else Beside(),
    )


def _siblings(near: Mapping[int, str], own: Held, known: Container[int]) -> tuple[int, ...]:
    """The nearest of those that cite the same, without those that are cited or citing anyway."""
    # Those without are taken out last: others that are near must not move up, or more pages would be due.
    window = _nearest(near, own, before=_NEAREST, after=_NEAREST)
    left = {number: near[number] for number in window if number not in known}
    return _nearest(left, own, before=_SIBLINGS // 2, after=_SIBLINGS - _SIBLINGS // 2)


def _nearest(places: Mapping[int, str], own: Held, *, before: int, after: int) -> tuple[int, ...]:
    """The cables nearest to one, in order; where there are too few on one side, the more on the other."""
    ordered = sorted(places, key=lambda number: (places[number], number))
    left = [number for number in ordered if places[number] < own.place]
    right = [number for number in ordered if places[number] > own.place]
    most = before + after
    of_right = min(len(right), max(after, most - len(left)))
    of_left = min(len(left), most - of_right)
    return (*left[len(left) - of_left :], *right[:of_right])


def _beside(places: Mapping[int, str], own: Held) -> Beside:
    before = max(((place, number) for number, place in places.items() if place < own.place), default=None)
    after = min(((place, number) for number, place in places.items() if place > own.place), default=None)
    return Beside(before[1] if before else None, after[1] if after else None)


def mark_citing(db: sqlite3.Connection, citing: Collection[tuple[str, str]]) -> None:
    """Make due the pages that show a cable since it cites an id that they cite; `citing` are ids and its place.

    Where a thread begins or ends with it, so few others cite the same that all of them are near.
    """
    for where in (_BEFORE, _AFTER):
        db.executemany(
            f"UPDATE cable SET size = NULL WHERE number IN (SELECT cable {where})",  # noqa: S608
            citing,
        )
