"""What a build has to tell at its end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.problem import ProblemGroup

# Called with the name of a stage, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

_MOST_FOREIGN = 10  # files named in a report


class BuildRefused(Exception):
    """The call cannot be served; nothing was touched."""


class BuildFailed(Exception):
    """The work could not be finished; the next build repairs what this one left."""


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
    folder: str = ""  # the largest at the top of the site, with '/' behind it
    folder_size: int = 0  # bytes of all that is in it
    redacted: int = 0  # places blacked out in what is published
    nothing_to_do: bool = False
    stages: tuple[StageTime, ...] = ()  # in the order in which they ran

    @property
    def has_warnings(self) -> bool:
        """Whether anything was found that `--strict` minds."""
        return any(group.severity != "info" for group in self.problems)


def few(foreign: list[str]) -> tuple[str, ...]:
    """As many foreign files as a report names."""
    return tuple(foreign[:_MOST_FOREIGN])


def near(path: str | Path) -> str:
    """A path as a person at work in this folder writes it."""
    file = Path(path)
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)
