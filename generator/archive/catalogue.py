"""The catalogue: what lists, links and neighbours need to know of each cable, asked of the state file.

It only answers, and any number of processes may ask. Every answer is fully ordered, so that builds come out the same.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import starmap
from pathlib import Path
from typing import Any, cast

import msgspec

from generator.archive.address import UNDATED, Facet, Listing
from generator.archive.neighbours import Beside, Places, load_places
from generator.archive.periods import MonthCount
from generator.archive.state import connect_to_read
from generator.archive.threads import NO_THREAD, CableThread, Held, load_cites, load_citing, load_thread
from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem import Problem
from generator.telegram.cable import DatePrecision
from generator.telegram.reference_id import other_name

_COLUMNS = (
    "cable.address, cable.name, cable.id, cable.subject, cable.date, cable.date_precision, cable.post, "
    "cable.classification, cable.path, cable.gist"
)

# A card says nothing of a cable that another source publishes; of two cards the first counts.
_CARDS = (
    "(SELECT card.id, card.address, card.data, min(unit.key) FROM card JOIN unit ON unit.number = card.unit "
    "WHERE card.id NOT IN (SELECT id FROM cable WHERE id IS NOT NULL) GROUP BY card.id)"
)

# What cites `?1`: by its id, or by the other name of its post where no cable has that.
_CITING = (
    "(SELECT id AS cited, cable FROM reference WHERE id IN (SELECT value FROM json_each(?1)) UNION "
    "SELECT other, cable FROM reference WHERE other IN (SELECT value FROM json_each(?1)) "
    "AND NOT EXISTS (SELECT 1 FROM cable WHERE cable.id = reference.id))"
)


# The same for all ids that cables have: how many cite each. A cable that cites one by both names counts once.
_MOST_CITED = (
    "SELECT cited, sum(number) AS total FROM ("
    "SELECT id AS cited, count(*) AS number FROM reference GROUP BY id UNION ALL "
    "SELECT other, count(DISTINCT cable) FROM reference WHERE other IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM cable WHERE cable.id = reference.id) AND NOT EXISTS "
    "(SELECT 1 FROM reference AS same WHERE same.id = reference.other AND same.cable = reference.cable) GROUP BY other"
    ") WHERE EXISTS (SELECT 1 FROM cable WHERE cable.id = cited) GROUP BY cited ORDER BY total DESC, cited LIMIT ?"
)

# '11-03', the day of any year; as the index `cable_day` has it.
_DAY = "substr(place, 6, 5)"
_HAS_DAY = "date_precision != 'year'"


class CableRow(msgspec.Struct, frozen=True):
    """A cable as a list or a link shows it."""

    address: str
    name: str  # the id, or a name made of the path
    id: str | None
    subject: str  # 'No subject' where there is none
    sent: str | None  # ISO 8601 in UTC, to the minute; None where the date is unknown
    date_precision: DatePrecision | None
    post: str | None
    classification: str | None
    path: str
    gist: str  # its first sentence; '' where it has no text

    @property
    def date(self) -> datetime | None:
        """When it was sent."""
        return datetime.fromisoformat(self.sent) if self.sent else None

    @property
    def day(self) -> str:
        """'2008-11-03'; '1975' where only the year is known, '' where that is not."""
        if not self.sent or not self.date_precision:
            return ""
        return self.sent[:4] if self.date_precision == "year" else self.sent[:10]


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


class FacetCount(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, and how many cables have it."""

    value: str
    count: int


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """An id that the archive holds, and how many of its cables cite it."""

    id: str
    count: int


