"""Abbreviations in the text of a telegram: where it uses one that the lexicon knows, and nothing else can be meant.

    'Poloff raised it with the GOK (septel).'   Poloff, GOK, septel

A word counts as a whole: 'UN-led' and 'GOK/MFA' are none, 'POL/ECON' is, since the lexicon has it. Many are words or names
too, and some telegrams are all in capitals: WHO is an abbreviation only beside a word in small letters. A missed one is a
pity, a false one is an error. All are looked for at once, which takes some 6 microseconds a KB of text.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec
from ahocorasick_rs import BytesAhoCorasick, Implementation

from generator.lexicon import Abbreviation, Lexicon
from generator.telegram.cable import Block

# Signs within words; all others stand between words.
_IN_WORDS = "-/+&._@"
_PARTED = "\n"  # between texts that are looked through together
_BETWEEN = bytes(code if chr(code) in _IN_WORDS or chr(code).isalnum() else ord(" ") for code in range(256))
_CAPITALS = bytes(_BETWEEN[code] for code in bytes(range(256)).upper())

_SHORTEST = 2  # letters; one alone is an initial
_LONG = 5  # letters of a word that is known in small letters too, 'Poloff'
_NEAR = 40  # characters in which the word before and the word behind are looked for

# A post's kind belongs to the name behind it: 'AMEMBASSY PARIS', 'USUN NEW YORK'.
_BEFORE_NAMES = frozenset({"address", "post"})
_NOT_BEFORE_NUMBERS = frozenset({"bureau", "office"})  # 'EUR 20' is money
_IN_PARENTHESES = frozenset({"caption", "marking"})  # '(SBU)' marks what follows


class Use(msgspec.Struct, frozen=True, gc=False):
    """Characters text[start:end] that are an abbreviation."""

    start: int
    end: int
    abbreviation: Abbreviation


class Abbreviations:
    """The abbreviations of a lexicon, ready to be looked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        spelled: dict[bytes, Abbreviation] = {}
        known = [
            word
            for word in lexicon.abbreviations.values()
            if len(word.term) >= _SHORTEST and _is_one(word.term)
        ]
        for word in known:
            spelled[_key(word.term)] = word
        for word in known:
            if not word.is_word:
                spelled.setdefault(_key(word.term) + b"S", word)
        # A full stop behind a word is no part of it; to look for both is quicker than to take it away.
        self._search = BytesAhoCorasick(
            [*[b" %b " % key for key in spelled], *[b" %b. " % key for key in spelled]],
            implementation=Implementation.DFA,
        )
        self._words = [(word, word.term.rstrip("."), 2) for word in spelled.values()]
        self._words += [(word, term, 3) for word, term, _ in self._words]  # and what stands behind the word

    def find(self, text: str, only: Container[str] | None = None) -> list[Use]:
        """Every use in a text, in order; of some terms alone, if they are given."""
        # Position i of the text is position i + 1 here.
        capitals = b" %b " % text.encode("latin-1", "replace").translate(_CAPITALS)
        words = self._words
        uses: list[Use] = []
        for number, start, end in self._search.find_matches_as_indexes(capitals, overlapping=True):
            word, term, behind = words[number]
            if only is not None and word.term not in only:
                continue
            stop = end - behind
            written = text[start:stop]
            if (written == term or _is_spelled(written, term, word)) and _is_meant(word, text, start, stop):
                # The full stop of 'E.O.' is its own.
                is_stopped = word.term[-1] == "." and text[stop : stop + 1] == "."
                uses.append(Use(start, stop + is_stopped, word))
        return uses

    def find_in_all(self, texts: Sequence[str], only: Container[str]) -> list[list[Use]]:
        """The uses of some terms in each of some texts, found together, which is much faster where these are short."""
        uses: list[list[Use]] = [[] for _ in texts]
        ends = [*accumulate([len(text) + len(_PARTED) for text in texts])]
        number, at = 0, 0
        for use in self.find(_PARTED.join(texts), only):
            while use.start >= ends[number]:
                at = ends[number]
                number += 1
            uses[number].append(Use(use.start - at, use.end - at, use.abbreviation))
        return uses

    def used_in(self, blocks: Iterable[Block]) -> tuple[Abbreviation, ...]:
        """Those that the text of a telegram uses, each once: first those that not every newspaper uses, in order."""
        found: dict[str, Abbreviation] = {}
        for use in self.find(_PARTED.join(flowing_texts(blocks))):
            found.setdefault(use.abbreviation.term, use.abbreviation)
        return (
            *[word for word in found.values() if not word.is_known],
            *[word for word in found.values() if word.is_known],
        )


@lru_cache(maxsize=4)
def abbreviations_of(lexicon: Lexicon) -> Abbreviations:
    """The abbreviations of a lexicon; made once."""
    return Abbreviations(lexicon)


def flowing_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of a body in which abbreviations are explained: its paragraphs and list items, those of quoted texts too."""
    for block in blocks:
        if block.kind == "paragraph":
            yield block.text
        elif block.kind == "list":
            yield from (item.text for item in block.items)
        elif block.kind == "quote":
            yield from flowing_texts(block.blocks)


def _is_one(term: str) -> bool:
    """Whether a term is one word of capitals; an archive may add others, which stand in its glossary alone."""
    return term.isascii() and term.isupper() and not term.encode().translate(_BETWEEN).count(b" ")


def _key(term: str) -> bytes:
    return term.rstrip(".").encode()


def _is_spelled(written: str, term: str, abbreviation: Abbreviation) -> bool:
    """Whether it is written as abbreviations are: 'GOK', 'NGOs'; a long one, which is no word, in any letters: 'PolOffs'."""
    if written == term or (written[-1] == "s" and written[:-1] == term):
        return True
    return len(term) >= _LONG and not abbreviation.is_word and term.isalpha()


def _is_meant(abbreviation: Abbreviation, text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] allow it."""
    if abbreviation.is_word:
        return _is_among_small_letters(text, start, end)
    context = abbreviation.context
    if context in _BEFORE_NAMES or context in _NOT_BEFORE_NUMBERS:
        first = _word_behind(text, end)[:1]
        return not (first.isdigit() or (first.isupper() and context in _BEFORE_NAMES))
    return not (context in _IN_PARENTHESES and text[start - 1 : start] == "(" and text[end : end + 1] == ")")


def _is_among_small_letters(text: str, start: int, end: int) -> bool:
    """Whether the word before or behind is in small letters, none of them in capitals, and the one before no number."""
    before, behind = _word_before(text, start), _word_behind(text, end)
    if before[-1:].isdigit() or _is_in_capitals(before) or _is_in_capitals(behind):
        return False
    return before.islower() or behind.islower()


def _is_in_capitals(word: bytes) -> bool:
    return len(word) > 1 and word.isupper()


def _word_before(text: str, start: int) -> bytes:
    words = _words_of(text[max(0, start - _NEAR) : start].rpartition(_PARTED)[2])
    return words[-1] if words else b""


def _word_behind(text: str, end: int) -> bytes:
    words = _words_of(text[end : end + _NEAR].partition(_PARTED)[0])
    return words[0] if words else b""


def _words_of(text: str) -> list[bytes]:
    return text.encode("latin-1", "replace").translate(_BETWEEN).split()
