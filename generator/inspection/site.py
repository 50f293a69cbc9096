"""The inspection of a site that was built: every file of it, and what is wrong with any.

    inspection = inspect_site(site, Path(".cablepress/check"), executor=executor, workers=workers, progress=progress)

One walk finds the files that changed since the last inspection; they are looked into in batches, by any executor; then
all is asked together: which links arrive, which names are one on another system. What is known stays in a folder, whose
files may be deleted at any time.
"""

import sqlite3
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from generator.archive.address import HOME
from generator.inspection.budget import Budget, weigh
from generator.inspection.looking import Batch, Fault, is_page, is_read, look_into
from generator.inspection.memory import SiteMemory
from generator.inspection.names import faults_of_name, is_long
from generator.inspection.stamps import Changes, Stamp, Stamps, open_memory, version_of
from generator.inspection.telling import Teller, collision, place_in_words, shown
from generator.problem import Problem, ProblemGroup, by_kind, gravest_first
from generator.settings import Settings

# Called with the name of a stage, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

_MEMORY = "inspection.sqlite"
_LOG = "site-problems.jsonl"
_READER = "inspection"

_BATCH = 200  # files that are looked into at once
_MOST_LOST = 10  # places that are named
_FEW = 50  # files for which no process is asked
_WAITING = 2  # batches that wait for a worker, beside those that are worked on


class InspectionFailed(Exception):
    """The inspection could not be finished; nothing of the site was touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What an inspection found."""

    pages: int  # files that are HTML
    read: int  # files that were read now, since they changed
    budget: Budget  # how many files and bytes there are, and where
    lost: tuple[
        tuple[str, int], ...
    ]  # what links lead to in vain, and how many files have such links; a few, the most first
    problems: tuple[ProblemGroup, ...]  # the gravest first
    log: Path  # all problems, one JSON object a line

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.budget.files

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return self.budget.size

    @property
    def has_errors(self) -> bool:
        """Whether a reader of the site would meet something broken."""
        return any(group.severity == "error" for group in self.problems)

    @property
    def has_warnings(self) -> bool:
        """Whether anything was found that `--strict` minds."""
        return any(group.severity != "info" for group in self.problems)


