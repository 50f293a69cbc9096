"""The page at an address that a cable or page had once: it leads on, and says where to."""

from msgspec import Struct

from generator.archive.address import relative
from generator.render.frame import Frame, make_frame
from generator.render.public import public_address
from generator.settings import Settings

TITLE = "Moved"


class RedirectPage(Struct, frozen=True, kw_only=True):
    """What `redirect.html` receives as `page`."""

    title: str
    name: str  # what stands at the new address
    href: str  # link to it
    canonical: str  # its full address; the link where settings do not know the site's


def make_redirect_page(
    address: str, target: str, name: str, settings: Settings
) -> tuple[Frame, RedirectPage]:
    """Frame and value of the page at `address`, which leads to the one at `target`."""
    href = relative(address, target)
    page = RedirectPage(
        title=TITLE,
        name=name,
        href=href,
        canonical=public_address(settings, target) or href,
    )
    return make_frame(settings, address, f"{name} has moved"), page
