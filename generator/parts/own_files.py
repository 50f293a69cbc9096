"""The files that a part has of its own, made of no file of the site: its home page, `robots.txt`, its sitemap, its manifest.

Each part has a sitemap of its pages. That of the portal is an index of the sitemaps of all parts; one of a part too long is cut
as those of any site are, by month and by kinds of pages.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from generator.archive.address import HOME, ROBOTS, SITEMAP, kind_of_page, sitemap_address
from generator.archive.catalogue import Catalogue
from generator.archive.layout import PORTAL, Layout
from generator.archive.sitemap import MOST_ADDRESSES
from generator.lexicon import Lexicon
from generator.parts.memory import CutMemory
from generator.parts.relink import Relinker
from generator.render.frame import is_kept_from_search_engines
from generator.render.maps import (
    make_part_robots,
    make_robots,
    mapped_addresses,
    sitemap_index_of,
    sitemap_of,
)
from generator.render.pages.part_page import PartPages
from generator.render.templates import Templates
from generator.settings import Settings

_CABLES = "cable/"
_UNDATED = "undated"


class OwnFiles:
    """Makes the files that parts have of their own."""

    def __init__(
        self,
        memory: CutMemory,
        layout: Layout,
        cables: Mapping[str, int],
        catalogue: Catalogue,
        lexicon: Lexicon,
        templates: Templates,
        settings: Settings,
        *,
        most: int = MOST_ADDRESSES,
    ) -> None:
        """`cables` are how many cables each part has, by its name; `most` is how many pages a sitemap lists."""
        self._memory = memory
        self._layout = layout
        self._cables = cables
        self._settings = settings
        self._templates = templates
        self._most = most
        parts = sorted(part for part in cables if part != PORTAL)
        self._pages = PartPages(parts, layout, catalogue, lexicon, settings)
        self._maps = {part: self._names_of_maps(part) for part in (PORTAL, *parts)}

    def addresses(self, part: str) -> Iterator[str]:
        """The addresses of those of a part; that of its manifest not among them."""
        yield ROBOTS
        if any(self._maps.values()):
            yield SITEMAP
        yield from (name for name in self._maps[part] if name != SITEMAP)
        if part != PORTAL:
            yield HOME

    def files(self, part: str, relinker: Relinker) -> Iterator[tuple[str, bytes]]:
        """The same with their bytes; `relinker` is that of the part."""
        url = self._layout.url_of(part)
        robots = make_part_robots(self._settings, url) if part else make_robots(self._settings)
        yield ROBOTS, robots.encode()
        for address, text in self._sitemaps(part):
            yield address, text.encode()
        if part != PORTAL:
            frame, page = self._pages.part(part, self._cables[part])
            text = self._templates.render("part.html", {"frame": frame, "page": page})
            yield HOME, relinker.relinked(text.encode("utf-8", "replace"), HOME)

    def _sitemaps(self, part: str) -> Iterator[tuple[str, str]]:
        names = self._maps[part]
        if part == PORTAL and any(self._maps.values()):
            yield SITEMAP, sitemap_index_of(self._all_maps())
        elif names and names[0] != SITEMAP:
            yield SITEMAP, sitemap_index_of(f"{self._layout.url_of(part)}{name}" for name in names)
        elif names:
            yield SITEMAP, sitemap_of(self._urls(part, self._memory.mapped(part)))
            return
        for map_, count in self._memory.maps(part).items():
            addresses = self._memory.mapped(part, map_)
            for name in self._cut(map_, count):
                yield name, sitemap_of(self._urls(part, islice(addresses, self._most)))

    def _urls(self, part: str, addresses: Iterator[str]) -> Iterator[str]:
        """The full addresses of pages; in a part its own home page stands for that of the whole."""
        for address in addresses:
            yield self._layout.url_of(part) if address == HOME else self._layout.public(address)

    def _all_maps(self) -> Iterator[str]:
        for part, names in self._maps.items():
            for name in names:
                yield f"{self._layout.url_of(part)}{name}"

    def _names_of_maps(self, part: str) -> Sequence[str]:
        """The addresses of the sitemaps of a part that list pages; none where none is to be listed."""
        maps = self._memory.maps(part)
        if part != PORTAL and 0 < sum(maps.values()) <= self._most:
            return [SITEMAP]
        return [name for map_, count in maps.items() for name in self._cut(map_, count)]

    def _cut(self, map_: str, count: int) -> Iterator[str]:
        for number in range(1, max(1, -(-count // self._most)) + 1):
            yield sitemap_address(map_ if number == 1 else f"{map_}-{number}")


def put_on_maps(
    memory: CutMemory, layout: Layout, catalogue: Catalogue, parts: Iterable[str], settings: Settings
) -> None:
    """Note which pages search engines are told of, part by part; the home pages of parts are among them."""
    memory.put_on_maps(
        (layout.part_of(address), _map_of(address), address)
        for address in mapped_addresses(catalogue, settings)
    )
    if not settings.robots.is_all and not is_kept_from_search_engines(settings, HOME):
        memory.put_on_maps((part, _map_of(HOME), HOME) for part in parts if part != PORTAL)


def _map_of(address: str) -> str:
    """The sitemap in which a page is listed: '2008-11', 'undated', 'tag', 'page'."""
    if address.startswith(_CABLES):
        _, year, *rest = address.split("/")
        return f"{year}-{rest[0]}" if year.isdigit() and len(rest) > 1 else _UNDATED
    return kind_of_page(address) if "/" in address else "page"
