"""One build, step by step.

look -> read -> settle -> plan -> (commit) -> render -> remove -> (commit)
"""

import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from generator.archive.catalogue import Catalogue
from generator.archive.pages import Pages
from generator.archive.state import State
from generator.archive.update import Update, sections_id
from generator.build.gathering import SPOOLED, gather, telegrams
from generator.build.inputs import Inputs, inputs_of
from generator.build.job import Job, clear_desk
from generator.build.plan import plan_pages
from generator.build.reading import BATCH, ReadTask, SectionsTask, batches
from generator.build.rendering import Written, render_again, render_pages, render_spooled
from generator.build.report import BuildReport, Progress, StageTime, few
from generator.build.sources import SOURCES, Sources, to_source
from generator.build.summary import ledger_use, problem_groups, write_log
from generator.build.workers import in_order
from generator.build.writing import is_temporary, remove, settle_on_disk, walk
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release import Ledger
from generator.settings import Settings

_STATE = "state.sqlite"
_NEW_STATE = "state-new.sqlite"
_SPOOL = "spool"
_PROBLEMS = "problems.jsonl"

# If so many sources changed, and more than half of them all, it is sooner done to begin anew.
_MANY = 2_000

_PAGES_AT_ONCE = 30

_INPUTS, _REPORT, _SITE, _TOLD = "inputs", "report", "site", "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the builds of one site have in common; all paths are absolute."""

    settings: Settings
    lexicon: Lexicon
    content: Path
    site: Path
    folder: Path  # of the state
    templates: tuple[Path, ...]
    executor: Executor
    workers: int
    drafts: bool
    is_lasting: bool  # what is written is to outlast a power cut


