"""Writes front matter: the YAML that `intake.front_matter` reads back as the same text, whatever the text is."""

import re
from collections.abc import Iterator, Mapping

from generator.intake.dumps.dumped_cable import FieldValue

# What YAML reads as it stands, whatever is around it. Everything else is quoted.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./()+-]*[A-Za-z0-9_./()+-])?")
# At the end of a line also these; a '#' behind a blank would begin a remark.
_PLAIN_LINE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./()+-]|:(?=[^\s:])|(?<! )[#,])*(?<![ :])")

_ESCAPED = re.compile(r"[\\\"]|[^\x20-\x7e]")

_MOST_LINES = 100  # of one field; a front matter of 400 lines is not read


def front_matter_text(fields: Mapping[str, FieldValue]) -> str:
    """The lines of a block, without the dashes around it."""
    return "".join(f"{line}\n" for line in _lines(fields))


def _lines(fields: Mapping[str, FieldValue]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and 0 < len(value) <= _MOST_LINES:
            yield f"{_inline(name)}:"
            for inner, text in value.items():
                yield f"  {_inline(inner)}: {_inline(text)}"
        elif isinstance(value, str) and _PLAIN_LINE.fullmatch(value):
            yield f"{_inline(name)}: {value}"
        else:
            yield f"{_inline(name)}: {_inline(value)}"


def _inline(value: FieldValue) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_inline(name)}: {_inline(inner)}" for name, inner in value.items()) + "}"
    return "[" + ", ".join(map(_inline, value)) + "]"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
