"""The database of a site: Datasette opens it, its tables hang together, and the same archive gives the same bytes."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from site_tools import TODAY, nothing

from generator.build.engine import build_site
from generator.data.database import write_database
from generator.lexicon import builtin_lexicon
from generator.settings import Settings
from generator.settings.data import DataSettings

CONTENT = Path(__file__).parent.parent.parent / "content"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    settings = Settings(data=DataSettings(csv=False, sqlite=True))
    build_site(folder, settings, content=CONTENT, site=folder / "site", today=TODAY, progress=nothing)
    return folder / "site"


@pytest.fixture
def db(site: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(site / "data/archive.sqlite")) as db:
        yield db


def lines(site: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (site / "data/cables.jsonl").read_bytes().splitlines()]


def ask(site: Path, *paths: str) -> list[Any]:
    """What Datasette answers, each answer as JSON."""

    async def answers() -> list[Any]:
        datasette = Datasette([], immutables=[str(site / "data/archive.sqlite")])
        await datasette.invoke_startup()
        found = []
        for path in paths:
            response = await datasette.client.get(path)
            assert response.status_code == 200, response.text
            found.append(response.json())
        return found

    # A browser that another test has opened leaves a loop of its own in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answers()).result()


def test_datasette_shows_tables_rows_and_what_a_search_finds(site: Path) -> None:
    tables, cables, found, post, page = ask(
        site,
        "/archive.json",
        "/archive/cables.json?_size=max",
        "/archive/cables.json?_search=salt+road&_shape=objects",
        "/archive/cables.json?post=ZENDA&_facet=classification&_facet_array=captions",
        "/archive/cable_list.json?_shape=objects&_size=1",
    )
    assert {table["name"] for table in tables["tables"] if not table["hidden"]} == {
        "cables", "tags", "cable_tags", "posts", "addressees", "cable_references", "citations",
    }  # fmt: skip
    assert {view["name"] for view in tables["views"]} == {"cable_list", "cables_by_year", "most_cited"}
    assert [table["fts_table"] for table in tables["tables"] if table["name"] == "cables"] == ["cables_fts"]
    assert cables["filtered_table_rows_count"] == len(lines(site))
    assert "74STRELSAU1873" in {row["id"] for row in found["rows"]}
    assert all("salt" in f"{row['subject']} {row['text']}".lower() for row in found["rows"])
    assert post["facet_results"]["classification"]["results"]
    assert post["facet_results"]["captions"]["results"]
    assert page["rows"][0]["address"].startswith("cable/")


def test_its_tables_hang_together(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO cables_fts (cables_fts, rank) VALUES ('integrity-check', 1)")


def test_it_has_every_cable_with_all_that_its_line_has(site: Path, db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT number, address, id, subject, date, captions, text FROM cables ORDER BY number"
    ).fetchall()
    expected = lines(site)
    assert len(rows) == len(expected)
    for (number, *row, text), line in zip(rows, expected, strict=True):
        assert row == [
            *(line[name] for name in ("address", "id", "subject", "date")),
            json.dumps(line["captions"], separators=(",", ":")),
        ]
        tags = db.execute("SELECT code FROM cable_tags WHERE cable = ? ORDER BY position", (number,))
        assert [code for (code,) in tags] == line["tags"]
        names = db.execute(
            "SELECT name FROM addressees WHERE cable = ? AND list = 'info' ORDER BY position", (number,)
        )
        assert [name for (name,) in names] == [one["name"] for one in line["info"]]
        cited = db.execute("SELECT id FROM citations WHERE cable = ?", (number,))
        assert {id_ for (id_,) in cited} == set(line["cites"])
        for word in _words(line["body"]):
            assert word in text


def _words(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        yield from block.get("text", "").split()
        yield from (word for item in block.get("items", []) for word in item["text"].split())
        yield from _words(block.get("blocks", []))


def test_the_same_lines_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    written = (site / "data/cables.jsonl").read_bytes().splitlines()
    for name in ("one", "other"):
        write_database(tmp_path / name, written, builtin_lexicon())
    assert (
        (tmp_path / "one").read_bytes()
        == (tmp_path / "other").read_bytes()
        == (site / "data/archive.sqlite").read_bytes()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is made by a limit of the system")
def test_a_disk_that_is_full_is_an_error_that_names_the_file(site: Path, tmp_path: Path) -> None:
    import resource

    written = (site / "data/cables.jsonl").read_bytes().splitlines()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="disk") as raised:
            write_database(tmp_path / "full", written, builtin_lexicon())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert raised.value.filename == str(tmp_path / "full")
