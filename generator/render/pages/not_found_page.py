"""The page for addresses that lead nowhere. It is served at any depth, so its links are full addresses or none."""

from msgspec import Struct

from generator.archive.address import NOT_FOUND, SEARCH, SEARCH_SCRIPT
from generator.render.frame import Frame, make_frame
from generator.settings import Settings

TITLE = "Page not found"


class NotFoundPage(Struct, frozen=True, kw_only=True):
    """What `404.html` receives as `page`."""

    title: str  # the name of the archive
    site_url: str | None  # full address of the site, ends in '/'; None where settings do not know it
    search: str  # full address of the search page, '' where there is none or the site's is not known
    search_script: str  # full address of `assets/search.js`, likewise


def make_not_found_page(settings: Settings) -> tuple[Frame, NotFoundPage]:
    """Frame and value of the page."""
    root = settings.site_url if settings.search.enabled else None
    page = NotFoundPage(
        title=settings.title,
        site_url=settings.site_url,
        search=f"{root}{SEARCH}" if root else "",
        search_script=f"{root}{SEARCH_SCRIPT}" if root else "",
    )
    return make_frame(settings, NOT_FOUND, TITLE), page
