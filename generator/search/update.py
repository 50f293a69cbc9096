"""An update of the pieces of words: what became another in some spans takes the place of what was, word by word.

The pieces after it are those that a merge of all spans would make, names and bytes; only those that differ are given, and
only those that hold a word that changed, or are cut otherwise, are read.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from generator.search.cut import Item, Leaf, day_key, day_of, halve_items, word_key
from generator.search.lists import (
    MOST,
    PIECE,
    WORDS,
    Block,
    Entry,
    Lists,
    count_of,
    entry_apart,
    entry_of,
    lists_of,
    own_piece,
    read_entries,
    read_list,
    read_places,
    rows_of,
    words_name,
    words_piece,
)
from generator.search.pieces import values_of
from generator.search.spans import SMALL

Documents = list[tuple[int, int, bytes]]  # day, how many cables, document block


class Change(msgspec.Struct):
    """What is another of a word: the days of the spans whose blocks go, and the blocks that come."""

    gone: set[int]
    new: list[Block]


class PieceUpdate:
    """One update. Afterwards `written` are pieces by name, `gone` names of those that are no more."""

    def __init__(
        self, leaves: Callable[[str], Sequence[Leaf]], load: Callable[[str], bytes], *, with_places: bool
    ) -> None:
        """`leaves` gives how a row of pieces was cut, by the beginning of their names; `load` a piece as it was."""
        self._leaves = leaves
        self._load = load
        self._with_places = with_places
        self.cuts: dict[str, list[Leaf]] = {}  # of the rows that are cut otherwise, or weigh otherwise
        self.written: dict[str, bytes] = {}
        self.gone: set[str] = set()

    def apply(self, changes: Mapping[str, Change]) -> None:
        """Change some words. Raises ValueError or OSError for a piece that cannot be read."""
        leaves = self._leaves(WORDS)
        firsts = [leaf.first for leaf in leaves]
        of_leaf: dict[int, list[str]] = {}
        for word in sorted(changes):
            of_leaf.setdefault(max(bisect_right(firsts, word_key(word)) - 1, 0), []).append(word)
        items: list[Item] = []
        for at, leaf in enumerate(leaves):
            if at in of_leaf:
                items += self._changed(self._entries(leaf), leaf.weight, of_leaf[at], changes)
            else:
                items.append(Item(leaf.low, leaf.high, leaf.weight, leaf))
        if not leaves:
            items += self._changed({}, 0, sorted(changes), changes)
        self._cut_words(items)

    # Words

    def _entries(self, leaf: Leaf) -> dict[str, Entry]:
        """What a piece of words holds."""
        words, packed = values_of(self._load(words_name(leaf.first)))
        return {entry.word: entry for entry in read_entries(words.split(" "), packed)}

    def _changed(
        self,
        entries: dict[str, Entry],
        weight: int,
        words: Sequence[str],
        changes: Mapping[str, Change],
    ) -> Iterator[Item]:
        """What a piece of this weight holds after a change of some of its words."""
        is_new = False
        for word in words:
            old = entries.get(word)
            lists = lists_of(old, with_places=self._with_places) if old is not None else None
            new = self._entry(word, lists, changes[word])
            weight += (new.weight if new is not None else 0) - (old.weight if old is not None else 0)
            if new is not None:
                entries[word] = new
                is_new |= old is None
            elif old is not None:
                del entries[word]
        if entries:
            inside = [entries[word] for word in sorted(entries)] if is_new else [*entries.values()]
            yield Item(word_key(inside[0].word), word_key(inside[-1].word), weight, inside)

    def _entry(self, word: str, lists: Lists | None, change: Change) -> Entry | None:
        """The new entry of a word; None where no cable has it any more."""
        blocks = lists.blocks if lists is not None else []
        if lists is not None and lists.is_apart:
            own = _OwnPieces(word, self._leaves, self._load)
            more = own.change(change)
            if own.weight > MOST:
                return self._cut_own(word, own, lists.cables + more)
            blocks = own.blocks()
            self._drop_own(word)
        else:
            blocks = [block for block in blocks if block.day not in change.gone] + change.new
        if not blocks:
            return None
        entry, pieces = entry_of(word, sorted(blocks, key=lambda block: block.day))
        for piece in pieces:
            self.written[piece.name] = piece.text
            self.cuts.setdefault(piece.row, []).append(piece.leaf)
        return entry

    def _cut_own(self, word: str, own: "_OwnPieces", cables: int) -> Entry:
        """The entry of a word that keeps pieces of its own, which are cut again."""
        days: list[list[int]] = []
        for row, items in own.rows.items():
            leaves: list[Leaf] = []
            for first, group in halve_items(items, PIECE, own.opened):
                known = group[0].content
                if len(group) == 1 and isinstance(known, _Unread) and known.leaf.first == first:
                    leaves.append(known.leaf)
                    continue
                piece = own_piece(row, first, [block for item in group for block in own.blocks_of(item)])
                self.written[piece.name] = piece.text
                leaves.append(piece.leaf)
            self._recut(row, leaves)
            days.append([day_of(leaf.first) for leaf in leaves])
        return entry_apart(word, cables, *days)

    def _drop_own(self, word: str) -> None:
        for row in rows_of(word):
            self._recut(row, [])

    def _cut_words(self, items: Sequence[Item]) -> None:
        """Cut all words again."""
        cut: list[Leaf] = []
        for first, group in halve_items(items, PIECE, self._opened):
            known = group[0].content
            if len(group) == 1 and isinstance(known, Leaf) and known.first == first:
                cut.append(known)
                continue
            entries = [entry for item in group for entry in self._entries_of(item)]
            self.written[words_name(first)] = words_piece(first, entries)
            cut.append(Leaf(first, group[0].low, group[-1].high, sum(item.weight for item in group)))
        self._recut(WORDS, cut)

    def _opened(self, item: Item) -> list[Item]:
        """The words of a piece, or of what became of it."""
        return [_word_item(entry) for entry in self._entries_of(item)]

    def _entries_of(self, item: Item) -> list[Entry]:
        match item.content:
            case Leaf() as leaf:
                return [*self._entries(leaf).values()]
            case Entry() as entry:
                return [entry]
            case list() as entries:
                return entries
            case _:
                raise TypeError(item.content)

    def _recut(self, row: str, leaves: list[Leaf]) -> None:
        """Note how a row of pieces is cut now."""
        old = self._leaves(row)
        if list(old) != leaves:
            self.cuts[row] = leaves
        now = {leaf.first for leaf in leaves}
        gone = [leaf.first for leaf in old if leaf.first not in now]
        self.gone.update(words_name(first) if row == WORDS else f"{row}{day_of(first)}" for first in gone)


def _word_item(entry: Entry) -> Item:
    key = word_key(entry.word)
    return Item(key, key, entry.weight, entry)


class _Unread(msgspec.Struct, frozen=True):
    """A piece of a word's own that needs not be read."""

    row: str
    leaf: Leaf


