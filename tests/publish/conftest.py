"""One archive for all tests of a module, put back before each: to build it takes longer than to copy it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from publish_tools import Archive, new_archive


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """An archive, and a copy of all that lies around it. A state knows its site by its path, so that this stays."""
    folder = tmp_path_factory.mktemp("publish")
    archive = new_archive(folder / "here")
    shutil.copytree(folder / "here", folder / "kept", symlinks=True)
    return archive, folder / "kept"


@pytest.fixture
def archive(built: tuple[Archive, Path]) -> Iterator[Archive]:
    """The archive as it was built."""
    archive, kept = built
    folder = archive.folder.parent
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, symlinks=True)
    yield archive
