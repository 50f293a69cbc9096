"""`cablepress check --manifest`: whether every file of a site is as it was written."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from generator.build.workers import default_workers, executor_of, in_order
from generator.cli.call import settings_here
from generator.cli.ending import PROBLEMS, UNFINISHED, WRONG_CALL, interruptible, stop
from generator.cli.progress import shown_progress
from generator.inspection.manifest import Batch, Compared, compare_files, verify_manifest
from generator.output.manifest import MOST_IN_JSON, MOST_IN_TEXT, print_verified, verified_as_dict


def run(site: Path | None, *, as_json: bool) -> None:
    """Compare every file of a site with its manifest; status 1 if it is another."""
    site = site or Path(settings_here().site)
    if not site.is_dir():
        stop(f"there is no folder {site}; build the site first: cablepress build", WRONG_CALL)
    workers = default_workers()
    try:
        with (
            interruptible("nothing was written"),
            shown_progress(quiet=as_json) as progress,
            executor_of(workers) as executor,
        ):

            def compare(batches: Iterable[Batch]) -> Iterator[Compared]:
                return in_order(executor, workers, compare_files, batches)

            verified = verify_manifest(
                site, compare, most=MOST_IN_JSON if as_json else MOST_IN_TEXT, progress=progress
            )
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        stop(f"the site could not be read: {where}{error.strerror or error}", UNFINISHED)
    if as_json:
        click.echo(json.dumps(verified_as_dict(verified, site), indent=2, ensure_ascii=False))
    else:
        print_verified(verified, site)
    if verified.wrong:
        sys.exit(PROBLEMS)
