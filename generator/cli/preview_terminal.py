"""What `cablepress serve` shows on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from generator.build.report import Progress
from generator.cli.progress import shown_progress


class PreviewTerminal:
    """A line for each build, and a live line while the first one runs."""

    def say(self, line: str) -> None:
        """Print a line, at once: the output may be read by another program."""
        click.echo(line)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show how far a build is."""
        with shown_progress() as progress:
            yield progress
