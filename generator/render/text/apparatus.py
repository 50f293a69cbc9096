"""What a Markdown text may ask of the archive: the shape that `render_markdown` needs, and no more.

Who renders a page hands in something of this shape that knows on which page the text stands. Without it ids of cables and
`[[...]]` are text like any other.
"""

from typing import Protocol

from markupsafe import Markup
from msgspec import Struct


class CableLink(Struct, frozen=True, kw_only=True):
    """Where an id in a text leads."""

    href: str
    title: str  # shown when pointed at


class Apparatus(Protocol):
    """What the archive says to a text."""

    def link(self, id_: str, paragraph: int | None) -> CableLink | None:
        """Where an id leads, and a paragraph of its cable; None where the id is to stay text."""
        ...

    def block(self, name: str, words: str) -> Markup | None:
        """What `[[name words]]` on a line of its own becomes; None where it is to stay text."""
        ...
