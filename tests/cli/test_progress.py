"""How far the work is: plain lines for a log, one live line for a terminal, and no thread beside the work."""

import io
import re
import threading
from pathlib import Path

import pytest
from site_tools import telegram, write_files
from terminal import on_a_terminal
from test_cli import PROGRAM, run

from generator.cli.live_line import LiveLine
from generator.cli.progress import PlainLines, duration, shown_progress


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_log_has_a_line_at_the_start_of_each_stage_and_every_ten_seconds() -> None:
    log, clock = io.StringIO(), Clock()
    lines = PlainLines(log, clock=clock)
    for second in range(26):
        clock.seconds = 100.0 + second
        lines.update("Reading", 400 * second, 10_000)
    lines.update("Writing cables", 0, 10_000)
    assert log.getvalue() == (
        "Reading: 0 of 10,000\n"
        "Reading: 4,000 of 10,000, 400 a second, 15 s left\n"
        "Reading: 8,000 of 10,000, 400 a second, 5 s left\n"
        "Writing cables: 0 of 10,000\n"
    )


def test_bytes_are_told_as_such() -> None:
    log, clock = io.StringIO(), Clock()
    lines = PlainLines(log, in_bytes=True, clock=clock)
    lines.update("Importing", 0, 80_000_000)
    clock.seconds += 10
    lines.update("Importing", 2_500_000, 80_000_000)
    assert log.getvalue() == (
        "Importing: 0.0 of 80.0 MB\nImporting: 2.5 of 80.0 MB, 250.0 kB a second, 5 min 10 s left\n"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (3599, "59 min 59 s"), (4355, "1 h 12 min")],
)
def test_time_is_told_as_people_tell_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said


class Closed(io.StringIO):
    """A log that nobody reads any more."""

    def write(self, text: str, /) -> int:
        raise BrokenPipeError(text)


def test_a_log_that_nobody_reads_does_not_stop_the_work() -> None:
    PlainLines(Closed()).update("Reading", 1, 2)


def test_who_wants_quiet_gets_it(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress(quiet=True) as progress:
        progress("Reading", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_nothing_runs_beside_the_work() -> None:
    before = threading.active_count()
    with LiveLine(in_bytes=False) as line:
        line.update("Reading", 1, 2)
        assert threading.active_count() == before


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path / "content", {f"{n}.txt": telegram(n) for n in range(1, 600)})
    return tmp_path


def test_a_terminal_has_one_line_that_is_taken_away(project: Path) -> None:
    ended = on_a_terminal(str(PROGRAM), "build", folder=project)
    assert ended.status == 0
    line, _, report = ended.shown.rpartition("\x1b[2K")
    assert "Reading" in line
    assert "Writing cables" in line
    assert " of 599" in line
    assert line.count("\n") == 1  # the one that ends it
    assert line.endswith("\x1b[?25h\r\x1b[1A")  # the cursor is there again, on the line that is erased
    assert report.startswith("cables    599 published\n")


def test_no_colours_means_none_on_the_line_either(project: Path) -> None:
    shown = on_a_terminal(str(PROGRAM), "build", folder=project, NO_COLOR="1").shown
    assert "Reading" in shown
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)


def test_elsewhere_there_are_plain_lines(project: Path) -> None:
    said = run("build", folder=project).stderr.splitlines()
    assert re.fullmatch(r"Reading: \d+ of 599", said[0])
    assert any(re.fullmatch(r"Writing cables: \d+ of 599", line) for line in said)
    assert len(said) < 10
