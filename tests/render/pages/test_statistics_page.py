"""The page of statistics: what it says of small archives, and that its pictures and tables say the same."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from site_tools import broken_links, build, read_page, snapshot, telegram, write_files

from generator.settings import Settings

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
POSTS = [f"POST{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(300)]

ONE = {"1.txt": telegram(1)}
UNDATED = {"a.txt": "Dear Rosa,\n\nit snowed.\n", "b.txt": "Dear Rosa,\n\nit thawed.\n"}
ONE_POST = {f"{n}.txt": telegram(n, dtg=f"01{n:02d}30Z {MONTHS[n % 3]} 08") for n in range(1, 9)}
SIXTY_YEARS = {
    f"{n}.txt": telegram(
        n, dtg=f"011230Z {MONTHS[n % 12]} {(50 + n) % 100:02d}", post=POSTS[n % 3], tags="PGOV" if n < 30 else "PREL"
    )
    for n in range(60)
}  # fmt: skip
MANY_POSTS = {
    f"{n}.txt": telegram(n + 1, dtg=f"011230Z {MONTHS[n % 12]} {4 + n % 5:02d}", post=post)
    for n, post in enumerate(POSTS)
}
# 25 cables with a date: of 1974 (10, two of them SECRET), 1989 (4), 2008 (11); of Strelsau 17, of Zenda 8.
SMALL = {
    f"{n}.txt": telegram(
        n,
        dtg=f"{n:02d}1230Z FEB {'74' if n < 11 else '89' if n < 15 else '08'}",
        post="ZENDA" if n % 3 == 0 else "STRELSAU",
        level="S E C R E T" if n in (1, 2) else "UNCLAS",
        tags="PGOV" if n < 13 else "PREL ECON" if n % 2 else "PREL",
        text="1. (U) " + "It snowed. " * (200 if n == 5 else 60 if n > 15 else 1),
    )
    for n in range(1, 26)
} | {"letter.txt": "Dear Rosa,\n\nit snowed.\n"}


def statistics(folder: Path, files: Mapping[str, str], settings: Settings | None = None) -> Path:
    write_files(folder / "content", files)
    build(folder, settings)
    assert list(broken_links(folder / "site")) == []
    page = folder / "site/statistics.html"
    html5lib.HTMLParser(strict=True).parse(page.read_bytes())
    return page


def words(page: Path) -> str:
    return " ".join(read_page(page).text.split())


ARCHIVES = {
    "none": {"release.toml": ""},
    "one cable": ONE,
    "only undated": UNDATED,
    "one post": ONE_POST,
    "sixty years": SIXTY_YEARS,
    "many posts": MANY_POSTS,
    "small": SMALL,
}
HEADINGS = ["Over time", "By post", "Who wrote to whom", "TAGS that rise and fall", "How long they are"]


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The page of an archive, built once."""
    return cache(lambda name: statistics(tmp_path_factory.mktemp("archive"), ARCHIVES[name]))


@pytest.mark.parametrize(
    ("name", "headings", "said"),
    [
        ("none", [], ["This archive holds no cables yet."]),
        (
            "one cable",
            ["Over time", "Who wrote to whom", "How long they are"],
            [
                "This archive in numbers: 1 cable.",
                "The only cable with a date is of February 2008. It is UNCLASSIFIED.",
                "No post sent more than one cable to another.",
                "All cables have 0 to 99 words.",
            ],
        ),
        ("only undated", ["How long they are"], ["in numbers: 2 cables.", "None of them has a date."]),
        (
            "one post",
            ["Over time", "Who wrote to whom", "How long they are"],
            [
                "In February 2008 and March 2008 the archive has 3 cables each, more than in any other month.",
                "All are UNCLASSIFIED.",
                "The busiest line is from STRELSAU to Secretary of State: all 8 cables from there that name an addressee went to it.",
            ],
        ),
        (
            "sixty years",
            HEADINGS,
            [
                "No year has more than 1 cable, and 60 have as many.",
                "Rose PREL External Political Relations 0 of 20, then 20 of 20",
            ],
        ),
        (
            "many posts",
            ["Over time", "By post", "Who wrote to whom", "How long they are"],
            [
                "POSTAA sent 1 of the 300 cables with a date, the most of 300 posts.",
                "288 other posts 288 cables",
                "288 other senders",
            ],
        ),
        ("small", HEADINGS, ["in numbers: 26 cables."]),
    ],
)
def test_every_archive_has_its_page(
    page_of: Callable[[str], Path], name: str, headings: list[str], said: list[str]
) -> None:
    page = page_of(name)
    assert [*sections_of(page)] == headings
    assert [one for one in said if one not in words(page)] == []
    assert " style=" not in page.read_text("utf-8")
    assert page.stat().st_size < 100_000


