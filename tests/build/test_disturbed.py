"""A build that finds, or gets under its hands, what no build has left: links, lost folders, a broken state, edits."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from real_builds import archive, build_here, edited, held_back, lay, temporary_files
from site_tools import TODAY, snapshot, telegram, write_files

from generator.build.engine import build_site
from generator.build.report import BuildFailed, BuildRefused
from generator.build.workers import executor_of, in_order
from generator.settings import load_settings

BEFORE = archive(80)
AFTER = held_back(edited(BEFORE, seed=1))
STATE = ".cablepress/state.sqlite"
CABLE = "08STRELSAU123.txt"
PAGE = "cable/2008/02/08STRELSAU123.html"


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    project = tmp_path_factory.mktemp("clean")
    lay(project, AFTER)
    build_here(project)
    return snapshot(project / "site")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write_files(
        folder / "content", {CABLE: telegram(), "07ZENDA9.txt": telegram(9, post="ZENDA"), "about.md": "# A"}
    )
    build_here(folder)
    return folder


# Links


def test_a_link_in_the_place_of_a_page_is_replaced_and_not_written_through(
    project: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("mine")
    (project / "site" / PAGE).unlink()
    (project / "site" / PAGE).symlink_to(outside)
    write_files(project / "content", {CABLE: telegram(subject="ANOTHER ROAD")})
    build_here(project)
    assert outside.read_text() == "mine"
    assert "ANOTHER ROAD" in (project / "site" / PAGE).read_text()
    assert not (project / "site" / PAGE).is_symlink()


def test_a_link_to_the_same_bytes_is_no_page_of_ours(project: Path, tmp_path: Path) -> None:
    page = project / "site" / PAGE
    page.rename(tmp_path / "outside.html")
    (project / STATE).unlink()
    page.symlink_to(tmp_path / "outside.html")
    build_here(project)
    assert not page.is_symlink()


@pytest.mark.parametrize("edit", ["changed", "removed"])
def test_a_link_in_the_place_of_a_folder_is_refused_and_what_it_leads_to_is_left_alone(
    project: Path, tmp_path: Path, edit: str
) -> None:
    outside = tmp_path / "outside"
    (project / "site/tag").rename(outside)
    (project / "site/tag").symlink_to(outside, target_is_directory=True)
    before = snapshot(outside)
    if edit == "changed":
        write_files(project / "content", {CABLE: telegram(subject="ANOTHER ROAD")})
    else:
        for file in (project / "content").iterdir():
            file.unlink()
    with pytest.raises(
        BuildFailed, match=r"site/tag: a link stands where a folder of the site belongs; remove it$"
    ):
        build_here(project)
    assert snapshot(outside) == before
    (project / "site/tag").unlink()
    build_here(project)
    assert snapshot(outside) == before
    assert build_here(project).foreign == ()


def test_files_behind_a_link_are_not_removed(project: Path, tmp_path: Path) -> None:
    write_files(project / "content", {"pictures/pass.svg": "<svg/>"})
    build_here(project)
    outside = tmp_path / "outside"
    (project / "site/pictures").rename(outside)
    (project / "site/pictures").symlink_to(outside, target_is_directory=True)
    (project / "content/pictures/pass.svg").unlink()
    build_here(project)
    assert (outside / "pass.svg").is_file()


def test_the_site_may_be_a_link_to_a_folder(project: Path, tmp_path: Path) -> None:
    (project / "site").rename(tmp_path / "public")
    (project / "site").symlink_to(tmp_path / "public", target_is_directory=True)
    build_here(project)
    (project / "content/about.md").unlink()
    assert build_here(project).foreign == ()
    assert not (tmp_path / "public/about.html").exists()


def test_a_site_that_leads_to_another_folder_now_loses_nothing_there(project: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    (project / "site").rename(tmp_path / "gone")
    (project / "site").symlink_to(tmp_path / "one", target_is_directory=True)
    build_here(project)
    (project / "site").unlink()
    (project / "site").symlink_to(tmp_path / "other", target_is_directory=True)
    write_files(tmp_path / "other", {"about.html": "mine"})
    (project / "content/about.md").unlink()
    assert build_here(project).foreign == ("about.html",)
    assert (tmp_path / "other/about.html").read_text() == "mine"


def test_a_project_that_was_moved_knows_its_pages(project: Path, tmp_path: Path) -> None:
    moved = project.rename(tmp_path / "moved")
    (moved / "content/about.md").unlink()
    assert build_here(moved).foreign == ()
    assert not (moved / "site/about.html").exists()


def test_a_site_that_is_a_link_to_nothing_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "site").rename(tmp_path / "gone")
    (project / "site").symlink_to(tmp_path / "nowhere")
    with pytest.raises(
        BuildRefused, match="is a link that leads nowhere; make the folder, or remove the link"
    ):
        build_here(project)


# What stands in the way


def test_a_pipe_in_the_place_of_a_page_is_replaced(project: Path) -> None:
    for name in (".nojekyll", PAGE):
        (project / "site" / name).unlink()
        os.mkfifo(project / "site" / name)
    write_files(project / "content", {CABLE: telegram(subject="ANOTHER ROAD")})
    (project / STATE).unlink()
    build_here(project)
    assert (project / "site/.nojekyll").is_file()


def test_a_folder_in_the_place_of_a_page_is_named(project: Path) -> None:
    (project / "site" / PAGE).unlink()
    (project / "site" / PAGE).mkdir()
    with pytest.raises(BuildFailed, match=rf"{PAGE}: Is a directory$"):
        build_here(project)
    assert temporary_files(project) == []


def test_a_folder_in_the_place_of_a_page_that_is_due_no_longer_stays(project: Path) -> None:
    (project / "site/about.html").unlink()
    write_files(project / "site", {"about.html/notes.txt": "mine"})
    (project / "content/about.md").unlink()
    assert build_here(project).foreign == ("about.html/notes.txt",)
    assert build_here(project).nothing_to_do


def test_what_killed_builds_have_left_is_removed(project: Path) -> None:
    left = {
        "site/cable/0123456789abcdef.cablepress-new": "half",
        ".cablepress/spool/000001": "half",
        ".cablepress/state-new.sqlite": "half",
    }
    write_files(project, left)
    write_files(project / "content", {CABLE: telegram(subject="ANOTHER ROAD")})
    assert build_here(project).foreign == ()
    assert not any((project / name).exists() for name in left)


# A state that is not what it was


def lose_the_site(project: Path) -> None:
    (project / "site").rename(project / "lost")


def lose_a_folder(project: Path) -> None:
    (project / "site/tag").rename(project / "lost")


def cut_the_state(project: Path) -> None:
    os.truncate(project / STATE, 20 * 4096)


# Changes all that there is, and ends before it has done so; the old pages lie in the journal.
_ENDS_IN_A_CHANGE = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.executescript("PRAGMA cache_size = 1; BEGIN; UPDATE cable SET subject = 'half', address = address || 'x'; DELETE FROM page")
os._exit(9)
"""


