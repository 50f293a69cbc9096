"""`cablepress parse`: what is understood of a telegram."""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from generator.cli.call import settings_here
from generator.cli.ending import PROBLEMS
from generator.intake.find import unreadable
from generator.intake.read import Source, understand
from generator.output.parse import describe_cable
from generator.output.sheet import Sheet
from generator.problem import Problem, format_problem
from generator.settings import project_lexicon
from generator.telegram.messages import parse_messages

_STDIN = "-"


def run(files: Iterable[str], *, as_json: bool) -> None:
    """Show each cable; status 1 if a file could not be read."""
    lexicon = project_lexicon(settings_here())
    sheet = Sheet()
    failed = False
    shown = 0
    for name in files:
        source = _read(name)
        if isinstance(source, Problem):
            Sheet(err=True).lines(format_problem(source))
            failed = True
            continue
        for cable in parse_messages(
            source.text, source=source.path, first_line=source.first_line, lexicon=lexicon
        ):
            if as_json:
                click.echo(json.dumps(cable.to_dict(), ensure_ascii=False))
            else:
                if shown:
                    sheet.line()
                sheet.lines(describe_cable(cable))
            shown += 1
    if failed:
        sys.exit(PROBLEMS)


def _read(name: str) -> Source | Problem:
    """The text of a file or of standard input, whatever its name says."""
    try:
        data = sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
    except OSError as error:
        return replace(unreadable(name, error), next_step="")  # that one is for who builds
    return understand(data, path="<stdin>" if name == _STDIN else name, kind="cable")
