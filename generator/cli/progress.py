"""How far the work is: one live line on a terminal, a plain line now and then elsewhere, nothing for who wants none.

Nothing runs beside the work. A line is drawn when the work tells how far it is, and then only if the last is old
enough; so no thread is there when a build forks its workers.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

# Called with the name of a stage, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

_EVERY = 10.0  # seconds between plain lines

_MINUTE, _HOUR = 60, 3600


@contextmanager
def shown_progress(*, quiet: bool = False, in_bytes: bool = False) -> Iterator[Progress]:
    """A progress that shows on standard error what it is told, as fits where that goes."""
    if quiet:
        yield _show_nothing
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        from generator.cli.live_line import LiveLine  # rich, which only a terminal needs

        with LiveLine(in_bytes=in_bytes) as line:
            yield line.update
    else:
        yield PlainLines(sys.stderr, in_bytes=in_bytes).update


def _show_nothing(stage: str, done: int, total: int) -> None:
    """A progress for who wants none."""


class Pace:
    """How fast a stage goes, and how long it will take; the first that is told of a stage is where it begins."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.stage = ""
        self._began = 0.0
        self._before = 0
        self._done = 0
        self._total = 0

    def update(self, stage: str, done: int, total: int) -> bool:
        """Note how far a stage is; whether it is another stage than before."""
        is_new = stage != self.stage
        if is_new:
            self.stage, self._began, self._before = stage, self._clock(), done
        self._done, self._total = done, total
        return is_new

    @property
    def rate(self) -> float | None:
        """How much is done in a second; None while that cannot be said."""
        seconds = self._clock() - self._began
        return (self._done - self._before) / seconds if seconds and self._done > self._before else None

    @property
    def seconds_left(self) -> float | None:
        """None while that cannot be said."""
        rate = self.rate
        return (self._total - self._done) / rate if rate else None


class PlainLines:
    """A line at the start of each stage, and then one every ten seconds."""

    def __init__(
        self, stream: TextIO, *, in_bytes: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._in_bytes = in_bytes
        self._clock = clock
        self._pace = Pace(clock)
        self._shown = 0.0

    def update(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is, if that was not said a moment ago."""
        is_new = self._pace.update(stage, done, total)
        now = self._clock()
        if not is_new and now - self._shown < _EVERY:
            return
        self._shown = now
        said = [f"{stage}: {amounts(done, total, in_bytes=self._in_bytes)}"]
        if (rate := self._pace.rate) is not None:
            said.append(f"{amount(rate, in_bytes=self._in_bytes)} a second")
        if (left := self._pace.seconds_left) is not None:
            said.append(f"{duration(left)} left")
        # Nobody may read it any more; the work goes on.
        with suppress(OSError):
            print(", ".join(said), file=self._stream, flush=True)


def amounts(done: int, total: int, *, in_bytes: bool) -> str:
    """'250 of 10,000', '1.2 of 40.0 MB'."""
    if not in_bytes:
        return f"{done:,} of {total:,}"
    scale, unit = _unit(total)
    return f"{done / scale:,.1f} of {total / scale:,.1f} {unit}"


def amount(count: float, *, in_bytes: bool) -> str:
    """'10,000', '40.0 MB'."""
    if not in_bytes:
        return f"{count:,.0f}"
    scale, unit = _unit(count)
    return f"{count / scale:,.1f} {unit}"


def _unit(count: float) -> tuple[int, str]:
    return (1000, "kB") if count < 1_000_000 else (1_000_000, "MB")


def duration(seconds: float) -> str:
    """'14 s', '2 min 05 s', '1 h 12 min'."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
