"""The same content gives the same bytes: no clock, no machine, no folder, no number or order of workers shows."""

import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from real_builds import Content, archive, build_here, edited, held_back, lay, run_build
from site_tools import snapshot

from generator.build.workers import executor_of

BEFORE = archive(120)
CONTENT = held_back(edited(BEFORE, seed=1))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    project = tmp_path_factory.mktemp("expected")
    lay(project, CONTENT)
    build_here(project)
    return snapshot(project / "site")


@pytest.mark.parametrize(
    ("first", "words", "environment"),
    [
        (None, ["--workers", "1"], {}),
        (None, ["--workers", "2"], {}),
        (None, ["--workers", "3"], {"PYTHONHASHSEED": "1"}),
        (None, ["--date", "2031-05-06"], {"SOURCE_DATE_EPOCH": "0"}),
        (None, ["--site", "../elsewhere", "--content", "./content/../content"], {"COLUMNS": "20", "HOME": "/nowhere"}),
        (BEFORE, ["--workers", "1"], {"TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
        (BEFORE, ["--workers", "2"], {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LANG": "C", "LC_ALL": "C"}),
    ],
)  # fmt: skip
def test_every_clone_and_every_process_gives_the_same_bytes(
    tmp_path: Path,
    first: Content | None,
    words: list[str],
    environment: dict[str, str],
    expected: Mapping[str, bytes],
) -> None:
    project = tmp_path / "a clone" / "with another name"
    project.mkdir(parents=True)
    if first is not None:
        lay(project, first)
        assert run_build(project, *words, environment=environment) == (0, "")
    # Another order in the folders, other times.
    lay(project, dict(reversed(CONTENT.items())))
    for age, file in enumerate(sorted((project / "content").rglob("*.txt"))):
        os.utime(file, (1_000_000_000 + age, 1_000_000_000 - age))
    assert run_build(project, *words, environment=environment) == (0, "")
    site = project.parent / "elsewhere" if "--site" in words else project / "site"
    assert snapshot(site) == expected


def test_spawned_workers_give_the_bytes_of_forked_ones(tmp_path: Path, expected: Mapping[str, bytes]) -> None:
    # Where another thread is, a fork would not be safe.
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with executor_of(2) as executor:
            assert executor.submit(eval, "'real_builds' in __import__('sys').modules").result() is False
        lay(tmp_path, CONTENT)
        build_here(tmp_path, workers=2)
    finally:
        stop.set()
        other.join()
    assert snapshot(tmp_path / "site") == expected
