"""Lays the links of a page anew, so that it works in its part of a split archive: bytes in, bytes out.

Only values of attributes that are addresses are looked at, and of these relative ones, which lead from the page to another of
the same site. One that leads to what another part has becomes a link to that part; all others stay as they are, byte for byte,
and so does every text. Where that part is on another host, the Content-Security-Policy of the page names the host for what the
page asks of it, and for nothing else.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from generator.archive.address import HOME, SEARCH
from generator.archive.layout import PORTAL, Layout
from generator.parts.policy import permitting
from generator.parts.tags import Tag, Value, as_value, start_tags

_ADDRESSES = frozenset(("href", "xlink:href", "src", "action", "formaction", "poster", "cite", "data"))
# What a page asks of the host in an attribute, as its policy calls it; a link that is followed asks nothing.
_DIRECTIVES = {
    ("script", "src"): "script-src",
    ("link", "href"): "style-src",
    ("form", "action"): "form-action",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("image", "href"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
}
_NOT_IN_A_URL = "".join(map(chr, range(33)))  # before and behind it
_MOST_KNOWN = 20_000

# A link as our pages write them: some steps up, then names that need no reading, and what stands behind.
_plain = re.compile(
    r"((?:\.\./)*+)((?:[A-Za-z0-9_=-][A-Za-z0-9_=.~-]*+/)*+[A-Za-z0-9_=-][A-Za-z0-9_=.~-]*+)((?:[?#].*)?)",
    re.DOTALL,
).fullmatch
_scheme = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:").match
_refresh = re.compile(
    r"""[\t\n\f\r ]*+[0-9.]++[\t\n\f\r ]*+[;,]?[\t\n\f\r ]*+(?:url[\t\n\f\r ]*+=[\t\n\f\r ]*+)?["']?""",
    re.IGNORECASE,
).match
# An address in a srcset, which begins it or stands behind the comma of another.
_candidate = re.compile(r"(?:^|(?<=,))([\t\n\f\r ]*+)([^\t\n\f\r ,](?:[^\t\n\f\r ]*[^\t\n\f\r ,])?)")


class Laid(NamedTuple):
    """A link that was laid anew."""

    href: str
    part: str  # to which it leads


@dataclass(slots=True, kw_only=True)
class Relinker:
    """Lays the links of the pages of one part anew; it remembers links, of which the pages of a folder share many."""

    layout: Layout
    part: str  # that has the pages
    hosts: tuple[str, ...]  # of all parts
    everywhere: frozenset[str]  # what every part has, beside what the layout knows
    is_searched: bool  # whether there is an index, which the portal has
    _known: dict[tuple[str, str], Laid | None] = field(default_factory=dict)
    _ways: dict[tuple[int, str], str] = field(
        default_factory=dict
    )  # by the depth of a page, and the other part

    def relinked(self, page: bytes, address: str) -> bytes:
        """The page at an address as it stands in the part."""
        return _Page(self, address).relinked(page)

    def laid(self, folder: str, link: str) -> Laid | None:
        """What a link on a page in a folder ('tag/') becomes; None where it stays."""
        key = (folder, link)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._laid(folder, link)
        return self._known[key]

    def _laid(self, folder: str, link: str) -> Laid | None:
        found = target_of(folder, link)
        if found is None:
            return None
        path, behind = found
        to = unquote(path)
        if to == "" or to.endswith("/"):
            to += HOME
        if self.is_everywhere(to):
            return None
        other = self.layout.part_of(to)
        if other == self.part:
            return None
        key = (folder.count("/"), other)
        if key not in self._ways:
            self._ways[key] = self.layout.way(folder, other)
        return Laid(self._ways[key] + path + behind, other)

    def is_everywhere(self, address: str) -> bool:
        """Whether this part has a copy of its own of what stands at an address."""
        return address in self.everywhere or self.layout.is_everywhere(address)

    def own(self, link: str) -> str | None:
        """A full address of the portal as that of the part, for what every part has; None for any other."""
        portal = self.layout.portal_url
        if not link.startswith(portal) or not self.is_everywhere(unquote(link[len(portal) :])):
            return None
        return self.layout.url_of(self.part) + link[len(portal) :]


