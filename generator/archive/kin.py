"""The related cables of a cable, as the state keeps them: which they are, and what makes them kin.

A build finds them (`generator/kin/`, `build/kin_stage.py`); pages ask for them here.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

import msgspec

from generator.archive.cable_row import COLUMNS, CableRow


class Shared(msgspec.Struct, frozen=True, array_like=True):
    """A kin of a cable and what makes it one, the strongest first."""

    slot: int  # by which the state knows the kin
    cited: tuple[str, ...]  # ids that both cite
    tags: tuple[str, ...]  # codes
    words: tuple[str, ...]  # in small letters, as the search compares them


class Kin(msgspec.Struct, frozen=True):
    """A related cable, and what makes it one."""

    row: CableRow
    shared: Shared


# What a page shows of a related cable, as a column.
SHOWN = (
    "cable.address || char(10) || cable.name || char(10) || cable.subject || char(10) "
    "|| ifnull(cable.date, '') || ifnull(cable.date_precision, '')"
)


def encode_kin(kin: Sequence[Shared]) -> bytes:
    """The kin of a cable, the nearest first, as the state keeps them."""
    return _ENCODER.encode(kin)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Shared])


def load_kin(db: sqlite3.Connection, paths: Collection[str]) -> Mapping[str, tuple[Kin, ...]]:
    """The kin of the cables of some paths, the nearest first; what has none is left out."""
    found = {
        path: _DECODER.decode(five)
        for path, five in db.execute(
            "SELECT path, five FROM kin WHERE path IN (SELECT value FROM json_each(?)) AND five IS NOT NULL",
            (json.dumps(list(paths)),),
        )
    }
    slots = {one.slot for five in found.values() for one in five}
    # A preview may show a page before its kin are found again: those that went meanwhile are left out.
    rows = {
        slot: CableRow(*values)
        for slot, *values in db.execute(
            f"SELECT kin.slot, {COLUMNS} FROM kin JOIN cable ON cable.path = kin.path "  # noqa: S608
            "WHERE kin.slot IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(slots)),),
        )
    }
    return {
        path: tuple([Kin(rows[one.slot], one) for one in five if one.slot in rows])
        for path, five in found.items()
    }
