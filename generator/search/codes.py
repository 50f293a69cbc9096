"""Numbers as bits: gamma and Rice codes, written for many blocks at once.

A code is some zeros and the bits of a number; README.md says which. A section of codes belongs to blocks, in the order of
blocks; each block begins at a byte.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_WORD = 64  # bits that are written at once; no number is longer


class Codes:
    """A section of codes, block by block."""

    def __init__(self, zeros: Numbers, values: Numbers, widths: Numbers, counts: Numbers) -> None:
        """Codes of `zeros` times 0, and then the lowest `widths` bits of `values`; `counts` of them for each block."""
        self.values = values
        self.widths = widths
        self.lengths = zeros + widths
        self.counts = counts


def bit_length(numbers: Numbers) -> Numbers:
    """How many bits each number has after its leading zeros."""
    return np.frexp(numbers)[1].astype(np.int64)


def gamma(numbers: Numbers, counts: Numbers) -> Codes:
    """Gamma codes of numbers from 1 on."""
    widths = bit_length(numbers)
    return Codes(widths - 1, numbers, widths, counts)


def rice(k: Numbers, numbers: Numbers, counts: Numbers) -> Codes:
    """Rice codes, each with its k."""
    one = np.left_shift(1, k)
    return Codes(numbers >> k, (numbers & (one - 1)) | one, k + 1, counts)


def pack(sections: list[Codes]) -> tuple[bytes, Numbers]:
    """The bytes of all blocks, and how many bytes each has; a block holds its codes of each section in turn."""
    ends, totals = [], []
    for section in sections:
        end = np.cumsum(section.lengths)
        ends.append(end)
        # At the end of each block, how many bits its section has had
        so_far = np.concatenate(([0], end))[np.cumsum(section.counts)]
        totals.append(np.diff(so_far, prepend=0))
    sizes = (np.sum(totals, axis=0) + 7) >> 3
    whole = int(sizes.sum())
    begin = (np.cumsum(sizes) - sizes) << 3  # the bit at which each block begins
    bits = np.zeros((whole << 3) // _WORD + 1, np.uint64)
    for section, end, total in zip(sections, ends, totals, strict=True):
        if len(end):
            before = np.cumsum(total) - total
            _write(bits, end + np.repeat(begin - before, section.counts), section)
        begin = begin + total
    return bits.astype(">u8").tobytes()[:whole], sizes


def _write(bits: NDArray[np.uint64], ends: Numbers, codes: Codes) -> None:
    """Write codes that end before the bits `ends`, which increase."""
    values = codes.values.astype(np.uint64)
    last = ends - 1
    word = last >> 6
    free = 63 - (last & 63)  # bits of the word behind the code
    _add(bits, word, values << free.astype(np.uint64))
    reaches = np.flatnonzero(codes.widths + free > _WORD)  # into the word before
    if len(reaches):
        _add(bits, word[reaches] - 1, values[reaches] >> (_WORD - free[reaches]).astype(np.uint64))


def _add(bits: NDArray[np.uint64], word: Numbers, values: NDArray[np.uint64]) -> None:
    """Put values into words, which do not decrease; no two values share a bit."""
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    bits[word[starts]] += np.add.reduceat(values, starts)
