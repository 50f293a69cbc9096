"""The archive as a check knows it: kept below `.cablepress/check/`, and brought up to date as a build does it.

It is apart from what builds keep, so that neither disturbs the other, and what a check says does not rest on what a build
remembers. Where it is lost or broken, or another program, ledger or folder made it, all is read anew.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import msgspec

from generator.archive.aliases import settle_aliases
from generator.archive.state import State
from generator.archive.update import Update
from generator.build.gathering import gather
from generator.build.inputs import inputs_of
from generator.build.job import Job
from generator.build.look import dated_sources, is_much, recall
from generator.build.report import Progress
from generator.build.sources import Sources
from generator.problem import Problem
from generator.settings import project_lexicon

_NEW_STATE = "state-new.sqlite"
_MADE_OF = "made of"

# What builds note for the pages that they make of an archive.
_OF_PAGES = ("day_due", "record_due", "stale")


class _MadeOf(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive was read from, and by what."""

    program: str
    content: str
    words: str  # of the lexicon
    release: str  # the ledger, and what its embargoes say on the day
    day: str  # which matters to cables with an embargo of their own


class KeptArchive:
    """Reads the archive of a job into its state."""

    def __init__(self, job: Job, *, executor: Executor, workers: int, progress: Progress) -> None:
        self._job = job
        self._lexicon = project_lexicon(job.settings)
        self._executor = executor
        self._workers = workers
        self._progress = progress
        inputs = inputs_of(
            settings=job.settings,
            ledger=job.ledger,
            today=job.today,
            drafts=job.drafts,
            site=job.content,
            templates=(),
        )
        self._made_of = _MadeOf(
            program=inputs.program,
            content=inputs.site,
            words=inputs.words,
            release=inputs.release,
            day=inputs.day,
        )

    @property
    def program(self) -> str:
        """What the program is now, in a few letters."""
        return self._made_of.program

    @contextmanager
    def up_to_date(self, *, is_anew: bool) -> Iterator[tuple[State, list[Problem]]]:
        """The state of the archive, settled, and what is wrong with files that are no sources."""
        told = None
        state = None if is_anew else State.open(self._job.state)
        try:
            if state is not None:
                told = self._go_on(state)
            if state is None or told is None:
                if state is not None:
                    state.close()
                told = self._begin_anew()
                state = State(self._job.state)
            yield state, told
        finally:
            if state is not None:
                state.close()

    def _go_on(self, state: State) -> list[Problem] | None:
        """Read what changed; None where all is to be read."""
        old = recall(state, _MADE_OF, _MadeOf) if state.is_current else None
        if old is None or msgspec.structs.replace(old, day=self._made_of.day) != self._made_of:
            return None
        with state.transaction():
            seen = time.time_ns()
            sources = Sources(state, self._job.content)
            sources.look()
            dated = dated_sources(state) if old.day != self._made_of.day else []
            count = sources.choose(is_forced=False, also=dated)
            if is_much(state, count):
                return None
            gone = sources.gone()
            if count or gone:
                update = Update(state, self._lexicon, is_first=False, seen=seen)
                for key in gone:
                    update.remove(key)
                self._read(state, sources, update, count)
        return sources.problems

    def _begin_anew(self) -> list[Problem]:
        """Read all."""
        state = State.new(self._job.state.with_name(_NEW_STATE))
        try:
            state.db.execute("BEGIN")
            update = Update(state, self._lexicon, is_first=True, seen=time.time_ns())
            sources = Sources(state, self._job.content)
            sources.look()
            self._read(state, sources, update, sources.choose(is_forced=True))
            state.db.execute("COMMIT")
            state.take_the_place_of(self._job.state)
        finally:
            state.close()
        return sources.problems

    def _read(self, state: State, sources: Sources, update: Update, count: int) -> None:
        gather(
            state,
            sources,
            update,
            count,
            job=self._job,
            executor=self._executor,
            workers=self._workers,
            progress=self._progress,
        )
        update.settle()
        settle_aliases(state.db)
        for table in _OF_PAGES:
            state.db.execute(f"DELETE FROM {table}")  # noqa: S608
        state.remember(_MADE_OF, msgspec.json.encode(self._made_of))
