"""What the command line shows: progress, the report of a build, a cable as it was understood."""

from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from generator.build import BuildReport, ProblemGroup
from generator.problem import format_problem
from generator.render.words import counted, date_in_words, time_in_words
from generator.telegram.cable import Addressee, Cable

# What GitHub Pages publishes at most.
_PAGES_LIMIT = 1_000_000_000
_SMALLEST_SHARE = 0.001

_LABEL = 15  # columns
_ADDRESSEES_SHOWN = 4


class BuildProgress:
    """One live line on a terminal, and nothing elsewhere: a log needs no bar."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._bar = Progress(
            TextColumn("{task.description:16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._stage = ""

    def __enter__(self) -> "BuildProgress":
        """Show the line."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self._bar.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage of the build is."""
        if stage != self._stage:
            for finished in self._bar.task_ids:
                self._bar.remove_task(finished)
            self._bar.add_task(stage, total=total, rate="")
            self._stage = stage
        task = self._bar.tasks[0]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        self._bar.update(task.id, completed=done, total=total, rate=rate)


def print_report(report: BuildReport, site: object, seconds: float, *, quiet: bool) -> None:
    """Print what a build did, its problems grouped by kind."""
    for group in report.problems:
        if group.severity != "info":
            click.echo(_problem_text(group), err=True)
    if quiet:
        return
    notes = [group for group in report.problems if group.severity == "info"]
    if notes:
        repairs = sum(group.count for group in notes)
        kinds = ", ".join(f"{group.code} {group.count:,}" for group in notes)
        click.echo(f"{counted(repairs, 'note')} on repairs: {kinds}")
    if report.foreign_count:
        names = ", ".join(report.foreign)
        more = " ..." if report.foreign_count > len(report.foreign) else ""
        click.echo(f"Not written by cablepress and left alone in {site}: {names}{more}")
    if report.problems:
        click.echo("All problems: .cablepress/problems.jsonl")
    withheld = f", {report.withheld:,} withheld" if report.withheld else ""
    share = f"{_size(report.size)}, {_share(report.size)} of what GitHub Pages takes"
    click.echo(f"{counted(report.cables, 'cable')}{withheld}; {counted(report.pages, 'file')}, {share}")
    if report.nothing_to_do:
        click.echo(f"Nothing to do: {site} is up to date ({seconds:.1f} s)")
    else:
        unchanged = report.pages - report.written
        click.echo(
            f"{report.written:,} written, {unchanged:,} unchanged, {report.removed:,} removed in {seconds:.1f} s"
        )
    click.echo(f"Open {site}/index.html")


def _problem_text(group: ProblemGroup) -> str:
    """A kind of problem: how many there are, and the first."""
    more = f"  ({group.count - 1:,} more of this kind)" if group.count > 1 else ""
    return f"{group.severity}: {format_problem(group.example)}" + (f"\n{more}" if more else "")


def _share(size: int) -> str:
    share = size / _PAGES_LIMIT
    return f"{share:.1%}" if share >= _SMALLEST_SHARE else f"less than {_SMALLEST_SHARE:.1%}"


def _size(size: int) -> str:
    if size >= 1_000_000:
        return f"{size / 1_000_000:,.1f} MB"
    return f"{size / 1000:,.0f} kB"


def describe_cable(cable: Cable) -> str:
    """A cable as a person reads it: the fields that were understood, then what was doubtful."""
    lines = [f"{cable.id or 'no reference id'}  {cable.subject or 'no subject'}"]

    def add(label: str, value: str | None) -> None:
        if value:
            lines.append(f"  {label:<{_LABEL}}{value}")

    date = date_in_words(cable.date, cable.date_precision)
    time = time_in_words(cable.date, cable.date_precision)
    add("date", f"{date}, {time}" if time else date)
    add("classification", " ".join(filter(None, [cable.classification, *cable.handling])))
    add("captions", ", ".join(cable.captions))
    add("precedence", cable.precedence)
    add("from", cable.origin)
    add("to", _names(cable.action))
    add("info", _names(cable.info))
    add("passing", "; ".join(cable.attention))
    add("order", " ".join(filter(None, [cable.executive_order, cable.declassification])))
    add("classified by", cable.classified_by)
    add("reasons", ", ".join(cable.reasons))
    add("TAGS", " ".join(tag.code for tag in cable.tags))
    for number, reference in enumerate(cable.references):
        label = f"{reference.label}. " if reference.label else ""
        known = f" = {reference.id}" if reference.id else ""
        add("refers to" if number == 0 else "", f"{label}{reference.text}{known}")
    add("sections", str(cable.sections) if cable.sections > 1 else None)
    numbers = [paragraph.number for paragraph in cable.paragraphs if paragraph.number is not None]
    headings = sum(block.kind == "heading" for block in cable.body)
    text = f"{counted(len(cable.paragraphs), 'paragraph')}"
    if len(numbers) > 1:
        text += f", numbered {numbers[0]} to {numbers[-1]}"
    add("text", f"{text}, {counted(headings, 'heading')}" if headings else text)
    add("signer", cable.signer)
    return "\n".join([*lines, *map(format_problem, cable.warnings)])


def _names(addressees: tuple[Addressee, ...]) -> str:
    names = [addressee.name for addressee in addressees[:_ADDRESSEES_SHOWN]]
    rest = len(addressees) - len(names)
    return ", ".join(names) + (f" and {rest} more" if rest else "")
