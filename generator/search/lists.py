"""The lists of a word: what all spans have of it, in blocks, and how they lie in pieces.

Lists that are short lie in the piece of the word; those of a word that many cables have are cut by days into pieces of
their own.
"""

from collections.abc import Iterator, Sequence

import msgspec

from generator.search.cut import Leaf, day_key, day_of, halve, word_of
from generator.search.pieces import pack_text, part_name, piece, unpack_text
from generator.search.spans import EPOCH, SMALL, varint

PIECE = 24_000  # bytes
MOST = PIECE // 2  # of the lists that lie in the piece of their word

_ESCAPE = 0xFFFF
_LONG = 0x80  # from here on a varint has more than one byte


class Block(msgspec.Struct, frozen=True, array_like=True):
    """What a span has of a word."""

    day: int  # the first of the span
    cables: int  # how many have it
    documents: bytes
    places: bytes


class OwnPiece(msgspec.Struct, frozen=True, array_like=True):
    """A piece that holds blocks of one word alone."""

    row: str  # with what the names of its kind begin: 'lists/the-'
    leaf: Leaf
    text: bytes

    @property
    def name(self) -> str:
        """Its name: 'lists/the-733184'."""
        return f"{self.row}{day_of(self.leaf.first)}"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What the piece of a word holds for it."""

    word: str
    data: bytes

    @property
    def weight(self) -> int:
        """Bytes, as pieces of words are cut by them."""
        return len(self.word.encode("utf-8", "surrogatepass")) + 1 + len(self.data)


def rows_of(word: str) -> tuple[str, str]:
    """With what the names of the pieces begin that hold the document blocks of a word, and its place blocks."""
    return f"lists/{part_name(word)}", f"places/{part_name(word)}"


def entry_of(word: str, blocks: Sequence[Block]) -> tuple[Entry, list[OwnPiece]]:
    """The entry of a word, and its own pieces; blocks are in the order of days."""
    documents = b"".join([block.documents for block in blocks])
    places = b"".join([block.places for block in blocks])
    if len(documents) + len(places) <= MOST:
        return Entry(word, varint(len(documents)) + documents + varint(len(places)) + places), []
    lists, standing = rows_of(word)
    list_pieces = [*_cut(lists, [(block.day, block.documents) for block in blocks])]
    place_pieces = [*_cut(standing, [(block.day, block.places) for block in blocks if block.places])]
    cables = sum(block.cables for block in blocks)
    days = ([day_of(piece.leaf.first) for piece in pieces] for pieces in (list_pieces, place_pieces))
    return entry_apart(word, cables, *days), [*list_pieces, *place_pieces]


def entry_apart(word: str, cables: int, list_days: Sequence[int], place_days: Sequence[int]) -> Entry:
    """The entry of a word that so many cables have, with pieces of its own that begin on these days."""
    data = varint(0) + varint(cables)
    for days in (list_days, place_days):
        data += varint(len(days)) + b"".join(map(varint, _differences(days)))
    return Entry(word, data)


def _differences(days: Sequence[int]) -> Iterator[int]:
    before = 0
    for day in days:
        yield day - before
        before = day


def _cut(row: str, blocks: Sequence[tuple[int, bytes]]) -> Iterator[OwnPiece]:
    """The pieces that blocks are cut into; of each block its day is given."""
    for cut in halve([day_key(day) for day, _ in blocks], [len(data) for _, data in blocks], PIECE):
        yield own_piece(row, cut.first, blocks[cut.start : cut.stop])


def own_piece(row: str, first: bytes, blocks: Sequence[tuple[int, bytes]]) -> OwnPiece:
    """The piece of some blocks."""
    data = b"".join([block for _, block in blocks])
    leaf = Leaf(first, day_key(blocks[0][0]), day_key(blocks[-1][0]), len(data))
    return OwnPiece(row, leaf, piece(f"{row}{day_of(first)}", pack_text(data)))


WORDS = "words/"


def words_name(first: bytes) -> str:
    """The name of a piece of words."""
    return WORDS + part_name(word_of(first))


def words_piece(first: bytes, entries: Sequence[Entry]) -> bytes:
    """A piece of words."""
    words = " ".join([entry.word for entry in entries])
    return piece(words_name(first), words, pack_text(b"".join([entry.data for entry in entries])))


class _Row:
    """Numbers and bytes, one after the other."""

    def __init__(self, data: bytes, *, spare: int = 0) -> None:
        """`spare` zeros may stand at the end."""
        self._data = data
        self.at = 0
        self._end = len(data) - spare

    @property
    def is_at_end(self) -> bool:
        """Whether all was read."""
        return self.at >= self._end

    def varint(self) -> int:
        """The next number."""
        number, shift = 0, 0
        while True:
            (byte,) = self.taken(1)
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    def taken(self, size: int) -> bytes:
        """The next bytes. Raises ValueError where there are not so many."""
        if self.at + size > len(self._data):
            raise ValueError("a piece ends too soon")
        self.at += size
        return self._data[self.at - size : self.at]

    def block(self) -> bytes:
        """The next bytes that have their length before them, and that."""
        start = self.at
        size = self._data[start] if start < self._end else _LONG
        if size < _LONG:
            self.at += 1
            self.taken(size)
        else:
            self.taken(self.varint())
        return self.since(start)

    def document_block(self) -> tuple[int, int, bytes]:
        """The next document block: its day, how many cables it has, and itself."""
        start = self.at
        day = int.from_bytes(self.taken(2), "big")
        day = int.from_bytes(self.taken(3), "big") if day == _ESCAPE else day + EPOCH
        bits = self.taken(self.varint())
        return day, _gamma(bits), self.since(start)

    def since(self, start: int) -> bytes:
        """What was read from a point on."""
        return self._data[start : self.at]

    def days(self) -> list[int]:
        """The next days, with their number before them."""
        days, day = [], 0
        for _ in range(self.varint()):
            day += self.varint()
            days.append(day)
        return days


def _gamma(bits: bytes) -> int:
    """The gamma code with which bits begin."""
    number = int.from_bytes(bits[:8].ljust(8, b"\0"), "big")
    zeros = 64 - number.bit_length()
    return number >> (64 - 2 * zeros - 1)


class Lists(msgspec.Struct, array_like=True):
    """What a piece of words says of a word: its blocks, or where its own pieces begin."""

    cables: int  # how many have it
    blocks: list[Block]
    list_days: list[int]
    place_days: list[int]

    @property
    def is_apart(self) -> bool:
        """Whether it has pieces of its own."""
        return bool(self.list_days)


def read_entries(words: Sequence[str], text: str) -> Iterator[Entry]:
    """The entries of a piece of words. Raises ValueError for none."""
    data = unpack_text(text)
    row = _Row(data)
    for word in words:
        start = row.at
        # Most lists are short, and most of a piece is only passed by.
        size = data[start] if start < len(data) else 0
        if 0 < size < _LONG:
            row.at += 1 + size
        elif size == 0:
            row.taken(1)
            row.varint(), row.days(), row.days()
            yield Entry(word, row.since(start))
            continue
        else:
            row.block()
        row.block()
        yield Entry(word, row.since(start))


def lists_of(entry: Entry, *, with_places: bool) -> Lists:
    """What an entry says. Raises ValueError for none."""
    row = _Row(entry.data)
    size = row.varint()
    if size == 0:
        return Lists(row.varint(), [], row.days(), row.days())
    documents = _Row(row.taken(size))
    places = _Row(row.taken(row.varint()))
    blocks = []
    while not documents.is_at_end:
        day, count, block = documents.document_block()
        has_places = with_places and count > SMALL and ":" not in entry.word
        blocks.append(Block(day, count, block, places.block() if has_places else b""))
    return Lists(sum(block.cables for block in blocks), blocks, [], [])


def read_list(text: str) -> list[tuple[int, int, bytes]]:
    """The document blocks of a piece, each with its day and how many cables it has."""
    row = _Row(unpack_text(text), spare=1)
    found = []
    while not row.is_at_end:
        found.append(row.document_block())
    return found


def count_of(block: bytes) -> int:
    """How many cables a document block has."""
    return _Row(block).document_block()[1]


def read_places(text: str, count: int) -> list[bytes]:
    """The place blocks of a piece, of which there are so many."""
    row = _Row(unpack_text(text))
    return [row.block() for _ in range(count)]
