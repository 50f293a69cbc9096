"""A site is cut into parts that lead to each other, hold all of it, and follow every edit."""

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from parts_tools import build_parts, cut, walk_links
from site_tools import broken_links, build, nothing, snapshot, telegram, write_files
from split_archive import ROOT_URL, settings_of

from generator.build.report import BuildRefused
from generator.build.workers import InThisProcess
from generator.cli import cablepress
from generator.parts.cutting import Part, cut_site, parts_of
from generator.settings import load_settings


def parts_in(project: Path) -> dict[str, Part]:
    return {part.name: part for part in parts_of(project, load_settings(project))}


def page(part: Part, address: str) -> str:
    return (part.folder / address).read_text("utf-8")


@pytest.fixture
def decades(tmp_path_factory: pytest.TempPathFactory, by_decade: Path) -> Path:
    """A copy of the archive by decade, to be edited."""
    copy = tmp_path_factory.mktemp("edited") / "project"
    shutil.copytree(by_decade, copy, symlinks=True)
    cut(copy)  # to which copies of files are other files
    return copy


# What the parts hold


def test_every_link_of_every_part_leads_somewhere(project: Path) -> None:
    links = walk_links(tuple(parts_in(project).values()))
    assert links.broken == []
    assert links.across > 500
    assert links.inside > 500


def test_the_whole_site_still_stands_by_itself(project: Path) -> None:
    assert list(broken_links(project / "site")) == []


def test_every_page_names_its_address_in_its_part(project: Path) -> None:
    seen = 0
    for part in parts_in(project).values():
        for file in part.folder.rglob("*.html"):
            address = file.relative_to(part.folder).as_posix()
            canonical = re.findall(r'<link rel=canonical href="([^"]+)"', file.read_text("utf-8"))
            if address not in ("reading-list.html", "404.html") and "http-equiv=refresh" not in page(
                part, address
            ):
                assert canonical == [part.url + address.removesuffix("index.html")], address
                seen += 1
    assert seen > 100


def test_every_page_is_on_one_sitemap_and_all_sitemaps_are_on_one_index(project: Path) -> None:
    parts = parts_in(project)
    whole = set(re.findall("<loc>(.*?)</loc>", (project / "site/sitemap.xml").read_text("utf-8")))
    index = re.findall("<loc>(.*?)</loc>", page(parts[""], "sitemap.xml"))
    listed: list[str] = []
    for url in index:
        part = max((one for one in parts.values() if url.startswith(one.url)), key=lambda one: len(one.url))
        urls = re.findall("<loc>(.*?)</loc>", page(part, url.removeprefix(part.url)))
        assert all(one.startswith(part.url) for one in urls)
        listed += urls
    homes = {part.url for part in parts.values()}
    assert len(set(listed)) == len(listed)
    assert set(listed) == whole | homes


def test_each_part_has_what_its_pages_load_and_what_its_host_asks_for(project: Path) -> None:
    for part in parts_in(project).values():
        for address in (
            "index.html",
            "404.html",
            "robots.txt",
            "sitemap.xml",
            "humans.txt",
            ".nojekyll",
            "crest.svg",
        ):
            assert (part.folder / address).is_file(), (part.name, address)
        assert f"Sitemap: {part.url}sitemap.xml\n" in page(part, "robots.txt")
        assert not (part.folder / "assets/parts.js").exists()
        assert f"{part.url}assets/cablepress.css" in page(part, "404.html")
        assert f"{part.url}assets/search.js" in page(part, "404.html")


def test_a_part_has_nothing_that_another_has(project: Path) -> None:
    everywhere = {"index.html", "404.html", "robots.txt", "reading-list.html", "humans.txt", ".nojekyll", "crest.svg", "manifest-sha256.txt"}  # fmt: skip
    seen: set[str] = set()
    for part in parts_in(project).values():
        own = {
            address
            for address in snapshot(part.folder)
            if address not in everywhere and not address.startswith(("assets/", "sitemap"))
        }
        assert own & seen <= {"cable/1974/05/74ZENDA9.html"}  # an old address
        seen |= own
    missing = set(snapshot(project / "site")) - seen - everywhere - {"sitemap.xml"}
    assert {address for address in missing if not address.startswith("assets/")} == set()


def test_the_text_of_a_telegram_that_looks_like_a_link_is_left_alone(project: Path) -> None:
    address = "cable/2008/02/08ZENDA1.html"
    (part,) = (one for one in parts_in(project).values() if (one.folder / address).exists())
    text = '&lt;a href="../../../tag/PGOV.html"&gt;, src=../../../index.html'
    assert text in (project / "site" / address).read_text("utf-8")
    assert text in page(part, address)


