"""How far a word is from the word that was meant."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations


def distance(a: str, b: str) -> int:
    """Letters to insert, drop, change or swap with a neighbour to make `a` into `b`.

    The optimal string alignment distance: 'PGVO' is 1 from 'PGOV'. Meant for single words; takes time
    proportional to the product of the lengths.
    """
    above: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, before, row = row, above, [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def is_close(a: str, b: str, most: int) -> bool:
    """Whether the distance of two words is at most `most`."""
    return a == b or (abs(len(a) - len(b)) <= most and distance(a, b) <= most)


class KnownWords:
    """Words among which a misspelled one is looked up without comparing it to each.

    Two words at a distance of at most `most` have a form in common once as many letters are left out of both.
    """

    def __init__(self, words: Iterable[str], most: int) -> None:
        """An index of `words` for distances up to `most`; its size grows with the word length to that power."""
        self._most = most
        self._words_of: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for form in _forms(word, most):
                self._words_of[form].append(word)

    def near(self, word: str) -> tuple[str, ...]:
        """The words within the distance of a word, sorted."""
        candidates = {known for form in _forms(word, self._most) for known in self._words_of.get(form, ())}
        return tuple(sorted(known for known in candidates if is_close(word, known, self._most)))


def _forms(word: str, most: int) -> set[str]:
    """A word with up to `most` letters left out."""
    return {
        "".join(letters)
        for left in range(max(0, len(word) - most), len(word) + 1)
        for letters in combinations(word, left)
    }
