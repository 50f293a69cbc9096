"""What the site tells machines of itself: the sitemap, `robots.txt`, and for people who look there `humans.txt`."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from generator.archive.address import FEEDS, SITEMAP
from generator.archive.catalogue import Catalogue
from generator.archive.sitemap import MOST_ADDRESSES, Hidden, SitemapPart, addresses_of, plan_sitemap
from generator.render.feeds import has_feeds
from generator.render.frame import is_kept_from_search_engines
from generator.render.public import public_address
from generator.render.xml import DECLARATION, xml_text
from generator.settings import Settings

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PIECES = "search/"  # of the search index, which are of no use to anyone but its scripts


def sitemap_parts(catalogue: Catalogue, settings: Settings) -> list[SitemapPart]:
    """The files of the sitemap that list pages; none where nothing is to be listed."""
    if settings.site_url is None or settings.robots.is_all:
        return []
    return plan_sitemap(catalogue.db, _hidden_by(settings), MOST_ADDRESSES)


def sitemap_of(urls: Iterable[str]) -> str:
    """A sitemap of some full addresses."""
    return _document("urlset", (f"<url><loc>{xml_text(url)}</loc></url>\n" for url in urls))


def sitemap_index_of(urls: Iterable[str]) -> str:
    """An index of sitemaps at some full addresses."""
    return _document("sitemapindex", (f"<sitemap><loc>{xml_text(url)}</loc></sitemap>\n" for url in urls))


def make_sitemap(part: SitemapPart, catalogue: Catalogue, settings: Settings) -> str:
    """A file of the sitemap that lists pages."""
    pages = addresses_of(catalogue.db, part, _hidden_by(settings))
    return sitemap_of(public_address(settings, page) for page in pages)


def make_sitemap_index(catalogue: Catalogue, settings: Settings) -> str:
    """The sitemap of a site of many pages, which lists its parts."""
    parts = catalogue.db.execute(
        "SELECT address FROM page WHERE kind = 'sitemap' AND address != ? ORDER BY address", (SITEMAP,)
    )
    return sitemap_index_of(public_address(settings, part) for (part,) in parts)


def mapped_addresses(catalogue: Catalogue, settings: Settings) -> Iterator[str]:
    """The addresses of all pages that search engines are told of."""
    if settings.robots.is_all:
        return iter(())
    return addresses_of(catalogue.db, SitemapPart(name=""), _hidden_by(settings))


def _hidden_by(settings: Settings) -> Hidden:
    return lambda address: is_kept_from_search_engines(settings, address)


def _document(name: str, lines: Iterator[str]) -> str:
    return f'{DECLARATION}<{name} xmlns="{_NAMESPACE}">\n{"".join(lines)}</{name}>\n'


def make_robots(settings: Settings) -> str:
    """`robots.txt`.

    It forbids no page, not even one that search engines are not to list: they are told so on the page, which they must be let
    in to read; and one that they may not read they may still list, by what others say of it.
    """
    path = urlsplit(settings.site_url).path if settings.site_url else "/"
    lines = ["User-agent: *", f"Disallow: {path}{_PIECES}" if settings.search.enabled else "Disallow:"]
    if settings.site_url and not settings.robots.is_all:
        lines += ["", f"Sitemap: {settings.site_url}{SITEMAP}"]
    return "\n".join(lines) + "\n"


def make_part_robots(settings: Settings, url: str) -> str:
    """`robots.txt` of a part of a split archive, which is served at a full address; the index is the portal's."""
    lines = ["User-agent: *", "Disallow:"]
    if not settings.robots.is_all:
        lines += ["", f"Sitemap: {url}{SITEMAP}"]
    return "\n".join(lines) + "\n"


def make_humans(settings: Settings) -> str:
    """`humans.txt`: who publishes, in a few lines for people."""
    lines = ["/* SITE */", f"Name: {settings.title}"]
    if settings.description:
        lines.append(f"About: {settings.description}")
    if settings.site_url:
        lines.append(f"Address: {settings.site_url}")
        if has_feeds(settings):
            lines.append(f"Feeds: {settings.site_url}{FEEDS}")
    lines += [f"Language: {settings.language}", "Made with: cablepress"]
    return "\n".join(lines) + "\n"
