"""Links between Markdown pages, written as paths of their files: `[Settings](settings.md#lexicon)`.

So they lead somewhere in an editor and on GitHub too. On the site each leads to the page that the file has become; a link
to a file that is no page loses its address and keeps its words. Only the whole archive knows which pages there are:
`page_links` finds the links when a page is read, and `LeadToPages` turns them when it is rendered.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from generator.archive.address import relative
from generator.archive.text_pages import PageLink
from generator.render.text.markup import render_markdown

_ENDING = ".md"

# What is done with an element whose address is that of a source: its target in content/, and the place in it.
_Deed = Callable[[Element, str, str], None]


def page_links(text: str, path: str, *, source: str, first_line: int) -> list[PageLink]:
    """The links of a page to the sources of others, each source once; `source` is the text as its file has it."""
    if _ENDING not in text:
        return []
    found: dict[str, PageLink] = {}

    def note(element: Element, target: str, _: str) -> None:
        written = _address_of(element)
        line = first_line + source.count("\n", 0, _place(source, written))
        found.setdefault(target, PageLink(target, line, written))

    render_markdown(text, extensions=[_EachLink(path, note)])
    return list(found.values())


def _place(text: str, written: str) -> int:
    """Where a link stands in a text: behind '(', '<' or ':', else wherever its address is."""
    place = re.search(rf"[(<:]\s*{re.escape(written)}", text)
    return place.end() if place else max(text.find(written), 0)


class _EachLink(Extension):
    """Calls a function with each link to the source of a page."""

    def __init__(self, path: str, deed: _Deed) -> None:
        super().__init__()
        self._path = path
        self._deed = deed

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """See the links once Markdown has made them, and before their addresses are looked at."""
        md.treeprocessors.register(_Links(md, self._path, self._deed), "page_links", -50)


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, path: str, deed: _Deed) -> None:
        super().__init__(md)
        self._path = path
        self._deed = deed

    def run(self, root: Element) -> None:
        for element in list(root.iter("a")):
            parts = urlsplit(_address_of(element)) if _ENDING in element.get("href", "") else None
            if parts and parts.path.endswith(_ENDING) and not parts.scheme and not parts.netloc:
                target = posixpath.join(posixpath.dirname(self._path), unquote(parts.path))
                self._deed(element, posixpath.normpath(target), unquote(parts.fragment))


class LeadToPages(_EachLink):
    """Has links to the sources of pages lead to the pages."""

    def __init__(self, path: str, address: str, links: Mapping[str, str]) -> None:
        """For the page of the source `path`; `links` are the sources of others, and the addresses of their pages."""
        super().__init__(path, self._lead)
        self._address = address
        self._links = links

    def _lead(self, element: Element, target: str, fragment: str) -> None:
        address = self._links.get(target)
        if address is None:
            element.tag = "span"  # which does not look like a link
            del element.attrib["href"]
        else:
            element.set("href", relative(self._address, address, fragment))


def _address_of(element: Element) -> str:
    return unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&"))
