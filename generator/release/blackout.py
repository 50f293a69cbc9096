"""Puts the mark in the place of words, in every string that a cable holds.

The cable is walked by its types and not by a list of its fields, so that a field which is new is not forgotten. The
text as sent is one text, whatever parts it was cut into, and so is the body: a name that a page line divides is found.
"""

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from generator.problem import Problem
from generator.release.cleared import MARK
from generator.release.folding import Folded, fold, fold_hyphens, fold_lines
from generator.release.terms import Span, Term, find_pattern
from generator.telegram.cable import Block, Cable, Part

# Strings of ours, which no telegram decides.
_OURS = frozenset(
    {
        (Part, "kind"),
        (Block, "kind"),
        (Block, "role"),
        (Block, "anchor"),
        (Cable, "date_precision"),
        (Problem, "code"),
    }
    | {(Problem, "severity")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What one rule of the ledger has blacked out."""

    rule: int  # its place in the ledger, by which its finds are counted
    term: Term | None = None
    regex: str | None = None

    def find(self, views: "Views") -> Iterator[Span]:
        """Where it stands in the original text."""
        if self.term is not None:
            return self.term.find(views.folded, views.original)
        return find_pattern(cast(str, self.regex), views.flowing)


class Views:
    """A text in all the forms in which it is searched, each made when it is first asked for."""

    __slots__ = ("_flowing", "_folded", "original")

    def __init__(self, original: str) -> None:
        self.original = original
        self._folded: Folded | None = None
        self._flowing: tuple[Folded, Folded] | None = None

    @property
    def folded(self) -> Folded:
        """For terms."""
        self._folded = self._folded or fold(self.original)
        return self._folded

    @property
    def flowing(self) -> tuple[Folded, Folded]:
        """For regular expressions: with single blanks, and also with divided words made whole."""
        self._flowing = self._flowing or (fold_lines(self.original), fold_hyphens(self.original))
        return self._flowing


def black_out(cable: Cable, path: str, sought: Sequence[Sought]) -> tuple[Cable, str, Mapping[int, int]]:
    """The cable and its path without what is sought, and how often each rule found something.

    A place counts once, in the text as sent; what stands only in another field, such as the file's name, counts as one.
    """
    finds: dict[int, int] = {}
    elsewhere: set[int] = set()

    def blackened(text: str) -> str:
        spans, found = _spans(text, sought)
        elsewhere.update(found)
        return _marked(text, spans)

    texts, counted, lost_lines = _black_parts([part.text for part in cable.parts], cable, sought)
    finds.update(counted)
    body_iterator = iter(_black_joined(_texts(cable.body), sought, elsewhere))
    body = _walk(cable.body, lambda _: next(body_iterator))
    rest = replace(cable, body=(), parts=())
    if _spans("\n".join(_texts(rest)), sought)[1]:
        rest = _walk(_lists_blackened(rest, sought, elsewhere), blackened)
    blackened_rest = _without_quotations(rest)
    new_path = blackened(path)
    parts = tuple(replace(part, text=text) for part, text in zip(cable.parts, texts, strict=True))
    result = _without_halves(cable, replace(blackened_rest, body=body, parts=parts))
    if lost_lines:
        result = _with_lines(result, lost_lines)
    for rule in elsewhere:
        finds.setdefault(rule, 1)
    if not finds:
        return cable, path, finds
    return _with_subject_of_body(result), new_path, finds


def _lists_blackened(cable: Cable, sought: Sequence[Sought], found: set[int]) -> Cable:
    """The cable with its lists of words, such as passing lines, searched as the lines of one text."""
    changed = {}
    for name in cable.__struct_fields__:
        value = getattr(cable, name)
        if isinstance(value, tuple) and len(value) > 1 and all(isinstance(one, str) for one in value):
            changed[name] = tuple(_black_joined(value, sought, found))
    return replace(cable, **changed)


def _without_quotations(cable: Cable) -> Cable:
    """The cable with what was told of it, but no quotation, which may hold one half of a divided word."""
    warnings = (dataclasses.replace(problem, excerpt="", column=None) for problem in cable.warnings)
    return replace(cable, warnings=tuple(warnings))


def _with_subject_of_body(cable: Cable) -> Cable:
    """The cable with no first words of the text for a subject, unless the text still begins so.

    They were cut to a length, and a cut may leave a part of what is sought.
    """
    if cable.subject is None or any(part.kind == "subject" for part in cable.parts):
        return cable
    words = cable.subject.removesuffix(" ...")
    is_whole = any(" ".join(block.text.split()).startswith(words) for block in cable.body)
    return cable if is_whole else replace(cable, subject=MARK)


def is_found(cable: Cable, sought: Sequence[Sought]) -> bool:
    """Whether anything that is sought stands in any string of a cable."""
    texts = ["".join(part.text for part in cable.parts), *_texts(cable)]
    # What is in none of them together is in none of them.
    return bool(_spans("\n".join(texts), sought)[1]) and any(_spans(text, sought)[1] for text in texts)


def black_text(text: str, sought: Sequence[Sought]) -> tuple[str, Mapping[int, int]]:
    """A text by itself without what is sought, and how often each rule found something."""
    spans, found = _spans(text, sought)
    return _marked(text, spans), found


def _spans(text: str, sought: Sequence[Sought]) -> tuple[list[Span], dict[int, int]]:
    """Where anything sought stands, merged and in order, and how often each rule found something."""
    views = Views(text)
    spans: list[Span] = []
    counts: dict[int, int] = {}
    for one in sought:
        found = _merged(one.find(views))
        if found:
            spans += found
            counts[one.rule] = counts.get(one.rule, 0) + len(found)
    # What is found in a mark that stands here already is no find.
    return _merged(spans), counts


def _merged(spans: "Iterator[Span] | list[Span]") -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return text
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += [text[done:start], MARK]
        done = end
    return "".join([*pieces, text[done:]])


def _black_joined(texts: Sequence[str], sought: Sequence[Sought], found: set[int]) -> list[str]:
    """Texts that follow one another: what goes over the end of one is marked there, and goes on without a mark."""
    joined = "\n".join(texts)
    spans, counts = _spans(joined, sought)
    if not spans:
        return list(texts)
    found.update(counts)
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return [
        _cut(text, start, [(first, last, True) for first, last in spans])
        for text, start in zip(texts, starts, strict=True)
    ]


def _cut(text: str, start: int, spans: Sequence[tuple[int, int, bool]]) -> str:
    """A piece of a longer text, which begins there at `start`; a mark stands where a marked span begins."""
    end = start + len(text)
    pieces: list[str] = []
    done = start
    for first, last, is_marked in spans:
        if last <= start or first >= end:
            continue
        pieces.append(text[max(done, start) - start : max(first, start) - start])
        if is_marked and first >= start:
            pieces.append(MARK)
        done = min(last, end)
    return "".join([*pieces, text[done - start :]])


def _black_parts(
    texts: Sequence[str], cable: Cable, sought: Sequence[Sought]
) -> tuple[list[str], Mapping[int, int], list[int]]:
    """The parts' texts without what is sought, how often it was found, and the lines whose ends went with it.

    They are searched as sent, and again as they read once what was set aside is out of the way.
    """
    kinds = [part.kind for part in cable.parts]
    chosen = [list(range(len(texts)))]
    if "noise" in kinds:
        chosen.append([at for at, kind in enumerate(kinds) if kind not in ("noise", "blank")])
    if kinds.count("body") > 1:
        chosen.append([at for at, kind in enumerate(kinds) if kind == "body"])
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    counts: dict[int, int] = {}
    intervals: list[tuple[int, int, bool]] = []
    for numbers in chosen:
        spans, found = _spans("".join(texts[at] for at in numbers), sought)
        for rule, count in found.items():
            counts[rule] = max(count, counts.get(rule, 0))
        intervals += _in_whole(spans, numbers, texts, offsets)
    if not intervals:
        return list(texts), counts, []
    intervals = _merged_intervals(intervals)
    whole = "".join(texts)
    lost = [
        _line_of(place, cable.parts, offsets)
        for first, last, _ in intervals
        for place in range(first, last)
        if whole[place] == "\n"
    ]
    return [_cut(text, offsets[at], intervals) for at, text in enumerate(texts)], counts, lost


def _line_of(place: int, parts: Sequence[Part], offsets: Sequence[int]) -> int:
    """The line of the source on which a place of the text as sent stands."""
    at = bisect_right(offsets, place) - 1
    return parts[at].line + parts[at].text.count("\n", 0, place - offsets[at])


def _in_whole(
    spans: Sequence[Span], numbers: Sequence[int], texts: Sequence[str], offsets: Sequence[int]
) -> Iterator[tuple[int, int, bool]]:
    """Spans in some of the parts as places in all of them; the first piece of each is marked."""
    at = 0
    for number in numbers:
        end = at + len(texts[number])
        for first, last in spans:
            if first < end and last > at:
                shift = offsets[number] - at
                yield max(first, at) + shift, min(last, end) + shift, first >= at
        at = end


def _merged_intervals(intervals: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    merged: list[tuple[int, int, bool]] = []
    for first, last, is_marked in sorted(intervals):
        if merged and first <= merged[-1][1]:
            start, end, was_marked = merged[-1]
            merged[-1] = (start, max(end, last), was_marked or is_marked)
        else:
            merged.append((first, last, is_marked))
    return merged


def _texts(value: object) -> list[str]:
    """Every string of a telegram's in a value, in the order in which `_walk` comes to them."""
    texts: list[str] = []

    def gather(text: str) -> str:
        texts.append(text)
        return text

    _walk(value, gather)
    return texts


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every string of a telegram's in it changed; what does not change is the same object."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        walked = tuple([_walk(one, change) for one in value])
        return value if all(map(_is_same, value, walked)) else walked
    names = _names(value.__class__)
    changed = {}
    for name in names:
        before = getattr(value, name)
        if before and before.__class__ is not int:
            after = _walk(before, change)
            if after is not before and after != before:
                changed[name] = after
    if not changed:
        return value
    if isinstance(value, Problem):
        # The column counts the letters in front of it.
        return dataclasses.replace(value, **changed, column=None)
    return replace(value, **changed)


@lru_cache(maxsize=64)
def _names(kind: type[object]) -> tuple[str, ...]:
    """The fields of a kind of value that may hold strings of a telegram's; none for what is no record."""
    if issubclass(kind, msgspec.Struct):
        names = kind.__struct_fields__
    elif dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
    else:
        return ()
    owner = Cable if issubclass(kind, Cable) else kind
    return tuple(name for name in names if (owner, name) not in _OURS)


def _is_same(one: object, other: object) -> bool:
    return one is other


def _without_halves(before: Cable, after: Cable) -> Cable:
    """A name that archives are ordered by is there whole or not at all."""
    id_ = after.id if after.id == before.id else None
    return replace(
        after,
        id=id_,
        serial=after.serial if id_ == before.id else None,
        post=after.post if after.post == before.post else None,
        classification=after.classification if after.classification == before.classification else None,
        tags=tuple(tag for tag, was in zip(after.tags, before.tags, strict=True) if tag == was),
        references=tuple(
            reference if reference.id == was.id else replace(reference, id=None)
            for reference, was in zip(after.references, before.references, strict=True)
        ),
    )


def _with_lines(cable: Cable, lost: Sequence[int]) -> Cable:
    """The cable with its lines counted as if those that went with a redaction had never been."""

    def line(number: int) -> int:
        return number - bisect_left(lost, number)

    def counted(block: Block) -> Block:
        return replace(
            block,
            line=line(block.line),
            last_line=line(block.last_line),
            blocks=tuple(counted(inner) for inner in block.blocks),
        )

    return replace(
        cable,
        body=tuple(map(counted, cable.body)),
        parts=tuple(replace(part, line=line(part.line)) for part in cable.parts),
        warnings=tuple(
            dataclasses.replace(problem, line=line(problem.line)) if problem.line else problem
            for problem in cable.warnings
        ),
    )
