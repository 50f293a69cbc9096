"""The site as a reader meets it: in Debian's chromium, from disk, without JavaScript."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from site_tools import TODAY, nothing, telegram, write_files
from tabs import OpenTab

from generator.build.engine import build_site
from generator.settings import Settings

KINDS = {
    "home": "index.html",
    "index": "tag/index.html",
    "by count": "tag/by-count.html",
    "list": "tag/PGOV.html",
    "year": "date/2008.html",
    "month": "date/2008-03.html",
    "days": "day/index.html",
    "day": "day/03-15.html",
    "day without cables": "day/03-16.html",
    "cable": "cable/2008/02/08STRELSAU123.html",
    "page": "about.html",
    "collection": "sheep.html",
    "collections": "collection/index.html",
    "health": "health.html",
    "feeds": "feeds.html",
    "statistics": "statistics.html",
    "reading list": "reading-list.html",
    "search": "search.html",
    "how to search": "search-help.html",
    "glossary": "glossary.html",
    "data": "data/index.html",
    "thread": "thread/08STRELSAU123.html",
    "threads": "thread/index.html",
    "no telegram": "cable/undated/=letter.html",
    "cable with notes": "cable/2008/04/08STRELSAU125.html",
}

LONG = (
    "1. (U) "
    + "The road is open. " * 80
    + "\n\nTHE NUMBERS\n-----------\n\nNAME     JAN     FEB     MAR     APR     MAY     JUN     JUL     AUG     SEP     OCT\nZENDA      1       2       3       4       5       6       7       8       9      10\n\n"
    + "\n\n".join(f"{n}. (U) The sheep of the pass number {n}." for n in range(2, 20))
)


NOTE = f"""---
kind: note
cable: 08STRELSAU125
by: {"Rassendyll" * 9}
---
{"x" * 300}

```
{"code " * 60}
```

{"| sheep " * 20}|
{"|---" * 20}|
{"| 1 " * 20}|
"""


SHEEP = f"""---
kind: collection
description: {"x" * 300}
cables:
  - 08STRELSAU123: {"x" * 300}
  - 08STRELSAU124
query: from:strelsau limit:1
---
[[quote 08STRELSAU123 par 1]]

[[list from:strelsau]]

[[timeline from:strelsau]]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    write_files(
        folder / "content",
        {
            "08STRELSAU123.txt": telegram(
                123, text=LONG, subject="A " + "VERY LONG SUBJECT " * 9, level="S E C R E T"
            ),
            "08STRELSAU124.txt": telegram(124, dtg="151230Z MAR 08", ref="A. STRELSAU 123 B. ZENDA 9"),
            **{
                f"08STRELSAU{n}.txt": telegram(
                    n, dtg=f"{n - 100}1230Z APR 08", subject="SNOW", ref="A. STRELSAU 123 B. 08 STRELSAU 124"
                )
                for n in (125, 126)
            },
            "letter.txt": "Dear Rosa,\n\n" + "x" * 300,
            "sheep.md": SHEEP,
            "about.md": "# About\n\n```\n" + "code " * 60 + "\n```\n",
            "note.md": NOTE,
            "beside.md": NOTE.replace("kind: note", "kind: note\nparagraph: 1"),
        },
    )
    settings = Settings(site_url="https://example.org/cables/")
    build_site(
        folder, settings, content=folder / "content", site=folder / "site", today=TODAY, progress=nothing
    )
    return folder / "site"


@pytest.fixture
def page(tab: OpenTab, site: Path) -> Page:
    return tab(java_script_enabled=False, viewport={"width": 1000, "height": 700})


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_from_disk_is_styled_and_asks_nobody_else(tab: OpenTab, site: Path, kind: str) -> None:
    page = tab()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1088px"
    assert all(url.startswith(site.as_uri()) for url in asked)
    assert complaints == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [320, 700, 1400])
