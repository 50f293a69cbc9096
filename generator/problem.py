"""The one shape in which anything wrong with an archive is told.

A problem is a value, not an exception: it is gathered while the work goes on and shown together
with the others at the end. What is wrong with *the call* (an unknown option, unreadable settings)
is an exception instead and never becomes a Problem.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["info", "warning", "error"]

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in one source that a person may want to know or mend.

    `info` tells of a harmless repair; `--strict` minds `warning` and `error` only.
    """

    code: str  # stable, kebab-case: 'tag-unknown'
    severity: Severity
    source: str  # path below content/, or whatever the caller named the text
    line: int | None = None  # 1-based, in the original file; None where the whole source is meant
    column: int | None = None  # 1-based; None where the whole line is meant
    excerpt: str = ""  # the line as found, without its end
    message: str  # what was found, in a sentence without a full stop
    next_step: str = ""  # what the reader can do about it, or what was done instead

    @property
    def location(self) -> str:
        """`source`, `source:line` or `source:line:column`, as editors jump to it."""
        parts = [self.source, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """All problems of one kind."""

    code: str
    severity: Severity
    count: int
    example: Problem  # the first


def by_kind(problems: Iterable[Problem]) -> dict[tuple[Severity, str], ProblemGroup]:
    """Problems by severity and code, the first of each kind as its example."""
    groups: dict[tuple[Severity, str], ProblemGroup] = {}
    for problem in problems:
        key = (problem.severity, problem.code)
        known = groups.get(key)
        groups[key] = (
            replace(known, count=known.count + 1)
            if known
            else ProblemGroup(code=problem.code, severity=problem.severity, count=1, example=problem)
        )
    return groups


def gravest_first(groups: Iterable[ProblemGroup]) -> tuple[ProblemGroup, ...]:
    """Kinds of problems in the order in which they are told."""
    return tuple(sorted(groups, key=lambda group: (_ORDER[group.severity], group.code)))


def format_problem(problem: Problem) -> str:
    """Lay a problem out as text, the spot underlined.

    content/08ASTANA2165.txt:38: tag-unknown: PGV is not in the TAGS table
        TAGS: PREL PGV KZ
                   ^
      next: perhaps PGOV; the word is published as it stands
    """
    lines = [f"{problem.location}: {problem.code}: {problem.message}"]
    if problem.excerpt:
        lines.append(f"    {problem.excerpt}")
        if problem.column:
            lines.append("    " + " " * (problem.column - 1) + "^")
    if problem.next_step:
        lines.append(f"  next: {problem.next_step}")
    return "\n".join(lines)
