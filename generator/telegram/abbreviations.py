"""Abbreviations in the text of a telegram: where it uses one that the lexicon knows, and nothing else can be meant.

    'Poloff raised it with the GOK (septel).'   Poloff, GOK, septel

A word counts as a whole: 'UN-led' and 'GOK/MFA' are none, 'POL/ECON' is, since the lexicon has it. Many are words or names
too, and some telegrams are all in capitals: WHO is an abbreviation only beside a word in small letters. A missed one is a
pity, a false one is an error. All are looked for at once, which takes some 6 microseconds a KB of text.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec
from ahocorasick_rs import BytesAhoCorasick, Implementation

from generator.lexicon import Abbreviation, Lexicon
from generator.telegram.cable import Block

# Signs within words; all others stand between words. A '|' parts texts that are looked through together.
_IN_WORDS = "-/+&._@|"
_BETWEEN = bytes(code if chr(code) in _IN_WORDS or chr(code).isalnum() else ord(" ") for code in range(256))
_PARTED = " | "

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
        self._words = list(spelled.values())
        self._search = BytesAhoCorasick([b" %b " % key for key in spelled], implementation=Implementation.DFA)

    def find(self, text: str) -> Iterator[Use]:
        """Every use in a text, in order."""
        # Position i of the text is position i + 1 here.
        words = b" %b " % text.encode("latin-1", "replace").translate(_BETWEEN)
        words = words.replace(b". ", b"  ").replace(b"--", b"  ")
        for number, start, end in self._search.find_matches_as_indexes(words.upper(), overlapping=True):
            abbreviation, stop = self._words[number], end - 2
            if _is_spelled(text[start:stop], abbreviation) and _is_meant(
                abbreviation, text, words, start, stop + 1
            ):
                # The full stop of 'E.O.' is its own.
                stop += abbreviation.term[-1] == "." and text[stop : stop + 1] == "."
                yield Use(start, stop, abbreviation)

    def used_in(self, blocks: Iterable[Block]) -> tuple[Abbreviation, ...]:
        """Those that the text of a telegram uses, each once: first those that not every newspaper uses, in order."""
        text = _PARTED.join(flowing_texts(blocks))
        found = dict.fromkeys([use.abbreviation for use in self.find(text)])
        return (
            *(word for word in found if not word.is_known),
            *(word for word in found if word.is_known),
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


def _is_spelled(written: str, abbreviation: Abbreviation) -> bool:
    """Whether it is written as abbreviations are: 'GOK', 'NGOs'; a long one, which is no word, in any letters: 'PolOffs'."""
    term = abbreviation.term.rstrip(".")
    if written == term or (written[-1] == "s" and written[:-1] == term):
        return True
    return len(term) >= _LONG and term.isalpha() and not abbreviation.is_word


def _is_meant(abbreviation: Abbreviation, text: str, words: bytes, before: int, behind: int) -> bool:
    """Whether the words around it allow it; `before` and `behind` are the blanks around it in `words`."""
    context = abbreviation.context
    if context in _IN_PARENTHESES and text[before - 1 : before] == "(" and text[behind - 1 : behind] == ")":
        return False
    if abbreviation.is_word:
        return _is_among_small_letters(words, before, behind)
    if context in _BEFORE_NAMES or context in _NOT_BEFORE_NUMBERS:
        following = words[behind : behind + _NEAR].split(None, 1)
        first = following[0][:1] if following else b""
        return not (first.isdigit() or (first.isupper() and context in _BEFORE_NAMES))
    return True


def _is_among_small_letters(words: bytes, before: int, behind: int) -> bool:
    """Whether the word before or behind is in small letters, and neither is in capitals or a number before it."""
    earlier = words[max(0, before - _NEAR) : before].split()
    later = words[behind : behind + _NEAR].split()
    last = earlier[-1] if earlier else b""
    next_ = later[0] if later else b""
    if last[-1:].isdigit() or (len(last) > 1 and last.isupper()) or (len(next_) > 1 and next_.isupper()):
        return False
    return last.islower() or next_.islower()
