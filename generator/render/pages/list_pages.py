"""The pages that list cables: index pages of facets, pages of their values and periods, and shared addresses."""

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.archive.address import (
    UNDATED,
    Facet,
    facet_address,
    index_address,
    relative,
)
from generator.archive.catalogue import CableRow, Catalogue, FacetCount
from generator.archive.periods import MonthCount, PeriodCount, PeriodPage, plan_periods, plan_year
from generator.lexicon import Lexicon, guess_tag_kind
from generator.render.frame import FACET_TITLES, Frame, Link, make_frame
from generator.render.pages.cable_page import level_class
from generator.render.pictures.histogram import Histogram, make_histogram
from generator.render.words import counted, date_of_row_in_words, period_in_words
from generator.settings import Settings

_TAG_KINDS = {
    "subject": "Subjects",
    "program": "Programs",
    "geographic": "Countries and regions",
    "organization": "Organizations and names",
}


class RowLine(Struct, frozen=True, kw_only=True, gc=False):
    """A cable in a list."""

    href: str
    name: str
    subject: str
    date: str
    date_title: str
    origin: str
    origin_href: str
    classification: str
    level: str


class CountLine(Struct, frozen=True, kw_only=True):
    """A value or a period with its number of cables."""

    href: str
    label: str
    meaning: str
    count: str


class CountGroup(Struct, frozen=True, kw_only=True):
    """Values of one sort under a heading; '' for no heading."""

    title: str
    lines: tuple[CountLine, ...]


class ListPage(Struct, frozen=True, kw_only=True):
    """What `list.html` receives as `page`: a list of cables, or an overview of periods."""

    kind: str  # 'TAGS', 'Origin', ...
    title: str
    meaning: str
    count: str
    histogram: Histogram | None
    periods: tuple[CountLine, ...]
    rows: tuple[RowLine, ...]
    newest: tuple[RowLine, ...]  # on an overview, its last cables
    part_of: Link | None  # on a period, the whole


class IndexPage(Struct, frozen=True, kw_only=True):
    """What `index.html` of a facet receives as `page`."""

    title: str
    introduction: str
    groups: tuple[CountGroup, ...]
    histogram: Histogram | None


_INTRODUCTIONS: dict[Facet, str] = {
    "tag": "TAGS (Traffic Analysis by Geography and Subject) are the codes by which a drafter files a telegram.",
    "date": "Cables by the year and month in which they were sent, by Coordinated Universal Time.",
    "origin": "The posts from which cables were sent.",
    "classification": "How secret each cable was when it was sent.",
}

_KINDS: dict[Facet, str] = {
    "tag": "TAGS",
    "date": "Date",
    "origin": "Origin",
    "classification": "Classification",
}

_NEWEST = 10