class Catalogue:
    """All cleared cables of an archive, as far as others need to know of them."""

    def __init__(self, db: sqlite3.Connection, lexicon: Lexicon | None = None) -> None:
        """The catalogue that a settled state holds."""
        self._lexicon = lexicon or builtin_lexicon()
        self.db = db
        # Known once asked for.
        self._posts: frozenset[str] | None = None
        self._lists: dict[int, tuple[Facet, str]] | None = None

    @classmethod
    def open(cls, file: Path, lexicon: Lexicon) -> "Catalogue":
        """The catalogue in a state file that nobody writes meanwhile."""
        return cls(connect_to_read(file), lexicon)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def select(self, source: str, *parameters: object) -> tuple[CableRow, ...]:
        """The cables that a FROM clause finds, with all that follows it: 'FROM cable WHERE id = ?'."""
        return tuple(starmap(CableRow, self.db.execute(f"SELECT {_COLUMNS} {source}", parameters)))

    # Cables and what stands around them

    def around(self, paths: Collection[str], ids: Iterable[str] = ()) -> "Surroundings":
        """Some cables, those beside them, those they cite and those that cite them; and the same for some ids.

        A batch is asked for at once, which is several times as fast as one cable after the other.
        """
        return Surroundings(self, self._lexicon, paths, ids)

    def find(self, id_: str) -> tuple[CableRow, ...]:
        """The cables with an id, or with it by another name of the post: one, none, or several that share it."""
        return self.around((), [id_]).find(id_)

    def link_for(self, id_: str) -> str | None:
        """The address that a reference to an id leads to, a cable's or a card's; None where the archive has neither."""
        return self.around((), [id_]).link_for(id_)

    def cited_by(self, id_: str) -> tuple[CableRow, ...]:
        """The cables that refer to an id, in the REF line or in the text, in order, each once."""
        return self.around((), [id_]).cited_by(id_)

    def cards(self) -> list[tuple[str, str, bytes]]:
        """Id, address and encoded content of each card and tombstone, by id."""
        return self.db.execute(f"SELECT id, address, data FROM {_CARDS} ORDER BY id").fetchall()  # noqa: S608

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent from a post."""
        if self._posts is None:
            self._posts = frozenset(value.value for value in self.values("origin"))
        return post in self._posts

    # Lists

    @property
    def total(self) -> int:
        """How many cables there are."""
        return cast(int, self.db.execute("SELECT count(*) FROM cable").fetchone()[0])

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When the first and the last dated cable were sent; None without any."""
        dated = "SELECT date FROM cable WHERE date_precision != 'year' ORDER BY place"
        first = self.db.execute(f"{dated} LIMIT 1").fetchone()
        last = self.db.execute(f"{dated} DESC LIMIT 1").fetchone()
        return (datetime.fromisoformat(first[0]), datetime.fromisoformat(last[0])) if first else None

    def newest(self, number: int) -> tuple[CableRow, ...]:
        """The cables sent last, the newest first."""
        return self.select("FROM cable WHERE place < '~' ORDER BY place DESC LIMIT ?", number)

    def values(self, facet: Listing) -> tuple[FacetCount, ...]:
        """Every value of a facet, or every country, with its number of cables, sorted by value; 'undated' last among dates."""
        found = self.db.execute(
            "SELECT value, sum(count) FROM list JOIN list_month ON list_month.list = list.number "
            "WHERE facet = ? GROUP BY value ORDER BY value",
            (facet,),
        )
        return tuple(FacetCount(value=value, count=count) for value, count in found)

    def count(self, facet: Listing, value: str) -> int:
        """How many cables a value of a facet, or a country, has."""
        found = self.db.execute(
            "SELECT sum(count) FROM list_month WHERE list = (SELECT number FROM list WHERE facet = ? AND value = ?)",
            (facet, value),
        ).fetchone()
        return found[0] or 0

    def months(self, facet: Listing, value: str) -> tuple[MonthCount, ...]:
        """How many cables of a value were sent in which month, in order; the undated last."""
        found = self.db.execute(
            "SELECT year, month, count FROM list_month WHERE list = (SELECT number FROM list WHERE facet = ? AND value = ?) "
            "ORDER BY year = 0, year, month",
            (facet, value),
        )
        return tuple(
            MonthCount(year=year or None, month=month or None, count=count) for year, month, count in found
        )

    def months_of_all(self) -> tuple[MonthCount, ...]:
        """How many cables of the archive were sent in which month, in order; the undated are left out."""
        found = self.db.execute(
            "SELECT year, month, sum(count) FROM list JOIN list_month ON list_month.list = list.number "
            "WHERE facet = 'date' AND year > 0 GROUP BY year, month ORDER BY year, month"
        )
        return tuple(MonthCount(year=year, month=month or None, count=count) for year, month, count in found)

    def days_of_year(self, year: str) -> dict[str, int]:
        """How many cables were sent on which day of a year, by '11-03'; none for 'undated'."""
        return dict(
            self.db.execute(
                "SELECT substr(place, 6, 5) AS day, count(*) FROM cable "
                "WHERE date_precision != 'year' AND place > ?1 AND place < ?1 || '.' GROUP BY day ORDER BY day",
                (year,),
            ).fetchall()
        )

    def days(self) -> dict[str, int]:
        """How many cables were sent on which day of any year, by '11-03'."""
        return dict(
            self.db.execute(
                f"SELECT {_DAY} AS day, count(*) FROM cable WHERE {_HAS_DAY} GROUP BY day ORDER BY day"  # noqa: S608
            ).fetchall()
        )

    def years_of_day(self, day: str) -> dict[str, int]:
        """How many cables were sent on a day ('11-03') of which year, in order."""
        return dict(
            self.db.execute(
                f"SELECT substr(place, 1, 4) AS year, count(*) FROM cable WHERE {_HAS_DAY} AND {_DAY} = ? "  # noqa: S608
                "GROUP BY year ORDER BY year",
                (day,),
            ).fetchall()
        )

    def sent_on(self, day: str, year: str = "", *, most: int) -> tuple[CableRow, ...]:
        """The first cables of a day ('11-03') of any year, or of one, in order."""
        after, before = (year, f"{year}.") if year else ("", UNDATED)
        return self.select(
            f"FROM cable WHERE {_HAS_DAY} AND {_DAY} = ? AND place > ? AND place < ? ORDER BY place LIMIT ?",
            day,
            after,
            before,
            most,
        )

    def together(self, facet: Facet, value: str, *, most: int) -> dict[Facet, tuple[FacetCount, ...]]:
        """The TAGS and posts that the cables of a value have besides, each by count, the most frequent first."""
        if self._lists is None:
            found = self.db.execute("SELECT number, facet, value FROM list")
            self._lists = {number: (facet_, value_) for number, facet_, value_ in found}
        counts: dict[Facet, list[FacetCount]] = {"tag": [], "origin": []}
        for number, count in self.db.execute(
            "SELECT other.list, count(*) FROM listed AS own JOIN listed AS other ON other.cable = own.cable "
            "WHERE own.list = (SELECT number FROM list WHERE facet = ? AND value = ?) GROUP BY other.list",
            (facet, value),
        ):
            of, other = self._lists[number]
            if of in counts and (of, other) != (facet, value):
                counts[of].append(FacetCount(value=other, count=count))
        return {
            of: tuple(sorted(values, key=lambda value: (-value.count, value.value))[:most])
            for of, values in counts.items()
        }

    def most_cited(self, most: int) -> tuple[Cited, ...]:
        """The ids of the archive's cables that most of its cables cite, the most cited first."""
        found = self.db.execute(_MOST_CITED, (most,))
        return tuple(Cited(id=id_, count=count) for id_, count in found)

    def rows(self, facet: Listing, value: str, period: str = "") -> tuple[CableRow, ...]:
        """The cables of a value, in order; of a period ('2008', '2008-11', 'undated') alone, if one is given."""
        year, _, month = period.partition("-")
        clauses = ""
        parameters: list[object] = [facet, value]
        if period:
            clauses = " AND listed.year = ?"
            parameters.append(0 if period == UNDATED else int(year))
        if month:
            clauses += " AND listed.month = ?"
            parameters.append(int(month))
        return self.select(
            "FROM listed JOIN cable ON cable.number = listed.cable "  # noqa: S608
            f"WHERE list = (SELECT number FROM list WHERE facet = ? AND value = ?){clauses} ORDER BY place",
            *parameters,
        )

    def shared_at(self, plain: str) -> tuple[CableRow, ...]:
        """The cables that a plain address lists, in order: those that claim it, and all that share their ids."""
        return self.select(
            "FROM cable WHERE plain_address = ?1 OR id IN "
            "(SELECT id FROM cable WHERE plain_address = ?1 AND address != plain_address) ORDER BY place",
            plain,
        )

    def problems(self) -> Iterator[Problem]:
        """What only the whole archive shows: sources that share an id."""
        found = self.db.execute(
            "SELECT id, path FROM cable WHERE id IN (SELECT id FROM cable WHERE address != plain_address AND id IS NOT NULL) "
            "ORDER BY id, path"
        ).fetchall()
        paths: dict[str, list[str]] = {}
        for id_, path in found:
            paths.setdefault(id_, []).append(path)
        for id_, sources in paths.items():
            if len(sources) > 1:
                yield Problem(
                    code="id-shared",
                    severity="warning",
                    source=sources[0],
                    message=f"{len(sources)} sources are {id_}: {', '.join(sources)}",
                    next_step="all are published, under addresses of their own; remove the copies that are not wanted",
                )


