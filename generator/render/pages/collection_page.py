"""Collections: pages that list cables with remarks on them, introduced by a text; and the page that lists collections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import COLLECTIONS, relative
from generator.archive.asks import Listed
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.archive.query import answer, parse_query
from generator.archive.surroundings import Surroundings
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.cable_thread import NOT_HELD, NOT_PUBLISHED
from generator.render.pages.collection_source import ListedCable, read_collection
from generator.render.pages.live_block import PageApparatus
from generator.render.pages.rows import RowLine, row_lines
from generator.render.pages.text_page import TextSource, render_text
from generator.render.text.markup import render_line
from generator.render.text.page_links import LeadToPages
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Collections"
_MOST_ASKED = 100  # cables that a query adds, where it does not say how many
_INTRODUCTION = "Cables that belong together, chosen and introduced by those who keep this archive."


class CollectedCable(Struct, frozen=True, kw_only=True):
    """An entry of a collection."""

    row: RowLine | None  # None for a cable that is not published
    absent: Link | None  # that cable, with its card where it has one
    remark: str  # why it is not there, ' is not in this archive'
    comment: Markup | None


class CollectionPage(Struct, frozen=True, kw_only=True):
    """What `collection.html` receives as `page`."""

    title: str
    description: str
    text: Markup
    count: str  # '12 cables', '' for none
    cables: tuple[CollectedCable, ...]
    more: Link | None  # to all that its query finds, where some are left out


class CollectionLine(Struct, frozen=True, kw_only=True):
    """A collection in the list of all."""

    href: str
    title: str
    description: str
    count: str


class CollectionsPage(Struct, frozen=True, kw_only=True):
    """What `collections.html` receives as `page`."""

    title: str
    introduction: str
    collections: tuple[CollectionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the archive has of a collection."""

    named: tuple[tuple[str, CableRow | None], ...]  # ids, and the cable of each
    asked: tuple[CableRow, ...]  # which its query finds beside these
    left: int  # that it would find, too


def make_collection_page(
    source: TextSource,
    apparatus: PageApparatus,
    catalogue: Catalogue,
    lexicon: Lexicon,
) -> CollectionPage:
    """The value of the page of a collection."""
    here = source.address
    collection = read_collection(source.path, source.title, source.front_matter, lexicon)
    around = catalogue.around((), [cable.id for cable in collection.cables])
    listed = Listed(
        description="", ids=tuple(cable.id for cable in collection.cables), query=collection.query
    )
    found = _find(listed, around, catalogue, lexicon)
    remarks = {cable.id: cable for cable in collection.cables}
    cables = [_collected(remarks[id_], row, source, around, apparatus, lexicon) for id_, row in found.named]
    cables += [
        CollectedCable(row=line, absent=None, remark="", comment=None)
        for line in row_lines(here, found.asked, lexicon)
    ]
    query, _ = parse_query(collection.query, lexicon)
    return CollectionPage(
        title=source.title,
        description=collection.description,
        text=render_text(source, apparatus),
        count=_count(found),
        cables=tuple(cables),
        more=apparatus.more(query, found.left),
    )


def cables_of(listed: Listed, catalogue: Catalogue, lexicon: Lexicon) -> tuple[CableRow, ...]:
    """The cables that a collection lists, each once."""
    found = _find(listed, catalogue.around((), listed.ids), catalogue, lexicon)
    rows = [*(row for _, row in found.named if row is not None), *found.asked]
    return tuple({row.path: row for row in rows}.values())


def _find(listed: Listed, around: Surroundings, catalogue: Catalogue, lexicon: Lexicon) -> _Found:
    named = tuple((id_, next(iter(around.find(id_)), None)) for id_ in listed.ids)
    query, faults = parse_query(listed.query, lexicon)
    if not listed.query or faults:
        return _Found(named=named, asked=(), left=0)
    known = {row.path for _, row in named if row is not None}
    found = answer(query, catalogue, lexicon, most=_MOST_ASKED, without=known)
    return _Found(named=named, asked=found.rows, left=found.total - len(found.rows))


def _count(found: _Found) -> str:
    """'12 cables', '' for none."""
    paths = {row.path for _, row in found.named if row is not None}
    number = len(paths) + len(found.asked) + found.left
    return counted(number, "cable") if number else ""


def _collected(
    listed: ListedCable,
    row: CableRow | None,
    source: TextSource,
    around: Surroundings,
    apparatus: PageApparatus,
    lexicon: Lexicon,
) -> CollectedCable:
    """A cable that a collection names."""
    here = source.address
    links = LeadToPages(source.path, here, source.links)
    comment = render_line(listed.comment, apparatus, extensions=[links]) if listed.comment else None
    if row is not None:
        (line,) = row_lines(here, [row], lexicon)
        return CollectedCable(row=line, absent=None, remark="", comment=comment)
    address = around.link_for(listed.id)
    return CollectedCable(
        row=None,
        absent=Link(href=relative(here, address) if address else "", label=listed.id),
        remark=f" is {NOT_PUBLISHED if address else NOT_HELD}.",
        comment=comment,
    )


def make_collections_page(
    collections: Sequence[tuple[str, str, Listed]], catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, CollectionsPage]:
    """Frame and value of the list of collections; of each its address, its title and what it lists."""
    page = CollectionsPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        collections=tuple(_lines(collections, catalogue, lexicon)),
    )
    return make_frame(settings, COLLECTIONS, TITLE, description=_INTRODUCTION), page


def _lines(
    collections: Sequence[tuple[str, str, Listed]], catalogue: Catalogue, lexicon: Lexicon
) -> Iterator[CollectionLine]:
    around = catalogue.around((), [id_ for _, _, listed in collections for id_ in listed.ids])
    for address, title, listed in collections:
        yield CollectionLine(
            href=relative(COLLECTIONS, address),
            title=title,
            description=listed.description,
            count=_count(_find(listed, around, catalogue, lexicon)),
        )
