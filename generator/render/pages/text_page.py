"""A page that someone wrote in Markdown; a collection is one that lists cables, too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import HOME_SOURCE, page_address, relative
from generator.release.rule import NO
from generator.render.frame import Frame, Link, make_frame
from generator.render.text.apparatus import Apparatus
from generator.render.text.markup import render_markdown
from generator.render.text.page_links import LeadToPages
from generator.settings import Settings

# The `kind` of a page that lists cables.
COLLECTION = "collection"

_FIRST_HEADING = re.compile(r"\A\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")


class TextPage(Struct, frozen=True, kw_only=True):
    """What `page.html` receives as `page`."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """A Markdown source, its title taken off."""

    path: str
    address: str
    title: str
    text: str
    front_matter: Mapping[str, Any]
    above: tuple[tuple[str, str], ...] = ()  # address and title of the pages above it, from the top down
    links: Mapping[str, str] = field(default_factory=dict)  # sources that it links to, and their pages
    noindex: bool = False  # search engines are asked not to list it

    @property
    def is_collection(self) -> bool:
        """Whether it lists cables."""
        said = self.front_matter.get("kind")
        return isinstance(said, str) and said.strip().lower() == COLLECTION and self.path != HOME_SOURCE

    @property
    def description(self) -> str:
        """What front matter says of it in a sentence, '' for nothing."""
        said = self.front_matter.get("description")
        return said.strip() if isinstance(said, str) else ""


def is_fed_by(source: TextSource) -> bool:
    """Whether a collection has a feed: all have one, unless front matter says 'feed: no'."""
    said = source.front_matter.get("feed", "yes")
    return source.is_collection and not (isinstance(said, str) and said.strip().lower() in NO)


def read_text_source(
    path: str, text: str, front_matter: Mapping[str, Any], *, noindex: bool = False
) -> TextSource:
    """Title and text of a Markdown page: the title of its front matter, else its first heading, else its name."""
    title = front_matter.get("title")
    found = _FIRST_HEADING.match(text)
    if found:
        text = text[found.end() :]
    if not isinstance(title, str) or not title.strip():
        title = (
            found["title"]
            if found
            else path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
        )
    return TextSource(
        path=path,
        address=page_address(path),
        title=title.strip(),
        text=text,
        front_matter=front_matter,
        noindex=noindex,
    )


def make_text_frame(source: TextSource, settings: Settings) -> Frame:
    """The frame of a Markdown page."""
    trail = tuple(
        Link(href=relative(source.address, address), label=title) for address, title in source.above
    )
    return make_frame(settings, source.address, source.title, trail=trail, noindex=source.noindex)


def make_text_page(source: TextSource, apparatus: Apparatus) -> TextPage:
    """The value of a Markdown page; `apparatus` says what of the archive it shows."""
    return TextPage(title=source.title, text=render_text(source, apparatus))


def render_text(source: TextSource, apparatus: Apparatus) -> Markup:
    """The text of a Markdown source, as HTML."""
    links = LeadToPages(source.path, source.address, source.links)
    return render_markdown(source.text, apparatus, extensions=[links])
