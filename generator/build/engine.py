"""The engine: brings a site up to date with its sources, and does nothing else.

    look for changes -> read what changed -> update the archive, which says what is due -> commit
      -> render and write what is due -> index its words -> remove what is stale -> commit

Between the two commits the state knows what is due and every file that may be written, so that a build which ends there,
however it ends, is taken up by the next. Reading and rendering go in batches to an executor; nothing holds the archive.
"""

import sqlite3
from collections.abc import Collection
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from functools import partial
from pathlib import Path

from generator.archive.state import is_broken
from generator.build.lock import locked
from generator.build.look import look
from generator.build.place import Place
from generator.build.report import BuildFailed, BuildRefused, BuildReport, Progress, near
from generator.build.sources import check_content
from generator.build.stopwatch import Stopwatch
from generator.build.workers import executor_of
from generator.release.ledger import Ledger, load_ledger
from generator.render.template_files import template_folders
from generator.settings import Settings

STATE_FOLDER = ".cablepress"


class Engine:
    """Builds one site, again and again. It is used by one thread."""

    def __init__(
        self,
        project: Path,
        settings: Settings,
        *,
        content: Path,
        site: Path,
        state: Path | None = None,
        executor: Executor,
        workers: int,
        drafts: bool = False,
        is_lasting: bool = True,
    ) -> None:
        """An engine for the project in `project`.

        `state` is the folder of what it remembers; it does not lie in `site`. With `drafts`, drafts are built. A site that
        needs not be `is_lasting`, such as a preview, is written without waiting for the disk.
        """
        self._content = content
        self._site = site
        self._folder = (state or project / STATE_FOLDER).absolute()
        self._templates = (project / settings.templates).absolute()
        self._place = Place(
            settings=settings,
            content=content.absolute(),
            site=site.absolute(),
            folder=self._folder,
            templates=(),  # found when they are needed: the project's own may come and go
            executor=executor,
            workers=workers,
            drafts=drafts,
            is_lasting=is_lasting,
        )

    def build(
        self,
        *,
        today: Day,
        progress: Progress,
        changed: Collection[Path] | None = None,
        reads_all: bool = False,
        defers_search: bool = False,
    ) -> BuildReport:
        """Bring the site up to date; `today` is the day by which embargoes end.

        With `changed`, only these paths below content/ are looked at. `reads_all` compares the bytes of every source,
        whatever its times say. `defers_search` leaves the search index to a later build. Raises LedgerError, and
        BuildRefused for folders that cannot be used, with site/ as it was; BuildFailed where the disk does not let it
        finish, and TemplateProblem for a broken template.
        """
        self._check_folders()
        ledger = load_ledger(self._content)
        run = partial(
            self._run, ledger, today, progress, changed, reads_all=reads_all, defers_search=defers_search
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._site.mkdir(parents=True, exist_ok=True)
            with locked(self._folder, "another build"):
                try:
                    return run(is_anew=False)
                except sqlite3.DatabaseError as error:
                    if not is_broken(error):
                        raise
                    return run(is_anew=True)
        except BrokenExecutor as error:
            raise BuildFailed(
                "a worker was ended by the system, perhaps for want of memory; fewer need less: --workers 1"
            ) from error
        except MemoryError as error:
            advice = "; fewer workers need less: --workers 1" if self._place.workers > 1 else ""
            raise BuildFailed(f"there is not enough memory{advice}") from error
        except OSError as error:
            where = f"{near(error.filename)}: " if error.filename else ""
            raise BuildFailed(f"{where}{error.strerror or error}") from error
        except sqlite3.DatabaseError as error:
            raise BuildFailed(f"{near(self._folder)}: {error}") from error

    def _run(
        self,
        ledger: Ledger,
        today: Day,
        progress: Progress,
        changed: Collection[Path] | None,
        *,
        reads_all: bool,
        defers_search: bool,
        is_anew: bool,
    ) -> BuildReport:
        watch = Stopwatch()
        place = replace(self._place, templates=template_folders(self._templates))
        with watch.stage("look for changes"):
            looked = look(place, ledger, today, changed=changed, reads_all=reads_all, is_anew=is_anew)
            report = looked.last_report() if looked.is_same and not looked.count else None
        if report is not None:
            return replace(report, stages=watch.times())
        # The rest of the program is needed only now.
        from generator.build.run import Run

        return Run(place, ledger, today, progress, looked, watch, defers_search=defers_search).run()

    def _check_folders(self) -> None:
        """Refuse folders that would have the build read what it writes."""
        check_content(self._content)
        inner, outer = self._site.resolve(), self._content.resolve()
        if inner == outer or outer in inner.parents or inner in outer.parents:
            raise BuildRefused(
                f"the site ({self._site}) and the telegrams ({self._content}) must not lie in each other"
            )
        if self._site.exists() and not self._site.is_dir():
            raise BuildRefused(f"{self._site} is a file; name a folder for the site")
        if self._site.is_symlink() and not self._site.exists():
            raise BuildRefused(
                f"{self._site} is a link that leads nowhere; make the folder, or remove the link"
            )


def build_site(
    project: Path,
    settings: Settings,
    *,
    content: Path,
    site: Path,
    today: Day,
    progress: Progress,
    workers: int = 1,
    reads_all: bool = False,
    state: Path | None = None,
    drafts: bool = False,
) -> BuildReport:
    """Build the site of the project in `project` once, with so many workers; arguments and errors are those of `Engine`."""
    with executor_of(workers) as executor:
        engine = Engine(
            project,
            settings,
            content=content,
            site=site,
            state=state,
            executor=executor,
            workers=workers,
            drafts=drafts,
        )
        return engine.build(today=today, progress=progress, reads_all=reads_all)