class Run:
    """One build."""

    def __init__(self, place: Place, ledger: Ledger, today: Day, progress: Progress) -> None:
        self._place = place
        self._ledger = ledger
        self._today = today
        self._progress = progress
        self._stages: dict[str, float] = {}
        self._spool = place.folder / _SPOOL
        self._token = uuid4().hex
        self._theme = ""  # names what the templates are now
        self._is_anew = False  # everything is built, and all of it from the spool
        self._written = 0
        self._on_disk: list[str] = []  # addresses of files that were written, a few hundred of them

    def run(self, changed: Collection[Path] | None, *, reads_all: bool) -> BuildReport:
        """Build; `changed` and `reads_all` are those of `Engine.build`."""
        place = self._place
        with self._stage("look for changes"):
            inputs = inputs_of(
                settings=place.settings,
                ledger=self._ledger,
                today=self._today,
                drafts=place.drafts,
                site=place.site,
                templates=place.templates,
            )
            self._theme = inputs.template_stamps
            state = State.open(place.folder / _STATE, is_lasting=place.is_lasting)
            old = _recall(state, _INPUTS, Inputs) if state and state.is_current else None
            is_ours = state is not None and state.recall(_SITE) == bytes(place.site)
            there = set(walk(place.site, hidden=True)) if changed is None or old is None else None
        try:
            if state is None or old is None or not _goes_on(old, inputs):
                return self._begin_anew(state if is_ours else None, inputs, there)
            return self._go_on(state, old, inputs, there, changed, reads_all=reads_all)
        finally:
            clear_desk()
            if state is not None:
                state.close()

    # The two ways to begin

    def _begin_anew(self, old: State | None, inputs: Inputs, there: set[str] | None) -> BuildReport:
        """Build all; of `old` nothing is taken but which files are ours."""
        self._is_anew = True
        folder = self._place.folder
        state = State.new(folder / _NEW_STATE)
        try:
            state.db.execute("BEGIN")
            if old is not None:
                for address in _ours(old):
                    state.db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (address,))
            sources = Sources(state, self._place.content)
            with self._stage("look for changes"):
                seen = time.time_ns()
                sources.look()
                count = sources.choose(is_forced=True)
            update = Update(state, self._place.lexicon, is_first=True, seen=seen)
            self._read(state, sources, update, count)
            self._settle(state, update, None, inputs, sources, there=None)
            state.db.execute("COMMIT")
        finally:
            state.close()
        if old is not None:
            old.close()
        (folder / _NEW_STATE).replace(folder / _STATE)
        state = State(folder / _STATE, is_lasting=self._place.is_lasting)
        try:
            return self._finish(state, there, is_any=True, is_light=False)
        finally:
            state.close()

    def _go_on(
        self,
        state: State,
        old: Inputs,
        inputs: Inputs,
        there: set[str] | None,
        changed: Collection[Path] | None,
        *,
        reads_all: bool,
    ) -> BuildReport:
        """Build what changed."""
        sources = Sources(state, self._place.content)
        with self._stage("look for changes"):
            seen = time.time_ns()
            sources.look(changed)
            is_forced = old.release != inputs.release
            dated = _dated(state) if old.day != inputs.day else []
            count = sources.choose(is_forced=is_forced, also=dated, reads_all=reads_all)
            gone = sources.gone()
            told = _recall(state, _TOLD, list[Problem]) or []
            if changed is not None:
                sources.problems = told
            report: BuildReport | None = _recall(state, _REPORT, BuildReport)
        if not is_forced and not reads_all and count > _MANY and count > _units(state) / 2:
            return self._begin_anew(state, inputs, there)
        state.run(SPOOLED)
        with state.transaction():
            update = Update(state, self._place.lexicon, is_first=False, seen=seen)
            for key in gone:
                update.remove(key)
            if count:
                self._read(state, sources, update, count)
            is_any = update.touched.is_any or sources.problems != told
            is_same = not is_any and _is_same(old, inputs) and _all_there(state, there)
            if is_same and report is not None:
                return replace(report, nothing_to_do=True, written=0, removed=0, stages=self._stage_times())
            self._settle(state, update, old, inputs, sources, there)
        return self._finish(state, there, is_any=is_any, is_light=changed is not None)

    # The steps

    def _read(self, state: State, sources: Sources, update: Update, count: int) -> None:
        """Read the chosen sources."""
        place = self._place
        if self._spool.exists():
            shutil.rmtree(self._spool)
        self._spool.mkdir()
        with self._stage("read and parse"):
            gather(
                state,
                sources,
                update,
                count,
                job=self._job("read"),
                executor=place.executor,
                workers=place.workers,
                progress=self._progress,
            )

    def _settle(
        self,
        state: State,
        update: Update,
        old: Inputs | None,
        inputs: Inputs,
        sources: Sources,
        there: set[str] | None,
    ) -> None:
        """Settle the archive, and plan the pages."""
        with self._stage("settle and plan"):
            update.settle()
            inputs.templates = plan_pages(
                state,
                Catalogue(state.db, self._place.lexicon),
                update.touched,
                old,
                inputs,
                self._place.templates,
            )
            if there is not None:
                missing = [(address,) for address in state.addresses() if address not in there]
                state.db.executemany("UPDATE cable SET size = NULL WHERE address = ?", missing)
                state.db.executemany("UPDATE page SET size = NULL WHERE address = ?", missing)
            state.remember(_SITE, bytes(self._place.site))
            state.remember(_INPUTS, msgspec.json.encode(inputs))
            state.remember(_TOLD, msgspec.json.encode(sources.problems))
            state.remember(_REPORT, None)

    def _finish(self, state: State, there: set[str] | None, *, is_any: bool, is_light: bool) -> BuildReport:
        """Render and write what is due, remove what is stale, and remember that all is done.

        A light report does not go through the whole archive for its numbers.
        """
        state.run(
            "CREATE TEMP TABLE IF NOT EXISTS written (key, address TEXT, size INTEGER); DELETE FROM temp.written;"
        )
        self._render(state)
        with self._stage("finish"):
            stale = [
                address
                for (address,) in state.db.execute(
                    "SELECT address FROM stale WHERE NOT EXISTS (SELECT 1 FROM cable WHERE cable.address = stale.address) "
                    "AND NOT EXISTS (SELECT 1 FROM page WHERE page.address = stale.address)"
                )
            ]
            leftover = [address for address in there or () if is_temporary(address)]
            removed = remove(self._place.site, [*stale, *leftover])
            if self._place.is_lasting:
                settle_on_disk(self._place.site, self._on_disk)
            foreign = _foreign(state, there, {*stale, *leftover})
            with state.transaction():
                state.db.execute(
                    "UPDATE cable SET size = written.size FROM temp.written WHERE cable.number = written.key "
                    "AND cable.address = written.address"
                )
                state.db.execute(
                    "UPDATE page SET size = written.size FROM temp.written WHERE page.address = written.key"
                )
                state.db.execute("DELETE FROM stale")
                if is_light:
                    report = self._light_report(state, removed)
                else:
                    report = self._report(state, removed, foreign, is_any=is_any)
                    if not _is_anything_due(state):
                        state.remember(_REPORT, msgspec.json.encode(report))
            shutil.rmtree(self._spool, ignore_errors=True)
        return replace(report, stages=self._stage_times())

    def _render(self, state: State) -> None:
        place, job = self._place, self._job("render")
        total = state.db.execute("SELECT count(*) FROM cable WHERE size IS NULL").fetchone()[0]
        done = 0
        with self._stage("render cables"):
            spooled = ((job, name) for name in self._due_spools(state))
            again = ((job, tasks) for tasks in batches(self._due_units(state)))
            for written in chain(
                in_order(place.executor, place.workers, render_spooled, spooled),
                in_order(place.executor, place.workers, render_again, again),
            ):
                done += len(written)
                self._note(state, written)
                self._progress("Writing cables", done, total)
        with self._stage("render other pages"):
            pages = list(Pages(state).due())
            done = 0
            calls = ((job, batch) for batch in batches(pages, _PAGES_AT_ONCE))
            for written in in_order(place.executor, place.workers, render_pages, calls):
                done += len(written)
                self._note(state, written)
                self._progress("Writing indexes", done, len(pages))

    def _note(self, state: State, written: list[Written]) -> None:
        state.db.executemany(
            "INSERT INTO temp.written VALUES (?, ?, ?)", [(one.key, one.address, one.size) for one in written]
        )
        new = [one.address for one in written if one.is_new]
        self._written += len(new)
        if len(self._on_disk) <= BATCH:
            self._on_disk += new

    def _due_spools(self, state: State) -> list[str]:
        """The files of the spool that hold cables whose pages are due."""
        if self._is_anew:
            return sorted(file.name for file in self._spool.iterdir())
        found = state.db.execute(
            "SELECT DISTINCT spooled.name FROM temp.spooled JOIN unit ON unit.key = spooled.key "
            "JOIN cable ON cable.unit = unit.number WHERE cable.size IS NULL ORDER BY spooled.name"
        )
        return [name for (name,) in found]

    def _due_units(self, state: State) -> Iterator[ReadTask | SectionsTask]:
        """The units that were not read in this build and hold cables whose pages are due."""
        if self._is_anew:
            return
        units = state.db.execute("SELECT DISTINCT unit FROM cable WHERE size IS NULL").fetchall()
        rows = (state.db.execute(f"{SOURCES} WHERE number = ?", unit).fetchone() for unit in units)
        for row in rows:
            if state.db.execute("SELECT 1 FROM temp.spooled WHERE key = ?", row[:1]).fetchone():
                continue
            id_ = sections_id(row[0])
            if id_ is None:
                yield ReadTask(to_source(row, self._place.content))
            else:
                yield from telegrams(state, [id_], self._place.content)

    # What is told

    def _light_report(self, state: State, removed: int) -> BuildReport:
        """What was done, without the problems of the archive and the size of its site."""
        cables, pages = (
            state.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("cable", "page")
        )
        return BuildReport(
            cables=cables,
            withheld=0,
            pages=cables + pages,
            written=self._written,
            removed=removed,
            size=0,
            foreign=(),
            foreign_count=0,
            problems=(),
        )

    def _report(self, state: State, removed: int, foreign: list[str], *, is_any: bool) -> BuildReport:
        catalogue = Catalogue(state.db, self._place.lexicon)
        use = ledger_use(state)
        told: list[Problem] = _recall(state, _TOLD, list[Problem]) or []
        whole = [*told, *use.problems(self._ledger), *catalogue.problems()]
        if is_any:
            write_log(state, whole, self._place.folder / _PROBLEMS)
        one = state.db.execute
        cables, cable_size = one("SELECT count(*), total(size) FROM cable").fetchone()
        pages, page_size = one("SELECT count(*), total(size) FROM page").fetchone()
        withheld, redacted = one("SELECT total(withheld), total(redacted) FROM unit").fetchone()
        return BuildReport(
            cables=cables,
            withheld=int(withheld),
            redacted=int(redacted),
            pages=cables + pages,
            written=self._written,
            removed=removed,
            size=int(cable_size + page_size),
            foreign=few(foreign),
            foreign_count=len(foreign),
            problems=problem_groups(state, whole),
        )

    def _job(self, stage: str) -> Job:
        place = self._place
        return Job(
            token=f"{self._token} {stage}",
            settings=place.settings,
            ledger=self._ledger,
            today=self._today,
            drafts=place.drafts,
            content=place.content,
            templates=place.templates,
            theme=self._theme,
            state=place.folder / _STATE,
            spool=self._spool,
            site=place.site,
        )

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Count the time of what is done within; a stage within a stage is not counted twice."""
        began = time.perf_counter()
        before = sum(self._stages.values())
        try:
            yield
        finally:
            inner = sum(self._stages.values()) - before
            self._stages[name] = self._stages.get(name, 0.0) + time.perf_counter() - began - inner

    def _stage_times(self) -> tuple[StageTime, ...]:
        return tuple(StageTime(name=name, seconds=seconds) for name, seconds in self._stages.items())


def _recall(state: State, key: str, type_: Any) -> Any:
    data = state.recall(key)
    try:
        return msgspec.json.decode(data, type=type_) if data is not None else None
    except msgspec.MsgspecError:
        return None


def _goes_on(old: Inputs, new: Inputs) -> bool:
    """Whether what is remembered is of use for what is to be built."""
    return (old.program, old.site, old.words) == (new.program, new.site, new.words)


def _units(state: State) -> int:
    return int(state.db.execute("SELECT count(*) FROM unit").fetchone()[0])


def _is_anything_due(state: State) -> bool:
    """Whether a page is still not written: its source went away or changed while the build was at work."""
    return any(
        state.db.execute(f"SELECT 1 FROM {table} WHERE size IS NULL LIMIT 1").fetchone()  # noqa: S608
        for table in ("cable", "page")
    )


def _is_same(old: Inputs, new: Inputs) -> bool:
    """Whether nothing but the day is another; what that changes is read by itself."""
    return old == msgspec.structs.replace(new, templates=old.templates, day=old.day)


def _dated(state: State) -> list[str]:
    """The sources for which another day may give another outcome."""
    found = state.db.execute(
        "SELECT key FROM unit WHERE is_dated AND kind != 'sections' UNION SELECT key FROM unit WHERE number IN "
        "(SELECT piece.unit FROM piece JOIN unit AS whole ON whole.key = 'sections of ' || piece.id WHERE whole.is_dated)"
    )
    return [key for (key,) in found]


def _ours(state: State) -> Iterator[str]:
    """The files that a state knows as ours, as far as it can be read: an earlier program may have made it."""
    try:
        yield from state.addresses()
    except sqlite3.DatabaseError:
        return


def _all_there(state: State, there: set[str] | None) -> bool:
    """Whether every file of the site is still there; without a look at the site it is believed."""
    return there is None or all(address in there for address in state.addresses(with_stale=False))


def _foreign(state: State, there: set[str] | None, gone: Collection[str]) -> list[str]:
    """The files in the site that are not ours, hidden ones left out."""
    if there is None:
        return []
    ours = set(gone)
    foreign = {address for address in there if not any(part.startswith(".") for part in address.split("/"))}
    foreign.difference_update(ours)
    for address in state.addresses():
        foreign.discard(address)
    return sorted(foreign)
