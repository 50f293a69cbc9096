"""What `cablepress build` prints of the parts of a split archive: what each takes of what its host holds."""

from generator.build.report import near
from generator.inspection.budget import PAGES_LIMIT
from generator.output.sheet import Sheet
from generator.parts.cutting import CutReport, Part
from generator.render.words import counted

_MOST_SHOWN = 20  # parts; of more, the largest and those that are too large
_MOST_LARGEST = 10


def print_parts(report: CutReport, *, quiet: bool) -> None:
    """Print the parts. One that is too large is told on standard error."""
    too_large = [part for part in report.parts if part.size > PAGES_LIMIT]
    if not quiet:
        sheet = Sheet()
        sheet.line()
        shown = _shown(report.parts)
        sheet.line(
            f"{counted(len(report.parts), 'part')}, "
            + (
                "up to date"
                if report.nothing_to_do
                else f"{report.written:,} files written, {report.removed:,} removed"
            )
        )
        sheet.line()
        for line in _table(shown):
            sheet.line(line)
        if len(shown) < len(report.parts):
            sheet.line(f"and {counted(len(report.parts) - len(shown), 'smaller part')}")
    wrong = Sheet(err=True)
    for part in too_large:
        what = f"the part {part.name}" if part.name else "the portal"
        wrong.prose(
            f"warning: {what} has {part.size / 1e6:,.0f} MB, more than the {PAGES_LIMIT / 1e9:.0f} GB that GitHub Pages takes as "
            "one site",
        )
    if too_large:
        wrong.prose(
            '  next: smaller parts, split = "year" or "origin"; a smaller portal, [search] positions = false or [data] csv, '
            "jsonl and sqlite; or another host",
            hanging="  ",
        )


def _shown(parts: tuple[Part, ...]) -> list[Part]:
    """The parts that are listed, in their order: all, or of many the portal, the largest and those that are too large."""
    if len(parts) <= _MOST_SHOWN:
        return list(parts)
    largest = sorted(parts, key=lambda part: (-part.size, part.name))[:_MOST_LARGEST]
    return [part for part in parts if not part.name or part.size > PAGES_LIMIT or part in largest]


def _table(parts: list[Part]) -> list[str]:
    names = [part.name or "portal" for part in parts]
    name = max(len("part"), *map(len, names))
    folders = [near(part.folder) for part in parts]
    folder = max(len("folder"), *map(len, folders))
    head = f"{'part':<{name}}  {'folder':<{folder}}  {'files':>9}  {'MB':>9}  {'of 1 GB':>7}"
    return [
        head,
        *(
            f"{label:<{name}}  {place:<{folder}}  {part.files:>9,}  {part.size / 1e6:>9,.1f}  {part.size / PAGES_LIMIT:>7.1%}"
            for label, place, part in zip(names, folders, parts, strict=True)
        ),
    ]