def end_in_a_change(project: Path) -> None:
    subprocess.run([sys.executable, "-c", _ENDS_IN_A_CHANGE, str(project / STATE)], check=False)
    assert (project / f"{STATE}-journal").stat().st_size > 0


def end_in_a_change_and_lose_the_state(project: Path) -> None:
    end_in_a_change(project)
    (project / STATE).unlink()


@pytest.mark.parametrize(
    "damage",
    [
        lose_the_site,
        lose_a_folder,
        cut_the_state,
        end_in_a_change,
        end_in_a_change_and_lose_the_state,
    ],
)
def test_the_next_build_mends_what_was_damaged(
    tmp_path: Path, damage: Callable[[Path], None], after: Mapping[str, bytes]
) -> None:
    lay(tmp_path, AFTER)
    build_here(tmp_path)
    damage(tmp_path)
    build_here(tmp_path)
    assert snapshot(tmp_path / "site") == after
    assert temporary_files(tmp_path) == []
    with sqlite3.connect(tmp_path / STATE) as state:
        assert state.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert build_here(tmp_path).nothing_to_do


@pytest.mark.parametrize("eighth", range(8))
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_state_of_which_a_part_is_lost_is_made_anew(
    tmp_path: Path, eighth: int, is_edited: bool, after: Mapping[str, bytes]
) -> None:
    lay(tmp_path, AFTER if not is_edited else BEFORE)
    build_here(tmp_path)
    pages = (tmp_path / STATE).stat().st_size // 4096
    with (tmp_path / STATE).open("r+b") as file:
        file.seek(pages * eighth // 8 * 4096)
        file.write(b"\xff" * 4096 * (pages // 8))
    lay(tmp_path, AFTER)
    report = build_here(tmp_path)
    built = snapshot(tmp_path / "site")
    assert after.items() <= built.items()
    # What it can say no more of old pages is said of them as of any file that is not its own.
    assert report.foreign_count == len(built) - len(after)
    assert build_here(tmp_path).nothing_to_do


def test_a_state_that_is_held_by_another_program_is_not_forgotten(
    tmp_path: Path, after: Mapping[str, bytes]
) -> None:
    lay(tmp_path, BEFORE)
    build_here(tmp_path)
    lay(tmp_path, AFTER)
    reader = sqlite3.connect(tmp_path / STATE, isolation_level=None)
    reader.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BuildFailed, match=r"\.cablepress: database is locked$"):
        build_here(tmp_path)
    reader.close()
    assert build_here(tmp_path).foreign == ()
    assert snapshot(tmp_path / "site") == after


# Edits while a build is at work


@pytest.mark.parametrize("stage", ["Reading", "Writing cables", "Writing indexes"])
@pytest.mark.parametrize("begins", ["anew", "again"])
def test_edits_under_a_build_are_taken_up_by_the_next(
    tmp_path: Path, stage: str, begins: str, after: Mapping[str, bytes]
) -> None:
    lay(tmp_path, BEFORE)
    if begins == "again":
        build_here(tmp_path)
        lay(tmp_path, edited(BEFORE, seed=2))

    def edit(at: str, done: int, total: int) -> None:
        if at == stage:
            lay(tmp_path, AFTER)

    build_site(
        tmp_path,
        load_settings(tmp_path),
        content=tmp_path / "content",
        site=tmp_path / "site",
        today=TODAY,
        progress=edit,
    )
    assert build_here(tmp_path).foreign == ()
    assert snapshot(tmp_path / "site") == after
    assert build_here(tmp_path).nothing_to_do


@pytest.mark.parametrize("stage", ["Reading", "Writing cables", "Writing indexes"])
def test_a_site_that_is_removed_under_a_build_is_whole_after_the_next(
    tmp_path: Path, stage: str, after: Mapping[str, bytes]
) -> None:
    lay(tmp_path, AFTER)

    def remove(at: str, done: int, total: int) -> None:
        if at == stage:
            shutil.rmtree(tmp_path / "site", ignore_errors=True)

    with suppress(BuildFailed):  # it may or may not come to know
        build_site(
            tmp_path,
            load_settings(tmp_path),
            content=tmp_path / "content",
            site=tmp_path / "site",
            today=TODAY,
            progress=remove,
        )
    build_here(tmp_path)
    assert snapshot(tmp_path / "site") == after
    assert build_here(tmp_path).nothing_to_do


# Work that goes wrong


def work(folder: Path, number: int) -> None:
    if number == 0:
        raise LookupError
    time.sleep(0.5)
    (folder / str(number)).touch()


def test_when_work_goes_wrong_no_other_is_still_under_way(tmp_path: Path) -> None:
    with executor_of(2) as executor:
        with pytest.raises(LookupError):
            list(in_order(executor, 2, work, ((tmp_path, number) for number in range(3))))
        done = snapshot(tmp_path)
        time.sleep(1)
        assert snapshot(tmp_path) == done
