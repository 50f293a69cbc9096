"""Looks for secrets in a text: one compiled search for all of them, then a close look at each place it names.

The search runs over squeezed text (letters and digits alone, see `folding`), so that a secret is found across blanks,
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

from generator.leaks.folding import is_letter, squeeze, squeeze_with_places
from generator.leaks.views import BLOCK, INLINE
from generator.telegram.reference_id import split_id

SecretKind = Literal["id", "passage", "term"]

# Deeper than this the compiled search does not tell secrets apart; the close look does.
_DEPTH = 24

# What may stand between post and serial in squeezed text: the names of fields in data, and zeros.
_BEFORE_SERIAL = "(?:SERIAL|NUMBER|NO)?0*"
_SERIAL_WORD = re.compile(_BEFORE_SERIAL.encode())

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
    why: str = field(default="")  # which rule of the ledger, in words that may be printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A secret found in a text."""

    secret: Secret
    start: int  # index of its first character
    end: int  # behind its last


@dataclass(slots=True)
class _Node:
    """A place in the tree of all squeezed secrets."""

    below: "dict[int, _Node]" = field(default_factory=dict)
    serials: "_Node | None" = None  # behind a post: the serials of its secret cables
    ends: list[Secret] = field(default_factory=list)


class SecretSearch:
    """All secrets of a site in one compiled search."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Raises ValueError for an id that is not canonical, and for a secret without letters or digits."""
        self._root = _Node()
        self._words: dict[Secret, tuple[int, ...]] = {}
        self.longest = 0  # bytes of the longest secret
        for secret in secrets:
            self.longest = max(self.longest, len(secret.text.encode("utf-8", "surrogatepass")))
            if secret.kind == "id":
                self._add_id(secret)
            else:
                self._add_text(secret)
        self._starts = (
            re.compile(_pattern(self._root, _DEPTH).encode("latin-1")) if self._root.below else None
        )

    def _add_id(self, secret: Secret) -> None:
        _, post, serial = split_id(secret.text)
        node = self._grow(self._root, post.encode())
        if node.serials is None:
            node.serials = _Node()
        self._grow(node.serials, str(serial).encode()).ends.append(secret)

    def _add_text(self, secret: Secret) -> None:
        words = _words(secret.text)
        if not words:
            raise ValueError("a secret needs a letter or a digit to be found by")
        self._words[secret] = words
        self._grow(self._root, squeeze(secret.text)).ends.append(secret)

    def _grow(self, node: _Node, path: bytes) -> _Node:
        for byte in path:
            node = node.below.setdefault(byte, _Node())
        return node

    def find(self, text: str, *, binary: bool = False) -> Iterator[Finding]:
        """Every secret in a text, in order of where it begins.

        In `binary` data strings stand side by side, or behind a byte of their length that may look like a letter:
        there a secret of some length need not begin and end where words do.
        """
        if self._starts is None:
            return
        squeezed = squeeze(text)
        found = self._starts.search(squeezed)
        if found is None:
            return
        squeezed, places = squeeze_with_places(text)
        while found is not None:
            at = found.start()
            for secret, end in self._at(squeezed, at):
                spot = places[at:end]
                if self._stands(secret, text, spot, binary=binary):
                    yield Finding(secret=secret, start=spot[0], end=spot[-1] + 1)
            found = self._starts.search(squeezed, at + 1)

    def _at(self, squeezed: bytes, start: int) -> Iterator[tuple[Secret, int]]:
        """The secrets whose letters stand at `start`, each with where they end."""
        node: _Node | None = self._root
        at = start
        while node is not None:
            for secret in node.ends:
                yield secret, at
            if node.serials is not None:
                yield from self._serials(node.serials, squeezed, at)
            node = node.below.get(squeezed[at]) if at < len(squeezed) else None
            at += 1

    def _serials(self, node: _Node | None, squeezed: bytes, at: int) -> Iterator[tuple[Secret, int]]:
        word = _SERIAL_WORD.match(squeezed, at)
        at = word.end() if word else at
        while node is not None:
            for secret in node.ends:
                yield secret, at
            node = node.below.get(squeezed[at]) if at < len(squeezed) else None
            at += 1

    def _stands(self, secret: Secret, text: str, spot: Sequence[int], *, binary: bool) -> bool:
        if secret.kind == "id":
            return _id_stands(secret, text, spot)
        return _ends_with_words(text, spot, binary=binary) and _is_whole(text, spot, self._words[secret])


def _words(text: str) -> tuple[int, ...]:
    """The squeezed lengths of the words of a secret: 'Ivo O-Hara' has 3, 1 and 4."""
    lengths = [0]
    for character in text:
        if is_letter(character):
            lengths[-1] += len(squeeze(character))
        elif unicodedata.category(character) not in ("Mn", "Cf", "Lm"):  # accents and what is not seen
            lengths.append(0)
    return tuple(filter(None, lengths))


def _pattern(node: _Node, depth: int) -> str:
    """A regular expression for the beginnings of all secrets below a node."""
    if node.ends or depth == 0:
        return ""
    branches = [
        re.escape(chr(byte)) + _pattern(below, depth - 1) for byte, below in sorted(node.below.items())
    ]
    if node.serials is not None:
        branches.append(_BEFORE_SERIAL + _pattern(node.serials, depth))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


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
