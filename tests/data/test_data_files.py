"""The data files of a site follow its cables: what an edit touches is written again, and only that, to the bytes of a clean build."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from site_tools import TODAY, build, nothing, snapshot, telegram, write_files

from generator.build import data_files
from generator.build.engine import Engine
from generator.build.workers import InThisProcess, Processes
from generator.data.parts import cut
from generator.leaks import Secret, SecretSearch, scan_site
from generator.settings import load_settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of three years and no date, of which files are large at two cables."""
    monkeypatch.setattr(data_files, "cut", lambda months: cut(months, 1500))
    folder = tmp_path / "project"
    write_files(
        folder / "content",
        {
            "07a.txt": telegram(1, dtg="011230Z FEB 07"),
            "08a.txt": telegram(2, dtg="021230Z FEB 08", ref="07 STRELSAU 1"),
            "08b.txt": telegram(3, dtg="031230Z MAR 08", tags="ECON"),
            "09a.txt": telegram(4, dtg="041230Z APR 09"),
            "undated.txt": telegram(5)
            .replace("P 141230Z FEB 08\n", "")
            .replace("UNCLAS STRELSAU 000005\n", ""),
        },
    )
    build(folder)
    return folder


def data(project: Path) -> dict[str, bytes]:
    return snapshot(project / "site/data")


def is_as_a_clean_build(project: Path) -> bool:
    clean = project.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    clean.mkdir()
    shutil.copytree(project / "content", clean / "content")
    if (project / "cablepress.toml").exists():
        shutil.copy(project / "cablepress.toml", clean)
    build(clean)
    return snapshot(project / "site") == snapshot(clean / "site")


def lines(project: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for name, text in sorted(data(project).items())
        if name.endswith(".jsonl")
        for line in text.splitlines()
    ]


def test_large_data_is_cut_by_time(project: Path) -> None:
    assert set(data(project)) == {
        "cables.csv", "cables-2007.jsonl", "cables-2008-02.jsonl", "cables-2008-03.jsonl", "cables-2009.jsonl",
        "cables-undated.jsonl", "datapackage.json", "index.html",
    }  # fmt: skip
    assert [line["id"] for line in lines(project)] == [
        "07STRELSAU1",
        "08STRELSAU2",
        "08STRELSAU3",
        "09STRELSAU4",
        None,
    ]


def write(project: Path, path: str, text: str) -> None:
    write_files(project / "content", {path: text})


EDITS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a word": (
        lambda project: write(
            project, "08a.txt", telegram(2, dtg="021230Z FEB 08", text="1. (U) It thawed.")
        ),
        {"cables-2008-02.jsonl", "cables.csv"},
    ),
    "a date": (
        lambda project: write(project, "08a.txt", telegram(2, dtg="021230Z FEB 07", ref="07 STRELSAU 1")),
        {"cables-2007-02.jsonl", "cables-2008.jsonl", "cables.csv"},
    ),
    "one more": (
        lambda project: write(project, "09b.txt", telegram(9, dtg="051230Z APR 09", subject="NEW")),
        {"cables-2009-04.jsonl", "cables.csv"},
    ),
    "one less": (lambda project: (project / "content/09a.txt").unlink(), {"cables.csv"}),
    "an id that two have": (
        lambda project: write(project, "07b.txt", telegram(4, dtg="041230Z APR 09", text="1. (U) No.")),
        {"cables-2009-04.jsonl", "cables.csv"},
    ),
    "another name of a file": (
        lambda project: (project / "content/08a.txt").rename(project / "content/08c.txt"),
        set(),
    ),
    "a ledger": (
        lambda project: write(project, "release.toml", '[[withhold]]\ncable = "08STRELSAU3"\n'),
        {"cables-2008.jsonl", "cables.csv"},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_writes_the_parts_that_it_touches(project: Path, edit: str) -> None:
    change, expected = EDITS[edit]
    before = data(project)
    stamps = {name: (project / "site/data" / name).stat().st_mtime_ns for name in before}
    change(project)
    build(project)
    written = {
        name
        for name in data(project)
        if (project / "site/data" / name).stat().st_mtime_ns != stamps.get(name)
    }
    assert written - {"datapackage.json", "index.html"} == expected
    assert is_as_a_clean_build(project)
    assert build(project).nothing_to_do


def garble(file: Path) -> None:
    """Change a file in place, its size the same."""
    text = file.read_bytes()
    file.write_bytes(text.replace(b"STRELSAU", b"XXXXXXXX"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes() + b"\n"),
        lambda file: file.write_bytes(file.read_bytes()[:-100]),
        garble,
    ],
    ids=["gone", "empty", "longer", "shorter", "garbled"],
)
def test_a_part_that_is_not_as_it_was_written_is_made_of_the_sources(
    project: Path, damage: Callable[[Path], object]
) -> None:
    damage(project / "site/data/cables.csv")
    damage(project / "site/data/cables-2008-02.jsonl")
    write(project, "08d.txt", telegram(8, dtg="021630Z FEB 08", subject="NEW"))
    build(project)
    assert is_as_a_clean_build(project)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("[data]\ncsv = false\njsonl = false\n", set()),
        ("[data]\njsonl = false\n", {"cables.csv", "datapackage.json", "index.html"}),
        (
            "[data]\ncsv = false\njsonl = false\nsqlite = true\n",
            {"archive.sqlite", "datapackage.json", "index.html"},
        ),
    ],
)
def test_files_come_and_go_with_the_settings(project: Path, settings: str, names: set[str]) -> None:
    first = data(project)
    write_files(project, {"cablepress.toml": settings})
    build(project)
    assert set(data(project)) == names
    assert ("data/index.html" in (project / "site/index.html").read_text("utf-8")) is bool(names)
    assert is_as_a_clean_build(project)
    write(
        project, "08a.txt", telegram(2, dtg="021230Z FEB 08", ref="07 STRELSAU 1", text="1. (U) It thawed.")
    )
    build(project)
    assert is_as_a_clean_build(project)
    (project / "cablepress.toml").unlink()
    build(project)
    assert data(project).keys() == first.keys()
    assert is_as_a_clean_build(project)


