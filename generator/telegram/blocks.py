"""Lines into blocks: headings, paragraphs, lists, tables, quoted texts, rules.

The lines are the drafter's alone, and their numbers are settled. A chunk is a run of lines without a blank
one; most blocks are chunks, but rules, markers and numbers divide them further.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import dedent

from msgspec.structs import replace

from generator.telegram.cable import Block
from generator.telegram.headings import (
    heading_extent,
    is_heading_alone,
    is_rule,
    is_title,
    without_rule,
)
from generator.telegram.lists import ListReader, may_open_list, parse_marker
from generator.telegram.page_breaks import ends_sentence
from generator.telegram.portion import parse_portion
from generator.telegram.quotes import QuotedText
from generator.telegram.source_text import SourceText
from generator.telegram.tables import find_tables

_WRAPPED_HYPHEN = re.compile(r"(?<=[A-Za-z]-)\n(?=[a-z])")
_FALSE_PILCROW = re.compile(r"^(\s*)¶\s?", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine:
    """A line of the body that is the drafter's."""

    index: int  # where it stands in SourceText.lines
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLine:
    """The number that a line opens a paragraph with."""

    number: int
    written: str  # '¶15'
    end: int  # where the text behind the number begins


def gather_blocks(
    lines: Sequence[BodyLine],
    numbered: Mapping[int, NumberedLine],
    quotes: Sequence[QuotedText],
    text: SourceText,
) -> tuple[Block, ...]:
    """The blocks of the body, numbered paragraphs with their anchors."""
    gatherer = _Gatherer(lines, numbered, quotes, text)
    return tuple(_with_anchors(gatherer.gather(0, len(lines)), prefix="par"))


def join_lines(lines: Sequence[str]) -> str:
    """Wrapped lines as one, a hyphen at a line's end kept and the next word put to it."""
    text = "\n".join(line.strip() for line in lines)
    if "¶" in text:
        text = _FALSE_PILCROW.sub(r"\1", text)
    if "-\n" in text:
        text = _WRAPPED_HYPHEN.sub("", text)
    return " ".join(text.split())


def _with_anchors(blocks: Sequence[Block], *, prefix: str) -> Iterator[Block]:
    """Anchors `par7`, `par7-2` for the second paragraph 7, `text1-par7` inside the first quoted text."""
    seen: dict[int, int] = {}
    quotes = 0
    for block in blocks:
        if block.kind == "quote":
            quotes += 1
            inner = tuple(_with_anchors(block.blocks, prefix=f"text{quotes}-{prefix}"))
            yield replace(block, blocks=inner)
        elif block.number is not None:
            times = seen[block.number] = seen.get(block.number, 0) + 1
            anchor = f"{prefix}{block.number}" + (f"-{times}" if times > 1 else "")
            yield replace(block, anchor=anchor)
        else:
            yield block


