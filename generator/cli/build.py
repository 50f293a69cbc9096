"""`cablepress build`: the site of this folder."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from generator.build.engine import Engine
from generator.build.report import BuildFailed, BuildRefused, StageTime
from generator.build.sources import check_content
from generator.build.verify import verify_site
from generator.build.workers import default_workers, executor_of
from generator.cli.call import settings_here, today
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.cli.site_address import with_address
from generator.output.build import print_report, print_verification, profile_table
from generator.release.ledger import LedgerError
from generator.render.template_files import TemplateProblem
from generator.settings.data import DataSettings
from generator.settings.publish import split_fault

_LEFT = "no page is left half-written, and the next build completes the site"


def run(
    content: Path | None,
    site: Path | None,
    date: str | None,
    *,
    strict: bool,
    quiet: bool,
    workers: int | None,
    scheduler: str | None,
    verifies: bool,
    profiles: bool,
    searches: bool,
    offers_data: bool,
    site_url: str | None = None,
) -> None:
    """Build, and say what was done."""
    began = time.perf_counter()
    settings, told_by = with_address(settings_here(), Path(), site_url)
    if not searches:
        settings = replace(settings, search=replace(settings.search, enabled=False))
    if not offers_data:
        settings = replace(settings, data=DataSettings(csv=False, jsonl=False, sqlite=False))
    if fault := split_fault(settings.publish, settings.site_url):
        stop(fault, WRONG_CALL)
    content, site, day = content or Path(settings.content), site or Path(settings.site), today(date)
    verification = None
    try:
        with (
            interruptible(_LEFT),
            shown_progress(quiet=quiet) as progress,
            _workers(workers or default_workers(), scheduler, content) as (executor, at_once),
        ):
            engine = Engine(Path(), settings, content=content, site=site, executor=executor, workers=at_once)
            report = engine.build(today=day, progress=progress, reads_all=verifies)
            cut = None
            if settings.publish.split:
                from generator.parts.cutting import cut_site

                began_cutting = time.perf_counter()
                cut = cut_site(
                    Path(), settings, site=site, progress=progress, executor=executor, workers=at_once
                )
                cutting = StageTime(name="cut into parts", seconds=time.perf_counter() - began_cutting)
                report = replace(report, stages=(*report.stages, cutting))
            took = time.perf_counter() - began
            if verifies:
                verification = verify_site(
                    Path(),
                    settings,
                    content=content,
                    site=site,
                    today=day,
                    progress=progress,
                    executor=executor,
                    workers=at_once,
                )
    except LedgerError as error:
        stop(
            "the release ledger cannot be used, and nothing was built\n" + "\n".join(error.messages),
            WRONG_CALL,
        )
    except (BuildRefused, TemplateProblem) as error:
        stop(str(error), WRONG_CALL)
    except BuildFailed as error:
        stop(f"the build could not be finished: {error}", UNFINISHED)
    address = f"{settings.site_url}, from {told_by}" if told_by else ""
    print_report(report, site, took, quiet=quiet, address=address, is_split=cut is not None)
    if cut is not None:
        from generator.output.parts import print_parts

        print_parts(cut, quiet=quiet)
    if profiles:
        click.echo(f"\n{profile_table(report.stages, took)}", nl=False)
    if verification is not None:
        print_verification(verification, site, quiet=quiet)
    if (strict and report.has_warnings) or (verification is not None and not verification.is_same):
        sys.exit(PROBLEMS)


@contextmanager
def _workers(workers: int, scheduler: str | None, content: Path) -> Iterator[tuple[Executor, int]]:
    """Who does the work, and how much of it at once: so many workers, or the cluster of a scheduler."""
    if scheduler is None:
        with executor_of(workers) as executor:
            yield executor, workers
        return
    from generator.build.cluster import executor_at

    check_content(content)
    with executor_at(scheduler, content.absolute()) as cluster:
        yield cluster
