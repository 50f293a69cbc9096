"""The home page: what the archive is, how much of it there is, and the ways into it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import (
    COUNTRIES,
    DATA,
    DAYS,
    FEED,
    FEEDS,
    GLOSSARY,
    HEALTH,
    HOME,
    MAP,
    STATISTICS,
    THREADS,
    facet_address,
    index_address,
    relative,
)
from generator.archive.catalogue import Catalogue, FacetCount, by_count
from generator.archive.whole_threads import most_cited
from generator.lexicon import Lexicon
from generator.render.feeds import has_feeds
from generator.render.frame import FACET_TITLES, Frame, Link, make_frame
from generator.render.pages.country_page import TITLE as COUNTRIES_TITLE
from generator.render.pages.data_page import TITLE as DATA_TITLE
from generator.render.pages.day_page import TITLE as ON_THIS_DAY
from generator.render.pages.feeds_page import TITLE as FEEDS_TITLE
from generator.render.pages.glossary_page import TITLE as GLOSSARY_TITLE
from generator.render.pages.health_page import TITLE as HEALTH_TITLE
from generator.render.pages.index_page import BY_COUNT, by_level
from generator.render.pages.rows import RowLine, row_lines
from generator.render.pages.statistics_page import TITLE as STATISTICS_TITLE
from generator.render.pages.thread_page import TITLE as THREADS_TITLE
from generator.render.pages.values import CountLine, count_line
from generator.render.pictures.histogram import Histogram, lead_to_dates, make_histogram
from generator.render.words import counted, date_in_words
from generator.settings import Settings

_NEWEST = 8
_MOST_CITED = 8
_MOST_USED = 18


class HomePage(Struct, frozen=True, kw_only=True):
    """What `home.html` receives as `page`."""

    title: str
    description: str
    introduction: Markup | None  # of content/index.md
    count: str  # '80 cables'
    span: str  # 'from 28 October 1966 to 30 September 2009', '' without dates
    ways: tuple[Link, ...]  # into the archive; their titles say where they lead
    histogram: Histogram | None
    tags: tuple[CountLine, ...]  # the most used
    tags_href: str
    origins: tuple[CountLine, ...]
    origins_href: str
    classifications: tuple[CountLine, ...]
    newest: tuple[RowLine, ...]
    most_cited: tuple[CountLine, ...]  # their ids and subjects
    pages: tuple[Link, ...]  # Markdown pages
    health: Link
    feeds: Link | None  # None where the site has none


def make_home_page(
    catalogue: Catalogue,
    lexicon: Lexicon,
    settings: Settings,
    *,
    introduction: Markup | None,
    pages: Sequence[tuple[str, str]],
) -> HomePage:
    """The value of the home page; `pages` are address and title of the Markdown pages."""
    span = catalogue.span
    first, last = (date_in_words(moment, "day") for moment in span) if span else ("", "")
    tags, origins = catalogue.values("tag"), catalogue.values("origin")
    levels = by_level(catalogue.values("classification"), lexicon)
    return HomePage(
        title=settings.title,
        description=settings.description,
        introduction=introduction,
        count=counted(catalogue.total, "cable"),
        span=f"from {first} to {last}" if span else "",
        ways=tuple(_ways(catalogue, len(tags), len(origins), settings)),
        histogram=make_histogram(catalogue.months_of_all(), lead_to_dates(HOME)),
        tags=tuple(count_line("tag", HOME, value, lexicon) for value in by_count(tags)[:_MOST_USED]),
        tags_href=relative(HOME, index_address("tag", BY_COUNT)),
        origins=tuple(count_line("origin", HOME, value, lexicon) for value in by_count(origins)[:_MOST_USED]),
        origins_href=relative(HOME, index_address("origin", BY_COUNT)),
        classifications=tuple(count_line("classification", HOME, value, lexicon) for value in levels),
        newest=row_lines(HOME, catalogue.newest(_NEWEST), lexicon),
        most_cited=tuple(_most_cited(catalogue, lexicon)),
        pages=tuple(Link(href=relative(HOME, address), label=title) for address, title in pages),
        health=Link(href=relative(HOME, HEALTH), label=HEALTH_TITLE),
        feeds=Link(href=relative(HOME, FEEDS), label=FEEDS_TITLE) if has_feeds(settings) else None,
    )


def make_home_frame(settings: Settings, *, noindex: bool) -> Frame:
    """The frame of the home page."""
    return make_frame(
        settings,
        HOME,
        settings.title,
        description=settings.description,
        noindex=noindex,
        feed=relative(HOME, FEED) if has_feeds(settings) else "",
    )


def _ways(catalogue: Catalogue, tags: int, origins: int, settings: Settings) -> Iterator[Link]:
    """The ways into the archive; those that lead to what it has none of are left out."""
    years: list[FacetCount] = [value for value in catalogue.values("date") if value.value.isdigit()]
    if years:
        newest = years[-1].value
        yield Link(
            href=relative(HOME, index_address("date")),
            label=FACET_TITLES["date"],
            title=f"{counted(len(years), 'year')}, each with its months and days",
        )
        yield Link(
            href=relative(HOME, facet_address("date", newest)),
            label="Calendar",
            title=f"{newest}, the last year, day by day",
        )
        yield Link(
            href=relative(HOME, DAYS),
            label=ON_THIS_DAY,
            title="what was sent on one day of any year",
        )
    if origins:
        yield Link(
            href=relative(HOME, index_address("origin")),
            label=FACET_TITLES["origin"],
            title=f"{counted(origins, 'post')} that sent cables",
        )
        yield Link(
            href=relative(HOME, COUNTRIES),
            label=COUNTRIES_TITLE,
            title="their posts, and what is about them",
        )
        yield Link(href=relative(HOME, MAP), label="Map", title="where the posts are")
    if tags:
        yield Link(
            href=relative(HOME, index_address("tag")),
            label=FACET_TITLES["tag"],
            title=f"{counted(tags, 'code')} for subjects, countries and organizations",
        )
    if catalogue.total:
        yield Link(
            href=relative(HOME, index_address("classification")),
            label=FACET_TITLES["classification"],
            title="how secret the cables were",
        )
        yield Link(
            href=relative(HOME, THREADS), label=THREADS_TITLE, title="cables that many others refer to"
        )
        yield Link(href=relative(HOME, GLOSSARY), label=GLOSSARY_TITLE, title="what the words and codes mean")
        yield Link(
            href=relative(HOME, STATISTICS),
            label=STATISTICS_TITLE,
            title="when, by whom and to whom, in pictures",
        )
        if settings.data.is_any:
            yield Link(href=relative(HOME, DATA), label=DATA_TITLE, title="all of it, to take away")


def _most_cited(catalogue: Catalogue, lexicon: Lexicon) -> Iterator[CountLine]:
    """The cables that most others cite; of several that share an id, the first."""
    cited = most_cited(catalogue.db, lexicon, fewest=1)[:_MOST_CITED]
    around = catalogue.around((), [id_ for id_, _ in cited])
    for id_, count in cited:
        row = around.find(id_)[0]
        yield CountLine(
            href=relative(HOME, around.link_for(id_) or row.address),
            label=row.name,
            meaning=row.subject,
            count=f"cited by {count:,}",
        )
