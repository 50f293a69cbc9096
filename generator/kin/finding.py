"""Finds the kin of cables: of all that share a term of their signatures, the five with the greatest sum of products.

    score       the sum, over the terms that two signatures share, of the product of its two weights
    points      one for each of those terms, two where both have it as a strong one; two are needed

Left out is what a cable cites, and what cites it: its page links those anyway. A term that stands in more signatures than
`COMMON` is passed over, so that the work for a cable is bounded. Of kin of one score the first in the order of all
cables comes first. Sums are of whole numbers: it is the same whatever is computed together, and in whatever order.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.kin.rarity import STRONG, WEIGHT
from generator.kin.signatures import Rows, spread
from generator.kin.terms import NOTHING, Numbers, Terms

MOST_KIN = 5
COMMON = 256  # signatures
_POINTS = 2

NOBODY = -1  # where there are fewer than five

# The parts of a key that is sorted: a cable of those asked for, a slot, a product and its points.
_POINT_BITS, _PRODUCT_BITS, _SLOT_BITS, _SCORE_BITS = 7, 14, 28, 20
_LOW_BITS = _POINT_BITS + _PRODUCT_BITS
_AT_ONCE = 512  # cables

_PARTS = 8  # in which postings are made, so that they take little memory meanwhile


class Postings(msgspec.Struct, frozen=True):
    """Which signatures have a term: those terms that at least two and no more than COMMON have."""

    terms: Terms  # sorted
    starts: NDArray[np.int64]  # and the end of the last
    slots: NDArray[np.uint32]
    weights: NDArray[np.uint8]


class Cited(msgspec.Struct, frozen=True):
    """Which cable cites which."""

    own: Terms  # of each slot: the term of those that cite it, or NOTHING
    rows: Rows  # of each slot: the terms of what it cites; weights mean nothing


class Fives(msgspec.Struct, frozen=True):
    """The kin of each of some slots, the nearest first."""

    slots: NDArray[np.int32]  # five each, NOBODY where there are fewer
    scores: NDArray[np.int32]

    @classmethod
    def empty(cls, total: int) -> "Fives":
        """The same where nobody has kin."""
        return cls(np.full((total, MOST_KIN), NOBODY, np.int32), np.zeros((total, MOST_KIN), np.int32))

    def extended(self, total: int) -> "Fives":
        """A copy for `total` slots, of which the new ones have no kin."""
        copy = Fives.empty(total)
        copy.slots[: len(self.slots)] = self.slots
        copy.scores[: len(self.scores)] = self.scores
        return copy


def make_postings(signatures: Rows) -> Postings:
    """The postings of all signatures."""
    owners = signatures.owners()
    terms, counts, slots, weights = [], [], [], []
    part_of = (signatures.terms >> np.uint64(61)).astype(np.uint8)
    for part in range(_PARTS):
        at = np.flatnonzero(part_of == part)
        at = at[np.argsort(signatures.terms[at], kind="stable")]
        sorted_terms = signatures.terms[at]
        starts = np.flatnonzero(np.append(True, sorted_terms[1:] != sorted_terms[:-1])) if len(at) else at
        sizes = np.diff(starts, append=len(at))
        is_of_use = (sizes > 1) & (sizes <= COMMON)
        at = at[np.repeat(is_of_use, sizes)]
        terms.append(sorted_terms[starts[is_of_use]])
        counts.append(sizes[is_of_use])
        slots.append(owners[at])
        weights.append(signatures.weights[at])
    ends = np.cumsum(np.concatenate(counts))
    return Postings(
        np.concatenate(terms),
        np.append(0, ends).astype(np.int64),
        np.concatenate(slots),
        np.concatenate(weights),
    )


class Pairs(msgspec.Struct, frozen=True):
    """Cables that may be kin of some that were asked for; by the place of those, then by slot."""

    asked: NDArray[np.int64]  # its place among those asked for
    slots: NDArray[np.int64]
    scores: NDArray[np.int64]

    def where(self, chosen: Numbers | NDArray[np.bool_]) -> "Pairs":
        """Some of them."""
        return Pairs(self.asked[chosen], self.slots[chosen], self.scores[chosen])


class Finder:
    """Finds kin among all cables; workers are handed what it is made of."""

    def __init__(self, signatures: Rows, postings: Postings, cited: Cited, ranks: Numbers) -> None:
        """`ranks` are the places of slots in the order of all cables."""
        self.signatures = signatures
        self.postings = postings
        self.cited = cited
        self.ranks = ranks
        self._own_order = np.argsort(cited.own, kind="stable")
        self._own_sorted = cited.own[self._own_order]
        order = np.argsort(cited.rows.terms, kind="stable")
        self._cited_sorted = cited.rows.terms[order]
        self._citing = cited.rows.owners()[order]

    def fives(self, slots: Numbers) -> Fives:
        """The kin of some cables."""
        found = Fives.empty(len(slots))
        for start, part in _parts(slots):
            pairs = self._pairs(part)
            score_first = ((1 << _SCORE_BITS) - 1 - pairs.scores) << _SLOT_BITS
            order = np.argsort(
                (pairs.asked << (_SLOT_BITS + _SCORE_BITS)) | score_first | self.ranks[pairs.slots]
            )
            pairs = pairs.where(order)
            counts = np.bincount(pairs.asked, minlength=len(part))
            place = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
            chosen = place < MOST_KIN
            at = (pairs.asked[chosen] + start, place[chosen])
            found.slots[at] = pairs.slots[chosen]
            found.scores[at] = pairs.scores[chosen]
        return found

    def pairs(self, slots: Numbers) -> Iterator[Pairs]:
        """All that may be kin of some cables, some of those at a time."""
        for _, part in _parts(slots):
            yield self._pairs(part)

    def _pairs(self, slots: Numbers) -> Pairs:
        keys = self._shared(slots)
        keys.sort()
        pair = keys >> _LOW_BITS
        starts = (
            np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(pair) else np.zeros(0, np.int64)
        )
        low = keys & ((1 << _LOW_BITS) - 1)
        sums = np.add.reduceat(low, starts) if len(starts) else starts
        pair = pair[starts]
        is_kin = (sums & ((1 << _POINT_BITS) - 1)) >= _POINTS
        direct = self._direct(slots)
        at = np.searchsorted(pair, direct)
        at = at[(at < len(pair))]
        at = at[np.isin(pair[at], direct)]
        is_kin[at] = False
        pair, sums = pair[is_kin], sums[is_kin]
        return Pairs(pair >> _SLOT_BITS, pair & ((1 << _SLOT_BITS) - 1), sums >> _POINT_BITS)

    def _shared(self, slots: Numbers) -> NDArray[np.int64]:
        """A key for each term that each of some cables shares with another."""
        signatures, postings = self.signatures, self.postings
        asked, at = signatures.at(slots)
        terms, weights = signatures.terms[at], signatures.weights[at]
        found = np.searchsorted(postings.terms, terms)
        has = np.flatnonzero(found < len(postings.terms))
        has = has[postings.terms[found[has]] == terms[has]]
        found = found[has]
        entry, place = spread(postings.starts[found], postings.starts[found + 1] - postings.starts[found])
        entry = has[entry]
        others = postings.slots[place].astype(np.int64)
        own, theirs = weights[entry].astype(np.int64), postings.weights[place].astype(np.int64)
        product = (own & WEIGHT) * (theirs & WEIGHT)
        points = 1 + ((own & theirs & STRONG) > 0)
        is_other = others != np.asarray(slots)[asked[entry]]
        key = (((asked[entry] << _SLOT_BITS) | others) << _LOW_BITS) | (product << _POINT_BITS) | points
        return np.asarray(key[is_other], np.int64)

    def _direct(self, slots: Numbers) -> NDArray[np.int64]:
        """Each pair of one of some cables with what it cites or what cites it."""
        asked, at = self.cited.rows.at(slots)
        cited = _lookup(self._own_sorted, self._own_order, self.cited.rows.terms[at])
        own = self.cited.own[slots]
        known = np.flatnonzero(own != NOTHING)
        citing = _lookup(self._cited_sorted, self._citing, own[known])
        return np.concatenate(
            [
                (asked[cited[0]] << _SLOT_BITS) | cited[1],
                (known[citing[0]] << _SLOT_BITS) | citing[1],
            ]
        )


def _lookup(
    keys: Terms, values: NDArray[np.integer[Any]], wanted: Terms
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All values of some keys: the place of the key among those wanted, and the value."""
    first, behind = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    owner, at = spread(first, behind - first)
    return owner, values[at].astype(np.int64)


