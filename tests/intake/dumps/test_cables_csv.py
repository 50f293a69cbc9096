from pathlib import Path

import pytest
from dump_tools import codes, filed, imported, quoted, row, run_import, the_one
from hypothesis import given
from hypothesis import strategies as st
from site_tools import telegram, write_files

from generator.intake.dumps.cables_csv import read_cables_csv
from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.member import Member
from generator.problem import Problem

_MARKS = "a quotation mark is missing, or lacks its backslash"


class Pieces:
    """Bytes that come in reads of one size."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data = data
        self._size = size

    def read(self, size: int, /) -> bytes:
        piece, self._data = self._data[: min(size, self._size)], self._data[min(size, self._size) :]
        return piece


def read(data: str | bytes, *, piece: int = 1 << 20) -> list[DumpedCable | Problem]:
    written = data if isinstance(data, bytes) else data.encode()
    return list(read_cables_csv(Member("cables.csv", Pieces(written, piece))))


def texts(data: str | bytes, *, piece: int = 1 << 20) -> list[str]:
    return [found.text for found in read(data, piece=piece) if isinstance(found, DumpedCable)]


def malformed(data: str | bytes) -> list[tuple[int | None, str]]:
    return [(found.line, found.message) for found in read(data) if isinstance(found, Problem)]


def test_a_row_becomes_a_source_that_keeps_what_the_row_says(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": row(number=1043)})
    report = run_import(tmp_path, "cables.csv")
    assert filed(report) == {"written": 1}
    assert list(imported(tmp_path)) == ["2008/02/08STRELSAU123.txt"]
    source = the_one(tmp_path)
    assert source.text == telegram()
    assert {name: value for name, value in source.fields.items() if name != "import_digest"} == {
        "source": "cables.csv#1043",
        "source_id": "08STRELSAU123",
        "created": "2008-02-14T12:30Z",
        "source_classification": "UNCLASSIFIED",
        "source_origin": "Embassy Strelsau",
        "source_references": ["08ZENDA5", "07SLAVNA44"],
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"He said \"no\"", 'He said "no"'),
        (r"C:\\CABLES", "C:\\CABLES"),
        ("one\\\ntwo", "one\ntwo"),  # databases put a backslash before a line end
        ("one\ntwo\r\nthree", "one\ntwo\r\nthree"),
        ('He said "no" twice', None),  # rather than with other words
        ('a","b', None),  # there are nine fields
        ("nul\x00 byte", "nul byte"),
        (r"\"12\",\"13\"", '"12","13"'),
        ("café", "café"),
    ],
)  # fmt: skip
def test_escapes_are_undone_and_nothing_else(written: str, text: str | None) -> None:
    fields = ",".join(quoted(field) for field in ("1", "2/14/2008 12:30", "08STRELSAU1", "", "", "", ""))
    assert texts(f'{fields},"{written}"\n') == ([] if text is None else [text])


@pytest.mark.parametrize("nothing", ['""', '"NULL"', r"\N", r'"\\N"'])
def test_a_field_that_holds_nothing_is_left_out(nothing: str) -> None:
    (cable,) = read(f'"1",{nothing},"08STRELSAU1",{nothing},{nothing},{nothing},{nothing},"1. SNOW."\n')
    assert isinstance(cable, DumpedCable)
    assert (cable.text, cable.created, dict(cable.fields)) == ("1. SNOW.", None, {})


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ('"2","2/14/2008 12:30","08STRELSAU2"\n', "the row has 3 fields, not 8"),
        (row(number=2).rstrip("\n") + ',"ninth"\n', "the row has 9 fields, not 8"),
        ('"2","2/14/2008 12:30","08STRELSAU2","a" b\n', _MARKS),
        ('"2","2/14/2008 12:30","08STRELSAU2","never\nclosed\n', _MARKS),
    ],
)  # fmt: skip
def test_a_broken_row_is_told_with_its_line_and_the_next_row_is_read(broken: str, message: str) -> None:
    first, third = row(telegram(1), number=1), row(telegram(3), number=3)
    data = first + broken + third
    assert texts(data) == [telegram(1), telegram(3)]
    assert malformed(data) == [(first.count("\n") + 1, message)]


def test_what_stands_before_the_first_row_is_told() -> None:
    data = "number,date,id,origin,classification,references,header,body\n" + row()
    assert texts(data) == [telegram()]
    assert malformed(data) == [(1, "no row begins here")]


def test_a_byte_order_mark_and_blank_lines_between_rows_are_nothing() -> None:
    assert texts("\ufeff" + row(telegram(1)) + "\n\n" + row(telegram(2), number=2) + "\r\n") == [
        telegram(1),
        telegram(2),
    ]
    assert malformed("\ufeff" + row() + "\n\n") == []


def test_a_row_that_is_not_utf_8_is_read_as_windows_1252() -> None:
    data = (
        row(telegram(1, subject="CAFÉ")).encode("cp1252")
        + row(telegram(2, subject="CAFÉ"), number=2).encode()
    )
    assert texts(data) == [telegram(1, subject="CAFÉ"), telegram(2, subject="CAFÉ")]


def test_a_row_without_any_text_is_skipped_and_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": row(("", "")) + row(number=2)})
    report = run_import(tmp_path, "cables.csv")
    assert codes(report) == {"no-text": 1}
    assert filed(report) == {"written": 1}


def test_a_row_without_id_or_date_has_them_from_its_text(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": row(created="", id_="")})
    run_import(tmp_path, "cables.csv")
    assert list(imported(tmp_path)) == ["2008/02/08STRELSAU123.txt"]


def test_another_csv_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"posts.csv": "key,name\nSTRELSAU,Embassy Strelsau\n"})
    assert codes(run_import(tmp_path, "posts.csv")) == {"csv-unknown": 1}


@given(
    telegrams=st.lists(st.tuples(st.text(), st.text(min_size=1)), min_size=1, max_size=4),
    piece=st.integers(min_value=1, max_value=300),
)
def test_any_text_comes_back_out_of_rows_as_it_went_in(telegrams: list[tuple[str, str]], piece: int) -> None:
    kept = [
        (header.replace("\x00", ""), message.replace("\x00", ""))
        for header, message in telegrams
        if header.strip() not in ("", "NULL", "null")
        and message.strip("\x00").strip() not in ("", "NULL", "null")
    ]
    data = "".join(row(both, number=number) for number, both in enumerate(kept, start=1))
    expected = [header + ("\n" if header.endswith("\n") else "\n\n") + message for header, message in kept]
    assert texts(data, piece=piece) == expected
