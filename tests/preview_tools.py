"""A running preview for tests: a session in a thread, what it said, and a client that asks it."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from site_tools import TODAY

from generator.build.report import Progress
from generator.preview import Session, Wishes

PATIENCE = 120.0  # seconds; reached only by what is broken


def wait_until(holds: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


@dataclass
class Said:
    """A terminal that keeps what was said."""

    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)

    def progress(self) -> AbstractContextManager[Progress]:
        return nullcontext(lambda stage, done, total: None)

    @property
    def builds(self) -> list[str]:
        """What was said of each build, without the time of day."""
        return [line[9:] for line in self.lines if line[2:3] == ":"]


@dataclass
class Preview:
    """A preview that runs."""

    project: Path
    url: str
    said: Said
    session: Session

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port is not None
        return port

    @property
    def site(self) -> Path:
        return self.project / ".cablepress/preview/published/site"

    def page(self, address: str) -> str:
        """The text of a page, '' where there is none."""
        status, _, body = ask(self.port, f"/{address}")
        return body.decode("utf-8") if status == 200 else ""

    def wait_for(self, address: str, words: str) -> None:
        wait_until(lambda: words in self.page(address))

    def wait_for_rest(self) -> None:
        """Wait until nothing has been built for a while, so that a build too many would have been seen."""
        while True:
            before = len(self.said.builds)
            time.sleep(1.0)
            if len(self.said.builds) == before and not self.news()["is_building"]:
                return

    def news(self) -> dict[str, Any]:
        """The news as they are now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/-/events")
        events = connection.getresponse()
        try:
            return next_news(events)
        finally:
            events.close()
            connection.close()


def next_news(events: http.client.HTTPResponse) -> dict[str, Any]:
    """The next news of a stream of events."""
    while True:
        line = events.readline().decode("utf-8")
        assert line, "the stream has ended"
        if line.startswith("data: "):
            news: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return news


def ask(
    port: int, target: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Ask for a target exactly as it is written: status, headers in small letters, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.putrequest(method, target, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


@contextmanager
def running_preview(project: Path, wishes: Wishes | None = None) -> Iterator[Preview]:
    """A preview of a project, once its first build is done."""
    said = Said()
    session = Session(project, wishes or Wishes(port=0), said, today=lambda: TODAY)
    urls: list[str] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            session.run(started=urls.append)
        except BaseException as error:
            errors.append(error)
            raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        wait_until(lambda: urls or errors)
        assert not errors, errors
        preview = Preview(project=project, url=urls[0], said=said, session=session)
        wait_until(lambda: said.builds)
        yield preview
    finally:
        session.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
