"""The container of 2010: an HTML page for each cable, metadata in a table, the telegram in two blocks.

    <h3>Viewing cable ID, SUBJECT</h3>
    <table class='cable'> Reference ID | Created | Released | Classification | Origin | media </table>
    <code><pre> transmission header </pre></code> <code><pre> message </pre></code>

The last table and the last two blocks count. The minutes of both dates repeat the hour, on every page; so dates end
with the hour, and the telegram's own DTG tells the minutes.
"""

import re

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dates import read_date
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue, filled, join_blocks, without_null
from generator.intake.dumps.html_text import table_rows, text_blocks, text_of_html
from generator.problem import Problem

_TABLE = re.compile(r"<table\b[^<>]*\bclass\s*=\s*[\"']?cable\b", re.IGNORECASE)
_HEADING = re.compile(r"<h3\b[^<>]*>\s*Viewing cable\s+(?P<words>[^<]*)", re.IGNORECASE)

_BLOCKS = 2


def is_page_2010(page: str) -> bool:
    """Whether a page is one cable of this container."""
    return _TABLE.search(page) is not None


def read_page_2010(data: bytes, name: str) -> DumpedCable | Problem:
    """The cable of a page."""
    page = decode_unrepaired(data).text
    start = max((table.start() for table in _TABLE.finditer(page)), default=0)
    blocks = list(text_blocks(page, start))[-_BLOCKS:]
    metadata = _metadata(page[start : blocks[0].start if blocks else len(page)])
    headings = _HEADING.findall(page)
    if headings:
        _, _, subject = text_of_html(headings[-1]).partition(",")
        metadata["source_subject"] = " ".join(subject.split())
    texts = [without_null(block.text) for block in blocks]
    telegram = join_blocks(*texts) if len(texts) == _BLOCKS else "".join(texts)
    if not telegram.strip():
        return _without_text(name)
    source_id = metadata.pop("source_id", None)
    created = read_date(str(metadata.pop("created", "")), "hour")
    released = read_date(str(metadata.pop("released", "")), "hour")
    return DumpedCable(
        source=name,
        text=telegram,
        source_id=str(source_id) if source_id else None,
        created=created.day,
        fields=filled({"created": created.text, "released": released.text, **metadata}),
        problems=() if all(block.is_closed for block in blocks) else (_unclosed(name),),
    )


def _metadata(table: str) -> dict[str, FieldValue]:
    """What the table says, by the names of front matter; unknown columns stand under `extra`."""
    rows = table_rows(table)
    if len(rows) < 2:  # a heading and the values
        return {}
    names = {
        "reference id": "source_id",
        "created": "created",
        "released": "released",
        "classification": "source_classification",
        "origin": "source_origin",
    }
    found: dict[str, FieldValue] = {}
    extra: dict[str, FieldValue] = {}
    for number, cell in enumerate(rows[-1]):
        heading = rows[0][number].text if number < len(rows[0]) else ""
        known = names.get(heading.lower())
        if known:
            found[known] = without_null(cell.text)
        elif cell.links:
            found["media"] = [filled({"title": words, "url": address}) for words, address in cell.links]
        elif cell.text:
            extra[heading or f"column {number + 1}"] = cell.text
    return {**found, "extra": extra}


def _without_text(name: str) -> Problem:
    return Problem(
        code="no-text",
        severity="warning",
        source=name,
        message="the page of a cable holds no text of it",
        next_step="it was left out; look for the telegram in another dump",
    )


def _unclosed(name: str) -> Problem:
    return Problem(
        code="html-broken",
        severity="warning",
        source=name,
        message="a block of the page has no end",
        next_step="it was read as far as the element around it; compare the end of the text",
    )
