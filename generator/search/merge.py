"""The merge of all spans into pieces, letter by letter, when an index is made as a whole.

span -> chapters, one for each first letter (a file beside the state)
one letter of all spans -> entries -> pieces
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from generator.search.cut import Leaf, halve, word_key
from generator.search.lists import PIECE, Block, Entry, OwnPiece, entry_of
from generator.search.spans import Indexed

_HEAD = 4  # bytes of the length of the table with which a file of chapters begins


def write_chapters(file: Path, words: Mapping[str, Indexed]) -> list[str]:
    """Write what a span has of its words, which are sorted; gives their first letters."""
    chapters = {
        letter: _ENCODER.encode({word: words[word] for word in chapter})
        for letter, chapter in groupby(words, key=lambda word: word[0])
    }
    table, at = {}, 0
    for letter, chapter in chapters.items():
        table[letter] = (at, len(chapter))
        at += len(chapter)
    head = _ENCODER.encode(table)
    file.write_bytes(b"".join([len(head).to_bytes(_HEAD, "big"), head, *chapters.values()]))
    return list(chapters)


def read_chapter(file: Path, letter: str) -> dict[str, Indexed]:
    """The words of a span that begin with a letter."""
    with file.open("rb") as chapters:
        size = int.from_bytes(chapters.read(_HEAD), "big")
        table = msgspec.msgpack.decode(chapters.read(size), type=dict[str, tuple[int, int]])
        if letter not in table:
            return {}
        at, length = table[letter]
        chapters.seek(_HEAD + size + at)
        return _DECODER.decode(chapters.read(length))


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, Indexed])


def merge_letter(files: Sequence[tuple[int, Path]], letter: str) -> Iterator[tuple[Entry, list[OwnPiece]]]:
    """The entries of all words that begin with a letter, sorted, each with the pieces of its own.

    `files` are those of the spans, with their days, in order.
    """
    blocks: dict[str, list[Block]] = {}
    for day, file in files:
        for word, found in read_chapter(file, letter).items():
            blocks.setdefault(word, []).append(Block(day, found.cables, found.documents, found.places))
    for word in sorted(blocks):
        yield entry_of(word, blocks.pop(word))


def cut_words(entries: Sequence[Entry]) -> Iterator[tuple[Leaf, list[Entry]]]:
    """The pieces that sorted entries are cut into, and what lies in each."""
    keys = [word_key(entry.word) for entry in entries]
    weights = [entry.weight for entry in entries]
    for cut in halve(keys, weights, PIECE):
        weight = sum(weights[cut.start : cut.stop])
        yield (
            Leaf(cut.first, keys[cut.start], keys[cut.stop - 1], weight),
            list(entries[cut.start : cut.stop]),
        )
