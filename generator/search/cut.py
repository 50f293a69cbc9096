"""The one rule by which the index is cut: what does not fit is halved, by the next bit of its keys.

Where a cut lies depends on nothing but what lies around it, so that one more cable moves no cut elsewhere, and the cuts
after any edit are those of a clean build.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

_DAY = 3  # bytes of the key of a day


class Cut(Struct, frozen=True, array_like=True):
    """Keys that stay together: those from `start` up to `stop`; `first` is the least key that would belong to them."""

    first: bytes
    start: int
    stop: int


def halve(keys: Sequence[bytes], weights: Sequence[int], limit: int) -> list[Cut]:
    """Cut sorted keys into ranges that weigh at most `limit` each, or hold a single key.

    All keys together are one range. A range that is too heavy becomes two: those with 0 and those with 1 in the first bit
    in which its keys differ; a key that ends is followed by zeros.
    """
    if not keys:
        return []
    sums = [0, *accumulate(weights)]
    cuts: list[Cut] = []
    waiting = [Cut(b"", 0, len(keys))]
    while waiting:
        cut = waiting.pop()
        lowest, highest = keys[cut.start], keys[cut.stop - 1]
        if sums[cut.stop] - sums[cut.start] <= limit or lowest == highest:
            cuts.append(cut)
            continue
        middle = _middle(lowest, highest)
        at = bisect_left(keys, middle, cut.start, cut.stop)
        waiting.append(Cut(middle, at, cut.stop))
        waiting.append(Cut(_lower_half(middle), cut.start, at))
    return cuts


def _middle(lowest: bytes, highest: bytes) -> bytes:
    """The least key with 1 in the first bit in which two keys differ, and the same bits before it."""
    length = max(len(lowest), len(highest))
    low, high = lowest.ljust(length, b"\0"), highest.ljust(length, b"\0")
    at = next(place for place in range(length) if low[place] != high[place])
    bit = 1 << ((low[at] ^ high[at]).bit_length() - 1)
    return high[:at] + bytes([high[at] & ~(bit - 1) & 0xFF])


def _lower_half(middle: bytes) -> bytes:
    """The least key of the half below a middle."""
    last = middle[-1]
    return (middle[:-1] + bytes([last & (last - 1)])).rstrip(b"\0")


def day_key(day: int) -> bytes:
    """The key of a day, an ordinal of the Gregorian calendar; 0 for none."""
    return day.to_bytes(_DAY, "big")


def day_of(key: bytes) -> int:
    """The day with a key."""
    return int.from_bytes(key.ljust(_DAY, b"\0"), "big")


def word_key(word: str) -> bytes:
    """The key of a word: keys are in the order of words by code points."""
    return word.encode("utf-32-be", "surrogatepass")


def word_of(key: bytes) -> str:
    """The text with a key; that of a cut needs be no word."""
    whole = key.ljust(-(-len(key) // 4) * 4, b"\0")
    return whole.decode("utf-32-be", "surrogatepass")


class Leaf(Struct, frozen=True, array_like=True):
    """A piece as its cut is remembered: the least key that would belong to it, the least and the greatest that do."""

    first: bytes
    low: bytes
    high: bytes
    weight: int


class Item(Struct, frozen=True):
    """Something to be cut: keys from `low` to `high`, which may be opened into smaller items."""

    low: bytes
    high: bytes
    weight: int
    content: object = None


def halve_items(
    items: Sequence[Item], limit: int, opened: Callable[[Item], Sequence[Item]]
) -> Iterator[tuple[bytes, list[Item]]]:
    """The ranges that `halve` would cut all keys of sorted items into; each with the least key that would belong to it.

    An item through which a cut goes is opened; no other is, so that what was cut before need not be looked into again.
    """
    waiting = [(b"", list(items))] if items else []
    while waiting:
        first, group = waiting.pop()
        lowest, highest = group[0].low, group[-1].high
        if sum(item.weight for item in group) <= limit or lowest == highest:
            yield first, group
            continue
        middle = _middle(lowest, highest)
        lower: list[Item] = []
        upper: list[Item] = []
        for item in group:
            parts = opened(item) if item.low < middle <= item.high else (item,)
            for part in parts:
                (lower if part.high < middle else upper).append(part)
        waiting.append((middle, upper))
        waiting.append((_lower_half(middle), lower))
