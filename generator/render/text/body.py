"""The text of a cable as HTML: one walk over its blocks, each woven with the lines that it was read from.

Not a template, since a page has dozens of blocks and one call for each would cost more than all else on the page. The
look of each kind is the stylesheet's. Every word of the cable goes through `weaving` or `escape_text`; what stands
around the words is written here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from generator.release.cleared import WITHHELD_GAP
from generator.render.text.markup import Mark, attribute, escape_text
from generator.render.text.weaving import (
    Lines,
    Passage,
    Readings,
    between,
    cut,
    made,
    split,
    weave,
    whole_of,
)
from generator.telegram.cable import Block, ListItem, Part

# The links, redactions and explained words in a text, in any order.
FindMarks = Callable[[str], Sequence[Mark]]

_NO_NOTES: Mapping[int, Markup] = {}

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"(\s*)(¶?\s?\d{1,3}[.):]?)((?:\s|\().*|)", re.DOTALL)


def render_body(
    blocks: Sequence[Block],
    parts: Sequence[Part],
    signer: str | None,
    find_marks: FindMarks,
    find_in_heading: FindMarks,
    notes: Mapping[int, Markup] = _NO_NOTES,
) -> Markup:
    """The blocks of a cable's text in order, and who signed it; a heading, which begins a section, has marks of its own.

    Notes of the editor stand behind the blocks with their numbers, counted from 0: between what is woven, and no part
    of it. `parts` are the text as it was sent; where there are none, or some of it is withheld, only the reading is shown.
    """
    lines = Lines(parts) if is_shown_as_sent(blocks, parts) else Readings()
    body = _Body(lines, find_marks, find_in_heading)
    elements = body.with_notes(blocks, notes) if notes else body.elements(blocks)
    return Markup("".join([*elements, *body.ending(parts, signer)]))  # noqa: S704 - escaped, word by word


def is_shown_as_sent(blocks: Sequence[Block], parts: Sequence[Part]) -> bool:
    """Whether the text as it was sent may stand in the page: a gap that release has made leaves nothing of it."""
    return bool(parts) and not any(block.kind == "gap" and block.text == WITHHELD_GAP for block in blocks)


class _Body:
    def __init__(self, lines: Lines | Readings, find_marks: FindMarks, find_in_heading: FindMarks) -> None:
        self._lines = lines
        self._find_marks = find_marks
        self._find_in_heading = find_in_heading

    def with_notes(self, blocks: Iterable[Block], notes: Mapping[int, Markup]) -> Iterator[str]:
        """The HTML of some blocks, and the notes behind each."""
        for number, block in enumerate(blocks):
            yield from self.elements([block])
            yield notes.get(number, "")

    def elements(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The HTML of some blocks, and of the lines before each."""
        lines = self._lines
        for block in blocks:
            if block.kind == "gap":
                id_ = f" id={block.anchor}" if block.anchor else ""
                yield f"<p class=gap{id_}>{made(_gap_in_words(block))}</p>"
                continue
            yield lines.before(block.line)
            match block.kind:
                case "paragraph" | "heading":
                    yield self._text(block)
                case "list":
                    yield from self._list(block)
                case "quote":
                    yield from self._quote(block)
                case "rule":
                    passage = lines.take(block)
                    yield f"<hr>{cut(passage.raw)}{passage.end}"
                case "table" | "verbatim":
                    yield self._as_it_stands(block)

    def ending(self, parts: Sequence[Part], signer: str | None) -> Iterator[str]:
        """Who signed, and what stands behind the text."""
        if signer:
            sent = next((part for part in parts if part.kind == "signature"), None)
            if sent is not None and isinstance(self._lines, Lines):
                yield self._lines.before(sent.line)
                passage = self._lines.take_line(sent.line + sent.text.rstrip("\n").count("\n"), "")
                words = weave(passage, signer, ())
                yield f"<p class=signer>{words}</p>{passage.end}"
            else:
                yield f"<p class=signer>{made(signer)}</p>"
        yield self._lines.rest()

    def _text(self, block: Block) -> str:
        text, number, marking = block.text, block.number, block.marking
        passage = self._lines.take(block)
        parted = split(passage, text, is_opened=number is not None or marking is not None)
        element, find = (
            ("p", self._find_marks) if block.kind == "paragraph" else ("h2", self._find_in_heading)
        )
        opening = _opening(element, block.anchor, block.role, number, marking, parted.prefix)
        words = weave(parted.words, text, find(text))
        tail = cut(parted.tail) if parted.tail else ""
        return f"{opening}{words}</{element}>{tail}{passage.end}"

    def _list(self, block: Block) -> Iterator[str]:
        passage = self._lines.take(block)
        role = f' class="items {block.role}"' if block.role else " class=items"
        yield f"<ul{role}>"
        places = _places_of_items(passage.raw, block.items)
        if places is None:
            # Its lines are not its items word for word: it stands there twice.
            for item in block.items:
                words = self._weave(Passage(raw=item.text), item.text)
                yield f"<li{_level(item)}><ins><i>{escape_text(item.marker)}</i> {words}</ins></li>"
            yield f"</ul>{cut(whole_of(passage))}{passage.end}"
            return
        at = 0
        for item, (start, words_at, stop) in zip(block.items, places, strict=True):
            marker_end = start + len(item.marker)
            yield between(passage.part(at, start))
            yield f"<li{_level(item)}><i>{escape_text(passage.raw[start:marker_end])}</i>"
            yield between(passage.part(marker_end, words_at))
            yield f"{self._weave(passage.part(words_at, stop), item.text)}</li>"
            at = stop
        yield f"{between(passage.part(at, len(passage.raw)))}</ul>{passage.end}"

    def _weave(self, passage: Passage, text: str) -> str:
        return weave(passage, text, self._find_marks(text))

    def _quote(self, block: Block) -> Iterator[str]:
        opening, _, closing = block.text.partition("\n")
        yield "<blockquote>"
        yield from self._quote_mark(block.line, opening)
        yield from self.elements(block.blocks)
        yield self._lines.before(block.last_line)
        if closing:
            yield from self._quote_mark(block.last_line, closing)
        yield "</blockquote>"

    def _quote_mark(self, line: int, words: str) -> Iterator[str]:
        passage = self._lines.take_line(line, words)
        yield f"<p class=quoted>{weave(passage, words, ())}</p>{passage.end}"

    def _as_it_stands(self, block: Block) -> str:
        """A table or a verbatim text: every line as it came, page lines among them put out of sight."""
        passage = self._lines.take(block)
        is_same = bool(passage.cuts) or passage.raw.split() == block.text.split()
        words = between(passage) if is_same else weave(passage, block.text, ())
        # A parser drops a line end that follows the tag.
        lead = "\n" if words.startswith("\n") else ""
        return f"<pre class={block.kind} tabindex=0>{lead}{words}</pre>{passage.end}"


