"""Cables as lists show them: one row each, alone or gathered under the headings of days and years."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from generator.archive.address import UNDATED, day_anchor, facet_address, relative
from generator.archive.cable_row import CableRow
from generator.lexicon import Lexicon
from generator.render.frame import Link
from generator.render.pages.cable_page import level_class
from generator.render.words import date_of_row_in_words, shortened

_SUBJECT = 200  # letters; a cable's own page has all of it


class RowLine(Struct, frozen=True, kw_only=True, gc=False):
    """A cable in a list."""

    href: str
    name: str
    subject: str
    gist: str  # its first sentence, '' for none
    date: str
    origin: str
    origin_href: str
    classification: str
    level: str


class RowGroup(Struct, frozen=True, kw_only=True):
    """Some rows under a heading of their own."""

    title: str
    anchor: str  # '' for none
    href: str  # where the heading leads, '' for nowhere
    rows: tuple[RowLine, ...]
    more: Link | None = None  # to all of them, where some are left out


def row_lines(here: str, rows: Iterable[CableRow], lexicon: Lexicon) -> tuple[RowLine, ...]:
    """Cables as a list on the page `here` shows them."""
    folder = here[: here.rfind("/") + 1]
    return tuple([_row_line(folder, row, lexicon) for row in rows])


def _row_line(folder: str, row: CableRow, lexicon: Lexicon) -> RowLine:
    """A cable as a list on a page of `folder` ('', 'tag/') shows it."""
    origin = _origin(folder, row.post, lexicon)
    return RowLine(
        href=relative(folder, row.address),
        name=row.name,
        subject=shortened(row.subject, _SUBJECT),
        gist=row.gist,
        date=row.day or UNDATED,
        origin=origin.label,
        origin_href=origin.href,
        classification=row.classification or "",
        level=level_class(row.classification),
    )


def rows_by_day(here: str, rows: Iterable[CableRow], lexicon: Lexicon) -> tuple[RowGroup, ...]:
    """The rows of a month, in order, by their days; each day can be linked at."""
    return tuple(
        RowGroup(
            title=date_of_row_in_words(day),
            anchor=day_anchor(day),
            href="",
            rows=row_lines(here, of_day, lexicon),
        )
        for day, of_day in groupby(rows, key=lambda row: row.day)
    )


# A list names the same posts again and again.
@lru_cache(maxsize=5000)
def _origin(folder: str, post: str | None, lexicon: Lexicon) -> Link:
    """The page of a post, as a page of `folder` has it, and what it is called; '' for both without a post."""
    if not post:
        return Link(href="", label="")
    return Link(href=relative(folder, facet_address("origin", post)), label=lexicon.post_name(post))
