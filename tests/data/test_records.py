"""The record of a cable: a row that any reader of CSV takes, a line of JSON, and all of it read back."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_tools import cleared, telegram

from generator.archive.entry import entry_of
from generator.data.columns import CSV_COLUMNS, JSON_COLUMNS
from generator.data.records import (
    Record,
    address_of_line,
    address_of_row,
    header,
    placed_line,
    placed_row,
    record_of,
)
from generator.lexicon import builtin_lexicon
from generator.release.cleared import encode_cleared
from generator.telegram.parse import parse_cable

ADDRESS = "cable/2008/02/08STRELSAU123.html"


def record(text: str) -> Record:
    cable = cleared(parse_cable(text, source="a.txt"), path="a.txt")
    entry = entry_of(cable, encode_cleared(cable), builtin_lexicon())
    return record_of(cable, [id_ for id_, _ in entry.cites], entry.paragraphs)


def row(text: str) -> dict[str, str]:
    """The row of a telegram, as Python reads it."""
    table = header() + placed_row(record(text).row, ADDRESS)
    [found] = csv.DictReader(io.StringIO(table.decode(), newline=""), strict=True)
    return found


def line(text: str) -> dict[str, object]:
    found = json.loads(placed_line(record(text).line, ADDRESS))
    assert isinstance(found, dict)
    return found


def values(cell: str) -> list[str]:
    """The values of a list in a cell, as the page of the data says they are read."""
    return [re.sub(r"\\(.)", r"\1", value) for value in re.findall(r"(?:[^|\\]|\\.)+", cell)]


def test_a_row_has_every_column() -> None:
    found = row(
        telegram(tags="PGOV KZ", ref="A. 08 ZENDA 2 B. 07 STRELSAU 3", text="1. (U) As 08 KIEV 1 said.")
    )
    assert list(found) == [column.name for column in CSV_COLUMNS]
    assert found == {
        "id": "08STRELSAU123",
        "date": "2008-02-14T12:30:00Z",
        "date_precision": "minute",
        "subject": "THE SALT ROAD",
        "classification": "UNCLASSIFIED",
        "handling": "",
        "captions": "SIPDIS",
        "precedence": "PRIORITY",
        "post": "STRELSAU",
        "origin": "AMEMBASSY STRELSAU",
        "action": "SECSTATE WASHDC",
        "info": "AMCONSUL ZENDA",
        "attention": "",
        "tags": "PGOV|KZ",
        "references": "A: 08 ZENDA 2|B: 07 STRELSAU 3",
        "cites": "08ZENDA2|07STRELSAU3|08KIEV1",
        "executive_order": "12958",
        "declassify_on": "",
        "classified_by": "",
        "reasons": "",
        "signer": "RASSENDYLL",
        "sections": "1",
        "paragraphs": "1",
        "address": ADDRESS,
    }


def test_a_line_has_every_key_of_a_parsed_cable_and_its_text_once() -> None:
    text = telegram(ref="08 ZENDA 2", text="1. (U) It snowed.")
    found = line(text)
    parsed = parse_cable(text).to_dict()
    assert list(found) == [column.name for column in JSON_COLUMNS]
    assert set(found) == (parsed.keys() - {"paragraphs", "warnings"}) | {"address", "cites", "redactions"}
    assert {key: value for key, value in found.items() if key in parsed} == {
        key: parsed[key] for key in found if key in parsed
    }
    assert (found["address"], found["cites"], found["redactions"]) == (ADDRESS, ["08ZENDA2"], [])


@pytest.mark.parametrize(
    "subject",
    [
        '=HYPERLINK("http://example.org")',
        "+1-555",
        "-2+3",
        "@SUM(A1)",
        'SALT, "WHITE" SALT; SALT',
        "SALT | ROAD \\ PASS",
        "ZÜRICH \u2014 \u5317\u4eac",
    ],
)
def test_a_cell_has_what_the_telegram_has(subject: str) -> None:
    text = telegram(subject=subject)
    assert row(text)["subject"] == parse_cable(text).subject == line(text)["subject"]


def test_a_value_may_hold_what_separates_values() -> None:
    text = telegram(ref="A. SMITH | JONES \\ E-MAIL B. 08 ZENDA 2")
    expected = [f"{one['label']}: {one['text']}" for one in parse_cable(text).to_dict()["references"]]
    assert "|" in expected[0]
    assert values(row(text)["references"]) == expected


@given(st.text(max_size=400), st.text(st.sampled_from('A1 .,|\\"\n\r=-@()/:'), max_size=200))
def test_any_text_is_one_line_of_each_file(text: str, signs: str) -> None:
    for whole in (text, telegram(subject=signs, ref=signs, text=text)):
        made = record(whole)
        placed = placed_row(made.row, ADDRESS)
        assert placed.count(b"\n") == 1
        assert placed.endswith(b"\r\n")
        assert address_of_row(placed) == ADDRESS
        [cells] = csv.reader(io.StringIO(placed.decode().replace("\0", ""), newline=""), strict=True)
        assert len(cells) == len(CSV_COLUMNS)
        line_ = placed_line(made.line, ADDRESS)
        assert line_.count(b"\n") == 1
        assert address_of_line(line_) == json.loads(line_)["address"] == ADDRESS


@pytest.mark.parametrize("broken", [b"", b"\r\n", b"\xff\xfe", b'{"address":"', b"x" * 5])
def test_what_is_no_line_has_no_address_of_a_cable(broken: bytes) -> None:
    assert ADDRESS not in (address_of_row(broken), address_of_line(broken))


def test_every_column_says_what_it_is() -> None:
    for column in (*CSV_COLUMNS, *JSON_COLUMNS):
        assert column.about.endswith("."), column.name
