"""A strict look at a page: whether it is valid, and what elements, attributes and texts it consists of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import html5lib

# Everything that a page may be made of; nothing of a cable may add to it.
ELEMENTS = frozenset(
    "html head meta title link body a header nav main footer article p span h1 h2 h3 h4 h5 h6 time table caption tr th"
    " td tbody thead ul ol li details summary pre div section blockquote hr br b i bdi small code figure figcaption"
    " svg g line rect path circle text em strong sup u img dl dt dd del ins label input script button select option form"
    " noscript aside cite".split()
)
ATTRIBUTES = frozenset(
    "lang charset http-equiv content name rel href class id title aria-label aria-current scope abbr datetime tabindex"
    " viewbox role width height x y x1 x2 y1 y2 cx cy r d alt src align start async popover popovertarget type value"
    " property checked hidden data-do data-source aria-hidden fill-rule text-anchor action placeholder defer autocomplete"
    " autocapitalize spellcheck enterkeyhint cite transform dx dy preserveaspectratio".split()
)
# With a scheme that runs nothing; or relative, without a host, and with no ':' that could make it a scheme.
SAFE_LINK = re.compile(r"(?:https?:|mailto:).+|(?![/\\]{2})[^:/?#]*(?:[/?#].*)?", re.DOTALL | re.IGNORECASE)

# Of a script that is data, and is never run.
LINKED_DATA = (("type", "application/ld+json"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A start tag, an end tag or a run of text of a page."""

    kind: str  # 'start', 'end', 'text', or what a page must not have: 'comment', 'other'
    text: str  # the tag's name, or the text
    attributes: tuple[tuple[str, str], ...] = ()


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = tuple((name, value or "") for name, value in attrs)
        self.pieces.append(Piece(kind="start", text=tag, attributes=attributes))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(Piece(kind="end", text=tag))

    def handle_data(self, data: str) -> None:
        self.pieces.append(Piece(kind="text", text=data))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece(kind="comment", text=data))

    def unknown_decl(self, data: str) -> None:
        self.pieces.append(Piece(kind="other", text=data))

    def handle_pi(self, data: str) -> None:
        self.pieces.append(Piece(kind="other", text=data))


def read_pieces(page: str) -> list[Piece]:
    """The tags and texts of a page, in order."""
    reader = _Pieces()
    reader.feed(page)
    reader.close()
    return reader.pieces


def faults(page: str) -> Iterator[str]:
    """What a page has and must not have, whatever its text."""
    try:
        html5lib.HTMLParser(strict=True).parse(page)
    except html5lib.html5parser.ParseError as error:
        yield f"not valid: {error}"
    for piece in read_pieces(page):
        if piece.kind in ("comment", "other"):
            yield f"a {piece.kind}: {piece.text[:60]!r}"
        if piece.kind == "start":
            yield from _faults_of_tag(piece)


def _faults_of_tag(piece: Piece) -> Iterator[str]:
    if piece.text not in ELEMENTS:
        yield f"an element <{piece.text}>"
    for name, value in piece.attributes:
        if name not in ATTRIBUTES:
            yield f"an attribute {name}={value[:60]!r} of <{piece.text}>"
        if name in ("href", "src", "action", "cite") and not SAFE_LINK.fullmatch(value):
            yield f"a link to {value[:60]!r}"
        if (
            piece.text == "script"
            and piece.attributes != LINKED_DATA
            and not re.fullmatch(
                r"(?:\.\./)*assets/(?:cablepress|search|marks|search-page)\.js",
                dict(piece.attributes).get("src", ""),
            )
        ):
            yield "a script that is not the site's own"
        if piece.text == "meta" and name == "http-equiv" and value != "Content-Security-Policy":
            yield f"a meta {value[:60]!r}"
