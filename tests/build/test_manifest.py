"""The manifest of a site: every file of it with its checksum, whatever was built before."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from site_tools import TODAY, build, nothing, snapshot, telegram, write_files

from generator.build.engine import Engine
from generator.build.workers import InThisProcess
from generator.settings import Settings, load_settings
from generator.settings.data import DataSettings
from generator.settings.search import SearchSettings

MANIFEST = "manifest-sha256.txt"
FILES = {
    "content/08STRELSAU123.txt": telegram(123),
    "content/08STRELSAU124.txt": telegram(124, dtg="151230Z MAR 08", ref="STRELSAU 123", tags="PGOV ECON"),
    "content/about.md": "---\ntitle: About\n---\nAn *archive*. ![A pass](a pass.svg)\n",
    "content/a pass.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/manifest-sha256.txt/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
    "cablepress.toml": 'site_url = "https://cables.example/"\n',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site is built; not to be changed."""
    project = tmp_path_factory.mktemp("built")
    write_files(project, FILES)
    build(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "project")
    build(tmp_path / "project")  # elsewhere, and so anew
    return tmp_path / "project"


def listing(site: Path) -> bytes:
    """The manifest that a site should have, by its files."""
    files = snapshot(site)
    del files[MANIFEST]
    return b"".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode() for name in sorted(files))


def test_it_has_every_file_but_itself_hidden_ones_too_in_the_order_of_paths(built: Path) -> None:
    written = (built / "site" / MANIFEST).read_bytes()
    assert written == listing(built / "site")
    paths = [line.split("  ")[1] for line in written.decode().splitlines()]
    assert {".nojekyll", "sitemap.xml", "feed.xml", "search/start.js", "data/index.html"} < set(paths)
    assert {"data/cables.csv", "data/datapackage.json", "_manifest-sha256.txt/map.svg"} < set(paths)


EDITS: dict[str, Callable[[Path], object]] = {
    "a cable edited": lambda project: write_files(
        project, {"content/08STRELSAU123.txt": telegram(123, subject="THE ROAD IS OPEN")}
    ),
    "a cable renamed": lambda project: (project / "content/08STRELSAU123.txt").rename(
        project / "content/x.txt"
    ),
    "a cable removed": lambda project: (project / "content/08STRELSAU123.txt").unlink(),
    "a cable touched": lambda project: (project / "content/08STRELSAU123.txt").touch(),
    "a page edited": lambda project: write_files(project, {"content/about.md": "# Else"}),
    "a picture changed": lambda project: write_files(project, {"content/a pass.svg": "<svg/>"}),
    "a page of the site lost": lambda project: (project / "site/tag/PGOV.html").unlink(),
    "a page of the site changed, and then due": lambda project: write_files(
        project, {"site/tag/PGOV.html": "x", "content/08STRELSAU123.txt": telegram(123, subject="OPEN")}
    ),
    "a data file lost": lambda project: (project / "site/data/cables.csv").unlink(),
    "the manifest lost": lambda project: (project / "site" / MANIFEST).unlink(),
    "a title set": lambda project: write_files(project, {"cablepress.toml": 'title = "Danor papers"'}),
    "all of it held back": lambda project: write_files(
        project, {"content/release.toml": '[[withhold]]\ntag = "PGOV"\n'}
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_it_is_that_of_the_site_as_it_is(project: Path, edit: str) -> None:
    EDITS[edit](project)
    build(project)
    assert (project / "site" / MANIFEST).read_bytes() == listing(project / "site")


def test_it_goes_on_from_a_site_without_search_and_data_to_one_with_them(project: Path) -> None:
    plain = Settings(
        search=SearchSettings(enabled=False), data=DataSettings(csv=False, jsonl=False, sqlite=False)
    )
    for settings in (plain, Settings(data=DataSettings(csv=True, jsonl=True, sqlite=True)), plain):
        build(project, settings)
        assert (project / "site" / MANIFEST).read_bytes() == listing(project / "site")


def test_it_is_written_again_only_if_it_is_another(project: Path) -> None:
    before = (project / "site" / MANIFEST).stat()
    (project / "content/08STRELSAU123.txt").touch()
    assert build(project, reads_all=True).written == 0
    assert (project / "site" / MANIFEST).stat() == before
    (project / "site" / MANIFEST).unlink()
    report = build(project)
    assert (report.written, report.pages) == (1, len(snapshot(project / "site")))
    assert report.size == sum(map(len, snapshot(project / "site").values()))


def test_files_that_are_not_ours_are_not_in_it(project: Path) -> None:
    write_files(project / "site", {"CNAME": "cables.example", "tag/notes.txt": "mine"})
    (project / "content/08STRELSAU123.txt").unlink()
    build(project)
    written = (project / "site" / MANIFEST).read_text()
    assert "CNAME" not in written
    assert "notes" not in written


def test_where_the_search_waits_for_later_so_does_the_manifest(project: Path) -> None:
    before = (project / "site" / MANIFEST).read_bytes()
    engine = Engine(
        project,
        load_settings(project),
        content=project / "content",
        site=project / "site",
        executor=InThisProcess(),
        workers=1,
        is_lasting=False,
    )
    page = project / "content/about.md"
    page.write_text("# Else")
    engine.build(today=TODAY, progress=nothing, changed=[page.absolute()], defers_search=True)
    assert (project / "site" / MANIFEST).read_bytes() == before
    engine.build(today=TODAY, progress=nothing, changed=())
    assert (project / "site" / MANIFEST).read_bytes() == listing(project / "site") != before


def as_bag(site: Path, bag: Path) -> Path:
    """A site as a bag: its files below data/, its manifest above them."""
    shutil.copytree(site, bag / "data")
    (bag / "data" / MANIFEST).unlink()
    lines = (site / MANIFEST).read_text("utf-8").splitlines()
    write_files(
        bag,
        {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            MANIFEST: "".join(f"{line.replace('  ', '  data/', 1)}\n" for line in lines),
        },
    )
    return bag


def test_a_site_is_a_bag(built: Path, tmp_path: Path) -> None:
    bag = bagit.Bag(str(as_bag(built / "site", tmp_path / "bag")))
    assert bag.validate()
    assert set(bag.payload_files()) == {
        f"data/{name}" for name in snapshot(built / "site") if name != MANIFEST
    }


@pytest.mark.parametrize("change", ["changed", "removed", "added"])
def test_a_bag_of_another_site_is_not_valid(built: Path, tmp_path: Path, change: str) -> None:
    bag = as_bag(built / "site", tmp_path / "bag")
    page = bag / "data/index.html"
    match change:
        case "changed":
            page.write_bytes(page.read_bytes()[:-1] + b" ")
        case "removed":
            page.unlink()
        case _:
            page.with_name("new.html").write_text("x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()
