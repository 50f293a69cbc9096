"""Cables that ask much of a page: without what others have, or with far more of it. Each page still reads well.

`tests/output/` keeps a picture of each, wide and narrow.
"""

import re
from pathlib import Path
from statistics import median
from typing import cast

import html5lib
import pytest
from playwright.sync_api import Locator, Page, expect
from reading_tools import letters_of_lines, save_picture
from site_tools import build, telegram, write_files
from tabs import OpenTab

from generator.archive.address import cable_address

SENTENCE = "The ferryman says that the snow on the salt road is deeper than the snow of last year. "
SUBJECT = " ".join(f"{number} SHEEP ON THE SALT ROAD" for number in range(1, 100))[:1996] + " END"
INFO = "\n".join(
    f"RUEH{chr(65 + number % 26)}{chr(65 + number // 26)}/AMEMBASSY STREL{chr(65 + number % 26)}{chr(65 + number // 26)} {number:04d}"
    for number in range(400)
)
COLUMNS = [f"{month:<8}" for month in "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split() * 3]
TABLE = "\n".join(
    [
        f"{'POST':<12}{''.join(COLUMNS)}",
        *(
            f"{post:<12}" + "".join(f"{number:<8}" for number in range(36))
            for post in ("ZENDA", "HENTZAU", "SLAVNA")
        ),
    ]
)
ARABIC, HEBREW = (
    "\u0645\u062d\u0645\u062f \u0627\u0644\u0623\u0645\u064a\u0646",
    "\u05d9\u05e2\u05e7\u05d1 \u05db\u05d4\u05df",
)

# By name: what stands in `content/`.
TELEGRAMS = {
    "nothing known": "C O N F I D E N T I A L\n\nE.O. 12356: DECL: OADR\n\n1. (C) " + SENTENCE * 6 + "\n\n2. (U) It thawed.\n",
    "no telegram": "Dear Rosa,\n\n" + SENTENCE * 6 + "\n\nYours,\nFritz\n",
    "long subject": telegram(2, subject=SUBJECT, text="1. (U) " + SENTENCE * 6),
    "many addressees": telegram(3, text="1. (U) " + SENTENCE * 6).replace("INFO AMCONSUL ZENDA", f"INFO {INFO}"),
    "long paragraph": telegram(4, text="1. (U) " + SENTENCE * (60_000 // len(SENTENCE) + 1)),
    "wide table": telegram(5, text=f"1. (U) {SENTENCE * 6}\n\n2. (U) Sheep of the pass:\n\n{TABLE}\n\n3. (U) {SENTENCE * 6}"),
    "right to left": telegram(
        6,
        subject=f"{ARABIC} AND {HEBREW} MEET (AGAIN)",
        tags=f"PGOV ({ARABIC}, {HEBREW})",
        text=f"1. (U) {ARABIC} ({HEBREW}) said: {SENTENCE * 6}\n\n2. (U) Then came {HEBREW}, 3 sheep and {ARABIC}.\n\n-- {ARABIC}: 12;\n-- {HEBREW}: 7.",
    ).replace("INFO AMCONSUL ZENDA", f"INFO AMCONSUL ZENDA\n{ARABIC}"),
}  # fmt: skip
WIDTHS = {"wide": 1200, "narrow": 320}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each."""
    folder = tmp_path_factory.mktemp("bad-input")
    write_files(folder / "content", {f"{name}.txt": text for name, text in TELEGRAMS.items()})
    build(folder)
    undated = {name: cable_address(name, None, None) for name in ("nothing known", "no telegram")}
    numbers = enumerate((name for name in TELEGRAMS if name not in undated), start=2)
    dated = {name: f"cable/2008/02/08STRELSAU{number}.html" for number, name in numbers}
    return {name: folder / "site" / address for name, address in (undated | dated).items()}


@pytest.fixture
def page(tab: OpenTab) -> Page:
    return tab(java_script_enabled=False, viewport={"width": 1200, "height": 900})


@pytest.mark.parametrize("name", TELEGRAMS)
def test_its_page_is_valid_has_one_heading_and_keeps_its_budget(pages: dict[str, Path], name: str) -> None:
    html = pages[name].read_bytes()
    html5lib.HTMLParser(strict=True).parse(html)
    assert html.count(b"<h1") == 1
    subject = re.search("SUBJECT: (.*)", TELEGRAMS[name])
    # It stands there once for each way to cite a cable, and in the head for programs that do.
    cited = 12 * len(subject[1]) if subject else 0
    assert len(html) <= 1.35 * len(TELEGRAMS[name].encode()) + cited + 12_500


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TELEGRAMS)
def test_its_page_does_not_scroll_sideways_and_is_kept_as_a_picture(
    tab: OpenTab, pages: dict[str, Path], name: str, width: str
) -> None:
    page = tab(viewport={"width": WIDTHS[width], "height": 900})
    page.goto(pages[name].as_uri())
    save_picture(page, f"{name} {width}".replace(" ", "-"))
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    page.get_by_label("As sent").check()
    save_picture(page, f"{name} {width} as sent".replace(" ", "-"))
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


@pytest.mark.parametrize(
    "name", [name for name in TELEGRAMS if name != "no telegram"]
)  # it stands as it came, in monospace
def test_its_lines_keep_the_measure(tab: OpenTab, pages: dict[str, Path], name: str) -> None:
    page = tab(viewport={"width": 1200, "height": 900})
    page.goto(pages[name].as_uri())
    assert 60 <= median(letters_of_lines(page)) <= 75


@pytest.mark.parametrize("name", ["list", "page"])
def test_a_subject_of_2000_characters_can_be_read_whole_on_its_page_and_lists_stay_lists(
    page: Page, pages: dict[str, Path], name: str
) -> None:
    site = pages["long subject"].parents[3]
    assert len(SUBJECT) == 2000
    if name == "page":
        page.goto(pages["long subject"].as_uri())
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(SUBJECT)
        box = heading.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 1200
    else:
        page.goto((site / "tag/PGOV.html").as_uri())
        expect(page.get_by_role("link", name=re.compile("^1 SHEEP"))).to_be_visible()
        save_picture(page, "long-subject-in-a-list")


def test_400_info_addressees_are_folded_and_those_that_do_not_fit_stand_as_sent(
    page: Page, pages: dict[str, Path]
) -> None:
    page.goto(pages["many addressees"].as_uri())
    summary = page.get_by_text("400 addressees", exact=True)
    first = page.get_by_role("definition").get_by_text("AMEMBASSY STRELAA")
    expect(first).to_be_hidden()
    summary.click()
    expect(first).to_be_visible()
    expect(page.get_by_text("340 more, as sent")).to_be_visible()
    page.get_by_label("As sent").check()
    expect(page.locator("pre.telegram")).to_contain_text("AMEMBASSY STRELJP 0399")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_of_300_columns_scrolls_in_its_own_box(
    tab: OpenTab, pages: dict[str, Path], width: str
) -> None:
    page = tab(viewport={"width": WIDTHS[width], "height": 900})
    page.goto(pages["wide table"].as_uri())
    table = page.locator("pre.table")
    shown, whole = table.evaluate("table => [table.clientWidth, table.scrollWidth]")
    assert shown < WIDTHS[width] < whole
    table.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('pre.table').scrollLeft > 0")


def test_names_that_run_from_right_to_left_turn_nothing_around_them(
    tab: OpenTab, pages: dict[str, Path]
) -> None:
    page = tab(viewport={"width": 1200, "height": 900})
    page.goto(pages["right to left"].as_uri())
    # What stands before and behind a name stands to the left and to the right of it, figures and signs too.
    sentence = edges(page.locator("#par2"), "Then came", HEBREW, ", 3 sheep")
    item = edges(page.locator(".items li").first, ARABIC, ": 12;")
    assert (sentence, item) == (sorted(sentence), sorted(item))
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("heading => getComputedStyle(heading).direction") == "ltr"
    expect(heading).to_have_text(f"{ARABIC} AND {HEBREW} MEET (AGAIN)")


def edges(element: Locator, *words: str) -> list[float]:
    """The left and the right edge of some words of an element, one pair after the other."""
    return cast(
        "list[float]",
        element.evaluate(
            """(element, words) => words.flatMap(word => {
              const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
              const range = document.createRange();
              for (let node; (node = walker.nextNode());) {
                const at = node.data.indexOf(word);
                if (at < 0) continue;
                range.setStart(node, at);
                range.setEnd(node, at + word.length);
                const box = range.getBoundingClientRect();
                return [Math.round(box.left), Math.round(box.right)];
              }
            })""",
            list(words),
        ),
    )
