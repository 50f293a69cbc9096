"""What `cablepress import` shows: how far it is, what it found, and what became of that."""

from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from generator.intake.dumps import ImportReport
from generator.intake.dumps.filing import Outcome
from generator.intake.dumps.importing import ProblemTally
from generator.problem import format_problem
from generator.render.words import counted

_EVERY = 50  # cables, between two looks at the clock


class ImportProgress:
    """One live line on a terminal, and nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self.is_shown = console.is_terminal
        self._bar = Progress(
            TextColumn("Importing"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[cables]:,} cables"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not self.is_shown,
        )
        self._task = self._bar.add_task("", total=None, cables=0)
        self._shown = 0

    def __enter__(self) -> "ImportProgress":
        """Show the line."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self._bar.stop()

    def update(self, done: int, total: int, cables: int) -> None:
        """Show how many bytes were read, of how many, and how many cables were in them."""
        self._shown += 1
        if self._shown % _EVERY == 0:
            self._bar.update(self._task, completed=done, total=total, cables=cables)


def print_import(report: ImportReport, content: object, log: object, *, dry_run: bool) -> None:
    """Print what an import found and did; each kind of problem with a count and an example."""
    for tally in report.problems:
        if tally.severity != "info":
            click.echo(_problem_text(tally), err=True)
    if report.tallies:
        _print_table(report)
    if report.problems and not dry_run:
        click.echo(f"All problems: {log}")
    filed = report.filed
    words: dict[Outcome, str] = {
        "written": "to be written" if dry_run else "written",
        "rewritten": "to be rewritten" if dry_run else "rewritten",
        "there": "there already",
        "edited": "left alone, since they were edited after an import",
    }
    done = [f"{filed[outcome]:,} {said}" for outcome, said in words.items() if filed[outcome]]
    click.echo(f"{counted(report.cables, 'cable')}{': ' if done else ''}{', '.join(done)}")
    if dry_run:
        click.echo("A dry run: nothing was written")
    elif not filed["written"] and not filed["rewritten"]:
        click.echo(f"Nothing to do: {content} is as the dumps are, and nothing was written")
    else:
        click.echo("Next: cablepress build")


def _print_table(report: ImportReport) -> None:
    """Print the table; a line is never cut, since its end names a place in a dump."""
    rows = [
        ("found", "as", "count", "the first"),
        *((tally.fate, tally.reason, f"{tally.count:,}", tally.example) for tally in report.tallies),
    ]
    fate, reason, count = (max(len(row[column]) for row in rows) for column in range(3))
    for row in rows:
        click.echo(f"{row[0]:<{fate}}  {row[1]:<{reason}}  {row[2]:>{count}}  {row[3]}")


def _problem_text(tally: ProblemTally) -> str:
    """A kind of problem: the first, and how many more there are."""
    more = f"\n  ({tally.count - 1:,} more of this kind)" if tally.count > 1 else ""
    return f"{tally.severity}: {format_problem(tally.example)}{more}"
