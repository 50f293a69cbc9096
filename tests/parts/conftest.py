"""Split archives that several tests look at, and none may change."""

from pathlib import Path

import pytest
from parts_tools import build_parts
from split_archive import settings_of, write_archive

SPLITS = {
    "decade": settings_of("decade"),
    "year": settings_of("year", site_url="https://example.org/", part_url="https://{part}.example.org/"),
    "origin": settings_of("origin", part_url="https://example.github.io/{part}-cables/"),
}


@pytest.fixture(scope="session", params=SPLITS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive split in each way."""
    if request.param == "decade":
        return Path(request.getfixturevalue("by_decade"))
    return _built(tmp_path_factory.mktemp(request.param), SPLITS[request.param])


@pytest.fixture(scope="session")
def by_decade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive split by decade, with its parts beside each other."""
    return _built(tmp_path_factory.mktemp("decade"), SPLITS["decade"])


def _built(folder: Path, settings: str) -> Path:
    write_archive(folder, settings)
    build_parts(folder)
    return folder
