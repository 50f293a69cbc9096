"""A preview from start to end: its parts, and the threads that they run in.

    watching   notes what has changed
    building   builds it and publishes the news
    serving    a thread for each connection; knows the site folder and the news, nothing else

The caller's thread looks after the watches and waits to be told to stop. Nothing that is wrong with the project ends
a session; only a call that cannot be served does.
"""

import secrets
import signal
import sqlite3
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.build.engine import STATE_FOLDER
from generator.build.report import BuildFailed, BuildRefused
from generator.build.sources import check_content
from generator.preview.building import Building, Terminal
from generator.preview.news import News, NewsBoard
from generator.preview.rebuilding import Rebuilder
from generator.preview.running_once import AlreadyRunningError, Claim
from generator.preview.server import NoPortError, PreviewServer, Serving, open_server
from generator.preview.watching import Watcher, native, poll, watched_in_words
from generator.settings import Settings, load_settings

# What each kind of preview is built into: drafts stay out of the other one.
PUBLISHED_FOLDER = Path(STATE_FOLDER, "preview", "published")
DRAFTS_FOLDER = Path(STATE_FOLDER, "preview", "drafts")

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000

_LOOK_AFTER_EVERY = 0.5  # seconds
_END_OF_BUILD = 10.0  # seconds that a build may take to stop


class PreviewRefused(Exception):
    """The call cannot be served; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the caller asks for."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT  # or the next that is free; 0 for any
    content: Path | None = None  # overrules the settings
    drafts: bool = False
    poll: bool = False
    reload: bool = True
    open_browser: bool = False


class Session:
    """The preview of one project."""

    def __init__(
        self,
        project: Path,
        wishes: Wishes,
        terminal: Terminal,
        *,
        today: Callable[[], Day],
        read_settings: Callable[[Path], Settings] = load_settings,
    ) -> None:
        """`today` gives the day by which embargoes end, `read_settings` the settings. Nothing is done before `run`."""
        self._project = project
        self._wishes = wishes
        self._terminal = terminal
        self._today = today
        self._read_settings = read_settings
        self._stop = threading.Event()
        self._refusal: BuildRefused | None = None

    def run(self, *, started: Callable[[str], None] | None = None) -> None:
        """Serve until `stop` is called, or Ctrl-C is pressed.

        `started` is called with the address once it can be asked. Raises PreviewRefused, and BuildFailed where the disk
        does not let it begin.
        """
        try:
            with self._running() as (url, building, watcher), _ended_by_signals(self.stop):
                if started is not None:
                    started(url)
                self._wait(url, building, watcher)
        except KeyboardInterrupt:
            pass
        if self._refusal is not None:
            raise PreviewRefused(str(self._refusal)) from self._refusal

    def stop(self) -> None:
        """Let `run` come to its end; from any thread."""
        self._stop.set()

    def _wait(self, url: str, building: Building, watcher: Watcher) -> None:
        is_to_open = self._wishes.open_browser
        while not self._stop.wait(_LOOK_AFTER_EVERY):
            watcher.look_after()
            if is_to_open and building.has_built.is_set():
                is_to_open = False
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    @contextmanager
    def _running(self) -> Iterator[tuple[str, Building, Watcher]]:
        """All parts at work while the context lasts; after it they are stopped, the last begun first."""
        wishes = self._wishes
        folder = self._project.resolve() / (DRAFTS_FOLDER if wishes.drafts else PUBLISHED_FOLDER)
        rebuilder = Rebuilder(
            self._project.resolve(),
            folder,
            content=wishes.content,
            drafts=wishes.drafts,
            today=self._today,
            read_settings=self._read_settings,
        )
        if rebuilder.has_settings:
            try:
                check_content(self._project / rebuilder.content)
            except BuildRefused as error:
                raise PreviewRefused(str(error)) from error
        board = NewsBoard(
            News(
                build=secrets.token_hex(4),
                is_ready=(rebuilder.site / "index.html").is_file(),
                is_building=True,
                is_failed=False,
                drafts=wishes.drafts,
                faults=(),
            )
        )
        with ExitStack() as parts:
            claim = _claim(folder)
            parts.callback(claim.release)
            server = _listen(wishes, Serving(site=rebuilder.site, board=board, reload=wishes.reload))
            parts.callback(server.server_close)
            claim.publish(server.url)
            building = Building(
                rebuilder, board, self._terminal, is_private=server.is_private, refused=self._refuse
            )
            watcher = Watcher(
                building.note,
                lambda: rebuilder.places,
                self._terminal.say,
                spare=folder,
                start=poll if wishes.poll else native,
            )
            parts.callback(watcher.close)
            watcher.look_after()  # before the first build, so that no change falls in between
            for line in _opening_lines(wishes, server, rebuilder):
                self._terminal.say(line)
            threading.Thread(target=server.serve_forever, args=(0.1,), name="serving", daemon=True).start()
            parts.callback(server.shutdown)
            parts.callback(board.close)
            building.start()
            parts.callback(building.stop, _END_OF_BUILD)
            yield server.url, building, watcher

    def _refuse(self, error: BuildRefused) -> None:
        self._refusal = error
        self.stop()


def _claim(folder: Path) -> Claim:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Claim(folder)
    except AlreadyRunningError as error:
        where = f", at {error.url}" if error.url else ""
        raise PreviewRefused(f"cablepress serve is running for this folder already{where}") from error
    except (OSError, sqlite3.Error) as error:
        raise BuildFailed(f"{folder}: {error}") from error


def _listen(wishes: Wishes, serving: Serving) -> PreviewServer:
    try:
        return open_server(wishes.host, wishes.port, serving)
    except NoPortError as error:
        raise PreviewRefused(str(error)) from error


def _opening_lines(wishes: Wishes, server: PreviewServer, rebuilder: Rebuilder) -> Iterator[str]:
    if wishes.port not in (0, server.port):
        yield f"Port {wishes.port} is taken; this is {server.port}"
    yield f"Serving {server.url} (Ctrl-C ends it)"
    if not server.is_private:
        yield "Every machine that reaches this one can read it"
    if wishes.drafts:
        yield "Drafts are shown; they are built into .cablepress/ and never into the site"
    how = "looking twice a second at" if wishes.poll else "Watching"
    then = "the browser reloads" if wishes.reload else "the browser does not reload (--no-reload)"
    yield f"{how[0].upper()}{how[1:]} {watched_in_words(rebuilder.places)}; {then}"


@contextmanager
def _ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """End as well when the system asks for it, not by Ctrl-C alone. Only the main thread hears signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
