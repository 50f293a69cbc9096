"""Gathers what the chosen sources hold into an update of the archive, batch by batch."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path

from msgspec.structs import astuple

from generator.archive.state import State
from generator.archive.unit import sections_id
from generator.archive.update import Update
from generator.build.job import Job
from generator.build.reading import BATCH, BatchRead, batches, decode_batch, read_batch, read_sections
from generator.build.report import Progress
from generator.build.sources import SOURCES, Sources, to_source
from generator.build.tasks import ReadTask, SectionsTask
from generator.build.workers import in_order

# Which file of the spool holds the cables of a unit.
SPOOLED = (
    "CREATE TEMP TABLE IF NOT EXISTS spooled (key TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID; "
    "DELETE FROM temp.spooled; DELETE FROM worded; DELETE FROM vectored; DELETE FROM recorded"
)

_FEWEST = 20  # sources of a batch
_SHARES = 8  # batches, at least, where there are sources enough: so that all workers have some
_SECTIONS_AT_ONCE = 50


def gather(
    state: State,
    sources: Sources,
    update: Update,
    count: int,
    *,
    job: Job,
    executor: Executor,
    workers: int,
    progress: Progress,
) -> None:
    """Read the `count` chosen sources, and then the telegrams whose sections are several of them.

    The table `temp.spooled` of the state says afterwards which file of the spool holds the cables of a unit.
    """
    state.run(SPOOLED)
    size = max(_FEWEST, min(BATCH, count // _SHARES))
    done = 0
    reading = in_order(
        executor,
        workers,
        read_batch,
        ((job, f"{number:06d}", tasks) for number, tasks in enumerate(batches(sources.chosen(), size))),
    )
    for data in reading:
        batch = decode_batch(job, data)
        update.replace(batch.units)
        sources.confirm(batch.same, update.seen)
        _note(state, batch)
        done += len(batch.units) + len(batch.same)
        progress("Reading", done, count)
    whole = telegrams(state.db, sorted(update.touched.telegrams), job.content)
    reading = in_order(
        executor,
        workers,
        read_sections,
        (
            (job, f"sections-{number:06d}", tasks)
            for number, tasks in enumerate(batches(list(whole), _SECTIONS_AT_ONCE))
        ),
    )
    for data in reading:
        batch = decode_batch(job, data)
        update.replace(batch.units)
        _note(state, batch)


def telegrams(db: sqlite3.Connection, ids: Collection[str], content: Path) -> Iterator[SectionsTask]:
    """Telegrams with the sources that hold their sections; one without any is gone."""
    for id_ in ids:
        rows = db.execute(
            f"{SOURCES} WHERE number IN (SELECT unit FROM piece WHERE id = ?) ORDER BY key",  # noqa: S608
            (id_,),
        ).fetchall()
        if rows:
            yield SectionsTask(id_, tuple(to_source(row, content) for row in rows))


def unit_tasks(
    db: sqlite3.Connection, numbers: Iterable[int], content: Path
) -> Iterator[ReadTask | SectionsTask]:
    """What is to be read for some units, by their numbers."""
    for number in numbers:
        row = db.execute(f"{SOURCES} WHERE number = ?", (number,)).fetchone()
        id_ = sections_id(row[0])
        if id_ is None:
            yield ReadTask(to_source(row, content))
        else:
            yield from telegrams(db, [id_], content)


def _note(state: State, batch: BatchRead) -> None:
    if batch.spooled is not None:
        state.db.executemany(
            "INSERT OR REPLACE INTO temp.spooled VALUES (?, ?)",
            [(unit.key, batch.spooled) for unit in batch.units],
        )
    note_words(state, batch)
    note_vectors(state, batch)


def note_words(state: State, batch: BatchRead) -> None:
    """Note where the words of cables lie, in the table `worded`, and their records, in `recorded`."""
    state.db.executemany("INSERT OR REPLACE INTO worded VALUES (?, ?, ?, ?)", map(astuple, batch.worded))
    state.db.executemany(
        "INSERT OR REPLACE INTO recorded VALUES (?, ?, ?)",
        [(one.path, one.name, one.at) for one in batch.recorded],
    )
    state.db.executemany(
        "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)",
        [(one.path, one.year, one.month, one.row, one.line) for one in batch.recorded],
    )


def note_vectors(state: State, batch: BatchRead) -> None:
    """Note where the vectors of cables lie, in the table `vectored`."""
    state.db.executemany("INSERT OR REPLACE INTO vectored VALUES (?, ?, ?, ?)", map(astuple, batch.vectored))
