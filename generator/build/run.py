"""One build, step by step, after the look that found something to do.

look -> read -> settle -> plan -> (commit) -> relate -> render -> index -> data -> remove -> manifest -> (commit)
"""

import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from uuid import uuid4

import msgspec

from generator.archive.address import MANIFEST
from generator.archive.asks import ask_problems
from generator.archive.catalogue import Catalogue
from generator.archive.moves import move_problems
from generator.archive.pages import Pages
from generator.archive.state import State
from generator.archive.update import Update
from generator.build.data_files import DataFiles
from generator.build.gathering import SPOOLED, gather, unit_tasks
from generator.build.indexing import Indexing
from generator.build.inputs import Inputs
from generator.build.job import Job, clear_desk
from generator.build.kin_stage import Relating
from generator.build.look import INPUTS, REPORT, SITE, TOLD, Look, recall
from generator.build.manifest import plan_manifest, write_manifest
from generator.build.parcel import is_parcel
from generator.build.place import Place
from generator.build.plan import plan_pages
from generator.build.plan_feeds import left_out
from generator.build.reading import BATCH, RECORDS, VECTORS, WORDS, batches
from generator.build.rendering import Written, decode_written, render_again, render_pages, render_spooled
from generator.build.report import BuildReport, Progress, few
from generator.build.sources import Sources
from generator.build.stopwatch import Stopwatch
from generator.build.summary import folder_sizes, ledger_use, problem_groups, write_log
from generator.build.tasks import ReadTask, SectionsTask
from generator.build.workers import in_order, may_lose_workers
from generator.build.writing import is_temporary, remove, settle_on_disk, walk
from generator.problem import Problem
from generator.release.ledger import Ledger
from generator.render.theme import contrast_problems
from generator.settings import project_lexicon

_NEW_STATE = "state-new.sqlite"
_SPOOL = "spool"
_PROBLEMS = "problems.jsonl"

_PAGES_AT_ONCE = 30


