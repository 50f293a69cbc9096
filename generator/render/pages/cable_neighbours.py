"""The foot of a cable's page: the cables before and after it in the archive, at its post, under its TAGS, in its thread."""

from msgspec import Struct

from generator.archive.address import relative
from generator.archive.cable_row import CableRow
from generator.archive.surroundings import Neighbours, Pair, Thread
from generator.release.cleared import ClearedCable
from generator.render.words import date_of_row_in_words, period_in_words

_TAGS = 6  # rows


class NeighbourLink(Struct, frozen=True, kw_only=True):
    """A cable before or after another."""

    href: str
    label: str
    month: str = (
        ""  # ' in February 2008' where that is this cable's month too, else ', March 2008'; '' for none
    )


class NeighbourRow(Struct, frozen=True, kw_only=True):
    """The cables before and after another in one order."""

    label: str
    previous: NeighbourLink | None
    next: NeighbourLink | None


def make_neighbours(
    cable: ClearedCable, own: CableRow, near: Neighbours, thread: Thread
) -> tuple[NeighbourRow, ...]:
    """The neighbours of a cable, one row for each order in which it has any; that of the archive is the first."""
    here, day = own.address, own.day
    rows = [
        NeighbourRow(
            label="Archive",
            previous=_link(here, near.in_archive.previous, day),
            next=_link(here, near.in_archive.next, day),
        ),
        _row(here, cable.post or "", near.at_post),
    ]
    if thread.hubs:
        rows.append(_row(here, "Thread", thread.beside))
    codes = list(dict.fromkeys([tag.code for tag in cable.tags]))[:_TAGS]
    of_tags: dict[Pair, list[str]] = {}  # codes with the same neighbours share a row
    for code in codes:
        of_tags.setdefault(near.by_tag[code], []).append(code)
    rows += [_row(here, ", ".join(same), pair) for pair, same in of_tags.items()]
    return tuple([row for row in rows if row.previous or row.next])


def _row(here: str, label: str, pair: Pair) -> NeighbourRow:
    return NeighbourRow(label=label, previous=_link(here, pair.previous), next=_link(here, pair.next))


def _link(here: str, row: CableRow | None, day: str | None = None) -> NeighbourLink | None:
    if row is None:
        return None
    month = "" if day is None else _month(row.day, day)
    return NeighbourLink(href=relative(here, row.address), label=row.name, month=month)


def _month(day: str, here: str) -> str:
    """The month of a day, as it is said beside another day; days may be years alone, or ''."""
    month = day[: len("2008-02")]
    words = period_in_words(month) if day else date_of_row_in_words(day).lower()
    return f" in {words}" if day and month == here[: len("2008-02")] else f", {words}"
