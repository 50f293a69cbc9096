"""What stands in a feed: the cables of a list that came last, and which lists have a feed of their own.

An archive is old, and a build asks no clock. So a cable is as new as its front matter says that it was `released`, and where
that says nothing, as new as it is: by the day on which it was sent. One of which neither is known stands in no feed, nor does
one that search engines are asked not to list.
"""

import json
import sqlite3
from collections.abc import Collection

import msgspec

from generator.archive.address import FEED, Facet, facet_address, feed_address
from generator.archive.cable_row import COLUMNS, CableRow

# Facets whose values have feeds.
WITH_FEEDS: tuple[Facet, ...] = ("tag", "origin")

_NEWEST_FIRST = "ORDER BY updated DESC, place DESC LIMIT ?"


_OF_SHORT_LIST = (
    "SELECT number FROM listed JOIN cable ON cable.number = listed.cable WHERE list = ? AND noindex = 0 "  # noqa: S608
    f"AND updated IS NOT NULL {_NEWEST_FIRST}"
)
_OF_LONG_LIST = (
    "SELECT number FROM cable INDEXED BY cable_updated WHERE noindex = 0 AND updated IS NOT NULL AND EXISTS "  # noqa: S608
    "(SELECT 1 FROM listed WHERE list = ? AND listed.year = cable.year AND listed.month = cable.month "
    f"AND listed.cable = cable.number) {_NEWEST_FIRST}"
)


class FeedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A cable as a feed shows it."""

    cable: CableRow
    updated: str  # ISO 8601 in UTC, to the minute
    tags: tuple[str, ...]  # in the order of their letters


class FeedList(msgspec.Struct, frozen=True, kw_only=True):
    """A list of cables that has a feed; the whole archive where `facet` is None."""

    facet: Facet | None = None
    value: str = ""

    @property
    def address(self) -> str:
        """Where its feed stands."""
        return FEED if self.facet is None else feed_address(facet_address(self.facet, self.value))

    @property
    def key(self) -> str:
        """The feed among all, 'tag PGOV'; '' for the whole."""
        return f"{self.facet} {self.value}" if self.facet else ""


def feed_list(key: str) -> FeedList:
    """The list that a key names."""
    facet, _, value = key.partition(" ")
    return next((FeedList(facet=one, value=value) for one in WITH_FEEDS if one == facet), FeedList())


def lists_with_feeds(
    db: sqlite3.Connection, facets: Collection[Facet], fewest: int
) -> list[tuple[int | None, FeedList]]:
    """The lists that have feeds, each with its number: the whole, without one, and the values of facets with so many cables."""
    lists: list[tuple[int | None, FeedList]] = [(None, FeedList())]
    if not fewest:
        return lists
    for facet in facets:
        found = db.execute(
            "SELECT number, value FROM list WHERE facet = ? AND "
            "(SELECT total(count) FROM list_month WHERE list_month.list = list.number) >= ? ORDER BY value",
            (facet, fewest),
        )
        lists += [(number, FeedList(facet=facet, value=value)) for number, value in found]
    return lists


def has_feed(count: int, fewest: int) -> bool:
    """Whether a value with so many cables has a feed."""
    return bool(fewest) and count >= fewest


def feed_rows(db: sqlite3.Connection, of: FeedList, most: int) -> tuple[FeedRow, ...]:
    """The cables that came last of those of a list, the newest first."""
    if of.facet is None:
        found = db.execute(
            f"SELECT number FROM cable WHERE noindex = 0 AND updated IS NOT NULL {_NEWEST_FIRST}",  # noqa: S608
            (most,),
        )
    else:
        number, count = db.execute(
            "SELECT list.number, total(count) FROM list JOIN list_month ON list_month.list = list.number "
            "WHERE facet = ? AND value = ?",
            (of.facet, of.value),
        ).fetchone()
        total = db.execute(
            "SELECT total(count) FROM list_month JOIN list ON number = list WHERE facet = 'date'"
        )
        # Of a long list the newest are soon met among all cables; of a short one it is sooner done to look at each.
        is_long = count * count > most * total.fetchone()[0]
        found = db.execute(_OF_LONG_LIST if is_long else _OF_SHORT_LIST, (number, most))
    return _rows(db, [number for (number,) in found], most)


def feed_rows_of(db: sqlite3.Connection, paths: Collection[str], most: int) -> tuple[FeedRow, ...]:
    """The same of some cables, by their paths."""
    found = db.execute(
        "SELECT number FROM cable WHERE path IN (SELECT value FROM json_each(?))", (json.dumps(list(paths)),)
    )
    return _rows(db, [number for (number,) in found], most)


def _rows(db: sqlite3.Connection, numbers: Collection[int], most: int) -> tuple[FeedRow, ...]:
    wanted = json.dumps(list(numbers))
    tags: dict[int, list[str]] = {}
    for number, code in db.execute(
        "SELECT listed.cable, value FROM listed JOIN list ON list.number = listed.list WHERE facet = 'tag' "
        "AND listed.cable IN (SELECT value FROM json_each(?)) ORDER BY value",
        (wanted,),
    ):
        tags.setdefault(number, []).append(code)
    found = db.execute(
        f"SELECT cable.number, updated, {COLUMNS} FROM cable WHERE noindex = 0 AND updated IS NOT NULL "  # noqa: S608
        f"AND number IN (SELECT value FROM json_each(?)) {_NEWEST_FIRST}",
        (wanted, most),
    )
    return tuple(
        FeedRow(cable=CableRow(*values), updated=updated, tags=tuple(tags.get(number, ())))
        for number, updated, *values in found
    )
