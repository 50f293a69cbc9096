"""The cables before and after one: in the archive, at its post, and under each of its TAGS.

The order is that of all cables: by date, then by the name of the page and the path; the undated last. What is asked here
for a page is what `mark_beside` makes due when a cable comes, goes or moves.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

_BESIDE = """
SELECT number,
(SELECT number FROM cable WHERE place < one.place ORDER BY place DESC LIMIT 1),
(SELECT number FROM cable WHERE place > one.place ORDER BY place LIMIT 1),
(SELECT number FROM cable WHERE post = one.post AND place < one.place ORDER BY place DESC LIMIT 1),
(SELECT number FROM cable WHERE post = one.post AND place > one.place ORDER BY place LIMIT 1)
FROM cable AS one WHERE number IN (SELECT value FROM json_each(?))
"""

_BESIDE_IN_TAGS = """
SELECT one.number, list.value,
(SELECT cable FROM tagged WHERE list = listed.list AND place < one.place ORDER BY place DESC LIMIT 1),
(SELECT cable FROM tagged WHERE list = listed.list AND place > one.place ORDER BY place LIMIT 1)
FROM cable AS one JOIN listed ON listed.cable = one.number JOIN list ON list.number = listed.list
WHERE one.number IN (SELECT value FROM json_each(?)) AND list.facet = 'tag'
"""

# Which cables are before, behind and at a place.
_SIDES = (("<", "DESC"), (">", "ASC"), ("=", "ASC"))


class Beside(msgspec.Struct, frozen=True):
    """The numbers of the cables before and after one, None where there is none."""

    previous: int | None = None
    next: int | None = None

    def numbers(self) -> Iterator[int]:
        """Those that there are."""
        if self.previous is not None:
            yield self.previous
        if self.next is not None:
            yield self.next


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where a cable stands."""

    in_archive: Beside
    at_post: Beside
    by_tag: dict[str, Beside]  # by code

    def numbers(self) -> Iterator[int]:
        """All cables beside it."""
        for beside in (self.in_archive, self.at_post, *self.by_tag.values()):
            yield from beside.numbers()


def load_places(db: sqlite3.Connection, numbers: Iterable[int]) -> Mapping[int, Places]:
    """Where some cables stand, by number."""
    wanted = json.dumps(list(numbers))
    by_tag: dict[int, dict[str, Beside]] = {}
    for number, code, before, after in db.execute(_BESIDE_IN_TAGS, (wanted,)):
        by_tag.setdefault(number, {})[code] = Beside(before, after)
    return {
        number: Places(
            in_archive=Beside(before, after),
            at_post=Beside(before_at_post, after_at_post),
            by_tag=by_tag.get(number, {}),
        )
        for number, before, after, before_at_post, after_at_post in db.execute(_BESIDE, (wanted,))
    }


def mark_beside(
    db: sqlite3.Connection, places: Collection[tuple[str, str | None]], tagged: Iterable[tuple[int, str]]
) -> None:
    """Make due the pages beside places and their posts, and beside places in the lists of TAGS."""
    _mark(db, "cable", "number", "", [(place,) for place, _ in places])
    _mark(
        db, "cable", "number", "post = ? AND ", [(post, place) for place, post in places if post is not None]
    )
    _mark(db, "tagged", "cable", "list = ? AND ", list(tagged))


def _mark(
    db: sqlite3.Connection, table: str, number: str, where: str, parameters: list[tuple[object, ...]]
) -> None:
    for side, order in _SIDES:
        db.executemany(
            "UPDATE cable SET size = NULL WHERE number IN "  # noqa: S608
            f"(SELECT {number} FROM {table} WHERE {where}place {side} ? ORDER BY place {order} LIMIT 1)",
            parameters,
        )
