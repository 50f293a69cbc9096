"""Front matter: a YAML block between two lines of three dashes, at the very start of a file.

Every scalar is read as text: YAML would make False of `NO`, Norway's TAGS code, and 83 of the serial `0123`.
So the values are put together here, from what YAML's parser sees; aliases, which can make a small block
endless, and keys that stand twice, of which YAML would silently drop one, are faults.

A block that cannot be read stays in the text, where its author will see it; but if it speaks of a draft, the
source counts as one, since the word that would hold it back must not be lost to a misplaced colon. A note on a cable
is held back likewise: it would be published as a page, also where its cable is withheld.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml

# The parser written in C is ten times as fast; PyYAML may have been built without it.
_PARSER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_LONGEST = 400  # lines
_DEEPEST = 20  # lists and mappings in each other
_LONGEST_WAY = (
    200  # letters of a way to a value, so that a long name with many values below weighs no more than they do
)

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"---[ \t]*(?:\r\n?|\n|\Z)")
_NOTE = re.compile(r"[ \t]*[\"']?kind[\"']?[ \t]*[:=]?[ \t]*[\"']?note\b", re.IGNORECASE)
_DRAFT = re.compile(r"[ \t]*[\"']?draft[\"']?[ \t]*(?:[:=]|true\b|yes\b)", re.IGNORECASE)


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    """The fields above a text, and where the text begins."""

    fields: Mapping[str, Any]  # scalars are str; lists and mappings hold str
    first_line: int  # 1-based line of the text
    text: str
    fault: str = ""  # why the block could not be read; it is part of `text` then
    fault_line: int | None = None
    speaks_of: str = (
        ""  # 'a draft': why a source is held back whose block could not be read; its fields say so
    )
    # 1-based lines of the file, by the way to what stands there: 'title', 'cables', 'cables.0', 'redact.1.regex'
    lines: Mapping[str, int] = {}


class _FaultError(Exception):
    """What is wrong with a block, and on which line of it, counted from 0."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def split_front_matter(source: str) -> FrontMatter:
    """Split a source into front matter and text; without front matter all of it is text."""
    opening = _FENCE.match(source)
    if opening is None:
        return FrontMatter(fields={}, first_line=1, text=source)
    start, end, lines = opening.end(), opening.end(), 0
    while lines < _LONGEST and end < len(source):
        lines += 1
        if closing := _FENCE.match(source, end):
            break
        line_end = _LINE_END.search(source, end)
        end = line_end.end() if line_end else len(source)
    else:
        return _broken(source, source[start:end], "the front matter has no end; a line '---' is missing", 1)
    block = source[start:end]
    try:
        fields, places = _read(block)
    except _FaultError as fault:
        return _broken(source, block, f"the front matter cannot be read: {fault}", fault.line + 2)
    return FrontMatter(
        fields=fields,
        first_line=lines + 2,
        text=source[closing.end() :],
        lines={way: line + 2 for way, line in places.items()},
    )


def _broken(source: str, block: str, fault: str, line: int) -> FrontMatter:
    lines = _LINE_END.split(block)
    speaks_of = next(
        (what for what, word in (("a draft", _DRAFT), ("a note", _NOTE)) if any(map(word.match, lines))),
        "",
    )
    return FrontMatter(
        fields={"draft": "true"} if speaks_of else {},
        first_line=1,
        text=source,
        fault=fault,
        fault_line=line,
        speaks_of=speaks_of,
    )


def _read(block: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The fields of a block, and on which of its lines they stand, counted from 0. Raises _FaultError."""
    places: dict[str, int] = {}
    try:
        events = yaml.parse(block, Loader=_PARSER)
        values = [_value(event, events, "", places) for event in events if isinstance(event, yaml.NodeEvent)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is no valid YAML"
        raise _FaultError(reason, mark.line if mark else 0) from error
    if not values or values == [""]:
        return {}, {}
    if len(values) > 1 or not isinstance(values[0], dict):
        raise _FaultError("it is no list of 'name: value'", 0)
    return values[0], places


def _value(
    event: yaml.Event, events: Iterator[yaml.Event], way: str, places: dict[str, int], depth: int = 0
) -> Any:
    """The text, list or mapping that begins with `event`; takes the events that belong to it.

    `way` leads to it, and ends in a point where anything stands above it; `places` takes the lines of what it holds.
    """
    if depth > _DEEPEST:
        raise _FaultError("it is nested too deeply", _line(event))
    way = way[:_LONGEST_WAY]
    match event:
        case yaml.ScalarEvent():
            return event.value
        case yaml.SequenceStartEvent():
            entries: list[Any] = []
            for inner in _until(yaml.SequenceEndEvent, events):
                entry = f"{way}{len(entries)}"
                places[entry] = _line(inner)
                entries.append(_value(inner, events, f"{entry}.", places, depth + 1))
            return entries
        case yaml.MappingStartEvent():
            fields: dict[str, Any] = {}
            for key in _until(yaml.MappingEndEvent, events):
                if not isinstance(key, yaml.ScalarEvent):
                    raise _FaultError("a name must be a word, not a list", _line(key))
                if key.value in fields:
                    raise _FaultError(f"the name {key.value!r} stands twice", _line(key))
                places[f"{way}{key.value}"] = _line(key)
                fields[key.value] = _value(next(events), events, f"{way}{key.value}.", places, depth + 1)
            return fields
        case _:
            raise _FaultError("an alias ('*name') has no place here", _line(event))


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0
