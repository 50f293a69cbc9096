"""Finds words in a text as a person would: however they are divided, spaced, accented or dressed up.

A term is sought in two steps. All terms of a ledger, by their letters and digits alone, are one automaton, which reads
a cable's letters and digits once and says which terms may be there at all; hardly any cable is looked at a second
time. Where one may be, a pattern of its own decides, on the folded text, and says where.

Between the letters of a word may stand what divides words: a hyphen with the blanks and line ends behind it; blanks,
points or hyphens between all letters ('R A S S E N'); and in a word of six letters or more anything that is no letter or
digit, since a line may have been cut anywhere. Between the words of a term may stand anything but letters and digits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import ahocorasick_rs
import re2

from generator.release.folding import Folded, fold, letters_of

Span = tuple[int, int]

_LONG_WORD = 6  # letters; 'an a' is not Ana, but 'RASSEN DYLL' is Rassendyll

_LETTERS = re.compile(r"[^\W_]+")
_APART = r"[\W_]"
_DIVIDED = r"(?:\\?[-=]\s*)?"


class PatternError(Exception):
    """A regular expression that no ledger may hold; the text continues 'a regular expression that ...'."""


class Term:
    """A literal text to look for."""

    __slots__ = ("_pattern", "_within_words", "_written", "letters")

    def __init__(self, written: str, *, within_words: bool) -> None:
        self._written = written
        self._within_words = within_words
        self._pattern: re.Pattern[str] | None = None
        self.letters = letters_of(written)  # all that the automaton seeks

    def find(self, folded: Folded, original: str) -> Iterator[Span]:
        """Where the term stands in the original text, in order, none over another."""
        pattern = self._pattern = self._pattern or _pattern_of(self._written)
        start = 0
        while found := pattern.search(folded.text, start):
            first, last = folded.span(*found.span())
            if self._within_words or _is_whole(found, folded.text, original, first, last):
                yield first, last
                start = found.end()
            else:
                start = found.start() + 1


def _pattern_of(written: str) -> re.Pattern[str]:
    return re.compile(
        f"{_APART}*".join(_pattern_of_word(word) for word in _LETTERS.findall(fold(written).text))
    )


def _pattern_of_word(word: str) -> str:
    letters = [re.escape(letter) for letter in word]
    if len(word) == 1:
        return letters[0]
    if len(word) >= _LONG_WORD:
        return f"{_APART}*".join(letters)
    return f"(?:{_DIVIDED.join(letters)}|{f'{_APART}+'.join(letters)})"


def _is_whole(found: re.Match[str], folded: str, original: str, first: int, last: int) -> bool:
    """Whether a find is no part of a longer word. A digit beside a letter ends a word, as a capital after a small letter."""
    before, after = folded[found.start() - 1 : found.start()], folded[found.end() : found.end() + 1]
    return not (
        _belongs(before, found[0][0])
        and not (original[first - 1 : first].islower() and original[first : first + 1].isupper())
    ) and not (
        _belongs(found[0][-1], after)
        and not (original[last - 1 : last].islower() and original[last : last + 1].isupper())
    )


def _belongs(one: str, next_one: str) -> bool:
    """Whether two neighbours are letters of one word, or digits of one number."""
    return one.isalnum() and next_one.isalnum() and one.isdigit() is next_one.isdigit()


class TermSearch:
    """All literal terms of a ledger as one search: which of them may stand in a text."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._of_letters: list[list[int]] = []
        by_letters: dict[bytes, list[int]] = {}
        for number, term in enumerate(terms):
            by_letters.setdefault(term.letters, []).append(number)
        self._of_letters = list(by_letters.values())
        self._automaton = (
            ahocorasick_rs.BytesAhoCorasick(
                list(by_letters), implementation=ahocorasick_rs.Implementation.DFA
            )
            if sum(map(len, by_letters)) <= _MOST_FOR_DFA
            else ahocorasick_rs.BytesAhoCorasick(list(by_letters))
        )

    def possible(self, letters: bytes) -> set[int]:
        """The numbers of the terms whose letters stand in what `letters_of` gave; any other does not stand there."""
        found = self._automaton.find_matches_as_indexes(letters, overlapping=True)
        return {number for index in {match[0] for match in found} for number in self._of_letters[index]}


# A table of all states is the fastest, but takes 256 numbers for each letter of the terms.
_MOST_FOR_DFA = 200_000


def check_pattern(written: str) -> None:
    """Refuse a regular expression that does not compile, or that finds nothing at all in some text. Raises PatternError."""
    try:
        pattern = compile_pattern(written)
    except re2.error as error:
        raise PatternError(f"RE2 can read ({_reason(error)})") from error
    for text in ("", "a", "a b", "1", "-", "a1 b2\n"):
        if any(found.start() == found.end() for found in pattern.finditer(text)):
            raise PatternError("cannot match an empty text")


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


@lru_cache(maxsize=4096)
def compile_pattern(written: str) -> "re2._Regexp[str]":
    """A regular expression as RE2 runs it: in linear time whatever the text, and without regard to case."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    plain = "".join(letter if letter.isascii() else fold(letter).text for letter in written)
    return re2.compile(plain, options)


def find_pattern(written: str, views: Iterable[Folded]) -> Iterator[Span]:
    """Where a regular expression matches in a text of which `views` are given; matches of nothing do not count."""
    for view in views:
        for found in compile_pattern(written).finditer(view.text):
            if found.end() > found.start():
                yield view.span(*found.span())
