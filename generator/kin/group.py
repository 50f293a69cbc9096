"""The vectors of the cables of neighbouring slots, as one file keeps them."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import accumulate

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.kin.signatures import spread
from generator.kin.terms import NO_TERM, Terms
from generator.kin.vector import Vector

GROUP = 1024  # slots


class Group(msgspec.Struct, array_like=True, dict=True):
    """Some vectors; rows of numbers lie one behind the other."""

    slots: list[int]  # sorted
    sizes: list[int]  # of terms
    own: bytes
    terms: bytes
    times: bytes
    words: list[bytes]

    @cached_property
    def all_terms(self) -> Terms:
        """The terms of all."""
        return np.frombuffer(self.terms, "<u8")

    @cached_property
    def all_times(self) -> NDArray[np.uint8]:
        """How often each is there."""
        return np.frombuffer(self.times, np.uint8)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(self.sizes)]

    def places(self, wanted: Collection[int]) -> NDArray[np.int64]:
        """Where some slots are among those of the group, those that it does not have left out."""
        return np.flatnonzero(np.isin(self.slots, list(wanted)))

    def terms_of(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], Terms, NDArray[np.uint8]]:
        """How many terms some have, the terms and how often each is there."""
        sizes = np.array(self.sizes, np.int64)
        _, at = spread((np.cumsum(sizes) - sizes)[places], sizes[places])
        return sizes[places], self.all_terms[at], self.all_times[at]

    def texts_of(self, place: int) -> Mapping[int, str]:
        """What the terms of one are of."""
        start = self._starts[place]
        terms = self.all_terms[start : start + self.sizes[place]].tolist()
        return dict(zip(terms, self.words[place].decode("utf-8", "surrogatepass").split("\n"), strict=False))

    def vectors(self) -> Iterable[tuple[int, Vector]]:
        """Each slot with its vector."""
        start = 0
        for at, (slot, size, words) in enumerate(zip(self.slots, self.sizes, self.words, strict=True)):
            end = start + size
            yield (
                slot,
                Vector(
                    self.own[at * 8 : at * 8 + 8],
                    self.terms[start * 8 : end * 8],
                    self.times[start:end],
                    words,
                ),
            )
            start = end

    @classmethod
    def of(cls, vectors: Mapping[int, Vector]) -> "Group":
        """A group of some vectors by slot."""
        slots = sorted(vectors)
        chosen = [vectors[slot] for slot in slots]
        return cls(
            slots,
            [len(one.times) for one in chosen],
            b"".join([one.own for one in chosen]),
            b"".join([one.terms for one in chosen]),
            b"".join([one.times for one in chosen]),
            [one.words for one in chosen],
        )


NO_VECTOR = Vector(NO_TERM, b"", b"", b"")


def encode_group(group: Group) -> bytes:
    """A group as a file has it."""
    return _ENCODER.encode(group)


def decode_group(data: bytes) -> Group:
    """What `encode_group` gave. Raises MsgspecError where it is none."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Group)
