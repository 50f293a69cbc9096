"""The check: an archive read as a build reads it, and its site looked through for what must not be in it.

What it has read is kept below `.cablepress/check/`, beside a log of all problems, and the next check reads what changed since.
"""

import sqlite3
import time
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.archive.asks import ask_problems
from generator.archive.catalogue import Catalogue
from generator.archive.questions import Answers, Questions
from generator.archive.state import State, is_broken
from generator.build.engine import STATE_FOLDER
from generator.build.job import Job, clear_desk
from generator.build.kept_archive import KeptArchive
from generator.build.lock import locked
from generator.build.proof import Proof
from generator.build.report import BuildFailed, Progress, near
from generator.build.sources import check_content
from generator.build.summary import ledger_use, problem_groups, write_log
from generator.build.workers import InThisProcess
from generator.leaks import ScanReport
from generator.problem import ProblemGroup
from generator.release.ledger import Ledger, load_ledger
from generator.release.use import LedgerUse
from generator.render.template_files import template_folders
from generator.render.theme import contrast_problems
from generator.settings import Settings, project_lexicon

# Beside the state of builds, so that a check and a build do not disturb each other.
_FOLDER = "check"
_LOG = "problems.jsonl"
_PART = "part-"  # what is remembered of a part, beside what is of the site


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found."""

    cables: int  # that would be published
    pages: int  # Markdown pages
    withheld: int  # sources held back
    problems: tuple[ProblemGroup, ...]  # the gravest first
    ledger: Ledger
    use: LedgerUse  # what the ledger did
    proof: ScanReport | None  # of the site, where one was looked into
    answers: Answers
    log: Path  # all problems, one JSON object a line

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong that a build does not get over."""
        return any(group.severity == "error" for group in self.problems)

    @property
    def has_warnings(self) -> bool:
        """Whether anything is wrong that an editor should mend."""
        return any(group.severity != "info" for group in self.problems)


def check_archive(
    project: Path,
    settings: Settings,
    *,
    content: Path,
    today: Day,
    most: int,
    examples: int,
    progress: Progress,
    site: Path | None = None,
    are_parts: bool = False,
    executor: Executor | None = None,
    workers: int = 1,
) -> CheckReport:
    """Read the archive of the project in `project` and say what is wrong with it.

    `most` and `examples` cut the lists of the answers, and embargoes end by `today`. With `site`, every byte of that site, or
    of each site in that folder if these `are_parts` of an archive, is searched for what must not be in it. Raises LedgerError;
    BuildRefused where there is nothing to read or another check is at work, BuildFailed where the disk does not let it finish.
    """
    check_content(content)
    ledger = load_ledger(content)
    folder = (project / STATE_FOLDER / _FOLDER).absolute()
    job = Job(
        token=f"check {time.time_ns()}",
        settings=settings,
        ledger=ledger,
        today=today,
        drafts=False,
        content=content.absolute(),
        templates=(),
        theme="",
        state=folder / "state.sqlite",
        spool=None,
        site=folder,
    )
    executor = executor or InThisProcess()
    archive = KeptArchive(job, executor=executor, workers=workers, progress=progress)

    def proof_of(site: Path, catalogue: Catalogue, memory: Path = folder) -> ScanReport:
        memory.mkdir(exist_ok=True)
        return Proof(
            site,
            ledger,
            catalogue,
            memory=memory,
            program=archive.program,
            executor=executor,
            workers=workers,
            progress=progress,
        ).run()

    def proof_of_parts(parts: Path, catalogue: Catalogue) -> ScanReport:
        # Each is a site, in which a page has the address that it has in the whole.
        names = sorted(part.name for part in parts.iterdir() if part.is_dir())
        return _joined({name: proof_of(parts / name, catalogue, folder / f"{_PART}{name}") for name in names})

    prove = proof_of_parts if are_parts else proof_of

    def run(*, is_anew: bool) -> CheckReport:
        with archive.up_to_date(is_anew=is_anew) as (state, told):
            lexicon = project_lexicon(settings)
            catalogue = Catalogue(state.db, lexicon)
            use = ledger_use(state)
            theme = contrast_problems(settings.theme, template_folders(project / settings.templates))
            whole = [*told, *theme, *use.problems(ledger), *catalogue.problems()]
            whole += ask_problems(catalogue, lexicon)
            write_log(state, whole, folder / _LOG)
            return CheckReport(
                cables=catalogue.total,
                pages=_count(state, "kind = 'markdown' AND title IS NOT NULL"),
                withheld=use.withheld,
                problems=problem_groups(state, whole),
                ledger=ledger,
                use=use,
                proof=prove(site, catalogue) if site is not None else None,
                answers=Questions(catalogue).answers(lexicon.tags, most=most, examples=examples),
                log=project / STATE_FOLDER / _FOLDER / _LOG,
            )

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, "another check"):
            try:
                return run(is_anew=False)
            except sqlite3.DatabaseError as error:
                if not is_broken(error):
                    raise
                return run(is_anew=True)
            finally:
                clear_desk()
    except BrokenExecutor as error:
        raise BuildFailed("a worker was ended by the system, perhaps for want of memory") from error
    except MemoryError as error:
        raise BuildFailed("there is not enough memory") from error
    except OSError as error:
        raise BuildFailed(f"{near(error.filename or folder)}: {error.strerror or error}") from error
    except sqlite3.DatabaseError as error:
        raise BuildFailed(f"{near(folder)}: {error}") from error


def _joined(reports: Mapping[str, ScanReport]) -> ScanReport:
    """What was found in folders, by their names, as what was found in the one that they are in."""
    return ScanReport(
        leaks=tuple(
            replace(leak, file=f"{name}/{leak.file}") for name, one in reports.items() for leak in one.leaks
        ),
        unsearched=tuple(
            replace(cannot, file=f"{name}/{cannot.file}")
            for name, one in reports.items()
            for cannot in one.unsearched
        ),
        files=sum(one.files for one in reports.values()),
        size=sum(one.size for one in reports.values()),
    )


def _count(state: State, where: str) -> int:
    return int(state.db.execute(f"SELECT count(*) FROM unit WHERE {where}").fetchone()[0])  # noqa: S608
