"""Paragraph numbers, settled from the evidence of their order.

Two things happened to the paragraph sign on the way to us. It was lost as '1', so that '¶5.' reads '15.' and
the numbers of one cable may run 11, 12, ... 19, 10, 11; and it was set before every line that begins with
digits and a full stop, be it in the middle of a sentence. Both are undone here, by numbers alone: a candidate
says what is written and what stands around it, the result says which candidates open paragraphs, and which.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

RemarkCode = Literal[
    "numbering-repaired", "paragraph-number-missing", "paragraph-number-duplicate", "false-pilcrow"
]

_ELEVEN = 11  # what '¶1' becomes
_LARGEST_GAP = 2  # numbers that may be missing between two paragraphs
_FIRST_OF_PART = 3  # a text that lost its beginning may open with paragraph 2 or 3


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A line that begins with digits and a full stop, a parenthesis or a colon."""

    written: int  # 15 for '¶15.'
    pilcrow: bool  # a paragraph sign stands before it
    marked: bool  # a portion marking follows
    gap: bool  # a blank line, a rule or a heading stands above
    cut: bool  # the line directly above does not end its sentence
    unusual: bool  # '1)' or '1:' rather than '1.'
    enclosed: bool = False  # a heading, a quoted text or an attachment stands somewhere above

    @property
    def without_one(self) -> int | None:
        """The number where its first '1' is a lost paragraph sign: 5 for 15; None where that cannot be."""
        if self.written < _ELEVEN:
            return None
        digits = str(self.written)
        if digits[0] != "1" or digits[1] == "0":
            return None
        return int(digits[1:])


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something worth telling about one candidate, by its place among the candidates."""

    candidate: int
    code: RemarkCode
    message: str


class Numbering(msgspec.Struct, frozen=True, kw_only=True):
    """What each candidate is: the number of a paragraph, or None for text."""

    numbers: tuple[int | None, ...]
    remarks: tuple[Remark, ...]


def settle_numbers(candidates: Sequence[Candidate], *, is_extract: bool = False) -> Numbering:
    """Decide which candidates open paragraphs.

    Numbers are read as written or as having lost a paragraph sign, whichever gives more steps from one number
    to the next; then candidates are taken in order as long as they continue the count.
    """
    strong = _strength(candidates)
    chosen = [candidate for candidate, is_strong in zip(candidates, strong, strict=True) if is_strong]
    mangled = _is_mangled(chosen, is_extract=is_extract)
    walk = _Walk(mangled=mangled, expected=_first_expected(chosen, mangled=mangled, is_extract=is_extract))
    for place, (candidate, is_strong) in enumerate(zip(candidates, strong, strict=True)):
        walk.take(place, candidate, is_strong=is_strong)
    repaired = [
        place
        for place, (candidate, number) in enumerate(zip(candidates, walk.numbers, strict=True))
        if number is not None and number != candidate.written
    ]
    remarks = walk.remarks
    if repaired:
        many = f"{len(repaired)} paragraph numbers" if len(repaired) > 1 else "a paragraph number"
        first = candidates[repaired[0]].written
        message = (
            f"{many} had lost the paragraph sign as a 1: {first} was read as {walk.numbers[repaired[0]]}"
        )
        remarks = [Remark(candidate=repaired[0], code="numbering-repaired", message=message), *remarks]
    return Numbering(numbers=tuple(walk.numbers), remarks=tuple(remarks))


def _strength(candidates: Sequence[Candidate]) -> list[bool]:
    """Which candidates can open a paragraph by what stands around them.

    '1)' and '1:' number lists inside a text, unless nothing else numbers it and the first stands apart from what is
    above, as no list does.
    """
    fitting = [not candidate.cut or candidate.gap or candidate.marked for candidate in candidates]
    first = next((candidate for candidate, fits in zip(candidates, fitting, strict=True) if fits), None)
    all_unusual = all(candidate.unusual for candidate, fits in zip(candidates, fitting, strict=True) if fits)
    number_paragraphs = all_unusual and first is not None and (first.gap or first.marked)
    return [
        fits and (number_paragraphs or not candidate.unusual)
        for candidate, fits in zip(candidates, fitting, strict=True)
    ]


def _read(candidate: Candidate, expected: int, *, mangled: bool) -> int:
    """The value of a candidate: as written, or without its first '1' where that is what is due."""
    if mangled and candidate.written != expected and candidate.without_one == expected:
        return expected
    return candidate.written


def _mangled_readings(candidates: Iterable[Candidate]) -> Iterator[int]:
    expected = 1
    for candidate in candidates:
        value = _read(candidate, expected, mangled=True)
        yield value
        expected = value + 1


def _score(values: Sequence[int]) -> int:
    """Steps from a number to the next, less the steps back."""
    steps = [after - before for before, after in pairwise(values)]
    return steps.count(1) - sum(step < 0 for step in steps)


def _is_mangled(strong: Sequence[Candidate], *, is_extract: bool) -> bool:
    """Whether paragraph signs were lost as '1' in this cable."""
    if len(strong) < 2:
        # One number has no order, but no cable has its paragraph 11 alone.
        return bool(strong) and strong[0].written == _ELEVEN and strong[0].gap and not is_extract
    plain = _score([candidate.written for candidate in strong])
    mangled = _score(list(_mangled_readings(strong)))
    if mangled != plain:
        return mangled > plain
    opens_at_eleven = strong[0].written == _ELEVEN
    return opens_at_eleven and not is_extract and all(candidate.written > 9 for candidate in strong)


def _first_expected(strong: Sequence[Candidate], *, mangled: bool, is_extract: bool) -> int:
    if not strong:
        return 1
    first = _read(strong[0], 1, mangled=mangled)
    return first if is_extract or 1 < first <= _FIRST_OF_PART else 1


class _Walk:
    """One pass over the candidates with the number that is due next."""

    def __init__(self, *, mangled: bool, expected: int) -> None:
        self.mangled = mangled
        self.expected = expected
        self.outer: int | None = None  # what is due outside an enclosed text that counts anew
        self.numbers: list[int | None] = []
        self.remarks: list[Remark] = []

    def take(self, place: int, candidate: Candidate, *, is_strong: bool) -> None:
        """Number one candidate, or leave it as text."""
        value = _read(candidate, self.expected, mangled=self.mangled)
        if self.outer is not None and value != self.expected:
            back = _read(candidate, self.outer, mangled=self.mangled)
            if back == self.outer and is_strong:
                value, self.expected, self.outer = back, back, None
        number = self._number(place, candidate, value, is_strong=is_strong)
        self.numbers.append(number)
        if number is None and candidate.pilcrow:
            self._remark(
                place, "false-pilcrow", f"the paragraph sign before {candidate.written} opens no paragraph"
            )

    def _number(self, place: int, candidate: Candidate, value: int, *, is_strong: bool) -> int | None:
        evident = candidate.pilcrow or candidate.marked or candidate.gap
        if value == self.expected:
            if not is_strong and not candidate.marked:
                return None
            self.expected += 1
            return value
        if not is_strong:
            return None
        if self.expected < value <= self.expected + _LARGEST_GAP and evident:
            lost = [str(number) for number in range(self.expected, value)]
            which = f"paragraph {lost[0]} was" if len(lost) == 1 else f"paragraphs {' and '.join(lost)} were"
            self._remark(place, "paragraph-number-missing", f"no {which} found before paragraph {value}")
            self.expected = value + 1
            return value
        if value == self.expected - 1 and evident:
            self._remark(place, "paragraph-number-duplicate", f"paragraph {value} stands twice")
            return value
        if value == 1 and self.expected > 2 and candidate.enclosed and evident:
            self.outer, self.expected = self.expected, 2
            return value
        return None

    def _remark(self, place: int, code: RemarkCode, message: str) -> None:
        self.remarks.append(Remark(candidate=place, code=code, message=message))
