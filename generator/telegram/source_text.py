"""The lines of a source: as found, and as a parser can read them.

Both have the same length, so that every finding knows its line, and what is taken out for reading
(control characters, soft hyphens, the trailing blanks of fixed-width exports) is still there to be
shown. Only CR, LF and CRLF end a line: a form feed or a Unicode separator does not.
"""

import re
from dataclasses import dataclass

from generator.problem import Problem, Severity

_LINE_END = re.compile(r"\r\n?|\n")

# Kept: tab, and the printable rest. A form feed ends a page, never a line, and reads as a blank.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u200b-\u200d\u2060\ufeff]")
# Markdown escapes that an export has left: '1\\.' and 'VZCZC\\_'.
_ESCAPE = re.compile(r"\\(?=[\\.*_#()\[\]{}+!>-])")
_BLANKS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\x0c": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A source as two tuples of lines of equal length."""

    name: str  # what the caller calls the source; problems name it
    first_line: int  # number of lines[0] in the original file, 1 unless front matter precedes
    raw: tuple[str, ...]  # with '\n' at the end of each but, perhaps, the last
    lines: tuple[str, ...]  # readable: no line end, no trailing blanks, no control characters
    removed: int  # how many control characters `lines` is without

    def line_number(self, index: int) -> int:
        """The 1-based line of the original file at which lines[index] stands."""
        return self.first_line + index

    def problem(
        self,
        index: int | None,
        code: str,
        message: str,
        *,
        severity: Severity = "warning",
        next_step: str = "",
        column: int | None = None,
    ) -> Problem:
        """A Problem at lines[index], that line as its excerpt; None means the whole source."""
        inside = index is not None and index < len(self.lines)
        return Problem(
            code=code,
            severity=severity,
            source=self.name,
            line=None if index is None else self.line_number(index),
            column=column,
            excerpt=self.lines[index][:100] if index is not None and inside else "",
            message=message,
            next_step=next_step,
        )


def read_lines(text: str, *, name: str = "<string>", first_line: int = 1) -> SourceText:
    """Cut a source into lines."""
    unified = _LINE_END.sub("\n", text)
    raw = unified.split("\n")
    ends = [line + "\n" for line in raw[:-1]] + ([raw[-1]] if raw[-1] else [])
    readable, removed = _UNREADABLE.subn("", unified)
    if not readable.isascii() or "\x0c" in readable:
        readable = readable.translate(_BLANKS)
    if "\\" in readable:
        readable = _ESCAPE.sub("", readable)
    lines = [line.rstrip() for line in readable.split("\n")][: len(ends)]
    return SourceText(name=name, first_line=first_line, raw=tuple(ends), lines=tuple(lines), removed=removed)
