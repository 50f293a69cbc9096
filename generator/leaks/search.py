"""Looks for secrets in a text: one automaton for all of them, then a close look at each place it names.

The automaton runs over squeezed text (letters and digits alone, see `folding`), so that a secret is found across blanks,
lines, hyphens, accents and quotes. What it names is a secret only if it stands there as a whole:

- A term or a passage begins and ends where words do, and its own words are not torn: inside a word stand only
  invisible characters, inline tags, a hyphen or another sign without a blank, or, where the word is spaced out
  ('R O S A'), something between all its letters. A long word may be torn by a line's end.
- An id is the post, written in one or several words, the serial with any zeros in front, no digit behind, and the
  year: two or four digits in front, with words of a classification line between or not, or behind it
  ('STRELSAU 123 (2008)', 'STRELSAU 123/08', 'STRELSAU 123 of 2008'). 'STRELSAU 123' without a year is no id: it
  names a cable of every year, and stands rightly in many.

A passage is found as a whole; whoever wants parts of it found hands in these as well.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import ahocorasick_rs

from generator.leaks.folding import Places, is_letter, squeeze
from generator.leaks.views import BLOCK, INLINE
from generator.telegram.reference_id import split_id

SecretKind = Literal["id", "passage", "term"]

# A table of all states is the fastest, but takes 256 numbers for each letter of the secrets.
_MOST_FOR_DFA = 200_000

# What stands behind a post in squeezed text: the names of fields in data, zeros, and the serial.
_SERIAL = re.compile(rb"(?:SERIAL|NUMBER|NO)?0*+(?P<digits>[0-9]+)")

_LONGEST_SERIAL = 12  # digits; a canonical id has fewer

_BEFORE_POST = (
    "UNCLASSIFIED|UNCLAS|CONFIDENTIAL|TOP|SECRET|LIMITED|OFFICIAL|USE|EFTO|NOFORN|SENSITIVE|SIPDIS|FOUO|AMEMBASSY"
    "|AMCONSUL|AMCONGEN|USMISSION|EMBASSY|CONSULATE|CORRECTED|COPY|ORIGIN|POST|FROM"
    r"|SECTI?O?N\s*\d{1,2}\s*OF\s*\d{1,2}"
)
_YEAR_IN_FRONT = re.compile(rf"(?<!\d)(?:19|20)?(?P<year>\d\d)(?:[\W_]|(?:{_BEFORE_POST})(?![a-z]))*\Z", re.I)
_YEAR_BEHIND = re.compile(
    r"[\s,=]*(?:of|in)?[\s,=]*(?:\(\s*)?(?:19|20)(?P<full>\d\d)(?!\d)"
    r"|\s*/\s*(?P<stroke>\d\d)(?!\d)|\s*\(\s*['\u2019]?(?P<round>\d\d)\s*\)",
    re.IGNORECASE,
)
_CONTEXT = 400  # characters in which the year of an id is looked for; tags count as one

_LONGEST_GAP = 24  # between the parts of an id
_SHORT = 3  # letters; a shorter word spaced out is no word
_LONG = 7  # letters; a word of as many is not torn over two lines by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Something that must not stand in a site."""

    text: str  # a canonical id; or a passage or a term, in any spelling
    kind: SecretKind
    only_in: frozenset[str] | None = None  # the addresses in which it is one; None for everywhere
    not_in: frozenset[str] = frozenset()  # ... but in these
    not_below: str = ""  # ... and in this folder, '/' behind its name
    why: str = field(default="")  # which rule of the ledger, in words that may be printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A secret found in a text."""

    secret: Secret
    start: int  # index of its first character
    end: int  # behind its last


def counts_in(secret: Secret, address: str) -> bool:
    """Whether a secret is one in the file at an address."""
    if secret.only_in is not None:
        return address in secret.only_in
    return address not in secret.not_in and not (secret.not_below and address.startswith(secret.not_below))


