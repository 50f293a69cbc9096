"""What a Markdown page may hold: Markdown's own elements, plain attributes, and links that run nothing.

Raw HTML is shown as the text it is: whoever could write it into a page could write a script, a form or a redirection,
and a telegram that was taken for a page is not to be trusted with that. What Markdown itself makes is left alone, save
attributes (`{: onclick=... }`) and addresses (`[x](javascript:...)`), which come from the text.
"""

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

# The schemes that a link may have; one without any stays in the site.
LINK_SCHEMES = frozenset({"http", "https", "mailto"})

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_ATTRIBUTES = frozenset(
    "align alt class colspan dir height href id lang reversed role rowspan scope src start title width".split()
)

# Browsers pass over these in an address, and in front of its scheme.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


class SafePages(Extension):
    """Keeps the pages of an archive to what this module allows."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Take raw HTML out of what Markdown reads, and look at every element it has made."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_HeadingLevels(md), "heading_levels", 6)  # before the anchors of headings
        md.treeprocessors.register(_SafeAttributes(md), "safe_attributes", -100)  # after all others


class _HeadingLevels(Treeprocessor):
    """Begins the headings of a page below its title, which is the one `h1`: authors begin with '#' or with '##'."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        highest = min((_HEADINGS.index(heading.tag) for heading in headings), default=0)
        for heading in headings:
            level = _HEADINGS.index(heading.tag) - highest + 1
            heading.tag = _HEADINGS[min(level, len(_HEADINGS) - 1)]


class _SafeAttributes(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in list(element.items()):
                if name not in _ATTRIBUTES or not _is_safe(name, value):
                    del element.attrib[name]


def _is_safe(name: str, value: str) -> bool:
    if name == "href":
        return leads_somewhere_safe(value)
    return name != "src" or stays_in_site(value)


def leads_somewhere_safe(address: str) -> bool:
    """Whether a link may have this address: in the site, http, https or mailto."""
    return _scheme(_as_browsers_read(address)) in LINK_SCHEMES or stays_in_site(address)


def stays_in_site(address: str) -> bool:
    """Whether an address has no scheme and no host: what a page loads must come from its own site."""
    address = _as_browsers_read(address)
    return _scheme(address) is None and re.match(r"[/\\]{2}", address) is None


def _as_browsers_read(address: str) -> str:
    return _IGNORED.sub("", html.unescape(address.replace(AMP_SUBSTITUTE, "&")))


def _scheme(address: str) -> str | None:
    """What stands in front of the first ':', in small letters; None where a path comes first."""
    scheme, colon, _ = re.split(r"[/?#]", address, maxsplit=1)[0].partition(":")
    return scheme.lower() if colon else None
