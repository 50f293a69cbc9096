"""Which pages a site has beside those of its cables, and which of them are due after an update."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from generator.archive.address import (
    COLLECTIONS,
    COUNTRIES,
    COUNTRIES_BY_COUNT,
    DATA,
    DAYS,
    FACETS,
    GLOSSARY,
    HEALTH,
    HOME,
    MAP,
    NOT_FOUND,
    PARTS_SCRIPT,
    READING_LIST,
    SEARCH,
    SEARCH_ASSETS,
    SEARCH_HELP,
    STATISTICS,
    THREADS,
    asset_address,
    country_address,
    day_address,
    index_address,
    thread_address,
)
from generator.archive.asks import askers
from generator.archive.catalogue import Catalogue
from generator.archive.notes import mark_noted_by
from generator.archive.pages import Pages, PlannedPage
from generator.archive.state import State
from generator.archive.text_pages import INDEX, TextPages
from generator.archive.touched import Touched
from generator.archive.whole_threads import thread_counts, thread_ids, touched_threads
from generator.build.inputs import KINDS_OF_TEMPLATE, Inputs
from generator.build.plan_feeds import plan_feeds
from generator.build.rendering import MARKER
from generator.build.report import BuildRefused
from generator.lexicon import Lexicon
from generator.render.pages.index_page import ORDERS
from generator.render.pictures.calendar import DAYS_OF_YEAR
from generator.render.template_use import template_digests
from generator.render.theme import logo_address, themed_assets
from generator.settings import Settings

_DIGEST = 16  # bytes


def plan_pages(
    state: State,
    catalogue: Catalogue,
    lexicon: Lexicon,
    touched: Touched,
    old: Inputs | None,
    new: Inputs,
    settings: Settings,
    templates: Sequence[Path],
) -> dict[str, str]:
    """Plan all pages and mark what is due; `old` are the inputs of the last build, None where all is due anyway.

    Gives the digests of the templates. Raises BuildRefused where the site would lack the picture beside its name.
    """
    plan = _Plan(state, catalogue, lexicon, touched, old, new)
    plan.lists()
    plan.places()
    plan.days()
    plan.threads()
    plan.single_pages()
    plan.search_pages(is_searched=settings.search.enabled)
    plan.data_page(is_there=settings.data.is_any)
    plan.text_pages()
    plan.asked()
    plan.files(templates, settings)
    plan.inputs()
    is_changed = old is None or (old.look, old.meanings, old.hosts) != (new.look, new.meanings, new.hosts)
    plan_feeds(state, catalogue, touched, settings, is_changed=is_changed)
    return plan.templates


class _Plan:
    def __init__(
        self,
        state: State,
        catalogue: Catalogue,
        lexicon: Lexicon,
        touched: Touched,
        old: Inputs | None,
        new: Inputs,
    ) -> None:
        self._db = state.db
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._touched = touched
        self._old = old
        self._new = new
        self._pages = Pages(state)
        self._lists = self._db.execute("SELECT number, facet, value FROM list").fetchall()
        # Facets, and 'country', with lists that gained or lost a cable.
        self._grown = {facet for number, facet, _ in self._lists if number in touched.members}
        self.templates = old.templates if old else {}

    def lists(self) -> None:
        """The pages of the values of facets, their indexes, and the lists at addresses that cables share."""
        touched, limit = self._touched, self._new.rows_per_page
        is_all = self._old is None or self._old.rows_per_page != limit
        for number, facet, value in self._lists:
            if facet in FACETS and (is_all or number in touched.months):
                months = None if is_all else touched.months[number]
                self._pages.plan_list(self._catalogue, facet, value, limit=limit, months=months)
        indexes = [
            PlannedPage(index_address(facet, order), "index", facet, order)
            for facet in FACETS
            for order in ORDERS[facet]
        ]
        self._pages.plan("index", indexes, due=self._grown)
        shared = self._db.execute("SELECT DISTINCT plain_address FROM cable WHERE address != plain_address")
        self._pages.plan(
            "shared",
            [PlannedPage(plain, "shared", plain) for (plain,) in shared.fetchall()],
            due=self._touched_plain(),
        )

    def places(self) -> None:
        """The pages of countries, the lists of them, and the map of posts."""
        changed = {
            value
            for number, facet, value in self._lists
            if facet == "country" and number in self._touched.months
        }
        countries = [country.value for country in self._catalogue.values("country")]
        self._pages.plan(
            "country",
            [PlannedPage(country_address(code), "country", code) for code in countries],
            due=changed,
        )
        self._pages.plan(
            "countries",
            [PlannedPage(address, "countries") for address in (COUNTRIES, COUNTRIES_BY_COUNT)],
            due=[""] if "country" in self._grown else [],
        )
        self._pages.plan("map", [PlannedPage(MAP, "map")], due=[""] if "origin" in self._grown else [])

    def _touched_plain(self) -> set[str]:
        """The plain addresses at which a cable that changed may be listed."""
        plain = set(self._touched.plain)
        for id_ in self._touched.ids | self._touched.rows:
            plain.update(
                address
                for (address,) in self._db.execute("SELECT plain_address FROM cable WHERE id = ?", (id_,))
            )
        return plain

    def threads(self) -> None:
        """The pages of threads and their index."""
        if self._old is None:
            ids = set(thread_counts(self._db, self._lexicon))
            planned = [PlannedPage(thread_address(id_), "thread", id_) for id_ in sorted(ids)]
            self._pages.plan("thread", planned)
            self._pages.plan("threads", [PlannedPage(THREADS, "threads")])
            return
        touched = touched_threads(self._db, self._touched, self._lexicon)
        known = self._db.execute(
            "SELECT key FROM page WHERE kind = 'thread' AND key IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(touched)),),
        )
        ids = thread_ids(self._db, self._lexicon, touched)
        planned = [PlannedPage(thread_address(id_), "thread", id_) for id_ in sorted(ids)]
        shown = ids | {key for (key,) in known}
        self._pages.plan_keys("thread", sorted(shown), planned, due=ids)
        is_due = not self._touched.cited.isdisjoint(shown)
        self._pages.plan("threads", [PlannedPage(THREADS, "threads")], due=[""] if is_due else [])

    def single_pages(self) -> None:
        """The pages of which there is one, and the cards."""
        touched = self._touched
        if touched.months:
            self._pages.make_due(["home"])
        if self._old is None or "markdown" in touched.kinds:
            self._pages.plan("home", [PlannedPage(HOME, "home", digest=TextPages(self._db).digest_of_home())])
        self._pages.plan("health", [PlannedPage(HEALTH, "health")], due=[""] if touched.is_asked else [])
        self._pages.plan("reading-list", [PlannedPage(READING_LIST, "reading-list")])
        self._pages.plan(
            "glossary",
            [PlannedPage(GLOSSARY, "glossary")],
            due=[""] if touched.is_explained else [],
        )
        self._pages.plan(
            "statistics",
            [PlannedPage(STATISTICS, "statistics")],
            due=[""] if touched.is_counted else [],
        )
        self._pages.plan("404", [PlannedPage(NOT_FOUND, "404")])
        self._pages.plan("marker", [PlannedPage(MARKER, "marker")])
        self._pages.plan(
            "card",
            [
                PlannedPage(address, "card", id_, digest=data)
                for id_, address, data in self._catalogue.cards()
            ],
            due=touched.cited,
        )

    def search_pages(self, *, is_searched: bool) -> None:
        """The page that searches and the one that explains it, whose examples are of the archive."""
        searched = [PlannedPage(SEARCH, "search-page")] if is_searched else []
        explained = [PlannedPage(SEARCH_HELP, "search-help")] if is_searched else []
        self._pages.plan("search-page", searched)
        self._pages.plan("search-help", explained, due=[""] if self._touched.months else [])

    def data_page(self, *, is_there: bool) -> None:
        """The page that tells of the data files; it is made with these."""
        self._pages.plan("data-page", [PlannedPage(DATA, "data-page")] if is_there else [])

    def days(self) -> None:
        """The pages of the days of any year, each always there, and their index."""
        days = self._touched.days
        self._pages.plan("day", [PlannedPage(day_address(day), "day", day) for day in DAYS_OF_YEAR], due=days)
        self._pages.plan("days", [PlannedPage(DAYS, "days")], due=[""] if days else [])

    def text_pages(self) -> None:
        """The Markdown pages."""
        if self._old is not None and "markdown" not in self._touched.kinds:
            return
        texts = TextPages(self._db)
        pages: dict[str, list[PlannedPage]] = {"text": [], "collection": []}
        for path, address in texts.addresses():
            kind = "collection" if texts.is_collection(path) else "text"
            pages[kind].append(PlannedPage(address, kind, path, digest=texts.digest(path)))
        for kind, planned in pages.items():
            self._pages.plan(kind, planned)
        lists = [PlannedPage(COLLECTIONS, "collections", digest=texts.digest_of_collections())]
        self._pages.plan("collections", lists if texts.has_collections else [])

    def asked(self) -> None:
        """What Markdown pages ask of the archive: those that asked for something which changed are due."""
        if self._old is None:
            return
        keys = askers(self._db, self._touched)
        self._db.execute(
            "UPDATE page SET size = NULL WHERE kind IN ('text', 'collection') "
            "AND key IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(keys)),),
        )
        mark_noted_by(self._db, keys)
        if INDEX in keys:
            self._pages.make_due(["home"])
        if self._touched.months or self._touched.ids:
            self._pages.make_due(["collections"])  # which counts their cables

    def files(self, templates: Sequence[Path], settings: Settings) -> None:
        """Images and other files that are copied, of the archive and of the theme."""
        if self._old is None or "asset" in self._touched.kinds:
            files = self._db.execute(
                "SELECT key, digest FROM unit WHERE kind = 'asset' AND title IS NOT NULL ORDER BY key"
            ).fetchall()
            self._pages.plan(
                "file", [PlannedPage(asset_address(key), "file", key, digest=digest) for key, digest in files]
            )
        old, new = self._old, self._new
        if old is None or (old.template_stamps, old.theme, old.look) != (
            new.template_stamps,
            new.theme,
            new.look,
        ):
            self._pages.plan(
                "asset",
                [
                    PlannedPage(
                        address, "asset", address, digest=hashlib.blake2b(data, digest_size=_DIGEST).digest()
                    )
                    for address, data in themed_assets(templates, settings.theme)
                    if (settings.search.enabled or address not in SEARCH_ASSETS)
                    and (settings.publish.split or address != PARTS_SCRIPT)
                ],
            )
            self.templates = template_digests(templates, KINDS_OF_TEMPLATE)
        self._check_logo(settings)

    def _check_logo(self, settings: Settings) -> None:
        address = logo_address(settings)
        query = "SELECT 1 FROM page WHERE address = ? AND kind IN ('file', 'asset')"
        if address and not self._db.execute(query, (address,)).fetchone():
            raise BuildRefused(
                f"theme.logo is {settings.theme.logo}, which the site does not have; put the file there, let it be "
                "published, or name another"
            )

    def inputs(self) -> None:
        """What is due since something else changed than the sources."""
        old, new = self._old, self._new
        if old is None:
            return
        kinds: set[str] = set()
        for name, of_template in KINDS_OF_TEMPLATE.items():
            if old.templates.get(name) != self.templates.get(name):
                kinds.update(of_template)
        if old.look != new.look:
            kinds.update(kind for of_template in KINDS_OF_TEMPLATE.values() for kind in of_template)
        if old.release != new.release:
            kinds.update(("home", "text", "collection", "collections"))
        if old.meanings != new.meanings:
            kinds.update(("home", "health", "glossary", "statistics", "index", "country", "countries", "map"))
            kinds.update(("text", "collection", "collections"))  # which may ask for a country by its name
            codes = {
                code
                for code in old.meanings.keys() | new.meanings.keys()
                if old.meanings.get(code) != new.meanings.get(code)
            }
            if any((old.meanings.get(code) or new.meanings[code])[0] == "geographic" for code in codes):
                kinds.add("origin")  # which says in what country a post is
            self._meanings(codes)
        self._pages.make_due(kinds)
        if "cable" in kinds:
            self._db.execute("UPDATE cable SET size = NULL")

    def _meanings(self, codes: set[str]) -> None:
        """What shows TAGS codes that mean something else now.

        These are their own lists and cables, the lists of those cables, which name what else their cables have, and
        the posts of the countries that they stand for.
        """
        named = json.dumps(sorted(codes))
        having = (
            "(SELECT cable FROM listed WHERE list IN "
            "(SELECT number FROM list WHERE facet = 'tag' AND value IN (SELECT value FROM json_each(?))))"
        )
        self._db.execute(f"UPDATE cable SET size = NULL WHERE number IN {having}", (named,))  # noqa: S608
        self._db.execute(
            "UPDATE page SET size = NULL WHERE part = '' AND (kind, key) IN (SELECT facet, value FROM list "  # noqa: S608
            f"WHERE number IN (SELECT list FROM listed WHERE cable IN {having}))",
            (named,),
        )
        self._db.execute(
            "UPDATE page SET size = NULL WHERE kind = 'tag' AND key IN (SELECT value FROM json_each(?))",
            (named,),
        )
        posts = json.dumps([key for key, post in self._lexicon.posts.items() if post.country in codes])
        self._db.execute(
            "UPDATE cable SET size = NULL WHERE post IN (SELECT value FROM json_each(?))", (posts,)
        )
        self._db.execute(
            "UPDATE page SET size = NULL WHERE kind = 'origin' AND key IN (SELECT value FROM json_each(?))",
            (posts,),
        )
