"""The reading stage: a batch of sources in, what the archive keeps of each out.

    find -> read, parse, release (here, in any process) -> update of the archive

The cleared cables of a batch go into a file of the spool, where the rendering stage finds them; nothing else of them is
kept. Sections that are sources of their own are read once more, together, when all sources are known.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from generator.archive.entry import Entry, entry_of
from generator.archive.unit import Unit, sections_key
from generator.build.addressing import (
    FindLine,
    aliases_of_cable,
    lines_of,
    nowhere,
    with_lines,
)
from generator.build.job import Desk, Job, desk_of
from generator.build.parcel import receive, send
from generator.build.pieces import Piece, Telegram, may_be_piece, telegrams_of
from generator.build.tasks import ReadTask, SectionsTask, digest_of
from generator.build.writing import naming
from generator.build.written import named_by_a_redaction, read_editors_note, read_page
from generator.data.records import Record, record_of
from generator.intake.find import SourceFile, unreadable
from generator.intake.read import CableSource, NoteSource, PageSource, read_source, understand
from generator.kin.vector import encode_vector, vector_of
from generator.problem import Problem
from generator.release.cleared import ClearedCable, encode_cleared, join_encoded
from generator.release.ledger import Ledger
from generator.release.release import Release, redact_text, release
from generator.release.use import LedgerUse
from generator.search.reading import Reading, encode_reading
from generator.telegram.cable import Cable
from generator.telegram.messages import parse_messages
from generator.telegram.reference_id import other_name

T = TypeVar("T")

BATCH = 250  # sources


WORDS = ".words"  # ends the name of a file of the spool that holds readings of the search
VECTORS = ".vectors"  # and of one that holds vectors of cables
RECORDS = ".records"  # and that of one that holds records for the data files


class Worded(msgspec.Struct, frozen=True, array_like=True):
    """Where the words of a cable lie in the spool, as the search reads them; or its vector."""

    path: str  # of the cable
    name: str  # of the file
    at: int
    size: int


class Recorded(msgspec.Struct, frozen=True, array_like=True):
    """Where the record of a cable lies in the spool."""

    path: str  # of the cable
    year: int
    month: int
    name: str  # of the file
    at: int
    row: int  # bytes of the row, and behind that of the line
    line: int


class BatchRead(msgspec.Struct):
    """What a batch of sources turned out to be."""

    units: list[Unit] = []
    same: list[str] = []  # keys of sources whose bytes are as they were
    spooled: str | None = None  # the file that holds the cleared cables
    worded: list[Worded] = []
    vectored: list[Worded] = []
    recorded: list[Recorded] = []


def read_batch(job: Job, name: str, tasks: Sequence[ReadTask]) -> bytes | str:
    """Read a batch of sources; `name` is that of its file in the spool. Gives a BatchRead, as a parcel."""
    reader = Reader(desk_of(job))
    batch = BatchRead()
    for task in tasks:
        unit = reader.source(task)
        if unit is None:
            batch.same.append(task.file.path)
        else:
            batch.units.append(unit)
    return _finished(job, name, reader, batch)


def read_sections(job: Job, name: str, tasks: Sequence[SectionsTask]) -> bytes | str:
    """The same for telegrams whose sections are sources of their own."""
    reader = Reader(desk_of(job))
    return _finished(job, name, reader, BatchRead(units=[reader.sections(task) for task in tasks]))


def _finished(job: Job, name: str, reader: "Reader", batch: BatchRead) -> bytes | str:
    if reader.encoded and job.spool is not None:
        file = job.spool / name
        with naming(file):
            file.write_bytes(join_encoded(reader.encoded))
        batch.spooled = name
    batch.worded = reader.leave_words(name)
    batch.vectored = reader.leave_vectors(name)
    batch.recorded = reader.leave_records(name)
    return send(_ENCODER.encode(batch), job.spool)


def decode_batch(job: Job, sent: bytes | str) -> BatchRead:
    """What `read_batch` and `read_sections` gave."""
    return _DECODER.decode(receive(sent, job.spool))


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(BatchRead)


class Reader:
    """Reads sources into units; the cables that they hold gather in `cables` and `encoded`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._job = desk.job
        self.cables: list[ClearedCable] = []
        self.encoded: list[bytes] = []
        self._words: list[tuple[str, bytes]] = []  # the readings of the search, by the paths of cables
        self._records: list[tuple[Entry, Record]] = []  # for the data files
        self._is_recorded = desk.job.settings.data.is_any and desk.job.spool is not None
        self._is_searched = desk.job.settings.search.enabled and desk.job.spool is not None
        self._vectors: list[tuple[str, bytes]] = []  # by the paths of cables
        self._is_related = desk.job.settings.related.enabled and desk.job.spool is not None

    def again(self, tasks: Iterable[ReadTask | SectionsTask]) -> None:
        """Read some units for their cables alone."""
        for task in tasks:
            if isinstance(task, ReadTask):
                self.source(task)
            else:
                self.sections(task)

    def source(self, task: ReadTask) -> Unit | None:
        """A source; None where its bytes are as they were."""
        file = task.file
        unit = Unit(
            key=file.path,
            kind=file.kind,
            stamp=(file.size, file.mtime_ns, file.ctime_ns, file.inode),
            name=None if file.absolute.endswith(file.path) else os.fsencode(file.absolute),
        )
        try:
            data = Path(file.absolute).read_bytes()
        except OSError as error:
            unit.tell([unreadable(file.path, error)])
            return unit
        unit.digest = digest_of(data)
        if unit.digest == task.known:
            return None
        if file.kind == "asset":
            self._asset(unit)
        else:
            self._text(unit, file, data)
        return unit

    def _asset(self, unit: Unit) -> None:
        """An image or other file that is copied as it is."""
        if redact_text(unit.key, ledger=self._job.ledger)[1]:
            unit.tell([named_by_a_redaction(unit.key)])
        else:
            unit.title = ""

    def _text(self, unit: Unit, file: SourceFile, data: bytes) -> None:
        source = understand(data, path=file.path, kind=file.kind)
        if isinstance(source, Problem):
            unit.tell([source])
            return
        unit.tell(source.problems)
        front_matter = source.front_matter
        unit.is_dated = any(key.lower() == "embargo" for key in front_matter)
        if isinstance(source, PageSource):
            read_page(unit, source, self._job, self._desk.lexicon)
            return
        if isinstance(source, NoteSource):
            read_editors_note(unit, source, self._job, self._desk.lexicon)
            return
        for cable in parse_messages(
            source.text, source=source.path, first_line=source.first_line, lexicon=self._desk.lexicon
        ):
            if may_be_piece(cable):
                unit.pieces.append(str(cable.id))
            else:
                outcome = self._clear(unit, cable, front_matter, lines_of(front_matter, source.lines))
                if outcome.cleared is not None:
                    unit.tell(outcome.cleared.warnings)

    def sections(self, task: SectionsTask) -> Unit:
        """The telegrams that the pieces of one id make."""
        unit = Unit(key=sections_key(task.id), kind="sections")
        pieces = []
        for file in task.files:
            source = read_source(file)
            if not isinstance(source, CableSource):
                continue  # it has changed since, and the next build will read it
            front_matter = source.front_matter
            unit.is_dated |= any(key.lower() == "embargo" for key in front_matter)
            pieces += [
                Piece(cable=cable, front_matter=front_matter)
                for cable in parse_messages(
                    source.text, source=source.path, first_line=source.first_line, lexicon=self._desk.lexicon
                )
                if cable.id == task.id and may_be_piece(cable)
            ]
        for telegram in telegrams_of(pieces, self._desk.lexicon):
            self._telegram(unit, telegram)
        return unit

    def _telegram(self, unit: Unit, telegram: Telegram) -> None:
        """Release what some pieces make together; what the front matter of any of them holds back is held back whole."""
        own: dict[str, Any] = {}
        for piece in telegram.pieces:
            alone = release(
                piece.cable,
                path=piece.cable.source,
                front_matter=piece.front_matter,
                ledger=Ledger(),
                today=self._job.today,
                drafts=self._job.drafts,
            )
            if alone.withheld is not None:
                own = dict(piece.front_matter)
                break
            own = _both(own, piece.front_matter)
        outcome = self._clear(unit, telegram.cable, own)
        if outcome.cleared is not None:
            unit.tell(telegram.problems(outcome.cleared.warnings, outcome.cleared.path))

    def _clear(
        self, unit: Unit, cable: Cable, front_matter: Mapping[str, Any], find_line: FindLine = nowhere
    ) -> Release:
        """Release a cable, and note it, or what may be shown of one that is withheld.

        What is told of a telegram quotes it, so that of a withheld one not even that is noted.
        """
        outcome = release(
            cable,
            path=cable.source,
            front_matter=front_matter,
            ledger=self._job.ledger,
            today=self._job.today,
            drafts=self._job.drafts,
        )
        unit.tell(with_lines(outcome.problems, find_line))
        unit.redacted += sum(places for rule, places in outcome.uses.items() if self._is_redaction(rule))
        if outcome.uses:
            unit.use = unit.use or LedgerUse()
            unit.use.note(outcome.uses)
        if outcome.cleared is not None:
            unit.redacted_in += [
                (outcome.cleared.path, rule)
                for rule, places in outcome.uses.items()
                if places and self._is_of_words(rule)
            ]
            encoded = encode_cleared(outcome.cleared)
            self.cables.append(outcome.cleared)
            self.encoded.append(encoded)
            aliases, problems = aliases_of_cable(
                outcome.cleared, self._desk.lexicon, self._job.ledger, find_line
            )
            unit.tell(problems)
            entry = entry_of(outcome.cleared, encoded, self._desk.lexicon, aliases)
            unit.entries.append(entry)
            words = self._desk.searcher.read(outcome.cleared) if self._is_searched else None
            if words is not None:
                self._words.append((entry.path, encode_reading(words)))
            if self._is_related:
                self._vectors.append((entry.path, self._vector(outcome.cleared, entry, words)))
            if self._is_recorded:
                cites = [id_ for id_, _ in entry.cites]
                self._records.append((entry, record_of(outcome.cleared, cites, entry.paragraphs)))
        elif outcome.withheld is not None:
            unit.withheld += 1
            unit.cards.append(outcome.withheld)
            if cable.id is not None:
                unit.held_back.append(cable.id)
        return outcome

    def _vector(self, cable: ClearedCable, entry: Entry, words: Reading | None) -> bytes:
        """The vector of a cable, by what the search read of it, if that is all that counts."""
        if words is None or not self._desk.settles_vectors:
            words = self._desk.text_reader.read(cable)
        other = other_name(entry.id, self._desk.lexicon) if entry.id is not None else None
        return encode_vector(vector_of((entry.id, other), entry.tags, entry.cites, words))

    def leave_words(self, name: str) -> list[Worded]:
        """Leave in the spool what the search reads of the cables; gives where that of each lies."""
        return self._leave(f"{name}{WORDS}", self._words)

    def leave_vectors(self, name: str) -> list[Worded]:
        """The same for the vectors of the cables."""
        return self._leave(f"{name}{VECTORS}", self._vectors)

    def _leave(self, name: str, pieces: Sequence[tuple[str, bytes]]) -> list[Worded]:
        if not pieces or self._job.spool is None:
            return []
        file = self._job.spool / name
        with naming(file):
            file.write_bytes(b"".join([piece for _, piece in pieces]))
        left, at = [], 0
        for path, piece in pieces:
            left.append(Worded(path, name, at, len(piece)))
            at += len(piece)
        return left

    def leave_records(self, name: str) -> list[Recorded]:
        """Leave in the spool the records of the cables; gives where each lies."""
        if not self._records or self._job.spool is None:
            return []
        file = self._job.spool / f"{name}{RECORDS}"
        with naming(file):
            file.write_bytes(b"".join([part for _, one in self._records for part in (one.row, one.line)]))
        recorded, at = [], 0
        for entry, one in self._records:
            row, line = len(one.row), len(one.line)
            recorded.append(Recorded(entry.path, entry.year, entry.month, file.name, at, row, line))
            at += row + line
        return recorded

    def _is_redaction(self, rule: int) -> bool:
        rules = self._job.ledger.rules
        return 0 <= rule < len(rules) and rules[rule].deed == "redact"

    def _is_of_words(self, rule: int) -> bool:
        """Whether a rule takes words out of some cables, and leaves them in others."""
        rules = self._job.ledger.rules
        return (
            self._is_redaction(rule)
            and rules[rule].words is not None
            and not rules[rule].applies.is_everything
        )


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of two pieces: lists together, of anything else what the first says."""
    both = {**other, **one}
    for key in one.keys() & other.keys():
        if one[key] != other[key] and (isinstance(one[key], list) or isinstance(other[key], list)):
            both[key] = [*_listed(one[key]), *_listed(other[key])]
    return both


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut a sequence into lists of a batch's size."""
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
