"""A telegram as a dump holds it, whatever the container."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from generator.problem import Problem

# What front matter can hold: every scalar is text.
FieldValue: TypeAlias = "str | Sequence[FieldValue] | Mapping[str, FieldValue]"

# How databases write that a field holds nothing.
_NULL = frozenset({"", "NULL", "null", "\\N"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedCable:
    """One telegram, and what its dump says about it."""

    source: str  # the dump, and the member, row or record in it: 'dump.zip/a.html', 'cables.csv#1043'
    text: str  # the telegram, as it was before the container got it
    source_id: str | None = None  # as the dump writes it
    created: date | None = None  # the day, where the dump knows it apart from the text
    fields: Mapping[str, FieldValue] = field(default_factory=dict)  # further front matter, in order
    problems: tuple[Problem, ...] = ()


def join_blocks(header: str, message: str) -> str:
    """The telegram of a container that keeps the transmission header apart: header, blank line, message."""
    if not header or not message:
        return header or message
    return f"{header}\n{message}" if header.endswith("\n") else f"{header}\n\n{message}"


def without_null(value: str) -> str:
    """A field's value, '' where a database says NULL."""
    return "" if value.strip() in _NULL else value


def filled(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value}