class ListPages:
    """Makes frames and values of all list pages."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, settings: Settings) -> None:
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._settings = settings

    def index(self, facet: Facet) -> tuple[str, Frame, IndexPage]:
        """The index page of a facet."""
        here = index_address(facet)
        frame = make_frame(self._settings, here, FACET_TITLES[facet], description=_INTRODUCTIONS[facet])
        years = [
            MonthCount(year=int(value.value), month=None, count=value.count)
            for value in self._catalogue.values("date")
            if value.value.isdigit()
        ]
        page = IndexPage(
            title=FACET_TITLES[facet],
            introduction=_INTRODUCTIONS[facet],
            groups=tuple(self.groups(facet, here)),
            histogram=make_histogram(here, years) if facet == "date" else None,
        )
        return here, frame, page

    def groups(self, facet: Facet, here: str) -> Iterator[CountGroup]:
        """The values of a facet, TAGS by their kind and levels from the lowest up."""
        values = self._catalogue.values(facet)
        if facet == "tag":
            for kind, title in _TAG_KINDS.items():
                of_kind = [value for value in values if self._tag_kind(value.value) == kind]
                if of_kind:
                    yield CountGroup(
                        title=title, lines=tuple(self.line(facet, here, value) for value in of_kind)
                    )
        elif facet == "classification":
            order = list(self._lexicon.classifications)
            ranked = sorted(
                values, key=lambda value: order.index(value.value) if value.value in order else len(order)
            )
            yield CountGroup(title="", lines=tuple(self.line(facet, here, value) for value in ranked))
        elif values:
            yield CountGroup(title="", lines=tuple(self.line(facet, here, value) for value in values))

    def _tag_kind(self, code: str) -> str:
        known = self._lexicon.tags.get(code)
        return known.kind if known else guess_tag_kind(code)

    def line(self, facet: Facet, here: str, value: FacetCount) -> CountLine:
        """A value as an index lists it."""
        return CountLine(
            href=relative(here, facet_address(facet, value.value)),
            label=self._label(facet, value.value),
            meaning=self._meaning(facet, value.value) if facet in ("tag", "classification") else "",
            count=f"{value.count:,}",
        )

    def _label(self, facet: Facet, value: str) -> str:
        if facet == "date":
            return period_in_words(value)
        return self._lexicon.post_name(value) if facet == "origin" else value

    def _meaning(self, facet: Facet, value: str) -> str:
        """What a value stands for, in words."""
        match facet:
            case "tag":
                return self._lexicon.tag_name(value) or ""
            case "classification":
                return self._lexicon.classifications.get(value, "")
            case "origin":
                post = self._lexicon.posts.get(value)
                country = self._lexicon.tag_name(post.country) if post and post.country else None
                return country or ""
            case "date":
                return ""

    def value_pages(
        self, facet: Facet, value: str, periods: Container[str]
    ) -> Iterator[tuple[str, Frame, ListPage]]:
        """The pages of one value that are asked for: the whole, '', and its periods where it is cut."""
        months = self._catalogue.months(facet, value)
        limit = self._settings.rows_per_page
        plan = plan_year(months, limit) if facet == "date" else plan_periods(months, limit)
        for period in plan:
            if period.period in periods:
                yield self._list_page(facet, value, period, months)

    def _list_page(
        self, facet: Facet, value: str, period: PeriodPage, months: Sequence[MonthCount]
    ) -> tuple[str, Frame, ListPage]:
        here = facet_address(facet, value, period.period)
        whole = facet_address(facet, value)
        label = self._label(facet, value)
        title = label
        if period.period:
            title = period_in_words(period.period)
            title = title if facet == "date" else f"{label}, {title}"
        trail = [Link(href=relative(here, index_address(facet)), label=FACET_TITLES[facet])]
        if period.period:
            trail.append(Link(href=relative(here, whole), label=label))
        meaning = self._meaning(facet, value)
        rows = () if period.parts else self._catalogue.rows(facet, value, period.period)
        newest = (
            self._catalogue.rows(facet, value, period.parts[-1].period)[-_NEWEST:] if period.parts else ()
        )
        page = ListPage(
            kind=_KINDS[facet],
            title=title,
            meaning=meaning,
            count=counted(period.count, "cable"),
            histogram=make_histogram(here, months) if not period.period and facet != "date" else None,
            periods=tuple(
                CountLine(
                    href=relative(here, facet_address(facet, value, part.period)),
                    label=period_in_words(part.period),
                    meaning="",
                    count=f"{part.count:,}",
                )
                for part in self._parts(facet, period, months)
            ),
            rows=tuple(self.row(here, row) for row in rows),
            newest=tuple(self.row(here, row) for row in reversed(newest)),
            part_of=Link(href=relative(here, whole), label=label) if period.period else None,
        )
        description = f"{counted(period.count, 'cable')}: {title}" + (f", {meaning}" if meaning else "")
        return (
            here,
            make_frame(self._settings, here, title, description=description, trail=tuple(trail)),
            page,
        )

    def _parts(self, facet: Facet, period: PeriodPage, months: Sequence[MonthCount]) -> Sequence[PeriodCount]:
        """The periods a page leads to; a year of the date index always leads to its months."""
        if facet == "date" and not period.period:
            return [part for page in plan_year(months, 0)[:1] for part in page.parts]
        return period.parts

    def row(self, here: str, row: CableRow) -> RowLine:
        """A cable as a list on the page `here` shows it."""
        origin = _origin(here[: here.rfind("/") + 1], row.post, self._lexicon)
        return RowLine(
            href=relative(here, row.address),
            name=row.name,
            subject=row.subject,
            date=row.day or UNDATED,
            date_title=date_of_row_in_words(row.day),
            origin=origin.label,
            origin_href=origin.href,
            classification=row.classification or "",
            level=level_class(row.classification),
        )

    def shared_page(self, here: str) -> tuple[Frame, ListPage]:
        """The page at an address that several cables share, listing them."""
        rows = self._catalogue.shared_at(here)
        name = rows[0].name
        page = ListPage(
            kind="Reference id",
            title=name,
            meaning=f"{counted(len(rows), 'source')} of this archive hold a cable of this id.",
            count=counted(len(rows), "cable"),
            histogram=None,
            periods=(),
            rows=tuple(self.row(here, row) for row in rows),
            newest=(),
            part_of=None,
        )
        return make_frame(self._settings, here, name), page


# A list names the same posts again and again.
@lru_cache(maxsize=5000)
def _origin(folder: str, post: str | None, lexicon: Lexicon) -> Link:
    """The page of a post, as a page of `folder` ('', 'tag/') has it, and what it is called; '' for both without a post."""
    if not post:
        return Link(href="", label="")
    return Link(href=relative(folder, facet_address("origin", post)), label=lexicon.post_name(post))
