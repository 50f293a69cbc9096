"""Telegrams with the metadata of an archive's catalogue around them, as HTML or JSON.

Which fields there are is known by their names, in any spelling of case and blanks; which collection wrote the page
is not asked. What has no name of ours is kept under `extra`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dates import read_date
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue, filled, without_null
from generator.intake.dumps.html_text import table_rows, text_blocks
from generator.problem import Problem

# Names in front matter by names in the catalogue, of which only the letters count.
_NAMES = {
    "canonicalid": "source_id",
    "date": "created",
    "originalclassification": "source_classification",
    "currentclassification": "current_classification",
    "from": "source_origin",
    "to": "source_to",
    "subject": "source_subject",
    "tags": "source_tags",
    "reference": "source_references",
    "references": "source_references",
    "concepts": "concepts",
    "executiveorder": "source_executive_order",
    "handlingrestrictions": "handling_restrictions",
    "pagecount": "page_count",
    "locator": "locator",
    "office": "office",
    "markings": "markings",
    "type": "type",
    "content": "text",
    "raw": "text",
    "rawcontent": "text",
    "contentraw": "text",
}

# So many known names make a page or an object one of this container.
_ENOUGH = 3

_NOT_A_LETTER = re.compile(r"[^a-z]+")

# '2008STRELSAU123_a': the letter marks the collection.
_COLLECTION = re.compile(r"_[a-z]\Z")

_LONGEST_NAME = 100  # characters; YAML does not read a key of more than 1024


def read_metadata_page(data: bytes, name: str) -> DumpedCable | Problem | None:
    """The cable of an HTML page; None where the page is no such page."""
    page = decode_unrepaired(data).text
    pairs = [
        (row[0].text.rstrip(" :"), row[1].text)
        for row in table_rows(page)
        if len(row) == 2  # a label and a value
    ]
    if not _is_enough(label for label, _ in pairs):
        return None
    blocks = [block.text for block in text_blocks(page)]
    return _cable(_merged(pairs), max(blocks, key=len, default=""), name)


def read_metadata_json(data: bytes, name: str) -> Iterator[DumpedCable | Problem]:
    """The cables of a JSON object, of a list of them, or of one object a line."""
    objects = _objects(decode_unrepaired(data).text)
    for number, record in enumerate(objects, start=1):
        where = name if len(objects) == 1 else f"{name}#{number}"
        if isinstance(record, dict) and _is_enough(record):
            yield _cable(_merged((key, _as_text(value)) for key, value in record.items()), "", where)
        else:
            yield _unknown_json(where)
    if not objects:
        yield _unknown_json(name)


def _objects(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [_object(line) for line in text.splitlines() if line.strip()]
    return found if isinstance(found, list) else [found]


def _object(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_enough(names: Iterable[str]) -> bool:
    known = {_letters(name) for name in names} & set(_NAMES)
    return len(known) >= _ENOUGH or {"canonicalid", "content"} <= known


def _letters(name: str) -> str:
    return _NOT_A_LETTER.sub("", name.lower())


def _as_text(value: Any) -> FieldValue:
    """A value of JSON, every scalar as text."""
    if isinstance(value, str):
        return _encodable(without_null(value))
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return [_encodable(part) for part in value]
    return _encodable(json.dumps(value, ensure_ascii=False))


def _encodable(text: str) -> str:
    # JSON can write half a letter of UTF-16, which no file can hold.
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _merged(pairs: Iterable[tuple[str, FieldValue]]) -> dict[str, FieldValue]:
    """Labels and values; of a label that stands twice, both values."""
    found: dict[str, FieldValue] = {}
    for label, value in pairs:
        name = _encodable(label)[:_LONGEST_NAME]
        while name in found:
            name += " (again)"
        found[name] = value
    return found


def _cable(pairs: Mapping[str, FieldValue], block: str, name: str) -> DumpedCable | Problem:
    known: dict[str, FieldValue] = {}
    extra: dict[str, FieldValue] = {}
    for label, value in pairs.items():
        field = _NAMES.get(_letters(label))
        if field is None or field in known:
            extra[label] = value
        elif value:
            known[field] = value
    written = known.pop("text", "")
    # A page shows its text in a block; in an object it is a value.
    text = block or (written if isinstance(written, str) else "\n".join(map(str, written)))
    if block and written:
        extra["text"] = written
    if not text.strip():
        return Problem(
            code="no-text",
            severity="warning",
            source=name,
            message="there is metadata of a cable, but no text of it",
            next_step="it was left out; look for the telegram in another dump",
        )
    source_id = str(known.pop("source_id", ""))
    date = read_date(str(known.pop("created", "")), "day")
    return DumpedCable(
        source=name,
        text=text,
        source_id=source_id or None,
        created=date.day,
        fields=filled({"created": date.text, **known, "extra": filled(extra)}),
    )


def without_collection(source_id: str) -> str:
    """An id without the letter that marks its collection: '2008STRELSAU123_a' is '2008STRELSAU123'."""
    return _COLLECTION.sub("", source_id)


def _unknown_json(name: str) -> Problem:
    return Problem(
        code="json-unknown",
        severity="warning",
        source=name,
        message="the JSON holds no fields of a cable",
        next_step="it was left out; fields such as 'canonical id', 'date', 'from' and 'content' are looked for",
    )