def test_the_home_page_of_a_part_says_what_it_holds(by_decade: Path) -> None:
    home = page(parts_in(by_decade)["1970s"], "index.html")
    assert '<p class=kicker><a href="../cables/index.html">A part of Cable archive</a>' in home
    assert "<h1>1970s</h1>" in home
    assert "14 cables, from 1 May 1974 to 31 December 1979" in home
    assert '<a href="date/1974.html"><b>1974</b></a> <span class=count>13</span>' in home
    assert '<a rel=next href="../cables-1980s/index.html">1980s</a>' in home
    assert "rel=prev" not in home


def test_an_old_address_leads_on_in_the_portal_and_where_a_part_has_it(by_decade: Path) -> None:
    parts = parts_in(by_decade)
    to = "cable/2008/02/08ZENDA9.html"
    for name, address in (("", "old/9.html"), ("", "cable/1974/05/74ZENDA9.html"), ("1970s", "cable/1974/05/74ZENDA9.html")):  # fmt: skip
        assert f"cables-2000s/{to}" in page(parts[name], address)
    assert "1950s" not in parts
    assert f"cables-2000s/{to}" in page(parts[""], "cable/1955/05/55X9.html")


def test_each_part_has_a_manifest_of_its_files(project: Path) -> None:
    for part in parts_in(project).values():
        lines = page(part, "manifest-sha256.txt").splitlines()
        files = snapshot(part.folder)
        del files["manifest-sha256.txt"]
        assert lines == [f"{sha256(files[address]).hexdigest()}  {address}" for address in sorted(files)]


