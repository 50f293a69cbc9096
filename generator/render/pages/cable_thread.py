"""The thread on a cable's page: what it cites, what cites it and what cites the same, as lists and as a picture.

Cables that cite the same are shown without their subjects: those of a cable that thousands cite too would all be due
when one of them is another.
"""

from msgspec import Struct

from generator.archive.address import UNDATED, relative, thread_address
from generator.archive.cable_row import CableRow
from generator.archive.surroundings import Surroundings, Thread
from generator.release.cleared import ClearedCable
from generator.render.pictures.thread_graph import Node, ThreadGraph, draw_generations
from generator.render.words import counted, shortened
from generator.telegram.reference_id import split_id

# What is said of a cable that has a card, and of one that is not there at all.
NOT_PUBLISHED = "not published"
NOT_HELD = "not in this archive"

# The place of what cites a cable, to which its facts lead.
CITED_BY = "cited-by"

_CITES = 3  # cables of the picture and of the list; the REF line stands above the text
_SUBJECT = 40  # letters
_THREADS = 2  # links
_FEWEST_NODES = 3  # of which there is a picture: of two cables the list says all
_IN_PICTURE = 2, 2  # of those that it cites, and those that cite it


class ThreadLine(Struct, frozen=True, kw_only=True):
    """A cable in a list of a thread."""

    label: str
    href: str = ""  # '' where the archive does not have it
    note: str = ""  # ' 2008-02-14 THE SALT ROAD', or why it is not there


class ThreadList(Struct, frozen=True, kw_only=True):
    """Some of the cables about another."""

    title: str
    id: str  # of its place in the page, '' for none
    lines: tuple[ThreadLine, ...]


class ThreadSection(Struct, frozen=True, kw_only=True):
    """What stands about a cable's threads on its page."""

    graph: ThreadGraph | None
    lists: tuple[ThreadList, ...]


class _Cited(Struct, frozen=True):
    id: str
    rows: tuple[CableRow, ...]
    address: str | None


def make_thread_section(
    cable: ClearedCable, own: CableRow, thread: Thread, around: Surroundings
) -> ThreadSection | None:
    """What stands about a cable's threads beside its REF line; None where that is nothing."""
    here = own.address
    if not thread.cites and not thread.cited_by:
        return None
    of_line = _ids_of_line(cable, around)
    # For the picture those of the REF line before those of the text.
    chosen = set(sorted(thread.cites, key=lambda id_: id_ not in of_line)[:_CITES])
    cited = [_cited(id_, around) for id_ in thread.cites if id_ in chosen]
    in_text = [id_ for id_ in thread.cites if id_ not in of_line]
    in_text_lines = [_cited_line(_cited(id_, around), here) for id_ in in_text[:_CITES]]
    count = thread.cited_by_count
    lists = (
        ("Cited in its text", "", _with_rest(in_text_lines, len(in_text))),
        ("Cited by", CITED_BY, _with_rest([_line(row, here, row.subject) for row in thread.cited_by], count)),
        ("Citing the same", "", tuple([_line(row, here) for row, _ in thread.siblings])),
        (
            "Whole threads",
            "",
            tuple(
                [
                    ThreadLine(label=id_, href=relative(here, thread_address(id_)))
                    for id_ in thread.hubs[:_THREADS]
                ]
            ),
        ),
    )
    graph = _graph(own, cited, thread, here)
    shown = tuple([ThreadList(title=title, id=id_, lines=lines) for title, id_, lines in lists if lines])
    return ThreadSection(graph=graph, lists=shown) if graph or shown else None


def cited_by_in_words(thread: Thread) -> str:
    """'12 cables of this archive', '' for none."""
    return f"{counted(thread.cited_by_count, 'cable')} of this archive" if thread.cited_by else ""


def _line(row: CableRow, here: str, subject: str = "", address: str | None = None) -> ThreadLine:
    """A cable of the archive in a list; `address` is where it leads, if not to its own page."""
    note = f" {row.day or UNDATED}"
    if subject:
        note += f" {subject_hint(subject)}"
    return ThreadLine(label=row.name, href=relative(here, address or row.address), note=note)


def subject_hint(subject: str) -> str:
    """A subject as the lists have it."""
    return shortened(subject, _SUBJECT)


def _with_rest(lines: list[ThreadLine], count: int) -> tuple[ThreadLine, ...]:
    """The lines of a list, and how many more there are."""
    if count > len(lines):
        lines.append(ThreadLine(label=f"{count - len(lines):,} more"))
    return tuple(lines)


def _ids_of_line(cable: ClearedCable, around: Surroundings) -> set[str]:
    """The ids of a cable's REF line, which stand above the text, as `Thread.cites` has them."""
    ids: set[str] = set()
    for reference in cable.references:
        if reference.id is not None:
            rows = around.find(reference.id)
            ids.add((rows[0].id if rows else None) or reference.id)
    return ids


def _cited(id_: str, around: Surroundings) -> _Cited:
    return _Cited(id_, around.find(id_), around.link_for(id_))


def _cited_line(cited: _Cited, here: str) -> ThreadLine:
    if cited.rows:
        row = cited.rows[0]
        return _line(row, here, row.subject, cited.address)
    if cited.address:
        return ThreadLine(label=cited.id, href=relative(here, cited.address), note=f" {NOT_PUBLISHED}")
    return ThreadLine(label=cited.id, note=f" {NOT_HELD}")


def _graph(row: CableRow, cited: list[_Cited], thread: Thread, here: str) -> ThreadGraph | None:
    """This cable between what it cites and what cites it, those that cite the same beside it."""
    most_cited, most_citing = _IN_PICTURE
    left = {
        one.id: node_of(one.rows[0], here, one.address)
        if one.rows
        else Node(
            label=one.id,
            href=relative(here, one.address) if one.address else "",
            year=str(split_id(one.id)[0]),
            is_absent=one.address is None,
        )
        for one in cited[-most_cited:]
    }
    siblings = [(sibling, same & left.keys()) for sibling, same in thread.siblings]
    right = {citing.path: node_of(citing, here) for citing in thread.cited_by[:most_citing]}
    own = (row, frozenset(left))
    middle = sorted([own, *(one for one in siblings if one[1])], key=lambda one: one[0].order)
    if len(left) + len(middle) + len(right) < _FEWEST_NODES:
        return None
    edges = [(citing.path, id_) for citing, ids in middle for id_ in sorted(ids)]
    edges += [(path, row.path) for path in right]
    nodes = {
        one.path: Node(label=one.name, year=one.day[:4], is_here=True) if one is row else node_of(one, here)
        for one, _ in middle
    }
    return draw_generations([left, nodes, right], edges)


def node_of(row: CableRow, here: str, address: str | None = None) -> Node:
    """A cable of the archive in a picture; `address` is where it leads, if not to its own page."""
    return Node(label=row.name, href=relative(here, address or row.address), year=row.day[:4])
