"""The command line: words in, one call, exit status out.

`commands` holds the words: every command, its options and their help, and imports nothing but click, so that help is
there at once. The work of each command is a module of its own name, imported when the command runs; `ending` is how
it ends.
"""

import sys

import click

from generator.cli.commands import cablepress
from generator.cli.ending import DONE, INTERRUPTED, WRONG_CALL, stop

__all__ = ["cablepress", "main"]


def main() -> None:
    """Run the command line."""
    # What a terminal cannot show, such as the name of a file that is no text, is shown as its number.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(cablepress(standalone_mode=False) or DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_CALL)
    except (click.Abort, KeyboardInterrupt):
        stop("interrupted", INTERRUPTED)
