"""How commands end before they are done: interrupted, or with nobody listening."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from site_tools import broken_links, telegram, write_files
from terminal import on_a_terminal
from test_cli import PROGRAM, run


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_files(folder / "content", {f"{n}.txt": telegram(n) for n in range(1, 2000)})
    return folder


SAID = {
    "build": "cablepress: interrupted; no page is left half-written, and the next build completes the site\n",
    "check": "cablepress: interrupted; nothing was written\n",
}


@pytest.mark.parametrize("command", SAID)
def test_interrupted_a_command_says_what_is_left_in_a_sentence(project: Path, command: str) -> None:
    child = subprocess.Popen(
        [str(PROGRAM), command],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stderr is not None
    begun = child.stderr.readline()
    # As a terminal does, to all that the command has started.
    os.killpg(child.pid, signal.SIGINT)
    shown, said = child.communicate(timeout=60)
    assert begun.startswith("Reading: ")
    assert (child.returncode, shown) == (130, "")
    assert said.endswith(SAID[command])
    assert [line for line in said.splitlines() if not line.startswith(("Reading: ", "cablepress: "))] == []


def test_after_an_interrupted_build_the_next_completes_the_site(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{n}.txt": telegram(n) for n in range(1, 700)})
    ended = on_a_terminal(
        str(PROGRAM), "build", folder=tmp_path, interrupt_when=lambda shown: "Writing cables" in shown
    )
    assert ended.status == 130
    line, _, said = ended.shown.rpartition("\x1b[2K")
    assert line.endswith("\x1b[?25h\r\x1b[1A")  # the cursor is there again
    assert said == SAID["build"]
    assert run("build", folder=tmp_path).returncode == 0
    assert list(broken_links(tmp_path / "site")) == []


@pytest.mark.parametrize("words", [("parse", "--json"), ("parse",)])
def test_who_reads_only_the_beginning_hears_no_complaint(project: Path, words: tuple[str, ...]) -> None:
    files = [f"content/{n}.txt" for n in range(1, 1000)]
    child = subprocess.Popen(
        [str(PROGRAM), *words, *files], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stderr is not None
    assert b"08STRELSAU1" in child.stdout.readline()
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(timeout=60) == 1
