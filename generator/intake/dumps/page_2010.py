"""The container of 2010: an HTML page for each cable, metadata in a table, the telegram in two blocks.

    <h3>Viewing cable ID, SUBJECT</h3>
    <table class='cable'> Reference ID | Created | Released | Classification | Origin | media </table>
    <code><pre> transmission header </pre></code> <code><pre> message </pre></code>

The last table and the last two blocks count. The minutes of both dates repeat the hour, on every page; so dates end
with the hour, and the telegram's own DTG tells the minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dates import read_date
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue, filled, join_blocks, without_null
from generator.intake.dumps.html_text import table_rows, text_of_html
from generator.problem import Problem

_TABLE = re.compile(r"<table\b[^<>]*\bclass\s*=\s*[\"']?cable\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</pre\s*>", re.IGNORECASE)
_OTHER_END = re.compile(r"<pre\b[^<>]*>|</(?:code|div|body|html)\s*>", re.IGNORECASE)
_HEADING = re.compile(r"<h3\b[^<>]*>\s*Viewing cable\s+(?P<words>[^<]*)", re.IGNORECASE)

_BLOCKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    text: str
    is_closed: bool


def is_page_2010(page: str) -> bool:
    """Whether a page is one cable of this container."""
    return _TABLE.search(page) is not None


def read_page_2010(data: bytes, name: str) -> DumpedCable | Problem:
    """The cable of a page."""
    page = decode_unrepaired(data).text
    start = max((table.start() for table in _TABLE.finditer(page)), default=0)
    blocks = list(_blocks(page, start))[-_BLOCKS:]
    table_end = _BLOCK.search(page, start)
    metadata = _metadata(page[start : table_end.start() if table_end else len(page)])
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


def _blocks(page: str, start: int) -> Iterator[_Block]:
    """The blocks of a page; one that is not closed ends with the element around it."""
    while opening := _BLOCK.search(page, start):
        following = _BLOCK.search(page, opening.end())
        stop = following.start() if following else len(page)
        closing = _BLOCK_END.search(page, opening.end(), stop)
        end = closing or _OTHER_END.search(page, opening.end(), stop)
        start = end.start() if end else stop
        yield _Block(text=text_of_html(page[opening.end() : start]), is_closed=closing is not None)


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
