"""What a build has to tell at its end, and the log that gathers problems while it runs.

An archive may have more problems than memory should hold: each goes to a file as it comes, and only the counts and
one example of each kind are kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec

from generator.problem import Problem, Severity

# Called with the name of a stage, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

_MOST_FOREIGN = 10  # files named in a report

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


class BuildRefused(Exception):
    """The call cannot be served; nothing was touched."""


class BuildFailed(Exception):
    """The work could not be finished; the next build repairs what this one left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """All problems of one kind."""

    code: str
    severity: Severity
    count: int
    example: Problem  # the first


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long a stage of a build took."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was done."""

    cables: int  # published
    withheld: int  # sources held back
    pages: int  # pages and other files of the site
    written: int  # of them new or changed
    removed: int  # that were no longer due
    size: int  # bytes of the whole site
    foreign: tuple[str, ...]  # files in the site folder that are not ours, a few of them
    foreign_count: int
    problems: tuple[ProblemGroup, ...]
    left_out: str = ""  # what the site lacks since settings do not know its address
    redacted: int = 0  # places blacked out in what is published
    nothing_to_do: bool = False
    stages: tuple[StageTime, ...] = ()  # in the order in which they ran

    @property
    def has_warnings(self) -> bool:
        """Whether anything was found that `--strict` minds."""
        return any(group.severity != "info" for group in self.problems)


class ProblemLog:
    """Writes problems to a file, one JSON object a line, and counts them by kind."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb")
        self._encoder = msgspec.json.Encoder()
        self._groups: dict[tuple[Severity, str], tuple[int, Problem]] = {}

    def __enter__(self) -> "ProblemLog":
        """Use the log as a context, so that its file is closed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def add(self, problems: Iterable[Problem]) -> None:
        """Note some problems."""
        for problem in problems:
            self._file.write(self._encoder.encode(problem) + b"\n")
            key = (problem.severity, problem.code)
            count, example = self._groups.get(key, (0, problem))
            self._groups[key] = (count + 1, example)

    def groups(self) -> tuple[ProblemGroup, ...]:
        """The problems by kind, the gravest first."""
        return tuple(
            ProblemGroup(code=code, severity=severity, count=count, example=example)
            for (severity, code), (count, example) in sorted(
                self._groups.items(), key=lambda entry: (_ORDER[entry[0][0]], entry[0][1])
            )
        )


def few(foreign: list[str]) -> tuple[str, ...]:
    """As many foreign files as a report names."""
    return tuple(foreign[:_MOST_FOREIGN])


def near(path: str | Path) -> str:
    """A path as a person at work in this folder writes it."""
    file = Path(path)
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)
