"""The rendering stage: a batch of cables or of other pages in, files of the site out.

    cleared cables (of the spool, or read once more), catalogue -> pages -> site/

Workers write the files themselves; what comes back is their names, sizes and digests.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import msgspec

from generator.archive.address import COLLECTIONS, COUNTRIES, FACETS, HOME_SOURCE, Facet
from generator.archive.asks import Listed
from generator.archive.pages import PlannedPage
from generator.archive.text_pages import TextPages
from generator.build.job import Desk, Job, desk_of
from generator.build.parcel import receive, send
from generator.build.plan_feeds import sitemap_part
from generator.build.quoting import QuotedCables
from generator.build.reading import Reader
from generator.build.sources import SOURCES, to_source
from generator.build.tasks import ReadTask, SectionsTask
from generator.build.writing import Writer
from generator.build.written import page_of
from generator.intake.find import SourceFile
from generator.intake.read import PageSource, read_source
from generator.release.cleared import ClearedCable, Withheld, decode_cleared
from generator.render.pages.collection_page import TITLE as COLLECTIONS_TITLE
from generator.render.pages.text_page import TextSource
from generator.render.theme import themed_assets

# GitHub Pages runs Jekyll, which drops names with '_', unless this file is there.
MARKER = ".nojekyll"


class Written(msgspec.Struct, array_like=True):
    """A file that the site has now."""

    key: int | str  # number of the cable, or address of another page
    address: str
    size: int  # bytes
    is_new: bool  # it was not there, or held other bytes
    sha256: bytes


def write_file(writer: Writer, key: int | str, address: str, data: bytes) -> Written:
    """Write a file of the site, and say what it is now."""
    return Written(key, address, len(data), writer.write(address, data), hashlib.sha256(data).digest())


def render_spooled(job: Job, name: str) -> bytes | str:
    """Render those cables of a spool file whose pages are due. The file stays: a cluster may do work twice."""
    if job.spool is None:
        raise ValueError("a job without a spool renders nothing")
    return _sent(job, _render(desk_of(job), decode_cleared((job.spool / name).read_bytes())))


def render_again(job: Job, tasks: Sequence[ReadTask | SectionsTask]) -> bytes | str:
    """Read some units once more, and render those of their cables whose pages are due."""
    desk = desk_of(job)
    reader = Reader(desk)
    reader.again(tasks)
    return _sent(job, _render(desk, reader.cables))


def _render(desk: Desk, cables: Sequence[ClearedCable]) -> list[Written]:
    due = _due(desk, [cable.path for cable in cables])
    around = desk.catalogue.around(list(due))
    writer = Writer(desk.job.site)
    written: list[Written] = []
    for cable in cables:
        number = due.get(cable.path)
        if number is None:
            continue
        page = desk.renderer.cable(cable, around)
        written.append(write_file(writer, number, page.address, _encoded(page.text)))
    return written


def _due(desk: Desk, paths: Sequence[str]) -> dict[str, int]:
    """The numbers of those cables whose pages are due, by path."""
    return dict(
        desk.catalogue.db.execute(
            "SELECT path, number FROM cable WHERE size IS NULL AND path IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(list(paths)).decode(),),
        ).fetchall()
    )


def render_pages(job: Job, pages: Sequence[PlannedPage]) -> bytes | str:
    """Render some pages that are no cable's."""
    desk = desk_of(job)
    writer = Writer(job.site)
    written = [
        write_file(writer, address, address, data) for address, data in _PageMaker(desk, pages).files()
    ]
    return _sent(job, written)


def _sent(job: Job, written: list[Written]) -> bytes | str:
    return send(msgspec.msgpack.encode(written), job.spool)


def decode_written(job: Job, sent: bytes | str) -> list[Written]:
    """What the functions above gave."""
    return _DECODER.decode(receive(sent, job.spool))


_DECODER = msgspec.msgpack.Decoder(list[Written])


