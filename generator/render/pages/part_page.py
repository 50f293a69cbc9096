"""The home page of a part of a split archive: which part it is, what it holds, and the ways to the others."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from generator.archive.address import HOME, facet_address, index_address, relative
from generator.archive.catalogue import Catalogue, FacetCount
from generator.archive.layout import Layout
from generator.archive.part_counts import (
    has_page,
    months_of_years,
    span_of_post,
    span_of_years,
    tags_of_years,
)
from generator.archive.periods import MonthCount
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.values import CountLine, count_line, value_label, value_meaning
from generator.render.pictures.histogram import Histogram, lead_to_dates, lead_to_periods, make_histogram
from generator.render.words import counted, date_in_words, period_in_words
from generator.settings import Settings

_MOST_USED = 18  # TAGS


class PartPage(Struct, frozen=True, kw_only=True):
    """What `part.html` receives as `page`."""

    title: str  # '1970s', '1974', 'Embassy Astana'
    meaning: str  # the country of a post, '' where that is not known or the part is no post's
    archive: Link  # 'A part of Cable archive', and the home page of that
    count: str  # '2,165 cables'
    span: str  # 'from 3 May 1970 to 30 December 1979', '' where no day is known
    histogram: Histogram | None  # `None` where there are too few bars
    lists: Link  # 'Years', 'Months', and the list above them
    periods: tuple[CountLine, ...]  # the years or months that have a page
    tags: tuple[CountLine, ...]  # the most used
    tags_href: str  # all of them
    previous: Link | None  # the home page of the part before; None before the first
    next: Link | None  # of the part after; None behind the last


class _Held(Struct, frozen=True, kw_only=True):
    """What a part holds."""

    label: str
    meaning: str = ""
    span: tuple[datetime, datetime] | None
    histogram: Histogram | None
    lists: Link
    periods: tuple[CountLine, ...]
    tags: tuple[CountLine, ...]


class PartPages:
    """Makes the home pages of the parts of an archive."""

    def __init__(
        self,
        parts: Sequence[str],
        layout: Layout,
        catalogue: Catalogue,
        lexicon: Lexicon,
        settings: Settings,
    ) -> None:
        """`parts` are all parts but the portal, in order."""
        self._parts = parts
        self._layout = layout
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._settings = settings
        # The post whose part it is, by the name of the part.
        self._posts = {
            layout.part_of(facet_address("origin", post)): post
            for post in sorted(catalogue.posts, reverse=True)
        }

    def part(self, part: str, cables: int) -> tuple[Frame, PartPage]:
        """Frame and value of the home page of a part that has so many cables.

        Its address is that of the home page of the whole, to which a link from it leads as from any other page of a part.
        """
        held = self._held_by_post(part) if self._layout.split == "origin" else self._held_in_years(part)
        at = self._parts.index(part)
        home = relative(HOME, HOME)
        first, last = (date_in_words(moment, "day") for moment in held.span) if held.span else ("", "")
        page = PartPage(
            title=held.label,
            meaning=held.meaning,
            archive=Link(href=home, label=f"A part of {self._settings.title}"),
            count=counted(cables, "cable"),
            span=f"from {first} to {last}" if held.span else "",
            histogram=held.histogram,
            lists=held.lists,
            periods=held.periods,
            tags=held.tags,
            tags_href=relative(HOME, index_address("tag")),
            previous=self._beside(at - 1),
            next=self._beside(at + 1),
        )
        frame = make_frame(self._settings, HOME, held.label, description=f"{held.label}: {page.count}")
        return (
            replace(
                frame,
                title=f"{held.label} · {self._settings.title}",
                canonical=self._layout.url_of(part),
                trail=(Link(href=home, label="Home"),),
            ),
            page,
        )

    def _beside(self, at: int) -> Link | None:
        if not 0 <= at < len(self._parts):
            return None
        part = self._parts[at]
        post = self._posts.get(part) if self._layout.split == "origin" else None
        return Link(
            href=self._layout.link(HOME, part, HOME),
            label=value_label("origin", post, self._lexicon) if post else part,
        )

    def _held_in_years(self, part: str) -> _Held:
        """What the part of a year, '1974', or of a decade, '1970s', holds."""
        db = self._catalogue.db
        is_decade = part.endswith("s")
        first = int(part.removesuffix("s"))
        last = first + 9 if is_decade else first
        months = months_of_years(db, first, last)
        return _Held(
            label=part,
            span=span_of_years(db, first, last),
            histogram=make_histogram(months, lead_to_dates(HOME)),
            lists=Link(
                href=relative(HOME, index_address("date") if is_decade else facet_address("date", part)),
                label="Years" if is_decade else "Months",
            ),
            periods=tuple(
                _line(facet_address("date", period[:4], "" if is_decade else period), period, count)
                for period, count in _by_period(months, is_by_year=is_decade)
            ),
            tags=tuple(self._tag_line(tag, part) for tag in tags_of_years(db, first, last, most=_MOST_USED)),
        )

    def _tag_line(self, tag: FacetCount, period: str) -> CountLine:
        """A code; it leads to its cables of the period, where these have a page."""
        line = count_line("tag", HOME, tag, self._lexicon)
        own = facet_address("tag", tag.value, period)
        return replace(line, href=relative(HOME, own)) if has_page(self._catalogue.db, own) else line

    def _held_by_post(self, part: str) -> _Held:
        """What the part of a post holds."""
        post = self._posts.get(part, part.upper())
        db, label = self._catalogue.db, value_label("origin", post, self._lexicon)
        months = self._catalogue.months("origin", post)
        years = list(_by_period(months, is_by_year=True))
        paged = {year for year, _ in years if has_page(db, facet_address("origin", post, year))}
        return _Held(
            label=label,
            meaning=value_meaning("origin", post, self._lexicon),
            span=span_of_post(db, post),
            histogram=make_histogram(months, lead_to_periods(HOME, "origin", post, label, paged)),
            lists=Link(href=relative(HOME, facet_address("origin", post)), label="All cables by year"),
            periods=tuple(
                _line(facet_address("origin", post, year), year, count)
                for year, count in years
                if year in paged
            ),
            tags=tuple(
                count_line("tag", HOME, tag, self._lexicon)
                for tag in self._catalogue.together("origin", post, most=_MOST_USED)["tag"]
            ),
        )


def _line(address: str, period: str, count: int) -> CountLine:
    return CountLine(
        href=relative(HOME, address), label=period_in_words(period), meaning="", count=f"{count:,}"
    )


def _by_period(months: Iterable[MonthCount], *, is_by_year: bool) -> Iterable[tuple[str, int]]:
    """The cables of each year or month; those without a date are none of them."""
    counts: dict[str, int] = {}
    for month in months:
        if month.year is not None:
            period = f"{month.year:04d}" if is_by_year else f"{month.year:04d}-{month.month or 0:02d}"
            counts[period] = counts.get(period, 0) + month.count
    return counts.items()
