"""The pages that list cables: those of the values of facets and of their periods, and of shared addresses."""

from collections.abc import Container, Iterator, Sequence

from msgspec import Struct

from generator.archive.address import (
    Facet,
    country_address,
    facet_address,
    feed_address,
    index_address,
    relative,
)
from generator.archive.catalogue import Catalogue
from generator.archive.countries import countries_of
from generator.archive.feeds import has_feed
from generator.archive.periods import MonthCount, PeriodCount, PeriodPage, plan_periods, plan_year
from generator.lexicon import Lexicon
from generator.render.feeds import facets_with_feeds
from generator.render.frame import FACET_TITLES, Frame, Link, make_frame
from generator.render.pages.rows import RowGroup, RowLine, row_lines, rows_by_day
from generator.render.pages.values import (
    CountLine,
    count_line,
    value_explanation,
    value_label,
    value_meaning,
)
from generator.render.pictures.calendar import Calendar, make_calendar
from generator.render.pictures.histogram import Histogram, lead_to_periods, make_histogram
from generator.render.words import counted, period_in_words
from generator.settings import Settings

_KINDS: dict[Facet, str] = {
    "tag": "TAGS",
    "date": "Date",
    "origin": "Origin",
    "classification": "Classification",
}

_RELATED_TITLES: dict[Facet, str] = {
    "tag": "TAGS of the same cables",
    "origin": "Posts that sent them",
}

_NEWEST = 10
_RELATED = 10
# What few cables have in common is no relation.
_FEWEST_RELATED = 3


class RelatedLines(Struct, frozen=True, kw_only=True):
    """What the cables of a list have besides, under a heading: the most frequent first."""

    title: str
    lines: tuple[CountLine, ...]


class ListPage(Struct, frozen=True, kw_only=True):
    """What `list.html` receives as `page`: a list of cables, or an overview of periods."""

    kind: str  # 'TAGS', 'Origin', ...
    title: str
    meaning: str
    explanation: str  # what else is to be known of the value, '' for nothing
    country: Link | None  # of a post or a geographic code
    count: str
    histogram: Histogram | None
    calendar: Calendar | None  # of a year
    periods: tuple[CountLine, ...]
    related: tuple[RelatedLines, ...]  # on a whole list
    rows: tuple[RowLine, ...]
    days: tuple[RowGroup, ...]  # of a month, in the place of rows
    newest: tuple[RowLine, ...]  # on an overview, its last cables
    part_of: Link | None  # on a period, the whole


