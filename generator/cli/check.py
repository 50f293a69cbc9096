"""`cablepress check`: what is wrong with the archive, or with the site."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import click

from generator.build.check import CheckReport, check_archive
from generator.build.engine import STATE_FOLDER
from generator.build.report import BuildFailed, BuildRefused, Progress
from generator.build.standing import NotBuilt, finished_site
from generator.build.workers import default_workers, executor_of
from generator.cli.call import settings_here, today
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.cli.site_address import with_address
from generator.inspection.site import Inspection, InspectionFailed, inspect_site, url_of_parts
from generator.output.check import (
    EXAMPLES_IN_JSON,
    EXAMPLES_IN_TEXT,
    MOST_IN_JSON,
    MOST_IN_TEXT,
    check_as_dict,
    no_such_code,
    print_check,
    print_explanation,
)
from generator.output.release import describe_proof
from generator.output.sheet import Sheet
from generator.output.site import SiteCheck
from generator.problem_codes import problem_codes
from generator.release.ledger import LedgerError
from generator.settings import Settings

# Beside the state of builds, so that a check and a build do not disturb each other.
CHECK_FOLDER = Path(STATE_FOLDER, "check")


def run(content: Path | None, site: Path | None, date: str | None, *, as_json: bool, strict: bool) -> None:
    """Say what is wrong with the archive and with its site; status 1 for errors, where `strict` for warnings too."""
    settings, _ = with_address(settings_here(), Path())
    content, folder, day = content or Path(settings.content), site or Path(settings.site), today(date)
    if site is not None and not _is_site(site):
        stop(f"there is no site in {site}; build it first: cablepress build", WRONG_CALL)
    is_there = _is_site(folder)
    report = check_or_stop(
        settings,
        content,
        day,
        most=MOST_IN_JSON if as_json else MOST_IN_TEXT,
        examples=EXAMPLES_IN_JSON if as_json else EXAMPLES_IN_TEXT,
        quiet=as_json,
        site=folder if is_there else None,
    )
    found = None
    if is_there:
        are_parts = url_of_parts(folder, settings) is not None
        found = SiteCheck(
            folder=folder,
            are_parts=are_parts,
            standing="" if are_parts else _standing(settings, content, folder, day),
            inspection=inspect_or_stop(settings, folder, quiet=as_json),
            proof=report.proof,
        )
    if as_json:
        click.echo(json.dumps(check_as_dict(report, content, found), indent=2, ensure_ascii=False))
    else:
        print_check(report, content, found, "" if is_there else str(folder))
    has_errors = report.has_errors or (found is not None and found.has_errors)
    has_warnings = report.has_warnings or (found is not None and found.has_warnings)
    if has_errors or (strict and has_warnings):
        sys.exit(PROBLEMS)


def _is_site(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _standing(settings: Settings, content: Path, site: Path, day: Day) -> str:
    """Why a site is not what a build would make of the archive now; '' where it is."""
    try:
        finished_site(Path(), settings, content=content, site=site, today=day)
    except NotBuilt as error:
        return str(error)
    return ""


@contextmanager
def _at_work(*, quiet: bool) -> Iterator[tuple[Progress, Executor, int]]:
    """Who tells how far it is, and who does the work, with so many workers; Ctrl-C ends it."""
    workers = default_workers()
    with (
        interruptible("nothing was written"),
        shown_progress(quiet=quiet) as progress,
        executor_of(workers) as executor,
    ):
        yield progress, executor, workers


def inspect_or_stop(settings: Settings, site: Path, *, quiet: bool) -> Inspection:
    """Look at every file of a site, or end with a sentence."""
    try:
        with _at_work(quiet=quiet) as (progress, executor, workers):
            return inspect_site(
                site,
                CHECK_FOLDER,
                executor=executor,
                workers=workers,
                progress=progress,
                site_url=url_of_parts(site, settings) or settings.site_url,
            )
    except InspectionFailed as error:
        stop(f"the site could not be inspected: {error}", UNFINISHED)


def explain_code(code: str) -> None:
    """Say what a kind of problem means."""
    if code not in problem_codes():
        Sheet(err=True).prose(f"The codes are: {', '.join(problem_codes())}")
        stop(no_such_code(code), WRONG_CALL)
    print_explanation(problem_codes()[code])


def look_for_leaks(content: Path | None, site: Path | None, date: str | None) -> None:
    """Say where in a site something stands that the ledger holds back; status 1 if anywhere."""
    settings, _ = with_address(settings_here(), Path())
    site = site or Path(settings.site)
    if not site.is_dir():
        stop(f"there is no folder {site}; build the site first: cablepress build", WRONG_CALL)
    report = check_or_stop(
        settings, content or Path(settings.content), today(date), most=0, examples=0, quiet=False, site=site
    )
    if report.proof is not None:
        click.echo(describe_proof(report.proof, site), nl=False)
        if report.proof.leaks or report.proof.unsearched:
            sys.exit(PROBLEMS)


def check_or_stop(
    settings: Settings,
    content: Path,
    today_: Day,
    *,
    most: int,
    examples: int,
    quiet: bool,
    site: Path | None = None,
) -> CheckReport:
    """Read the whole archive, or end with a sentence."""
    try:
        with _at_work(quiet=quiet) as (progress, executor, workers):
            return check_archive(
                Path(),
                settings,
                content=content,
                today=today_,
                most=most,
                examples=examples,
                progress=progress,
                site=site,
                are_parts=site is not None and url_of_parts(site, settings) is not None,
                executor=executor,
                workers=workers,
            )
    except LedgerError as error:
        stop("the release ledger cannot be used\n" + "\n".join(error.messages), WRONG_CALL)
    except BuildRefused as error:
        stop(str(error), WRONG_CALL)
    except BuildFailed as error:
        stop(f"the check could not be finished: {error}", UNFINISHED)