@pytest.mark.parametrize(
    "said",
    [
        "In 2008 the archive has 11 cables, more than in any other year. The most frequent level is UNCLASSIFIED: 23 of 25.",
        "UNCLASSIFIED 23 SECRET 2 1 cable without a date is not among them.",
        "STRELSAU sent 17 of the 25 cables with a date, the most of 2 posts.",
        "STRELSAU 17 cables 1974",
        "The busiest line is from STRELSAU to Secretary of State: all 17 cables from there that name an addressee went to it.",
        "PREL rose most, from 0% of the cables of 1974 to 100% of those of 2008. "
        "PGOV fell most, from 100% of the cables of 1974 to 0% of those of 2008.",
        "ECON Economic Conditions 0 of 10, then 6 of 11 0% 55%",
        "Compared are the 10 cables of 1974 and the 11 of 2008: about the first and the last third",
        "The middle cable has 0 to 99 words: as many are shorter as are longer.",
        "The longest cable has 400 to 799 words: 74STRELSAU5.",
    ],
)
def test_the_main_findings_are_sentences(page_of: Callable[[str], Path], said: str) -> None:
    assert said in words(page_of("small"))


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        (
            "Over time",
            "Year UNCLASSIFIED SECRET Together / 1974 8 2 10 / 1989 4 0 4 / 2008 11 0 11 / Together 23 2 25",
        ),
        (
            "By post",
            "Year STRELSAU ZENDA Together / 1974 7 3 10 / 1989 3 1 4 / 2008 7 4 11 / Together 17 8 25",
        ),
        (
            "Who wrote to whom",
            "From To Secretary of State To ZENDA Cables / STRELSAU 17 17 17 / ZENDA 8 8 8",
        ),
        (
            "TAGS that rise and fall",
            "Code Cables, 1974 Share Cables, 2008 Share / PREL 0 0% 11 100% / ECON 0 0% 6 55% / PGOV 10 100% 0 0%",
        ),
        (
            "How long they are",
            "Words Cables / 0 to 99 15 / 100 to 199 10 / 200 to 399 0 / 400 to 799 1",
        ),
    ],
)
def test_the_figures_are_right(page_of: Callable[[str], Path], heading: str, table: str) -> None:
    assert " / ".join(" ".join(row) for row in table_of(page_of("small"), heading)) == table


def tree(page: Path) -> Element:
    root: Element = html5lib.parse(page.read_bytes(), namespaceHTMLElements=False)
    return root


def texts(element: Element, name: str, of_class: str = "") -> Iterator[str]:
    for found in element.iter(f"{{http://www.w3.org/2000/svg}}{name}"):
        if not of_class or of_class in found.get("class", "").split():
            yield "".join(found.itertext()).strip()


def sections_of(page: Path) -> dict[str, Element]:
    """The parts of the page by their headings."""
    return {"".join(section[0].itertext()): section for section in tree(page).iter("section")}


def table_of(page: Path, heading: str) -> list[list[str]]:
    """The figures of a part, row by row."""
    return [
        ["".join(cell.itertext()).strip() for cell in row] for row in sections_of(page)[heading].iter("tr")
    ]


@pytest.mark.parametrize("name", ["small", "sixty years", "many posts"])
def test_pictures_and_tables_say_the_same(page_of: Callable[[str], Path], name: str) -> None:
    page = page_of(name)
    parts = sections_of(page)

    told = [re.split(r": | cables?; ", text)[:2] for text in texts(parts["Over time"], "title")]
    assert told == [[row[0], row[-1]] for row in table_of(page, "Over time")[1:-1]]

    peaks = [text.partition(" in ")[0] for text in texts(parts["By post"], "text", "peak")]
    columns = [*zip(*table_of(page, "By post")[1:-1], strict=True)][1:-1]
    assert peaks == [str(max(int(count) for count in column)) for column in columns]

    [cells] = parts["Who wrote to whom"].iter("{http://www.w3.org/2000/svg}g")
    letters = table_of(page, "Who wrote to whom")[1:]
    assert [*texts(cells, "text")] == [cell for row in letters for cell in row[1:-1] if cell != "0"]

    if tags := parts.get("TAGS that rise and fall"):
        shares = [row[place] for row in table_of(page, "TAGS that rise and fall")[1:] for place in (2, 4)]
        assert [*texts(tags, "text")] == shares

    if bars := [*texts(parts["How long they are"], "text")]:
        assert [text.partition(",")[0] for text in bars] == [
            cell for row in table_of(page, "How long they are")[1:] for cell in row
        ]


def test_every_picture_is_named_and_has_its_table(page_of: Callable[[str], Path]) -> None:
    for part in sections_of(page_of("small")).values():
        pictures = [
            svg for svg in part.iter("{http://www.w3.org/2000/svg}svg") if svg.get("role") in ("img", "group")
        ]
        assert pictures
        assert all(svg.get("aria-label") for svg in pictures)
        [table] = part.iter("table")
        assert table.find("caption") is not None
        scopes = [head.get("scope") for head in table.iter("th")]
        rows = len([*table.iter("tr")]) - 1
        assert scopes == ["col"] * (len(scopes) - rows) + ["row"] * rows


def test_it_is_found_from_the_home_page_and_that_of_health(page_of: Callable[[str], Path]) -> None:
    for name in ("index.html", "health.html"):
        assert "statistics.html" in read_page(page_of("small").parent / name).links


def test_it_leads_to_years_levels_posts_codes_and_the_longest(page_of: Callable[[str], Path]) -> None:
    assert set(read_page(page_of("small")).links) >= {
        "date/1974.html",
        "classification/SECRET.html",
        "origin/ZENDA.html",
        "tag/PREL.html",
        "cable/1974/02/74STRELSAU5.html",
        "assets/statistics.css",
    }


def test_nothing_of_what_is_held_back_counts(tmp_path: Path) -> None:
    held = {"release.toml": '[[withhold]]\ncables = "74*"\n'}
    page = statistics(tmp_path, SMALL | held)
    assert "1974" not in words(page)
    assert "This archive in numbers: 16 cables." in words(page)


def test_a_page_of_the_same_name_gives_way(tmp_path: Path) -> None:
    statistics(tmp_path, {"statistics.md": "# Our numbers\n"})
    assert {"_statistics.html", "statistics.html"} <= set(snapshot(tmp_path / "site"))
