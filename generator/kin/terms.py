"""Terms: what cables can have in common, as numbers. A word, a TAGS code, a cable that is cited.

A term is 64 bits of a digest; the lowest two say of what kind it is. How many cables have a term is counted in a fixed
number of buckets, so that the counts take as much memory for a thousand cables as for a million; in each of them lie few
terms that any two cables share.
"""

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD, TAG, CITED = 0, 1, 2  # kinds
KINDS = 3
_KIND_BITS = 2
KIND = (1 << _KIND_BITS) - 1  # the bits of a term that say of what kind it is

BUCKETS = 1 << 22

NOTHING = 0  # what is no term
NO_TERM = bytes(8)  # the same as bytes

_SHORTEST = 3  # letters of a word

Terms = NDArray[np.uint64]
Numbers = NDArray[np.integer[Any]]


# Most words, codes and ids of a cable stand in others too.
@lru_cache(maxsize=1 << 16)
def term_of(kind: int, text: str) -> bytes:
    """The term of a text of some kind, as eight bytes, the lowest first; never NO_TERM."""
    digest = hashlib.blake2b(f"{kind} {text}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    lowest = digest[0] >> _KIND_BITS << _KIND_BITS | kind
    return bytes((lowest, *digest[1:7], digest[7] or 1))


@lru_cache(maxsize=1 << 17)
def word_term(word: str) -> bytes:
    """The term of a word as the search has it; b"" for one that says nothing of what a cable is about."""
    return b"" if is_left_out(word) else term_of(WORD, word)


def is_left_out(word: str) -> bool:
    """Whether a word is too short or too common, holds a digit, or is one letter again and again, as of XXXXXXX."""
    if len(word) < _SHORTEST and word.isascii():
        return True
    return word in _COMMON or not word.isalpha() or len(set(word)) == 1


_COMMON = frozenset(files("generator.kin").joinpath("common_words.txt").read_text("utf-8").split())


def kinds_of(terms: Terms) -> NDArray[np.int64]:
    """Of what kind terms are."""
    return (terms & np.uint64(KIND)).astype(np.int64)


def buckets_of(terms: Terms) -> NDArray[np.int64]:
    """The buckets in which terms are counted."""
    return ((terms >> np.uint64(_KIND_BITS)) & np.uint64(BUCKETS - 1)).astype(np.int64)
