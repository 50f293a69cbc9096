"""How rare terms are: how many cables have each, rounded to powers of two, so that one cable more hardly ever moves another.

The weight of a term in a cable is all whole numbers:

    rarity      bits of the number of cables, less bits of the number of those that have the term; 15 at most
    weight      of a word rarity x 2 x bits of its times (4 at most), of a TAGS code x 3, of a citation x 6
"""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.kin.terms import BUCKETS, CITED, WORD, Terms, buckets_of, kinds_of

FEWEST = 2  # cables that have a term: what a cable has alone relates it to none
LEAST = 2  # of rarity: what more than a quarter of all have says little
_MOST = 15

_MOST_BITS = 4
_FACTORS = np.array([2, 3, 6])  # of WORD, TAG, CITED
_BITS_OF_BYTE = np.minimum(np.frexp(np.arange(256.0))[1], _MOST_BITS).astype(np.int64)

# The bit of a weight that says that the term counts twice: a citation, and a word that is used more than once.
STRONG = 0x80
WEIGHT = 0x7F


class _Kept(msgspec.Struct, array_like=True):
    buckets: bytes
    counts: bytes


class Counts:
    """How many cables have the terms of each bucket."""

    def __init__(self) -> None:
        self._counts = np.zeros(BUCKETS, np.int32)
        # Of each count: 0 for none, 1 for one, 2 for two and three, 3 from four on.
        self.bits = np.zeros(BUCKETS, np.uint8)

    def add(self, terms: Terms) -> None:
        """Count the terms of some cables."""
        self._add(terms, 1)

    def remove(self, terms: Terms) -> None:
        """Count them no more."""
        self._add(terms, -1)

    def _add(self, terms: Terms, number: int) -> None:
        buckets = buckets_of(terms)
        np.add.at(self._counts, buckets, np.int32(number))
        self.bits[buckets] = _bits(self._counts[buckets])

    def encode(self) -> bytes:
        """The counts, as a file has them."""
        buckets = np.flatnonzero(self.bits != 0)  # a tenth of the time of asking for the numbers themselves
        return msgspec.msgpack.encode(
            _Kept(buckets.astype("<u4").tobytes(), self._counts[buckets].astype("<u4").tobytes())
        )

    @classmethod
    def decode(cls, data: bytes) -> "Counts":
        """What `encode` gave."""
        kept = msgspec.msgpack.decode(data, type=_Kept)
        buckets, numbers = np.frombuffer(kept.buckets, "<u4"), np.frombuffer(kept.counts, "<u4")
        counts = cls()
        counts._counts[buckets] = numbers
        counts.bits[buckets] = _bits(numbers)
        return counts


def _bits(numbers: NDArray[np.integer[Any]]) -> NDArray[np.uint8]:
    """How many bits some numbers have."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.uint8)


def weigh(
    terms: Terms, times: NDArray[np.uint8], bits: NDArray[np.uint8], cables: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The weights of terms, 0 for those that say nothing, and which of them are strong.

    `bits` are those of all buckets; the terms are of an archive of so many cables.
    """
    of_term = bits[buckets_of(terms)].astype(np.int64)
    rarity = np.minimum(cables.bit_length() - of_term, _MOST)
    kinds = kinds_of(terms)
    is_word = kinds == WORD
    bits_of_times = np.where(is_word, _BITS_OF_BYTE[times], 1)
    weights = rarity * _FACTORS[kinds] * bits_of_times
    weights[(of_term < FEWEST.bit_length()) | (rarity < LEAST)] = 0
    return weights, (kinds == CITED) | (bits_of_times > 1)
