"""The text as it reads and the text as it was sent, woven into one: every letter of the telegram stands in the page once.

A block of the body is a reading of some lines: their breaks became blanks, page lines between them were taken out, a
number was mended. Here the lines stay as they came, blanks and breaks included, which a browser shows as single blanks;
what the reading leaves out stands there as `<del>`, what it puts in as `<ins>`. The stylesheet hides the one and shows
the other, and with the switch 'As sent' it is the other way round. Without what is in `<ins>`, the text of the page is
the text that was sent, letter by letter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.render.text.markup import Mark, escape_text, mark_tags, mark_text, without_overlaps
from generator.telegram.cable import Block, Part, block_text

_WORD = re.compile(r"\S+")
_SPACED_WORD = re.compile(r"\s*\S+")
_LETTER = re.compile(r"\S")

# Where a reading differs from its lines they are compared word by word, and what differs letter by letter; longer
# stretches that differ stand in the page twice.
_MOST_WORDS = 2000
_MOST_LETTERS = 400


class Passage(Struct, frozen=True, kw_only=True):
    """The lines of a block as they were sent."""

    raw: str  # without the end of the last line, and without what is cut
    cuts: tuple[tuple[int, str], ...] = ()  # page lines within: where in `raw` each stands, and its text
    end: str = ""  # the end of the last line

    def part(self, start: int, stop: int) -> "Passage":
        """The passage from one place to another, with the page line at its end and none at its beginning."""
        if not self.cuts:
            return Passage(raw=self.raw[start:stop])
        cuts = [(at - start, text) for at, text in self.cuts if start < at <= stop or at == start == 0]
        return Passage(raw=self.raw[start:stop], cuts=tuple(cuts))


class Lines:
    """The text of a telegram as it was sent, given out line by line in order, each once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """`parts` are those from the first line of the text on."""
        self._first = parts[0].line if parts else 0
        self._lines = "".join([part.text for part in parts]).split("\n")  # without their ends
        # How many lines there are; behind the end of the last one is none.
        self._count = len(self._lines) if self._lines[-1] else len(self._lines) - 1
        self._noise: set[int] = set()  # places of lines that are not the drafter's
        for part in parts:
            if part.kind == "noise":
                start = part.line - self._first
                self._noise.update(range(start, start + len(part.text.removesuffix("\n").split("\n"))))
        self._at = 0  # place of the next line

    def before(self, line: int) -> str:
        """What stands before a line of the source and was not given out, as HTML that shows nothing but page breaks."""
        start, stop = self._at, min(line - self._first, self._count)
        if stop <= start:
            return ""
        self._at = stop
        text = self._text(start, stop)
        if text.isspace():
            return text
        is_break = any(
            place in self._noise and _has_letters(self._lines[place]) for place in range(start, stop)
        )
        return cut(text, is_page_break=is_break)

    def rest(self) -> str:
        """All that is left, likewise."""
        return self.before(self._first + self._count)

    def take(self, block: Block) -> Passage:
        """The lines up to the last one of a block."""
        return self._passage(block.last_line)

    def take_line(self, line: int, _words: str) -> Passage:
        """The lines up to a line, such as the one that opens a quoted text."""
        return self._passage(line)

    def _passage(self, last_line: int) -> Passage:
        start, stop = self._at, min(last_line - self._first + 1, self._count)
        if stop <= start:
            return Passage(raw="")
        self._at = stop
        if self._noise and not self._noise.isdisjoint(range(start, stop)):
            return self._without_noise(start, stop)
        raw = self._lines[start] if stop == start + 1 else "\n".join(self._lines[start:stop])
        return Passage(raw=raw, end="\n" if stop < len(self._lines) else "")

    def _without_noise(self, start: int, stop: int) -> Passage:
        kept: list[str] = []
        cuts: list[tuple[int, str]] = []
        length = 0
        for place in range(start, stop):
            line = self._text(place, place + 1)
            if place in self._noise:
                cuts.append((length, line))
            else:
                kept.append(line)
                length += len(line)
        raw = "".join(kept)
        return Passage(raw=raw.removesuffix("\n"), cuts=_together(cuts), end="\n" if raw[-1:] == "\n" else "")

    def _text(self, start: int, stop: int) -> str:
        """Some lines with their ends; the last line of all may have none."""
        return "\n".join(self._lines[start:stop]) + ("\n" if stop < len(self._lines) else "")


def _has_letters(line: str) -> bool:
    return any(letter.isalnum() for letter in line)


class Readings:
    """In the place of `Lines` where what was sent may not be shown: each block as it reads, and nothing else."""

    def before(self, _line: int) -> str:
        """Nothing."""
        return ""

    def rest(self) -> str:
        """Nothing."""
        return ""

    def take(self, block: Block) -> Passage:
        """The words of a block."""
        number = f"{block.number}. " if block.number is not None else ""
        marking = f"({block.marking}) " if block.marking else ""
        return Passage(raw=f"{number}{marking}{block_text(block)}", end="\n")

    def take_line(self, _line: int, words: str) -> Passage:
        """The words of a line."""
        return Passage(raw=words, end="\n")


