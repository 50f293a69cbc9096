"""The real watcher on real folders, by the system's events and by polling."""

import errno
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from preview_tools import wait_until
from site_tools import write_files
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.preview.places import Places
from generator.preview.watching import Watcher, native, paths_of, poll, watched_in_words


@pytest.mark.parametrize(
    ("event", "paths"),
    [
        (FileCreatedEvent("/c/a"), ["/c/a"]),
        (FileModifiedEvent("/c/a"), ["/c/a"]),
        (FileDeletedEvent("/c/a"), ["/c/a"]),
        (FileClosedEvent("/c/a"), ["/c/a"]),
        (FileMovedEvent("/c/a", "/c/b"), ["/c/a", "/c/b"]),
        (FileCreatedEvent(b"/c/\xff"), ["/c/\udcff"]),
        (DirCreatedEvent("/c/a"), ["/c/a"]),
        (DirDeletedEvent("/c/a"), ["/c/a"]),
        (DirMovedEvent("/c/a", "/c/b"), ["/c/a", "/c/b"]),
        # Reading is not changing, and a folder's own change is that of something in it.
        (FileOpenedEvent("/c/a"), []),
        (FileClosedNoWriteEvent("/c/a"), []),
        (DirModifiedEvent("/c"), []),
        (FileSystemEvent("/c/a"), []),
    ],
)
def test_an_event_is_a_change_or_nothing(event: FileSystemEvent, paths: list[str]) -> None:
    assert [str(path) for path in paths_of(event)] == paths


class Watching:
    """A watcher, looked after all the time by a thread, and what it noted."""

    def __init__(self, project: Path, start: Callable[[], BaseObserver]) -> None:
        self.project = project
        self.noted: set[str] = set()
        self.said: list[str] = []
        self.places = Places(project=project, content=project / "content", templates=project / "templates")
        (project / ".cablepress").mkdir()
        self._watcher = Watcher(
            self._note, lambda: self.places, self.said.append, spare=project / ".cablepress", start=start
        )
        self._end = threading.Event()
        self._watcher.look_after()
        self._thread = threading.Thread(target=self._look_after, daemon=True)
        self._thread.start()

    def _note(self, path: Path) -> None:
        self.noted.add(path.relative_to(self.project).as_posix())

    def _look_after(self) -> None:
        while not self._end.wait(0.05):
            self._watcher.look_after()
        self._watcher.close()

    def wait_for(self, *names: str) -> None:
        wait_until(lambda: self.noted.issuperset(names))
        self.noted.clear()

    def wait_for_file(self, name: str) -> None:
        """Wait for a file, or for all of its folder, which is noted when a watch begins."""
        wait_until(lambda: self.noted & {name, name.partition("/")[0]})
        self.noted.clear()

    def close(self) -> None:
        self._end.set()
        self._thread.join()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, {"content/a.txt": "a", "content/2008/b.txt": "b", "templates/cable.html": "c"})
    return tmp_path


@pytest.fixture(params=[native, poll])
def watching(project: Path, request: pytest.FixtureRequest) -> Iterator[Watching]:
    watching = Watching(project, request.param)
    yield watching
    watching.close()


def test_a_file_written_saved_by_rename_deleted_and_made_again_is_noted(watching: Watching) -> None:
    content = watching.project / "content"
    (content / "a.txt").write_text("another")
    watching.wait_for("content/a.txt")
    (content / "2008/.b.txt.new").write_text("another")
    (content / "2008/.b.txt.new").replace(content / "2008/b.txt")
    watching.wait_for("content/2008/b.txt")
    (content / "a.txt").unlink()
    watching.wait_for("content/a.txt")
    (content / "a.txt").write_text("a")
    watching.wait_for("content/a.txt")


