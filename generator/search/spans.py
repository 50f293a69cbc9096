"""The index of a span: what its cables have of each word, in the blocks of README.md."""

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.codes import Codes, Numbers, bit_length, gamma, pack, rice
from generator.search.rows import SpanRows

# So many cables of a block have their places in it; those of more have a block of their own.
SMALL = 8

_ESCAPE = b"\xff\xff"
EPOCH = 693596  # 1900-01-01, from which the days of blocks are counted

_AT_ONCE = 1 << 17  # words in their places

_SUBJECT, _TEXT, _SUMMARY, _HEAD, _MARK = range(5)


class Indexed(msgspec.Struct, array_like=True):
    """What a span has of a word."""

    cables: int  # how many have it
    documents: bytes  # its document block
    places: bytes  # its place block, or nothing


def index_span(
    day: int, rows: SpanRows, *, with_places: bool, only: Collection[str] | None = None
) -> dict[str, Indexed]:
    """Index a span that begins on a day, by words, sorted; `only` these of its words, if any are given."""
    standing = _Standing.of(rows)
    if only is not None:
        chosen = np.zeros(len(rows.words) + 1, np.bool_)
        chosen[[number for number, word in enumerate(rows.words, 1) if word in only]] = True
        standing = standing.where(np.flatnonzero(chosen[standing.word]))
    found: dict[str, Indexed] = {}
    for at in standing.parts():
        starts = _starts(at.word)
        words = [rows.words[number - 1] for number in at.word[starts].tolist()]
        at.word = np.repeat(np.arange(len(words)), np.diff(starts, append=len(at.word)))
        blocks = _blocks(day, at, len(words), len(rows.cables), with_places=with_places)
        found.update(zip(words, blocks, strict=True))
    return found


Rows = NDArray[np.integer[Any]]