def test_no_page_scrolls_sideways(tab: OpenTab, site: Path, kind: str, width: int) -> None:
    page = tab(viewport={"width": width, "height": 700})
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_follows_a_reference_and_comes_back_by_cited_by(page: Page, site: Path) -> None:
    page.goto((site / "cable/2008/03/08STRELSAU124.html").as_uri())
    page.get_by_role("link", name="STRELSAU 123", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("VERY LONG SUBJECT")
    page.get_by_role("link", name="3 cables of this archive").click()
    page.locator("#cited-by + dd").get_by_role("link", name="08STRELSAU124").click()
    expect(page).to_have_title(re.compile("08STRELSAU124: THE SALT ROAD"))


def test_a_reader_follows_a_thread_in_its_picture_and_at_the_foot(page: Page, site: Path) -> None:
    page.goto((site / "cable/2008/03/08STRELSAU124.html").as_uri())
    picture = page.locator(".thread svg")
    expect(picture).to_have_accessible_name(re.compile("What cites what"))
    for id_ in ("08ZENDA9", "08STRELSAU123", "08STRELSAU124", "08STRELSAU125"):
        expect(picture.get_by_text(id_)).to_be_visible()
    page.get_by_role("definition").get_by_role("link", name="08STRELSAU125").click()
    expect(page).to_have_title(re.compile("^08STRELSAU125"))
    page.get_by_role("row", name="Thread").get_by_role("link").last.click()
    expect(page).to_have_title(re.compile("^08STRELSAU126"))
    page.get_by_role("definition").get_by_role("link", name="08STRELSAU123").last.click()
    expect(page).to_have_title(re.compile("^Thread of 08STRELSAU123"))
    page.get_by_role("list").get_by_role("link", name="08STRELSAU124").first.click()
    expect(page).to_have_title(re.compile("^08STRELSAU124"))


def test_a_cable_that_is_not_held_is_no_link(page: Page, site: Path) -> None:
    page.goto((site / "cable/2008/03/08STRELSAU124.html").as_uri())
    expect(page.get_by_text("ZENDA 9", exact=True)).to_be_visible()
    assert page.get_by_role("link", name="ZENDA 9", exact=True).count() == 0


def test_a_paragraph_number_leads_to_its_paragraph(page: Page, site: Path) -> None:
    page.goto((site / "cable/2008/02/08STRELSAU123.html").as_uri())
    page.get_by_role("link", name="7.", exact=True).click()
    expect(page).to_have_url(re.compile("#par7$"))
    expect(page.locator("#par7")).to_be_in_viewport()


def test_a_switch_shows_the_telegram_as_it_was_sent(page: Page, site: Path) -> None:
    page.goto((site / "cable/2008/02/08STRELSAU123.html").as_uri())
    header = page.locator("pre.telegram")
    expect(header).to_be_hidden()
    page.get_by_label("As sent").check()
    expect(header).to_be_visible()
    expect(header).to_contain_text("P 141230Z FEB 08\nFM AMEMBASSY STRELSAU\n")


def test_a_reader_browses_from_home_to_a_cable_by_tag_and_by_date(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="Indexes").get_by_role("link", name="TAGS").click()
    page.get_by_role("link", name="PGOV Internal Governmental Affairs").click()
    page.get_by_role("link", name="THE SALT ROAD").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("THE SALT ROAD")
    page.get_by_role("link", name="March 2008", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("March 2008")


def test_a_reader_goes_by_the_calendar_to_a_day_and_back_by_the_breadcrumbs(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="Ways in").get_by_role("link", name="Calendar").click()
    page.get_by_role("table", name="March").get_by_role("link", name="15 (1 cable)").click()
    expect(page).to_have_url(re.compile(r"2008-03\.html#d15$"))
    expect(page.get_by_role("heading", name="15 March 2008")).to_be_in_viewport()
    trail = page.get_by_role("navigation", name="Breadcrumbs")
    expect(trail.locator("[aria-current=page]")).to_have_text("March 2008")
    trail.get_by_role("link", name="2008", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2008")


def test_a_reader_goes_on_from_day_to_day(page: Page, site: Path) -> None:
    page.goto((site / "day/index.html").as_uri())
    page.get_by_role("link", name="14 (0 cables)").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("14 March")
    page.get_by_role("link", name="15 March").click()
    expect(page.get_by_role("link", name="THE SALT ROAD")).to_be_visible()


def test_a_bar_of_the_histogram_tells_its_number_when_it_is_focused(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("years")
    files = {f"content/{n}.txt": telegram(n, dtg=f"141230Z FEB 0{n}") for n in (5, 6, 8)}
    write_files(folder, files)
    build_site(
        folder, Settings(), content=folder / "content", site=folder / "site", today=TODAY, progress=nothing
    )
    page.goto((folder / "site/tag/PGOV.html").as_uri())
    bar = page.get_by_role("link", name="2006: 1 cable of PGOV, among all of 2006")
    number = bar.locator("text")
    expect(number).to_have_css("opacity", "0")
    bar.focus()
    expect(number).to_have_css("opacity", "1")
    page.get_by_text("The numbers as a table").click()
    expect(page.get_by_role("row", name="2006 1")).to_be_visible()
    bar.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2006")


def test_everything_can_be_reached_by_keyboard(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_aaa(tab: OpenTab, site: Path, scheme: str) -> None:
    page = tab(color_scheme=scheme)
    page.goto((site / KINDS["cable"]).as_uri())
    for selector in (".text p", ".facts dt", ".kicker .id", ".level", ".text small", ".n"):
        colours = page.evaluate(
            "selector => [getComputedStyle(document.querySelector(selector)).color,"
            " getComputedStyle(document.documentElement).backgroundColor]",
            selector,
        )
        assert contrast(*colours) >= 7, (selector, colours)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 'rgb(1, 2, 3)'. Source: WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_cable_prints(tab: OpenTab, site: Path) -> None:
    page = tab()
    page.goto((site / KINDS["cable"]).as_uri())
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".neighbours")).to_be_hidden()
