"""Everything a site is made of, page by page."""

from collections.abc import Container, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import (
    COLLECTIONS,
    COUNTRIES,
    COUNTRIES_BY_COUNT,
    DATA,
    DAYS,
    FEEDS,
    GLOSSARY,
    HEALTH,
    HOME,
    MAP,
    NOT_FOUND,
    READING_LIST,
    SEARCH,
    SEARCH_HELP,
    STATISTICS,
    THREADS,
    Facet,
    country_address,
    day_address,
    feed_address,
    relative,
    thread_address,
)
from generator.archive.asks import Listed
from generator.archive.catalogue import Catalogue
from generator.archive.feeds import feed_list, feed_rows_of
from generator.archive.glossary import word_uses
from generator.archive.moves import divide, find_moves
from generator.archive.questions import Questions
from generator.archive.sitemap import SitemapPart
from generator.archive.statistics import ask_statistics
from generator.archive.surroundings import Surroundings
from generator.archive.words import vocabulary_of
from generator.data.files import DataFile
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable, Withheld
from generator.render.feeds import has_feeds, make_feed, make_list_feed
from generator.render.frame import Frame, Link, is_kept_from_search_engines, make_frame
from generator.render.hosts import make_headers, make_redirects
from generator.render.maps import make_humans, make_robots, make_sitemap, make_sitemap_index
from generator.render.pages.cable_page import make_cable_page
from generator.render.pages.collection_page import TITLE as COLLECTIONS_TITLE
from generator.render.pages.collection_page import cables_of, make_collection_page, make_collections_page
from generator.render.pages.country_page import CountryPages
from generator.render.pages.data_page import make_data_page
from generator.render.pages.day_page import make_day_page, make_days_page
from generator.render.pages.feeds_page import make_feeds_page
from generator.render.pages.glossary_page import EXAMPLES as USES_NAMED
from generator.render.pages.glossary_page import make_glossary_page
from generator.render.pages.health_page import EXAMPLES, MOST, make_health_page
from generator.render.pages.home_page import make_home_frame, make_home_page
from generator.render.pages.index_page import make_index_page
from generator.render.pages.list_pages import ListPages
from generator.render.pages.live_block import LiveBlock, PageApparatus, ReadCable
from generator.render.pages.map_page import make_map_page
from generator.render.pages.not_found_page import make_not_found_page
from generator.render.pages.redirect_page import make_redirect_page
from generator.render.pages.search_help_page import make_search_help
from generator.render.pages.search_page import make_search_page
from generator.render.pages.statistics_page import LONGEST, POSTS, TAGS, make_statistics_page
from generator.render.pages.text_page import (
    TextSource,
    is_fed_by,
    make_text_frame,
    make_text_page,
    render_text,
)
from generator.render.pages.thread_page import make_thread_page, make_threads_page
from generator.render.pages.withheld_page import make_withheld_page
from generator.render.templates import Templates
from generator.render.text.markup import from_template
from generator.settings import Settings


class Page(Struct, frozen=True, kw_only=True):
    """One page of the site."""

    address: str
    text: str


