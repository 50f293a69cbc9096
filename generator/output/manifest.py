"""What `cablepress check --manifest` prints: whether a site is as its manifest has it."""

from typing import Any

from generator.archive.address import MANIFEST
from generator.inspection.manifest import Verified
from generator.output.sheet import Sheet
from generator.problem_codes import problem_codes
from generator.render.words import counted

# Problems of each kind, in text and in JSON.
MOST_IN_TEXT, MOST_IN_JSON = 10, 1000

_INDENT = "    "
_MEGABYTE = 1_000_000


def print_verified(verified: Verified, site: object) -> None:
    """Print how a site compares with its manifest."""
    sheet = Sheet()
    for wrong in verified.wrong:
        explained = problem_codes()[wrong.code]
        sheet.kind(explained.severity, wrong.code, wrong.count)
        sheet.prose(explained.meaning, indent=_INDENT)
        for problem in wrong.first:
            sheet.prose(f"{problem.location}: {problem.message}", indent=_INDENT, hanging=_INDENT)
            if problem.excerpt:
                sheet.line(_INDENT * 2 + problem.excerpt)
        if more := wrong.count - len(wrong.first):
            sheet.line(f"{_INDENT}and {more:,} more")
        sheet.prose(f"next: {explained.to_do}", indent=_INDENT, hanging=_INDENT)
        sheet.line()
    files = f"{counted(verified.files, 'file')} of {site}, {verified.size / _MEGABYTE:,.1f} MB"
    if not verified.wrong:
        sheet.prose(f"Verified by {MANIFEST}: {files}")
    elif verified.files:
        sheet.prose(f"Not as {MANIFEST} has it: {files}")


def verified_as_dict(verified: Verified, site: object) -> dict[str, Any]:
    """The same as one JSON document."""
    return {
        "site": str(site),
        "files": verified.files,
        "bytes": verified.size,
        "problems": [
            {
                "code": wrong.code,
                "severity": problem_codes()[wrong.code].severity,
                "count": wrong.count,
                "meaning": problem_codes()[wrong.code].meaning,
                "to_do": problem_codes()[wrong.code].to_do,
                "examples": [
                    {name: getattr(problem, name) for name in ("source", "line", "excerpt", "message")}
                    for problem in wrong.first
                ],
            }
            for wrong in verified.wrong
        ],
    }
