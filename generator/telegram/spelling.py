"""How far a word is from the word that was meant."""


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
    return abs(len(a) - len(b)) <= most and distance(a, b) <= most
