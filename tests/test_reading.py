"""What a reader does, from the home page to a printed cable: with a mouse, by keyboard alone, without JavaScript, from disk and
below a base path; and whether the text can be read by everybody. The archive is the one in `content/`."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from unicodedata import normalize

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from reading_tools import letters_of_lines
from site_tools import TODAY, nothing
from tabs import OpenTab

from generator.build.engine import build_site
from generator.settings import load_settings

ROOT = Path(__file__).parent.parent
ADDRESS = "https://cables.example/ruritania/"

CABLE = "cable/2008/06/08STRELSAU777.html"
NOTED = "cable/1966/11/66SLAVNA640.html"
SOURCE = "2008/08STRELSAU777.txt"
REDACTED = "cable/2006/11/06SLAVNA977.html"

KINDS = {
    "home": "index.html",
    "cable": CABLE,
    "list": "tag/PREL.html",
    "year": "date/2008.html",
    "month": "date/2008-02.html",
    "index": "tag/index.html",
    "thread": "thread/66STRELSAU412.html",
    "country": "country/QR.html",
    "countries": "country/index.html",
    "map": "map.html",
    "glossary": "glossary.html",
    "days": "day/index.html",
    "health": "health.html",
    "text": "about.html",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading") / "ruritania"
    settings = replace(load_settings(ROOT), site_url=ADDRESS)
    build_site(folder.parent, settings, content=ROOT / "content", site=folder, today=TODAY, progress=nothing)
    return folder


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """Where the site is served, below a path."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "0",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(site.parent),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port is not None
        yield f"http://127.0.0.1:{port[1]}/{site.name}/"
        server.terminate()


@pytest.fixture(params=["from disk", "without JavaScript", "below a base path"])
def way(request: pytest.FixtureRequest) -> str:
    """How the site is read."""
    return str(request.param)


@pytest.fixture
def page(tab: OpenTab, way: str) -> Page:
    return tab(viewport={"width": 1280, "height": 900}, java_script_enabled=way != "without JavaScript")


@pytest.fixture
def root(way: str, request: pytest.FixtureRequest) -> str:
    """The site's root as a URL."""
    if way == "below a base path":
        return str(request.getfixturevalue("served"))
    return f"{request.getfixturevalue('site').as_uri()}/"


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_a_reader_goes_by_the_histogram_to_a_year_by_its_calendar_to_a_day_and_to_a_cable(
    page: Page, root: str
) -> None:
    page.goto(f"{root}index.html")
    page.get_by_role("link", name=re.compile("^2008: 5 cables")).locator(".reach").click()
    expect(heading(page)).to_have_text("2008")
    page.get_by_role("table", name="June").get_by_role("link", name="27 (1 cable)").click()
    expect(page.get_by_role("heading", name="27 June 2008")).to_be_in_viewport()
    page.get_by_role("link", name="THE SALT ROAD IS OPEN").click()
    expect(heading(page)).to_have_text("THE SALT ROAD IS OPEN")
    expect(page.get_by_text("27 June 2008", exact=True)).to_be_visible()


def test_a_reader_jumps_to_a_paragraph_by_its_number(page: Page, root: str) -> None:
    page.goto(f"{root}{CABLE}")
    page.get_by_role("link", name="5.", exact=True).click()
    expect(page).to_have_url(f"{root}{CABLE}#par5")
    expect(page.locator("#par5")).to_be_in_viewport()
    page.goto(f"{root}{CABLE}#par7")  # as a citation has it
    expect(page.locator("#par7")).to_be_in_viewport()


def test_a_note_of_the_editor_stands_behind_its_paragraph_and_is_no_part_of_the_text_as_sent(
    page: Page, root: str
) -> None:
    page.goto(f"{root}{NOTED}")
    note = page.get_by_role("note")
    expect(note).to_contain_text("Editor's note by the editors, November 2026")
    assert page.locator("#par3 + aside + #par4").count() == 1
    page.get_by_label("As sent").check()
    expect(note).to_be_hidden()
    text = page.locator(".text")
    assert "Editor" not in copied(text)
    assert copied(text).strip("\n").startswith("1. FIRST SECRETARY MISTITCH'S SPEECH")
    page.get_by_label("As sent").uncheck()
    expect(note).to_be_visible()
    note.get_by_role("link", name="06SLAVNA977, paragraph 3").click()
    expect(heading(page)).to_have_text("THE CLOSED ROAD HAS AN OWNER: COLONEL VUKAN'S ACCOUNTS")
    expect(page.locator("#par3")).to_be_in_viewport()


def copied(element: Locator) -> str:
    """What a reader gets who selects an element and copies it."""
    return str(
        element.evaluate("element => (getSelection().selectAllChildren(element), getSelection().toString())")
    )


