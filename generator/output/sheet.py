"""Lines of text for a terminal or a file: prose wrapped, what was found left as it is.

Only what stands before a reader as a word of ours is coloured, and only on a terminal. What comes from telegrams and
names of files is shown, never obeyed: a control character in it could move the cursor or change the words above.
"""

import shutil
import textwrap

import click

from generator.problem import Problem, Severity

SEVERITY_WORDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}

_INDENT = "    "
_WIDEST = 100  # columns of prose
_NARROWEST = 30

_CONTROLS = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {ord("\t"): " "}


class Sheet:
    """Standard output, or standard error, as lines of text."""

    def __init__(self, *, err: bool = False) -> None:
        self._err = err
        self._width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))

    def line(self, text: str = "", *, bold: bool = False) -> None:
        """A line as it is, however long."""
        text = text.translate(_CONTROLS)
        click.echo(click.style(text, bold=True) if bold else text, err=self._err)

    def lines(self, text: str) -> None:
        """Some lines as they are."""
        for line in text.split("\n"):
            self.line(line)

    def prose(self, text: str, *, indent: str = "", hanging: str = "") -> None:
        """A sentence, wrapped; its later lines stand further in by `hanging`. A word is never broken."""
        for line in textwrap.wrap(
            text,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ):
            self.line(line)

    def heading(self, text: str) -> None:
        """A heading with a blank line above."""
        self.line()
        self.line(text, bold=True)

    def kind(self, severity: Severity, code: str, count: int = 1) -> None:
        """The line that opens a kind of problem: 'warning not-a-telegram, 2 times'."""
        word = click.style(SEVERITY_WORDS[severity], fg=_COLOURS[severity])
        times = f", {count:,} times" if count > 1 else ""
        click.echo(f"{word} {click.style(code, bold=True)}{times}", err=self._err)

    def problem(self, problem: Problem) -> None:
        """A problem below the line of its kind: where it is, what was found, the spot."""
        found = "; ".join(filter(None, [problem.message, problem.next_step]))
        self.prose(f"{problem.location}: {found}", indent=_INDENT, hanging=_INDENT)
        if problem.excerpt:
            excerpt, column = _cut(problem.excerpt, problem.column, self._width - 2 * len(_INDENT))
            self.line(_INDENT * 2 + excerpt)
            if column:
                self.line(_INDENT * 2 + " " * (column - 1) + "^")


def _cut(excerpt: str, column: int | None, width: int) -> tuple[str, int | None]:
    """As much of a line as is `width` wide, with the spot in it, and where the spot is then."""
    if len(excerpt) <= width:
        return excerpt, column
    before = max(0, (column or 1) - 1 - width // 2)
    return excerpt[before : before + width], column - before if column else None
