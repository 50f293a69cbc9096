"""Plans what a site has for programs, and old addresses: feeds, the sitemap, texts for robots and hosts, redirects.

It comes after all other pages, since the sitemap lists these and a redirect takes the place of none of them.
"""

import hashlib
import json
from collections.abc import Iterator

import msgspec

from generator.archive.address import FEEDS, HEADERS, HUMANS, REDIRECTS, ROBOTS, SITEMAP, feed_address
from generator.archive.aliases import settle_aliases
from generator.archive.asks import Listed, askers
from generator.archive.catalogue import Catalogue
from generator.archive.feeds import lists_with_feeds
from generator.archive.moves import Rule, divide, find_moves
from generator.archive.pages import Pages, PlannedPage
from generator.archive.sitemap import SitemapPart, is_touched
from generator.archive.state import State
from generator.archive.touched import Touched
from generator.render.feeds import CABLE_KIND, facets_with_feeds, has_feeds
from generator.render.frame import is_kept_from_search_engines
from generator.render.maps import sitemap_parts
from generator.render.pages.text_page import COLLECTION
from generator.settings import Settings

# Kinds of pages of which no template is the maker.
MACHINE_KINDS = ("feed", "sitemap", "robots", "humans", "headers", "redirects")

_DIGEST = 16  # bytes
_INDEX = "index"  # stands for the part of a sitemap's index


def plan_feeds(
    state: State, catalogue: Catalogue, touched: Touched, settings: Settings, *, is_changed: bool
) -> None:
    """Plan them and mark what is due; `is_changed` where settings changed, or all is built anew."""
    plan = _Plan(state, catalogue, touched, settings, is_changed=is_changed)
    plan.feeds()
    plan.redirects()
    plan.texts()
    plan.sitemap()


class _Plan:
    def __init__(
        self, state: State, catalogue: Catalogue, touched: Touched, settings: Settings, *, is_changed: bool
    ) -> None:
        self._db = state.db
        self._catalogue = catalogue
        self._touched = touched
        self._settings = settings
        self._is_changed = is_changed
        self._pages = Pages(state)
        if is_changed:
            self._pages.make_due(MACHINE_KINDS)

    def feeds(self) -> None:
        """The feeds of the whole and of values, and the page about them."""
        settings = self._settings
        is_fed = has_feeds(settings)
        touched = self._touched
        if not (self._is_changed or touched.months or touched.ids or "markdown" in touched.kinds):
            return
        collections = list(self._collections()) if is_fed else []
        page = PlannedPage(
            FEEDS, "feeds", "collections" if collections else "", digest=_digest(str(bool(collections)))
        )
        self._pages.plan("feeds", [page] if is_fed else [])
        lists = lists_with_feeds(self._db, facets_with_feeds(settings), settings.feeds.fewest)
        months = self._touched.months
        self._pages.plan(
            "feed",
            [*(PlannedPage(of.address, "feed", of.key) for _, of in lists), *collections] if is_fed else [],
            due={
                *(of.key for number, of in lists if number is None or number in months),
                *(f"{COLLECTION} {path}" for path in askers(self._db, touched)),
            },
        )

    def _collections(self) -> Iterator[PlannedPage]:
        """The feeds of collections."""
        found = self._db.execute(
            "SELECT unit.key, unit.title, data, address FROM collection JOIN unit ON unit.number = collection.unit "
            "JOIN page ON page.key = unit.key AND page.kind = 'collection' WHERE unit.noindex = 0 ORDER BY unit.key"
        )
        for path, title, data, address in found.fetchall():
            is_fed = msgspec.json.decode(data, type=Listed).is_fed
            if is_fed and not is_kept_from_search_engines(self._settings, address):
                digest = _digest(title, data.decode())
                yield PlannedPage(feed_address(address), "feed", f"{COLLECTION} {path}", address, digest)

    def redirects(self) -> None:
        """The pages at addresses that cables and pages had once, or what tells the host of them."""
        touched = self._touched
        if not (
            self._is_changed
            or touched.is_aliased
            or touched.mapped
            or touched.ids
            or not touched.kinds.isdisjoint(("markdown", "asset"))
        ):
            return
        settle_aliases(self._db)
        rules: list[Rule] = []
        moves = find_moves(self._db, other_names=self._settings.redirects.other_names)
        if self._settings.publish.redirects:
            rules, moves = divide(self._db, moves)
        digest = _digest(*(rule.line for rule in rules))
        self._pages.plan("redirects", [PlannedPage(REDIRECTS, "redirects", digest=digest)] if rules else [])
        self._pages.plan(
            "redirect",
            [
                PlannedPage(move.address, "redirect", move.target, move.name, _digest(move.target, move.name))
                for move in moves
            ],
        )

    def texts(self) -> None:
        """`robots.txt`, `humans.txt` and, for hosts, `_headers`."""
        self._pages.plan("robots", [PlannedPage(ROBOTS, "robots")])
        self._pages.plan("humans", [PlannedPage(HUMANS, "humans")])
        has_headers = self._settings.publish.headers
        self._pages.plan("headers", [PlannedPage(HEADERS, "headers")] if has_headers else [])

    def sitemap(self) -> None:
        """The files of the sitemap."""
        months = self._touched.mapped
        parts = sitemap_parts(self._catalogue, self._settings)
        planned = [_planned(part) for part in parts]
        if parts and parts[0].name:
            planned.append(
                PlannedPage(SITEMAP, "sitemap", "", _INDEX, _digest(*(part.address for part in parts)))
            )
        self._pages.plan(
            "sitemap",
            planned,
            due={part.name for part in parts if is_touched(part, months)},
        )


def _planned(part: SitemapPart) -> PlannedPage:
    return PlannedPage(
        part.address, "sitemap", part.name, json.dumps([part.kind, part.period, part.prefix]), part.digest
    )


def sitemap_part(page: PlannedPage) -> SitemapPart | None:
    """The part of the sitemap that a planned page is; None for the index of parts."""
    if page.part == _INDEX:
        return None
    kind, period, prefix = json.loads(page.part)
    return SitemapPart(name=page.key, kind=kind, period=period, prefix=prefix)


def _digest(*words: str) -> bytes:
    return hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=_DIGEST).digest()


def left_out(settings: Settings) -> str:
    """What a site lacks since settings do not know its address; '' for nothing."""
    if settings.site_url is not None:
        return ""
    lacking = [
        *(["feeds"] if settings.feeds.enabled and not settings.robots.hides(CABLE_KIND) else []),
        *([] if settings.robots.is_all else ["a sitemap"]),
    ]
    return " and ".join(lacking)