def test_a_folder_that_comes_is_watched_too(
    watching: Watching, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_files(elsewhere, {"new/deep/er/c.txt": "c"})
    shutil.move(elsewhere / "new", watching.project / "content/new")
    watching.wait_for("content/new", "content/new/deep/er/c.txt")
    (watching.project / "content/new/deep/er/c.txt").write_text("another")
    watching.wait_for("content/new/deep/er/c.txt")
    (watching.project / "content/new").rename(watching.project / "content/old")
    watching.wait_for("content/new", "content/old")
    (watching.project / "content/old/deep/er/d.txt").write_text("d")
    watching.wait_for("content/old/deep/er/d.txt")


def test_settings_and_templates_are_watched(watching: Watching) -> None:
    write_files(watching.project, {"cablepress.toml": "", "templates/parts/x.html": "x"})
    watching.wait_for("cablepress.toml", "templates/parts/x.html")
    (watching.project / "cablepress.toml").unlink()
    watching.wait_for("cablepress.toml")


def test_a_folder_that_is_replaced_or_comes_later_is_watched_again(watching: Watching) -> None:
    for folder in ("content", "templates"):
        for _ in range(2):
            shutil.rmtree(watching.project / folder)
            watching.wait_for(folder)
            write_files(watching.project, {f"{folder}/new.txt": "new"})
            watching.wait_for(folder)
            (watching.project / folder / "new.txt").write_text("newer")
            watching.wait_for_file(f"{folder}/new.txt")
        (watching.project / folder).rename(watching.project / "away")
        watching.wait_for(folder)
        (watching.project / "away").rename(watching.project / folder)
        watching.wait_for(folder)
        (watching.project / folder / "new.txt").write_text("newest")
        watching.wait_for_file(f"{folder}/new.txt")
        (watching.project / folder / "new.txt").unlink()


def test_other_folders_are_watched_once_the_settings_name_them(watching: Watching) -> None:
    write_files(watching.project, {"telegrams/a.txt": "a"})
    watching.places = Places(
        project=watching.project,
        content=watching.project / "telegrams",
        templates=watching.project / "templates",
    )
    watching.wait_for("telegrams")
    (watching.project / "telegrams/a.txt").write_text("another")
    watching.wait_for_file("telegrams/a.txt")


def test_telegrams_behind_a_link_are_called_as_the_project_calls_them(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project / "content").rename(elsewhere / "telegrams")
    (project / "content").symlink_to(elsewhere / "telegrams")
    watching = Watching(project, native)
    (elsewhere / "telegrams/2008/b.txt").write_text("another")
    watching.wait_for("content/2008/b.txt")
    watching.close()


def test_reading_is_no_change(project: Path) -> None:
    watching = Watching(project, native)
    for path in project.rglob("*.txt"):
        path.read_text()
        list(os.scandir(path.parent))
    (project / "content/2008/b.txt").write_text("another")
    wait_until(lambda: "content/2008/b.txt" in watching.noted)
    assert watching.noted == {"content/2008/b.txt"}
    watching.close()


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "has no watches left (for more: sudo sysctl fs.inotify.max_user_watches=524288)"),
        (errno.EMFILE, "has no watches left (for more: sudo sysctl fs.inotify.max_user_instances=524288)"),
        (errno.ENOSYS, "cannot watch folders (it said why)"),
    ],
)
def test_without_watches_left_files_are_polled_and_it_is_said_once(
    project: Path, number: int, why: str
) -> None:
    def exhausted() -> BaseObserver:
        raise OSError(number, "it said why")

    watching = Watching(project, exhausted)
    assert watching.said == [f"The system {why}; files are looked at every 0.5 s instead"]
    (project / "content/a.txt").write_text("another")
    watching.wait_for("content/a.txt")
    watching.close()
    assert len(watching.said) == 1


def test_watches_that_run_out_when_folders_come_are_noticed(project: Path) -> None:
    observer = native()
    schedule = observer.schedule
    has_room = [True]

    def scheduled(handler: object, path: str, **others: object) -> ObservedWatch:
        if not has_room[0]:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return schedule(handler, path, **others)  # type: ignore[arg-type]

    observer.schedule = scheduled  # type: ignore[method-assign, assignment]
    watching = Watching(project, lambda: observer)
    has_room[0] = False
    (project / "content/new").mkdir()
    wait_until(lambda: watching.said)
    watching.wait_for("content", "templates", "cablepress.toml")  # what was missed meanwhile
    write_files(project, {"content/new/x/a.txt": "a"})
    watching.wait_for("content/new/x/a.txt")
    watching.close()


def test_when_events_were_lost_everything_has_changed(project: Path) -> None:
    watching = Watching(project, native)
    logging.getLogger("watchdog.observers.inotify_c").warning(
        "Inotify queue overflowed; filesystem events were lost"
    )
    watching.wait_for("content", "templates", "cablepress.toml", "pyproject.toml")
    watching.close()


def test_what_is_watched_is_said_in_words(project: Path) -> None:
    places = Places(project=project, content=project / "content", templates=project / "templates")
    assert watched_in_words(places) == "content/, templates/, cablepress.toml, pyproject.toml"