class SiteRenderer:
    """Renders the pages of one archive; reads templates, writes nothing."""

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, settings: Settings, templates: Templates
    ) -> None:
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._settings = settings
        self._templates = templates
        self._lists = ListPages(catalogue, lexicon, settings)
        self._countries = CountryPages(catalogue, lexicon, settings)

    def cable(self, cable: ClearedCable, around: Surroundings) -> Page:
        """The page of a cable; `around` holds what stands around it."""
        frame, page = make_cable_page(cable, around, self._lexicon, self._settings)
        return self._page("cable.html", around.row(cable.path).address, frame, page)

    def index_page(self, facet: Facet, order: str) -> Page:
        """The index page of a facet; in the order of names, '', or another."""
        address, frame, page = make_index_page(facet, order, self._catalogue, self._lexicon, self._settings)
        return self._page("index.html", address, frame, page)

    def day_page(self, day: str) -> Page:
        """The page of a day of any year, '11-03'."""
        frame, page = make_day_page(day, self._catalogue, self._lexicon, self._settings)
        return self._page("day.html", day_address(day), frame, page)

    def days_page(self) -> Page:
        """The index of the days of any year."""
        frame, page = make_days_page(self._catalogue, self._settings)
        return self._page("days.html", DAYS, frame, page)

    def thread_page(self, id_: str) -> Page:
        """The page of a thread."""
        frame, page = make_thread_page(id_, self._catalogue, self._lexicon, self._settings)
        return self._page("thread.html", thread_address(id_), frame, page)

    def threads_page(self) -> Page:
        """The page that lists the threads."""
        frame, page = make_threads_page(self._catalogue, self._lexicon, self._settings)
        return self._page("threads.html", THREADS, frame, page)

    def shared_page(self, address: str) -> Page:
        """The page of the cables at an address that several share."""
        frame, page = self._lists.shared_page(address)
        return self._page("list.html", address, frame, page)

    def value_pages(self, facet: Facet, value: str, periods: Container[str]) -> Iterator[Page]:
        """The pages of one value of a facet, those of some periods; '' is the whole."""
        for address, frame, page in self._lists.value_pages(facet, value, periods):
            yield self._page("list.html", address, frame, page)

    def country(self, code: str) -> Page:
        """The page of a country."""
        frame, page = self._countries.country(code)
        return self._page("country.html", country_address(code), frame, page)

    def countries(self) -> Page:
        """The list of all countries by name."""
        frame, page = self._countries.index("name")
        return self._page("countries.html", COUNTRIES, frame, page)

    def countries_by_count(self) -> Page:
        """The same by number of cables."""
        frame, page = self._countries.index("count")
        return self._page("countries.html", COUNTRIES_BY_COUNT, frame, page)

    def map(self) -> Page:
        """The map of posts."""
        frame, page = make_map_page(self._catalogue, self._lexicon, self._settings)
        return self._page("map.html", MAP, frame, page)

    def text_page(self, source: TextSource, read_cable: ReadCable) -> Page:
        """A Markdown page; `read_cable` reads the cables that it quotes."""
        frame = make_text_frame(source, self._settings)
        page = make_text_page(source, self.apparatus(source.address, frame, read_cable))
        return self._page("page.html", source.address, frame, page)

    def collection(self, source: TextSource, read_cable: ReadCable) -> Page:
        """A Markdown page that lists cables."""
        trail = (Link(href=relative(source.address, COLLECTIONS), label=COLLECTIONS_TITLE),)
        is_hidden = source.noindex or is_kept_from_search_engines(self._settings, source.address)
        is_fed = is_fed_by(source) and has_feeds(self._settings) and not is_hidden
        frame = make_frame(
            self._settings,
            source.address,
            source.title,
            description=source.description,
            trail=trail,
            noindex=source.noindex,
            feed=relative(source.address, feed_address(source.address)) if is_fed else "",
        )
        page = make_collection_page(
            source,
            self.apparatus(source.address, frame, read_cable),
            self._catalogue,
            self._lexicon,
        )
        return self._page("collection.html", source.address, frame, page)

    def collections(self, collections: Sequence[tuple[str, str, Listed]]) -> Page:
        """The page that lists collections; of each its address, its title and what it lists."""
        frame, page = make_collections_page(collections, self._catalogue, self._lexicon, self._settings)
        return self._page("collections.html", COLLECTIONS, frame, page)

    def apparatus(self, here: str, frame: Frame, read_cable: ReadCable) -> PageApparatus:
        """What the archive says to a Markdown text on the page at an address."""

        def render(block: LiveBlock) -> Markup:
            return from_template(self._templates.render("live.html", {"frame": frame, "page": block}))

        return PageApparatus(
            here,
            self._catalogue,
            self._lexicon,
            render=render,
            read_cable=read_cable,
            is_searched=self._settings.search.enabled,
        )

    def home(
        self,
        introduction: TextSource | None,
        pages: Sequence[tuple[str, str]],
        read_cable: ReadCable,
    ) -> Page:
        """The home page, introduced by content/index.md where there is one; `pages` are address and title of others."""
        noindex = introduction is not None and introduction.noindex
        frame = make_home_frame(self._settings, noindex=noindex)
        apparatus = self.apparatus(HOME, frame, read_cable)
        page = make_home_page(
            self._catalogue,
            self._lexicon,
            self._settings,
            introduction=render_text(introduction, apparatus) if introduction else None,
            pages=pages,
        )
        return self._page("home.html", HOME, frame, page)

    def health(self) -> Page:
        """The page on the health of the archive."""
        answers = Questions(self._catalogue).answers(self._lexicon.tags, most=MOST, examples=EXAMPLES)
        frame, page = make_health_page(answers, self._catalogue, self._settings)
        return self._page("health.html", HEALTH, frame, page)

    def glossary(self) -> Page:
        """The glossary of the archive."""
        uses = word_uses(self._catalogue, examples=USES_NAMED)
        frame, page = make_glossary_page(uses, self._catalogue, vocabulary_of(self._lexicon), self._settings)
        return self._page("glossary.html", GLOSSARY, frame, page)

    def statistics(self) -> Page:
        """The page of statistics."""
        found = ask_statistics(self._catalogue, posts=POSTS, tags=TAGS, longest=LONGEST)
        frame, page = make_statistics_page(found, self._lexicon, self._settings)
        return self._page("statistics.html", STATISTICS, frame, page)

    def withheld_page(self, address: str, withheld: Withheld) -> Page:
        """The card or tombstone of a cable that is not published."""
        frame, page = make_withheld_page(withheld, address, self._catalogue, self._settings)
        return self._page("withheld.html", address, frame, page)

    def reading_list(self) -> Page:
        """The page of the cables that a reader keeps, which the browser fills."""
        frame = make_frame(self._settings, READING_LIST, "Reading list")
        return self._page("reading-list.html", READING_LIST, frame, self._settings)

    def search_page(self) -> Page:
        """The page that searches, which the browser fills."""
        frame, page = make_search_page(self._settings)
        return self._page("search.html", SEARCH, frame, page)

    def search_help(self) -> Page:
        """The page that says how to search."""
        frame, page = make_search_help(self._catalogue, self._lexicon, self._settings)
        return self._page("search-help.html", SEARCH_HELP, frame, page)

    def data_page(self, files: Sequence[DataFile]) -> Page:
        """The page of the data files."""
        frame, page = make_data_page(files, self._settings)
        return self._page("data.html", DATA, frame, page)

    def not_found(self) -> Page:
        """The page for addresses that lead nowhere; it is served at any depth and stands alone."""
        frame, page = make_not_found_page(self._settings)
        return self._page("404.html", NOT_FOUND, frame, page)

    def feeds_page(self, *, has_collections: bool) -> Page:
        """The page that says what feeds are."""
        frame, page = make_feeds_page(self._settings, has_collections=has_collections)
        return self._page("feeds.html", FEEDS, frame, page)

    def redirect(self, address: str, target: str, name: str) -> Page:
        """The page at an address that something had once."""
        frame, page = make_redirect_page(address, target, name, self._settings)
        return self._page("redirect.html", address, frame, page)

    def feed(self, key: str) -> str:
        """The feed of a list, by the key that it has among feeds."""
        return make_list_feed(feed_list(key), self._catalogue, self._lexicon, self._settings)

    def collection_feed(self, page: str, title: str, listed: Listed) -> str:
        """The feed of a collection, by the address of its page."""
        paths = [row.path for row in cables_of(listed, self._catalogue, self._lexicon)]
        rows = feed_rows_of(self._catalogue.db, paths, self._settings.feeds.entries)
        name = f"{title} · {self._settings.title}"
        return make_feed(name, feed_address(page), page, rows, self._lexicon, self._settings)

    def sitemap(self, part: SitemapPart | None) -> str:
        """A part of the sitemap; without one, the index of its parts."""
        if part is None:
            return make_sitemap_index(self._catalogue, self._settings)
        return make_sitemap(part, self._catalogue, self._settings)

    def robots(self) -> str:
        """`robots.txt`."""
        return make_robots(self._settings)

    def humans(self) -> str:
        """`humans.txt`."""
        return make_humans(self._settings)

    def headers(self) -> str:
        """`_headers`."""
        return make_headers(self._settings)

    def redirects(self) -> str:
        """`_redirects`."""
        moves = find_moves(self._catalogue.db, other_names=self._settings.redirects.other_names)
        return make_redirects(divide(self._catalogue.db, moves)[0])

    def _page(self, template: str, address: str, frame: Frame, page: Any) -> Page:
        return Page(address=address, text=self._templates.render(template, {"frame": frame, "page": page}))