class _Gatherer:
    """Goes over the lines once; each method takes the place it is at and returns blocks."""

    def __init__(
        self,
        lines: Sequence[BodyLine],
        numbered: Mapping[int, NumberedLine],
        quotes: Sequence[QuotedText],
        text: SourceText,
    ) -> None:
        self.lines = lines
        self.texts = [line.text for line in lines]
        self.numbered = numbered
        self.quotes = {quote.first: quote.last for quote in quotes}
        self.tables = {first: last for first, last in find_tables(self.texts) if self._is_free(first, last)}
        self.source = text

    def _is_free(self, first: int, last: int) -> bool:
        return not any(place in self.numbered or place in self.quotes for place in range(first, last + 1))

    def gather(self, start: int, stop: int) -> list[Block]:
        """The blocks of lines[start:stop]."""
        blocks: list[Block] = []
        open_list: tuple[ListReader, int] | None = (
            None  # the list that the last block is, and its first place
        )
        place = start
        while place < stop:
            if not self.texts[place].strip():
                place += 1
            elif place in self.quotes and self.quotes[place] < stop:
                blocks.append(self._quote(place))
                place, open_list = self.quotes[place] + 1, None
            elif place in self.tables and self.tables[place] < stop:
                last = self.tables[place]
                table = dedent("\n".join(self.texts[place : last + 1]))
                blocks.append(self._block("table", place, last, text=table))
                place, open_list = last + 1, None
            else:
                end = self._chunk_end(place, stop)
                open_list = self._chunk(place, end, blocks, open_list)
                place = end
        return blocks

    def _chunk_end(self, place: int, stop: int) -> int:
        """Index behind the chunk: at a blank line, a number, a table or a quoted text."""
        end = place + 1
        # A number alone on its line belongs to the chunk below.
        if place in self.numbered and not self.texts[place][self.numbered[place].end :].strip():
            while end < stop and not self.texts[end].strip() and end + 1 not in self.numbered:
                end += 1
        while end < stop and self.texts[end].strip():
            if end in self.numbered or end in self.tables or end in self.quotes:
                break
            end += 1
        return end

    def _quote(self, place: int) -> Block:
        last = self.quotes[place]
        words = f"{self.texts[place].strip()}\n{self.texts[last].strip()}"
        return replace(
            self._block("quote", place, last, text=words), blocks=tuple(self.gather(place + 1, last))
        )

    def _block(self, kind: str, first: int, last: int, **fields: object) -> Block:
        line, last_line = (self.source.line_number(self.lines[at].index) for at in (first, last))
        return Block(kind=kind, line=line, last_line=last_line, **fields)  # type: ignore[arg-type]

    def _chunk(
        self, start: int, stop: int, blocks: list[Block], open_list: tuple[ListReader, int] | None
    ) -> tuple[ListReader, int] | None:
        """Divide a chunk into blocks; returns the list that its last block is, if it is one."""
        texts = self.texts[start:stop]
        number = self.numbered.get(start)
        if number is not None:
            texts[0] = texts[0][number.end :]
            open_list = None
        at = 0
        while at < len(texts):
            opened = number if at == 0 else None
            marker = parse_marker(texts[at]) if opened is None else None
            continues = marker is not None and open_list is not None and open_list[0].accepts(marker)
            if marker is not None and (continues or may_open_list(marker, texts[at - 1] if at else "")):
                if not continues:
                    open_list = (ListReader(), start + at)
                at = self._list(start, at, texts, blocks, open_list, is_new=not continues)  # type: ignore[arg-type]
                continue
            open_list = None
            if opened is None and is_rule(texts[at]) and heading_extent(texts, at) is None:
                blocks.append(self._block("rule", start + at, start + at))
                at += 1
                continue
            heading_end = self._heading(start, at, texts, opened, blocks)
            if heading_end:
                at = heading_end
                continue
            at = self._paragraph(start, at, texts, opened, blocks)
        return open_list

    def _heading(
        self, start: int, at: int, texts: list[str], opened: NumberedLine | None, blocks: list[Block]
    ) -> int:
        """Take a heading at texts[at]; the place behind it, 0 if there is none."""
        extent = heading_extent(texts, at)
        if extent is not None:
            first, last, end = extent
            self._add_text("heading", start, first, last, texts, opened, blocks, end=end - 1)
            return end
        if (words := without_rule(texts[at])) is not None:
            texts[at] = words
            self._add_text("heading", start, at, at, texts, opened, blocks)
            return at + 1
        if at == 0 and len(texts) == 1 and self._stands_as_heading(start, texts[0], opened):
            self._add_text("heading", start, 0, 0, texts, opened, blocks)
            return 1
        return 0

    def _stands_as_heading(self, place: int, line: str, opened: NumberedLine | None) -> bool:
        """Whether a line alone in its chunk is a heading; a numbered one only above text without a number."""
        portion = parse_portion(line.strip())
        words = line.strip()[portion.end :] if portion else line
        below = next((at for at in range(place + 1, len(self.texts)) if self.texts[at].strip()), None)
        if opened is not None:
            return below is not None and below not in self.numbered and is_heading_alone(words)
        return is_heading_alone(words) or (below in self.numbered and portion is None and is_title(words))

    def _list(
        self,
        start: int,
        at: int,
        texts: list[str],
        blocks: list[Block],
        open_list: tuple[ListReader, int],
        *,
        is_new: bool,
    ) -> int:
        """Take the items from texts[at] on; the place behind them."""
        reader, first = open_list
        while at < len(texts):
            marker = parse_marker(texts[at])
            if marker is not None and reader.accepts(marker):
                reader.add(marker, texts[at][marker.end :])
            elif is_rule(texts[at]) or (marker is not None and may_open_list(marker, texts[at - 1])):
                if marker is None:
                    break
                reader.add(marker, texts[at][marker.end :])
            else:
                reader.extend(join_lines([texts[at]]))
            at += 1
        if not is_new:
            blocks.pop()
        blocks.append(self._block("list", first, start + at - 1, items=reader.items()))
        return at

    def _paragraph(
        self, start: int, at: int, texts: list[str], opened: NumberedLine | None, blocks: list[Block]
    ) -> int:
        """Take the paragraph at texts[at], up to the next item, rule or heading of the chunk."""
        end = at + 1
        while end < len(texts):
            above = texts[end - 1]
            if is_rule(texts[end]):
                break
            if (marker := parse_marker(texts[end])) and may_open_list(marker, above) and above.strip():
                break
            if ends_sentence(above) and heading_extent(texts, end):
                break
            end += 1
        self._add_text("paragraph", start, at, end - 1, texts, opened, blocks)
        return end

    def _add_text(
        self,
        kind: str,
        start: int,
        first: int,
        last: int,
        texts: Sequence[str],
        opened: NumberedLine | None,
        blocks: list[Block],
        *,
        end: int | None = None,
    ) -> None:
        """Add a heading or paragraph of texts[first..last], marking and number taken off its start."""
        words = join_lines(texts[first : last + 1])
        portion = parse_portion(words)
        block = self._block(
            kind,
            start + first,
            start + (last if end is None else end),
            text=words[portion.end :] if portion else words,
            marking=portion.marking if portion else None,
            number=opened.number if opened else None,
            raw_number=opened.written
            if opened and opened.written.strip("¶ ") != str(opened.number)
            else None,
        )
        blocks.append(block)
