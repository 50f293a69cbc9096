"""The catalogue: what lists, links and neighbours need to know of each cable, in a SQLite file.

It is filled in batches and then settled; after that it only answers. Being a file, it holds an archive of any size
in little memory and can be read by several processes at once; it is a cache and may be deleted at any time.
Every answer is fully ordered, so that builds come out the same.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import msgspec

from generator.archive.address import (
    UNDATED,
    Facet,
    cable_address,
    name_from_path,
    shared_address,
    withheld_address,
)
from generator.archive.periods import MonthCount
from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem import Problem
from generator.release import ClearedCable, Withheld
from generator.telegram.cable import DatePrecision
from generator.telegram.citations import cited_ids
from generator.telegram.reference_id import make_id, split_id

NO_SUBJECT = "No subject"

_SCHEMA = """
CREATE TABLE cable (
    path TEXT PRIMARY KEY,
    id TEXT,
    name TEXT NOT NULL,             -- the id, or a name made of the path
    plain_address TEXT NOT NULL,
    address TEXT,                   -- known once the catalogue is settled
    position INTEGER,               -- place in the order of all cables, from 0
    subject TEXT NOT NULL,
    date TEXT,                      -- ISO 8601 in UTC, to the minute
    date_precision TEXT,
    year INTEGER,
    month INTEGER,                  -- NULL where only the year is known
    post TEXT,
    classification TEXT,
    paragraphs INTEGER NOT NULL     -- how many paragraphs there are, numbered from 1 without a gap
) WITHOUT ROWID;
CREATE TABLE tag (code TEXT, path TEXT, PRIMARY KEY (code, path)) WITHOUT ROWID;
-- What may be shown of cables that are not published.
CREATE TABLE withheld (id TEXT PRIMARY KEY, address TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE other_name (id TEXT PRIMARY KEY, held TEXT) WITHOUT ROWID;  -- '08KIEV12', '08KYIV12'
CREATE TABLE reference (id TEXT, path TEXT, PRIMARY KEY (id, path)) WITHOUT ROWID;
"""

# Made once all cables are in: filling indexes one cable at a time is several times slower.
_SETTLED = """
CREATE INDEX cable_id ON cable (id);
CREATE INDEX cable_plain_address ON cable (plain_address);
CREATE INDEX cable_order ON cable (date IS NULL, date, plain_address, path);
CREATE INDEX cable_position ON cable (position);
CREATE INDEX cable_post ON cable (post, position);
CREATE INDEX cable_classification ON cable (classification, position);
CREATE INDEX cable_year ON cable (year, position);
"""

_COLUMNS = (
    "cable.address, cable.name, cable.id, cable.subject, cable.date, cable.date_precision, cable.post, "
    "cable.classification, cable.path"
)

_HAS_ID = "cable.id IN (?1, (SELECT held FROM other_name WHERE other_name.id = ?1))"

# The column that holds a facet's value; tags have a table of their own.
_FACET_COLUMN: dict[Facet, str] = {
    "date": "coalesce(CAST(cable.year AS TEXT), 'undated')",
    "origin": "cable.post",
    "classification": "cable.classification",
    "tag": "tag.code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CableRow:
    """A cable as a list or a link shows it."""

    address: str
    name: str  # the id, or a name made of the path
    id: str | None
    subject: str  # 'No subject' where there is none
    date: datetime | None
    date_precision: DatePrecision | None
    post: str | None
    classification: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The cables before and after one, in the archive and at its post."""

    previous: CableRow | None
    next: CableRow | None
    previous_at_post: CableRow | None
    next_at_post: CableRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """A value of a facet, and how many cables have it."""

    value: str
    count: int


class Catalogue:
    """All cleared cables of an archive, as far as others need to know of them."""

    def __init__(self, file: Path | None = None, lexicon: Lexicon | None = None) -> None:
        """A new catalogue in `file`, which is replaced if it exists; in memory without one."""
        self._lexicon = lexicon or builtin_lexicon()
        if file is not None:
            file.unlink(missing_ok=True)
        self._posts: frozenset[str] | None = None  # known once asked for, after the catalogue is settled
        self._db = sqlite3.connect(file or ":memory:", isolation_level=None)
        # A cache that can be made again needs no journal.
        self._db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA} BEGIN;")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @property
    def database(self) -> sqlite3.Connection:
        """The file itself, for those who ask what is not asked here (`questions`)."""
        return self._db

    def select(self, source: str, *parameters: object) -> tuple[CableRow, ...]:
        """The cables that a FROM clause finds, with all that follows it: 'FROM cable WHERE id = ?'."""
        return self._rows(source, *parameters)

    def add(self, cables: Iterable[ClearedCable]) -> None:
        """Take in a batch of cables; what they cite in their text counts as what they cite in the REF line."""
        for cable in cables:
            self._db.execute(
                "INSERT INTO cable VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
                _cable_values(cable),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO tag VALUES (?, ?)", [(tag.code, cable.path) for tag in cable.tags]
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO reference VALUES (?, ?)",
                [
                    (id_, cable.path)
                    for id_ in (
                        *(reference.id for reference in cable.references),
                        *cited_ids(cable, self._lexicon),
                    )
                    if id_ not in (None, cable.id)
                ],
            )

    def withhold(self, withheld: Iterable[Withheld]) -> None:
        """Take in what may be shown of withheld cables; of silent ones there is nothing."""
        self._db.executemany(
            "INSERT OR IGNORE INTO withheld VALUES (?, ?, ?)",
            [
                (
                    card.id,
                    withheld_address(card.id, card.date, card.date_precision),
                    msgspec.json.encode(card),
                )
                for card in withheld
                if card.id is not None and card.manner != "silent"
            ],
        )

    def settle(self) -> None:
        """Fix addresses and order; to be called once, after the last cable."""
        self._db.execute("COMMIT")
        self._db.executescript(_SETTLED)
        self._db.execute("BEGIN")
        self._db.execute("UPDATE cable SET address = plain_address")
        shared = self._db.execute(
            "SELECT plain_address, path FROM cable WHERE plain_address IN "
            "(SELECT plain_address FROM cable GROUP BY plain_address HAVING count(*) > 1) "
            "OR id IN (SELECT id FROM cable WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)"
        ).fetchall()
        self._db.executemany(
            "UPDATE cable SET address = ? WHERE path = ?",
            [(shared_address(plain, path), path) for plain, path in shared],
        )
        self._db.execute(
            "UPDATE cable SET position = ranked.place FROM (SELECT path, row_number() OVER "
            "(ORDER BY date IS NULL, date, plain_address, path) - 1 AS place FROM cable) AS ranked "
            "WHERE cable.path = ranked.path"
        )
        # A card says nothing of a cable that another source publishes.
        self._db.execute("DELETE FROM withheld WHERE id IN (SELECT id FROM cable)")
        self._resolve_names_of_posts()
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE")

    def _resolve_names_of_posts(self) -> None:
        """References to a post by its other name, KIEV or KYIV, count as to the cable that is there."""
        names = self._lexicon.earlier_posts
        other_names = {**names, **{later: earlier for earlier, later in names.items()}}
        absent = self._db.execute(
            "SELECT DISTINCT id FROM reference WHERE NOT EXISTS (SELECT 1 FROM cable WHERE cable.id = reference.id)"
        ).fetchall()
        for (id_,) in absent:
            year, post, serial = split_id(id_)
            if post in other_names:
                held = make_id(year, other_names[post], serial)
                if self.find(held):
                    self._db.execute("INSERT INTO other_name VALUES (?, ?)", (id_, held))
                    self._db.execute("UPDATE OR IGNORE reference SET id = ? WHERE id = ?", (held, id_))

    # One cable

    def row(self, path: str) -> CableRow:
        """The cable of a source. Raises KeyError where the catalogue has none."""
        found = self._row("WHERE path = ?", path)
        if found is None:
            raise KeyError(path)
        return found

    def find(self, id_: str) -> tuple[CableRow, ...]:
        """The cables with an id, or with it by another name of the post: one, none, or several that share it."""
        return self._rows(f"FROM cable WHERE {_HAS_ID} ORDER BY position", id_)

    def link_for(self, id_: str) -> str | None:
        """The address that a reference to an id leads to, a cable's or a card's; None where the archive has neither."""
        found = self._db.execute(
            f"SELECT plain_address FROM cable WHERE {_HAS_ID} ORDER BY position LIMIT 1",  # noqa: S608
            (id_,),
        ).fetchone()
        if found is None:
            found = self._db.execute("SELECT address FROM withheld WHERE id = ?", (id_,)).fetchone()
        return cast(str, found[0]) if found else None

    def withheld(self) -> Iterator[tuple[str, Withheld]]:
        """Address and content of each card and tombstone, by id."""
        for address, data in self._db.execute("SELECT address, data FROM withheld ORDER BY id").fetchall():
            yield address, msgspec.json.decode(data, type=Withheld)

    def cited_by(self, id_: str) -> tuple[CableRow, ...]:
        """The cables that refer to an id, in the REF line or in the text, in order, each once."""
        return self._rows(
            "FROM reference JOIN cable ON cable.path = reference.path WHERE reference.id = ? ORDER BY position",
            id_,
        )

    def cites(self, path: str) -> tuple[CableRow, ...]:
        """The cables of the archive to which one refers, in order, each once."""
        return self._rows(
            "FROM cable WHERE id IN (SELECT id FROM reference WHERE reference.path = ?) ORDER BY position",
            path,
        )

    def has_paragraph(self, id_: str, number: int) -> bool:
        """Whether the page that a reference to an id leads to is a cable's own and has a paragraph."""
        found = self._db.execute(
            f"SELECT paragraphs FROM cable WHERE {_HAS_ID}",  # noqa: S608
            (id_,),
        ).fetchall()
        return len(found) == 1 and 1 <= number <= found[0][0]

    def neighbours(self, path: str) -> Neighbours:
        """The cables before and after one: by date, then address; the undated last."""
        position, post = self._db.execute(
            "SELECT position, post FROM cable WHERE path = ?", (path,)
        ).fetchone()
        at_post = "WHERE post = ? AND position"
        return Neighbours(
            previous=self._row("WHERE position = ?", position - 1),
            next=self._row("WHERE position = ?", position + 1),
            previous_at_post=self._row(f"{at_post} < ? ORDER BY position DESC LIMIT 1", post, position),
            next_at_post=self._row(f"{at_post} > ? ORDER BY position LIMIT 1", post, position),
        )

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent from a post."""
        if self._posts is None:
            self._posts = frozenset(value.value for value in self.values("origin"))
        return post in self._posts

    # Lists

    @property
    def total(self) -> int:
        """How many cables there are."""
        return cast(int, self._db.execute("SELECT count(*) FROM cable").fetchone()[0])

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When the first and the last dated cable were sent; None without any."""
        first, last = self._db.execute(
            "SELECT min(date), max(date) FROM cable WHERE date_precision != 'year'"
        ).fetchone()
        return (_moment(first), _moment(last)) if first else None

    def newest(self, number: int) -> tuple[CableRow, ...]:
        """The cables sent last, the newest first."""
        return self._rows("FROM cable WHERE date IS NOT NULL ORDER BY position DESC LIMIT ?", number)

    def values(self, facet: Facet) -> tuple[FacetCount, ...]:
        """Every value of a facet with its number of cables, sorted by value; 'undated' last among dates."""
        column = _FACET_COLUMN[facet]
        table = "tag" if facet == "tag" else "cable"
        found = self._db.execute(
            f"SELECT {column} AS value, count(*) FROM {table} WHERE value IS NOT NULL GROUP BY value ORDER BY value"  # noqa: S608
        )
        return tuple(FacetCount(value=value, count=count) for value, count in found)

    def months(self, facet: Facet, value: str) -> tuple[MonthCount, ...]:
        """How many cables of a value were sent in which month, in order; the undated last."""
        found = self._db.execute(
            f"SELECT cable.year, cable.month, count(*) FROM {_joined(facet)} WHERE {_FACET_COLUMN[facet]} = ? "  # noqa: S608
            "GROUP BY cable.year, cable.month ORDER BY cable.year IS NULL, cable.year, cable.month",
            (value,),
        )
        return tuple(MonthCount(year=year, month=month, count=count) for year, month, count in found)

    def rows(self, facet: Facet, value: str, period: str = "") -> tuple[CableRow, ...]:
        """The cables of a value, in order; of a period ('2008', '2008-11', 'undated') alone, if one is given."""
        year, _, month = period.partition("-")
        clauses, parameters = "", [value]
        if period == UNDATED:
            clauses = " AND cable.year IS NULL"
        elif period:
            clauses = " AND cable.year = CAST(? AS INTEGER)"
            parameters.append(year)
        if month:
            clauses += " AND coalesce(cable.month, 0) = CAST(? AS INTEGER)"
            parameters.append(month)
        return self._rows(
            f"FROM {_joined(facet)} WHERE {_FACET_COLUMN[facet]} = ?{clauses} ORDER BY position", *parameters
        )

    def shared_addresses(self) -> Iterator[tuple[str, tuple[CableRow, ...]]]:
        """Each plain address that several cables claim, and all cables that share its id, in order."""
        found = self._db.execute(
            "SELECT DISTINCT plain_address, id FROM cable WHERE address != plain_address ORDER BY plain_address, id"
        ).fetchall()
        for plain, id_ in found:
            if id_ is None:
                yield plain, self._rows("FROM cable WHERE plain_address = ? ORDER BY position", plain)
            else:
                yield plain, self.find(id_)

    def problems(self) -> Iterator[Problem]:
        """What only the whole archive shows: sources that share an id."""
        found = self._db.execute(
            "SELECT id, path FROM cable WHERE id IN (SELECT id FROM cable WHERE id IS NOT NULL "
            "GROUP BY id HAVING count(*) > 1) ORDER BY id, path"
        ).fetchall()
        paths: dict[str, list[str]] = {}
        for id_, path in found:
            paths.setdefault(id_, []).append(path)
        for id_, sources in paths.items():
            yield Problem(
                code="id-shared",
                severity="warning",
                source=sources[0],
                message=f"{len(sources)} sources are {id_}: {', '.join(sources)}",
                next_step="all are published, under addresses of their own; remove the copies that are not wanted",
            )

    def _row(self, where: str, *parameters: object) -> CableRow | None:
        found = self._db.execute(f"SELECT {_COLUMNS} FROM cable {where}", parameters).fetchone()  # noqa: S608
        return _to_row(found) if found else None

    def _rows(self, source: str, *parameters: object) -> tuple[CableRow, ...]:
        return tuple(map(_to_row, self._db.execute(f"SELECT {_COLUMNS} {source}", parameters)))


