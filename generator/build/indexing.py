"""The search index of a build: which spans are due, and the pieces that come of them.

    days with changes -> spans -> (workers) words of each -> pieces, all of them or those that hold what changed

The state remembers how everything was cut; what the cables of a span say is kept in a file for each span. Before the first
piece is written the state forgets that the index is whole, so that after a build which ended then the next makes all of it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from generator.archive.state import State
from generator.build.gathering import note_words, unit_tasks
from generator.build.index_memory import CARDS, IDS, SEARCH, IndexMemory, PlannedSpan
from generator.build.index_tables import IndexTables
from generator.build.job import Job
from generator.build.place import Place
from generator.build.reading import Worded, batches, decode_batch
from generator.build.rendering import Written, write_file
from generator.build.report import Progress
from generator.build.span_tasks import (
    Merged,
    SpanDone,
    SpanTask,
    decode_merged,
    decode_spans,
    index_spans,
    merge_letters,
    piece_file,
    read_rows,
    read_words,
    words_folder,
)
from generator.build.workers import in_order
from generator.build.writing import Writer
from generator.lexicon import Lexicon
from generator.search.cut import Leaf, day_key, day_of, halve, word_key, word_of
from generator.search.lists import PIECE, WORDS, Block, words_name, words_piece
from generator.search.pieces import piece_address
from generator.search.tables import (
    Span,
    cable_pieces,
    facet_cuts,
    facets_name,
    facets_piece,
    id_pieces,
    length_pieces,
    names_piece,
    start_piece,
    table_names,
    words_table,
)
from generator.search.update import Change, PieceUpdate

SPAN = 2_048  # cables

# Letters beyond these begin few words, and are merged together.
_OF_MANY_WORDS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_RARE_AT_ONCE = 200


class Indexing:
    """Brings the index up to date with the state."""

    def __init__(
        self,
        state: State,
        place: Place,
        job: Job,
        lexicon: Lexicon,
        search: str,
        progress: Progress,
    ) -> None:
        """`search` says what is searched, '' that nothing is."""
        self._state = state
        self._db = state.db
        self._place = place
        self._job = job
        self._tables = IndexTables(state.db, lexicon)
        self._memory = IndexMemory(state)
        self._search = search.encode()
        self._progress = progress
        self._writer = Writer(place.site)
        self._folder = words_folder(place.state)
        self._token = uuid4().hex[:8]
        self._written: dict[str, Written] = {}  # pieces that were written, or are as they were
        self._id_firsts: list[str] = json.loads(state.recall(IDS) or b"[]")

    @property
    def _spool(self) -> Path:
        if self._job.spool is None:
            raise ValueError("a job without a spool indexes nothing")
        return self._job.spool

    def run(self) -> list[Written]:
        """Bring it up to date; gives the pieces that were written."""
        if not self._search:
            self._leave_out()
            return []
        is_whole = self._state.recall(SEARCH) != self._search or self._memory.lacks_a_piece()
        due = {day for (day,) in self._db.execute("SELECT day FROM day_due")}
        cards = json.dumps(self._tables.card_lines()).encode()
        if not is_whole and not due and self._state.recall(CARDS) == cards:
            return []
        self._folder.mkdir(exist_ok=True)
        if is_whole:
            self._make_all()
        else:
            self._update(due, is_listed=self._state.recall(CARDS) != cards)
        self._state.remember(CARDS, cards)
        self._clear_up()
        return list(self._written.values())

    def _leave_out(self) -> None:
        """Have no index."""
        self._db.execute("DELETE FROM day_due")
        if not self._db.execute("SELECT 1 FROM page WHERE kind = 'piece' LIMIT 1").fetchone():
            return
        with self._state.transaction():
            self._state.remember(SEARCH, None)
            self._memory.forget(self._memory.pieces())
            for table in ("span", "leaf", "worded"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608
        self._clear_up()

    def _clear_up(self) -> None:
        """Remove what is kept of spans that are no more."""
        files = {file for (file,) in self._db.execute("SELECT file FROM span")}
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in files:
                    file.unlink()

    # Spans

    def _spans(self) -> list[PlannedSpan]:
        """The spans of the archive as it is."""
        days = self._db.execute("SELECT day, count(*) FROM cable GROUP BY day ORDER BY day").fetchall()
        counts = [count for _, count in days]
        return [
            PlannedSpan(
                day_of(cut.first),
                days[cut.start][0],
                days[cut.stop - 1][0],
                sum(counts[cut.start : cut.stop]),
            )
            for cut in halve([day_key(day) for day, _ in days], counts, SPAN)
        ]

    def _task(
        self, span: PlannedSpan, old: Sequence[tuple[PlannedSpan, Span, str]], *, is_whole: bool
    ) -> SpanTask:
        members = self._db.execute(
            "SELECT cable.path, digest, worded.name, at, worded.size FROM cable LEFT JOIN worded ON worded.path = cable.path "
            "WHERE day BETWEEN ? AND ? ORDER BY day, place",
            (span.low, span.high),
        ).fetchall()
        return SpanTask(
            day=span.day,
            members=[(path, digest) for path, digest, *_ in members],
            fresh={path: Worded(path, *at) for path, _, *at in members if at[0] is not None},
            kept=[file for one, _, file in old if one.low <= span.high and one.high >= span.low],
            compared=next((file for one, _, file in old if one.day == span.day), None),
            file=self._file(span),
            is_whole=is_whole,
        )

    def _file(self, span: PlannedSpan) -> str:
        """The file that keeps the words of a span that this build indexes."""
        return f"{span.day}-{self._token}"

    def _index(
        self, spans: Sequence[PlannedSpan], old: Sequence[tuple[PlannedSpan, Span, str]], *, is_whole: bool
    ) -> Iterator[SpanDone]:
        """Index spans, in order; cables whose words are not at hand are read once more."""
        place, job = self._place, self._job
        found: dict[int, SpanDone] = {}
        waiting = list(spans)
        while waiting:
            calls = ((job, [self._task(span, old, is_whole=is_whole)]) for span in waiting)
            missing: list[str] = []
            for sent in in_order(place.executor, place.workers, index_spans, calls):
                for done in decode_spans(job, sent):
                    missing += done.missing
                    if not done.missing:
                        found[done.day] = done
                self._progress("Indexing words", len(found), len(spans))
            waiting = [span for span in waiting if span.day not in found]
            if waiting:
                self._read_again(missing)
        return iter([found[span.day] for span in spans])

    def _read_again(self, paths: Sequence[str]) -> None:
        """Read cables whose words are not at hand."""
        place, job = self._place, self._job
        found = self._db.execute(
            "SELECT DISTINCT unit FROM cable WHERE path IN (SELECT value FROM json_each(?))",
            (json.dumps(list(paths)),),
        ).fetchall()
        calls = (
            (job, f"again-{number:06d}-{uuid4().hex[:8]}", tasks)
            for number, tasks in enumerate(
                batches(unit_tasks(self._state.db, (unit for (unit,) in found), place.content))
            )
        )
        for sent in in_order(place.executor, place.workers, read_words, calls):
            note_words(self._state, decode_batch(job, sent))

    # All of it

    def _make_all(self) -> None:
        """Make the whole index."""
        old = self._memory.spans()
        spans = self._spans()
        done = list(self._index(spans, old, is_whole=True))
        letters = sorted({letter for span in done for letter in span.letters})
        leaves: dict[str, list[Leaf]] = {}
        names = self._merge([span.day for span in spans], letters, leaves)
        known = [self._known(span, result) for span, result in zip(spans, done, strict=True)]
        ids = self._id_pieces(known)
        with self._state.transaction():
            self._state.remember(SEARCH, None)
            self._memory.announce([*names, *table_names(known), *ids])
        for name in names:
            file = piece_file(self._spool, name)
            self._write(name, file.read_bytes())
            file.unlink()
        self._write_tables(known, spans, leaves[WORDS], ids, due={span.day for span in spans})
        with self._state.transaction():
            self._memory.forget(self._memory.pieces() - self._written.keys())
            self._remember(known, spans, {span.day: self._file(span) for span in spans})
            self._db.execute("DELETE FROM leaf")
            self._memory.remember_leaves(leaves)

    def _merge(self, days: Sequence[int], letters: Sequence[str], leaves: dict[str, list[Leaf]]) -> list[str]:
        """Merge all letters into pieces that lie in the spool; gives their names, and in `leaves` how they are cut."""
        place, job = self._place, self._job
        calls = ((job, days, group) for group in _groups(letters))
        names: list[str] = []
        light: dict[str, Merged] = {}
        weights: dict[str, int] = {}
        count = 0
        for sent in in_order(place.executor, place.workers, merge_letters, calls):
            merged = decode_merged(job, sent)
            names += merged.pieces
            leaves.update(merged.leaves)
            weights |= merged.heavy
            for letter, entries in merged.light.items():
                light[letter] = merged
                weights[letter] = sum(entry.weight for entry in entries)
            count += len(merged.heavy) + len(merged.light)
            self._progress("Merging words", count, len(letters))
        sorted_letters = sorted(weights)
        words: list[Leaf] = []
        for cut in halve(
            [word_key(letter) for letter in sorted_letters], [weights[one] for one in sorted_letters], PIECE
        ):
            together = sorted_letters[cut.start : cut.stop]
            if together[0] not in light:
                words += leaves.pop(f"{WORDS}{together[0]}")
                continue
            entries = [entry for letter in together for entry in light[letter].light[letter]]
            keys = [word_key(entry.word) for entry in entries]
            words.append(Leaf(cut.first, keys[0], keys[-1], sum(entry.weight for entry in entries)))
            names.append(words_name(cut.first))
            piece_file(self._spool, names[-1]).write_bytes(words_piece(cut.first, entries))
        leaves[WORDS] = words
        return names

    # What changed

    def _update(self, due: set[int], *, is_listed: bool) -> None:
        """Bring up to date what days with changes touch; with `is_listed` the ids at any rate."""
        old = self._memory.spans()
        spans = self._spans()
        as_they_were = {span: (known, file) for span, known, file in old if not _holds(span, due)}
        new = [span for span in spans if span not in as_they_were]
        gone = [(span, file) for span, _, file in old if span not in as_they_were or span not in spans]
        done = {span.day: span for span in self._index(new, old, is_whole=False)}
        update = PieceUpdate(
            self._memory.leaves, self._load, with_places=self._place.settings.search.positions
        )
        try:
            update.apply(self._changes(done.values(), gone))
        except (OSError, ValueError):
            # A piece is not what was written: all of them are made again.
            self._make_all()
            return
        known = [
            self._known(span, done[span.day]) if span.day in done else as_they_were[span][0] for span in spans
        ]
        are_ids_due = is_listed or [one.ids for one in known] != [one.ids for _, one, _ in old]
        words = update.cuts.get(WORDS, self._memory.leaves(WORDS))
        ids = self._id_pieces(known) if are_ids_due else {}
        wanted = [*table_names(known), *ids]
        with self._state.transaction():
            self._state.remember(SEARCH, None)
            self._memory.announce([*update.written, *wanted])
        for name, text in update.written.items():
            self._write(name, text)
        self._write_tables(known, spans, words, ids, due=set(done))
        files = {span.day: self._file(span) if span.day in done else as_they_were[span][1] for span in spans}
        with self._state.transaction():
            gone_tables = self._gone_tables(wanted, are_ids_due=are_ids_due)
            self._memory.forget((update.gone | gone_tables) - self._written.keys())
            self._remember(known, spans, files)
            self._db.executemany("DELETE FROM leaf WHERE pieces = ?", [(row,) for row in update.cuts])
            self._memory.remember_leaves(update.cuts)

    def _gone_tables(self, wanted: Iterable[str], *, are_ids_due: bool) -> set[str]:
        """The names of pieces that are no lists of words and no more."""
        there = self._memory.pieces()
        kinds = ("cables/", "facets/", "lengths/", *(("ids/",) if are_ids_due else ()))
        return {name for name in there if name.startswith(kinds)} - set(wanted)

    def _changes(
        self, done: Collection[SpanDone], gone: Sequence[tuple[PlannedSpan, str]]
    ) -> dict[str, Change]:
        """What is another of each word, by what was found in new spans and what those held that go."""
        changes: dict[str, Change] = {}

        def change(word: str) -> Change:
            return changes.setdefault(word, Change(set(), []))

        compared = {span.day for span in done if span.affected is not None}
        for span, file in gone:
            if span.day in compared:
                continue
            rows = read_rows(self._folder / file)
            if rows is None:
                raise ValueError("what a span held is not known any more")
            for word in rows.words:
                change(word).gone.add(span.day)
        for one in done:
            for word in one.affected or ():
                change(word).gone.add(one.day)
            for word, found in one.changed.items():
                change(word).new.append(Block(one.day, found.cables, found.documents, found.places))
        return changes

    def _load(self, name: str) -> bytes:
        """A piece as it is in the site."""
        return (self._place.site / piece_address(name)).read_bytes()

    # Tables

    def _write_tables(
        self,
        known: Sequence[Span],
        spans: Sequence[PlannedSpan],
        words: Sequence[Leaf],
        ids: Mapping[str, bytes],
        *,
        due: Collection[int],
    ) -> None:
        """Write the pieces that are no lists of words, those of cables and facets for the spans whose days are due."""
        days = {span.day: (span.low, span.high) for span in spans}
        there = self._memory.pieces()
        for cut in facet_cuts(known):
            inside = known[cut.start : cut.stop]
            name = facets_name(day_of(cut.first))
            if name in there and not any(span.day in due for span in inside):
                continue
            listed = [self._tables.listed(*days[span.day]) for span in inside]
            for span, cables in zip(inside, listed, strict=True):
                if span.day in due:
                    self._write_all(cable_pieces(span.day, cables))
            self._write(name, facets_piece(name, [cable for cables in listed for cable in cables]))
        self._write_all(length_pieces(known))
        self._write_all(ids.items())
        settings = self._place.settings.search
        start = start_piece(known, positions=settings.positions, fields=settings.fields, ids=self._id_firsts)
        table = words_table(known, [word_of(leaf.first) for leaf in words])
        self._write_all([start, table, names_piece(*self._tables.names())])

    def _known(self, span: PlannedSpan, done: SpanDone) -> Span:
        """What tables need of a span."""
        ids = ",".join(self._tables.ids(span.low, span.high))
        return Span(span.day, span.cables, done.words, done.lengths, ids)

    def _id_pieces(self, known: Sequence[Span]) -> dict[str, bytes]:
        """The pieces of ids."""
        self._id_firsts, pieces = id_pieces(self._tables.id_lines(known))
        return dict(pieces)

    def _remember(
        self, known: Sequence[Span], spans: Sequence[PlannedSpan], files: Mapping[int, str]
    ) -> None:
        """Remember the index, which is whole now."""
        self._memory.remember(known, spans, files, self._written)
        self._state.remember(IDS, json.dumps(self._id_firsts).encode())
        self._state.remember(SEARCH, self._search)

    def _write_all(self, pieces: Iterable[tuple[str, bytes]]) -> None:
        for name, text in pieces:
            self._write(name, text)

    def _write(self, name: str, text: bytes) -> None:
        """Write a piece, unless the site has it so."""
        address = piece_address(name)
        self._written[name] = write_file(self._writer, address, address, text)


def _holds(span: PlannedSpan, days: set[int]) -> bool:
    return any(span.low <= day <= span.high for day in days)


def _groups(letters: Sequence[str]) -> list[list[str]]:
    """Letters that are merged together: each by itself, if it begins many words."""
    rare = [letter for letter in letters if letter not in _OF_MANY_WORDS]
    return [[letter] for letter in letters if letter in _OF_MANY_WORDS] + list(batches(rare, _RARE_AT_ONCE))
