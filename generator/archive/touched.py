"""What an update touched: which cables came, went, moved or are shown otherwise, before it is known which pages show them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.archive.entry import Entry

# What others show of a cable: all but its words.
FACE = (
    "path id name plain_address place subject gist date date_precision year month post classification paragraphs "
    "updated noindex"
).split()

# Of that, what lists alone show.
IN_LISTS = frozenset({"gist", "updated", "noindex"})

# And of that, what cables show that are beside it or cite the same: a change of its subject is none of theirs.
_STANDING = "id name plain_address place date_precision post".split()

# And of that, what the sitemap knows.
_ON_MAPS = "plain_address year month noindex".split()

# By the names of FACE, and the ids that it `cites` and the numbers of the `lists` that it stands in.
Face = dict[str, Any]


def face_of(entry: Entry, lists: Iterable[int]) -> Face:
    """What others show of a cable that comes in; `lists` are the numbers of those that it stands in."""
    face: Face = {name: getattr(entry, name) for name in FACE}
    face["cites"] = {id_ for id_, _ in entry.cites}
    face["lists"] = set(lists)
    return face


class Touched(msgspec.Struct):
    """What an update touched, before it is known which pages show it."""

    # Place and post where a cable came, went or moved.
    beside: set[tuple[str, str | None]] = msgspec.field(default_factory=set)
    # The same in lists of TAGS, list and place; and among what cites an id, that and place.
    tagged: set[tuple[int, str]] = msgspec.field(default_factory=set)
    citing: set[tuple[str, str]] = msgspec.field(default_factory=set)
    # Ids of those that came, went or moved, and of cards.
    moved: set[str] = msgspec.field(default_factory=set)
    ids: set[str] = msgspec.field(default_factory=set)  # whose cables or cards changed
    cited: set[str] = msgspec.field(default_factory=set)  # by cables that changed
    plain: set[str] = msgspec.field(default_factory=set)  # addresses
    months: dict[int, set[tuple[int, int]]] = msgspec.field(default_factory=dict)  # by list
    days: set[str] = msgspec.field(default_factory=set)  # '11-03', of whatever year
    rows: set[str] = msgspec.field(default_factory=set)  # ids of cables that lists show otherwise
    members: set[int] = msgspec.field(default_factory=set)  # lists that gained or lost a cable
    telegrams: set[str] = msgspec.field(default_factory=set)  # ids of those with sections of their own
    changed: set[str] = msgspec.field(default_factory=set)  # ids of cables of which anything is another now
    kinds: set[str] = msgspec.field(default_factory=set)  # of the units
    mapped: set[tuple[int, int]] = msgspec.field(default_factory=set)  # months of addresses that came or went
    is_aliased: bool = False  # a unit with aliases, or one that had some
    is_asked: bool = False  # something that the questions about an archive ask for
    is_explained: bool = False  # something that the glossary shows
    is_counted: bool = False  # something that the statistics show
    is_any: bool = False  # anything at all

    def touch(self, face: Face) -> None:
        """Note a cable of which other cables' pages, and lists, show something else now."""
        if face["id"] is not None:
            self.ids.add(face["id"])
        self.cited |= face["cites"]
        self.touch_lists(face)

    def map(self, was: Face | None, now: Face | None) -> None:
        """Note the months of a cable that came, went, moved, or is to be listed by search engines or not."""
        if was is None or now is None or any(was[name] != now[name] for name in _ON_MAPS):
            self.mapped.update((face["year"], face["month"]) for face in (was, now) if face is not None)

    def touch_lists(self, face: Face) -> None:
        """The same for a cable of which lists alone do."""
        if face["id"] is not None:
            self.rows.add(face["id"])
        self.plain.add(face["plain_address"])
        if face["month"]:
            self.days.add(face["date"][5:10])
        for list_ in face["lists"]:
            self.months.setdefault(list_, set()).add((face["year"], face["month"]))

    def compare_standing(self, was: Face | None, now: Face | None) -> None:
        """Note where a cable that changed stands among others, if they show something else of it now."""
        if was is None or now is None or any(was[name] != now[name] for name in _STANDING):
            for face in (was, now):
                if face is not None:
                    self.move(face)
            return
        place = now["place"]
        self.tagged.update((list_, place) for list_ in was["lists"] ^ now["lists"])
        self.citing.update((id_, place) for id_ in was["cites"] ^ now["cites"])

    def move(self, face: Face) -> None:
        """Note a place in which a cable stands or stood."""
        place = face["place"]
        self.beside.add((place, face["post"]))
        self.tagged.update((list_, place) for list_ in face["lists"])
        self.citing.update((id_, place) for id_ in face["cites"])
        if face["id"] is not None:
            self.moved.add(face["id"])
