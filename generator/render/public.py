"""The full addresses of pages: where the site is served, and for a split archive where the part is that has a page.

Whatever of the site names a page with its host (citations, feeds, the sitemap, the head of a page) asks here.
"""

from functools import lru_cache
from typing import cast

from generator.archive.address import absolute
from generator.archive.layout import Layout, Split, default_part_url
from generator.settings import Settings


def layout_of(settings: Settings) -> Layout | None:
    """How the archive is split; None where it is one site, or where its parts would be is not known."""
    publish = settings.publish
    if not publish.split or settings.site_url is None:
        return None
    part_url = publish.part_url or default_part_url(settings.site_url)
    return _layout(publish.split, settings.site_url, part_url) if part_url else None


# It remembers what it has found out of addresses.
@lru_cache(maxsize=8)
def _layout(split: str, site_url: str, part_url: str) -> Layout:
    return Layout(split=cast(Split, split), portal_url=site_url, part_url=part_url)


def public_address(settings: Settings, address: str) -> str:
    """The full address of a page; '' where settings do not know where the site is served."""
    if settings.site_url is None:
        return ""
    layout = layout_of(settings)
    return layout.public(address) if layout else absolute(settings.site_url, address)
