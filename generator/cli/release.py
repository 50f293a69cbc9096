"""`cablepress release`: what the ledger does."""

import sys
from pathlib import Path

import click

from generator.cli.call import settings_here, today
from generator.cli.check import check_or_stop
from generator.cli.ending import PROBLEMS
from generator.output.release import describe_release


def run(content: Path | None, date: str | None) -> None:
    """Show what each rule does; status 1 if one does nothing."""
    settings = settings_here()
    day = today(date)
    report = check_or_stop(settings, content or Path(settings.content), day, most=0, examples=0, quiet=False)
    click.echo(describe_release(report, day), nl=False)
    if any(report.use.problems(report.ledger)):
        sys.exit(PROBLEMS)