class ListPages:
    """Makes frames and values of all list pages."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, settings: Settings) -> None:
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._settings = settings

    def value_pages(
        self, facet: Facet, value: str, periods: Container[str]
    ) -> Iterator[tuple[str, Frame, ListPage]]:
        """The pages of one value that are asked for: the whole, '', and its periods where it is cut."""
        months = self._catalogue.months(facet, value)
        limit = self._settings.rows_per_page
        plan = plan_year(months, limit) if facet == "date" else plan_periods(months, limit)
        for period in plan:
            if period.period in periods:
                yield self._list_page(facet, value, period, months, {page.period for page in plan})

    def _list_page(
        self,
        facet: Facet,
        value: str,
        period: PeriodPage,
        months: Sequence[MonthCount],
        planned: Container[str],
    ) -> tuple[str, Frame, ListPage]:
        here = facet_address(facet, value, period.period)
        whole = facet_address(facet, value)
        label = value_label(facet, value, self._lexicon)
        own = period_in_words(period.period) if period.period else label
        title = own if facet == "date" or not period.period else f"{label}, {own}"
        trail = [Link(href=relative(here, index_address(facet)), label=FACET_TITLES[facet])]
        if period.period:
            trail.append(Link(href=relative(here, whole), label=label))
        meaning = value_meaning(facet, value, self._lexicon)
        is_whole = not period.period
        rows = () if period.parts else self._catalogue.rows(facet, value, period.period)
        is_month = facet == "date" and "-" in period.period and not period.period.endswith("-00")
        newest = (
            self._catalogue.rows(facet, value, period.parts[-1].period)[-_NEWEST:] if period.parts else ()
        )
        lead = lead_to_periods(here, facet, value, label, planned)
        page = ListPage(
            kind=_KINDS[facet],
            title=title,
            meaning=meaning,
            explanation=value_explanation(facet, value, self._lexicon) if is_whole else "",
            country=self._country(here, facet, value) if is_whole else None,
            count=counted(period.count, "cable"),
            histogram=make_histogram(months, lead) if is_whole and facet != "date" else None,
            calendar=self._calendar(here, value) if is_whole and facet == "date" else None,
            periods=tuple(
                CountLine(
                    href=relative(here, facet_address(facet, value, part.period)),
                    label=period_in_words(part.period),
                    meaning="",
                    count=f"{part.count:,}",
                )
                for part in self._parts(facet, period, months)
            ),
            related=self._related(facet, value, here) if is_whole and period.count >= _FEWEST_RELATED else (),
            rows=() if is_month else row_lines(here, rows, self._lexicon),
            days=rows_by_day(here, rows, self._lexicon) if is_month else (),
            newest=row_lines(here, reversed(newest), self._lexicon),
            part_of=Link(href=relative(here, whole), label=label) if period.period else None,
        )
        description = f"{counted(period.count, 'cable')}: {title}" + (f", {meaning}" if meaning else "")
        frame = make_frame(
            self._settings,
            here,
            title,
            description=description,
            trail=tuple(trail),
            here=own,
            feed=self._feed(here, facet, period) if is_whole else "",
        )
        return here, frame, page

    def _feed(self, here: str, facet: Facet, whole: PeriodPage) -> str:
        """The feed of a value; '' where it has none."""
        is_fed = facet in facets_with_feeds(self._settings)
        has_one = is_fed and has_feed(whole.count, self._settings.feeds.fewest)
        return relative(here, feed_address(here)) if has_one else ""

    def _country(self, here: str, facet: Facet, value: str) -> Link | None:
        """The page of the country in which a post lies, or which a code stands for."""
        post, tags = (value, ()) if facet == "origin" else (None, (value,) if facet == "tag" else ())
        for code in countries_of(post, tags, self._lexicon):
            return Link(
                href=relative(here, country_address(code)),
                label=f"All of {self._lexicon.tag_name(code) or code}",
            )
        return None

    def _calendar(self, here: str, year: str) -> Calendar | None:
        """The months of a year; None where no day of it is known."""
        counts = self._catalogue.days_of_year(year)
        return make_calendar(here, year, counts) if counts else None

    def _parts(self, facet: Facet, period: PeriodPage, months: Sequence[MonthCount]) -> Sequence[PeriodCount]:
        """The periods a page leads to; of a year of the date index its calendar leads to all but the unknown month."""
        if facet == "date" and not period.period:
            parts = [part for page in plan_year(months, 0)[:1] for part in page.parts]
            return [part for part in parts if part.period.endswith("-00")]
        return period.parts

    def _related(self, facet: Facet, value: str, here: str) -> tuple[RelatedLines, ...]:
        """What the cables of a value have besides."""
        together = self._catalogue.together(facet, value, most=_RELATED)
        return tuple(
            RelatedLines(
                title=_RELATED_TITLES[other],
                lines=tuple([count_line(other, here, one, self._lexicon) for one in values]),
            )
            for other, values in together.items()
            if values
        )

    def shared_page(self, here: str) -> tuple[Frame, ListPage]:
        """The page at an address that several cables share, listing them."""
        rows = self._catalogue.shared_at(here)
        name = rows[0].name
        page = ListPage(
            kind="Reference id",
            title=name,
            meaning=f"{counted(len(rows), 'source')} of this archive hold a cable of this id.",
            explanation="",
            country=None,
            count=counted(len(rows), "cable"),
            histogram=None,
            calendar=None,
            periods=(),
            related=(),
            rows=row_lines(here, rows, self._lexicon),
            days=(),
            newest=(),
            part_of=None,
        )
        return make_frame(self._settings, here, name), page
