"""What `cablepress serve` shows on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from generator.build.report import Progress
from generator.cli.progress import shown_progress


class PreviewTerminal:
    """A line for each build, and a live line while the first one runs."""

    def say(self, line: str) -> None:
        """Print a line, at once; where nobody reads any more, the preview goes on all the same."""
        with suppress(BrokenPipeError):
            click.echo(line)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show how far a build is."""
        with shown_progress() as progress:
            yield progress
