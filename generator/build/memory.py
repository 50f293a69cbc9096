"""What is remembered between builds, so that one with nothing to do is over at once.

A build's inputs are its sources (name, size, times and inode stand for their content), the settings, the templates
and the program itself. If all are as they were, so is the site.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import msgspec

from generator.build.report import BuildReport
from generator.intake import Found
from generator.release import Ledger
from generator.settings import Settings

STATE_FOLDER = ".cablepress"

_FILE = "last-build.json"


class _LastBuild(msgspec.Struct):
    """The last finished build."""

    fingerprint: str
    report: BuildReport
    day: str | None = None  # on which it was built, where another day may give another site


def fingerprint(found: Found, settings: Settings, ledger: Ledger, template_folders: Sequence[Path]) -> str:
    """A digest of everything that the site depends on but the day, which only embargoes read."""
    digest = hashlib.sha256(repr(settings).encode())
    digest.update(ledger.digest)
    for source in found.files:
        file = (source.path, source.size, source.mtime_ns, source.ctime_ns, source.inode)
        digest.update(repr(file).encode())
    digest.update(repr(found.problems).encode("utf-8", "surrogatepass"))
    for stamp in _stamps([*template_folders, Path(__file__).parent.parent]):
        digest.update(stamp.encode())
    return digest.hexdigest()


def _stamps(folders: Iterable[Path]) -> Iterator[str]:
    """Name, size and time of each file below some folders, the program's compiled files left out."""
    for folder in folders:
        for path, folders_below, names in os.walk(folder):
            folders_below[:] = sorted(name for name in folders_below if name != "__pycache__")
            for name in sorted(names):
                file = Path(path, name)
                status = file.stat()
                yield f"{file}\n{status.st_size}\n{status.st_mtime_ns}\n"


def remember(state: Path, fingerprint_: str, report: BuildReport, day: Day | None) -> None:
    """Note a finished build, and its day where another day may give another site."""
    file = state / _FILE
    temporary = file.with_suffix(".new")
    temporary.write_bytes(
        msgspec.json.encode(
            _LastBuild(fingerprint=fingerprint_, report=report, day=str(day) if day else None)
        )
    )
    temporary.replace(file)


def recall(state: Path, fingerprint_: str, today: Day) -> BuildReport | None:
    """The report of the last build, if it was finished and had the same inputs."""
    try:
        last = msgspec.json.decode((state / _FILE).read_bytes(), type=_LastBuild)
    except (OSError, msgspec.MsgspecError):
        return None
    is_same = last.fingerprint == fingerprint_ and last.day in (None, str(today))
    return last.report if is_same else None


def forget(state: Path) -> None:
    """Note that a build has begun and is not finished."""
    (state / _FILE).unlink(missing_ok=True)
