"""How a command ends: its exit status, and the sentence that goes with it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

DONE = 0
PROBLEMS = 1  # the work found problems (`--strict`, `check`)
WRONG_CALL = 2  # the call, the settings, the ledger or a template
UNFINISHED = 3  # disk, permission
INTERRUPTED = 130


def stop(message: str, status: int) -> NoReturn:
    """End with a sentence on standard error."""
    click.echo(f"cablepress: {message}", err=True)
    sys.exit(status)


@contextmanager
def interruptible(consequence: str) -> Iterator[None]:
    """End with a sentence where the work is interrupted; `consequence` says what is left, and what to do."""
    try:
        yield
    except KeyboardInterrupt:
        # One who is impatient presses again, and must not get a traceback of the ending.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(f"interrupted; {consequence}", INTERRUPTED)
