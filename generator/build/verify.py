"""The proof of a build: everything is built once more, from nothing, and compared byte for byte."""

import filecmp
import shutil
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.build.engine import STATE_FOLDER, Engine
from generator.build.report import BuildFailed, Progress, near
from generator.build.writing import walk
from generator.settings import Settings

# Beside the state of builds; it is gone when the proof is done.
_FOLDER = "verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How a site compares with a clean build."""

    files: int  # of the clean build
    differing: tuple[str, ...]  # addresses, sorted: of other bytes, or missing
    left: tuple[
        str, ...
    ]  # addresses of files that no clean build would write, those that are not ours among them

    @property
    def is_same(self) -> bool:
        """Whether every byte is that of a clean build."""
        return not self.differing


def verify_site(
    project: Path,
    settings: Settings,
    *,
    content: Path,
    site: Path,
    today: Day,
    progress: Progress,
    executor: Executor,
    workers: int,
) -> Verification:
    """Compare a site that was just built with a clean build; arguments and errors are those of `Engine`."""
    folder = project / STATE_FOLDER / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    clean = folder / "site"
    try:
        engine = Engine(
            project,
            settings,
            content=content,
            site=clean,
            state=folder / "state",
            executor=executor,
            workers=workers,
        )
        engine.build(today=today, progress=progress)
        expected, found = set(walk(clean, hidden=True)), set(walk(site, hidden=True))
        differing = [
            address
            for address in sorted(expected)
            if address not in found or not filecmp.cmp(clean / address, site / address, shallow=False)
        ]
        left = sorted(address for address in found - expected if not address.startswith("."))
        return Verification(files=len(expected), differing=tuple(differing), left=tuple(left))
    except OSError as error:
        raise BuildFailed(f"{near(error.filename or folder)}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