def inspect_site(
    site: Path,
    memory: Path,
    *,
    executor: Executor,
    workers: int,
    progress: Progress,
    site_url: str | None = None,
) -> Inspection:
    """Look at every file of a site and say what is wrong with it; what was found before is kept in a folder, `memory`.

    Links that begin with `site_url`, where it is known, are the site's own. Raises InspectionFailed.
    """
    try:
        db = open_memory(memory / _MEMORY)
        try:
            return _inspect(
                site,
                memory,
                db,
                executor=executor,
                workers=workers,
                progress=progress,
                site_url=site_url or "",
            )
        finally:
            db.close()
    except OSError as error:
        raise InspectionFailed(f"{error.filename or site}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise InspectionFailed(f"{memory / _MEMORY}: {error}") from error


def url_of_parts(folder: Path, settings: Settings) -> str | None:
    """Where a folder is served that holds the parts of a split archive, its portal among them; None for any other."""
    above, _, name = (settings.site_url or "").rstrip("/").rpartition("/")
    is_cut = bool(settings.publish.split and name) and (folder / name / HOME).is_file()
    return f"{above}/" if is_cut and not (folder / HOME).exists() else None


def _inspect(
    site: Path,
    memory: Path,
    db: sqlite3.Connection,
    *,
    executor: Executor,
    workers: int,
    progress: Progress,
    site_url: str,
) -> Inspection:
    rules = f"{site.absolute()} {site_url} markupever {version('markupever')}"
    stamps = Stamps(db, _READER, version_of(Path(__file__).parent, words=rules))
    known = SiteMemory(db, forgets=stamps.is_new)
    unseen: list[Problem] = []
    for changes in stamps.changed(
        site, on_error=lambda address, error: unseen.append(_unseen(address, error))
    ):
        known.put(_found(changes))
        known.forget(changes.gone)
        stamps.note(changes)
    read = _read(
        site, known, executor=executor, workers=workers, progress=progress, site_url=site_url.encode()
    )
    log = memory / _LOG
    teller = Teller(site, known, site_url.encode())
    problems = [*unseen, *(collision(names, are_folders=True) for names in known.folders())]
    problems += (collision(names, are_folders=False) for names in known.collisions())
    lost: Counter[str] = Counter()
    groups = _write(log, chain(problems, _told(known, teller, lost)))
    db.commit()
    return Inspection(
        pages=known.pages(),
        read=read,
        budget=weigh(known.sizes()),
        lost=tuple(sorted(lost.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_LOST]),
        problems=gravest_first(groups),
        log=log,
    )


def _told(known: SiteMemory, teller: Teller, lost: Counter[str]) -> Iterator[Problem]:
    """What is wrong with each file, and on the way how often each place is missed."""
    for wrong in known.wrong():
        lost.update(place_in_words(address, id_) for address, id_ in wrong.lost)
        yield from teller.problems(wrong)


def _found(changes: Changes) -> Iterator[tuple[Stamp, bool, bool, list[Fault]]]:
    """Each file that was found: whether it is a page, whether it is to be read, what is wrong with it at first sight."""
    for stamp in changes.changed:
        faults = [Fault("name-impossible", fault.encode()) for fault in faults_of_name(stamp.address)]
        if is_long(stamp.address):
            letters = (
                f"its address has {len(stamp.address)} letters, which some programs on Windows do not take"
            )
            faults.append(Fault("path-long", letters.encode()))
        may_be_read = bool(stamp.mode & stat.S_IRUSR)
        is_due = stamp.is_file and may_be_read and is_read(stamp.address)
        if not stamp.is_file:
            faults.append(
                Fault("file-is-link", b"it is a symbolic link" if stamp.is_link else b"it is no plain file")
            )
        elif not may_be_read:
            faults.append(Fault("site-unreadable", b"its owner has no permission to"))
        yield stamp, is_page(stamp.address), is_due, faults


def _read(
    site: Path, known: SiteMemory, *, executor: Executor, workers: int, progress: Progress, site_url: bytes
) -> int:
    """Look into all files that are to be read; gives how many. Few are read in this process."""
    count = known.due()
    done = 0
    calls = ((site, batch, site_url) for batch in known.batches(_BATCH))
    packed = (look_into(*call) for call in calls) if count <= _FEW else _at_once(executor, workers, calls)
    for data in packed:
        batch = msgspec.msgpack.decode(data, type=Batch)
        known.add(batch)
        done += len(batch.looked)
        progress("Inspecting", done, count)
    return count


def _at_once(
    executor: Executor, workers: int, calls: Iterable[tuple[Path, list[bytes], bytes]]
) -> Iterator[bytes]:
    """What is found by an executor, in order; only a few batches are under way at a time."""
    waiting: deque[Future[bytes]] = deque()
    try:
        for call in calls:
            waiting.append(executor.submit(look_into, *call))
            if len(waiting) > workers + _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        wait([future for future in waiting if not future.cancel()])


def _unseen(address: str, error: OSError) -> Problem:
    return Problem(
        code="site-unreadable",
        severity="error",
        source=shown(address) or ".",
        message=f"it cannot be looked at: {error.strerror or error}",
        next_step="give yourself permission to read it: chmod u+rx",
    )


def _write(log: Path, problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Write problems to a file, and count them by kind."""
    temporary = log.with_suffix(".new")
    with temporary.open("wb") as file:
        groups = by_kind(_written(problems, file))
    temporary.replace(log)
    return list(groups.values())


def _written(problems: Iterable[Problem], file: BinaryIO) -> Iterator[Problem]:
    """Problems, each of which is written to a file as it passes."""
    for problem in problems:
        file.write(msgspec.json.encode(problem) + b"\n")
        yield problem
