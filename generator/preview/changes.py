"""What has changed and was not built yet. Pure: the clock is the caller's.

Changes come in bursts: an editor writes a copy and renames it, `git checkout` touches thousands of files. They are
held until nothing has changed for a moment, and then built together.
"""

from pathlib import Path

# Long enough for the two or three events of one save, too short to be noticed.
QUIET = 0.1

# A stream of changes that never pauses is built all the same.
LONGEST = 10.0

# Past this many files, looking at the whole archive is as quick as looking at each, and cannot miss any.
MOST = 200


class Changes:
    """The paths that have changed since the last `take`. Times are seconds of any clock that never goes back."""

    def __init__(self, *, quiet: float = QUIET, longest: float = LONGEST) -> None:
        self._quiet = quiet
        self._longest = longest
        self._paths: set[Path] = set()
        self._first = 0.0  # when the oldest of them was noted
        self._last = 0.0  # when the newest was

    @property
    def paths(self) -> frozenset[Path]:
        """The paths noted so far."""
        return frozenset(self._paths)

    def note(self, path: Path, now: float) -> None:
        """Note that a file or folder has changed, come or gone."""
        if not self._paths:
            self._first = now
        self._paths.add(path)
        self._last = now

    def wait(self, now: float) -> float | None:
        """Seconds until the changes should be built, 0.0 if that is now; None while there are none."""
        if not self._paths:
            return None
        return max(0.0, min(self._last + self._quiet, self._first + self._longest) - now)

    def take(self) -> frozenset[Path]:
        """All that has changed; from then on nothing has."""
        paths = self.paths
        self._paths.clear()
        return paths
