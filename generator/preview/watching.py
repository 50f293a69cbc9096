"""Watches the folders of a project, by the system's own events or by polling.

Only what may change content counts: reading our own sources makes events too, and must not lead to another build.
A watched folder may be deleted, replaced or come later; `look_after`, called now and then, finds that out. Where
the system has no watches left, or its events were lost, everything is taken to have changed.
"""

import errno
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from generator.preview.places import SETTINGS_FILES, Places

# An allow-list: opening and closing a file unread are events as well, and so is a change of its folder.
EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    FileClosedEvent,  # after it was written to
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

_POLL_EVERY = 0.5  # seconds

# What an exhausted system says: no watches left, no instances left.
_EXHAUSTED = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}

_LOG = logging.getLogger("watchdog")


def poll() -> BaseObserver:
    """An observer that looks at every file, twice a second."""
    return PollingObserver(timeout=_POLL_EVERY)


def native() -> BaseObserver:
    """An observer that the operating system wakes."""
    return Observer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Root:
    folder: Path  # as the rest of the program calls it
    is_recursive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    watch: ObservedWatch
    identity: tuple[int, int]  # of the folder when it was scheduled


class Watcher:
    """Calls `note` with each absolute path that may have changed, from a thread of its own.

    All methods belong to one other thread. `spare` is a folder that nobody else watches.
    """

    def __init__(
        self,
        note: Callable[[Path], None],
        places: Callable[[], Places],
        say: Callable[[str], None],
        *,
        spare: Path,
        start: Callable[[], BaseObserver] = native,
    ) -> None:
        """Nothing is watched before the first `look_after`. `places` gives what is to be watched at any time."""
        self._note = note
        self._places = places
        self._say = say
        self._spare = spare
        self._start = start
        self._observer: BaseObserver | None = None
        self._watched: dict[_Root, _Watched] = {}
        self._has_new_folders = False
        self._listener = _Listener(self._note_everything)

    def look_after(self) -> None:
        """Watch what is not watched yet: at the beginning, after settings have changed, after a folder was replaced.

        But for the first time, all of a folder is taken to have changed when its watch begins or ends.
        """
        is_first = self._observer is None
        roots = _roots(self._places())
        for root, watched in list(self._watched.items()):
            is_there = watched.identity == _identity(root.folder) and self._is_alive(watched.watch)
            if not is_there or root not in roots:
                self._forget(root)
                self._note_all(root)
        missing = [root for root in roots if root not in self._watched]
        try:
            self._watch(missing)
        except _NoWatchesError as error:
            self._say(f"{error}; files are looked at every {_POLL_EVERY} s instead")
            self._stop_observer()
            self._start = poll
            self._watch(roots)
            missing = list(roots)
        if not is_first:
            for root in missing:
                if root in self._watched:
                    self._note_all(root)

    def close(self) -> None:
        """Watch nothing any more."""
        self._stop_observer()
        _LOG.removeHandler(self._listener)
        _LOG.propagate = True

    def _watch(self, roots: Iterable[_Root]) -> None:
        """Begin to watch. Raises _NoWatchesError."""
        if self._observer is None:
            _LOG.addHandler(self._listener)
            _LOG.propagate = False
            try:
                self._observer = self._start()
                self._observer.start()
            except OSError as error:
                raise _NoWatchesError(_why(error)) from error
        for root in roots:
            self._schedule(self._observer, root)
        if self._has_new_folders:
            self._has_new_folders = False
            self._probe(self._observer)

    def _schedule(self, observer: BaseObserver, root: _Root) -> None:
        identity = _identity(root.folder)
        if identity is None:
            return
        real = root.folder.resolve()
        handler = _Handler(self._seen, folder=root.folder, real=real)
        try:
            watch = observer.schedule(handler, str(real), recursive=root.is_recursive, event_filter=EVENTS)
        except OSError as error:
            if error.errno in _EXHAUSTED:
                raise _NoWatchesError(_why(error)) from error
            return  # it is gone again, or may not be read; the next look tries once more
        self._watched[root] = _Watched(watch=watch, identity=identity)
        self._has_new_folders = True

    def _probe(self, observer: BaseObserver) -> None:
        """Raise _NoWatchesError if the system has none left: what lies deeper may be unwatched, and nobody says so."""
        if self._start is poll or not self._spare.is_dir():
            return
        try:
            watch = observer.schedule(
                FileSystemEventHandler(), str(self._spare), event_filter=[FileClosedEvent]
            )
        except OSError as error:
            if error.errno in _EXHAUSTED:
                raise _NoWatchesError(_why(error)) from error
            return
        observer.unschedule(watch)

    def _seen(self, path: Path, *, is_folder: bool) -> None:
        self._has_new_folders |= is_folder
        self._note(path)

    def _note_everything(self) -> None:
        for root in _roots(self._places()):
            self._note_all(root)

    def _note_all(self, root: _Root) -> None:
        for path in [root.folder] if root.is_recursive else [root.folder / name for name in SETTINGS_FILES]:
            self._note(path)

    def _is_alive(self, watch: ObservedWatch) -> bool:
        """Whether a watch still works; that of a folder that was deleted ends by itself."""
        if self._observer is None:
            return False
        return any(emitter.watch == watch and emitter.is_alive() for emitter in self._observer.emitters)

    def _forget(self, root: _Root) -> None:
        watched = self._watched.pop(root)
        if self._observer is not None:
            self._observer.unschedule(watched.watch)

    def _stop_observer(self) -> None:
        self._watched.clear()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None


class _NoWatchesError(Exception):
    """The system cannot watch; the text says why and what to do."""


def _why(error: OSError) -> str:
    limit = _EXHAUSTED.get(error.errno or 0)
    if limit is None:
        return f"The system cannot watch folders ({error.strerror})"
    return f"The system has no watches left (for more: sudo sysctl fs.inotify.{limit}=524288)"


class _Handler(FileSystemEventHandler):
    """Tells the paths of events below one folder, as the rest of the program calls them."""

    def __init__(self, seen: Callable[..., None], *, folder: Path, real: Path) -> None:
        self._seen = seen
        self._folder = folder
        self._real = real

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take one event."""
        for path in paths_of(event):
            if path.is_relative_to(self._real):
                self._seen(self._folder / path.relative_to(self._real), is_folder=event.is_directory)


def paths_of(event: FileSystemEvent) -> Iterator[Path]:
    """The paths that an event says have changed; none for events that change nothing."""
    if isinstance(event, tuple(EVENTS)):
        yield Path(os.fsdecode(event.src_path))
        if event.dest_path:
            yield Path(os.fsdecode(event.dest_path))


class _Listener(logging.Handler):
    """Hears in watchdog's log, the only place that tells it, that the system has dropped events."""

    def __init__(self, lost: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._lost = lost

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line of the log."""
        if "overflow" in record.getMessage().lower():
            self._lost()


def _roots(places: Places) -> tuple[_Root, ...]:
    return (
        _Root(folder=places.content, is_recursive=True),
        _Root(folder=places.templates, is_recursive=True),
        _Root(folder=places.project, is_recursive=False),
    )


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def watched_in_words(places: Places) -> str:
    """What is watched, for the line at the start."""
    folders = (f"{places.label(folder)}/" for folder in (places.content, places.templates))
    return ", ".join([*folders, *SETTINGS_FILES])