def test_nothing_that_is_held_back_is_in_a_part(decades: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = '[[withhold]]\ncable = "74STRELSAU1873"\nreason = "A test."\n\n[[redact]]\nterm = "snowdrifts"\nreason = "A test."\n'
    write_files(decades / "content", {"release.toml": ledger})
    build_parts(decades)
    monkeypatch.chdir(decades)
    folders = [str(part.folder) for part in parts_in(decades).values()]
    for folder in ("parts", *folders):
        looked = CliRunner().invoke(cablepress, ["check", "--leaks", "--site", folder])
        assert looked.exit_code == 0, looked.output
        assert "0 leaks" in looked.output
    write_files(decades / "parts", {"cables-1970s/left.html": "<p>The Snowdrifts"})
    for folder, left in (("parts", "cables-1970s/left.html"), ("parts/cables-1970s", "left.html")):
        looked = CliRunner().invoke(cablepress, ["check", "--leaks", "--site", folder])
        assert looked.exit_code == 1
        assert f" {left}" in f" {looked.output}".replace("\n", " ")


def test_a_page_of_a_part_may_hold_what_it_may_hold_in_the_whole(
    decades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id of a withheld cable where another cites it, and words that are redacted in one cable alone in another."""
    citing = telegram(9, dtg="141230Z MAY 74", ref="74 STRELSAU 1873", text="1. (U) The snowdrifts melt.")
    own = telegram(10, dtg="141230Z JUN 74", text="1. (U) The snowdrifts stay.")
    ledger = (
        '[[withhold]]\ncable = "74STRELSAU1873"\nreason = "A test."\n\n'
        '[[redact]]\nterm = "snowdrifts"\ncable = "74STRELSAU10"\nreason = "A test."\n'
    )
    files = {"content/9.txt": citing, "content/10.txt": own, "content/release.toml": ledger}
    write_files(decades, files)
    build_parts(decades)
    monkeypatch.chdir(decades)
    looked = CliRunner().invoke(cablepress, ["check", "--leaks", "--site", "parts"])
    assert looked.exit_code == 0, looked.output
    ((page_of_it,),) = [list((decades / "parts").rglob("74STRELSAU10.html"))]
    page_of_it.write_text(page_of_it.read_text("utf-8") + "<p>snowdrifts", "utf-8")
    looked = CliRunner().invoke(cablepress, ["check", "--leaks", "--site", "parts"])
    assert looked.exit_code == 1


def test_a_site_that_is_not_split_knows_nothing_of_parts(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a.txt": telegram(), "cablepress.toml": f'site_url = "{ROOT_URL}"\n'})
    build(tmp_path)
    assert not (tmp_path / "site/assets/parts.js").exists()
    settings = load_settings(tmp_path)
    done = cut_site(
        tmp_path, settings, site=tmp_path / "site", progress=nothing, executor=InThisProcess(), workers=1
    )
    assert done is None
    assert not (tmp_path / "parts").exists()
    assert parts_of(tmp_path, settings) == ()


# What follows an edit


def move_a_cable(project: Path) -> None:
    path = project / "content/79STRELSAU5.txt"
    path.write_text(telegram(5, dtg="311230Z DEC 69", subject="LAST OF ITS DECADE"))


def remove_a_decade(project: Path) -> None:
    (project / "content/80STRELSAU7.txt").unlink()


def change_a_subject(project: Path) -> None:
    write_files(
        project / "content", {"74STRELSAU1873.txt": telegram(1873, dtg="141230Z MAY 74", subject="SNOW")}
    )


def serve_parts_elsewhere_without_search(project: Path) -> None:
    settings = settings_of("decade", part_url="https://{part}.example.org/")
    (project / "cablepress.toml").write_text(f"{settings}[search]\nenabled = false\n")


def split_by_year(project: Path) -> None:
    (project / "cablepress.toml").write_text(settings_of("year"))


def test_a_cut_after_any_edits_gives_the_bytes_of_a_cut_of_all(decades: Path) -> None:
    edits: list[Callable[[Path], None]] = [
        change_a_subject,
        move_a_cable,
        remove_a_decade,
        serve_parts_elsewhere_without_search,
        split_by_year,
    ]
    for number, edit in enumerate(edits):
        edit(decades)
        build_parts(decades)
        clean = decades.parent / f"clean-{number}"
        clean.mkdir()
        shutil.copy(decades / ".cablepress/state.sqlite", clean)
        cut(decades, state=clean, folder=clean / "parts")
        assert snapshot(decades / "parts") == snapshot(clean / "parts"), edit.__name__


def test_a_cut_does_what_changed_needs_and_nothing_else(decades: Path) -> None:
    assert cut(decades).nothing_to_do
    before = {path: path.stat().st_mtime_ns for path in (decades / "parts").rglob("*") if path.is_file()}
    change_a_subject(decades)
    report = build_parts(decades)
    after = {path: path.stat().st_mtime_ns for path in (decades / "parts").rglob("*") if path.is_file()}
    changed = {path for path in after if after[path] != before.get(path)}
    assert not report.nothing_to_do
    assert report.written == len(changed) < len(after) / 3
    assert cut(decades).nothing_to_do


def test_a_cut_that_is_killed_is_finished_by_the_next(decades: Path) -> None:
    whole = snapshot(decades / "parts")
    shutil.rmtree(decades / "parts")
    (decades / ".cablepress/parts.sqlite").unlink()

    def killed(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_site(
            decades,
            load_settings(decades),
            site=decades / "site",
            progress=killed,
            executor=InThisProcess(),
            workers=1,
        )
    half = snapshot(decades / "parts")
    assert 0 < len(half) < len(whole)
    assert half.items() <= whole.items()
    write_files(decades / "parts", {"cables/x.cablepress-new": "left by it"})
    cut(decades)
    assert snapshot(decades / "parts") == whole


def test_what_is_lost_is_made_anew_and_what_is_not_ours_is_left_alone(decades: Path) -> None:
    whole = snapshot(decades / "parts")
    (decades / "parts/cables-1970s/date/1974.html").unlink()
    (decades / "parts/cables/index.html").write_text("cut off")
    write_files(decades / "parts", {"cables-1980s/mine.txt": "mine", "cables-1980s/.git/HEAD": "ref"})
    cut(decades)
    mine = {"cables-1980s/mine.txt": b"mine", "cables-1980s/.git/HEAD": b"ref"}
    assert snapshot(decades / "parts") == whole | mine
    remove_a_decade(decades)
    build_parts(decades)
    assert {name for name in snapshot(decades / "parts") if "1980s" in name} == set(mine)


def test_nothing_is_written_where_a_link_leads(decades: Path, tmp_path: Path) -> None:
    shutil.rmtree(decades / "parts/cables-1980s")
    (decades / "parts/cables-1980s").symlink_to(tmp_path)
    with pytest.raises(Exception, match="a link stands where a folder of the site belongs"):
        cut(decades)
    assert list(tmp_path.iterdir()) == []


def test_parts_that_cannot_be_written_are_told(decades: Path) -> None:
    shutil.rmtree(decades / "parts")
    (decades / "parts").write_text("a file")
    with pytest.raises(BuildRefused, match=r"parts is a file; name another folder as publish\.parts"):
        cut(decades)


def test_files_beside_the_site_are_in_no_part(decades: Path) -> None:
    write_files(decades / "site", {"secret.txt": "SECRET", "cable/1974/05/secret.html": "SECRET"})
    change_a_subject(decades)
    build_parts(decades)
    assert not [
        name for name, data in snapshot(decades / "parts").items() if b"SECRET" in data and "secret" in name
    ]
