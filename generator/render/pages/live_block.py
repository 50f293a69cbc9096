"""What of the archive stands in the text of a page that people write: links to cables, quotations, lists, timelines.

`PageApparatus` answers what the Markdown of one page asks; each block comes from the template `live.html`. What release
withholds is quoted by nobody: a quotation is read again from its source, and cleared as every cable is.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import urlencode

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.archive.address import (
    SEARCH,
    Facet,
    country_address,
    facet_address,
    index_address,
    relative,
)
from generator.archive.asks import parse_quote
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.archive.query import Query, answer, parse_query, values_of
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.render.frame import Link
from generator.render.pages.cable_link import LONGEST_HINT, link_to_cable
from generator.render.pages.cable_references import redaction_marks
from generator.render.pages.cable_thread import NOT_HELD, NOT_PUBLISHED
from generator.render.pages.rows import RowLine, row_lines
from generator.render.text.apparatus import CableLink
from generator.render.text.body import render_body
from generator.render.words import date_in_words, date_of_row_in_words, shortened
from generator.telegram.cable import Block

# The cable of a row, read again and cleared; None where its source has gone since.
ReadCable = Callable[[CableRow], ClearedCable | None]

_FACETS: dict[str, Facet] = {"tag": "tag", "from": "origin", "class": "classification"}


class Quotation(Struct, frozen=True, kw_only=True):
    """A paragraph of a cable, with its source."""

    text: Markup
    href: str  # the paragraph on the page of its cable
    label: str  # '08ASTANA2165, paragraph 7'
    title: str  # the subject of the cable
    origin: str  # what the post is called, '' where it is unknown
    date: str
    marking: str  # of the paragraph, '(C)'; '' for none


class TimelineDay(Struct, frozen=True, kw_only=True):
    """A day of a timeline."""

    date: str
    cables: tuple[RowLine, ...]


class LiveBlock(Struct, frozen=True, kw_only=True):
    """What `live.html` receives as `page`: one of these."""

    quotation: Quotation | None = None
    rows: tuple[RowLine, ...] = ()
    days: tuple[TimelineDay, ...] = ()
    more: Link | None = None  # to all cables of a list or a timeline, where some are left out
    absent: Link | None = None  # what is not there instead; its href, of a card, may be ''
    remark: str = ""  # why, ', paragraph 7, is not in this archive'


RenderBlock = Callable[[LiveBlock], Markup]


class PageApparatus:
    """What the archive says to the text of one page."""

    def __init__(
        self,
        here: str,
        catalogue: Catalogue,
        lexicon: Lexicon,
        *,
        render: RenderBlock,
        read_cable: ReadCable,
        is_searched: bool,
    ) -> None:
        """For the page at the address `here`; `is_searched` says whether the site has a search."""
        self._here = here
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._render = render
        self._read_cable = read_cable
        self._is_searched = is_searched
        self._around = catalogue.around((), ())  # which loads what it is asked for

    def link(self, id_: str, paragraph: int | None) -> CableLink | None:
        """Where an id leads."""
        return link_to_cable(self._here, id_, paragraph, self._around, self._lexicon)

    def block(self, name: str, words: str) -> Markup | None:
        """A quotation, a list or a timeline; None where the words say not what is meant."""
        if name == "quote":
            quoted = parse_quote(words, self._lexicon)
            return self._render(self._quote(*quoted)) if quoted else None
        query, faults = parse_query(words, self._lexicon)
        if faults or name not in ("list", "timeline"):
            return None
        found = answer(query, self._catalogue, self._lexicon)
        more = self.more(query, found.total - len(found.rows))
        if not found.rows:
            return self._render(LiveBlock(remark="No cable of this archive is found by this list."))
        lines = row_lines(self._here, found.rows, self._lexicon)
        if name == "list":
            return self._render(LiveBlock(rows=lines, more=more))
        return self._render(LiveBlock(days=tuple(_days(found.rows, lines)), more=more))

    def _quote(self, id_: str, paragraph: int) -> LiveBlock:
        rows = self._around.find(id_)
        cable = self._read_cable(rows[0]) if rows else None
        blocks = paragraph_blocks(cable, paragraph) if cable else ()
        if cable is None or not blocks:
            address = None if rows else self._around.link_for(id_)
            return LiveBlock(
                absent=Link(href=relative(self._here, address) if address else "", label=id_),
                remark=f", paragraph {paragraph}, is {NOT_PUBLISHED if address else NOT_HELD}.",
            )
        row, first = rows[0], blocks[0]
        bare = [replace(block, anchor=None, number=None, marking=None, role=None) for block in blocks]
        return LiveBlock(
            quotation=Quotation(
                text=render_body(bare, (), None, redaction_marks, redaction_marks),
                href=relative(self._here, row.address, f"par{paragraph}"),
                label=f"{row.name}, paragraph {paragraph}",
                title=shortened(row.subject, LONGEST_HINT),
                origin=self._lexicon.post_name(row.post) if row.post else "",
                date=date_in_words(row.date, row.date_precision),
                marking=f"({first.marking})" if first.marking else "",
            )
        )

    def more(self, query: Query, left: int) -> Link | None:
        """A link to what a list leaves out, as far as one page of the site has it; None where it leaves out nothing."""
        if left <= 0:
            return None
        return Link(href=self._all_of(query), label=f"and {left:,} more")

    def _all_of(self, query: Query) -> str:
        """The page that has all cables of a query: the list of its one value, else the search; else what is nearest."""
        wanted = [word for word in query.words if not word.is_excluded]
        is_plain = len(wanted) == len(query.words) and not query.ids
        lists: list[str] = []
        for word in wanted:
            values = values_of(word, self._catalogue, self._lexicon)
            if len(values) == 1:
                facet = _FACETS.get(word.field)
                lists.append(facet_address(facet, values[0]) if facet else country_address(values[0]))
        lists += [
            facet_address("date", period.written)
            for period in query.periods
            if len(query.periods) == 1 and period.written.isdigit()
        ]
        is_one = len(query.words) + len(query.periods) == 1
        can_search = all(word.field != "country" for word in query.words) and len(query.periods) <= 1
        if lists and ((is_one and is_plain) or not (self._is_searched and can_search)):
            return relative(self._here, lists[0])
        if self._is_searched and can_search and not query.ids:
            return f"{relative(self._here, SEARCH)}?{urlencode({'q': _for_search(query)})}"
        return relative(self._here, lists[0] if lists else index_address("date"))


def _for_search(query: Query) -> str:
    """A query in the words of the browser's search."""
    words = [
        f"{'-' if word.is_excluded else ''}{word.field}:"
        + (f'"{word.value}"' if " " in word.value else word.value)
        for word in query.words
    ]
    return " ".join([*words, *(f"date:{period.written}" for period in query.periods)])


def _days(rows: Sequence[CableRow], lines: Sequence[RowLine]) -> list[TimelineDay]:
    by_day = groupby(zip(rows, lines, strict=True), key=lambda pair: pair[0].day)
    return [
        TimelineDay(date=date_of_row_in_words(day), cables=tuple(line for _, line in pairs))
        for day, pairs in by_day
    ]


def paragraph_blocks(cable: ClearedCable, number: int) -> tuple[Block, ...]:
    """The blocks of a numbered paragraph, up to the next number or heading; none where nothing of it may be shown."""
    found: list[Block] = []
    for block in cable.body:
        if found and (block.number is not None or block.kind in ("heading", "gap", "rule")):
            break
        if found or (block.anchor == f"par{number}" and block.kind != "gap"):
            found.append(block)
    return tuple(found)
