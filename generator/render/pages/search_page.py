"""The page that searches. What it shows is made by `assets/search-page.js`, in the browser."""

from msgspec import Struct

from generator.archive.address import (
    MARKS_SCRIPT,
    SEARCH,
    SEARCH_HELP,
    SEARCH_PAGE_SCRIPT,
    SEARCH_SCRIPT,
    SEARCH_STYLESHEET,
    relative,
)
from generator.render.frame import Frame, make_frame
from generator.settings import Settings

TITLE = "Search"


class SearchPage(Struct, frozen=True, kw_only=True):
    """What `search.html` receives as `page`."""

    title: str
    help: str  # link to the page that says how to search
    stylesheet: str  # link to `assets/search.css`
    scripts: tuple[str, ...]  # links to those that make it, in their order


def make_search_page(settings: Settings) -> tuple[Frame, SearchPage]:
    """Frame and value of the page."""
    page = SearchPage(
        title=TITLE,
        help=relative(SEARCH, SEARCH_HELP),
        stylesheet=relative(SEARCH, SEARCH_STYLESHEET),
        scripts=tuple(
            relative(SEARCH, script) for script in (SEARCH_SCRIPT, MARKS_SCRIPT, SEARCH_PAGE_SCRIPT)
        ),
    )
    return make_frame(settings, SEARCH, TITLE), page
