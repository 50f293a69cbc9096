"""The page that says what feeds are, and where this archive has them."""

from msgspec import Struct

from generator.archive.address import COLLECTIONS, FEED, FEEDS, Facet, index_address, relative
from generator.render.feeds import facets_with_feeds
from generator.render.frame import FACET_TITLES, Frame, Link, make_frame
from generator.render.pages.collection_page import TITLE as COLLECTIONS_TITLE
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Feeds"
_WHO: dict[Facet, str] = {"tag": "TAGS code", "origin": "origin"}


class FeedsPage(Struct, frozen=True, kw_only=True):
    """What `feeds.html` receives as `page`."""

    title: str
    feed: Link  # that of the whole; its label is the full address, to be copied
    holds: str  # what a feed holds, a sentence
    others: str  # what else has a feed, in sentences; '' where nothing has
    indexes: tuple[Link, ...]  # of what else has feeds
    example: tuple[str, str]  # the address of a page, and that of its feed


def make_feeds_page(settings: Settings, *, has_collections: bool) -> tuple[Frame, FeedsPage]:
    """Frame and value of the page."""
    fewest = settings.feeds.fewest
    facets = facets_with_feeds(settings) if fewest else ()
    enough = f" with {counted(fewest, 'cable')} or more" if fewest > 1 else ""
    who = " and every ".join(_WHO[facet] for facet in facets)
    others = [f"Every {who}{enough} has a feed of its own."] if facets else []
    others += [
        "Every collection has one, too." if facets else "Every collection has a feed of its own."
    ] * has_collections
    example = f"{facets[0]}/{'PGOV' if facets[0] == 'tag' else 'STATE'}" if facets else "collection/salt"
    page = FeedsPage(
        title=TITLE,
        feed=Link(href=relative(FEEDS, FEED), label=f"{settings.site_url or ''}{FEED}"),
        holds=f"The feed holds the {counted(settings.feeds.entries, 'cable')} that came last: by the day on which they were made "
        "public where that is known, else by the day on which they were sent.",
        others=" ".join(others),
        indexes=(
            *(Link(href=relative(FEEDS, index_address(one)), label=FACET_TITLES[one]) for one in facets),
            *([Link(href=relative(FEEDS, COLLECTIONS), label=COLLECTIONS_TITLE)] if has_collections else []),
        ),
        example=(f"{example}.html", f"{example}.xml"),
    )
    description = "What feeds are, and where this archive has them."
    frame = make_frame(settings, FEEDS, TITLE, description=description, feed=relative(FEEDS, FEED))
    return frame, page
