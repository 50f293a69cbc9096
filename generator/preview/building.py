"""The thread that builds: waits until nothing changes for a moment, builds, and tells how it went.

All builds of a session happen here, one after the other. What changes while one runs is built by the next.
"""

import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from generator.build.report import BuildRefused, BuildReport, Progress
from generator.preview.changes import MOST, Changes
from generator.preview.edited import EditedSources
from generator.preview.faults import (
    BUILD_ERRORS,
    Fault,
    faults_of_error,
    faults_of_problems,
    in_order,
    in_short,
)
from generator.preview.news import NewsBoard
from generator.preview.places import Places
from generator.preview.rebuilding import Rebuilder
from generator.preview.unchanged import Digests
from generator.release.ledger import LedgerError
from generator.render.words import counted

_REST = 1.0  # seconds without a change, after which the search is brought up to date

_FAULTS_SHOWN = 20  # in the browser
_FAULTS_SAID = 5  # in the terminal


class Terminal(Protocol):
    """Where a preview says what it does."""

    def say(self, line: str) -> None:
        """Print a line."""

    def progress(self) -> AbstractContextManager[Progress]:
        """Show how far a long build is, while the context lasts."""


class _Stopped(Exception):
    """The session ends in the middle of a build."""


class Building:
    """Builds what `note` was told has changed, from `start` to `stop`."""

    def __init__(
        self,
        rebuilder: Rebuilder,
        board: NewsBoard,
        terminal: Terminal,
        *,
        is_private: bool,
        refused: Callable[[BuildRefused], None],
    ) -> None:
        """`refused` is called when the very first build cannot be done as it was asked for."""
        self.has_built = threading.Event()  # once, well or not
        self._rebuilder = rebuilder
        self._board = board
        self._terminal = terminal
        self._is_private = is_private
        self._refused = refused
        self._digests = Digests()
        self._edited = EditedSources()
        self._changes = Changes()
        self._has_changed = threading.Condition()  # guards _changes and _is_stopping
        self._is_stopping = False
        self._is_index_due = False
        self._session, self._number = board.latest.build, 0
        self._thread = threading.Thread(target=self._run, name="building", daemon=True)

    def start(self) -> None:
        """Build everything once, and then what changes."""
        self._thread.start()

    def note(self, path: Path) -> None:
        """Note that an absolute path may have changed; from any thread."""
        if self._rebuilder.places.kind(path) is not None:
            with self._has_changed:
                self._changes.note(path, time.monotonic())
                self._has_changed.notify()

    def stop(self, seconds: float) -> None:
        """Build nothing more, and wait up to `seconds` for a build to end."""
        with self._has_changed:
            self._is_stopping = True
            self._has_changed.notify()
        self._thread.join(seconds)

    def _run(self) -> None:
        self._build(None)
        self.has_built.set()
        while (noted := self._next()) is not None:
            if not noted:
                self._index()
            elif changed := self._really_changed(noted):
                self._is_index_due = True
                self._build(changed)
                with self._has_changed:
                    # What was written while we read may have been read in part, or before it was written back.
                    self._digests.forget(self._changes.paths)

    def _really_changed(self, noted: frozenset[Path]) -> frozenset[Path]:
        if len(noted) <= MOST:
            return self._digests.changed(noted)
        self._digests.forget(noted)  # to read so many is as much work as to build them
        return noted

    def _next(self) -> frozenset[Path] | None:
        """What is to be built next, once it has come to rest; nothing is the search; None when the session ends."""
        with self._has_changed:
            while not self._is_stopping:
                wait = self._changes.wait(time.monotonic())
                if wait == 0.0:
                    return self._changes.take()
                is_resting = wait is None and self._is_index_due
                if not self._has_changed.wait(_REST if is_resting else wait) and is_resting:
                    return frozenset()
        return None

    def _index(self) -> None:
        """Bring the search up to date."""
        self._is_index_due = False
        try:
            self._rebuilder.index(self._stopping(_silent))
        except _Stopped:
            return
        except BUILD_ERRORS as error:
            faults = faults_of_error(error, self._rebuilder.places, is_private=self._is_private)
            self._say("the search: not brought up to date", faults)

    def _build(self, changed: frozenset[Path] | None) -> None:
        """Build once; None is the first build, which looks at everything."""
        began = time.perf_counter()
        self._board.publish(replace(self._board.latest, is_building=True))
        shown = self._terminal.progress() if changed is None else nullcontext(_silent)
        try:
            with shown as progress:
                report = self._rebuilder.build(changed, self._stopping(progress))
            self._tell_success(changed, report, time.perf_counter() - began)
        except _Stopped:
            return
        except BUILD_ERRORS as error:
            if changed is None and isinstance(error, BuildRefused):
                self._refused(error)
            else:
                self._tell_failure(changed, error)
        except Exception as error:
            traceback.print_exc()
            self._tell_failure(changed, error)

    def _stopping(self, progress: Progress) -> Progress:
        """A progress that ends a build when the session ends."""

        def check(stage: str, done: int, total: int) -> None:
            if self._is_stopping:
                raise _Stopped
            progress(stage, done, total)

        return check

    def _tell_failure(self, changed: frozenset[Path] | None, error: Exception) -> None:
        places = self._rebuilder.places
        faults = faults_of_error(error, places, is_private=self._is_private)
        self._board.publish(
            replace(self._board.latest, is_building=False, is_failed=True, faults=faults[:_FAULTS_SHOWN])
        )
        self._say(f"{self._what(changed)}: not built", faults)

    def _tell_success(self, changed: frozenset[Path] | None, report: BuildReport, seconds: float) -> None:
        faults = self._faults_of_edited(changed or ())
        before = self._board.latest
        pages = report.written + report.removed
        if pages or before.is_failed or not before.is_ready:
            self._number += 1
        self._board.publish(
            replace(
                before,
                build=f"{self._session}-{self._number}",
                is_ready=True,
                is_building=False,
                is_failed=False,
                faults=faults[:_FAULTS_SHOWN],
            )
        )
        what = self._what(changed) if changed is not None else counted(report.cables, "cable")
        done = f"{counted(pages, 'page')} in {seconds:.2f} s" if pages else "nothing to do"
        self._say(f"{what}: {done}", faults)

    def _faults_of_edited(self, changed: Collection[Path]) -> tuple[Fault, ...]:
        try:
            reading = self._rebuilder.reading()
        except LedgerError:  # broken since the build; its own event is on its way
            return ()
        self._edited.look_at(changed, self._rebuilder.places, reading)
        return in_order(tuple(faults_of_problems(self._edited.problems, self._rebuilder.places)))

    def _what(self, changed: frozenset[Path] | None) -> str:
        return "the first build" if changed is None else in_words(changed, self._rebuilder.places)

    def _say(self, line: str, faults: Collection[Fault]) -> None:
        self._terminal.say(f"{time.strftime('%H:%M:%S')} {line}")
        for said in _said(faults):
            self._terminal.say(f"  {said}")


def in_words(changed: Collection[Path], places: Places) -> str:
    """What has changed: the first of its files, and how many more; what is gone only if nothing else is left."""
    there = sorted(path for path in changed if path.exists()) or sorted(changed)
    files = [path for path in there if not path.is_dir()] or there
    more = f" and {len(files) - 1:,} more" if len(files) > 1 else ""
    return f"{places.label(files[0])}{more}"


def _said(faults: Collection[Fault]) -> Iterator[str]:
    for number, fault in enumerate(faults):
        if number == _FAULTS_SAID:
            yield f"and {len(faults) - number} more"
            return
        yield in_short(fault)


def _silent(stage: str, done: int, total: int) -> None:
    """Show nothing: a small build is over before anybody looks."""
