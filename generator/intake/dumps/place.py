"""What a cable is called in content/, and in which folder it belongs.

    2008/02/08STRELSAU123    a month that is known
    undated/08STRELSAU123    none

The dump's own words come first, then the text's, then the names of the dump's files.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from generator.intake.dumps.archive_metadata import without_collection
from generator.intake.dumps.dumped_cable import DumpedCable
from generator.lexicon import Lexicon
from generator.telegram.parse import parse_cable
from generator.telegram.reference_id import canonical_id

UNDATED = "undated"

# The document number of electronic records: the post is cut after six letters, so it is no reference id.
_CUT_ID = re.compile(r"\d{4}[A-Z]{1,6}\d{5}")

# All that tells id and date stands in the headers.
_HEADERS = 12_000  # characters

_UNSAFE = re.compile(r"[^A-Za-z0-9_.]+")
_LONGEST_NAME = 100  # letters; file systems allow 255 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cable goes, if nothing is there."""

    name: str  # its id; without one, a name derived from where it was found
    folder: str  # '2008/02'
    has_id: bool


def place_of(cable: DumpedCable, lexicon: Lexicon) -> Place:
    """The place of a cable."""
    day = cable.created
    id_ = _id_in_dump(cable.source_id, lexicon)
    if day is None or id_ is None:
        member, _, part = cable.source.partition("#")
        file_name = PurePosixPath(member)
        parsed = parse_cable(cable.text[:_HEADERS], source=file_name.name, lexicon=lexicon)
        named = None if part else canonical_id(file_name.stem, lexicon)
        id_ = id_ or parsed.id or named
        if day is None and parsed.date is not None and parsed.date_precision != "year":
            day = parsed.date.date()
    return Place(
        name=id_ or _safe_name(cable.source_id or _without_ending(cable.source)),
        folder=_folder(day),
        has_id=id_ is not None,
    )


def _id_in_dump(source_id: str | None, lexicon: Lexicon) -> str | None:
    plain = without_collection(source_id or "")
    return None if _CUT_ID.fullmatch(plain) else canonical_id(plain, lexicon)


def _folder(day: date | None) -> str:
    return f"{day.year:04d}/{day.month:02d}" if day else UNDATED


def _without_ending(source: str) -> str:
    """A member's name without its ending; what tells rows and records apart stays."""
    member, mark, part = source.partition("#")
    return str(PurePosixPath(member).with_suffix("")) + mark + part


def _safe_name(written: str) -> str:
    """A name that any file system can hold; whether it is taken is found out elsewhere."""
    name = _UNSAFE.sub("-", written).strip("-.")
    return name[-_LONGEST_NAME:].lstrip("-.") or "cable"
