"""Runs a program on a pseudo-terminal, as a person at a keyboard does."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest


@dataclass
class Ended:
    """What a program has left."""

    shown: str  # all that went to the terminal, escape sequences included
    status: int


def on_a_terminal(
    *command: str,
    folder: Path,
    stdout: bool = True,
    interrupt_when: Callable[[str], bool] = lambda _: False,
    answers: Mapping[str, str] = MappingProxyType({}),
    **environment: str,
) -> Ended:
    """Run a command whose standard error, and output, is a terminal of 80 columns.

    As soon as `interrupt_when` says so of what was shown, Ctrl-C is pressed: the whole foreground gets its signal. With
    `answers`, standard input is the terminal too: behind a question that is a key, its value is typed.
    """
    pty = pytest.importorskip("pty")  # no system but POSIX has it
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    child = subprocess.Popen(
        command,
        cwd=folder,
        stdin=theirs if answers else None,
        stdout=theirs if stdout else subprocess.DEVNULL,
        stderr=theirs,
        env={**inherited, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    interrupted = False
    waiting = dict(answers)
    try:
        while piece := os.read(ours, 65536):
            shown += piece
            if not interrupted and interrupt_when(shown.decode("utf-8", "replace")):
                interrupted = True
                os.killpg(child.pid, signal.SIGINT)
            for question in [one for one in waiting if one.encode() in shown]:
                os.write(ours, waiting.pop(question).encode())
    except OSError:  # Linux says so that the other end is closed
        pass
    os.close(ours)
    return Ended(shown.decode("utf-8").replace("\r\n", "\n"), child.wait(timeout=60))
