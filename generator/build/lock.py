"""A folder that one process at a time may write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.build.report import BuildRefused, near

_LOCK = "lock.sqlite"


@contextmanager
def locked(folder: Path, who: str) -> Iterator[None]:
    """Keep others away from a folder; the system lets go of the lock, however this process ends.

    Raises BuildRefused where another has it; `who` says what that is: 'another build'.
    """
    lock = _exclusive(folder, who)
    try:
        yield
    finally:
        lock.close()


def _exclusive(folder: Path, who: str) -> sqlite3.Connection:
    """A connection to the file that only one may have."""
    file = folder / _LOCK
    lock = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise BuildRefused(f"{who} is at work in {near(folder)}") from None
    except sqlite3.DatabaseError:
        lock.close()
        file.unlink()  # it holds nothing, and whatever it is now can lock nothing
        return _exclusive(folder, who)
    return lock
