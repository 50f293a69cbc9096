"""The lines of a source: as found, and as a parser can read them.

Both have the same length, so that every finding knows its line, and what is taken out for reading
(control characters, soft hyphens, the trailing blanks of fixed-width exports) is still there to be
shown. Only CR, LF and CRLF end a line: a form feed or a Unicode separator does not.
"""

import re
from collections.abc import Sequence

import msgspec

from generator.problem import Problem, Severity

_LINE_END = re.compile(r"\r\n?|\n")

# Kept: tab, and the printable rest. A form feed ends a page, never a line, and reads as a blank.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u200b-\u200d\u2060\ufeff]")
_UNREADABLE_LETTERS = "".join(
    map(chr, [*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
)
# Markdown escapes that an export has left: '1\\.' and 'VZCZC\\_'.
_ESCAPE = re.compile(r"\\(?=[\\.*_#()\[\]{}+!>-])")
_BLANKS = "\u00a0\u2007\u202f\x0c"


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """A source as two tuples of lines of equal length."""

    name: str  # what the caller calls the source; problems name it
    first_line: int  # number of lines[0] in the original file, 1 unless front matter precedes
    raw: Sequence[str]  # as found, without line ends
    lines: Sequence[str]  # readable: no trailing blanks, no control characters
    firsts: str  # the first character of each line, a line feed for a blank one: where a line may begin with something
    lasts: str  # the last one likewise
    readable: str  # the lines as one text, to ask whether a word occurs at all
    removed: int  # how many control characters `lines` is without
    is_last_ended: bool  # a line end stands behind the last line too

    def line_number(self, index: int) -> int:
        """The 1-based line of the original file at which lines[index] stands."""
        return self.first_line + index

    def raw_text(self, first: int, stop: int) -> str:
        """The lines raw[first:stop] as found, a line feed at the end of each that had a line end."""
        if stop < len(self.raw) or self.is_last_ended:
            if stop == first + 1:
                return self.raw[first] + "\n"
            return "\n".join([*self.raw[first:stop], ""])
        return "\n".join(self.raw[first:stop])

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
    unified = _LINE_END.sub("\n", text) if "\r" in text else text
    raw = unified.split("\n")
    readable, removed = _readable(unified)
    lines = raw if readable is unified else readable.split("\n")
    lasts = _lasts(lines)
    # In readable ASCII only these two end a line that has trailing blanks.
    if " " in lasts or "\t" in lasts or not readable.isascii():
        lines = [line.rstrip() for line in lines]
        lasts = _lasts(lines)
    is_last_ended = not raw[-1]
    if is_last_ended:
        raw, lines, lasts = raw[:-1], lines[:-1], lasts[:-1]
    return SourceText(
        name=name,
        first_line=first_line,
        raw=raw,
        lines=lines,
        firsts="".join([line[:1] or "\n" for line in lines]),
        lasts=lasts,
        readable=readable,
        removed=removed,
        is_last_ended=is_last_ended,
    )


def _lasts(lines: Sequence[str]) -> str:
    return "".join([line[-1:] or "\n" for line in lines])


def _readable(text: str) -> tuple[str, int]:
    """The text without what no reader sees, and how many characters of it were removed."""
    removed = 0
    # Most texts have nothing to remove or to replace, and one character is looked for in no time.
    if any(map(text.__contains__, _UNREADABLE_LETTERS)):
        text, removed = _UNREADABLE.subn("", text)
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    return text, removed
