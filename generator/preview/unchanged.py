"""Which of the files that were written to are other than before: a save that changes nothing is no change."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


class Digests:
    """What the files that changed while the preview ran hold; of others nothing is known."""

    def __init__(self) -> None:
        self._digests: dict[Path, bytes] = {}

    def changed(self, paths: Iterable[Path]) -> frozenset[Path]:
        """Those paths that are not files with the content they had when last asked about."""
        return frozenset(path for path in paths if self._has_changed(path))

    def forget(self, paths: Iterable[Path]) -> None:
        """Take these for changed when next asked about, whatever they hold."""
        for path in paths:
            self._digests.pop(path, None)

    def _has_changed(self, path: Path) -> bool:
        before = self._digests.pop(path, None)
        now = _digest(path)
        if now is not None:
            self._digests[path] = now
        return now is None or now != before


def _digest(path: Path) -> bytes | None:
    """A digest of a regular file; None for anything else."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "blake2b").digest()
    except OSError:
        return None
