"""The rows of a span: the readings of its cables, told in one vocabulary.

They stay beside the state, so that a later build need not read a cable again because another of its span changed.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.reading import NOWHERE, Reading

_NARROW = 1 << 16  # so many words fit numbers of two bytes


class CableRows(msgspec.Struct, array_like=True):
    """A cable of a span. Rows are of numbers of words, 1 for the first; 0 is a place on which none stands."""

    key: str  # by which the archive knows it
    digest: bytes  # of what was read
    text: bytes
    head: bytes
    marks: bytes
    subject: int
    summary: list[tuple[int, int]]
    length: int


class SpanRows(msgspec.Struct, array_like=True):
    """The cables of a span, in their order, and their words, sorted."""

    words: list[str]
    cables: list[CableRows]

    @property
    def width(self) -> str:
        """The type of the numbers in rows."""
        return "<u2" if len(self.words) < _NARROW else "<u4"


class Fresh(msgspec.Struct):
    """A cable that was read in this build."""

    key: str
    digest: bytes
    reading: Reading


class Kept(msgspec.Struct):
    """A cable of a span as it was."""

    rows: SpanRows
    at: int  # which cable of it


def gather(members: Sequence[Fresh | Kept]) -> SpanRows:
    """The rows of a span of these cables."""
    vocabulary: dict[str, None] = {}
    spans: dict[int, SpanRows] = {}  # those of kept cables, by identity
    for member in members:
        if isinstance(member, Fresh):
            vocabulary.update(dict.fromkeys(member.reading.words))
            vocabulary.update(dict.fromkeys(member.reading.marks))
        else:
            spans[id(member.rows)] = member.rows
    kept = {
        at: _used(rows, [member.at for member in members if isinstance(member, Kept) and member.rows is rows])
        for at, rows in spans.items()
    }
    for at, rows in spans.items():
        vocabulary.update(dict.fromkeys([rows.words[number - 1] for number in kept[at].tolist()]))
    vocabulary.pop(NOWHERE, None)
    span = SpanRows(words=sorted(vocabulary), cables=[])
    numbers = dict(zip(span.words, range(1, len(span.words) + 1), strict=True))
    numbers[NOWHERE] = 0
    of_spans = {at: _renumbered(spans[at], kept[at], numbers) for at in spans}
    for member in members:
        if isinstance(member, Fresh):
            span.cables.append(_fresh(member, numbers, span.width))
        else:
            span.cables.append(_kept(member, of_spans[id(member.rows)], span.width))
    return span


def _used(rows: SpanRows, cables: Sequence[int]) -> NDArray[np.int64]:
    """The numbers of the words of some cables of a span, each once."""
    taken = [rows.cables[at] for at in cables]
    found = np.frombuffer(b"".join([cable.text + cable.head + cable.marks for cable in taken]), rows.width)
    counts = np.bincount(found, minlength=1)
    counts[0] = 0
    return np.flatnonzero(counts)


def _renumbered(rows: SpanRows, used: NDArray[np.int64], numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """The new number for each number of a span's words; only those that are used are right."""
    new = np.zeros(len(rows.words) + 1, np.int64)
    new[used] = [numbers[rows.words[number - 1]] for number in used.tolist()]
    return new


def _fresh(member: Fresh, numbers: Mapping[str, int], width: str) -> CableRows:
    reading = member.reading
    own = np.fromiter(map(numbers.__getitem__, reading.words), width, len(reading.words))
    marks = np.fromiter(map(numbers.__getitem__, reading.marks), width, len(reading.marks))
    narrow = "<u2" if len(reading.words) <= _NARROW else "<u4"
    return CableRows(
        key=member.key,
        digest=member.digest,
        text=own[np.frombuffer(reading.text, narrow)].tobytes(),
        head=own[np.frombuffer(reading.head, narrow)].tobytes(),
        marks=marks.tobytes(),
        subject=reading.subject,
        summary=reading.summary,
        length=reading.length,
    )


def _kept(member: Kept, new: NDArray[np.int64], width: str) -> CableRows:
    cable = member.rows.cables[member.at]
    old = member.rows.width
    text, head, marks = (
        new[np.frombuffer(row, old)].astype(width).tobytes() for row in (cable.text, cable.head, cable.marks)
    )
    return msgspec.structs.replace(cable, text=text, head=head, marks=marks)


def words_of(rows: SpanRows, at: int) -> Iterator[str]:
    """The words and marks of a cable."""
    cable = rows.cables[at]
    found = [np.frombuffer(row, rows.width) for row in (cable.text, cable.head, cable.marks)]
    for number in np.unique(np.concatenate(found)).tolist():
        if number:
            yield rows.words[number - 1]
