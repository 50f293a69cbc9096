"""The page of a thread: a cable that many cite, those that cite it, and what all of these cite; and the list of threads."""

from msgspec import Struct

from generator.archive.address import THREADS, UNDATED, relative, thread_address
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.archive.whole_threads import Member, WholeThread, load_whole_thread, most_cited
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.cable_thread import NOT_HELD, NOT_PUBLISHED, node_of
from generator.render.pages.values import CountLine
from generator.render.pictures.thread_graph import ThreadGraph, draw_years
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Threads"
_INTRODUCTION = (
    "A thread is a cable that at least three others of this archive refer to, together with those, and with what all "
    "of them refer to."
)

_MOST = 200  # cables of a thread
_THREADS = 500  # of the list
_LINKS = 12  # of a cable's references
# A picture of more, or of more years, is no longer read.
_ROWS = 24
_YEARS = 12


class MemberLine(Struct, frozen=True, kw_only=True):
    """A cable of a thread."""

    id: str  # of its place in the page
    label: str
    href: str  # '' where the archive does not have it
    date: str
    note: str  # its subject, of those that cite the first cable; or why it is not there
    is_hub: bool
    cites: tuple[Link, ...]  # within the page
    more: str  # '3 more', '' where all are shown


class ThreadPage(Struct, frozen=True, kw_only=True):
    """What `thread.html` receives as `page`."""

    id: str
    subject: str  # of the first cable
    href: str
    count: str  # 'Cited by 12 cables of this archive'
    cut: str  # what is left out, '' for nothing
    graph: ThreadGraph | None
    members: tuple[MemberLine, ...]


class ThreadsPage(Struct, frozen=True, kw_only=True):
    """What `threads.html` receives as `page`."""

    title: str
    introduction: str
    cut: str  # '' where all are listed
    lines: tuple[CountLine, ...]


def make_thread_page(
    id_: str, catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, ThreadPage]:
    """Frame and value of the page of an id's thread."""
    here = thread_address(id_)
    thread = load_whole_thread(catalogue, id_, lexicon, most=_MOST)
    hub = [member.row for member in thread.members if member.is_hub and member.row]
    address = hub[0].address if len(hub) == 1 else catalogue.link_for(id_) or hub[0].address
    page = ThreadPage(
        id=id_,
        subject=hub[0].subject,
        href=relative(here, address),
        count=f"Cited by {counted(thread.citing_count, 'cable')} of this archive",
        cut=_cut(thread),
        graph=_graph(thread, hub[0], here),
        members=tuple([_line(place, member, thread, here) for place, member in enumerate(thread.members)]),
    )
    frame = make_frame(
        settings,
        here,
        f"Thread of {id_}: {hub[0].subject}",
        description=f"{page.count}: {hub[0].subject}",
        trail=(Link(href=relative(here, THREADS), label=TITLE),),
    )
    return frame, page


def make_threads_page(
    catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, ThreadsPage]:
    """Frame and value of the list of threads."""
    found = most_cited(catalogue.db, lexicon)
    shown = found[:_THREADS]
    around = catalogue.around((), [id_ for id_, _ in shown])
    page = ThreadsPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        cut=f"The {_THREADS} most cited of {len(found):,} threads." if len(found) > len(shown) else "",
        lines=tuple(
            [
                CountLine(
                    href=relative(THREADS, thread_address(id_)),
                    label=id_,
                    meaning=f"{row.day or UNDATED} {row.subject}",
                    count=f"{count:,}",
                )
                for id_, count in shown
                for row in around.find(id_)[:1]
            ]
        ),
    )
    return make_frame(settings, THREADS, TITLE, description=_INTRODUCTION), page


def _cut(thread: WholeThread) -> str:
    """What the list leaves out."""
    citing = sum(member.is_citing for member in thread.members)
    parts = []
    if citing < thread.citing_count:
        parts.append(f"the first {citing:,} of the {thread.citing_count:,} cables that cite it")
    if thread.left_out:
        parts.append(f"not {counted(thread.left_out, 'cable')} that these cite")
    return f"Listed here are {' and '.join(parts)}." if parts else ""


def _line(place: int, member: Member, thread: WholeThread, here: str) -> MemberLine:
    row = member.row
    if row is None:
        note = NOT_PUBLISHED if member.address else NOT_HELD
    else:
        # What the members cite has no subject here: many threads would be due when that changes.
        note = row.subject if member.is_hub or member.is_citing else ""
    return MemberLine(
        id=_place(place),
        label=member.name,
        href=relative(here, member.address) if member.address else "",
        date=(row.day or UNDATED) if row else "",
        note=note,
        is_hub=member.is_hub,
        cites=tuple(
            [
                Link(href=f"#{_place(cited)}", label=thread.members[cited].name)
                for cited in member.cites[:_LINKS]
            ]
        ),
        more=f"{len(member.cites) - _LINKS} more" if len(member.cites) > _LINKS else "",
    )


def _place(place: int) -> str:
    return f"n{place + 1}"


def _graph(thread: WholeThread, hub: CableRow, here: str) -> ThreadGraph | None:
    """The first cable and those that cite it; None where they are too many to be read."""
    rows = [member.row for member in thread.members if member.is_citing and member.row]
    if not 0 < thread.citing_count <= _ROWS or len({row.day[:4] for row in rows}) > _YEARS:
        return None
    return draw_years(node_of(hub, here), [node_of(row, here) for row in rows])
