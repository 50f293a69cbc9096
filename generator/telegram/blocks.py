"""Lines into blocks: headings, paragraphs, lists, tables, quoted texts, rules.

The lines are the drafter's alone, and their numbers are settled. A chunk is a run of lines without a blank
one; most are a paragraph each, but rules, markers and numbers divide the others.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import Any

import msgspec

from generator.telegram.body_lines import BodyLines
from generator.telegram.cable import Block, BlockKind
from generator.telegram.headings import (
    LONGEST,
    heading_extent,
    is_heading_alone,
    is_rule,
    is_title,
    may_be_heading,
    without_rule,
)
from generator.telegram.lists import ListReader, Marker, may_open_list, parse_marker
from generator.telegram.page_breaks import ends_sentence
from generator.telegram.portion import parse_portion
from generator.telegram.quotes import QuotedText
from generator.telegram.tables import find_tables

_WRAPPED_HYPHEN = re.compile(r"(?<=[A-Za-z]-)\n\s*(?=[a-z])")
_FALSE_PILCROW = re.compile(r"^(\s*)¶\s?", re.MULTILINE)

# In terms of the outline: see `body_lines` and `_Gatherer`. Blank lines, and behind them what most chunks are: prose, or
# a line with a rule below it.
_PLAIN_CHUNK = re.compile(r"\.*((?:[aN]a*|a-)(?=[.NTQ]|\Z)|)")
_CHUNK_END = re.compile(r"[.NTQ]")
# A line alone that is longer is no heading, whatever number and marking it opens with.
_LONGEST_HEADING_LINE = 2 * LONGEST
_NEXT_LINE = re.compile(r"[^.]")


class NumberedLine(msgspec.Struct, frozen=True, kw_only=True):
    """The number that a line opens a paragraph with."""

    number: int
    end: int  # where the text behind the number begins
    raw: str | None = None  # '¶15', where another number is written than is meant


def gather_blocks(
    lines: BodyLines,
    numbered: Mapping[int, NumberedLine],
    quotes: Sequence[QuotedText],
    first_line: int,
) -> tuple[Block, ...]:
    """The blocks of the body, numbered paragraphs with their anchors; `first_line` is that of the source."""
    gatherer = _Gatherer(lines, numbered, quotes, first_line)
    return tuple(gatherer.gather(0, len(lines.texts)))


def join_lines(lines: Sequence[str]) -> str:
    """Wrapped lines as one, a hyphen at a line's end kept and the next word put to it."""
    text = "\n".join(lines)
    if "¶" in text:
        text = _FALSE_PILCROW.sub(r"\1", text)
    if "-\n" in text:
        text = _WRAPPED_HYPHEN.sub("", text)
    text = text.replace("\n", " ")
    # To split and join is what gives one line; most texts need it not.
    if "  " in text or "\t" in text or not text.isascii():
        return " ".join(text.split())
    return text.strip()


def _join_even_lines(lines: Sequence[str]) -> str:
    """The same for lines of ASCII with nothing but single blanks between their words, and no hyphen at an end."""
    return " ".join(lines).strip()