def test_as_sent_a_page_shows_the_telegram_letter_by_letter(page: Page, root: str) -> None:
    page.goto(f"{root}{CABLE}")
    page.get_by_label("As sent").check()
    header, text = (copied(page.locator(selector)).strip("\n") for selector in (".telegram", ".text"))
    assert f"{header}\n\n{text}\n" == (ROOT / "content" / SOURCE).read_text("utf-8")
    page.get_by_label("As sent").uncheck()
    expect(page.locator(".telegram")).to_be_hidden()
    expect(page.get_by_text("ZNR UUUUU ZZH")).to_be_hidden()


def test_a_word_is_explained_by_mouse_and_by_keyboard(page: Page, root: str) -> None:
    page.goto(f"{root}{CABLE}")
    word = page.get_by_role("button", name="SIPDIS")
    meaning = page.locator("[popover]:popover-open")
    word.click()
    expect(meaning).to_contain_text("SIPRNet")
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    word.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_contain_text("SIPRNet")
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(word).to_be_focused()


def test_a_reader_follows_a_reference_reads_the_thread_and_comes_back(page: Page, root: str) -> None:
    page.goto(f"{root}{CABLE}")
    page.get_by_role("link", name="66 STRELSAU 412").click()
    expect(heading(page)).to_have_text("SALT ROAD CLOSED")
    page.locator("section.thread").get_by_role("link", name="66STRELSAU412").last.click()
    expect(page).to_have_url(f"{root}thread/66STRELSAU412.html")
    expect(page.get_by_text("Cited by", exact=False).first).to_be_visible()
    page.get_by_role("list").get_by_role("link", name="08STRELSAU777").first.click()
    expect(page).to_have_url(f"{root}{CABLE}")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{root}{CABLE}")


def test_a_reader_goes_to_the_next_and_the_previous_cable_of_a_tag(page: Page, root: str) -> None:
    page.goto(f"{root}{CABLE}")
    neighbours = page.get_by_role("navigation", name="Cables before and after")
    row = neighbours.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=re.compile(r"\bSOCI\b"))
    )
    row.get_by_role("link").first.click()
    expect(page).not_to_have_url(f"{root}{CABLE}")
    expect(page.get_by_role("definition").get_by_role("link", name="Social Conditions")).to_be_visible()
    row.get_by_role("link").last.click()
    expect(page).to_have_url(f"{root}{CABLE}")


