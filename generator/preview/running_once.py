"""One preview at a time for one folder: two builds into the same folder would undo each other.

The lock is SQLite's, since the system releases it whenever the program ends, however it ends.
"""

import sqlite3
from pathlib import Path

_LOCK = "lock.sqlite"
_ADDRESS = "address.txt"


class AlreadyRunningError(Exception):
    """Another preview builds into the folder; `url` is where it is served, '' if that is not known."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(url)


class Claim:
    """A folder that is ours until `release`, or until the program ends."""

    def __init__(self, folder: Path) -> None:
        """Claim an existing folder. Raises AlreadyRunningError."""
        self._address = folder / _ADDRESS
        self._database = sqlite3.connect(
            folder / _LOCK, isolation_level=None, timeout=0, check_same_thread=False
        )
        try:
            self._database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._database.close()
            raise AlreadyRunningError(self._read()) from error

    def publish(self, url: str) -> None:
        """Note where the folder is served."""
        self._address.write_text(url, encoding="utf-8")

    def release(self) -> None:
        """Let others have the folder."""
        self._address.unlink(missing_ok=True)
        self._database.close()

    def _read(self) -> str:
        try:
            return self._address.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""
