"""The live line of a terminal: the stage, a bar, how much of how much, the rate and the time left."""

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from generator.cli.progress import Pace, amount, amounts, duration

_EVERY = 0.1  # seconds between two drawings
_WIDEST = 100  # columns


class LiveLine:
    """One line on standard error, drawn anew as the work goes on, and taken away at its end."""

    def __init__(self, *, in_bytes: bool) -> None:
        console = Console(stderr=True, highlight=False)
        console.width = min(console.width, _WIDEST)
        self._in_bytes = in_bytes
        self._pace = Pace()
        self._shown = 0.0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(None, style="dim", complete_style="default", finished_style="default"),
            TextColumn("{task.fields[amounts]}"),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[left]}"),
            console=console,
            auto_refresh=False,  # a thread of its own would be forked with the workers
            redirect_stdout=False,
            redirect_stderr=False,
            transient=True,
            expand=True,
        )
        self._task = self._bar.add_task("", total=None, visible=False, amounts="", rate="", left="")

    def __enter__(self) -> "LiveLine":
        """Show the line."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self._bar.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, if the line is not new."""
        is_new = self._pace.update(stage, done, total)
        now = time.monotonic()
        if not is_new and now - self._shown < _EVERY:
            return
        self._shown = now
        rate, left = self._pace.rate, self._pace.seconds_left
        self._bar.update(
            self._task,
            description=stage,
            completed=done,
            total=total,
            visible=True,
            amounts=amounts(done, total, in_bytes=self._in_bytes),
            rate="" if rate is None else f"{amount(rate, in_bytes=self._in_bytes)}/s",
            left="" if left is None else f"{duration(left)} left",
        )
        self._bar.refresh()
