"""What is made once in a run of all tests, however many processes share them, and then only read."""

import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from site_tools import TODAY, nothing

from generator.build.engine import build_site
from generator.build.report import BuildReport
from generator.settings import load_settings

ROOT = Path(__file__).parent.parent

_MOST_SECONDS = 600  # that one test waits for another to make something


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of that name which `make` has filled: whoever asks first does so, all others wait. Nobody writes into it."""
    base = factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, is_made = common / name, common / f"{name}.made"
    with closing(
        sqlite3.connect(common / f"{name}.lock", timeout=_MOST_SECONDS, isolation_level=None)
    ) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not is_made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_made.touch()
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimens:
    """The archive in `content/`, built with this project's own settings."""

    folder: Path  # in which `.cablepress/` lies
    site: Path
    report: BuildReport

    @property
    def state(self) -> Path:
        """The state file."""
        return self.folder / ".cablepress/state.sqlite"


def built_specimens(factory: pytest.TempPathFactory) -> Specimens:
    """The specimens, built by the first who asks."""
    folder = made_once(factory, "specimens", _build_specimens)
    report: BuildReport = pickle.loads((folder / "report").read_bytes())
    return Specimens(folder=folder, site=folder / "site", report=report)


def _build_specimens(folder: Path) -> None:
    report = build_site(
        folder,
        load_settings(ROOT),
        content=ROOT / "content",
        site=folder / "site",
        today=TODAY,
        progress=nothing,
    )
    (folder / "report").write_bytes(pickle.dumps(report))