class Run:
    """One build."""

    def __init__(
        self,
        place: Place,
        ledger: Ledger,
        today: Day,
        progress: Progress,
        looked: Look,
        watch: Stopwatch,
        *,
        defers_search: bool,
    ) -> None:
        self._place = place
        self._lexicon = project_lexicon(place.settings)
        self._ledger = ledger
        self._today = today
        self._progress = progress
        self._looked = looked
        self._stage = watch.stage
        self._watch = watch
        self._defers_search = defers_search
        self._spool = place.folder / _SPOOL
        self._token = uuid4().hex
        self._is_anew = False  # everything is built, and all of it from the spool
        self._is_repair = False  # whether the last build was not finished
        self._written = 0
        self._on_disk: list[str] = []  # addresses of files that were written, a few hundred of them

    def run(self) -> BuildReport:
        """Build."""
        looked = self._looked
        try:
            self._clear_up()
            if looked.state is None or looked.old is None or looked.sources is None:
                return self._begin_anew(looked.state)
            return self._go_on(looked.state, looked.old, looked.sources)
        finally:
            clear_desk()
            if looked.state is not None:
                looked.state.close()
            self._clear_up()

    def _clear_up(self) -> None:
        """Remove what lies in the way of a build, or was left by one: a disk may be full of it."""
        shutil.rmtree(self._spool, ignore_errors=True)
        (self._place.folder / _NEW_STATE).unlink(missing_ok=True)

    # The two ways to begin

    def _begin_anew(self, old: State | None) -> BuildReport:
        """Build all; of `old` nothing is taken but which files are ours."""
        self._is_anew = True
        place = self._place
        file = place.folder / _NEW_STATE
        state = State.new(file)
        try:
            state.db.execute("BEGIN")
            if old is not None:
                for address in _ours(old):
                    state.db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (address,))
            sources = Sources(state, place.content)
            with self._stage("look for changes"):
                seen = time.time_ns()
                sources.look()
                count = sources.choose(is_forced=True)
            update = Update(state, self._lexicon, is_first=True, seen=seen)
            self._read(state, sources, update, count)
            self._settle(state, update, None, sources)
            state.db.execute("COMMIT")
            if old is not None:
                old.close()
            state.take_the_place_of(place.state, is_lasting=place.is_lasting)
        finally:
            state.close()
        state = State(place.state, is_lasting=place.is_lasting)
        try:
            return self._finish(state, is_any=True)
        finally:
            state.close()

    def _go_on(self, state: State, old: Inputs, sources: Sources) -> BuildReport:
        """Build what changed."""
        looked = self._looked
        state.run(SPOOLED)
        with state.transaction():
            update = Update(state, self._lexicon, is_first=False, seen=looked.seen)
            for key in looked.gone:
                update.remove(key)
            if looked.count:
                self._read(state, sources, update, looked.count)
            report = looked.last_report()
            # The log of problems of a build that was not finished is not to be trusted.
            self._is_repair = report is None
            is_any = update.touched.is_any or sources.problems != looked.told or self._is_repair
            if looked.is_same and not is_any and report is not None:
                return replace(report, stages=self._watch.times())
            self._settle(state, update, old, sources)
        return self._finish(state, is_any=is_any)

    # The steps

    def _read(self, state: State, sources: Sources, update: Update, count: int) -> None:
        """Read the chosen sources."""
        place = self._place
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
        sources: Sources,
    ) -> None:
        """Settle the archive, and plan the pages; `old` are the inputs of the last build, if that matters."""
        inputs, there = self._looked.inputs, self._looked.there
        with self._stage("settle and plan"):
            update.settle()
            inputs.templates = plan_pages(
                state,
                Catalogue(state.db, self._lexicon),
                self._lexicon,
                update.touched,
                old,
                inputs,
                self._place.settings,
                self._place.templates,
            )
            plan_manifest(state)
            if old is not None and there is not None:
                missing = [(address,) for address in state.addresses() if address not in there]
                state.db.executemany("UPDATE cable SET size = NULL WHERE address = ?", missing)
                state.db.executemany("UPDATE page SET size = NULL WHERE address = ?", missing)
            state.remember(SITE, self._place.way_to_site)
            state.remember(INPUTS, msgspec.json.encode(inputs))
            state.remember(TOLD, msgspec.json.encode(sources.problems))
            state.remember(REPORT, None)

    def _finish(self, state: State, *, is_any: bool) -> BuildReport:
        """Render and write what is due, remove what is stale, and remember that all is done."""
        there = self._looked.there
        state.run(
            "CREATE TEMP TABLE IF NOT EXISTS written (key, address TEXT, size INTEGER, sha256 BLOB); DELETE FROM temp.written;"
        )
        if not self._defers_search:
            with self._stage("relate cables"):
                self._spool.mkdir(exist_ok=True)
                Relating(state, self._place, self._job("relate"), self._progress).run()
        self._render(state)
        if not self._defers_search:
            with self._stage("index words"):
                self._note(state, self._indexing(state).run())
            with self._stage("write data"):
                self._note(state, self._data_files(state).run())
        with self._stage("finish"):
            stale = [
                address
                for (address,) in state.db.execute(
                    "SELECT address FROM stale WHERE NOT EXISTS (SELECT 1 FROM cable WHERE cable.address = stale.address) "
                    "AND NOT EXISTS (SELECT 1 FROM page WHERE page.address = stale.address)"
                )
            ]
            if may_lose_workers(self._place.executor):
                there = set(walk(self._place.site, hidden=True))
            leftover = [address for address in there or () if is_temporary(address)]
            removed = remove(self._place.site, [*stale, *leftover])
            self._clear_up()
            foreign = _foreign(state, there, {*stale, *leftover})
            with state.transaction():
                state.db.execute(
                    "UPDATE cable SET size = written.size, sha256 = written.sha256 FROM temp.written "
                    "WHERE cable.number = written.key AND cable.address = written.address"
                )
                state.db.execute(
                    "UPDATE page SET size = written.size, sha256 = written.sha256 FROM temp.written "
                    "WHERE page.address = written.key"
                )
                state.db.execute("DELETE FROM stale")
                if not self._defers_search and write_manifest(state, self._place.site):
                    self._count([MANIFEST])
                if self._place.is_lasting:
                    settle_on_disk(self._place.site, None if self._is_repair else [*self._on_disk, *removed])
                if not self._looked.is_whole:
                    report = self._light_report(state, len(removed))
                else:
                    report = self._report(state, len(removed), foreign, is_any=is_any)
                    if not _is_anything_due(state):
                        state.remember(REPORT, msgspec.json.encode(report))
        return replace(report, stages=self._watch.times())

    def _indexing(self, state: State) -> Indexing:
        search = self._looked.inputs.search
        return Indexing(state, self._place, self._job("index"), self._lexicon, search, self._progress)

    def _data_files(self, state: State) -> DataFiles:
        data = self._looked.inputs.data
        return DataFiles(state, self._place, self._job("data"), self._lexicon, data, self._progress)

    def _render(self, state: State) -> None:
        self._spool.mkdir(exist_ok=True)  # a build that reads nothing has none yet
        place, job = self._place, self._job("render")
        total = state.db.execute("SELECT count(*) FROM cable WHERE size IS NULL").fetchone()[0]
        done = 0
        with self._stage("render cables"):
            names = self._due_spools(state)
            spooled = in_order(place.executor, place.workers, render_spooled, ((job, name) for name in names))
            for name, sent in zip(names, spooled, strict=True):
                written = decode_written(job, sent)
                (self._spool / name).unlink()
                done += len(written)
                self._note(state, written)
                self._progress("Writing cables", done, total)
            again = ((job, tasks) for tasks in batches(self._due_units(state)))
            for sent in in_order(place.executor, place.workers, render_again, again):
                written = decode_written(job, sent)
                done += len(written)
                self._note(state, written)
                self._progress("Writing cables", done, total)
        with self._stage("render other pages"):
            pages = list(Pages(state).due())
            done = 0
            calls = ((job, batch) for batch in batches(pages, _PAGES_AT_ONCE))
            for sent in in_order(place.executor, place.workers, render_pages, calls):
                written = decode_written(job, sent)
                done += len(written)
                self._note(state, written)
                self._progress("Writing indexes", done, len(pages))

    def _note(self, state: State, written: list[Written]) -> None:
        state.db.executemany(
            "INSERT INTO temp.written VALUES (?, ?, ?, ?)",
            [(one.key, one.address, one.size, one.sha256) for one in written],
        )
        self._count([one.address for one in written if one.is_new])

    def _count(self, new: list[str]) -> None:
        """Note files that are new, or of other bytes."""
        self._written += len(new)
        if len(self._on_disk) <= BATCH:
            self._on_disk += new

    def _due_spools(self, state: State) -> list[str]:
        """The files of the spool that hold cables whose pages are due."""
        if self._is_anew:
            names = (file.name for file in self._spool.iterdir())
            return sorted(
                name for name in names if not is_parcel(name) and not name.endswith((WORDS, VECTORS, RECORDS))
            )
        found = state.db.execute(
            "SELECT DISTINCT spooled.name FROM temp.spooled JOIN unit ON unit.key = spooled.key "
            "JOIN cable ON cable.unit = unit.number WHERE cable.size IS NULL ORDER BY spooled.name"
        )
        return [name for (name,) in found]

    def _due_units(self, state: State) -> Iterator[ReadTask | SectionsTask]:
        """The units that were not read in this build and hold cables whose pages are due."""
        if self._is_anew:
            return
        units = state.db.execute(
            "SELECT DISTINCT unit FROM cable INDEXED BY cable_due WHERE size IS NULL"
        ).fetchall()
        spooled = "SELECT 1 FROM unit JOIN temp.spooled ON spooled.key = unit.key WHERE unit.number = ?"
        others = (number for (number,) in units if not state.db.execute(spooled, (number,)).fetchone())
        yield from unit_tasks(state.db, others, self._place.content)

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
        catalogue = Catalogue(state.db, self._lexicon)
        use = ledger_use(state)
        told: list[Problem] = recall(state, TOLD, list[Problem]) or []
        theme = contrast_problems(self._place.settings.theme, self._place.templates)
        whole = [*told, *theme, *use.problems(self._ledger), *catalogue.problems()]
        whole += ask_problems(catalogue, self._lexicon)
        if self._place.settings.publish.redirects:
            whole += move_problems(state.db, other_names=self._place.settings.redirects.other_names)
        if is_any:
            write_log(state, whole, self._place.folder / _PROBLEMS)
        one = state.db.execute
        cables = one("SELECT count(*) FROM cable").fetchone()[0]
        pages = one("SELECT count(*) FROM page").fetchone()[0]
        folders = folder_sizes(state)
        folder = max((name for name in folders if name), key=lambda name: (folders[name], name), default="")
        withheld, redacted = one("SELECT total(withheld), total(redacted) FROM unit").fetchone()
        return BuildReport(
            cables=cables,
            withheld=int(withheld),
            redacted=int(redacted),
            pages=cables + pages,
            written=self._written,
            removed=removed,
            size=sum(folders.values()),
            folder=folder,
            folder_size=folders.get(folder, 0),
            foreign=few(foreign),
            foreign_count=len(foreign),
            problems=problem_groups(state, whole),
            left_out=left_out(self._place.settings),
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
            theme=self._looked.inputs.template_stamps,
            state=place.state,
            spool=self._spool,
            site=place.site,
        )


def _is_anything_due(state: State) -> bool:
    """Whether a page is still not written, or the search or the data not up to date.

    The source of a page went away or changed while the build was at work; search and data were deferred.
    """
    return any(
        state.db.execute(f"SELECT 1 FROM {what} LIMIT 1").fetchone()  # noqa: S608
        for what in ("cable WHERE size IS NULL", "page WHERE size IS NULL", "day_due", "record_due")
    )


def _ours(state: State) -> Iterator[str]:
    """The files that a state knows as ours, as far as it can be read: an earlier program may have made it."""
    try:
        yield from state.addresses()
    except sqlite3.DatabaseError:
        return


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
