"""What `cablepress build` prints at its end: what was done, what is wrong with the archive, where the time went."""

from collections.abc import Iterable, Sequence

from generator.build.report import BuildReport, StageTime
from generator.build.verify import Verification
from generator.inspection.budget import Budget
from generator.output.budget import budget_lines
from generator.output.sheet import SEVERITY_WORDS, Sheet
from generator.render.words import counted

_LABEL = 10  # columns


def print_report(
    report: BuildReport,
    site: object,
    seconds: float,
    *,
    quiet: bool,
    address: str = "",
    is_split: bool = False,
) -> None:
    """Print what a build did; `address` is where the site will be served, if something else than settings says so.

    Of a site that `is_split` it is no matter what the whole of it takes of what its host holds: see `output.parts`.
    Warnings and errors go to standard error, each kind with a count and an example.
    """
    wrong = Sheet(err=True)
    for group in report.problems:
        if group.severity != "info":
            wrong.kind(group.severity, group.code, group.count)
            wrong.problem(group.example)
            wrong.line()
    if quiet:
        return
    sheet = Sheet()
    for label, text in _facts(report, address, is_split=is_split):
        sheet.prose(f"{label:<{_LABEL}}{text}", hanging=" " * _LABEL)
    took = f"{seconds:.1f} s"
    sheet.line()
    sheet.line(
        f"Nothing to do: {site} is up to date ({took})" if report.nothing_to_do else f"Built in {took}"
    )
    sheet.line(f"Open {site}/index.html")


_MOST_DIFFERING = 10  # files that are named


def print_verification(verification: Verification, site: object, *, quiet: bool) -> None:
    """Print how a site compares with a clean build. What differs goes to standard error."""
    files = counted(verification.files, "file")
    if verification.is_same:
        if not quiet:
            sheet = Sheet()
            sheet.line()
            sheet.line(f"Verified: a clean build gives the same {files}, byte for byte")
        return
    wrong = Sheet(err=True)
    differing = verification.differing
    named = ", ".join(differing[:_MOST_DIFFERING]) + (", ..." if len(differing) > _MOST_DIFFERING else "")
    are = "is" if len(differing) == 1 else "are"
    wrong.prose(f"error: {len(differing):,} of {files} {are} not as in a clean build: {named}")
    wrong.prose(
        f"  next: remove .cablepress and {site}, build again, and tell us how it came to this", hanging="  "
    )


def _facts(report: BuildReport, address: str, *, is_split: bool) -> Iterable[tuple[str, str]]:
    """What a reader of the report wants to know, line by line: a label and a text."""
    held_back = f", {counted(report.withheld, 'source')} withheld" if report.withheld else ""
    redacted = f", {counted(report.redacted, 'place')} redacted" if report.redacted else ""
    yield "cables", f"{report.cables:,} published{held_back}{redacted}"
    if not report.nothing_to_do:
        unchanged = report.pages - report.written
        yield "site", f"{report.written:,} written, {unchanged:,} unchanged, {report.removed:,} removed"
    if address:
        yield "address", address
    if report.left_out:
        yield "left out", f"{report.left_out}; the settings do not say `site_url`"
    if report.foreign_count:
        names = ", ".join(report.foreign) + (", ..." if report.foreign_count > len(report.foreign) else "")
        files = counted(report.foreign_count, "file")
        yield "", f"{files} not written by cablepress, left alone: {names}"
    if report.problems:
        counts = {
            word: sum(group.count for group in report.problems if group.severity == severity)
            for severity, word in SEVERITY_WORDS.items()
        }
        told = ", ".join(counted(count, word) for word, count in counts.items() if count)
        yield "problems", f"{told}; all of them in .cablepress/problems.jsonl"
    notes = [f"{group.code} {group.count:,}" for group in report.problems if group.severity == "info"]
    if notes:
        yield "notes", ", ".join(notes)
    there, share = budget_lines(report.pages, report.size, report.folder, report.folder_size)
    yield "budget", there
    if is_split:
        return
    yield "", share
    if Budget(files=report.pages, size=report.size).level != "fits":
        yield "", "what to leave out, and how to split it: cablepress check"


def profile_table(stages: Sequence[StageTime], seconds: float) -> str:
    """Where the time of a build went, stage by stage; `seconds` is all that it took, whole lines are returned.

    Stages are in the order in which they ran. What lies between them, and around them, is the last row but one.
    """
    rest = seconds - sum(stage.seconds for stage in stages)
    rows = [
        *((stage.name, stage.seconds) for stage in stages),
        ("not accounted for", rest),
        ("in all", seconds),
    ]
    widest = max(len(name) for name, _ in rows)
    lines = [f"{'stage':<{widest}}  {'seconds':>9}  {'share':>6}"]
    for name, spent in rows:
        share = spent / seconds if seconds else 0.0
        lines.append(f"{name:<{widest}}  {spent:>9,.2f}  {share:>6.1%}")
    return "".join(f"{line}\n" for line in lines)
