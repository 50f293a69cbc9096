"""What HTML did to a text, undone; and the label and value pairs of its tables.

Only the tags that dumps put into telegrams are taken for tags: anything else between '<' and '>' was written by
someone and stays.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The pilcrow that the pages of 2010 put before a paragraph, as a link to itself. It is theirs, not the telegram's.
_PILCROW = re.compile(
    r"<a\b[^<>]*#par[^<>]*>\s*+(?:\u00b6|\u00c2\u00b6|&para;|&#0*182;|&#x0*b6;)?\s*+</a\s*+>", re.IGNORECASE
)
_LINE_BREAK = re.compile(r"(?:\n|&#x0*a;|&#0*10;)?<br\s*/?>(?:\n|&#x0*a;|&#0*10;)?", re.IGNORECASE)
_NEXT_ROW = re.compile(r"</tr\s*>", re.IGNORECASE)
_NEXT_CELL = re.compile(r"</t[dh]\s*>(?!\s*</tr)", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|code|div|em|font|i|p|pre|small|span|strong|sub|sup|table|tbody|thead|td|th|tr|tt|u)\b[^<>]*>",
    re.IGNORECASE,
)

_BLOCK = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</pre\s*>", re.IGNORECASE)
_OTHER_END = re.compile(r"</(?:code|div|body|html)\s*>", re.IGNORECASE)

_CELL_GAP = "   "  # by which a table in plain text is known


def text_of_html(written: str) -> str:
    """The text of a piece of HTML, its line ends and blanks kept."""
    if "<" in written:
        written = _PILCROW.sub("", written)
        written = _LINE_BREAK.sub("\n", written)
        written = _NEXT_CELL.sub(_CELL_GAP, written)
        written = _NEXT_ROW.sub("\n", written)
        written = _TAG.sub("", written)
    return html.unescape(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A block of a page that keeps its line ends."""

    start: int  # where it begins in the page
    text: str
    is_closed: bool


def text_blocks(page: str, start: int = 0) -> Iterator[TextBlock]:
    """The blocks of a page from `start`; one that is not closed ends with the element around it."""
    opening = _BLOCK.search(page, start)
    while opening:
        following = _BLOCK.search(page, opening.end())
        stop = following.start() if following else len(page)
        closing = _BLOCK_END.search(page, opening.end(), stop)
        end = closing or _OTHER_END.search(page, opening.end(), stop)
        written = page[opening.end() : end.start() if end else stop]
        yield TextBlock(start=opening.start(), text=text_of_html(written), is_closed=closing is not None)
        opening = following


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, or a term or definition of a list."""

    text: str  # white space collapsed
    links: tuple[tuple[str, str], ...]  # words and address of each link in it


@dataclass(slots=True, kw_only=True)
class _OpenCell:
    text: list[str] = field(default_factory=list)
    links: list[tuple[list[str], str]] = field(default_factory=list)


class _Rows(HTMLParser):
    """Reads the rows of all tables and lists of definitions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self._cell: _OpenCell | None = None
        self._in_link = False
        self._in_block = False  # a text block is no part of a cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "dt"):
            self._close()
            self.rows.append([])
        if tag in ("td", "th", "dt", "dd"):
            self._close()
            self._cell = _OpenCell()
        elif tag == "pre":
            self._in_block = True
        elif tag == "a" and self._cell is not None:
            self._cell.links.append(([], dict(attrs).get("href") or ""))
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "dt", "dd", "tr", "table", "dl"):
            self._close()
        elif tag == "pre":
            self._in_block = False
        elif tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._in_block:
            self._cell.text.append(data)
            if self._in_link:
                self._cell.links[-1][0].append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        if self._cell is not None:
            links = ((_collapsed(words), address) for words, address in self._cell.links)
            cell = Cell(text=_collapsed(self._cell.text), links=tuple(links))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(cell)
        self._cell, self._in_link = None, False


def table_rows(written: str) -> list[list[Cell]]:
    """The rows of all tables in a piece of HTML; of a list of definitions each term with what follows it."""
    parser = _Rows()
    parser.feed(written)
    parser.close()
    return [row for row in parser.rows if row]


def _collapsed(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
