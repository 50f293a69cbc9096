"""axe finds nothing on any kind of page, in light and dark, wide and narrow, nor with what a reader opens on it.

Rules: WCAG 2.0, 2.1 and 2.2 at A and AA, and axe's best practice. A new kind of page adds a line to `KINDS`.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from site_tools import build, telegram, write_files
from tabs import OpenTab

RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22a wcag22aa best-practice".split()

TEXT = """1. (C) SUMMARY: It snowed. XXXXXXXXXXXX met the ferryman, as STRELSAU 1 para 2 said. END SUMMARY.

THE NUMBERS
-----------

2. (U) Sheep of the pass:

NAME     JAN     FEB     MAR     APR     MAY     JUN     JUL     AUG     SEP     OCT     NOV     DEC
ZENDA      1       2       3       4       5       6       7       8       9      10      11      12

-- one sheep;
-- another.

BEGIN TEXT

We, the sheep.

END TEXT

3. (C) COMMENT: They know. END COMMENT."""

NOTE = """## Sheep

Some *sheep*[^1].

| a | b |
|---|---|
| 1 | 2 |

[^1]: And [others](#par1).
"""

COLLECTION = """---
kind: collection
title: Sheep
description: All of them.
cables:
  - 08STRELSAU1: See *also* 08STRELSAU2.
  - 08STRELSAU8
  - 08STRELSAU77
query: tag:ECON limit:3
---

[[quote 08STRELSAU2 par 1]]

[[timeline from:astana limit:3]]

[[list tag:ECON limit:3]]
"""

LEDGER = """[[withdraw]]
cable = "08STRELSAU8"
reason = "The tuner asks for his letters back."
show = "card"

[[withdraw]]
cable = "08STRELSAU9"
show = "tombstone"

[[redact]]
term = "ferryman"
reason = "A name."
show_reason = true
"""

CABLE = "cable/2008/02/08STRELSAU2.html"

# A page of each kind.
SITE_URL = "https://example.org/cables/"

KINDS = {
    "home": "index.html",
    "cable": CABLE,
    "cable with notes": "cable/2008/02/08STRELSAU1.html",
    "cable without anything": "cable/undated/=letter.html",
    "cables at one address": "cable/2008/02/08STRELSAU7.html",
    "list": "tag/PGOV.html",
    "list cut by time": "tag/ECON.html",
    "period of a list": "tag/ECON/2008.html",
    "year": "date/2008.html",
    "month": "date/2008-02.html",
    "origin": "origin/STRELSAU.html",
    "classification": "classification/CONFIDENTIAL.html",
    "index of TAGS": "tag/index.html",
    "index of dates": "date/index.html",
    "index of origins": "origin/index.html",
    "index of classifications": "classification/index.html",
    "index by count": "tag/by-count.html",
    "thread": "thread/08ASTANA2.html",
    "threads": "thread/index.html",
    "country": "country/KZ.html",
    "countries": "country/index.html",
    "countries by count": "country/by-count.html",
    "map": "map.html",
    "glossary": "glossary.html",
    "data": "data/index.html",
    "day": "day/02-14.html",
    "day without cables": "day/06-01.html",
    "days": "day/index.html",
    "card": "cable/withheld/08STRELSAU8.html",
    "tombstone": "cable/2008/02/08STRELSAU9.html",
    "health": "health.html",
    "feeds": "feeds.html",
    "statistics": "statistics.html",
    "text": "about.html",
    "collection": "sheep.html",
    "collections": "collection/index.html",
    "reading list": "reading-list.html",
    "search": "search.html",
    "how to search": "search-help.html",
    "not found": "404.html",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    cables = {
        "1.txt": telegram(1, text="1. (U) It snowed.\n\n2. (U) It thawed."),
        "2.txt": telegram(
            2, level="C O N F I D E N T I A L", tags="PGOV QQQQ", ref="A. STRELSAU 1 B. ZENDA 9", text=TEXT
        ),
        "3.txt": telegram(3, ref="STRELSAU 2", dtg="151230Z MAR 08"),
        "7a.txt": telegram(7, text="1. (U) One."),
        "7b.txt": telegram(7, text="1. (U) Other."),
        "8.txt": telegram(8),
        "9.txt": telegram(9),
        "letter.txt": "Dear Rosa,\n\nthe tower is above water.\n",
        "about.md": "# About\n\nAn *archive*.\n\n## Sheep\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```telegram\nFM ZENDA\n```\n",
        "index.md": "# Home\n\nAn archive of snow.\n",
        "sheep.md": COLLECTION,
        "release.toml": LEDGER,
        "notes/1.md": f"---\nkind: note\ncable: 08STRELSAU1\nby: Sapt\n---\n{NOTE}",
        "notes/2.md": f"---\nkind: note\ncable: 08STRELSAU1\nparagraph: 2\n---\n{NOTE}",
        "notes/3.md": f"---\nkind: note\ncable: 08STRELSAU2\nparagraph: 2\n---\n{NOTE}",
    }
    # A thread, of a post that is on the map.
    thread = {
        f"thread/{number}.txt": telegram(
            number,
            post="ASTANA",
            dtg=f"{number:02d}1230Z MAY 08",
            tags="PGOV KZ",
            ref="ASTANA 2" if number > 2 else "",
        )
        for number in range(2, 8)
    }
    many = {
        f"many/{number}.txt": telegram(number, tags="ECON", dtg=f"011230Z JAN 0{7 + number % 2}")
        for number in range(100, 125)
    }
    write_files(folder / "content", {**cables, **thread, **many})
    write_files(folder, {"cablepress.toml": f'rows_per_page = 20\nsite_url = "{SITE_URL}"\n'})
    build(folder)
    return folder / "site"


def complaints(page: Page) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate(
        "options => axe.run(document, options).then(found => found.violations)",
        {"runOnly": RULES, "resultTypes": ["violations"]},
    )
    return [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


VIEWS = [("light", 1200), ("dark", 360)]


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(tab: OpenTab, site: Path, kind: str, scheme: str, width: int) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 800})
    # Where settings say that it is: the page for addresses that lead nowhere has its stylesheet by its full address.
    page.route(
        f"{SITE_URL}**", lambda route: route.fulfill(path=site / route.request.url.removeprefix(SITE_URL))
    )
    page.goto(f"{SITE_URL}{KINDS[kind]}")
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert complaints(page) == []


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_axe_finds_nothing_in_what_a_reader_opens(tab: OpenTab, site: Path, scheme: str, width: int) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto((site / CABLE).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    expect(page.get_by_role("button", name="Copy BibTeX")).to_be_visible()
    page.get_by_role("button", name="Keep").click()
    for word in page.locator("main button[popovertarget]").all():
        word.click()
        expect(page.locator("[popover]:popover-open")).to_have_count(1)
        assert complaints(page) == []
        page.keyboard.press("Escape")
    page.get_by_label("As sent").check()
    assert complaints(page) == []
    page.keyboard.press("?")
    assert complaints(page) == []
    page.goto((site / "reading-list.html").as_uri() + "#ids=2008/02/08STRELSAU1")
    assert complaints(page) == []
