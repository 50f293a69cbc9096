"""The vector of a cable: its terms, and how often it has each. Made where the cable is at hand, of what the search reads."""

from collections.abc import Sequence

import msgspec
import numpy as np

from generator.kin.terms import CITED, NO_TERM, TAG, term_of, word_term
from generator.search.reading import Reading

# So many different words of a cable count: those that it uses most, and of those the first. And so many TAGS and citations.
MOST_WORDS = 192
_MOST_TAGS = 32
_MOST_CITED = 64

_OF_SUBJECT = 2  # times more that a word of the subject counts
_MOST_TIMES = 255
_WIDE = 1 << 16


class Vector(msgspec.Struct, array_like=True, frozen=True):
    """The terms of a cable; rows are of little-endian numbers."""

    own: bytes  # the term of those that cite it; NO_TERM where it has no id
    terms: bytes  # 8 bytes each
    times: bytes  # a byte each
    words: bytes  # what the terms are of, in their order, a line each


def vector_of(
    own: tuple[str | None, str | None],
    tags: Sequence[str],
    cites: Sequence[tuple[str, str | None]],
    reading: Reading,
) -> Vector:
    """The vector of a cable; an id comes with what it is by the other name of its post."""
    counted = _words(reading)
    times, words, terms = zip(*counted, strict=True) if counted else ((), (), ())
    cited = list(dict.fromkeys([_name(*id_) for id_ in cites]))[:_MOST_CITED]
    tags = tags[:_MOST_TAGS]
    others = [*[term_of(TAG, tag) for tag in tags], *[term_of(CITED, id_) for id_ in cited]]
    return Vector(
        own=term_of(CITED, _name(own[0], own[1])) if own[0] else NO_TERM,
        terms=b"".join((*terms, *others)),
        times=bytes(times) + b"\1" * len(others),
        words="\n".join((*words, *tags, *cited)).encode("utf-8", "surrogatepass"),
    )


def _name(id_: str, other: str | None) -> str:
    """One name for a cable that has two."""
    return min(id_, other) if other else id_


def _words(reading: Reading) -> list[tuple[int, str, bytes]]:
    """The words that count, in their order: how often each is used, and its term."""
    row = np.frombuffer(reading.text, "<u2" if len(reading.words) <= _WIDE else "<u4")
    times = np.bincount(row, minlength=len(reading.words))
    times += _OF_SUBJECT * np.bincount(row[: reading.subject], minlength=len(reading.words))
    times[0] = 0  # no word
    counted = [
        one
        for one in zip(
            np.minimum(times, _MOST_TIMES).tolist(),
            reading.words,
            map(word_term, reading.words),
            strict=True,
        )
        if one[0] and one[2]
    ]
    return counted if len(counted) <= MOST_WORDS else _most_used(counted)


def _most_used(counted: Sequence[tuple[int, str, bytes]]) -> list[tuple[int, str, bytes]]:
    """Those of some words that count: those used most, of those the first; in their order."""
    often = [one for one in counted if one[0] > 1]
    if len(often) > MOST_WORDS:
        used = sorted(range(len(counted)), key=lambda at: -counted[at][0])
        return [counted[at] for at in sorted(used[:MOST_WORDS])]
    left = MOST_WORDS - len(often)
    most = []
    for one in counted:
        if one[0] > 1 or left > 0:
            most.append(one)
            left -= one[0] == 1
    return most


def encode_vector(vector: Vector) -> bytes:
    """A vector as MessagePack."""
    return _ENCODER.encode(vector)


def decode_vector(data: bytes) -> Vector:
    """What `encode_vector` gave."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Vector)
