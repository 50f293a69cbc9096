"""Looks into one batch of files: what each says by itself, and where its links lead. It is what workers do.

What a page is does not depend on others: whether its links arrive is asked later, of all together.
"""

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

import msgspec

from generator.inspection.links import Way, follow
from generator.inspection.markup import read_tags
from generator.inspection.stamps import address_of
from generator.inspection.validity import faults_of

PAGES = (".html", ".htm")
_XML = (".xml", ".svg", ".rss", ".atom", ".xhtml")
_STYLES = (".css",)
_PACKAGE = "datapackage.json"
_ROBOTS = "robots.txt"

_COMMENT = re.compile(rb"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(
    rb"url\(\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^()\s\"']*+))\s*+\)|@import\s++(?:\"([^\"]*+)\"|'([^']*+)')",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(rb"<\?xml-stylesheet\s([^>]*+)")
_END_OF_URL = rb"[^\s\"'<>\\]*"


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """Something that is wrong with a file whatever the others are."""

    code: str  # of the problem that it becomes
    about: bytes  # the link, the id, what the parser says
    number: int = 0  # which of the like it is


class Looked(msgspec.Struct, frozen=True, array_like=True):
    """What was found in one file."""

    address: bytes
    ids: bytes | None  # each between line ends; None where it is no page
    links: bytes  # numbers in the list of places of the batch, as an array
    faults: list[Fault]


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What was found in some files."""

    looked: list[Looked]
    places: list[tuple[bytes, bytes]]  # addresses, and ids between line ends; b'' for the page itself


def is_read(address: str) -> bool:
    """Whether there are links in a file of such a name."""
    name = address.lower()
    return name.endswith(PAGES + _XML + _STYLES) or name.rpartition("/")[2] in (_PACKAGE, _ROBOTS)


def is_page(address: str) -> bool:
    """Whether a file is one that people read."""
    return address.lower().endswith(PAGES)


def look_into(site: Path, addresses: list[bytes], site_url: bytes) -> bytes:
    """Look into some files; what is gone meanwhile, or cannot be read, is a fault too. The result is packed."""
    places: dict[tuple[bytes, bytes], int] = {}
    looked: list[Looked] = []
    for key in addresses:
        address = address_of(key)
        try:
            data = (site / address).read_bytes()
        except OSError as error:
            why = Fault("site-unreadable", (error.strerror or str(error)).encode())
            looked.append(Looked(key, b"" if is_page(address) else None, b"", [why]))
            continue
        if is_page(address):
            known, links, faults = _look_into_page(data)
        else:
            known, links, faults = None, list(links_of(address, data, site_url)), []
        numbers = array("I")
        for link in links:
            way, to, place = way_of(key, link, site_url)
            if way == "file":
                target = (to, b"\n%b\n" % place if place else b"")
                numbers.append(places.setdefault(target, len(places)))
            elif code := _WRONG.get(way):
                faults.append(Fault(code, link))
            elif way == "own" and place and known is not None and place not in known:
                faults.append(Fault("link-without-place", link))
        ids = None if known is None else b"\n%b\n" % b"\n".join(sorted(known))
        looked.append(Looked(key, ids, numbers.tobytes(), faults))
    return msgspec.msgpack.encode(Batch(looked, list(places)))


_WRONG: dict[Way, str] = {"root": "link-from-root", "outside": "link-out-of-site"}


def _look_into_page(data: bytes) -> tuple[set[bytes], list[bytes], list[Fault]]:
    """The places of a page, its links, and what is wrong with it by itself."""
    tags = read_tags(data)
    faults = [
        Fault("html-invalid", fault.encode("utf-8", "surrogatepass"), number)
        for number, fault in enumerate(faults_of(data, is_careless=tags.is_careless))
    ]
    known: set[bytes] = set()
    for id_ in tags.ids:
        if id_ in known:
            faults.append(Fault("element-id-twice", id_))
        known.add(id_)
    known.update(tags.names)
    return (
        known,
        tags.links if tags.base is None else [from_base(tags.base, link) for link in tags.links],
        faults,
    )


def links_of(address: str, data: bytes, site_url: bytes = b"") -> Iterator[bytes]:
    """The links of a file that is no page."""
    name = address.lower()
    if name.endswith(_STYLES):
        for found in _URL.findall(_COMMENT.sub(b"", data)):
            yield from filter(None, found)
        return
    if name.endswith(_XML):
        # An instruction has attributes, as a tag has.
        yield from (
            link for written in _INSTRUCTION.findall(data) for link in read_tags(b"<x %b>" % written).links
        )
        yield from read_tags(data).links
    if name.endswith(_PACKAGE):
        yield from _paths(data)
    if site_url:
        for url in re.findall(re.escape(site_url) + _END_OF_URL, data):
            yield url.replace(b"&amp;", b"&").rstrip(b".,;)")


def way_of(key: bytes, link: bytes, site_url: bytes) -> tuple[Way, bytes, bytes]:
    """Where a link in a file leads; see `follow`."""
    folder, slash, _ = key.rpartition(b"/")
    return _follow(folder + slash, link, site_url)


# The pages of a folder lead to much the same places.
_follow = lru_cache(maxsize=20_000)(follow)


def from_base(base: bytes, link: bytes) -> bytes:
    """A link as it is from a page that says to what its links are relative."""
    return urljoin(base.decode("utf-8", "replace"), link.decode("utf-8", "replace")).encode()


def _paths(data: bytes) -> Iterable[bytes]:
    """The files of a data package."""
    try:
        package = json.loads(data)
        paths = [resource["path"] for resource in package["resources"]]
    except (ValueError, TypeError, KeyError, LookupError):
        return []
    return [path.encode("utf-8", "surrogatepass") for path in paths if isinstance(path, str)]