class _OwnPieces:
    """The pieces of a word that has its own; those are read in which something changes."""

    def __init__(
        self, word: str, leaves: Callable[[str], Sequence[Leaf]], load: Callable[[str], bytes]
    ) -> None:
        self._lists, self._places = rows_of(word)
        self._leaves = leaves
        self._load = load
        self._read: dict[Leaf, Documents] = {}
        self.rows: dict[str, list[Item]] = {
            row: [Item(leaf.low, leaf.high, leaf.weight, _Unread(row, leaf)) for leaf in leaves(row)]
            for row in (self._lists, self._places)
        }

    @property
    def weight(self) -> int:
        """Bytes of all blocks."""
        return sum(item.weight for items in self.rows.values() for item in items)

    def change(self, change: Change) -> int:
        """Take out what goes and put in what comes; gives how many cables more have the word."""
        days = sorted({day_key(day) for day in change.gone | {block.day for block in change.new}})
        more = 0
        for row in self.rows:
            firsts = [leaf.first for leaf in self._leaves(row)]
            holding = {max(bisect_right(firsts, day) - 1, 0) for day in days}
            items = [
                part
                for at, item in enumerate(self.rows[row])
                for part in (self.opened(item) if at in holding else (item,))
            ]
            if row == self._lists:
                more -= sum(
                    cables
                    for at in holding & set(range(len(firsts)))
                    for day, cables, _ in self._documents(self._leaves(row)[at])
                    if day in change.gone
                )
            items = [
                item
                for item in items
                if isinstance(item.content, _Unread) or day_of(item.low) not in change.gone
            ]
            for block in change.new:
                data = block.documents if row == self._lists else block.places
                if data:
                    items.append(_block_item(block.day, data))
            self.rows[row] = sorted(items, key=lambda item: item.low)
        return more + sum(block.cables for block in change.new)

    def opened(self, item: Item) -> list[Item]:
        """The blocks of a piece."""
        unread = item.content
        if not isinstance(unread, _Unread):
            return [item]
        if unread.row == self._lists:
            return [_block_item(day, block) for day, _, block in self._documents(unread.leaf)]
        days = self._days_with_places(unread.leaf)
        (packed,) = values_of(self._load(f"{unread.row}{day_of(unread.leaf.first)}"))
        return [
            _block_item(day, block) for day, block in zip(days, read_places(packed, len(days)), strict=True)
        ]

    def _days_with_places(self, leaf: Leaf) -> list[int]:
        """The days of the place blocks of a piece: it has one for each document block of many cables."""
        return [
            day
            for lists in self._leaves(self._lists)
            if lists.low <= leaf.high and lists.high >= leaf.low
            for day, cables, _ in self._documents(lists)
            if cables > SMALL and leaf.low <= day_key(day) <= leaf.high
        ]

    def _documents(self, leaf: Leaf) -> Documents:
        """The document blocks of a piece."""
        if leaf not in self._read:
            (packed,) = values_of(self._load(f"{self._lists}{day_of(leaf.first)}"))
            self._read[leaf] = read_list(packed)
        return self._read[leaf]

    def blocks_of(self, item: Item) -> list[tuple[int, bytes]]:
        """The blocks of an item, with their days."""
        return [part.content for part in self.opened(item) if isinstance(part.content, tuple)]

    def blocks(self) -> list[Block]:
        """All blocks."""
        places = dict(block for item in self.rows[self._places] for block in self.blocks_of(item))
        return [
            Block(day, count_of(data), data, places.get(day, b""))
            for item in self.rows[self._lists]
            for day, data in self.blocks_of(item)
        ]


def _block_item(day: int, data: bytes) -> Item:
    return Item(day_key(day), day_key(day), len(data), (day, data))
