"""A TOML file whose keys know their lines.

The standard library's reader tells where a syntax error stands, but not where a key does. Here a file that
has been read once is cut into its statements, and each statement is read alone: the reader itself, not a
second grammar of ours, says which keys it holds. That is done only where a message needs a line.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

KeyPath = tuple[str, ...]

# Stands before the number of one table of several, and in no key that anybody writes.
_NTH = "\0"

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")


class TomlError(Exception):
    """A file that cannot be read as TOML; its text is one sentence that begins with `file:line: `."""


class TomlSource:
    """A TOML file: its `tables` as nested dicts, and the line of each key."""

    def __init__(self, *, name: str, text: str) -> None:
        self.name = name
        self._text = text.replace("\r\n", "\n")
        self.tables: Mapping[str, Any] = _parse(name, self._text)

    def line(self, path: KeyPath) -> int | None:
        """The 1-based line on which a key is first mentioned; None for a key that is not there."""
        return self._lines.get(path)

    def line_in(self, array: str, index: int, key: str | None = None) -> int | None:
        """The line of the `index`th '[[array]]', counted from 0, or of a key in it.

        An array that is written in brackets has one line, that of its own key.
        """
        nth: KeyPath = (array, f"{_NTH}{index}")
        return (self.line((*nth, key)) if key else None) or self.line(nth) or self.line((array,))

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        lines: dict[KeyPath, int] = {}
        table: KeyPath = ()
        nth: KeyPath = ()  # where the table is one of several, which one
        count: Counter[KeyPath] = Counter()
        for line, statement in _statements(self._text):
            is_header = statement.lstrip().startswith("[")
            paths = list(_paths(tomllib.loads(statement)))
            if is_header:
                table = nth = paths[-1]
                if statement.lstrip().startswith("[["):
                    nth = (*table, f"{_NTH}{count[table]}")
                    count[table] += 1
                    lines[nth] = line
            for path in paths:
                lines.setdefault(path if is_header else table + path, line)
                if not is_header:
                    lines.setdefault(nth + path, line)
        return lines


def read_toml(path: Path) -> TomlSource | None:
    """Read a TOML file; None where there is no such file. Raises TomlError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TomlError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TomlError(f"{path.name}:{line}: is not UTF-8; save the file in that encoding") from error
    return TomlSource(name=path.name, text=text)


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    # A number of thousands of digits is a plain ValueError, arrays in arrays in arrays a RecursionError.
    except (ValueError, RecursionError) as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place["line"]) if place and place["line"] else len(text.rstrip().split("\n"))
        reason = message[: place.start()] if place else message
        raise TomlError(f"{name}:{line}: is not valid TOML: {reason[:1].lower()}{reason[1:]}") from error


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements of a valid file, each with the number of its first line.

    No line of a valid file both ends a statement and is part of the next, so a run of lines that can be
    read is a whole statement. Comments and blank lines are no statements.
    """
    waiting: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if not waiting:
            first = number
        waiting.append(line)
        statement = "\n".join(waiting)
        try:
            content = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        waiting.clear()
        if content:
            yield first, statement


def _paths(table: Mapping[str, Any]) -> Iterator[KeyPath]:
    """All key paths of a table and the tables in it, outer before inner."""
    for key, value in table.items():
        yield (key,)
        # '[[key]]', read alone, is a list that holds one empty table.
        if isinstance(value, dict):
            for path in _paths(value):
                yield (key, *path)
