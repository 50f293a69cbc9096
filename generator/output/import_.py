"""What `cablepress import` prints: what it found, and what became of that."""

from generator.intake.dumps import ImportReport
from generator.intake.dumps.filing import Outcome
from generator.output.sheet import Sheet
from generator.render.words import counted


def print_import(report: ImportReport, content: object, log: object, *, dry_run: bool) -> None:
    """Print what an import found and did; each kind of problem with a count and an example."""
    wrong = Sheet(err=True)
    for tally in report.problems:
        if tally.severity != "info":
            wrong.kind(tally.severity, tally.code, tally.count)
            wrong.problem(tally.example)
            wrong.line()
    sheet = Sheet()
    if report.tallies:
        _print_table(report, sheet)
    if report.problems and not dry_run:
        sheet.line(f"All problems: {log}")
    filed = report.filed
    words: dict[Outcome, str] = {
        "written": "to be written" if dry_run else "written",
        "rewritten": "to be rewritten" if dry_run else "rewritten",
        "there": "there already",
        "edited": "left alone, since they were edited after an import",
    }
    done = [f"{filed[outcome]:,} {said}" for outcome, said in words.items() if filed[outcome]]
    sheet.line(f"{counted(report.cables, 'cable')}{': ' if done else ''}{', '.join(done)}")
    if dry_run:
        sheet.line("A dry run: nothing was written")
    elif not filed["written"] and not filed["rewritten"]:
        sheet.line(f"Nothing to do: {content} is as the dumps are, and nothing was written")
    else:
        sheet.line("Next: cablepress build")


def _print_table(report: ImportReport, sheet: Sheet) -> None:
    """Print the table; a line is never cut, since its end names a place in a dump."""
    rows = [
        ("found", "as", "count", "the first"),
        *((tally.fate, tally.reason, f"{tally.count:,}", tally.example) for tally in report.tallies),
    ]
    fate, reason, count = (max(len(row[column]) for row in rows) for column in range(3))
    for row in rows:
        sheet.line(f"{row[0]:<{fate}}  {row[1]:<{reason}}  {row[2]:>{count}}  {row[3]}")