def _joined(facet: Facet) -> str:
    return "tag JOIN cable ON cable.path = tag.path" if facet == "tag" else "cable"


def _cable_values(cable: ClearedCable) -> tuple[object, ...]:
    name = cable.id or name_from_path(cable.path)
    has_month = cable.date is not None and cable.date_precision != "year"
    return (
        cable.path,
        cable.id,
        name,
        cable_address(name, cable.date, cable.date_precision),
        cable.subject or NO_SUBJECT,
        cable.date.strftime("%Y-%m-%dT%H:%M") if cable.date else None,
        cable.date_precision,
        cable.date.year if cable.date else None,
        cable.date.month if cable.date and has_month else None,
        cable.post,
        cable.classification,
        _paragraphs(cable),
    )


def _paragraphs(cable: ClearedCable) -> int:
    anchors = {block.anchor for block in cable.body}
    count = 0
    while f"par{count + 1}" in anchors:
        count += 1
    return count


def _moment(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)


def _to_row(values: tuple[str | None, ...]) -> CableRow:
    address, name, id_, subject, date, precision, post, classification, path = values
    return CableRow(
        address=cast(str, address),
        name=cast(str, name),
        id=id_,
        subject=cast(str, subject),
        date=_moment(date) if date else None,
        date_precision=cast(DatePrecision | None, precision),
        post=post,
        classification=classification,
        path=cast(str, path),
    )