class _Found(msgspec.Struct, frozen=True):
    """A cable, with what is needed to relate it to others."""

    number: int
    place: str
    paragraphs: int
    uses: str
    row: CableRow


_FOUND = f"number, place, paragraphs, uses, {_COLUMNS}"


def _to_found(number: int, place: str, paragraphs: int, uses: str, *values: Any) -> _Found:
    return _Found(number, place, paragraphs, uses, CableRow(*values))


class Surroundings:
    """What the pages of some cables show of others, loaded at once; what is asked beyond that is loaded when asked."""

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, paths: Collection[str], ids: Iterable[str]
    ) -> None:
        """Load what stands around the cables of some paths, and around some ids."""
        self._catalogue = catalogue
        self._db = catalogue.db
        self._lexicon = lexicon
        self._own: dict[str, _Found] = {}  # by path
        self._by_number: dict[int, CableRow] = {}
        self._found: dict[str, tuple[_Found, ...]] = {}
        self._cards: dict[str, str] = {}
        self._citing: dict[str, tuple[CableRow, ...]] = {}
        self._places: Mapping[int, Places] = {}
        self._threads: Mapping[int, CableThread] = {}
        if not paths:
            self._load_ids(set(ids))
            return
        self._load_cables(paths)
        numbers = [own.number for own in self._own.values()]
        cites = load_cites(self._db, numbers)
        self._load_ids({*ids, *(id_ for cited in cites.values() for id_ in cited)})
        self._places = load_places(self._db, numbers)
        self._threads = self._load_threads(cites)
        self._load_rows()

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
                self._db.execute(
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

    def cites(self, path: str) -> tuple[CableRow, ...]:
        """The cables of the archive to which one refers, in order, each once."""
        cited = self._db.execute(
            "SELECT id FROM reference WHERE cable = ? ORDER BY id", (self._own[path].number,)
        ).fetchall()
        rows = {row.path: row for (id_,) in cited for row in self.find(id_)}
        return tuple(
            sorted(rows.values(), key=lambda row: (row.date is None, row.date, row.address, row.path))
        )

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent from a post."""
        return self._catalogue.has_post(post)

    def _of(self, id_: str) -> "tuple[_Found, ...]":
        if id_ not in self._found:
            self._load_ids({id_})
        return self._found[id_]

    def _load_cables(self, paths: Collection[str]) -> None:
        """Load the cables of some paths."""
        found = self._db.execute(
            f"SELECT {_FOUND} FROM cable WHERE path IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(list(paths)),),
        )
        self._own = {one.row.path: one for one in starmap(_to_found, found)}

    def _load_threads(self, cites: Mapping[int, Sequence[str]]) -> dict[int, CableThread]:
        """Load what stands around the cables in their threads; `cites` are the ids that they cite, by number."""
        ids = {own.row.id for own in self._own.values() if own.row.id is not None}
        citing = load_citing(self._db, ids, self._lexicon)
        threads: dict[int, CableThread] = {}
        for own in self._own.values():
            by = citing[own.row.id] if own.row.id is not None else {}
            cited = {
                (found[0].row.id or id_) if found else id_: [Held(one.number, one.place) for one in found]
                for id_ in cites.get(own.number, ())
                for found in [self._of(id_)]
            }
            cited.pop(own.row.id or "", None)  # by the other name of its post
            threads[own.number] = (
                load_thread(self._db, Held(own.number, own.place), own.row.id, cited, by, self._lexicon)
                if cited or by
                else NO_THREAD
            )
        return threads

    def _load_rows(self) -> None:
        """Load the cables that are known by number."""
        wanted = {number for places in self._places.values() for number in places.numbers()}
        wanted.update(number for thread in self._threads.values() for number in thread.numbers())
        found = self._db.execute(
            f"SELECT number, {_COLUMNS} FROM cable WHERE number IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(list(wanted)),),
        )
        self._by_number = {number: CableRow(*values) for number, *values in found}

    def _load_ids(self, ids: Collection[str]) -> None:
        """Load the cables and cards that some ids lead to."""
        others = {id_: other for id_ in ids if (other := other_name(id_, self._lexicon))}
        held: dict[str, list[_Found]] = {}
        wanted = json.dumps(sorted({*ids, *others.values()}))
        for values in self._db.execute(
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
                self._db.execute(
                    f"SELECT id, address FROM {_CARDS} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (json.dumps(absent),),
                ).fetchall()
            )

    def _has_cards(self) -> bool:
        return self._db.execute("SELECT 1 FROM card LIMIT 1").fetchone() is not None

    def _load_citing(self, ids: Collection[str]) -> None:
        """Load the cables that cite some ids."""
        citing: dict[str, dict[str, CableRow]] = {id_: {} for id_ in ids}
        for cited, *values in self._db.execute(
            f"SELECT cited, {_COLUMNS} FROM {_CITING} JOIN cable ON cable.number = cable ORDER BY place",  # noqa: S608
            (json.dumps(sorted(ids)),),
        ):
            row = CableRow(*values)
            citing[cited][row.path] = row
        for id_, rows in citing.items():
            self._citing[id_] = tuple(rows.values())