def test_the_sitemap_lists_the_page_of_the_data_from_the_first_build_on(project: Path) -> None:
    write_files(project, {"cablepress.toml": 'site_url = "https://example.org/"\n'})
    build(project)
    assert is_as_a_clean_build(project)
    assert "https://example.org/data/" in (project / "site/sitemap.xml").read_text("utf-8")
    write(project, "09b.txt", telegram(9, dtg="051230Z APR 09", subject="NEW"))
    build(project)
    assert is_as_a_clean_build(project)


def test_a_preview_may_leave_the_data_for_later(project: Path) -> None:
    with InThisProcess() as executor:
        engine = Engine(
            project,
            load_settings(project),
            content=project / "content",
            site=project / "site",
            executor=executor,
            workers=1,
        )
        before = data(project)
        write(project, "08a.txt", telegram(2, dtg="021230Z FEB 09", subject="LATER"))
        changed = {project / "content/08a.txt"}
        engine.build(today=TODAY, progress=nothing, changed=changed, defers_search=True)
        assert data(project) == before
        engine.build(today=TODAY, progress=nothing, changed=())
    assert is_as_a_clean_build(project)
    assert build(project).written == 0


def test_any_number_of_workers_write_the_same(project: Path) -> None:
    alone = data(project)
    for folder in ("site", ".cablepress"):
        shutil.rmtree(project / folder)
    with Processes(2) as executor:
        Engine(
            project,
            load_settings(project),
            content=project / "content",
            site=project / "site",
            executor=executor,
            workers=2,
        ).build(today=TODAY, progress=nothing)
    assert data(project) == alone


def test_a_secret_in_any_data_file_is_found(project: Path) -> None:
    write_files(project, {"cablepress.toml": "[data]\nsqlite = true\n"})
    write(
        project, "08a.txt", telegram(2, dtg="021230Z FEB 08", subject='"SAPT", AND SALT', text="1. (U) Snow.")
    )
    build(project)
    for text, kind in (('"Sapt", and salt', "term"), ("08STRELSAU2", "id")):
        report = scan_site(project / "site", SecretSearch((Secret(text=text, kind=kind, why="a rule"),)))  # type: ignore[arg-type]
        assert report.unsearched == ()
        assert {"data/cables.csv", "data/cables-2008-02.jsonl", "data/archive.sqlite"} <= {
            leak.file for leak in report.leaks
        }


def test_what_release_withholds_is_in_no_data(project: Path) -> None:
    write_files(project, {"cablepress.toml": "[data]\nsqlite = true\n"})
    write(project, "08a.txt", telegram(2, dtg="021230Z FEB 08", text="1. (U) Mr. Sapt saw the salt."))
    write(
        project,
        "release.toml",
        '[[redact]]\nterm = "Sapt"\nreason = "a name"\nshow_reason = true\n[[withhold]]\ncable = "08STRELSAU3"\n',
    )
    build(project)
    found = data(project)
    assert "archive.sqlite" in found
    for text in found.values():
        assert b"sapt" not in text.lower()
        assert b"08STRELSAU3" not in text
    [line] = [line for line in lines(project) if line["id"] == "08STRELSAU2"]
    assert "▐███▌" in json.dumps(line, ensure_ascii=False)
    assert line["redactions"] == [{"reason": "a name", "count": None}]
