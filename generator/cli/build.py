"""`cablepress build`: the site of this folder."""

import sys
import time
from pathlib import Path

from generator.build import BuildFailed, BuildRefused, build_site
from generator.cli.call import settings_here, today
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.cli_output import print_report
from generator.release import LedgerError
from generator.render import TemplateProblem

_LEFT = "no page is left half-written, and the next build completes the site"


def run(content: Path | None, site: Path | None, date: str | None, *, strict: bool, quiet: bool) -> None:
    """Build, and say what was done."""
    began = time.perf_counter()
    settings = settings_here()
    site = site or Path(settings.site)
    try:
        with interruptible(_LEFT), shown_progress(quiet=quiet) as progress:
            report = build_site(
                Path(),
                settings,
                content=content or Path(settings.content),
                site=site,
                today=today(date),
                progress=progress,
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
    print_report(report, site, time.perf_counter() - began, quiet=quiet)
    if strict and report.has_warnings:
        sys.exit(PROBLEMS)