def _places_of_items(raw: str, items: Sequence[ListItem]) -> list[tuple[int, int, int]] | None:
    """Where each item begins, its words begin and it ends; None where its lines do not open with the items' markers."""
    found = [(word.start(), word.end(), word[0]) for word in _WORD.finditer(raw)]
    places: list[tuple[int, int, int]] = []
    at = 0
    for item in items:
        words = [item.marker, *item.text.split()]
        there = found[at : at + len(words)]
        if len(words) == 1 or [word for _, _, word in there] != words:
            return _places_by_markers(raw, items)
        places.append((there[0][0], there[1][0], there[-1][1]))
        at += len(words)
    return places if at == len(found) else _places_by_markers(raw, items)


def _places_by_markers(raw: str, items: Sequence[ListItem]) -> list[tuple[int, int, int]] | None:
    """The same for items some of whose words are not quite as they were sent."""
    starts: list[tuple[int, int]] = []
    at = 0
    for item in items:
        first = item.text.partition(" ")[0]
        opening = re.compile(rf"^[^\S\n]*({re.escape(item.marker)})\s+(?={re.escape(first)})", re.MULTILINE)
        found = opening.search(raw, at) if first else None
        if found is None:
            return None
        starts.append((found.start(1), found.end()))
        at = found.end()
    ends = [start for start, _ in starts[1:]] + [len(raw)]
    return [
        (start, words_at, words_at + len(raw[words_at:end].rstrip()))
        for (start, words_at), end in zip(starts, ends, strict=True)
    ]


def _level(item: ListItem) -> str:
    return f" class=level-{min(item.level, 5)}" if item.level else ""


# Most paragraphs open like one of another cable: '<p id=par7>', a link '7.', and '(C)'.
@lru_cache(maxsize=5000)
def _opening(
    element: str, anchor: str | None, role: str | None, number: int | None, marking: str | None, sent: str
) -> str:
    """What stands before the words of a paragraph or heading: the number, which leads to itself, and the marking.

    `sent` is what stands there in the lines: '¶7.  (C) '.
    """
    id_ = f" id={attribute(anchor)}" if anchor else ""
    class_ = f" class={role}" if role else ""
    opening = f"<{element}{id_}{class_}>"
    if number is not None and anchor:
        shown = f"{number}."
        lead, written, sent = found.groups() if (found := _NUMBER.fullmatch(sent)) else ("", "", sent)
        is_in = written.endswith(shown)  # '¶7.', or '17.' with a lost paragraph sign
        words = cut(written[: -len(shown)]) + shown if is_in else made(shown) + cut(written)
        opening += f"{lead}<a class=n href={attribute(f'#{anchor}')}>{words}</a>"
    if marking:
        shown, written = f"({marking})", sent.strip()
        lead, sent = sent[: len(sent) - len(sent.lstrip())], sent[len(sent.rstrip()) :] if written else ""
        words = escape_text(shown) if written == shown else made(shown) + cut(written)
        opening += f"{lead}<small>{words}</small>"
        sent = sent or "<ins> </ins>"
        return opening + sent
    return opening + (cut(sent) or ("<ins> </ins>" if number is not None else ""))


def _gap_in_words(block: Block) -> str:
    if block.text != WITHHELD_GAP:
        return f"[Missing here: section {block.text}]"
    return f"{block.number}. [A part is withheld here]" if block.number else "[A part is withheld here]"
