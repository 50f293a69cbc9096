"""One archive for all tests, put back before each: to build it takes longer than to copy it.

Where a test has left the site and the state of its build as they were, these stay, with what the check knows of them: a check that
reads all files again takes longer than everything else.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from publish_tools import Archive, new_archive


@dataclass
class Built:
    """An archive, and a copy of all that lies around it. A state knows its site by its path, so that this stays."""

    archive: Archive
    kept: Path
    seen: str = ""  # how the site looked when it was put there


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("publish")
    archive = new_archive(folder / "here")
    _copy(folder / "here", folder / "kept")
    return Built(archive, folder / "kept")


@pytest.fixture
def archive(built: Built) -> Archive:
    """The archive as it was built."""
    archive, around = built.archive, built.archive.folder.parent
    if built.seen != _looks(archive):
        shutil.rmtree(around)
        _copy(built.kept, around)
        built.seen = _looks(archive)
        return archive
    stays = {archive.site, archive.folder / ".cablepress"}
    for path in [*around.iterdir(), *archive.folder.iterdir()]:
        if path not in stays and path != archive.folder:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(archive.folder / ".cablepress/publish", ignore_errors=True)
    kept = built.kept / archive.folder.name
    for path in kept.iterdir():
        if archive.folder / path.name not in stays:
            _copy(path, archive.folder / path.name)
    _copy(built.kept / archive.remote.name, archive.remote)
    return archive


def _looks(archive: Archive) -> str:
    """Names, sizes and times of all files of the site, and of the state of its build."""
    files = [archive.folder / ".cablepress/state.sqlite"]
    for folder, folders, names in os.walk(archive.site):
        files += [Path(folder, name) for name in (*folders, *names)]
    stamps = [(str(file), os.lstat(file)) for file in sorted(files) if os.path.lexists(file)]
    return repr(
        [
            (file, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            for file, status in stamps
        ]
    )


def _copy(path: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", str(path), str(to)], check=True)  # a third of what shutil takes
