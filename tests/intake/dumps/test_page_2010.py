import html
from pathlib import Path

import pytest
from dump_tools import codes, filed, imported, in_html, page, run_import, the_one
from hypothesis import given
from hypothesis import strategies as st
from site_tools import telegram, write_files

from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.html_text import text_of_html
from generator.intake.dumps.page_2010 import read_page_2010

LINK = "<a href='https://press.example/salt'>The Strelsau Post</a>"


def text(written: str) -> str:
    found = read_page_2010(written.encode(), "a.html")
    assert isinstance(found, DumpedCable)
    return found.text


def test_a_page_becomes_a_source_that_keeps_what_the_page_says(tmp_path: Path) -> None:
    write_files(tmp_path, {"tree/cable/2008/02/08STRELSAU123.html": page(media=LINK)})
    assert filed(run_import(tmp_path, "tree")) == {"written": 1}
    assert list(imported(tmp_path)) == ["2008/02/08STRELSAU123.txt"]
    source = the_one(tmp_path)
    assert source.text == telegram()
    assert {name: value for name, value in source.fields.items() if name != "import_digest"} == {
        "source": "tree/cable/2008/02/08STRELSAU123.html",
        "source_id": "08STRELSAU123",
        "created": "2008-02-14T12Z",  # the minutes of these pages are wrong
        "released": "2010-12-01T23Z",
        "source_classification": "UNCLASSIFIED",
        "source_origin": "Embassy Strelsau",
        "source_subject": "THE SALT ROAD",
        "media": [{"title": "The Strelsau Post", "url": "https://press.example/salt"}],
    }


def test_a_later_page_has_no_release_and_may_have_a_column_that_is_not_known(tmp_path: Path) -> None:
    changed = page().replace("<th>Released</th>", "<th>Shelf</th>").replace("2010-12-01 23:11", "B 12")
    write_files(tmp_path, {"a.html": changed})
    run_import(tmp_path, "a.html")
    assert "released" not in the_one(tmp_path).fields
    assert the_one(tmp_path).fields["extra"] == {"Shelf": "B 12"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("R&amp;D &lt;now&gt;", "R&D <now>"),
        ("R&amp;amp;D", "R&amp;D"),  # once
        ("one&#x000A;two", "one\ntwo"),
        ("<a id='par3' href='#par3'>¶</a>3. (C) Snow.", "3. (C) Snow."),
        ('<a id="par12" href="#par12">&para;</a>12. (C) Snow.', "12. (C) Snow."),
        ("see ¶ 3", "see ¶ 3"),  # a pilcrow of the telegram's own
        ("TAGS: <a href='/tag/PGOV_0.html'>PGOV</a> <a href='/tag/PREL_0.html'>PREL</a>", "TAGS: PGOV PREL"),
        ("one<br>two<br/>&#x000A;three", "one\ntwo\nthree"),
        ("<strong>SUMMARY</strong>", "SUMMARY"),
        ("<table><tr><td>BRIDGE</td><td>TANKS</td></tr><tr><td>UPPER</td><td>2</td></tr></table>", "BRIDGE   TANKS\nUPPER   2\n"),
        ("write to <rosa@hentzau.example> if x < y", "write to <rosa@hentzau.example> if x < y"),
    ],
)  # fmt: skip
def test_what_html_did_to_a_text_is_undone_and_nothing_else(written: str, read: str) -> None:
    assert text_of_html(written) == read


@pytest.mark.parametrize("nothing", ["", "null", "NULL"])
def test_a_page_without_a_transmission_header_has_its_message_alone(nothing: str) -> None:
    assert text(page((nothing, "1. (U) It snowed."))) == "1. (U) It snowed."


def test_the_last_table_and_the_last_two_blocks_count() -> None:
    assert text("<table class='cable'><tr><td>help</td></tr></table><pre>help</pre>" + page()) == telegram()


def test_an_extract_keeps_the_line_that_says_so() -> None:
    header = "This record is a partial extract of a telegram that was burnt."
    assert text(page((header, "3. (C) It snowed."))) == f"{header}\n\n3. (C) It snowed."


def test_a_block_that_is_not_closed_ends_with_the_element_around_it_and_is_told(tmp_path: Path) -> None:
    broken = page().replace("</pre></code>\n</body>", "</code>\n</body>")
    assert broken != page()
    write_files(tmp_path, {"a.html": broken})
    assert codes(run_import(tmp_path, "a.html")) == {"html-broken": 1}
    assert the_one(tmp_path).text == telegram()


def test_a_page_of_a_cable_without_text_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.html": page(("", ""))})
    assert codes(run_import(tmp_path, "a.html")) == {"no-text": 1}
    assert imported(tmp_path) == {}


def test_what_a_tree_has_beside_its_cables_is_skipped_and_counted(tmp_path: Path) -> None:
    tree: dict[str, str | bytes] = {
        "tree/index.html": "<html><body><table class='list'><tr><td>cables</td></tr></table></body></html>",
        "tree/tag/PGOV_0.html": "<html><head><title>Cable Viewer</title></head><p>list</p></html>",
        "tree/style.css": "body { color: black }",
        "tree/map.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "tree/.git/config": "hidden",
    }
    write_files(tmp_path, tree)
    report = run_import(tmp_path, "tree")
    assert [(tally.fate, tally.reason, tally.count, tally.example) for tally in report.tallies] == [
        ("skipped", "no-telegram", 1, "tree/style.css"),
        ("skipped", "not-text", 1, "tree/map.png"),
        ("skipped", "page-without-cable", 2, "tree/index.html"),
    ]
    assert not report.has_warnings


@given(header=st.text(min_size=1), message=st.text(min_size=1))
def test_any_text_comes_back_out_of_a_page_as_it_went_in(header: str, message: str) -> None:
    if {header.strip(), message.strip()} & {"", "null", "NULL", "\\N"}:
        return
    assert text(page((header, message))) == header + ("\n" if header.endswith("\n") else "\n\n") + message


@given(st.text())
def test_any_text_comes_back_out_of_html(written: str) -> None:
    assert text_of_html(in_html(written)) == written
    assert text_of_html(html.escape(written)) == written
