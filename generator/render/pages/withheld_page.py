"""The page that stands for a cable which is not published: a card that says why, or an empty page in its place."""

from msgspec import Struct

from generator.archive.address import relative
from generator.archive.catalogue import Catalogue
from generator.release.cleared import Withheld
from generator.render.frame import Frame, Link, make_frame
from generator.render.words import day_in_words
from generator.settings import Settings


class WithheldPage(Struct, frozen=True, kw_only=True):
    """What `withheld.html` receives as `page`."""

    id: str
    is_empty: bool  # a tombstone: the page stays, and says nothing
    reason: str
    by: str
    when: str  # '14 February 2008', '' where it is not known
    cited_by: tuple[Link, ...]


def make_withheld_page(
    withheld: Withheld, address: str, catalogue: Catalogue, settings: Settings
) -> tuple[Frame, WithheldPage]:
    """Frame and value of the page of a withheld cable."""
    id_ = withheld.id or ""
    is_empty = withheld.manner == "tombstone"
    page = WithheldPage(
        id=id_,
        is_empty=is_empty,
        reason="" if is_empty else withheld.reason,
        by="" if is_empty else withheld.by,
        when="" if is_empty or withheld.when is None else day_in_words(withheld.when),
        cited_by=tuple(
            Link(href=relative(address, row.address), label=row.name, title=row.subject)
            for row in (() if is_empty else catalogue.cited_by(id_))
        ),
    )
    return make_frame(settings, address, f"{id_}, not published"), page
