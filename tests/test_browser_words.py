"""What a reader does with a word: press it, read what it means, and go on to the glossary. Without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from site_tools import build, telegram, write_files
from tabs import OpenTab

CABLE = "cable/2008/02/08STRELSAU123.html"
ROAD = "The road to Zenda is open. " * 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    text = f"1. (S) Poloff met the GOK. {ROAD}\n\nROAD\n----\n\n2. (U) {ROAD} Poloff left."
    write_files(folder / "content", {"a.txt": telegram(123, level="S E C R E T", text=text)})
    build(folder)
    return folder / "site"


@pytest.fixture(params=[1000, 320])
def page(tab: OpenTab, site: Path, request: pytest.FixtureRequest) -> Page:
    page = tab(java_script_enabled=False, viewport={"width": request.param, "height": 700}, has_touch=True)
    page.goto((site / CABLE).as_uri())
    return page


def test_a_click_shows_what_a_word_means_and_esc_hides_it(page: Page) -> None:
    meaning = page.get_by_text("political officer")
    expect(meaning).to_be_hidden()
    page.get_by_role("button", name="Poloff").first.click()
    expect(meaning).to_be_visible()
    expect(meaning).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_a_touch_shows_it_and_a_touch_elsewhere_hides_it(page: Page) -> None:
    page.get_by_role("button", name="Poloff").last.tap()
    expect(page.get_by_text("political officer")).to_be_in_viewport(ratio=1)
    page.get_by_role("heading", level=1).tap()
    expect(page.get_by_text("political officer")).to_be_hidden()


def test_the_keyboard_reaches_a_word_and_its_place_in_the_glossary(page: Page) -> None:
    page.get_by_role("button", name="GOK").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Government of Kazakhstan")).to_be_visible()
    page.keyboard.press("Tab")  # from the button into its popover
    expect(page.get_by_role("link", name="GOK")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(page.url.partition("/site/")[0] + "/site/glossary.html#GOK")
    expect(page.locator("#GOK")).to_be_in_viewport()
    page.locator("#GOK").get_by_role("link", name="08STRELSAU123").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("THE SALT ROAD")


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("SECRET", "serious damage to national security. All cables"),
        ("SIPDIS", "May be placed on SIPRNet"),
        ("PRIORITY", "Handled ahead of routine traffic"),
        ("PGOV", "Internal Governmental Affairs"),
        ("Secretary of State", "Secretary of State, United States"),
        ("E.O. 12958", "In force 1995 to 2010"),
    ],
)
def test_the_words_above_the_text_say_what_they_mean(page: Page, button: str, said: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    shown = page.locator("[popover]:popover-open")
    expect(shown).to_contain_text(said)
    expect(shown).to_be_in_viewport(ratio=1)


def test_a_word_in_a_sentence_wraps_and_prints_as_text(tab: OpenTab, site: Path) -> None:
    page = tab(viewport={"width": 1000, "height": 700})
    page.goto((site / CABLE).as_uri())
    style = (
        "name => { const style = getComputedStyle(document.querySelector('.text button'));"
        " return [style.display, style.fontSize, style.color, style.textDecorationStyle, style.textDecorationLine] }"
    )
    size, colour = page.evaluate(
        "() => { const style = getComputedStyle(document.querySelector('.text p'));"
        " return [style.fontSize, style.color] }"
    )
    assert page.evaluate(style) == ["inline", size, colour, "dotted", "underline"]
    page.emulate_media(media="print")
    assert page.evaluate(style)[-1] == "none"
    assert page.evaluate("document.querySelectorAll('[popover]:not([hidden])').length") > 3
    expect(page.get_by_text("political officer")).to_be_hidden()
