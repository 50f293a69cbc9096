"""Signatures: the strongest terms of each cable, by which cables are compared.

Cables have numbers from 0 up, their slots; a slot may be empty. Rows of all slots lie one behind the other.
"""

from collections.abc import Sequence
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.kin.rarity import STRONG, weigh
from generator.kin.terms import Numbers, Terms

MOST_TERMS = 24

_TERM_BITS = 46  # of a term, that decide between those of one weight
_WEIGHT_BITS = 7


class Rows(msgspec.Struct, frozen=True, dict=True):
    """For each slot a row of terms, with something of each."""

    sizes: NDArray[np.uint8]  # of the row of each slot
    terms: Terms
    weights: NDArray[np.uint8]

    @classmethod
    def empty(cls, slots: int = 0) -> "Rows":
        """So many empty rows."""
        return cls(np.zeros(slots, np.uint8), np.zeros(0, np.uint64), np.zeros(0, np.uint8))

    @classmethod
    def of(
        cls,
        sizes: Sequence[Numbers],
        terms: Sequence[Terms],
        weights: Sequence[NDArray[np.uint8]] | None = None,
    ) -> "Rows":
        """Rows of several parts, one behind the other; without weights these mean nothing."""
        all_terms = np.concatenate([np.zeros(0, np.uint64), *terms])
        return cls(
            np.concatenate([np.zeros(0, np.uint8), *(part.astype(np.uint8) for part in sizes)]),
            all_terms,
            np.zeros(len(all_terms), np.uint8)
            if weights is None
            else np.concatenate([np.zeros(0, np.uint8), *weights]),
        )

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each row begins."""
        return np.cumsum(self.sizes, dtype=np.int64) - self.sizes

    def owners(self) -> NDArray[np.uint32]:
        """The slot of each term."""
        return np.repeat(np.arange(len(self.sizes), dtype=np.uint32), self.sizes)

    def at(self, slots: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The terms of some slots: the place of each among `slots`, and its own place here."""
        return spread(self.starts[slots], self.sizes[slots].astype(np.int64))

    def with_rows(self, slots: Numbers, other: "Rows", total: int) -> "Rows":
        """These rows, but those of some slots from others, which has them in that order; `total` slots in all."""
        if len(slots) == total and total:
            return other
        if not len(slots) and total == len(self.sizes):
            return self
        sizes = np.zeros(total, np.uint8)
        sizes[: len(self.sizes)] = self.sizes
        is_kept = np.ones(len(self.sizes), np.bool_)
        is_kept[slots[slots < len(self.sizes)]] = False
        kept = np.repeat(is_kept, self.sizes)
        sizes[slots] = other.sizes
        result = Rows(sizes, np.empty(int(sizes.sum()), np.uint64), np.empty(int(sizes.sum()), np.uint8))
        new = np.zeros(total, np.bool_)
        new[slots] = True
        is_new = np.repeat(new, sizes)
        result.terms[~is_new], result.weights[~is_new] = self.terms[kept], self.weights[kept]
        _, places = result.at(slots)
        result.terms[places], result.weights[places] = other.terms, other.weights
        return result

    def differ(self, slots: Numbers, other: "Rows") -> NDArray[np.bool_]:
        """Which of some slots have another row there; both have them all."""
        is_other: NDArray[np.bool_] = self.sizes[slots] != other.sizes[slots]
        same = np.flatnonzero(~is_other)
        owner, here = self.at(slots[same])
        _, there = other.at(slots[same])
        unlike = (self.terms[here] != other.terms[there]) | (self.weights[here] != other.weights[there])
        is_other[same[owner[unlike]]] = True
        return is_other


def spread(
    starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ranges of places one behind the other: of which range each place is, and the places."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return owner, np.arange(total) + np.repeat(starts - (ends - sizes), sizes)


def sign(
    sizes: NDArray[np.int64],
    terms: Terms,
    times: NDArray[np.uint8],
    bits: NDArray[np.uint8],
    cables: int,
) -> Rows:
    """The signatures of some cables, by rows of all their terms; `bits` and `cables` are those of `weigh`."""
    weights, is_strong = weigh(terms, times, bits, cables)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    heavy = np.flatnonzero(weights)
    owner, terms, weights, is_strong = owner[heavy], terms[heavy], weights[heavy], is_strong[heavy]
    # By cable, the strongest first; of two terms of one weight the smaller number.
    lightness = ((1 << _WEIGHT_BITS) - 1 - weights).astype(np.uint64)
    key = (owner.astype(np.uint64) << np.uint64(_WEIGHT_BITS + _TERM_BITS)) | (
        lightness << np.uint64(_TERM_BITS)
    )
    order = np.argsort(key | (terms >> np.uint64(64 - _TERM_BITS)), kind="stable")
    owner = owner[order]
    counts = np.bincount(owner, minlength=len(sizes))
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    order = order[rank < MOST_TERMS]
    return Rows(
        np.minimum(counts, MOST_TERMS).astype(np.uint8),
        terms[order],
        (weights[order] | np.where(is_strong[order], STRONG, 0)).astype(np.uint8),
    )
