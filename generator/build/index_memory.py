"""What the state remembers of the search index: its spans, how its pieces are cut, and which pieces there are."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.archive.state import State
from generator.build.rendering import Written
from generator.search.cut import Leaf
from generator.search.pieces import piece_address
from generator.search.tables import Span

SEARCH = "search"  # what is searched, by the index that the site has; nothing while that is not whole
CARDS = "search cards"  # the lines of its ids that cards have
IDS = "search ids"  # the first keys of its pieces of ids


class PlannedSpan(msgspec.Struct, frozen=True):
    """A span as it is to be: the days of its first and last cable, and how many there are."""

    day: int
    low: int
    high: int
    cables: int


class IndexMemory:
    """Reads and writes it; what is written belongs into a transaction of the caller's."""

    def __init__(self, state: State) -> None:
        self._db = state.db

    def pieces(self) -> set[str]:
        """The names of all pieces."""
        return {name for (name,) in self._db.execute("SELECT key FROM page WHERE kind = 'piece'")}

    def lacks_a_piece(self) -> bool:
        """Whether a piece is missing in the site."""
        query = "SELECT 1 FROM page WHERE kind = 'piece' AND size IS NULL LIMIT 1"
        return self._db.execute(query).fetchone() is not None

    def leaves(self, row: str) -> list[Leaf]:
        """How a row of pieces was cut."""
        return [
            Leaf(*values)
            for values in self._db.execute(
                "SELECT first, low, high, weight FROM leaf WHERE pieces = ? ORDER BY first", (row,)
            )
        ]

    def spans(self) -> list[tuple[PlannedSpan, Span, str]]:
        """The spans of the index that the site has, what tables need of them, and the files that keep their words."""
        return [
            (PlannedSpan(day, low, high, cables), Span(day, cables, words, lengths, ids), file)
            for day, low, high, cables, words, lengths, ids, file in self._db.execute(
                "SELECT * FROM span ORDER BY day"
            )
        ]

    def remember(
        self,
        known: Sequence[Span],
        spans: Sequence[PlannedSpan],
        files: Mapping[int, str],
        written: Mapping[str, Written],
    ) -> None:
        """Remember the spans, the files that keep their words by their days, and what was written; nothing is due now."""
        self._db.execute("DELETE FROM span")
        self._db.executemany(
            "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (span.day, span.low, span.high, span.cables, one.words, one.lengths, one.ids, files[span.day])
                for span, one in zip(spans, known, strict=True)
            ],
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO page VALUES (?, 'piece', ?, '', NULL, ?, ?)",
            [(one.address, name, one.size, one.sha256) for name, one in written.items()],
        )
        self._db.execute("DELETE FROM day_due")
        self._db.execute("DELETE FROM worded")

    def remember_leaves(self, cuts: Mapping[str, Sequence[Leaf]]) -> None:
        """Remember how rows of pieces are cut."""
        self._db.executemany(
            "INSERT INTO leaf VALUES (?, ?, ?, ?, ?)",
            [
                (row, leaf.first, leaf.low, leaf.high, leaf.weight)
                for row, leaves in cuts.items()
                for leaf in leaves
            ],
        )

    def announce(self, names: Iterable[str]) -> None:
        """Note files as ours before they are written."""
        self._db.executemany(
            "INSERT OR IGNORE INTO stale VALUES (?)", [(piece_address(name),) for name in names]
        )

    def forget(self, names: Iterable[str]) -> None:
        """Note pieces that are no more; their files are removed with those of other pages."""
        addresses = [(piece_address(name),) for name in names]
        self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", addresses)
        self._db.executemany("DELETE FROM page WHERE address = ?", addresses)
