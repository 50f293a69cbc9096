"""A disk or a memory that is full: a sentence, the old site whole, and once there is room the next build repairs."""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from conftest import missing
from real_builds import archive, build_here, edited, held_back, lay, run_build, temporary_files
from site_tools import snapshot

BEFORE = archive(80)
AFTER = held_back(edited(BEFORE, seed=1))

UNFINISHED = "cablepress: the build could not be finished: "

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits and file systems of Linux")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """The sites of both archives."""
    project = tmp_path_factory.mktemp("clean")
    lay(project, BEFORE)
    build_here(project)
    before = snapshot(project / "site")
    lay(project, AFTER)
    build_here(project)
    return before, snapshot(project / "site")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        missing("the right to mount a file system", "being root, in a container with --cap-add SYS_ADMIN")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes of a disk."""
    file = disk / "balloon"
    with file.open("wb", buffering=0) as balloon:
        room = shutil.disk_usage(disk).free - left
        assert balloon.write(bytes(room)) == room
    return file


def assert_refused(ended: tuple[int, str], what: str) -> None:
    """The build ended in one sentence that says what was refused, and nothing else."""
    status, said = ended
    assert re.fullmatch(f"{re.escape(UNFINISHED)}{what}\n", said)
    assert status == 3


def assert_whole(site: Path, clean: tuple[Mapping[str, bytes], Mapping[str, bytes]]) -> None:
    """All pages that both sites have are there, and each page is that of one of them."""
    there = snapshot(site)
    assert clean[0].keys() & clean[1].keys() <= there.keys()
    for name, data in there.items():
        assert data in [site[name] for site in clean if name in site], name


def assert_repaired(project: Path, expected: Mapping[str, bytes]) -> None:
    report = build_here(project)
    assert snapshot(project / "site") == expected
    assert (report.foreign_count, temporary_files(project)) == (0, [])


NO_ROOM = "(No space left on device|database or disk is full|disk I/O error)"


@pytest.mark.parametrize("left", [0, 30_000, 60_000])
@pytest.mark.parametrize(
    ("folder", "named"), [("site", r"site/\S+: "), (".cablepress", r"\.cablepress\S*: ")]
)
def test_a_full_disk_is_told_and_repaired_when_there_is_room(
    tmp_path: Path,
    disk: Path,
    folder: str,
    named: str,
    left: int,
    clean: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> None:
    (tmp_path / folder).symlink_to(disk, target_is_directory=True)
    lay(tmp_path, BEFORE)
    build_here(tmp_path)
    lay(tmp_path, AFTER)
    balloon = fill(disk, left)
    assert_refused(run_build(tmp_path), named + NO_ROOM)
    if folder == "site":
        balloon.unlink()
    assert_whole(tmp_path / "site", clean)
    balloon.unlink(missing_ok=True)
    assert_repaired(tmp_path, clean[1])


def test_a_disk_that_was_full_from_the_first_holds_nothing_that_is_not_known(
    tmp_path: Path, disk: Path, clean: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> None:
    (tmp_path / "site").symlink_to(disk, target_is_directory=True)
    lay(tmp_path, BEFORE)
    balloon = fill(disk, 100_000)
    assert_refused(run_build(tmp_path), rf"site/\S+: {NO_ROOM}")
    balloon.unlink()
    # The state knows what there may be: also what is not to be there any more.
    lay(tmp_path, AFTER)
    assert_repaired(tmp_path, clean[1])


@pytest.mark.parametrize("folder", ["site", ".cablepress"])
def test_a_disk_that_is_read_only_is_told(
    tmp_path: Path, disk: Path, folder: str, clean: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> None:
    (tmp_path / folder).symlink_to(disk, target_is_directory=True)
    lay(tmp_path, BEFORE)
    build_here(tmp_path)
    lay(tmp_path, AFTER)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    named = r"site/\S+: Read-only file system" if folder == "site" else r"\.cablepress\S*: .*[Rr]ead-?only.*"
    assert_refused(run_build(tmp_path), named)
    assert snapshot(tmp_path / "site") == clean[0]
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert_repaired(tmp_path, clean[1])


def at_most(kind: int, size: int) -> Callable[[], None]:
    """Limits what a process may use."""
    return lambda: resource.setrlimit(kind, (size, size))


@pytest.mark.parametrize("size", [0, 1_000, 20_000, 100_000, 200_000])
def test_files_that_may_not_grow_are_told(
    tmp_path: Path, size: int, clean: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> None:
    lay(tmp_path, BEFORE)
    build_here(tmp_path)
    lay(tmp_path, AFTER)
    ended = run_build(tmp_path, beforehand=at_most(resource.RLIMIT_FSIZE, size))
    assert_refused(
        ended, r"(site/|\.cablepress)\S*: (File too large|database or disk is full|disk I/O error)"
    )
    assert_whole(tmp_path / "site", clean)
    assert_repaired(tmp_path, clean[1])


def test_a_picture_that_is_too_large_for_the_disk_is_named(tmp_path: Path) -> None:
    lay(tmp_path, BEFORE)
    picture = tmp_path / "content/map.png"
    picture.write_bytes(os.urandom(5_000_000))
    ended = run_build(tmp_path, beforehand=at_most(resource.RLIMIT_FSIZE, 4_000_000))
    assert_refused(ended, "site/map.png: File too large")
    assert temporary_files(tmp_path) == []
    assert run_build(tmp_path) == (0, "")
    assert (tmp_path / "site/map.png").read_bytes() == picture.read_bytes()


@pytest.mark.parametrize("kind", ["large.txt", "large.png"])
@pytest.mark.parametrize(("workers", "advice"), [("1", ""), ("2", "; fewer workers need less: --workers 1")])
def test_a_want_of_memory_is_told(
    tmp_path: Path,
    kind: str,
    workers: str,
    advice: str,
    clean: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> None:
    lay(tmp_path, BEFORE)
    with (tmp_path / "content" / kind).open("wb") as file:
        file.truncate(8_000_000_000)  # which takes no room on the disk
    ended = run_build(tmp_path, "--workers", workers, beforehand=at_most(resource.RLIMIT_AS, 4_000_000_000))
    assert_refused(ended, f"there is not enough memory{advice}")
    (tmp_path / "content" / kind).unlink()
    assert_repaired(tmp_path, clean[0])