class _PageMaker:
    """Makes pages of every kind; what several of a batch need is made once."""

    def __init__(self, desk: Desk, pages: Sequence[PlannedPage]) -> None:
        self._desk = desk
        self._job = desk.job
        self._renderer = desk.renderer
        self._pages = pages
        self._quoted = QuotedCables(desk)

    def files(self) -> Iterator[tuple[str, bytes]]:
        lists: dict[tuple[Facet, str], set[str]] = {}
        assets = {page.address for page in self._pages if page.kind == "asset"}
        for page in self._pages:
            if page.kind in FACETS:
                lists.setdefault((page.kind, page.key), set()).add(page.part)
            elif page.kind == "file":
                data = self._bytes(page.key)
                if data is not None:
                    yield page.address, data
            elif page.kind == "marker":
                yield page.address, b""
            elif page.kind != "asset":
                text = self._text(page)
                if text is not None:
                    yield page.address, _encoded(text)
        for (facet, value), parts in lists.items():
            for made in self._renderer.value_pages(facet, value, parts):
                yield made.address, _encoded(made.text)
        if assets:
            yield from (
                (address, data)
                for address, data in themed_assets(self._job.templates, self._job.settings.theme)
                if address in assets
            )

    def _text(self, page: PlannedPage) -> str | None:
        renderer = self._renderer
        match page.kind:
            case "home":
                introduction = self._text_source(HOME_SOURCE, page.address)
                return renderer.home(introduction, self._listed(), self._quoted.read).text
            case "health":
                return renderer.health().text
            case "reading-list":
                return renderer.reading_list().text
            case "glossary":
                return renderer.glossary().text
            case "statistics":
                return renderer.statistics().text
            case "search-page":
                return renderer.search_page().text
            case "search-help":
                return renderer.search_help().text
            case "404":
                return renderer.not_found().text
            case "index":
                return renderer.index_page(_facet(page.key), page.part).text
            case "country":
                return renderer.country(page.key).text
            case "countries":
                by_name = page.address == COUNTRIES
                return (renderer.countries() if by_name else renderer.countries_by_count()).text
            case "map":
                return renderer.map().text
            case "day":
                return renderer.day_page(page.key).text
            case "days":
                return renderer.days_page().text
            case "thread":
                return renderer.thread_page(page.key).text
            case "threads":
                return renderer.threads_page().text
            case "shared":
                return renderer.shared_page(page.address).text
            case "card":
                card = msgspec.json.decode(page.digest or b"", type=Withheld)
                return renderer.withheld_page(page.address, card).text
            case "feed":
                return self._feed(page)
            case "feeds":
                return renderer.feeds_page(has_collections=bool(page.key)).text
            case "sitemap":
                return renderer.sitemap(sitemap_part(page))
            case "robots":
                return renderer.robots()
            case "humans":
                return renderer.humans()
            case "headers":
                return renderer.headers()
            case "redirects":
                return renderer.redirects()
            case "redirect":
                return renderer.redirect(page.address, page.key, page.part).text
            case "text":
                source = self._text_source(page.key, page.address)
                return renderer.text_page(source, self._quoted.read).text if source else None
            case "collection":
                source = self._text_source(page.key, page.address)
                return renderer.collection(source, self._quoted.read).text if source else None
            case "collections":
                return renderer.collections(self._collections()).text
            case _:
                raise ValueError(page.kind)

    def _feed(self, page: PlannedPage) -> str:
        """A feed: of a list, or of a collection, whose page stands at the address that `part` is."""
        if not page.part:
            return self._renderer.feed(page.key)
        title, data = self._desk.catalogue.db.execute(
            "SELECT unit.title, data FROM collection JOIN unit ON unit.number = collection.unit WHERE key = ?",
            (page.key.partition(" ")[2],),
        ).fetchone()
        return self._renderer.collection_feed(page.part, title, msgspec.json.decode(data, type=Listed))

    @cached_property
    def _texts(self) -> TextPages:
        return TextPages(self._desk.catalogue.db)

    def _listed(self) -> list[tuple[str, str]]:
        """Address and title of what the home page lists: Markdown pages, and the list of collections where there are any."""
        lists = [(COLLECTIONS, COLLECTIONS_TITLE)] if self._texts.has_collections else []
        return [*self._texts.listed(), *lists]

    def _collections(self) -> list[tuple[str, str, Listed]]:
        """Address, title and content of each collection, by title."""
        found = self._desk.catalogue.db.execute(
            "SELECT page.address, unit.title, collection.data FROM page JOIN unit ON unit.key = page.key "
            "JOIN collection ON collection.unit = unit.number WHERE page.kind = 'collection' "
            "ORDER BY unit.title, page.address"
        )
        return [(address, title, msgspec.json.decode(data, type=Listed)) for address, title, data in found]

    def _source(self, key: str) -> SourceFile | None:
        found = self._desk.catalogue.db.execute(f"{SOURCES} WHERE key = ?", (key,)).fetchone()
        return to_source(found, self._job.content) if found else None

    def _bytes(self, key: str) -> bytes | None:
        """What a source holds; None where it has gone since it was read, which the next build will see."""
        file = self._source(key)
        try:
            return Path(file.absolute).read_bytes() if file else None
        except FileNotFoundError:
            return None

    def _text_source(self, key: str, address: str) -> TextSource | None:
        """A Markdown source; None where there is none, or it may not be published."""
        file = self._source(key)
        if file is None or not self._is_published(key):
            return None
        source = read_source(file)
        if not isinstance(source, PageSource):
            return None
        page, _ = page_of(source, source.front_matter, self._job.ledger)
        return replace(page, address=address, above=self._texts.above(key), links=self._texts.links(key))

    def _is_published(self, key: str) -> bool:
        found = self._desk.catalogue.db.execute("SELECT title FROM unit WHERE key = ?", (key,)).fetchone()
        return found is not None and found[0] is not None


def _facet(key: str) -> Facet:
    return next(facet for facet in FACETS if facet == key)


def _encoded(text: str) -> bytes:
    # Text of ASCII is copied, other text encoded letter by letter; most pages have one other letter, in their title.
    before, point, after = text.partition("·")
    # A lone surrogate, from a file name that is no UTF-8, has no place in a page.
    return b"".join([part.encode("utf-8", "replace") for part in (before, point, after)])