class _Anchors:
    """Gives out anchors: `par7`, `par7-2` for the second paragraph 7, `text1-par7` inside the first quoted text."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._seen: dict[int, int] = {}
        self._quotes = 0

    def of_number(self, number: int) -> str:
        """The anchor of the next paragraph that has a number."""
        times = self._seen[number] = self._seen.get(number, 0) + 1
        return f"{self._prefix}{number}-{times}" if times > 1 else f"{self._prefix}{number}"

    def inside_quote(self) -> "_Anchors":
        """The anchors inside the next quoted text."""
        self._quotes += 1
        return _Anchors(f"text{self._quotes}-{self._prefix}")


class _Gatherer:
    """Goes over the lines once; each method takes the place it is at and returns blocks.

    To the letters of the outline come N for the line of a paragraph number, T for the rows of a table and Q for
    those of a quoted text.
    """

    def __init__(
        self,
        lines: BodyLines,
        numbered: Mapping[int, NumberedLine],
        quotes: Sequence[QuotedText],
        first_line: int,
    ) -> None:
        self.texts = lines.texts
        is_even = not (lines.has_gaps or lines.has_hyphens or ">" in lines.outline) and lines.whole.isascii()
        self.join = _join_even_lines if is_even else join_lines
        self.indexes = lines.indexes
        self.first_line = first_line
        self.numbered = numbered
        self.anchors = _Anchors("par")
        self.quotes = {quote.first: quote.last for quote in quotes}
        outline = list(lines.outline)
        for place in numbered:
            outline[place] = "N"
        for place in self.quotes:
            outline[place] = "Q"
        self.tables = {
            first: last
            for first, last in find_tables(lines)
            if "N" not in outline[first : last + 1] and "Q" not in outline[first : last + 1]
        }
        for place in self.tables:
            outline[place] = "T"
        self.outline = "".join(outline)

    def gather(self, start: int, stop: int) -> list[Block]:
        """The blocks of lines[start:stop]."""
        blocks: list[Block] = []
        open_list: _OpenList | None = None
        place = start
        while found := _PLAIN_CHUNK.match(self.outline, place, stop):
            place, end = found.span(1)
            if place == stop:
                break
            if end > place and (block := self._plain_block(place, end)):
                blocks.append(block)
                place, open_list = end, None
                continue
            letter = self.outline[place]
            if letter == "Q" and self.quotes[place] < stop:
                blocks.append(self._quote(place))
                place, open_list = self.quotes[place] + 1, None
            elif letter == "T" and self.tables[place] < stop:
                last = self.tables[place]
                table = dedent("\n".join(self.texts[place : last + 1]))
                blocks.append(self._block("table", place, last, text=table))
                place, open_list = last + 1, None
            else:
                end = self._chunk_end(place, stop)
                texts, number = self._take(place, end)
                chunk = _Chunk(start=place, texts=texts, letters=self.outline[place:end], number=number)
                open_list = self._divide(chunk, blocks, open_list)
                place = end
        return blocks

    def _plain_block(self, place: int, end: int) -> Block | None:
        """A paragraph of several lines or a long one, or a line with a rule below it; None for what may be neither."""
        if self.outline[end - 1] == "-":
            if not (may_be_heading(self.texts[place]) and is_rule(self.texts[place + 1])):
                return None
            return self._text("heading", place, place + 1, self.texts[place : place + 1], None)
        if end == place + 1 and len(self.texts[place]) <= _LONGEST_HEADING_LINE:
            return None
        texts, number = self._take(place, end)
        return self._text("paragraph", place, end - 1, texts, number)

    def _take(self, start: int, stop: int) -> tuple[list[str], NumberedLine | None]:
        """The lines[start:stop] and the number that opens them, taken off."""
        texts = self.texts[start:stop]
        number = self.numbered.get(start)
        if number is not None:
            texts[0] = texts[0][number.end :]
        return texts, number

    def _chunk_end(self, place: int, stop: int) -> int:
        """Index behind the chunk: at a blank line, a number, a table or a quoted text."""
        end = place + 1
        # A number alone on its line belongs to the chunk below.
        if self.outline[place] == "N" and not self.texts[place][self.numbered[place].end :]:
            while end < stop and self.outline[end] == "." and self.outline[end + 1 : end + 2] != "N":
                end += 1
        found = _CHUNK_END.search(self.outline, end, stop)
        return found.start() if found else stop

    def _quote(self, place: int) -> Block:
        last = self.quotes[place]
        words = f"{self.texts[place].strip()}\n{self.texts[last].strip()}"
        outer, self.anchors = self.anchors, self.anchors.inside_quote()
        blocks = tuple(self.gather(place + 1, last))
        self.anchors = outer
        return self._block("quote", place, last, text=words, blocks=blocks)

    def _block(self, kind: BlockKind, first: int, last: int, **fields: Any) -> Block:
        return Block(
            kind=kind,
            line=self.first_line + self.indexes[first],
            last_line=self.first_line + self.indexes[last],
            **fields,
        )

    def _text(
        self, kind: BlockKind, first: int, last: int, texts: Sequence[str], number: NumberedLine | None
    ) -> Block:
        """A heading or paragraph at lines[first..last], of the words of `texts`, its marking taken off."""
        words = self.join(texts)
        portion = parse_portion(words)
        return Block(
            kind=kind,
            line=self.first_line + self.indexes[first],
            last_line=self.first_line + self.indexes[last],
            text=words[portion.end :] if portion else words,
            marking=portion.marking if portion else None,
            number=number.number if number else None,
            raw_number=number.raw if number else None,
            anchor=self.anchors.of_number(number.number) if number else None,
        )

    def _text_of(self, kind: BlockKind, chunk: "_Chunk", first: int, stop: int, end: int = 0) -> Block:
        """A heading or paragraph of texts[first:stop] of a chunk, the rule up to `end` included."""
        number, chunk.number = chunk.number, None
        last = chunk.start + (end or stop) - 1
        return self._text(kind, chunk.start + first, last, chunk.texts[first:stop], number)

    def _divide(
        self, chunk: "_Chunk", blocks: list[Block], open_list: "_OpenList | None"
    ) -> "_OpenList | None":
        """Divide a chunk into blocks; returns the list that its last block is, if it is one."""
        texts = chunk.texts
        at = 0
        while at < len(texts):
            marker = chunk.marker(at)
            continues = marker is not None and open_list is not None and open_list.reader.accepts(marker)
            if marker is not None and (continues or may_open_list(marker, texts[at - 1] if at else "")):
                if open_list is not None and continues:
                    blocks.pop()
                else:
                    open_list = _OpenList(reader=ListReader(), first=chunk.start + at)
                at = _take_items(chunk, at, open_list.reader)
                items = open_list.reader.items()
                blocks.append(self._block("list", open_list.first, chunk.start + at - 1, items=items))
                continue
            open_list = None
            extent = chunk.heading_extent(at)
            if extent is not None:
                first, last, end = extent
                blocks.append(self._text_of("heading", chunk, first, last + 1, end))
                at = end
            elif chunk.is_rule(at):
                blocks.append(self._block("rule", chunk.start + at, chunk.start + at))
                at += 1
            elif chunk.letters[at] != "a" and (words := without_rule(texts[at])) is not None:
                texts[at] = words
                blocks.append(self._text_of("heading", chunk, at, at + 1))
                at += 1
            elif len(texts) == 1 and self._stands_as_heading(chunk):
                blocks.append(self._text_of("heading", chunk, 0, 1))
                at += 1
            else:
                end = _paragraph_end(chunk, at)
                blocks.append(self._text_of("paragraph", chunk, at, end))
                at = end
        return open_list

    def _stands_as_heading(self, chunk: "_Chunk") -> bool:
        """Whether a line alone in its chunk is a heading; a numbered one only above text without a number."""
        line = chunk.texts[0]
        portion = parse_portion(line.strip())
        words = line.strip()[portion.end :] if portion else line
        below = _NEXT_LINE.search(self.outline, chunk.start + 1)
        above_number = below is not None and below[0] == "N"
        if chunk.number is not None:
            return below is not None and not above_number and (is_heading_alone(words) or is_title(words))
        return is_heading_alone(words) or (above_number and portion is None and is_title(words))


class _OpenList(msgspec.Struct, kw_only=True):
    """The list that the block last made is; what follows may go on with it."""

    reader: ListReader
    first: int  # the place of its first line


class _Chunk(msgspec.Struct, kw_only=True):
    """A run of lines without a blank one."""

    start: int  # the place of its first line
    texts: list[str]
    letters: str  # of the outline
    number: NumberedLine | None  # that opens it and is no longer in texts[0], until a block has it

    def marker(self, at: int) -> Marker | None:
        """The marker at the start of a line; prose has none, and behind a number none counts."""
        return None if self.letters[at] in "ahN" or self.is_rule(at) else parse_marker(self.texts[at])

    def is_rule(self, at: int) -> bool:
        return self.letters[at] in "->" and is_rule(self.texts[at])

    def heading_extent(self, at: int) -> tuple[int, int, int] | None:
        """A heading that rules set off at a line: first and last line of its words, place behind it all."""
        near = self.letters[at : at + 4]
        return heading_extent(self.texts, at) if "-" in near or ">" in near else None


def _take_items(chunk: _Chunk, at: int, reader: ListReader) -> int:
    """Read the items from texts[at] on; the place behind them."""
    while at < len(chunk.texts):
        line = chunk.texts[at]
        marker = chunk.marker(at)
        if marker is not None and (reader.accepts(marker) or may_open_list(marker, chunk.texts[at - 1])):
            reader.add(marker, line[marker.end :])
        elif chunk.is_rule(at):
            break
        else:
            reader.extend(join_lines([line]))
        at += 1
    return at


def _paragraph_end(chunk: _Chunk, at: int) -> int:
    """The place behind the paragraph at texts[at]: the next item, rule or heading of the chunk."""
    end = at + 1
    while end < len(chunk.texts):
        above = chunk.texts[end - 1]
        if chunk.is_rule(end):
            break
        if (marker := chunk.marker(end)) and may_open_list(marker, above) and above.strip():
            break
        if ends_sentence(above) and (chunk.letters[end] == "h" or chunk.heading_extent(end)):
            break
        end += 1
    return end