class _Page:
    """A page, while its links are laid anew."""

    def __init__(self, relinker: Relinker, address: str) -> None:
        self._of = relinker
        self._folder = address[: address.rfind("/") + 1]
        self._host = relinker.layout.origin_of(relinker.part)
        self._edits: list[tuple[Value, str]] = []
        self._policy: Value | None = None
        self._asked: set[tuple[str, str]] = set()  # what is asked of which other host
        if address == SEARCH:
            # It reads the pages of what it has found.
            for host in relinker.hosts:
                self._ask("connect-src", host)

    def relinked(self, page: bytes) -> bytes:
        for tag in start_tags(page):
            if tag.name == "meta":
                self._read_meta(tag)
            else:
                self._read(tag)
        if self._policy is not None and self._asked:
            self._edits.append((self._policy, permitting(self._policy.text, self._asked)))
        pieces: list[bytes] = []
        at = 0
        for value, text in sorted(self._edits):
            pieces += (page[at : value.start], as_value(text, is_quoted=value.is_quoted))
            at = value.end
        return b"".join([*pieces, page[at:]]) if pieces else page

    def _read(self, tag: Tag) -> None:
        for name, value in tag.values.items():
            directive = _DIRECTIVES.get((tag.name, name), "")
            if name == "srcset":
                text = _candidate.sub(lambda found: found[1] + self._new(found[2], directive), value.text)  # noqa: B023
            elif name in _ADDRESSES:
                text = self._new(value.text, directive)
            else:
                continue
            if text != value.text:
                self._edits.append((value, text))

    def _read_meta(self, tag: Tag) -> None:
        content = tag.values.get("content")
        kind = tag.values.get("http-equiv")
        if content is None or kind is None:
            return
        if kind.text.lower() == "content-security-policy":
            self._policy = content
        elif kind.text.lower() == "refresh" and (before := _refresh(content.text)):
            link, quote = content.text[before.end() :], before[0][-1:]
            if quote in ("'", '"'):
                link = link.partition(quote)[0]
            behind = content.text[before.end() + len(link) :]
            text = before[0] + self._new(link, "") + behind
            if text != content.text:
                self._edits.append((content, text))

    def _new(self, link: str, directive: str) -> str:
        """A link as it stands in the part; with what its page asks by it noted."""
        if link.startswith("#"):
            return link
        laid = self._of.laid(self._folder, link)
        if laid is not None:
            if directive:
                self._ask(directive, self._of.layout.origin_of(laid.part))
            return laid.href
        if directive and link.startswith(self._of.layout.portal_url):
            own = self._of.own(link)
            if own is not None:
                return own
            self._ask(directive, self._of.layout.origin_of(PORTAL))
        return link

    def _ask(self, directive: str, host: str) -> None:
        if host != self._host:
            self._asked.add((directive, host))
            if directive == "form-action" and self._of.is_searched:
                self._asked.add(
                    ("script-src", host)
                )  # a form is the box of the search, which reads the index


def target_of(folder: str, link: str) -> tuple[str, str] | None:
    """The address to which a relative link on a page in a folder ('tag/') leads, quoted, and what stands behind it.

    None for a link to the page itself, to another host, or out of the site. It reads as browsers do.
    """
    if plain := _plain(link):
        up = len(plain[1]) // len("../")
        if up > folder.count("/"):
            return None
        above = folder if not up else "".join(f"{step}/" for step in folder.split("/")[: -1 - up])
        return above + plain[2], plain[3]
    link = link.strip(_NOT_IN_A_URL).translate({9: None, 10: None, 13: None})
    end = min((at for sign in "?#" if (at := link.find(sign)) >= 0), default=len(link))
    path = link[:end].replace("\\", "/")
    if not path or path.startswith("/") or _scheme(path):
        return None
    steps = folder.split("/")[:-1]
    *folders, last = path.split("/")
    for step in folders:
        if not _walk(steps, step):
            return None
    if _is_dots(last):
        if not _walk(steps, last):
            return None
        last = ""
    return "/".join([*steps, last]), link[end:]


def _walk(steps: list[str], step: str) -> bool:
    """Take a step from folder to folder; gives whether that is still in the site."""
    if not _is_dots(step):
        steps.append(step)
    elif len(step.lower().replace("%2e", ".")) > 1:
        if not steps:
            return False
        steps.pop()
    return True


def _is_dots(step: str) -> bool:
    return step.lower().replace("%2e", ".") in (".", "..")
