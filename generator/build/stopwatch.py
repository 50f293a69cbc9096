"""Where the time of a build goes, stage by stage."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from generator.build.report import StageTime


class Stopwatch:
    """Counts the seconds of stages; a stage within a stage is not counted twice."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done within."""
        began = time.perf_counter()
        before = sum(self._seconds.values())
        try:
            yield
        finally:
            inner = sum(self._seconds.values()) - before
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - began - inner

    def times(self) -> tuple[StageTime, ...]:
        """The stages so far, in the order in which they began to be counted."""
        return tuple(StageTime(name=name, seconds=seconds) for name, seconds in self._seconds.items())