def _together(cuts: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Lines that stand at one place as one."""
    joined: dict[int, str] = {}
    for place, line in cuts:
        joined[place] = joined.get(place, "") + line
    return tuple(joined.items())


def cut(text: str, *, is_page_break: bool = False) -> str:
    """A text that was sent and is no part of the reading, as HTML; blank space needs no hiding."""
    if not text or text.isspace():
        return text
    class_ = " class=pg" if is_page_break else ""
    return f"<del{class_}>{escape_text(text)}</del>"


def made(text: str) -> str:
    """A text that the reading puts in, as HTML."""
    return f"<ins>{escape_text(text)}</ins>" if text else ""


def between(passage: Passage) -> str:
    """A passage as it came, page lines in it out of sight."""
    if not passage.cuts:
        return escape_text(passage.raw)
    pieces: list[str] = []
    at = 0
    for place, text in passage.cuts:
        pieces += [escape_text(passage.raw[at:place]), cut(text, is_page_break=_has_letters(text))]
        at = place
    return "".join([*pieces, escape_text(passage.raw[at:])])


def whole_of(passage: Passage) -> str:
    """All letters of a passage, those of page lines too."""
    pieces: list[str] = []
    at = 0
    for place, text in passage.cuts:
        pieces += [passage.raw[at:place], text]
        at = place
    return "".join([*pieces, passage.raw[at:]])


class Split(Struct, frozen=True, kw_only=True):
    """A passage, divided where the words of its block begin and end."""

    prefix: str  # what stands before them: number and marking
    words: Passage
    tail: str  # what stands behind them: the rule below a heading


def split(passage: Passage, text: str, *, is_opened: bool) -> Split:
    """Divide a passage; where its words are not quite those of `text`, all behind number and marking counts as words.

    `is_opened` says whether a number or a marking stands before the words.
    """
    raw = passage.raw
    if raw == text:
        return Split(prefix="", words=passage, tail="")
    if raw.replace("\n", " ").endswith(text):
        return _divided(passage, len(raw) - len(text), len(raw))
    joined = " ".join(raw.split())
    if joined.endswith(text):
        at = len(joined) - len(text)
    elif raw.startswith(text):  # a heading, above the line that underlines it
        return _divided(passage, 0, len(text))
    elif (at := joined.find(text)) < 0:
        found = _OPENING.match(raw) if is_opened else None
        return _divided(passage, found.end() if found else 0, len(raw))
    start = _place(raw, len(joined[:at].replace(" ", "")))
    stop = len(raw) - _place(raw[::-1], len(joined[at + len(text) :].replace(" ", "")), is_end=True)
    return _divided(passage, start, max(start, len(raw[:stop].rstrip())))


# A number and a marking as they are written, for texts that are not found word for word.
_OPENING = re.compile(r"\s*(?:¶?\s?\d{1,3}[.):])?\s*(?:\([^()\n]{1,40}\))?\s*")


def _divided(passage: Passage, start: int, stop: int) -> Split:
    raw = passage.raw
    if not passage.cuts:
        return Split(prefix=raw[:start], words=Passage(raw=raw[start:stop]), tail=raw[stop:])
    cuts = tuple((min(max(place - start, 0), stop - start), text) for place, text in passage.cuts)
    return Split(
        prefix=raw[:start],
        words=Passage(raw=raw[start:stop], cuts=_together(cuts)),
        tail=raw[stop:],
    )


def _place(raw: str, letters: int, *, is_end: bool = False) -> int:
    """Where in a text so many letters, blanks not counted, are passed: at the next letter, or with `is_end` behind the last."""
    if not letters:
        return 0 if is_end else len(raw) - len(raw.lstrip())
    last = next(islice(_LETTER.finditer(raw), letters - 1, None)).end()
    return last if is_end else len(raw) - len(raw[last:].lstrip())


def weave(passage: Passage, text: str, marks: Sequence[Mark]) -> str:
    """The words of a passage as HTML that reads as `text`; `marks` are places in `text`."""
    raw = passage.raw
    if not passage.cuts:
        if len(raw) == len(text) and (raw == text or raw.replace("\n", " ") == text):
            return mark_text(raw, marks) if marks else escape_text(raw)
        if " ".join(raw.split()) == text:
            return mark_text(raw, _moved(marks, raw, text)) if marks else escape_text(raw)
    return "".join(_emitted(_runs(passage, text), text, marks))


def _moved(marks: Sequence[Mark], raw: str, text: str) -> list[Mark]:
    """Marks of a text as marks of the same words with other blanks between them."""
    starts = [found.start() for found in _WORD.finditer(raw)]

    def place(at: int) -> int:
        return starts[text.count(" ", 0, at)] + at - (text.rfind(" ", 0, at) + 1)

    return [replace(mark, start=place(mark.start), end=place(mark.end - 1) + 1) for mark in marks]


# Runs of letters: of both texts, of the one that was sent, of the one that is read.
_KEPT, _CUT, _MADE, _PAGE = 0, 1, 2, 3

_Run = tuple[int, str]


def _runs(passage: Passage, text: str) -> list[_Run]:
    """What was sent and what is read, in runs."""
    raw = passage.raw
    runs = [(_KEPT, raw)] if " ".join(raw.split()) == text else list(_compared(raw, text))
    for place, words in reversed(passage.cuts):
        runs = list(_with_cut(runs, place, words))
    return runs


def _with_cut(runs: Iterable[_Run], place: int, words: str) -> Iterator[_Run]:
    """Runs with a page line at a place of what was sent."""
    at = 0
    is_there = False
    for kind, run in runs:
        length = 0 if kind in (_MADE, _PAGE) else len(run)
        if not is_there and at + length >= place and kind != _MADE:
            cut_at = place - at if length else 0
            yield kind, run[:cut_at]
            yield _PAGE, words
            yield kind, run[cut_at:]
            is_there = True
        else:
            yield kind, run
        at += length
    if not is_there:
        yield _PAGE, words


def _compared(raw: str, text: str) -> Iterator[_Run]:
    """Runs of two texts that differ in some words."""
    ours = [found[0] for found in _SPACED_WORD.finditer(raw)]
    left = raw[sum(map(len, ours)) :]
    sent, read = [word.lstrip() for word in ours], text.split()
    most = min(len(sent), len(read))
    head = next((at for at in range(most) if sent[at] != read[at]), most)
    tail = next((at for at in range(most - head) if sent[-1 - at] != read[-1 - at]), most - head)
    yield _KEPT, "".join(ours[:head])
    middle = slice(head, len(sent) - tail)
    yield from _compared_words(ours[middle], sent[middle], read[head : len(read) - tail], is_first=not head)
    yield _KEPT, "".join(ours[len(ours) - tail :])
    yield _CUT, left


def _compared_words(ours: list[str], sent: list[str], read: list[str], *, is_first: bool) -> Iterator[_Run]:
    if len(sent) + len(read) > _MOST_WORDS:
        yield _CUT, "".join(ours)
        yield _MADE, " ".join(["", *read])
        return
    for deed, i, i_end, j, j_end in SequenceMatcher(None, sent, read, autojunk=False).get_opcodes():
        was, is_ = "".join(ours[i:i_end]), " ".join(read[j:j_end])
        if deed == "equal":
            yield _KEPT, was
        elif was and is_ and len(was) + len(is_) <= _MOST_LETTERS:
            lead = len(was) - len(was.lstrip())
            yield _KEPT, was[:lead]
            yield from _compared_letters(was[lead:], is_)
        else:
            yield _CUT, was
            yield _MADE, is_ if is_first and not j else f" {is_}" if is_ else ""


def _compared_letters(was: str, is_: str) -> Iterator[_Run]:
    same = re.sub(r"\s", " ", was)
    for deed, i, i_end, j, j_end in SequenceMatcher(None, same, is_, autojunk=False).get_opcodes():
        if deed == "equal":
            yield _KEPT, was[i:i_end]
        else:
            yield _CUT, was[i:i_end]
            yield _MADE, is_[j:j_end]


def _emitted(runs: Iterable[_Run], text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Runs as HTML, with the tags of the marks around the letters that they stand around in `text`."""
    tags = list(_tags(text, marks))
    letters = 0  # of `text` so far, blanks not counted
    for kind, run in runs:
        if kind in (_CUT, _PAGE):
            # Blank space that the reading does not have would part two halves of a word.
            yield f"<del>{run}</del>" if run.isspace() else cut(run, is_page_break=kind == _PAGE)
            continue
        if not tags:
            yield _shown(kind, run)
            continue
        count = len("".join(run.split()))
        places: list[int] = []
        at = 0
        while tags and tags[0][0] <= letters + count:
            number, is_opening, tag = tags[0]
            if is_opening and number == letters + count:
                break
            places = places or [found.start() for found in _LETTER.finditer(run)]
            place = places[number - letters] if is_opening else places[number - letters - 1] + 1
            yield _shown(kind, run[at:place])
            yield tag
            at = place
            del tags[0]
        yield _shown(kind, run[at:])
        letters += count


def _tags(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, bool, str]]:
    """The tags of marks in order: before or behind how many letters each stands, whether it opens, and the tag."""
    for mark in without_overlaps(marks):
        opening, closing = mark_tags(mark)
        before = mark.start - text.count(" ", 0, mark.start)
        yield before, True, opening
        yield before + len(text[mark.start : mark.end].replace(" ", "")), False, closing


def _shown(kind: int, run: str) -> str:
    return made(run) if kind == _MADE else escape_text(run)