class _Standing(msgspec.Struct):
    """Everything that stands somewhere in a span, by word, then by cable, then by place."""

    word: Rows
    cable: Rows
    place: Rows
    zone: NDArray[np.uint8]

    @classmethod
    def of(cls, rows: SpanRows) -> "_Standing":
        """Everything in a span."""
        # Cable by cable, so that a stable sort by words leaves cables and places in their order.
        word = np.frombuffer(
            b"".join([row for cable in rows.cables for row in (cable.text, cable.head, cable.marks)]),
            rows.width,
        )
        size = word.itemsize
        lengths = np.array([len(c.text) + len(c.head) + len(c.marks) for c in rows.cables]) // size
        starts = np.cumsum(lengths) - lengths
        zone = np.full(len(word), _TEXT, np.uint8)
        for start, stop, cable in zip(starts.tolist(), (starts + lengths).tolist(), rows.cables, strict=True):
            zone[start : start + cable.subject] = _SUBJECT
            for begin, end in cable.summary:
                zone[start + begin : start + end] = _SUMMARY
            marks = stop - len(cable.marks) // size
            zone[marks - len(cable.head) // size : marks] = _HEAD
            zone[marks:stop] = _MARK
        owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        place = np.arange(len(word), dtype=np.int32) - np.repeat(starts.astype(np.int32), lengths)
        order = np.argsort(word, kind="stable")
        order = order[np.searchsorted(word[order], 1) :]  # 0 is a place on which no word stands
        return cls(word=word[order], cable=owner[order], place=place[order], zone=zone[order])

    def where(self, chosen: Numbers | slice) -> "_Standing":
        """A part of it."""
        return _Standing(
            word=self.word[chosen], cable=self.cable[chosen], place=self.place[chosen], zone=self.zone[chosen]
        )

    def parts(self) -> Iterator["_Standing"]:
        """Parts of it that are small enough for the processor to have them at hand; no word is in two."""
        starts = _starts(self.word) if len(self.word) else self.word
        begin = 0
        while begin < len(self.word):
            at = np.searchsorted(starts, begin + _AT_ONCE)
            end = int(starts[at]) if at < len(starts) else len(self.word)
            yield self.where(slice(begin, end))
            begin = end


def _blocks(day: int, at: _Standing, words: int, cables: int, *, with_places: bool) -> list[Indexed]:
    """The blocks of words, which are numbered from 0."""
    starts = _starts(at.word, at.cable)  # of each posting, a word in a cable
    owner, cable = at.word[starts].astype(np.int64), at.cable[starts].astype(np.int64)
    counts = np.bincount(owner, minlength=words)
    times = np.diff(starts, append=len(at.word))  # how often the word stands in the cable in all
    subject, summary, head, mark = _counts_of(at.zone, starts, (_SUBJECT, _SUMMARY, _HEAD, _MARK))
    text = times - subject - head - mark
    k = bit_length(cables // counts) - 1
    sections = [
        gamma(counts, np.ones(words, np.int64)),
        rice(k[owner], _gaps(cable, owner), counts),
        _occurrences(subject, text, summary, head, mark, owner, words),
    ]
    place_bytes, place_sizes = b"", np.zeros(words, np.int64)
    if with_places:
        has_place = at.zone <= _SUMMARY
        standing = subject + text
        gaps = _gaps(at.place.astype(np.int64), np.repeat(np.arange(len(starts)), times))
        k = np.repeat(np.maximum(10 - bit_length(standing), 0), times)
        per_word = np.bincount(owner, weights=standing, minlength=words).astype(np.int64)
        is_small = counts <= SMALL
        small = np.flatnonzero(has_place & is_small[at.word])
        sections.append(rice(k[small], gaps[small], np.where(is_small, per_word, 0)))
        large = np.flatnonzero(has_place & ~is_small[at.word])
        place_bytes, place_sizes = pack([rice(k[large], gaps[large], np.where(is_small, 0, per_word))])
    document_bytes, document_sizes = pack(sections)
    begin = _begin(day)
    has_block = (
        ((counts > SMALL) & (np.bincount(owner, mark, words) == 0)).tolist()
        if with_places
        else [False] * words
    )
    blocks: list[Indexed] = []
    document_at, place_at = 0, 0
    for count, size, place_size, has in zip(
        counts.tolist(), document_sizes.tolist(), place_sizes.tolist(), has_block, strict=True
    ):
        documents = begin + varint(size) + document_bytes[document_at : document_at + size]
        places = varint(place_size) + place_bytes[place_at : place_at + place_size] if has else b""
        blocks.append(Indexed(count, documents, places))
        document_at += size
        place_at += place_size
    return blocks


def _starts(*columns: Rows) -> Numbers:
    """Where any of some sorted columns changes, and the beginning."""
    is_first = np.zeros(len(columns[0]), np.bool_)
    is_first[0] = True
    for column in columns:
        is_first[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(is_first)


def _gaps(numbers: Numbers, groups: Numbers) -> Numbers:
    """Of increasing numbers in each group: the first, then how many lie between one and the next."""
    gaps = numbers.copy()
    if len(numbers):
        is_next = groups[1:] == groups[:-1]
        gaps[1:][is_next] -= numbers[:-1][is_next] + 1
    return gaps


def _counts_of(zone: NDArray[np.uint8], starts: Numbers, zones: tuple[int, ...]) -> list[Numbers]:
    """For each posting how often its word stands in each zone; these zones are those of few words."""
    few = np.flatnonzero(zone != _TEXT)
    posting = np.searchsorted(starts, few, side="right") - 1
    return [np.bincount(posting[zone[few] == one], minlength=len(starts)) for one in zones]


def _occurrences(
    subject: Numbers,
    text: Numbers,
    summary: Numbers,
    head: Numbers,
    mark: Numbers,
    owner: Numbers,
    words: int,
) -> Codes:
    """How often a word stands in each cable and where: '1'; '01', '001' or '0001' and a gamma code; or '0000' and four."""
    in_text = (subject == 0) & (head == 0)
    is_plain = in_text & (summary == 0)
    in_summary = in_text & (summary == 1)
    in_head = (subject == 0) & (text == 0) & (mark == 0)
    is_full = ~(is_plain | in_summary | in_head)
    number = np.where(is_plain, text - 1, np.where(in_summary, text, np.where(in_head, head, 0)))
    bits = bit_length(number)
    # Of a word that stands once, and of '0000', the number is 0, and no gamma code follows.
    zeros = np.where(number == 0, 0, 1) + in_summary + 2 * in_head + 4 * is_full
    values = np.where(
        is_full, 0, np.where(number == 0, 1, number | np.left_shift(1, np.maximum(2 * bits - 1, 0)))
    )
    widths = np.where(is_full, 0, np.where(number == 0, 1, 2 * bits))
    codes = np.where(mark > 0, 0, np.where(is_full, 5, 1))  # of each cable
    at = np.cumsum(codes) - codes
    row = np.zeros((3, int(codes.sum())), np.int64)
    coded = np.flatnonzero(codes)
    row[:, at[coded]] = zeros[coded], values[coded], widths[coded]
    full = np.flatnonzero(is_full & (mark == 0))
    for place, numbers in enumerate((subject, summary, head, text), 1):
        bits = bit_length(numbers[full] + 1)
        row[:, at[full] + place] = bits - 1, numbers[full] + 1, bits
    counts = np.bincount(owner, weights=codes, minlength=words).astype(np.int64)
    return Codes(row[0], row[1], row[2], counts)


def _begin(day: int) -> bytes:
    """The first bytes of a document block: the span's first day."""
    since = day - EPOCH
    return since.to_bytes(2, "big") if 0 <= since < 0xFFFF else _ESCAPE + day.to_bytes(3, "big")


def varint(number: int) -> bytes:
    """A number in groups of seven bits, the lowest first."""
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)
