"""`cablepress serve` as a user meets it: whole processes, their words and how they end."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from preview_tools import PATIENCE, ask, wait_until
from site_tools import telegram, write_files

PROGRAM = Path(sys.executable).with_name("cablepress")

CABLE = "/cable/2008/02/08STRELSAU123.html"


class Served:
    """A process that serves, and the lines that it has printed so far."""

    def __init__(self, project: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [str(PROGRAM), "serve", *words],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NO_COLOR": "1"},
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, pattern: str) -> re.Match[str]:
        def found() -> re.Match[str] | None:
            return next(filter(None, (re.fullmatch(pattern, line) for line in list(self.lines))), None)

        wait_until(lambda: found() or self.process.poll() is not None)
        match = found()
        assert match is not None, self.lines
        return match

    @property
    def port(self) -> int:
        return int(self.wait_for(r"Serving http://127\.0\.0\.1:(\d+)/ \(Ctrl-C ends it\)")[1])

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status


@contextmanager
def served(project: Path, *words: str) -> Iterator[Served]:
    running = Served(project, *words)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, {"content/a.txt": telegram(123)})
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end_and_ends_quietly(project: Path, number: signal.Signals) -> None:
    with served(project, "--port", "0") as running:
        running.wait_for(r"\d\d:\d\d:\d\d 1 cable: \d+ pages in \d+\.\d\d s")
        assert b"/-/preview.js" in ask(running.port, CABLE)[2]  # reload is on unless it is turned off
        write_files(project, {"content/a.txt": telegram(123, subject="THE TIN ROAD")})
        running.wait_for(r"\d\d:\d\d:\d\d content/a\.txt: \d+ pages in \d+\.\d\d s")
        said = len(running.lines)
        assert (running.end(number), running.lines[said:]) == (0, [])
    assert running.lines[:2] == [
        f"Serving http://127.0.0.1:{running.port}/ (Ctrl-C ends it)",
        "Watching content/, templates/, cablepress.toml, pyproject.toml; the browser reloads",
    ]
    assert not (project / "site").exists()


def test_it_ends_quietly_while_a_browser_waits_for_news_and_while_it_builds(project: Path) -> None:
    write_files(project, {f"content/{n}.txt": telegram(n, post="ZENDA") for n in range(1, 2000)})
    with (
        served(project, "--port", "0") as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as browser,
    ):
        browser.sendall(b"GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert browser.recv(12) == b"HTTP/1.1 200"
        assert running.end(signal.SIGINT) == 0
    assert running.lines[2:] == []


def test_what_is_broken_is_said_in_short(project: Path) -> None:
    with served(project, "--port", "0") as running:
        running.wait_for(".* 1 cable: .*")
        write_files(project, {"cablepress.toml": "titel = 1\n"})
        running.wait_for(r"\d\d:\d\d:\d\d cablepress\.toml: not built")
        running.wait_for("  cablepress.toml:1: unknown key 'titel'; did you mean 'title'\\?")
        assert ask(running.port, CABLE)[0] == 200
        assert running.end(signal.SIGINT) == 0


def test_options_say_what_they_do(project: Path) -> None:
    with served(
        project,
        "--port",
        "0",
        "--no-reload",
        "--drafts",
        "--poll",
        "--content",
        "content",
        "--date",
        "2026-01-01",
    ) as running:
        running.wait_for(".* 1 cable: .*")
        assert running.lines[1:3] == [
            "Drafts are shown; they are built into .cablepress/ and never into the site",
            "Looking twice a second at content/, templates/, cablepress.toml, pyproject.toml; "
            "the browser does not reload (--no-reload)",
        ]
        assert b"preview.js" not in ask(running.port, CABLE)[2]
        assert running.end(signal.SIGINT) == 0


def test_a_browser_is_opened_once_there_is_something_to_see(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = tmp_path_factory.mktemp("browser") / "opened"
    browser = opened.with_name("browser")
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new\nmv {opened}.new {opened}\n')
    browser.chmod(0o755)
    environment = os.environ.get("BROWSER")
    os.environ["BROWSER"] = str(browser)
    try:
        with served(project, "--port", "0", "--open") as running:
            wait_until(opened.exists)
            assert opened.read_text() == f"http://127.0.0.1:{running.port}/\n"
            running.wait_for(".* 1 cable: .*")
            assert running.end(signal.SIGINT) == 0
    finally:
        os.environ.pop("BROWSER")
        if environment is not None:
            os.environ["BROWSER"] = environment


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--content", "nowhere"], 2, "cablepress: there is no folder nowhere; put telegrams there"),
        (["--content", "."], 2, "cablepress: the site ("),
        (["--date", "soon"], 2, "cablepress: --date must be a day such as 2026-11-24, not 'soon'"),
        (["--host", "no.such.host.invalid"], 2, "cablepress: no.such.host.invalid is no address of this machine"),
        (["--port", "70000"], 2, "Usage:"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_served_ends_in_a_sentence(
    project: Path, words: list[str], status: int, said: str
) -> None:
    with served(project, "--port", "0", *words) as running:
        assert running.process.wait(PATIENCE) == status
        wait_until(lambda: any(line.startswith(said) for line in running.lines))
        assert not any("Traceback" in line for line in running.lines)


def test_a_second_preview_of_the_same_folder_names_the_first(project: Path) -> None:
    with served(project, "--port", "0") as first:
        url = f"http://127.0.0.1:{first.port}/"
        with served(project, "--port", "0") as second:
            assert second.process.wait(PATIENCE) == 2
            second.wait_for(f"cablepress: cablepress serve is running for this folder already, at {url}")
        first.process.kill()  # which leaves no lock behind
        first.process.wait()
    with served(project, "--port", "0") as third:
        third.wait_for(".* 1 cable: .*")
        assert third.end(signal.SIGINT) == 0


def test_a_folder_that_may_not_be_written_ends_with_status_3(project: Path) -> None:
    write_files(project, {".cablepress": "a file"})
    with served(project, "--port", "0") as running:
        assert running.process.wait(PATIENCE) == 3
        running.wait_for("cablepress: the preview could not begin: .*")
