import json
from pathlib import Path

import pytest
from dump_tools import as_json, codes, imported, run_import, the_one
from site_tools import telegram, write_files

FIELDS = {
    "Canonical ID": "2008STRELSAU123_a",
    "Date": "2008 February 14, 00:00 (Thursday)",
    "Original Classification": "UNCLASSIFIED",
    "From": "Embassy Strelsau",
    "To": "Secretary of State",
    "TAGS": "PGOV",
    "Page Count": "2",
    "Shelf": "B 12",
}

KEPT = {
    "source_id": "2008STRELSAU123_a",
    "created": "2008-02-14",  # the time says nothing
    "source_classification": "UNCLASSIFIED",
    "source_origin": "Embassy Strelsau",
    "source_to": "Secretary of State",
    "source_tags": "PGOV",
    "page_count": "2",
    "extra": {"Shelf": "B 12"},
}


def kept(project: Path) -> dict[str, object]:
    fields = dict(the_one(project).fields)
    del fields["import_digest"], fields["source"]
    return fields


def test_an_object_becomes_a_source_and_unknown_names_are_extra(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.json": as_json(**FIELDS, Content=telegram())})
    run_import(tmp_path, "a.json")
    assert list(imported(tmp_path)) == ["2008/02/08STRELSAU123.txt"]
    assert the_one(tmp_path).text == telegram()
    assert kept(tmp_path) == KEPT


@pytest.mark.parametrize(
    "table",
    [
        "<table>" + "".join(f"<tr><th>{name}:</th><td>{value}</td></tr>" for name, value in FIELDS.items()) + "</table>",
        "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in FIELDS.items()) + "</dl>",
        "<table>" + "".join(f"<tr><td>{name}<td>{value}" for name, value in FIELDS.items()),
    ],
)  # fmt: skip
def test_a_page_with_labels_becomes_a_source(tmp_path: Path, table: str) -> None:
    write_files(tmp_path, {"a.html": f"<html><body>{table}<pre>{telegram()}</pre></body></html>"})
    run_import(tmp_path, "a.html")
    assert the_one(tmp_path).text == telegram()
    assert kept(tmp_path) == KEPT


@pytest.mark.parametrize("lines", [False, True])
def test_objects_may_be_a_list_or_one_a_line(tmp_path: Path, lines: bool) -> None:
    objects = [{**FIELDS, "Canonical ID": f"2008STRELSAU{n}_a", "raw": telegram(n)} for n in (1, 2)]
    written = "\n".join(map(json.dumps, objects)) if lines else json.dumps(objects)
    write_files(tmp_path, {"a.json": written})
    run_import(tmp_path, "a.json")
    assert {path: source.fields["source"] for path, source in imported(tmp_path).items()} == {
        "2008/02/08STRELSAU1.txt": "a.json#1",
        "2008/02/08STRELSAU2.txt": "a.json#2",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (True, "true"),
        ({"a": [1]}, '{"a": [1]}'),
        (["x", "y"], ["x", "y"]),
        ("a \ud800 letter", "a \ufffd\ufffd\ufffd letter"),
    ],
)
def test_every_value_is_kept_as_text(tmp_path: Path, value: object, text: object) -> None:
    write_files(tmp_path, {"a.json": json.dumps({**FIELDS, "Content": telegram(), "Shelf": value})})
    run_import(tmp_path, "a.json")
    assert the_one(tmp_path).fields["extra"] == {"Shelf": text}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[]", "json-unknown"),
        ('{"a": 1}', "json-unknown"),
        ("{broken", "json-unknown"),
        ("[" * 100_000, "json-unknown"),
        (as_json(**FIELDS), "no-text"),
    ],
)
def test_json_that_holds_no_cable_is_told(tmp_path: Path, written: str, code: str) -> None:
    write_files(tmp_path, {"a.json": written})
    assert codes(run_import(tmp_path, "a.json")) == {code: 1}
    assert imported(tmp_path) == {}
