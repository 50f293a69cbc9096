"""What the tags of a page say, taken from its bytes: ids, and everything that leads somewhere.

A page is read tag by tag, with two regular expressions that never look at a byte twice. Comments, and what stands in
scripts and styles, are no tags; text is none either, whatever it looks like, since its '<' is escaped. A page that is
not valid is read as far as it goes: that is told by `validity`.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# The quantifiers that end in '+' never give back what they took, so that nothing is tried twice; what has no end reaches
# to that of the page.
_ATTRIBUTES = rb"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+"
_TAG = re.compile(
    rb"<(?:"
    rb"!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|((?i:script|style|textarea|title|xmp|iframe|noembed|noframes))(?=[\s/>])"
    rb"(" + _ATTRIBUTES + rb")(?:>|\Z)(?:.*?</(?i:\1)(?=[\s/>])|.*)"
    rb"|(?:((?i:a|base))(?=[\s/])|[a-zA-Z][^\s/>]*+)[\s/]++([^\s/>]" + _ATTRIBUTES + rb")(?:>|\Z)"
    rb")",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([^\s/>=\0]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>\0]++))?+")
_REFRESH = re.compile(rb"http-equiv\s*+=\s*+[\"']?+\s*+refresh", re.IGNORECASE)
_REFRESH_TO = re.compile(r"\s*+[\d.]*+\s*+[;,]?+\s*+(?:url\s*+=\s*+)?+(.*)", re.IGNORECASE | re.DOTALL)
_CANDIDATE = re.compile(rb"([^\s,]\S*+)(?:(?<=,)|[^,]*+)")  # of a srcset: an address, and what it is for

_LINKS = frozenset(
    (
        b"href src action formaction poster data xlink:href srcset imagesrcset data-href data-src data-url data-srcset"
    ).split()
)
_SETS = frozenset((b"srcset", b"imagesrcset", b"data-srcset"))
_IDS = frozenset((b"id", b"ID", b"Id"))
_BASES = frozenset((b"base", b"BASE"))
_UNFIT_UNQUOTED = re.compile(rb"[\"'<=`]").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What a page says in its tags."""

    ids: list[bytes]  # in order, as often as they stand there
    names: list[bytes]  # of `<a name>`, which are places too
    links: list[bytes]  # each once, in order, as a browser reads them: without escapes and quotes
    base: bytes | None  # to what links are relative, where the page says so
    is_careless: bool  # a value without quotes has a letter that it may not have


def read_tags(page: bytes) -> Tags:
    """Read the tags of a page."""
    tags = _TAG.findall(page)
    attributes = [first or second for _, first, name, second in tags if name not in _BASES]
    written = b"\0".join(attributes)
    found = _ATTRIBUTE.findall(written)
    links: dict[bytes, None] = {}
    is_careless = False
    for name, value in dict.fromkeys(found):
        if value and value[0] not in b"\"'" and _UNFIT_UNQUOTED(value):
            is_careless = True
        name = name.lower()
        if name in _LINKS:
            links.update(dict.fromkeys(_addresses(name, value)))
    if _REFRESH.search(written):  # which may also stand in a value
        for tag in attributes:
            links.update(dict.fromkeys(_refreshes(tag)))
    return Tags(
        ids=[plain(value) for name, value in found if name in _IDS],
        names=[
            value for _, _, name, tag in tags if name and b"name" in tag for value in _values(tag, b"name")
        ],
        links=list(links),
        base=next(
            (value for _, _, name, tag in tags if name in _BASES for value in _values(tag, b"href")), None
        ),
        is_careless=is_careless,
    )


def find_links(page: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each link of a page once more, with the place of its tag: where it begins and ends. It takes its time."""
    for written, begin, end in _tags_with_places(page):
        for name, value in _ATTRIBUTE.findall(written):
            if name.lower() in _LINKS:
                for link in _addresses(name.lower(), value):
                    yield link, begin, end
        if _REFRESH.search(written):
            for link in _refreshes(written):
                yield link, begin, end


def find_ids(page: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each id of a page, with the place of its tag."""
    for written, begin, end in _tags_with_places(page):
        for value in _values(written, b"id"):
            yield value, begin, end


def _tags_with_places(page: bytes) -> Iterator[tuple[bytes, int, int]]:
    """What is written in each tag, and where it begins and ends."""
    for tag in _TAG.finditer(page):
        group = 2 if tag[2] is not None else 4
        if tag[group] and tag[3] not in _BASES:
            yield tag[group], tag.start(), tag.end(group) + 1


def find_unclosed(page: bytes, name: bytes) -> tuple[int, int] | None:
    """The place of the last tag of a kind of element that has no end tag."""
    opened: list[tuple[int, int]] = []
    for tag in re.finditer(
        rb"<!--.*?(?:-->|\Z)|<(/?)" + re.escape(name) + rb"(?=[\s/>])[^>]*+(?:>|\Z)",
        page,
        re.DOTALL | re.IGNORECASE,
    ):
        if tag[1]:
            del opened[-1:]
        elif tag[1] is not None:
            opened.append(tag.span())
    return opened[-1] if opened else None


def plain(value: bytes) -> bytes:
    """What a value says, without its quotes and escapes."""
    if value[:1] in (b'"', b"'"):
        value = value[1:-1]
    if b"&" in value:
        return html.unescape(value.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogatepass")
    return value


def _values(tag: bytes, name: bytes) -> list[bytes]:
    """The values of an attribute in a tag: one, if it is valid."""
    return [plain(value) for found, value in _ATTRIBUTE.findall(tag) if found.lower() == name]


def _addresses(name: bytes, value: bytes) -> Iterator[bytes]:
    text = plain(value)
    if name in _SETS:
        yield from (candidate.rstrip(b",") for candidate in _CANDIDATE.findall(text))
    else:
        yield text


def _refreshes(tag: bytes) -> Iterator[bytes]:
    """Where a page leads on by itself, if this tag says so."""
    if any(value.strip().lower() == b"refresh" for value in _values(tag, b"http-equiv")):
        for content in _values(tag, b"content"):
            to = _REFRESH_TO.match(content.decode("utf-8", "surrogateescape"))
            link = to[1].strip().strip("'\"") if to is not None else ""
            if link:
                yield link.encode("utf-8", "surrogateescape")
