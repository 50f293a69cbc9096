"""The home page: what the archive is, how much of it there is, and the ways into it."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import GLOSSARY, HEALTH, HOME, index_address, relative
from generator.archive.catalogue import Catalogue
from generator.archive.periods import MonthCount
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages import glossary_page, health_page
from generator.render.pages.list_pages import CountLine, ListPages, RowLine
from generator.render.pictures.histogram import Histogram, make_histogram
from generator.render.words import counted, date_in_words
from generator.settings import Settings

_NEWEST = 8
_MOST_USED = 18


class HomePage(Struct, frozen=True, kw_only=True):
    """What `home.html` receives as `page`."""

    title: str
    description: str
    introduction: Markup | None  # of content/index.md
    count: str  # '80 cables'
    span: str  # 'from 28 October 1966 to 30 September 2009', '' without dates
    histogram: Histogram | None
    tags: tuple[CountLine, ...]  # the most used
    tags_href: str
    origins: tuple[CountLine, ...]
    origins_href: str
    classifications: tuple[CountLine, ...]
    newest: tuple[RowLine, ...]
    pages: tuple[Link, ...]  # Markdown pages
    glossary: Link
    health: Link


def make_home_page(
    catalogue: Catalogue,
    lists: ListPages,
    settings: Settings,
    *,
    introduction: Markup | None,
    pages: Sequence[tuple[str, str]],
) -> tuple[Frame, HomePage]:
    """Frame and value of the home page; `pages` are address and title of the Markdown pages."""
    span = catalogue.span
    years = [
        MonthCount(year=int(value.value), month=None, count=value.count)
        for value in catalogue.values("date")
        if value.value.isdigit()
    ]
    first, last = (date_in_words(moment, "day") for moment in span) if span else ("", "")
    tags = sorted(catalogue.values("tag"), key=lambda value: (-value.count, value.value))[:_MOST_USED]
    origins = sorted(catalogue.values("origin"), key=lambda value: (-value.count, value.value))[:_MOST_USED]
    page = HomePage(
        title=settings.title,
        description=settings.description,
        introduction=introduction,
        count=counted(catalogue.total, "cable"),
        span=f"from {first} to {last}" if span else "",
        histogram=make_histogram(HOME, years),
        tags=tuple(lists.line("tag", HOME, value) for value in tags),
        tags_href=relative(HOME, index_address("tag")),
        origins=tuple(lists.line("origin", HOME, value) for value in origins),
        origins_href=relative(HOME, index_address("origin")),
        classifications=tuple(line for group in lists.groups("classification", HOME) for line in group.lines),
        newest=tuple(lists.row(HOME, row) for row in catalogue.newest(_NEWEST)),
        pages=tuple(Link(href=relative(HOME, address), label=title) for address, title in pages),
        glossary=Link(href=relative(HOME, GLOSSARY), label=glossary_page.TITLE),
        health=Link(href=relative(HOME, HEALTH), label=health_page.TITLE),
    )
    return make_frame(settings, HOME, settings.title, description=settings.description), page