# By keyboard alone


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something is focused; nothing else brings a reader there."""
    handle = target.element_handle()
    for _ in range(400):
        page.keyboard.press("Tab")
        if handle.evaluate("element => element === document.activeElement"):
            assert handle.evaluate("element => element.matches(':focus-visible')")
            return
    pytest.fail(f"Tab does not reach {target}")


def test_all_of_it_is_done_by_keyboard_alone(page: Page, root: str) -> None:
    page.goto(f"{root}index.html")
    tab_to(page, page.get_by_role("link", name=re.compile("^2008: 5 cables")))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("2008")
    tab_to(page, page.get_by_role("table", name="June").get_by_role("link", name="27 (1 cable)"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#d27$"))
    tab_to(page, page.get_by_role("link", name="THE SALT ROAD IS OPEN"))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("THE SALT ROAD IS OPEN")
    tab_to(page, page.get_by_role("button", name="SIPDIS"))
    page.keyboard.press("Enter")
    expect(page.locator("[popover]:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    tab_to(page, page.get_by_text("7 addressees"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("definition").get_by_role("link", name="Consulate Zenda")).to_be_visible()
    tab_to(page, page.get_by_label("As sent"))
    page.keyboard.press("Space")
    expect(page.locator(".telegram")).to_be_visible()
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("link", name="5.", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#par5$"))
    tab_to(page, page.locator("[rel=next]"))
    page.keyboard.press("Enter")
    expect(heading(page)).not_to_have_text("THE SALT ROAD IS OPEN")


# What needs JavaScript, or nothing but the page


@pytest.fixture
def wide(tab: OpenTab) -> Page:
    return tab(viewport={"width": 1280, "height": 900}, java_script_enabled=True)


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_a_reader_switches_to_dark_and_finds_it_dark_on_the_next_page(wide: Page, site: Path) -> None:
    wide.goto((site / CABLE).as_uri())
    light = background(wide)
    wide.get_by_role("combobox", name="Colours").select_option("Dark")
    dark = background(wide)
    assert light != dark
    wide.get_by_role("link", name="66 STRELSAU 412").click()
    expect(heading(wide)).to_have_text("SALT ROAD CLOSED")
    assert background(wide) == dark


def test_a_cable_is_printed_with_its_subject_its_text_and_its_source(wide: Page, site: Path) -> None:
    wide.goto((site / CABLE).as_uri())
    reader = PdfReader(io.BytesIO(wide.pdf(format="A4")))
    # The numbers of paragraphs hang beside them, and come first on their sheet.
    sheets = [re.sub(r"^(\d+\.\s*)+", "", sheet.extract_text()) for sheet in reader.pages]
    # Fonts may have one sign for two letters.
    printed = normalize("NFKC", "".join("".join(sheets).split()))
    printed = printed.replace("\u00a6", "")  # the faint mark of a page line
    paragraphs = [re.sub(r"^\d+\.\s*", "", text) for text in wide.locator(".text > p").all_inner_texts()]
    assert len(paragraphs) > 10
    for words in (
        "THE SALT ROAD IS OPEN",
        "27 June 2008",
        "08STRELSAU777",
        f"Source: {ADDRESS}{CABLE}",
        *paragraphs,
    ):
        assert "".join(words.split()) in printed
    for words in ("Skip to the text", "Reading list", "Breadcrumbs", "As sent", "ZNR UUUUU"):
        assert "".join(words.split()) not in printed


def test_a_note_of_the_editor_is_printed_too(wide: Page, site: Path) -> None:
    wide.goto((site / NOTED).as_uri())
    printed = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(wide.pdf(format="A4"))).pages)
    words = "".join(normalize("NFKC", printed).split())
    assert words.index("SINCESATURDAY.") < words.index("Editor'snote") < words.index("NOONEHERE")


# What the text is like to read


@pytest.mark.parametrize("cable", [CABLE, "cable/2007/01/07STRELSAU9.html", REDACTED])
def test_a_full_line_of_the_text_has_60_to_75_letters(wide: Page, site: Path, cable: str) -> None:
    wide.goto((site / cable).as_uri())
    lines = letters_of_lines(wide)
    assert 60 <= median(lines) <= 75
    assert max(lines) <= 80


# The contrast of each text of an article with what lies behind it, and its first words. Source: WCAG 2.2.
_CONTRASTS = """() => {
  const channel = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => {
    const [red, green, blue] = numbers(colour).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0) return colour;
    }
  };
  const found = [], walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.bar, svg')) continue;
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => b - a);
    found.push([(light + 0.05) / (dark + 0.05), node.data.trim().slice(0, 40)]);
  }
  return found;
}"""


@pytest.mark.parametrize("is_sent", [False, True])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("cable", [CABLE, REDACTED])
def test_every_text_of_a_cable_has_the_contrast_of_aaa(
    tab: OpenTab, site: Path, cable: str, scheme: str, is_sent: bool
) -> None:
    page = tab(color_scheme=scheme)
    page.goto((site / cable).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    if is_sent:
        page.get_by_label("As sent").check()
    contrasts = page.evaluate(_CONTRASTS)
    assert len(contrasts) > 50
    assert [words for contrast, words in contrasts if contrast < 7] == []


@pytest.mark.parametrize("kind", KINDS)
def test_at_200_percent_nothing_is_lost_and_nothing_scrolls_sideways(
    tab: OpenTab, site: Path, kind: str
) -> None:
    page = tab(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    expect(heading(page)).to_be_visible()
    for link in page.get_by_role("banner").get_by_role("link").all():
        expect(link).to_be_visible()
    # No text is cut off: what hides a part of itself can be scrolled.
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('main *')].filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth"
            " && !['visible', 'auto'].includes(getComputedStyle(one).overflowX) && !one.matches('.bar, .unseen, .calendar i'))"
            ".map(one => one.outerHTML.slice(0, 80))"
        )
        == []
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_what_colour_said_is_still_seen(tab: OpenTab, site: Path, scheme: str) -> None:
    page = tab(forced_colors="active", color_scheme=scheme)
    page.goto((site / REDACTED).as_uri())
    expect(page.locator(".kicker .level")).to_have_css("border-left-style", "solid")
    expect(page.locator(".bar").first).to_have_css("border-left-style", "solid")
    page.get_by_role("link", name="1.", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert [words for contrast, words in page.evaluate(_CONTRASTS) if contrast < 4.5] == []
    for address, drawn in (
        ("index.html", ".histogram rect:not(.reach)"),
        ("map.html", ".map a circle:not(.reach)"),
    ):
        page.goto((site / address).as_uri())
        fill, paper = page.locator(drawn).first.evaluate(
            "one => [getComputedStyle(one).fill, getComputedStyle(document.documentElement).backgroundColor]"
        )
        assert fill != paper


@pytest.mark.parametrize(("wish", "scrolls"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_where_a_reader_wishes_so(tab: OpenTab, site: Path, wish: str, scrolls: str) -> None:
    page = tab(reduced_motion=wish)
    page.goto((site / CABLE).as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolls
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate(
        "() => [...document.querySelectorAll('*')].every(one => getComputedStyle(one).transitionDuration === '0s')"
    )
