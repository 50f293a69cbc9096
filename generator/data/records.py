"""The record of a cable: a row of the table and a line of JSON, each without the address of its page.

The address may change when other cables come or go, and is put in when files are written: it ends a row, and begins a
line. Both are one line of the file each, so that a file can be brought up to date line by line. Addresses have no letter
that needs quoting.

Text is as the page has it, redactions too, and nothing is put before a cell that begins with '=', '+', '-' or '@': a
spreadsheet may take it for a formula, but who reads the data as data would have a sign that no telegram had.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.data.columns import CSV_COLUMNS, SEPARATOR
from generator.release.cleared import ClearedCable

# What makes a cell need quotes.
_SPECIAL = frozenset(',"\r\n')
_LINE_END = b"\r\n"  # RFC 4180
_LINE_ENDS = str.maketrans("\r\n", "  ")

_BEFORE_ADDRESS = b'{"address":"'
_BEHIND_ADDRESS = b'",'

_ENCODER = msgspec.json.Encoder()


class Record(msgspec.Struct, frozen=True):
    """The record of a cable in both forms."""

    row: bytes
    line: bytes


def record_of(cable: ClearedCable, cites: Iterable[str], paragraphs: int) -> Record:
    """The record of a cable; `cites` are the ids that it names, `paragraphs` how many it has."""
    values = cable.to_dict()
    for name in ("paragraphs", "warnings"):
        del values[name]
    body = values.pop("body")
    values["cites"] = list(cites)
    values["redactions"] = [{"reason": note.reason, "count": note.count} for note in cable.redactions]
    values["body"] = body
    return Record(_row(values, paragraphs), _ENCODER.encode(values)[1:] + b"\n")


def _row(values: dict[str, Any], paragraphs: int) -> bytes:
    cells = values | {
        "action": [addressee["name"] for addressee in values["action"]],
        "info": [addressee["name"] for addressee in values["info"]],
        "references": [
            f"{one['label']}: {one['text']}" if one["label"] else one["text"] for one in values["references"]
        ],
        "paragraphs": paragraphs,
        "address": "",
    }
    return ",".join([_cell(cells[column.name]) for column in CSV_COLUMNS]).encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = SEPARATOR.join(map(_listed, value)) if isinstance(value, list) else str(value)
    if _SPECIAL.isdisjoint(text):
        return text
    return f'"{text.translate(_LINE_ENDS).replace(chr(34), chr(34) * 2)}"'


def _listed(value: str) -> str:
    """A value as it stands in a list."""
    if SEPARATOR in value or "\\" in value:
        return value.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}")
    return value


def header() -> bytes:
    """The first row of the table."""
    return ",".join(column.name for column in CSV_COLUMNS).encode() + _LINE_END


def placed_row(row: bytes, address: str) -> bytes:
    """A row of the table, with the address of the page."""
    return row + address.encode() + _LINE_END


def placed_line(line: bytes, address: str) -> bytes:
    """A line of JSON, likewise."""
    return _BEFORE_ADDRESS + address.encode() + _BEHIND_ADDRESS + line


def address_of_row(placed: bytes) -> str:
    """The address in a row that was read; anything where it is none."""
    return placed[placed.rfind(b",") + 1 : -len(_LINE_END)].decode("utf-8", "replace")


def address_of_line(placed: bytes) -> str:
    """The address in a line that was read; anything where it is none."""
    start = len(_BEFORE_ADDRESS)
    return placed[start : placed.find(b'"', start)].decode("utf-8", "replace")
