"""Everything a site is made of, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.archive.address import FACETS, HEALTH, HOME, NOT_FOUND, Facet
from generator.archive.catalogue import Catalogue
from generator.archive.questions import Answers
from generator.lexicon import Lexicon
from generator.release import ClearedCable
from generator.render.cable_page import make_cable_page
from generator.render.frame import Frame, make_frame
from generator.render.health_page import make_health_page
from generator.render.home_page import make_home_page
from generator.render.list_pages import ListPages
from generator.render.markup import render_markdown
from generator.render.templates import Templates
from generator.render.text_page import HOME_SOURCE, TextSource, make_text_page
from generator.render.withheld_page import make_withheld_page
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the site."""

    address: str
    text: str


class SiteRenderer:
    """Renders the pages of one archive; reads templates, writes nothing."""

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, settings: Settings, template_folders: Sequence[Path]
    ) -> None:
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._settings = settings
        self._templates = Templates(template_folders)
        self._lists = ListPages(catalogue, lexicon, settings)

    def cable(self, cable: ClearedCable) -> Page:
        """The page of a cable."""
        frame, page = make_cable_page(cable, self._catalogue, self._lexicon, self._settings)
        return self._page("cable.html", self._catalogue.row(cable.path).address, frame, page)

    def index_pages(self) -> Iterator[Page]:
        """The index page of each facet, and a page of the cables at each address that several share."""
        for facet in FACETS:
            address, frame, page = self._lists.index(facet)
            yield self._page("index.html", address, frame, page)
        for address, frame, shared in self._lists.shared_pages():
            yield self._page("list.html", address, frame, shared)

    def value_pages(self, facet: Facet, value: str) -> Iterator[Page]:
        """The pages of one value of a facet."""
        for address, frame, page in self._lists.value_pages(facet, value):
            yield self._page("list.html", address, frame, page)

    def text_pages(self, sources: Sequence[TextSource]) -> Iterator[Page]:
        """The Markdown pages; that which introduces the home page is left to `home`."""
        for source in sources:
            if source.path != HOME_SOURCE:
                frame, page = make_text_page(source, self._settings)
                yield self._page("page.html", source.address, frame, page)

    def home(self, sources: Sequence[TextSource]) -> Page:
        """The home page, introduced by content/index.md where there is one."""
        introduction = next((source for source in sources if source.path == HOME_SOURCE), None)
        frame, page = make_home_page(
            self._catalogue,
            self._lists,
            self._settings,
            introduction=render_markdown(introduction.text) if introduction else None,
            pages=[(source.address, source.title) for source in sources if source.path != HOME_SOURCE],
        )
        return self._page("home.html", HOME, frame, page)

    def health(self, answers: Answers) -> Page:
        """The page on the health of the archive."""
        frame, page = make_health_page(answers, self._catalogue, self._settings)
        return self._page("health.html", HEALTH, frame, page)

    def withheld_pages(self) -> Iterator[Page]:
        """The cards and tombstones of cables that are not published."""
        for address, withheld in self._catalogue.withheld():
            frame, page = make_withheld_page(withheld, address, self._catalogue, self._settings)
            yield self._page("withheld.html", address, frame, page)

    def not_found(self) -> Page:
        """The page for addresses that lead nowhere; it is served at any depth and stands alone."""
        frame = make_frame(self._settings, NOT_FOUND, "Page not found")
        return self._page("404.html", NOT_FOUND, frame, self._settings)

    def _page(self, template: str, address: str, frame: Frame, page: Any) -> Page:
        return Page(address=address, text=self._templates.render(template, {"frame": frame, "page": page}))
