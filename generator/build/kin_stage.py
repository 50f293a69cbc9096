"""The related cables of a build: what changed since they were found, whose kin that may touch, and which pages show others now.

    cables of days with changes -> vectors -> how rare terms are -> signatures -> kin -> pages that are due

It stands between the settled archive and its pages. All of it is one transaction, so that what the state says and what lies
beside it are of one build. What comes of a change is what finding all kin anew would give: see `generator/kin/README.md`.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.archive.kin import SHOWN
from generator.archive.state import State
from generator.build.gathering import note_vectors, unit_tasks
from generator.build.job import Job
from generator.build.kin_memory import KIN, Memory, clear_up, forget_memory, keep_memory, recall_memory
from generator.build.kin_tasks import (
    BITS,
    CROSSED,
    FindTask,
    GroupTask,
    SignDone,
    SignTask,
    arrays_folder,
    decode_found,
    decode_groups,
    decode_signed,
    find_kin,
    forget_arrays,
    keep_vectors,
    leave_arrays,
    leave_marks,
    read_vectors,
    sign_cables,
    vectors_folder,
)
from generator.build.place import Place
from generator.build.reading import Worded, batches, decode_batch
from generator.build.report import Progress
from generator.build.workers import in_order
from generator.kin.finding import MOST_KIN, NOBODY, Cited, Finder, Fives, due_slots, make_postings
from generator.kin.group import GROUP
from generator.kin.rarity import Counts
from generator.kin.signatures import Rows
from generator.kin.terms import CITED, NOTHING, Numbers, Terms, kinds_of

T = TypeVar("T")
D = TypeVar("D")

# So many groups are one batch, unless all of an archive is new; what fits in one is done in this process.
_AT_ONCE = 12

# Where more than this share of signatures changed, all kin are found again.
_MUCH = 4

_DUE = "day IN (SELECT day FROM day_due)"

# Cables that are new or others, and whose vectors are not at hand.
_LACKING = (
    "FROM kin JOIN cable ON cable.path = kin.path WHERE kin.digest IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM vectored WHERE vectored.path = kin.path)"
)


class Relating:
    """Brings the related cables up to date with the state."""

    def __init__(self, state: State, place: Place, job: Job, progress: Progress) -> None:
        self._state = state
        self._db = state.db
        self._place = place
        self._job = job
        self._progress = progress
        self._folder = vectors_folder(place.state)
        self._ending = uuid4().hex[:8]
        self._is_whole = False  # all of it is new

    def run(self) -> None:
        """Bring them up to date, and mark the pages that show others, or other things of them."""
        if not self._place.settings.related.enabled:
            self._leave_out()
            return
        is_known = self._state.recall(KIN) is not None
        if is_known and not self._db.execute("SELECT 1 FROM day_due LIMIT 1").fetchone():
            return
        memory = recall_memory(self._state, self._folder)
        self._folder.mkdir(exist_ok=True)
        arrays = arrays_folder(self._spool)
        try:
            if memory is None or not self._try(memory):
                self._try(None)
        finally:
            forget_arrays()
            shutil.rmtree(arrays, ignore_errors=True)
        clear_up(self._state, self._folder)

    def _try(self, memory: Memory | None) -> bool:
        """Bring them up to date by what is kept, or anew; gives whether what is kept could be read."""
        arrays_folder(self._spool).mkdir(parents=True, exist_ok=True)
        try:
            with self._state.transaction():
                if memory is None:
                    # Those that have kin again are compared with nothing.
                    self._db.execute(
                        "UPDATE cable SET size = NULL WHERE path IN (SELECT path FROM kin WHERE five IS NOT NULL)"
                    )
                    forget_memory(self._state)
                self._is_whole = memory is None
                self._update(memory or Memory.empty())
        except (OSError, msgspec.MsgspecError):
            if memory is None:
                raise
            return False
        return True

    @property
    def _spool(self) -> Path:
        if self._job.spool is None:
            raise ValueError("a job without a spool finds no kin")
        return self._job.spool

    def _leave_out(self) -> None:
        """Have none."""
        if self._state.recall(KIN) is None:
            return
        with self._state.transaction():
            forget_memory(self._state)
        clear_up(self._state, self._folder)

    # What changed

    def _update(self, memory: Memory) -> None:
        gone, changed, faces = self._changes()
        added, lost = self._add(), []
        if gone or changed or added:
            self._db.executemany("DELETE FROM kin WHERE slot = ?", [(slot,) for slot in gone])
            self._db.executemany("UPDATE kin SET digest = NULL WHERE slot = ?", [(slot,) for slot in changed])
            self._read_again()
            lost = self._slots(f"SELECT kin.slot {_LACKING}")
            memory = self._find(
                memory, np.array(gone, np.int64), np.array(sorted({*changed, *added}), np.int64)
            )
        shown_otherwise = np.isin(memory.fives.slots, faces).any(axis=1)
        self._mark(np.flatnonzero(shown_otherwise).tolist())
        self._db.execute(
            f"UPDATE kin SET (day, digest, shown) = (SELECT cable.day, cable.digest, {SHOWN} FROM cable "  # noqa: S608
            "WHERE cable.path = kin.path) WHERE digest IS NULL OR slot IN (SELECT value FROM json_each(?))",
            (json.dumps(faces),),
        )
        # What could not be read any more is another by now; it is looked at again when that is read.
        self._db.executemany("UPDATE kin SET digest = x'' WHERE slot = ?", [(slot,) for slot in lost])
        keep_memory(self._state, self._folder, self._ending, memory)

    def _changes(self) -> tuple[list[int], list[int], list[int]]:
        """The slots of cables that went, of those that are others now, and of those of which others show something else."""
        if self._is_whole:
            return [], [], []
        there = "EXISTS (SELECT 1 FROM cable WHERE cable.path = kin.path)"
        gone = self._slots(f"SELECT slot FROM kin WHERE {_DUE} AND NOT {there}")  # noqa: S608
        compared = f"SELECT slot FROM kin JOIN cable ON cable.path = kin.path WHERE kin.{_DUE} AND"  # noqa: S608
        changed = self._slots(f"{compared} cable.digest != kin.digest")
        return gone, changed, self._slots(f"{compared} {SHOWN} != kin.shown")

    def _slots(self, query: str) -> list[int]:
        return [slot for (slot,) in self._db.execute(query)]

    def _add(self) -> list[int]:
        """Give slots to the cables that have none: those that are free, then those behind all others."""
        due = "1" if self._is_whole else f"cable.{_DUE}"
        paths = self._db.execute(
            f"SELECT path FROM cable WHERE {due} "  # noqa: S608
            "AND NOT EXISTS (SELECT 1 FROM kin WHERE kin.path = cable.path) ORDER BY number"
        ).fetchall()
        taken = set(self._slots("SELECT slot FROM kin")) if paths else set()
        free = (slot for slot in count() if slot not in taken)
        added = list(islice(free, len(paths)))
        self._db.executemany(
            "INSERT INTO kin (slot, path) VALUES (?, ?)",
            ((slot, path) for slot, (path,) in zip(added, paths, strict=True)),
        )
        return added

    def _read_again(self) -> None:
        """Read the cables that are new, or others, and whose vectors are not at hand."""
        place, job = self._place, self._job
        units = self._db.execute(f"SELECT DISTINCT cable.unit {_LACKING}").fetchall()
        calls = (
            (job, f"kin-{number:06d}-{self._ending}", tasks)
            for number, tasks in enumerate(
                batches(unit_tasks(self._db, (unit for (unit,) in units), place.content))
            )
        )
        for sent in in_order(place.executor, place.workers, read_vectors, calls):
            note_vectors(self._state, decode_batch(job, sent))

    # Whose kin that touches

    def _find(self, memory: Memory, gone: Numbers, fresh: Numbers) -> Memory:
        """Find kin again where cables that went, and cables that are new or others now, may have another part in them."""
        total = max(len(memory.signatures.sizes), int(fresh.max(initial=-1)) + 1)
        gone = np.setdiff1d(gone, fresh)  # a new one may have the slot of one that went
        (cables,) = self._db.execute("SELECT count(*) FROM kin").fetchone()
        bits = memory.counts.bits.copy()
        cited = self._keep_vectors(memory, gone, fresh, total)
        is_all = self._is_whole or memory.cables.bit_length() != cables.bit_length()
        signed, rows = self._sign(memory.counts, bits, fresh, cables, is_all=is_all)
        old = memory.signatures.with_rows(gone[:0], Rows.empty(), total)
        new = old.with_rows(gone, Rows.empty(len(gone)), total).with_rows(signed, rows, total)
        changed = np.union1d(np.union1d(signed[new.differ(signed, old)], fresh), gone)
        fives = memory.fives.extended(total)
        fives.slots[gone], fives.scores[gone] = NOBODY, 0
        finder = Finder(new, make_postings(new), cited, self._ranks(total))
        used = np.array(self._slots("SELECT slot FROM kin ORDER BY slot"), np.int64)
        if len(changed) * _MUCH < total:
            used = np.intersect1d(due_slots(old, new, changed, fives, finder), used)
        leave_arrays(self._spool, finder)
        del finder
        self._find_fives(used, fives)
        return Memory(cables, memory.counts, new, cited, fives)

    def _ranks(self, total: int) -> NDArray[np.int64]:
        """The places of slots in the order of all cables."""
        in_order_of_all = self._slots(
            "SELECT kin.slot FROM cable JOIN kin ON kin.path = cable.path ORDER BY cable.place"
        )
        ranks = np.zeros(total, np.int64)
        ranks[in_order_of_all] = np.arange(len(in_order_of_all))
        return ranks

    def _keep_vectors(self, memory: Memory, gone: Numbers, fresh: Numbers, total: int) -> Cited:
        """Write the groups that changed, count their terms, and tell what cites what now."""
        own = np.zeros(total, np.uint64)
        own[: len(memory.cited.own)] = memory.cited.own
        own[gone] = NOTHING
        slots: list[int] = []
        sizes: list[NDArray[np.int64]] = []
        terms: list[Terms] = []
        for done in self._each(keep_vectors, decode_groups, self._group_tasks(gone, fresh)):
            new = np.frombuffer(done.terms, "<u8")
            memory.counts.remove(np.frombuffer(done.gone_terms, "<u8"))
            memory.counts.add(new)
            own[done.slots] = np.frombuffer(done.own, "<u8")
            is_cited = kinds_of(new) == CITED
            owner = np.repeat(np.arange(len(done.slots)), done.sizes)[is_cited]
            slots += done.slots
            sizes.append(np.bincount(owner, minlength=len(done.slots)))
            terms.append(new[is_cited])
        rows = Rows.of(sizes, terms)
        cited = memory.cited.rows.with_rows(gone, Rows.empty(len(gone)), total)
        return Cited(own, cited.with_rows(np.array(slots, np.int64), rows, total))

    def _group_tasks(self, gone: Numbers, fresh: Numbers) -> Iterator[GroupTask]:
        known = self._group_files()
        vectors = {
            slot: Worded(path, *at) if at[0] is not None else None
            for slot, path, *at in self._db.execute(
                "SELECT slot, kin.path, name, at, size FROM kin LEFT JOIN vectored ON vectored.path = kin.path "
                "WHERE digest IS NULL"
            )
        }
        both = np.union1d(gone, fresh)
        for number in np.unique(both // GROUP).tolist():
            slots = both[both // GROUP == number].tolist()
            file = f"{number}-{self._ending}"
            self._db.execute("INSERT OR REPLACE INTO kin_group VALUES (?, ?)", (number, file))
            yield GroupTask(
                known.get(number), file, slots, [(slot, vectors[slot]) for slot in slots if slot in vectors]
            )

    def _group_files(self) -> dict[int, str]:
        return dict(self._db.execute("SELECT number, file FROM kin_group").fetchall())

    def _sign(
        self, counts: Counts, bits: NDArray[np.uint8], fresh: Numbers, cables: int, *, is_all: bool
    ) -> tuple[Numbers, Rows]:
        """The signatures of cables that are new or have a term of another rarity: their slots, in order, and their rows."""
        folder = arrays_folder(self._spool)
        leave_marks(folder, BITS, counts.bits)
        leave_marks(folder, CROSSED, bits != counts.bits)
        tasks = [
            SignTask(file, None if is_all else fresh[fresh // GROUP == number].tolist(), cables)
            for number, file in sorted(self._group_files().items())
        ]
        slots: list[int] = []
        parts: list[SignDone] = []
        for done in self._each(sign_cables, decode_signed, tasks):
            slots += done.slots
            parts.append(done)
        return np.array(slots, np.int64), Rows.of(
            [np.frombuffer(done.sizes, np.uint8) for done in parts],
            [np.frombuffer(done.terms, "<u8") for done in parts],
            [np.frombuffer(done.weights, np.uint8) for done in parts],
        )

    def _find_fives(self, slots: Numbers, fives: Fives) -> None:
        """Find the kin of some cables, put them into `fives`, and mark the pages that show others now."""
        files = self._group_files()
        tasks = [
            FindTask(files[number], slots[slots // GROUP == number].tolist())
            for number in np.unique(slots // GROUP).tolist()
        ]
        done = 0
        for found in self._each(find_kin, decode_found, tasks):
            fives.slots[found.slots] = np.frombuffer(found.fives, np.int32).reshape(-1, MOST_KIN)
            fives.scores[found.slots] = np.frombuffer(found.scores, np.int32).reshape(-1, MOST_KIN)
            known = dict(
                self._db.execute(
                    "SELECT slot, five FROM kin WHERE slot IN (SELECT value FROM json_each(?))",
                    (json.dumps(found.slots),),
                ).fetchall()
            )
            others = [
                (five, slot)
                for slot, five in zip(found.slots, found.encoded, strict=True)
                if known[slot] != five
            ]
            self._db.executemany("UPDATE kin SET five = ? WHERE slot = ?", others)
            self._mark([slot for _, slot in others])
            done += len(found.slots)
            self._progress("Relating cables", done, len(slots))

    def _mark(self, slots: Sequence[int]) -> None:
        """Mark the pages of some cables as due."""
        self._db.execute(
            "UPDATE cable SET size = NULL WHERE size IS NOT NULL AND path IN "
            "(SELECT path FROM kin WHERE slot IN (SELECT value FROM json_each(?)))",
            (json.dumps(list(slots)),),
        )

    def _each(
        self,
        function: Callable[..., bytes | str],
        decode: Callable[[Job, bytes | str], list[D]],
        tasks: Iterable[T],
    ) -> Iterator[D]:
        """What comes of some tasks, in order."""
        place = self._place
        job = replace(self._job, token=f"{self._job.token} {uuid4().hex}")
        size = 1 if self._is_whole else _AT_ONCE
        calls = ((job, batch) for batch in batches(tasks, size))
        for sent in in_order(place.executor, place.workers, function, calls):
            yield from decode(job, sent)
