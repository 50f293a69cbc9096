"""The import: dumps in, sources in content/ and a report out.

Cables go through one at a time, so memory does not grow with their number. What is wrong with a dump is told and
the work goes on; what is wrong with the call is told before anything is written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, get_args

import msgspec

from generator.intake.dumps.containers import read_member
from generator.intake.dumps.dump_files import read_dump, size_of
from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.filing import Filed, FilingCabinet, Outcome
from generator.lexicon import Lexicon
from generator.problem import Problem, Severity

Fate = Literal["understood", "kept verbatim", "skipped"]

FATES: tuple[Fate, ...] = get_args(Fate)
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

# Called with the name of the work, how many bytes of the dumps were read, and of how many.
Progress = Callable[[str, int, int], None]


class ImportRefused(Exception):
    """The call cannot be served; nothing was touched."""


class ImportFailed(Exception):
    """The work could not be finished; what was written is whole, and the next import goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many parts of the dumps had one fate for one reason."""

    fate: Fate
    reason: str  # the code of a problem; of cables, what they are
    count: int
    example: str  # where the first was


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemTally:
    """All problems of one kind."""

    code: str
    severity: Severity
    count: int
    example: Problem  # the first


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import found and did, or would do."""

    tallies: tuple[Tally, ...]
    problems: tuple[ProblemTally, ...]
    filed: dict[Outcome, int]  # cables by what became of them

    @property
    def cables(self) -> int:
        """How many cables were found."""
        return sum(self.filed.values())

    @property
    def has_warnings(self) -> bool:
        """Whether anything was found that `--strict` minds."""
        return any(tally.severity != "info" for tally in self.problems)


class _Counts:
    """What was found so far."""

    def __init__(self, log: BinaryIO | None) -> None:
        self._log = log
        self._fates: dict[tuple[Fate, str], tuple[int, str]] = {}
        self._problems: dict[tuple[Severity, str], tuple[int, Problem]] = {}
        self._filed: Counter[Outcome] = Counter()

    def cable(self, cable: DumpedCable, filed: Filed) -> None:
        """Note what became of a cable."""
        if filed.is_telegram:
            self._note("understood", "telegram", cable.source)
        else:
            self._note("kept verbatim", "no-telegram", cable.source)
        self._filed[filed.outcome] += 1
        for problem in cable.problems:
            self.problem(problem)
        if filed.problem:
            self.problem(filed.problem)

    def skipped(self, problem: Problem) -> None:
        """Note what could not be a cable."""
        self._note("skipped", problem.code, problem.location)
        self.problem(problem)

    def problem(self, problem: Problem) -> None:
        """Note a problem."""
        count, example = self._problems.get((problem.severity, problem.code), (0, problem))
        self._problems[problem.severity, problem.code] = (count + 1, example)
        if self._log:
            self._log.write(msgspec.json.encode(problem) + b"\n")

    def report(self) -> ImportReport:
        """All of it, in the order in which it is told."""
        return ImportReport(
            tallies=tuple(
                Tally(fate=fate, reason=reason, count=count, example=example)
                for (fate, reason), (count, example) in sorted(
                    self._fates.items(), key=lambda entry: (FATES.index(entry[0][0]), entry[0][1])
                )
            ),
            problems=tuple(
                ProblemTally(code=code, severity=severity, count=count, example=example)
                for (severity, code), (count, example) in sorted(
                    self._problems.items(), key=lambda entry: (SEVERITIES.index(entry[0][0]), entry[0][1])
                )
            ),
            filed={outcome: self._filed[outcome] for outcome in get_args(Outcome)},
        )

    def _note(self, fate: Fate, reason: str, example: str) -> None:
        count, first = self._fates.get((fate, reason), (0, example))
        self._fates[fate, reason] = (count + 1, first)


def import_dumps(
    dumps: Sequence[Path],
    content: Path,
    *,
    lexicon: Lexicon,
    dry_run: bool = False,
    progress: Progress | None = None,
    log: Path | None = None,
) -> ImportReport:
    """Turn dumps into sources below `content`, and report.

    `log` is a file to which every problem is written, one JSON object a line, since the report has one of each kind.
    A dry run writes neither, and reports the same. Raises ImportRefused for a call that cannot be served,
    ImportFailed where the disk does not let it finish.
    """
    _check_folders(dumps, content)
    read = _BytesRead(progress, sum(map(size_of, dumps)) if progress else 0)
    try:
        with ExitStack() as stack:
            cabinet = stack.enter_context(FilingCabinet(content, lexicon, dry_run=dry_run))
            counts = _Counts(None if log is None or dry_run else stack.enter_context(_opened(log)))
            for dump in dumps:
                for found in _found(dump, read.add):
                    if isinstance(found, Problem):
                        counts.skipped(found)
                    else:
                        counts.cable(found, cabinet.file(found))
                    read.show()
    except OSError as error:
        raise ImportFailed(f"{error.filename or content}: {error.strerror or error}") from error
    return counts.report()


def _opened(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    return log.open("wb")


def _found(dump: Path, reading: Callable[[int], None]) -> Iterator[DumpedCable | Problem]:
    """Everything in a dump, one after the other."""
    for member in read_dump(dump, reading):
        if isinstance(member, Problem):
            yield member
        else:
            yield from read_member(member)


class _BytesRead:
    """How far the reading is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, count: int) -> None:
        """Note some bytes more; what is read twice does not count as more than all."""
        self._done = min(self._done + count, self._total)

    def show(self) -> None:
        """Show it."""
        if self._progress:
            self._progress("Importing", self._done, self._total)


def _check_folders(dumps: Iterable[Path], content: Path) -> None:
    """Refuse dumps that are not there, and those that the import would write into."""
    if content.exists() and not content.is_dir():
        raise ImportRefused(f"{content} is a file; name a folder for the telegrams")
    outer = content.resolve()
    for dump in dumps:
        if not dump.exists():
            raise ImportRefused(f"there is no file or folder {dump}")
        inner = dump.resolve()
        if inner == outer or outer in inner.parents or inner in outer.parents:
            raise ImportRefused(f"the dump ({dump}) and the telegrams ({content}) must not lie in each other")