class _Automaton:
    """Finds the letters of some secrets in squeezed text, in one pass however many they are."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        texts: dict[bytes, list[Secret]] = {}
        serials_of: dict[bytes, dict[bytes, list[Secret]]] = {}  # by post: the serials of its secret cables
        for secret in secrets:
            if secret.kind == "id":
                _, post, serial = split_id(secret.text)
                serials_of.setdefault(post.encode(), {}).setdefault(str(serial).encode(), []).append(secret)
            else:
                texts.setdefault(squeeze(secret.text), []).append(secret)
        patterns = sorted({*texts, *serials_of})
        self._ends = [(texts.get(one, []), serials_of.get(one)) for one in patterns]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            patterns,
            implementation=ahocorasick_rs.Implementation.DFA
            if sum(map(len, patterns)) <= _MOST_FOR_DFA
            else None,
        )

    def find(self, squeezed: bytes) -> Iterator[tuple[Secret, int, int]]:
        """The secrets whose letters stand in a text, each with where they begin and end."""
        for number, start, end in self._automaton.find_matches_as_indexes(squeezed, overlapping=True):
            texts, serials = self._ends[number]
            for secret in texts:
                yield secret, start, end
            if serials and (digits := _SERIAL.match(squeezed, end)):
                begin = digits.start("digits")
                for last in range(begin + 1, min(digits.end(), begin + _LONGEST_SERIAL) + 1):
                    for secret in serials.get(squeezed[begin:last], ()):
                        yield secret, start, last


class SecretSearch:
    """All secrets of a site in one search."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Raises ValueError for an id that is not canonical, and for a secret without letters or digits."""
        self.secrets = tuple(secrets)
        self.longest = 0  # bytes of the longest secret
        self._words: dict[str, tuple[int, ...]] = {}
        self._only: dict[str, list[Secret]] = {}  # by the address in which they are secrets
        for secret in self.secrets:
            self.longest = max(self.longest, len(secret.text.encode("utf-8", "surrogatepass")))
            if secret.kind == "id":
                split_id(secret.text)
            else:
                self._words[secret.text] = _words(secret.text)
                if not self._words[secret.text]:
                    raise ValueError("a secret needs a letter or a digit to be found by")
            for address in secret.only_in or ():
                self._only.setdefault(address, []).append(secret)
        self._everywhere = _Automaton(secret for secret in self.secrets if secret.only_in is None)
        self._at: tuple[str, _Automaton] | None = None  # an address, and the secrets of it alone

    def find(self, text: str, *, address: str, binary: bool = False) -> Iterator[Finding]:
        """Every secret of an address in a text of it, in order of where it begins.

        In `binary` data strings stand side by side, or behind a byte of their length that may look like a letter:
        there a secret of some length need not begin and end where words do.
        """
        squeezed = squeeze(text)
        found = [
            (start, end, secret)
            for automaton in self._automata(address)
            for secret, start, end in automaton.find(squeezed)
            if counts_in(secret, address)
        ]
        if not found:
            return
        places = Places(text)
        for start, end, secret in sorted(found, key=lambda one: one[:2]):
            spot = places.spot(start, end)
            if self._stands(secret, text, spot, binary=binary):
                yield Finding(secret=secret, start=spot[0], end=spot[-1] + 1)

    def _automata(self, address: str) -> Iterator[_Automaton]:
        yield self._everywhere
        if address in self._only:
            at = self._at
            if at is None or at[0] != address:
                at = self._at = address, _Automaton(self._only[address])
            yield at[1]

    def has_own(self, address: str) -> bool:
        """Whether there are secrets of one address alone."""
        return address in self._only

    def _stands(self, secret: Secret, text: str, spot: Sequence[int], *, binary: bool) -> bool:
        if secret.kind == "id":
            return _id_stands(secret, text, spot)
        return _ends_with_words(text, spot, binary=binary) and _is_whole(text, spot, self._words[secret.text])


def _words(text: str) -> tuple[int, ...]:
    """The squeezed lengths of the words of a secret: 'Ivo O-Hara' has 3, 1 and 4."""
    lengths = [0]
    for character in text:
        if is_letter(character):
            lengths[-1] += len(squeeze(character))
        elif unicodedata.category(character) not in ("Mn", "Cf", "Lm"):  # accents and what is not seen
            lengths.append(0)
    return tuple(filter(None, lengths))


def _id_stands(secret: Secret, text: str, spot: Sequence[int]) -> bool:
    first, last = spot[0], spot[-1]
    year, _, serial = split_id(secret.text)
    gaps = _gaps(text, spot)
    in_serial = gaps[len(gaps) - len(str(serial)) + 1 :]
    if text[last + 1 : last + 2].isdecimal() or max(map(len, gaps)) > _LONGEST_GAP:
        return False
    if any(in_serial) and not all(gaps):
        return False  # two numbers, unless all of the id is spaced out
    two_digits = f"{year % 100:02d}"
    in_front = _YEAR_IN_FRONT.search(_as_read(text[max(0, first - _CONTEXT) : first]))
    if in_front is not None and (in_front["year"] == two_digits or in_front.end("year") == in_front.end()):
        return in_front["year"] == two_digits
    behind = _YEAR_BEHIND.match(_as_read(text[last + 1 : last + 1 + _CONTEXT]))
    if behind is None or text[max(0, first - 1) : first].isalnum():
        return False
    return (behind["full"] or behind["stroke"] or behind["round"]) == two_digits


def _gaps(text: str, spot: Sequence[int]) -> list[str]:
    """What stands between the letters of a spot, without inline tags."""
    return [text[before + 1 : after].replace(INLINE, "") for before, after in pairwise(spot)]


def _as_read(text: str) -> str:
    return text.replace(INLINE, "").replace(BLOCK, " ")


def _ends_with_words(text: str, spot: Sequence[int], *, binary: bool) -> bool:
    """Whether a spot begins and ends where words do, or need not."""
    if binary and len(spot) > _SHORT + 1:
        return True
    first, last = spot[0], spot[-1]
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    begins = not before or not is_letter(before) or (binary and not text[first - 2 : first - 1].isprintable())
    return begins and (not after or not is_letter(after))


def _is_whole(text: str, spot: Sequence[int], words: Sequence[int]) -> bool:
    """Whether none of the words at a spot is torn."""
    at = 0
    for length in words:
        gaps = _gaps(text, spot[at : at + length])
        at += length
        if not any(gaps):
            continue
        spaced = length >= _SHORT and all(gaps) and max(map(len, gaps)) <= _SHORT
        if not spaced and not all(_may_stand_in_a_word(gap, length) for gap in gaps):
            return False
    return True


def _may_stand_in_a_word(gap: str, length: int) -> bool:
    if gap.startswith(("-", "\u00ad", "\u2010", "\u2011")):
        return True
    if not any(map(str.isspace, gap)):
        return BLOCK not in gap
    return length >= _LONG and BLOCK not in gap and ("\n" in gap or "\r" in gap)
