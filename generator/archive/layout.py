"""Where each page of a split archive stands: which part of the archive has it, and at what address that part is served.

A large archive is published as several sites, its parts, and a portal over all. Which part has a page is told by the address of
the page alone, and the page has that address in whichever part it lies; so a link needs no look at the archive. What has no year
(or, where posts part an archive, no post) in its address is the portal's, whose name as a part is ''.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal
from urllib.parse import urlsplit

from generator.archive.address import HEADERS, HUMANS, READING_LIST, absolute, is_device, quoted

Split = Literal["year", "decade", "origin"]

SPLITS: tuple[Split, ...] = ("year", "decade", "origin")

PORTAL = ""  # the part that is over all
PART = "{part}"  # in the address of parts, in the place of a part's name

_PORTAL_FOLDER = "portal"  # where its address names none

_PERIOD = r"(?P<year>\d{4})(?:-\d\d)?"
_OF_A_YEAR = re.compile(
    r"cable/(?P<folder>\d{4})/\d\d/[^/]+\.html"
    rf"|(?:date/|(?:tag|origin|classification)/[^/]+/){_PERIOD}\.html"
    r"|data/cables-(?P<data>\d{4})(?:-\d\d)?\.(?:csv|jsonl)"
    r"|sitemap-(?P<map>\d{4})(?:-[^/]+)?\.xml"
).fullmatch
_OF_A_POST = re.compile(
    r"cable/(?:\d{4}/\d\d|undated|withheld)/\d\d(?P<id>[A-Z]+)[1-9]\d*(?:-[0-9a-f]{6})?\.html"
    r"|origin/(?P<name>[A-Z]+(?:_[0-9A-F]{2})?)(?:/[^/]+)?\.html"
).fullmatch
_ESCAPED = re.compile(r"_([0-9A-F]{2})")
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*").fullmatch

# What is about nothing, and stands in every part.
_EVERYWHERE = frozenset((READING_LIST, HUMANS, HEADERS))
_ASSETS = "assets/"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How an archive is split, and where its parts are served."""

    split: Split
    portal_url: str  # ends in '/'
    part_url: str  # the same for a part, with '{part}' in the place of its name

    def part_of(self, address: str) -> str:
        """The part that has the page at an address: '1974', '1970s', 'astana'; '' for the portal."""
        return _NAMERS[self.split](address, self.reserved)

    def is_everywhere(self, address: str) -> bool:
        """Whether every part has a copy of its own of what stands at an address."""
        return address.startswith(_ASSETS) or address in _EVERYWHERE

    def url_of(self, part: str) -> str:
        """Where a part is served; ends in '/'."""
        return self.part_url.replace(PART, part) if part else self.portal_url

    def origin_of(self, part: str) -> str:
        """The host of a part as a Content-Security-Policy names it: 'https://example.org'."""
        url = urlsplit(self.url_of(part))
        return f"{url.scheme}://{url.netloc}"

    def folder_of(self, part: str) -> str:
        """The folder of a part among those of all parts."""
        if self.is_side_by_side:
            return _last_piece(self.url_of(part))
        return part or _PORTAL_FOLDER

    def public(self, address: str) -> str:
        """The full address of a page, in the part that has it."""
        return absolute(self.url_of(self.part_of(address)), address)

    def way(self, address: str, other: str) -> str:
        """What stands before an address in links from a page at another address to a part that is not its own."""
        if self.is_side_by_side:
            return f"{'../' * (address.count('/') + 1)}{self.folder_of(other)}/"
        return self.url_of(other)

    def link(self, address: str, other: str, to: str) -> str:
        """The link from a page at an address to one of a part that is not its own."""
        return f"{self.way(address, other)}{quoted(to)}"

    @cached_property
    def is_side_by_side(self) -> bool:
        """Whether all parts are folders of one folder of one host, so that links between them can be relative."""
        above, last = _above(self.portal_url), _last_piece(self.portal_url)
        part = _last_piece(self.part_url)
        return (
            above == _above(self.part_url)
            and PART in part
            and _FOLDER(last) is not None
            and _FOLDER(part.replace(PART, "x")) is not None
        )

    @cached_property
    def reserved(self) -> str:
        """The name that a part cannot have, since its folder would be the portal's."""
        if not self.is_side_by_side:
            return _PORTAL_FOLDER
        before, _, behind = _last_piece(self.part_url).partition(PART)
        name = _last_piece(self.portal_url).lower()
        is_like = name.startswith(before.lower()) and name.endswith(behind.lower())
        return name[len(before) : len(name) - len(behind)] if is_like else ""


def default_part_url(site_url: str) -> str:
    """Where parts are served if nobody says: beside the portal, 'https://example.org/cables-{part}/'.

    '' where the portal has no folder, and nothing can be beside it.
    """
    return f"{site_url[:-1]}-{PART}/" if urlsplit(site_url).path.strip("/") else ""


@lru_cache(maxsize=20_000)
def _year_of(address: str, _portal: str) -> str:
    found = _OF_A_YEAR(address)
    return next(filter(None, found.groups())) if found else PORTAL


def _decade_of(address: str, portal: str) -> str:
    year = _year_of(address, portal)
    return f"{year[:3]}0s" if year else PORTAL


@lru_cache(maxsize=20_000)
def _post_of(address: str, portal: str) -> str:
    found = _OF_A_POST(address)
    if found is None:
        return PORTAL
    post = found["id"] or _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), found["name"])
    if not (post.isascii() and post.isalpha() and post.isupper()):
        return PORTAL
    name = f"{post.lower()}-post" if is_device(post) else post.lower()
    return PORTAL if name == portal else name


_NAMERS: Mapping[Split, Callable[[str, str], str]] = {
    "year": _year_of,
    "decade": _decade_of,
    "origin": _post_of,
}


def _above(url: str) -> str:
    return url[: url[:-1].rfind("/") + 1]


def _last_piece(url: str) -> str:
    """The last folder of an address; '' where there is none but the host."""
    path = urlsplit(url).path.strip("/")
    return path.rpartition("/")[2]
