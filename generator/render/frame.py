"""What every page has around its own content: title, links of the frame, the Content-Security-Policy.

Nothing here changes when a cable is added, so that a new cable touches only the pages it stands on.
"""

from functools import lru_cache

from msgspec import Struct

from generator.archive.address import (
    HOME,
    PICTURES_STYLESHEET,
    READING_LIST,
    SCRIPT,
    SEARCH,
    STYLESHEET,
    Facet,
    index_address,
    kind_of_page,
    relative,
)
from generator.render.public import public_address
from generator.render.theme import logo_address
from generator.settings import Settings

# Own host only, no inline script or style.
CONTENT_SECURITY_POLICY = "default-src 'self'; form-action 'self'; base-uri 'none'"

FACET_TITLES: dict[Facet, str] = {
    "date": "Dates",
    "origin": "Origins",
    "tag": "TAGS",
    "classification": "Classifications",
}


class Link(Struct, frozen=True, kw_only=True):
    """A link as a page shows it."""

    href: str
    label: str
    title: str = ""


class Frame(Struct, frozen=True, kw_only=True):
    """What `base.html` receives as `frame`."""

    policy: str
    language: str
    archive: str  # the archive's title
    title: str  # of the page, for the browser's tab
    description: str  # one sentence, '' for none
    canonical: str | None  # full address, where settings know the site's
    stylesheet: str
    pictures: str  # the stylesheet of histograms, calendars and maps
    script: str
    home: str
    logo: str  # a picture beside the archive's title, '' for none
    reading_list: str
    search: str  # '' where the site cannot be searched
    sections: tuple[Link, ...]
    trail: tuple[Link, ...]  # the pages above this one, from the home page down; none above that
    here: str  # what the trail calls this page
    robots: str  # what search engines are asked: 'noindex', '' for nothing
    feed: str  # link to the feed of what the page lists, '' for none


class _Ways(Struct, frozen=True, kw_only=True):
    """The links of the frame, which all pages of a folder share."""

    stylesheet: str
    pictures: str
    script: str
    home: str
    logo: str
    reading_list: str
    search: str
    to_home: Link  # the same, as the first step of the trail
    sections: tuple[Link, ...]


def make_frame(
    settings: Settings,
    address: str,
    title: str,
    *,
    description: str = "",
    trail: tuple[Link, ...] = (),
    here: str = "",
    noindex: bool = False,
    feed: str = "",
) -> Frame:
    """The frame of a page at an address.

    `trail` are the pages between the home page and this one, which it calls `here`, else as its title does.
    """
    ways = _ways(address.rpartition("/")[0], logo_address(settings))
    return Frame(
        policy=CONTENT_SECURITY_POLICY,
        language=settings.language,
        archive=settings.title,
        title=title if address == HOME else f"{title} · {settings.title}",
        description=description,
        canonical=public_address(settings, address) or None,
        stylesheet=ways.stylesheet,
        pictures=ways.pictures,
        script=ways.script,
        home=ways.home,
        logo=ways.logo,
        reading_list=ways.reading_list,
        search=ways.search if settings.search.enabled else "",
        sections=ways.sections,
        trail=(ways.to_home, *trail) if address != HOME else (),
        here=here or title,
        robots="noindex" if noindex or is_kept_from_search_engines(settings, address) else "",
        feed=feed,
    )


def is_kept_from_search_engines(settings: Settings, address: str) -> bool:
    """Whether settings say that search engines are not to list a page."""
    return bool(settings.robots.noindex) and settings.robots.hides(kind_of_page(address))


@lru_cache(maxsize=1000)
def _ways(folder: str, logo: str) -> _Ways:
    here = f"{folder}/" if folder else ""
    home = relative(here, HOME)
    return _Ways(
        stylesheet=relative(here, STYLESHEET),
        pictures=relative(here, PICTURES_STYLESHEET),
        script=relative(here, SCRIPT),
        logo=relative(here, logo) if logo else "",
        reading_list=relative(here, READING_LIST),
        search=relative(here, SEARCH),
        home=home,
        to_home=Link(href=home, label="Home"),
        sections=tuple(
            Link(href=relative(here, index_address(facet)), label=label)
            for facet, label in FACET_TITLES.items()
        ),
    )
