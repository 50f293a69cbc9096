"""The catalogue: what lists, links and neighbours need to know of each cable, asked of the state file.

It only answers, and any number of processes may ask. Every answer is fully ordered, so that builds come out the same.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

import msgspec

from generator.archive.address import UNDATED, Facet, Listing
from generator.archive.aliases import alias_problems
from generator.archive.cable_row import CableRow, select_rows
from generator.archive.notes import note_problems
from generator.archive.periods import MonthCount
from generator.archive.state import connect_to_read
from generator.archive.surroundings import CARDS, Surroundings
from generator.archive.text_pages import TextPages
from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem import Problem

# '11-03', the day of any year; as the index `cable_day` has it.
_DAY = "substr(place, 6, 5)"
_HAS_DAY = "date_precision != 'year'"


class FacetCount(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, and how many cables have it."""

    value: str
    count: int


def by_count(values: Iterable[FacetCount]) -> list[FacetCount]:
    """Values by their number of cables, those with most first."""
    return sorted(values, key=lambda value: (-value.count, value.value))


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
        return select_rows(self.db, source, parameters)

    # Cables and what stands around them

    def around(self, paths: Collection[str], ids: Iterable[str] = ()) -> "Surroundings":
        """Some cables, those beside them, those they cite and those that cite them; and the same for some ids."""
        return Surroundings(self.db, self._lexicon, self.posts, paths=paths, ids=ids)

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
        return self.db.execute(f"SELECT id, address, data FROM {CARDS} ORDER BY id").fetchall()  # noqa: S608

    @property
    def posts(self) -> frozenset[str]:
        """The posts from which any cable was sent."""
        if self._posts is None:
            self._posts = frozenset(value.value for value in self.values("origin"))
        return self._posts

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
        return {of: tuple(by_count(values)[:most]) for of, values in counts.items()}

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
        """What only the whole archive shows: ids and addresses that several claim, links and notes to what is not there."""
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
        yield from TextPages(self.db).problems()
        yield from note_problems(self.db)
        yield from alias_problems(self.db)
