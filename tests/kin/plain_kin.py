"""Related cables found in the plainest way: every pair of cables, in whole numbers, term by term."""

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.kin import finding
from generator.kin.terms import BUCKETS, CITED, NO_TERM, WORD
from generator.kin.vector import Vector

_FACTORS = (2, 3, 6)


def plain_fives(vectors: Mapping[str, Vector], order: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """The kin of each cable with their scores, by path; `order` has the paths in the order of all cables."""
    terms = {path: _terms(vector) for path, vector in vectors.items()}
    counts = Counter(_bucket(term) for of_cable in terms.values() for term in of_cable)
    signatures = {
        path: _signature(of_cable, counts, len(vectors).bit_length()) for path, of_cable in terms.items()
    }
    standing = Counter(term for signature in signatures.values() for term in signature)
    found = {}
    for path, own in signatures.items():
        kin = []
        for at, other in enumerate(order):
            theirs = signatures[other]
            shared = [term for term in own if term in theirs and standing[term] <= finding.COMMON]
            score = sum(own[term][0] * theirs[term][0] for term in shared)
            points = sum(2 if own[term][1] and theirs[term][1] else 1 for term in shared)
            if other != path and points >= 2 and not _is_direct(vectors, terms, path, other):
                kin.append((-score, at, other))
        found[path] = [(other, -score) for score, _, other in sorted(kin)[: finding.MOST_KIN]]
    return found


def _terms(vector: Vector) -> dict[int, int]:
    numbers = [int.from_bytes(vector.terms[at : at + 8], "little") for at in range(0, len(vector.terms), 8)]
    return dict(zip(numbers, vector.times, strict=True))


def _bucket(term: int) -> int:
    return (term >> 2) % BUCKETS


def _signature(
    terms: Mapping[int, int], counts: Mapping[int, int], bits_of_all: int
) -> dict[int, tuple[int, bool]]:
    """The strongest terms of a cable: their weights, and whether they count twice."""
    found = []
    for term, times in terms.items():
        kind = term & 3
        bits = counts[_bucket(term)].bit_length()
        rarity = min(bits_of_all - bits, 15)
        used = min(times.bit_length(), 4) if kind == WORD else 1
        if bits >= 2 and rarity >= 2:
            found.append((-rarity * _FACTORS[kind] * used, term, kind == CITED or used > 1))
    return {term: (-weight, is_strong) for weight, term, is_strong in sorted(found)[:24]}


def _is_direct(
    vectors: Mapping[str, Vector], terms: Mapping[str, Mapping[int, int]], path: str, other: str
) -> bool:
    own, theirs = vectors[path].own, vectors[other].own
    return (own != NO_TERM and int.from_bytes(own, "little") in terms[other]) or (
        theirs != NO_TERM and int.from_bytes(theirs, "little") in terms[path]
    )
