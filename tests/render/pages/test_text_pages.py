"""Markdown pages among themselves: links between their files, the pages above them, and which of them the home page lists."""

import re
from pathlib import Path

import pytest
from site_tools import broken_links, build, snapshot, write_files

from generator.archive.text_pages import PageLink
from generator.render.text.page_links import page_links


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path / "content",
        {
            "index.md": "Read [the manual](docs/index.md).",
            "about.md": "# About",
            "notes/loose.md": "# A loose leaf",
            "docs/index.md": "# Documentation\n\n[Settings](settings.md), [Tables](deep/tables.md#the-keys), [home](../index.md)",
            "docs/settings.md": "# Settings\n\n[Back](./index.md), [About](../about.md)\n",
            "docs/deep/index.md": "# Deeper",
            "docs/deep/tables.md": "# Tables\n\n## The keys\n\n[here](#the-keys), [and here](tables.md#the-keys)",
        },
    )
    return tmp_path


def links(page: Path) -> dict[str, str]:
    """The links in the text of a page, by their words."""
    text = page.read_text("utf-8").partition("<article")[2]
    return {words: href for href, words in re.findall('<a href="([^"]*)">([^<]*)</a>', text)}


def trail(page: Path) -> list[tuple[str, str]]:
    found = re.search("<nav class=trail.*?</nav>", page.read_text("utf-8"))
    assert found is not None
    return re.findall('<a href="([^"]*)">([^<]*)</a>', found[0])


def test_a_link_to_the_source_of_a_page_leads_to_the_page(project: Path) -> None:
    build(project)
    assert links(project / "site/docs/index.html") == {
        "Settings": "settings.html",
        "Tables": "deep/tables.html#the-keys",
        "home": "../index.html",
    }
    assert links(project / "site/docs/settings.html") == {"Back": "index.html", "About": "../about.html"}
    assert links(project / "site/docs/deep/tables.html") == {"here": "#the-keys", "and here": "#the-keys"}
    assert 'href="docs/index.html">the manual</a>' in read_text(project / "site/index.html")
    assert list(broken_links(project / "site")) == []


def read_text(page: Path) -> str:
    return page.read_text("utf-8")


def test_a_page_stands_below_the_introductions_of_its_folders(project: Path) -> None:
    build(project)
    assert trail(project / "site/docs/deep/tables.html") == [
        ("../../index.html", "Home"),
        ("../index.html", "Documentation"),
        ("index.html", "Deeper"),
    ]
    assert trail(project / "site/docs/index.html") == [("../index.html", "Home")]
    assert trail(project / "site/notes/loose.html") == [("../index.html", "Home")]


def test_the_home_page_lists_a_folder_by_its_introduction(project: Path) -> None:
    build(project)
    listed = re.search("<nav class=pages.*?</nav>", read_text(project / "site/index.html"))
    assert listed is not None
    assert re.findall(">([^<]+)</a>", listed[0]) == ["About", "Documentation", "A loose leaf"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("gone.md", 8),
        ("../CONTRIBUTING.md#manner", 8),
        ("../../outside.md", 8),
        ("/about.md", 8),
    ],
)
def test_a_link_to_no_page_is_told_and_keeps_its_words(project: Path, written: str, line: int) -> None:
    write_files(
        project / "content",
        {"docs/settings.md": f"---\ndraft: no\n---\n# Settings\n\n`gone.md`\n\nSee [that]({written}).\n"},
    )
    report = build(project)
    assert [(group.code, group.severity, group.count) for group in report.problems] == [
        ("link-unknown", "warning", 1)
    ]
    problem = report.problems[0].example
    assert (problem.source, problem.line) == ("docs/settings.md", line)
    assert f"the link to {written} leads to no page" in problem.message
    assert "See <span>that</span>." in read_text(project / "site/docs/settings.html")


def test_a_page_that_is_held_back_has_no_links_to_it(project: Path) -> None:
    write_files(project / "content", {"docs/settings.md": "---\ndraft: true\n---\n# Settings"})
    report = build(project)
    assert [group.code for group in report.problems] == ["link-unknown"]
    assert not any(
        b"settings" in data for name, data in snapshot(project / "site").items() if name.startswith("docs")
    )


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://example.org/README.md)",
        "[x](//example.org/README.md)",
        "[x](README.markdown)",
        "`[x](README.md)`",
        "    [x](README.md)",
        "![x](README.md)",
    ],
)
def test_other_addresses_are_left_alone(link: str) -> None:
    assert page_links(link, "a.md", source=link, first_line=1) == []


@pytest.mark.parametrize(
    ("text", "target", "line"),
    [
        ("\n[x](b.md)", "docs/b.md", 3),
        ("[x][1]\n\n[1]: ../b.md", "b.md", 4),
        ("b.md\n[x](<b c.md> 'd')", "docs/b c.md", 3),
        ("[x](b%20c.md)", "docs/b c.md", 2),
        ("[x](b.md?a&b#c)", "docs/b.md", 2),
        ("| a | b |\n|---|---|\n| c | [x](b.md) |", "docs/b.md", 4),
    ],
)
def test_a_link_is_found_however_it_is_written(text: str, target: str, line: int) -> None:
    found = page_links(text, "docs/a.md", source=text, first_line=2)
    assert [(link.target, link.line) for link in found] == [(target, line)]


def test_a_source_is_noted_once(project: Path) -> None:
    text = "[x](b.md) [y](./b.md#z)"
    assert page_links(text, "a.md", source=text, first_line=1) == [PageLink("b.md", 1, "b.md")]


def test_what_an_edit_of_a_page_touches_is_built_and_no_more(project: Path) -> None:
    build(project)

    def written() -> int:
        return build(project).written - 1  # the manifest, which every change changes

    write_files(project / "content", {"docs/settings.md": "# Settings\n\nOther words."})
    assert written() == 1
    write_files(project / "content", {"docs/settings.md": "# Keys\n\nOther words."})
    assert written() == 1  # no other page names it
    write_files(project / "content", {"docs/deep/index.md": "# Deepest"})
    assert written() == 2  # and the page below it
    write_files(project / "content", {"about.md": "# About us"})
    assert written() == 2  # and the home page
    (project / "content/docs/deep/tables.md").unlink()
    assert written() == 1  # the page that links to it
    report = build(project)
    assert report.nothing_to_do
