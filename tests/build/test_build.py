"""Whole small sites, built for real."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from site_tools import TODAY, broken_links, build, nothing, read_page, snapshot, telegram, write_files

from generator.archive.address import SEARCH_ASSETS
from generator.build.engine import build_site
from generator.build.report import BuildFailed, BuildRefused
from generator.render.pictures.calendar import DAYS_OF_YEAR
from generator.settings import Settings
from generator.settings.search import SearchSettings

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path / "content",
        {
            "08STRELSAU123.txt": telegram(123),
            "below/08STRELSAU124.txt": telegram(
                124, dtg="151230Z MAR 08", ref="STRELSAU 123", tags="PGOV ECON"
            ),
            "07ZENDA9.cable": telegram(9, post="ZENDA", dtg="011230Z DEC 07", level="S E C R E T"),
            "about.md": "---\ntitle: About\n---\nAn *archive*.\n",
            "pictures/pass.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
    )
    return tmp_path


def test_every_cable_gets_a_page_and_a_place_in_every_index(project: Path) -> None:
    report = build(project)
    assert (report.cables, report.withheld, report.problems) == (3, 0, ())
    names = set(snapshot(project / "site"))
    assert {"search/start.js", "search/words.js", "search/names.js"} < names
    assert {name for name in names if not name.startswith("search/")} == {
        ".nojekyll", "404.html", "humans.txt", "robots.txt", "glossary.html", "health.html", "index.html", "about.html", "assets/cablepress.css", "assets/feed.css", "assets/pictures.css", "pictures/pass.svg",
            "assets/cablepress.js", "assets/cite.js", "assets/reading-list.js", "reading-list.html", "search.html", "search-help.html",
            "assets/facets.js", "assets/find.js", "assets/lookup.js", "assets/marks.js", "assets/search-page.js", "assets/search.css", "assets/search.js",
        "cable/2007/12/07ZENDA9.html", "cable/2008/02/08STRELSAU123.html", "cable/2008/03/08STRELSAU124.html",
        "classification/SECRET.html", "classification/UNCLASSIFIED.html", "classification/index.html",
        "date/2007-12.html", "date/2007.html", "date/2008-02.html", "date/2008-03.html", "date/2008.html", "date/index.html",
        "day/index.html", *(f"day/{day}.html" for day in DAYS_OF_YEAR),
        "origin/STRELSAU.html", "origin/ZENDA.html", "origin/by-count.html", "origin/index.html",
        "tag/ECON.html", "tag/PGOV.html", "tag/by-count.html", "tag/index.html", "thread/index.html",
        "country/index.html", "country/by-count.html", "map.html",
        "data/index.html", "data/datapackage.json", "data/cables.csv", "data/cables.jsonl", "manifest-sha256.txt",
        "statistics.html", "assets/statistics.css",
    }  # fmt: skip


def test_every_link_leads_somewhere(project: Path) -> None:
    build(project)
    assert list(broken_links(project / "site")) == []


def test_a_second_build_has_nothing_to_do(project: Path) -> None:
    first = build(project)
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}
    second = build(project)
    assert second.nothing_to_do
    assert (second.cables, second.pages, second.written) == (first.cables, first.pages, 0)
    assert {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")} == before


@pytest.mark.parametrize("damage", ["removed", "state removed", "state broken"])
def test_a_build_mends_what_was_lost(project: Path, damage: str) -> None:
    build(project)
    clean = snapshot(project / "site")
    match damage:
        case "removed":
            (project / "site/tag/PGOV.html").unlink()
            (project / "site/search/start.js").unlink()
        case "state removed":
            shutil.rmtree(project / ".cablepress")
        case _:
            for file in (project / ".cablepress").rglob("*"):
                if file.is_file():
                    file.write_bytes(b"\xff\x00broken")
    assert not build(project).nothing_to_do
    assert snapshot(project / "site") == clean


EDITS: Mapping[str, Mapping[str, str | None]] = {
    "a cable edited": {"content/08STRELSAU123.txt": telegram(123, subject="THE ROAD IS OPEN")},
    "a cable added": {"content/08STRELSAU125.txt": telegram(125, dtg="010000Z APR 09", tags="EAGR")},
    "a cable removed": {"content/07ZENDA9.cable": None},
    "a cable renamed": {
        "content/07ZENDA9.cable": None,
        "content/x.cable": telegram(9, post="ZENDA", dtg="011230Z DEC 07"),
    },
    "a tag changed": {"content/below/08STRELSAU124.txt": telegram(124, tags="SNAR")},
    "a page changed": {"content/about.md": "# Something else"},
    "a title set": {"cablepress.toml": 'title = "Danor papers"'},
    "a template replaced": {
        "templates/parts/cable.html": "{% macro term(w, c) %}!{% endmacro %}{% macro addressee(l) %}?{% endmacro %}"
    },
    "a stylesheet replaced": {"templates/assets/cablepress.css": "body { color: red }"},
    "a cable held back": {"content/08STRELSAU123.txt": "---\ndraft: true\n---\n" + telegram(123)},
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_site_is_that_of_a_clean_build(
    project: Path, edit: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    build(project)
    for name, text in EDITS[edit].items():
        if text is None:
            (project / name).unlink()
        else:
            write_files(project, {name: text})
    assert not build(project).nothing_to_do
    clean = tmp_path_factory.mktemp("clean")
    for folder in ("content", "templates"):
        if (project / folder).exists():
            shutil.copytree(project / folder, clean / folder)
    if (project / "cablepress.toml").exists():
        shutil.copy(project / "cablepress.toml", clean)
    build(clean)
    assert snapshot(project / "site") == snapshot(clean / "site")


def test_files_that_are_not_ours_are_left_alone_and_named(project: Path) -> None:
    build(project)
    write_files(project / "site", {"CNAME": "cables.example", "tag/notes.txt": "mine", ".hidden": "x"})
    (project / "content/07ZENDA9.cable").unlink()
    report = build(project)
    assert (report.foreign, report.foreign_count) == (("CNAME", "tag/notes.txt"), 2)
    assert (project / "site/CNAME").read_text() == "cables.example"


def section(number: int, total: int, text: str) -> str:
    """A section of telegram 500 as it was sent, the last one signed."""
    whole = telegram(500, text=text).replace("UNCLAS", f"UNCLAS SECTION {number:02d} OF {total:02d}")
    return whole if number == total else whole.replace("RASSENDYLL\n", "")


@pytest.mark.parametrize(
    ("files", "pages", "gaps"),
    [
        ({"a.txt": section(1, 2, "1. (U) The new"), "b.txt": section(2, 2, "law is here.")}, 1, 0),
        ({"b.txt": section(1, 2, "1. (U) The new"), "a.txt": section(2, 2, "law is here.")}, 1, 0),
        ({"a.txt": section(1, 3, "1. (U) The new"), "c.txt": section(3, 3, "law is here.")}, 1, 1),
        ({"a.txt": section(2, 2, "law is here.") + section(1, 2, "1. (U) The new")}, 1, 0),
        # A copy of a section is told as one.
        ({"a.txt": section(1, 2, "1. (U) A."), "b.txt": section(2, 2, "2. (U) B."), "c.txt": section(2, 2, "2. (U) C.")}, 2, 1),
        ({"a.txt": section(2, 2, "2. (U) B.")}, 1, 1),
    ],
)  # fmt: skip
def test_sections_in_files_of_their_own_are_joined(
    tmp_path: Path, files: dict[str, str], pages: int, gaps: int
) -> None:
    write_files(tmp_path / "content", files)
    assert build(tmp_path).cables == pages
    site = snapshot(tmp_path / "site")
    shown = [text.decode() for name, text in site.items() if "500" in name and "<h1" in text.decode()]
    assert sum(text.count("<p class=gap") for text in shown) == gaps
    if pages == 1 and not gaps:
        page = read_page(tmp_path / "site/cable/2008/02/08STRELSAU500.html")
        assert "The new law is here." in " ".join(page.text.split())
    assert list(broken_links(tmp_path / "site")) == []


def test_a_problem_of_a_joined_cable_names_the_file_and_its_line(tmp_path: Path) -> None:
    later = section(2, 2, "2. (U) B.\n\n5. (U) C.\n\n4. (U) D.")
    write_files(tmp_path / "content", {"a.txt": section(1, 2, "1. (U) A."), "b.txt": "\n\n" + later})
    told = {group.code: group.example for group in build(tmp_path).problems}
    problem = told["paragraph-number-missing"]
    assert (problem.source, problem.excerpt) == ("b.txt", "5. (U) C.")
    assert ("\n\n" + later).split("\n")[(problem.line or 0) - 1] == "5. (U) C."
    assert told["sections-joined"].message == "sections 1, 2 of 08STRELSAU500 were joined: a.txt, b.txt"


def test_every_telegram_of_a_file_is_a_cable(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"08STRELSAU1.txt": telegram(1) + telegram(2) + telegram(3)})
    report = build(tmp_path)
    assert report.cables == 3
    assert [(group.code, group.count) for group in report.problems] == [("several-messages", 1)]
    assert (tmp_path / "site/cable/2008/02/08STRELSAU3.html").is_file()


def test_bad_input_is_told_and_the_build_goes_on(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    content = project / "content"
    write_files(
        content,
        {
            "empty.txt": "",
            "blank.txt": " \n\n",
            "binary.txt": b"\x7fELF" + bytes(range(256)),
            "dump.csv": "id,date\n",
            "prose.txt": "Shopping list.\n\nSalt.\n",
            "folder.txt/08STRELSAU700.txt": telegram(700),
            'a "quoted"\nname.txt': telegram(701),
            "long.txt": "1. (U) It snowed. " * (3_000_000 if IS_PROOF else 600_000),  # above ten megabytes
        },
    )
    (content / "dangling.txt").symlink_to(outside / "nothing.txt")
    (content / "dangling.png").symlink_to(outside / "nothing.png")
    (content / "loop").symlink_to(content)
    (content / "round").symlink_to(content / "round")
    os.mkfifo(content / "pipe.txt")
    report = build(project)
    told = {group.code: (group.severity, group.count) for group in report.problems}
    assert told == {
        "unreadable": ("error", 3),  # both dangling links and the link to itself
        "empty": ("warning", 2),
        "binary": ("warning", 1),
        "dump-in-content": ("warning", 1),
        "folder-twice": ("warning", 1),
        "large": ("warning", 1),
        "not-a-file": ("warning", 1),
        "not-a-telegram": ("warning", 2),
        "folder-named-like-a-cable": ("info", 1),
    }
    assert all(group.example.source and group.example.next_step for group in report.problems)
    assert report.cables == 7
    assert list(broken_links(project / "site")) == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a file that opens and cannot be read, of Linux's /proc"
)
def test_a_file_that_cannot_be_read_is_told(project: Path) -> None:
    (project / "content/picture.svg").symlink_to("/proc/self/mem")
    (project / "content/08STRELSAU9.txt").symlink_to("/proc/self/mem")
    report = build(project)
    assert [(group.code, group.count) for group in report.problems] == [("unreadable", 2)]
    assert report.cables == 3


def test_nothing_is_logged_of_what_is_held_back(project: Path) -> None:
    draft = "---\ndraft: true\n---\n" + telegram(900, dtg="991230Z FEB 08", tags="ZZQX")
    write_files(project / "content", {"08STRELSAU900.txt": draft})
    assert build(project).problems == ()
    assert b"ZZQX" not in (project / ".cablepress/problems.jsonl").read_bytes()


def test_drafts_are_built_only_where_they_are_asked_for_with_a_state_of_their_own(project: Path) -> None:
    drafts = {
        "08STRELSAU900.txt": "---\ndraft: true\n---\n" + telegram(900),
        "plan.md": "---\ndraft: true\n---\n# A plan",
    }
    write_files(project / "content", drafts)
    preview = project / "preview"
    for with_drafts in (True, False, True):
        build_site(
            project,
            Settings(),
            content=project / "content",
            site=preview / "site",
            state=preview / "state",
            today=TODAY,
            progress=nothing,
            drafts=with_drafts,
        )
        shown = set(snapshot(preview / "site"))
        assert ("cable/2008/02/08STRELSAU900.html" in shown) is with_drafts
        assert ("plan.html" in shown) is with_drafts
    assert not (project / ".cablepress").exists()


class Killed(BaseException):
    """Stands for a signal: nothing catches it."""


@pytest.mark.parametrize("stage", ["Reading", "Writing cables", "Writing indexes"])
def test_a_build_that_was_killed_is_repaired_by_the_next(project: Path, stage: str) -> None:
    def kill(at: str, done: int, total: int) -> None:
        if at == stage:
            raise Killed

    build(project)
    (project / "content/07ZENDA9.cable").unlink()
    write_files(project / "content", {"10SLAVNA1.txt": telegram(1, post="SLAVNA", dtg="010000Z JAN 10")})
    with pytest.raises(Killed):
        build_site(
            project,
            Settings(),
            content=project / "content",
            site=project / "site",
            today=TODAY,
            progress=kill,
        )
    # What the killed build had written is known as ours: taken out again, it leaves nothing behind.
    (project / "content/10SLAVNA1.txt").unlink()
    report = build(project)
    assert report.foreign == ()
    assert not any("SLAVNA" in name for name in snapshot(project / "site"))
    assert list(broken_links(project / "site")) == []


def test_two_folders_give_the_same_bytes(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(project / "content", other / "content")
    build(project)
    build(other)
    assert snapshot(project / "site") == snapshot(other / "site")


def test_an_archive_longer_than_a_batch_is_built_in_order(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {f"{n}.txt": telegram(n, dtg=f"{n % 28 + 1:02d}1230Z FEB 08") for n in range(1, 601)},
    )
    report = build(tmp_path, Settings(rows_per_page=100))
    assert report.cables == 600
    assert read_page(tmp_path / "site/tag/PGOV.html").text.count("600 cables") == 1
    assert (tmp_path / "site/tag/PGOV/2008-02.html").is_file()
    assert list(broken_links(tmp_path / "site")) == []


def test_cables_that_share_an_id_are_all_published_and_the_plain_address_lists_them(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            "a.txt": telegram(123),
            "b.txt": telegram(123, subject="ANOTHER"),
            "c.txt": telegram(500, ref="STRELSAU 123"),
        },
    )
    report = build(tmp_path)
    assert [group.code for group in report.problems] == ["id-shared"]
    listing = read_page(tmp_path / "site/cable/2008/02/08STRELSAU123.html")
    assert "THE SALT ROAD" in listing.text
    assert "ANOTHER" in listing.text
    assert "08STRELSAU123.html" in read_page(tmp_path / "site/cable/2008/02/08STRELSAU500.html").links
    assert list(broken_links(tmp_path / "site")) == []


def test_an_empty_archive_is_a_site_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert build(tmp_path).cables == 0
    assert "no cables yet" in read_page(tmp_path / "site/index.html").text
    assert list(broken_links(tmp_path / "site")) == []


@pytest.mark.parametrize(
    ("content", "site", "said"),
    [
        ("nowhere", "site", "there is no folder"),
        ("content", "content", "must not lie in each other"),
        ("content", "content/site", "must not lie in each other"),
        ("content", ".", "must not lie in each other"),
        ("content", "content/about.md", "must not lie in each other"),
    ],
)
def test_folders_that_cannot_be_used_are_refused(project: Path, content: str, site: str, said: str) -> None:
    before = snapshot(project)
    with pytest.raises(BuildRefused, match=said):
        build_site(
            project, Settings(), content=project / content, site=project / site, today=TODAY, progress=nothing
        )
    assert snapshot(project) == before


def test_a_disk_that_refuses_is_told_in_a_sentence(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site/tag").write_text("a file where a folder must be")
    with pytest.raises(BuildFailed, match="tag"):
        build(project)


def test_a_site_without_a_search_has_nothing_of_it(project: Path) -> None:
    build(project)
    whole = snapshot(project / "site")
    build(project, Settings(search=SearchSettings(enabled=False)))
    site = snapshot(project / "site")
    assert [name for name in site if "search" in name or name in SEARCH_ASSETS] == []
    assert [name for name, data in site.items() if b"search.html" in data] == []
    assert list(broken_links(project / "site")) == []
    build(project)
    assert snapshot(project / "site") == whole
