"""The check: an archive read as a build reads it, and nothing written but a log of its problems."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.archive.catalogue import Catalogue
from generator.archive.questions import Answers, Questions
from generator.build.memory import STATE_FOLDER
from generator.build.proof import Witness, prove_release
from generator.build.reading import Rules, check_content, read_archive
from generator.build.report import BuildFailed, ProblemGroup, ProblemLog, Progress
from generator.intake import SourceFile, find_sources
from generator.intake.find import unreadable
from generator.leaks import ScanReport
from generator.problem import Problem
from generator.release import Ledger, LedgerUse, load_ledger
from generator.settings import Settings, project_lexicon

# Beside the state of builds, so that a check and a build do not disturb each other.
_FOLDER = "check"
_LOG = "problems.jsonl"


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
) -> CheckReport:
    """Read the archive of the project in `project` and say what is wrong with it.

    `most` and `examples` cut the lists of the answers, and embargoes end by `today`. With `site`, every byte of that
    site is searched for what must not be in it. Raises LedgerError; BuildRefused where there is nothing to read, and
    BuildFailed where the disk does not let it finish.
    """
    check_content(content)
    rules = Rules(ledger=load_ledger(content), today=today)
    folder = project / STATE_FOLDER / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _check(content, settings, rules, folder, most, examples, progress, site)
    except OSError as error:
        raise BuildFailed(f"{error.filename or folder}: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        raise BuildFailed(f"{folder}: {error}") from error


def _check(
    content: Path,
    settings: Settings,
    rules: Rules,
    folder: Path,
    most: int,
    examples: int,
    progress: Progress,
    site: Path | None,
) -> CheckReport:
    lexicon = project_lexicon(settings)
    found = find_sources(content)
    file = folder / "catalogue.sqlite"
    catalogue = Catalogue(file, lexicon)
    questions = Questions(catalogue)
    use = LedgerUse()
    witness = Witness() if site is not None else None
    pages = withheld = 0
    try:
        with ProblemLog(folder / _LOG) as log:
            for batch in read_archive(
                found,
                lexicon,
                rules,
                catalogue=catalogue,
                questions=questions,
                log=log,
                progress=progress,
                witness=witness,
            ):
                pages += len(batch.pages)
                withheld += len(batch.withheld)
                use.merge(batch.use)
            log.add(_unreadable_assets(found.files))
            return CheckReport(
                cables=catalogue.total,
                pages=pages,
                withheld=withheld,
                problems=log.groups(),
                ledger=rules.ledger,
                use=use,
                proof=prove_release(site, witness, rules.ledger, catalogue) if site and witness else None,
                answers=questions.answers(lexicon.tags, most=most, examples=examples),
                log=folder / _LOG,
            )
    finally:
        catalogue.close()
        file.unlink(missing_ok=True)


def _unreadable_assets(files: Iterable[SourceFile]) -> Iterator[Problem]:
    """What a build would say of pictures and other files that it cannot copy."""
    for file in files:
        if file.kind == "asset":
            try:
                with Path(file.absolute).open("rb") as opened:
                    opened.read(1)
            except OSError as error:
                yield unreadable(file.path, error)
