"""Markdown pages are written again when what they ask of the archive changed, and not otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest
from site_tools import build, snapshot, telegram, write_files

PAGES = {
    "link.md": "08STRELSAU1",
    "old-name.md": "08KIEV4 and 08STRELSAU9",
    "paragraph.md": "08STRELSAU1#par2",
    "quote.md": "[[quote 08STRELSAU1 par 2]]",
    "list.md": "[[list tag:PGOV limit:1]]",
    "few.md": "---\nkind: collection\ncables:\n  - 08STRELSAU1\n  - 08STRELSAU2: Like 08STRELSAU3.\n---\n",
    "asking.md": "---\nkind: collection\nquery: tag:ECON\n---\n",
    "plain.md": "Nothing of the kind.",
}
ALL = {path.replace(".md", ".html") for path in PAGES}
LISTS = {"list.html", "asking.html", "collection/index.html"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    cables = {
        f"content/{n}.txt": telegram(
            n,
            dtg=f"{n:02d}1230Z FEB 08",
            tags="PGOV" if n < 3 else "ECON",
            subject=f"REPORT {n}",
            text="1. (U) It snowed.\n\n2. (U) It thawed.",
        )
        for n in range(1, 4)
    }
    write_files(tmp_path, cables | {f"content/{path}": text for path, text in PAGES.items()})
    build(tmp_path)
    return tmp_path


def edit(number: int, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / f"content/{number}.txt"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    return change


def add(path: str, text: str) -> Callable[[Path], None]:
    return lambda project: write_files(project, {f"content/{path}": text})


@pytest.mark.parametrize(
    ("change", "written"),
    [
        pytest.param(edit(1, "thawed", "rained"), {"quote.html"}, id="a quoted word"),
        pytest.param(edit(2, "thawed", "rained"), set(), id="a word of another cable"),
        pytest.param(
            edit(1, "REPORT 1", "REPORT ONE"),
            {"link.html", "paragraph.html", "quote.html", "few.html", *LISTS - {"asking.html"}} - {"collection/index.html"},
            id="a subject",
        ),
        pytest.param(edit(1, "snowed", "hailed"), {"few.html", "list.html"}, id="the first words of a cable in a collection"),
        pytest.param(
            edit(1, "\n\n2. (U) It thawed.", ""), {"paragraph.html", "quote.html"}, id="a paragraph is gone"
        ),
        pytest.param(
            lambda project: (project / "content/1.txt").unlink(),
            {"link.html", "paragraph.html", "quote.html", "few.html", "list.html", "collection/index.html"},
            id="a cable is gone",
        ),
        pytest.param(add("9.txt", telegram(9, tags="PREL")), {"old-name.html"}, id="a cable comes that was missing"),
        pytest.param(
            add("4.txt", telegram(4, post="KYIV", tags="PREL")),
            {"old-name.html"},
            id="a cable comes that was missing, by the other name of its post",
        ),
        pytest.param(
            add("8.txt", telegram(8, tags="ECON")), {"asking.html", "collection/index.html"}, id="a cable more in a query"
        ),
        pytest.param(
            add("1b.txt", telegram(1, subject="REPORT 1", dtg="011230Z FEB 08", text="1. (U) Else.")),
            {"link.html", "paragraph.html", "quote.html", "few.html", "list.html"},
            id="another cable has the id",
        ),
        pytest.param(
            add("release.toml", '[[withhold]]\ncable = "08STRELSAU1"\nshow = "card"\n'),
            {"link.html", "paragraph.html", "quote.html", "few.html", "list.html", "collection/index.html"},
            id="a card comes in the place of a cable",
        ),
        pytest.param(
            add("release.toml", '[[redact]]\nterm = "thawed"\n'), {"quote.html"}, id="a quoted word is redacted"
        ),
        pytest.param(
            add("release.toml", '[[redact]]\ncable = "08STRELSAU1"\nparagraph = 2\n'),
            {"quote.html"},
            id="a quoted paragraph is withheld",
        ),
        pytest.param(
            lambda project: (project / "content/1.txt").replace(project / "content/elsewhere.txt"),
            set(),
            id="the file of a cable has another name",
        ),
        pytest.param(
            add("asking.md", "---\nkind: collection\ntitle: Asked\nquery: tag:ECON\n---\n"),
            {"asking.html", "collection/index.html"},
            id="the title of a collection",
        ),
        pytest.param(
            add("asking.md", "Now a page"), {"asking.html", "collection/index.html"}, id="a collection becomes a page"
        ),
    ],
)  # fmt: skip
def test_a_page_is_due_when_what_it_asks_for_changed(
    project: Path, change: Callable[[Path], None], written: set[str]
) -> None:
    site = project / "site"
    stamps = {address: (site / address).stat().st_mtime_ns for address in ALL | {"collection/index.html"}}
    change(project)
    build(project)
    again = {address for address, stamp in stamps.items() if (site / address).stat().st_mtime_ns != stamp}
    incremental = snapshot(site)
    (project / ".cablepress").rename(project / "old-state")
    site.rename(project / "old-site")
    build(project)
    assert incremental == snapshot(site)
    assert again == written
