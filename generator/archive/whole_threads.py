"""Whole threads: a cable that many cite, those that cite it, and what all of these cite.

A thread stops there: what hangs together by references at all would be half the archive. Only a cable that the archive
has can have one, so that no id of a withheld cable becomes an address.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

import msgspec

from generator.archive.cable_row import CableRow, rows_by_number
from generator.archive.catalogue import Catalogue
from generator.archive.threads import FEWEST, load_cites, load_citing
from generator.archive.touched import Touched
from generator.lexicon import Lexicon
from generator.telegram.reference_id import other_name, split_id


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A cable of a thread."""

    name: str  # its id, or a name made of the path
    row: CableRow | None  # None where the archive does not have it
    address: str | None  # where it leads; None where the archive has neither cable nor card
    is_hub: bool = False
    is_citing: bool = False  # the hub
    cites: tuple[int, ...] = ()  # places of members, in order; told of the hub and those that cite it alone


class WholeThread(msgspec.Struct, frozen=True, kw_only=True):
    """A thread, in the order of all cables."""

    members: tuple[Member, ...]
    citing_count: int  # all that cite the hub
    left_out: int  # cables that are cited by members and are none


def thread_counts(db: sqlite3.Connection, lexicon: Lexicon, *, fewest: int = FEWEST) -> dict[str, int]:
    """The ids of cables that as many others cite as a thread needs, and how many do; or `fewest` others."""
    counts: dict[str, int] = dict(
        db.execute(
            "SELECT * FROM (SELECT id, count(*) FROM reference GROUP BY id HAVING count(*) >= ?) AS cited "
            "WHERE EXISTS (SELECT 1 FROM cable WHERE cable.id = cited.id)",
            (fewest,),
        ).fetchall()
    )
    renamed = db.execute("SELECT id, other FROM reference WHERE other IS NOT NULL")
    names = {name for both in renamed for name in both}
    return {id_: count for id_, count in counts.items() if id_ not in names} | _count(
        db, names, lexicon, fewest
    )


def thread_ids(db: sqlite3.Connection, lexicon: Lexicon, ids: Iterable[str]) -> set[str]:
    """Those of some ids that have threads."""
    return set(_count(db, ids, lexicon, FEWEST))


def _count(db: sqlite3.Connection, ids: Iterable[str], lexicon: Lexicon, fewest: int) -> dict[str, int]:
    """Those of some ids that so many cables cite, and how many do."""
    held = db.execute(
        "SELECT DISTINCT id FROM cable WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    citing = load_citing(db, {id_ for (id_,) in held}, lexicon)
    return {id_: len(numbers) for id_, numbers in citing.items() if len(numbers) >= fewest}


def most_cited(db: sqlite3.Connection, lexicon: Lexicon, *, fewest: int = FEWEST) -> list[tuple[str, int]]:
    """The same, the most cited first, then by id."""
    return sorted(thread_counts(db, lexicon, fewest=fewest).items(), key=lambda one: (-one[1], one[0]))


def touched_threads(db: sqlite3.Connection, touched: Touched, lexicon: Lexicon) -> set[str]:
    """The ids whose threads an update may have touched, whether or not they have one.

    A thread shows all of its hub and of those that cite it; of the others, what changes only if they come, go or move.
    """
    moved = touched.moved | {other for id_ in touched.moved if (other := other_name(id_, lexicon))}
    wanted = (json.dumps(sorted(moved)),)
    citing = "(SELECT cable FROM reference WHERE id IN (SELECT value FROM json_each(?)))"
    hubs = db.execute(f"SELECT id FROM cable WHERE id IS NOT NULL AND number IN {citing}", wanted)  # noqa: S608
    ids = touched.cited | {id_ for (id_,) in hubs}
    for names in db.execute(f"SELECT id, other FROM reference WHERE cable IN {citing}", wanted):  # noqa: S608
        ids.update(filter(None, names))
    return ids


def load_whole_thread(catalogue: Catalogue, id_: str, lexicon: Lexicon, *, most: int) -> WholeThread:
    """The thread of an id: at most so many cables, first its own and those that cite it, then what they cite most."""
    db = catalogue.db
    hub = [number for (number,) in db.execute("SELECT number FROM cable WHERE id = ? ORDER BY place", (id_,))]
    citing = [number for number in load_citing(db, [id_], lexicon)[id_] if number not in hub]
    shown = [*hub, *citing][:most]
    cites = load_cites(db, shown)
    around = catalogue.around((), {cited for ids in cites.values() for cited in ids})
    known = {cited: around.find(cited) for ids in cites.values() for cited in ids}
    rows = rows_by_number(db, shown)
    # Members by their ids, which those of the thread's own cables need not have.
    keys = {number: row.id or row.path for number, row in rows.items()}
    cited_keys = {
        number: list(dict.fromkeys((known[cited][0].id if known[cited] else None) or cited for cited in ids))
        for number, ids in cites.items()
    }
    own = set(keys.values())
    counts = Counter(key for of_one in cited_keys.values() for key in of_one if key not in own)
    others = {
        key: Member(
            name=key,
            row=next(iter(around.find(key)), None),
            address=around.link_for(key),
        )
        for key in counts
    }
    chosen = sorted(others, key=lambda key: (-counts[key], _order(others[key])))[: most - len(shown)]
    members = [(key, 0, others[key]) for key in chosen]
    for number in shown:
        row = rows[number]
        member = Member(
            name=row.name, row=row, address=row.address, is_hub=number in hub, is_citing=number not in hub
        )
        members.append((keys[number], number, member))
    members.sort(key=lambda one: (_order(one[2]), one[1] == 0))
    places: dict[str, int] = {}
    for place, (key, _, _) in enumerate(members):
        places.setdefault(key, place)
    return WholeThread(
        members=tuple(
            [
                msgspec.structs.replace(
                    member,
                    cites=tuple(sorted(places[key] for key in cited_keys.get(number, ()) if key in places)),
                )
                for _, number, member in members
            ]
        ),
        citing_count=len(citing),
        left_out=len(others) - len(chosen),
    )


def _order(member: Member) -> tuple[bool, str, str, str]:
    """By date, of cables that the archive does not have by the year of the id; the undated last."""
    if member.row is None:
        return False, f"{split_id(member.name)[0]:04d}", member.name, ""
    return member.row.order
