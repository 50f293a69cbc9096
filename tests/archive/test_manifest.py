"""A line of a manifest, as BagIt's specification has it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.manifest import ListedFile, manifest_line, read_line

SUM = hashlib.sha256(b"x").digest()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("index.html", "index.html"),
        ("cable/2008/11/08ASTANA2165.html", "cable/2008/11/08ASTANA2165.html"),
        ("with blank.txt", "with blank.txt"),
        ("Straße.txt", "Straße.txt"),
        ("100%.txt", "100%25.txt"),
        ("%0A.txt", "%250A.txt"),
        ("two\nlines\r.txt", "two%0Alines%0D.txt"),
    ],
)
def test_a_path_has_line_ends_and_percent_signs_encoded_and_nothing_else(address: str, written: str) -> None:
    file = ListedFile(address, SUM)
    assert manifest_line(file) == f"{SUM.hex()}  {written}\n".encode()
    assert read_line(manifest_line(file)[:-1]) == file


@given(st.from_regex(r"[^/\x00]{2,9}[^/.\x00](/[^/\x00]{2,9}[^/.\x00])?", fullmatch=True))
def test_every_path_comes_back(address: str) -> None:
    file = ListedFile(address, SUM)
    line = manifest_line(file)
    assert line.count(b"\n") == 1
    assert read_line(line[:-1]) == file


def test_capitals_of_a_checksum_are_read_too() -> None:
    assert read_line(f"{SUM.hex().upper()}  x%0d".encode()) == ListedFile("x\r", SUM)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"index.html",
        SUM.hex().encode(),
        SUM.hex().encode() + b"  ",
        SUM.hex().encode() + b" index.html",
        SUM.hex().encode() + b"\tindex.html",
        SUM.hex().encode()[1:] + b"  index.html",
        b"g" + SUM.hex().encode()[1:] + b"  index.html",
        b" " + SUM.hex().encode() + b"  index.html",
        b"\xef\xbb\xbf" + SUM.hex().encode() + b"  index.html",
        SUM.hex().encode() + b"  index.html\r",
        SUM.hex().encode() + b"  \xff.html",
        SUM.hex().encode() + b"  ../secret.txt",
        SUM.hex().encode() + b"  /etc/passwd",
        SUM.hex().encode() + b"  a/./b",
        SUM.hex().encode() + b"  a//b",
    ],
)
def test_what_is_no_line_or_leads_out_of_the_site_is_not_read(line: bytes) -> None:
    assert read_line(line) is None
