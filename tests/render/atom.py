"""Says what is wrong with a feed: by the schema of RFC 4287, by what that schema cannot say, and by a reader of feeds."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

ATOM = "{http://www.w3.org/2005/Atom}"
_SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))


def faults(feed: bytes) -> Iterator[str]:
    """Everything that is wrong with a feed."""
    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    if not _SCHEMA.validate(root):
        yield str(_SCHEMA.error_log)
    parsed = feedparser.parse(feed, sanitize_html=False)
    if parsed.bozo:
        yield str(parsed.bozo_exception)
    if len(parsed.entries) != len(root.findall(f"{ATOM}entry")):
        yield "not all entries are read"
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    if len(set(ids)) != len(ids):
        yield "two have one id"
    yield from (f"{id_} is no full address" for id_ in ids if not urlsplit(id_).scheme)
    moments = [one.text for one in root.findall(f"{ATOM}entry/{ATOM}updated")]
    if moments != sorted(moments, reverse=True):
        yield "entries stand in no order"
    if moments and root.findtext(f"{ATOM}updated") != moments[0]:
        yield "the feed is not as new as its newest entry"
    if root.find(f"{ATOM}author") is None:
        yield "nobody is the author"
    for parent in (root, *root.findall(f"{ATOM}entry")):
        ways = [link.get("rel") for link in parent.findall(f"{ATOM}link")]
        if ways != (["self", "alternate"] if parent is root else ["alternate"]):
            yield f"links {ways}"


def entries(feed: bytes) -> list[tuple[str, str]]:
    """The titles and moments of the entries of a feed."""
    return [(entry.title, entry.updated) for entry in feedparser.parse(feed, sanitize_html=False).entries]