def _parts(slots: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Some slots at a time, and where they begin."""
    for start in range(0, len(slots), _AT_ONCE):
        yield start, slots[start : start + _AT_ONCE]


def due_slots(old: Rows, new: Rows, changed: Numbers, fives: Fives, finder: Finder) -> NDArray[np.int64]:
    """The slots whose kin must be found again when the signatures or citations of some changed.

    `fives` are the kin by the `old` signatures, for all slots; `finder` knows the `new` ones.
    """
    total = len(new.sizes)
    is_changed = np.zeros(total + 1, np.bool_)
    is_changed[changed] = True
    is_due = is_changed[:total].copy()
    # Those that have one of them among their five; NOBODY is the last place, which nothing changes.
    is_due |= is_changed[fives.slots].any(axis=1)
    # Those to which one of them is nearer now than the last of their five.
    for pairs in finder.pairs(changed):
        is_due[pairs.slots[pairs.scores >= fives.scores[pairs.slots, MOST_KIN - 1]]] = True
    # Those with a term that too many had and have no longer, or the other way round.
    terms = np.unique(np.concatenate([rows.terms[rows.at(changed)[1]] for rows in (old, new)]))
    had, has = _standing(old, terms), _standing(new, terms)
    crossed = terms[(had > COMMON) != (has > COMMON)]
    is_due[new.owners()[np.isin(new.terms, crossed)]] = True
    return np.flatnonzero(is_due)


def _standing(rows: Rows, terms: Terms) -> NDArray[np.int64]:
    """In how many rows some terms, sorted, stand."""
    if not len(terms):
        return np.zeros(0, np.int64)
    at = np.minimum(np.searchsorted(terms, rows.terms), len(terms) - 1)
    return np.bincount(at[terms[at] == rows.terms], minlength=len(terms))
