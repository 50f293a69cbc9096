"""The rows of a span: the readings of its cables, told in one vocabulary.

They stay beside the state, so that a later build need not read a cable again because another of its span changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.reading import NOWHERE, Reading, decode_reading

_Row = NDArray[np.integer[Any]]

_Numbers = defaultdict[str, int]  # of words, as they come

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
    reading: bytes  # encoded: those of a span together are large


class Kept(msgspec.Struct):
    """A cable of a span as it was."""

    rows: SpanRows
    at: int  # which cable of it


def gather(members: Sequence[Fresh | Kept]) -> SpanRows:
    """The rows of a span of these cables."""
    numbers: _Numbers = defaultdict(count(1).__next__, {NOWHERE: 0})
    of_spans = _numbers_of_spans(members, numbers)
    taken = [
        _fresh(member, numbers) if isinstance(member, Fresh) else _kept(member, of_spans[id(member.rows)])
        for member in members
    ]
    words = sorted(numbers)
    place = np.empty(len(words), np.uint32)
    place[[numbers[word] for word in words]] = np.arange(len(words))
    span = SpanRows(words=words[1:], cables=[])
    width = span.width
    for cable, own in taken:
        text, head, marks = (place[own[row]].astype(width).tobytes() for row in cable.rows)
        about = cable.about
        span.cables.append(
            CableRows(cable.key, cable.digest, text, head, marks, about.subject, about.summary, about.length)
        )
    return span


class _Taken(msgspec.Struct):
    """A cable of a span that comes to be."""

    key: str
    digest: bytes
    rows: tuple[_Row, _Row, _Row]  # text, head and marks, of places in its own vocabulary
    about: Reading | CableRows


def _fresh(member: Fresh, numbers: _Numbers) -> tuple[_Taken, _Row]:
    """A cable that was read, and the numbers of its words and marks."""
    reading = decode_reading(member.reading)
    width = "<u2" if len(reading.words) <= _NARROW else "<u4"
    words, marks = reading.words, reading.marks
    own = np.fromiter(map(numbers.__getitem__, words + marks), np.uint32, len(words) + len(marks))
    text, head = np.frombuffer(reading.text, width), np.frombuffer(reading.head, width)
    reading.words, reading.marks = [], []  # they take much room
    rows = (text, head, np.arange(len(words), len(own)))
    return _Taken(member.key, member.digest, rows, reading), own


def _kept(member: Kept, own: _Row) -> tuple[_Taken, _Row]:
    """A cable as it was, and the numbers of the words of its span."""
    cable, width = member.rows.cables[member.at], member.rows.width
    text, head, marks = (np.frombuffer(row, width) for row in (cable.text, cable.head, cable.marks))
    return _Taken(cable.key, cable.digest, (text, head, marks), cable), own


def _numbers_of_spans(members: Sequence[Fresh | Kept], numbers: _Numbers) -> dict[int, _Row]:
    """The numbers of the words of the spans that cables are kept of, by identity; only those that these cables have."""
    cables: dict[int, list[CableRows]] = {}
    spans: dict[int, SpanRows] = {}
    for member in members:
        if isinstance(member, Kept):
            spans[id(member.rows)] = member.rows
            cables.setdefault(id(member.rows), []).append(member.rows.cables[member.at])
    found: dict[int, _Row] = {}
    for at, rows in spans.items():
        everything = b"".join([cable.text + cable.head + cable.marks for cable in cables[at]])
        used = np.flatnonzero(np.bincount(np.frombuffer(everything, rows.width), minlength=1)[1:])
        own = np.zeros(len(rows.words) + 1, np.uint32)
        own[used + 1] = [numbers[rows.words[number]] for number in used.tolist()]
        found[at] = own
    return found


def words_of(rows: SpanRows, at: int) -> Iterator[str]:
    """The words and marks of a cable."""
    cable = rows.cables[at]
    found = [np.frombuffer(row, rows.width) for row in (cable.text, cable.head, cable.marks)]
    for number in np.unique(np.concatenate(found)).tolist():
        if number:
            yield rows.words[number - 1]
