"""What two cables have in common, as a reader can check it: what both cite, their TAGS, the words of both."""

from collections.abc import Mapping, Sequence

from generator.archive.kin import Shared
from generator.kin.rarity import WEIGHT
from generator.kin.signatures import Rows
from generator.kin.terms import CITED, KIND, KINDS, TAG, WORD

# So many are named: of each kind, and of all.
_MOST = {CITED: 2, TAG: 2, WORD: 3}
_MOST_IN_ALL = 4


def shared_with(
    own: Mapping[int, int], others: Rows, slots: Sequence[int], text_of: Mapping[int, str]
) -> list[Shared]:
    """What a cable shares with some others; `own` are its terms with their weights, `text_of` says what a term is of."""
    kin: list[Shared] = []
    for slot in slots:
        start = int(others.starts[slot])
        row = slice(start, start + int(others.sizes[slot]))
        products = [
            (-own[term] * (weight & WEIGHT), term)
            for term, weight in zip(others.terms[row].tolist(), others.weights[row].tolist(), strict=True)
            if term in own
        ]
        texts: list[list[str]] = [[] for _ in range(KINDS)]
        for _, term in sorted(products):
            kind = term & KIND
            if len(texts[kind]) < _MOST[kind] and sum(map(len, texts)) < _MOST_IN_ALL:
                texts[kind].append(text_of[term])
        kin.append(Shared(slot, tuple(texts[CITED]), tuple(texts[TAG]), tuple(texts[WORD])))
    return kin
