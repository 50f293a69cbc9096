"""An inspection after any edits finds what a first one finds, and reads only what changed."""

import random
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from inspection_tools import HEAD, inspected, nothing, problems_of, write_site
from msgspec import json
from site_tools import TODAY

from generator.build.engine import build_site
from generator.build.workers import executor_of
from generator.inspection.site import InspectionFailed, inspect_site
from generator.problem import Problem
from generator.settings import load_settings

ROOT = Path(__file__).parent.parent.parent
URL = "https://salt.example/cables/"

ADDRESSES = (
    "index.html",
    "a.html",
    "A.html",
    "tag/a.html",
    "tag/b.html",
    "tag/index.html",
    "x/a.css",
    "x/a.png",
    "tag",
)
IDS = ("par1", "par2", "é")


@pytest.fixture
def _old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test has just written counts as if it lay there for long."""
    monkeypatch.setattr("generator.inspection.stamps.TICK", -3_600_000_000_000)


def any_page(chance: random.Random) -> str:
    """A page of some ids, some links and perhaps a fault."""
    ids = "".join(f"<p id={chance.choice(IDS)}>x" for _ in range(chance.randrange(3)))
    links = "".join(
        f"<a href='{chance.choice(('', '', '../', './', '/'))}{chance.choice(ADDRESSES)}{chance.choice(('', '#' + chance.choice(IDS)))}'>x</a>"
        for _ in range(chance.randrange(5))
    )
    return HEAD + ids + chance.choice(("", "", "<div>", f"<a href='#{chance.choice(IDS)}'>x</a>")) + links


def edit(site: Path, chance: random.Random) -> None:
    """Write, remove, rename or replace something."""
    path = site / chance.choice(ADDRESSES)
    kind = chance.randrange(4)
    if path.is_dir():
        if kind == 0:
            shutil.rmtree(path)
        return
    if any(parent.is_file() or parent.is_symlink() for parent in path.parents):
        return
    if kind == 0:
        path.unlink(missing_ok=True)
    elif kind == 1 and path.is_file():
        path.replace(path.with_name("other.html"))
    elif kind == 2 and not path.exists() and not path.is_symlink():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to("nowhere")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(any_page(chance), "utf-8")


@pytest.mark.usefixtures("_old_files")
@pytest.mark.parametrize("seed", range(5))
def test_after_any_edits_the_problems_are_those_of_a_first_inspection(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    site = write_site(tmp_path, {})
    told = 0
    for turn in range(25):
        for _ in range(chance.randrange(4)):
            edit(site, chance)
        again = problems_of(site, tmp_path / "memory")
        assert again == problems_of(site, tmp_path / f"memory-{turn}")
        told += len(again)
    assert told > 20


@pytest.mark.usefixtures("_old_files")
def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, {"index.html": "<a href=tag/a.html#b>x</a>", "tag/a.html": "<p id=b>x", "data/a.csv": "x"}
    )
    assert [inspected(site).read for _ in range(3)] == [2, 0, 0]
    (site / "tag/a.html").write_text(HEAD + "<p id=c>x")
    again = inspected(site)
    assert again.read == 1
    assert [(group.code, group.example.source, group.example.line) for group in again.problems] == [
        ("link-without-place", "index.html", 4)
    ]
    (site / "tag/a.html").unlink()
    again = inspected(site)
    assert (again.read, again.files) == (0, 2)
    assert [(group.code, group.example.message) for group in again.problems] == [
        ("link-broken", "there is no file tag/a.html")
    ]
    write_site(tmp_path, {"tag/a.html": "<p id=b>x"})
    assert inspected(site).problems == ()


@pytest.mark.usefixtures("_old_files")
def test_another_site_another_address_and_another_program_are_inspected_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path, {"404.html": "<a href=https://salt.example/a.html>x</a>"})
    assert inspected(site).problems == ()
    [group] = inspected(site, site_url="https://salt.example/").problems
    assert group.code == "link-broken"
    assert inspected(site, site_url="https://salt.example/").read == 0
    other = site.rename(tmp_path / "other")
    assert inspected(other, site_url="https://salt.example/").read == 1
    monkeypatch.setattr("generator.inspection.site.version", lambda name: "another")
    assert inspected(other, site_url="https://salt.example/").read == 1


def test_a_memory_that_is_lost_or_damaged_is_made_anew(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"index.html": "<a href=a.html>x</a>"})
    first = problems_of(site)
    (tmp_path / "memory/inspection.sqlite").write_bytes(b"salt" * 4000)
    assert problems_of(site) == first
    shutil.rmtree(tmp_path / "memory")
    assert problems_of(site) == first


def test_an_inspection_that_cannot_keep_what_it_finds_says_so(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"index.html": "x"})
    (tmp_path / "memory").write_text("a file")
    with pytest.raises(InspectionFailed, match="memory: File exists"):
        inspected(site)


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's own archive, with its feeds and its sitemap."""
    folder = tmp_path_factory.mktemp("own")
    settings = replace(load_settings(ROOT), site_url=URL)
    build_site(
        folder, settings, content=ROOT / "content", site=folder / "site", today=TODAY, progress=nothing
    )
    return folder / "site"


def test_our_own_pages_have_no_problem(own_site: Path, tmp_path: Path) -> None:
    assert (own_site / "sitemap.xml").is_file()
    assert problems_of(own_site, tmp_path / "memory", URL) == []


def test_any_workers_find_what_is_broken_and_all_of_it(own_site: Path, tmp_path: Path) -> None:
    shutil.copytree(own_site, tmp_path / "site")
    site = tmp_path / "site"
    (site / "assets/cablepress.css").unlink()
    (site / "tag/PGOV.html").rename(site / "tag/pgov.html")
    page = site / "date/1974.html"
    page.write_bytes(re.sub(rb" id=[^\s>]+", b"", page.read_bytes()))
    with executor_of(2) as executor:
        inspection = inspect_site(
            site, tmp_path / "two", executor=executor, workers=2, progress=nothing, site_url=URL
        )
    found = problems_of(site, tmp_path / "one", URL)
    assert [json.decode(line, type=Problem) for line in inspection.log.read_bytes().splitlines()] == found
    assert {problem.code for problem in found} == {"link-broken", "link-without-place"}
    pages = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*.html")}
    assert {
        problem.source for problem in found if problem.message == "there is no file assets/cablepress.css"
    } == {address for address, page in pages.items() if b"assets/cablepress.css" in page}
    lost = {problem.source for problem in found if problem.message == "there is no file tag/PGOV.html"}
    assert lost >= {"sitemap.xml", "tag/PGOV.xml", "tag/index.html", "tag/pgov.html"}
