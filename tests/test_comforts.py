"""Small comforts, as a reader uses them in Debian's chromium, from disk: the view, keys, copied links, the reading list."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from site_tools import build, telegram, write_files
from tabs import OpenTab

FIRST, SECOND, THIRD = (
    f"cable/2008/02/08STRELSAU{number}.html" for number in (1, 2, 3)
)  # in the order of time
LIST = "reading-list.html"

SUBJECTS = {1: "THE SALT ROAD", 2: '=SNOW, <b>AND</b> "SHEEP"', 3: "FRITZ CALLS"}

# What a browser does that refuses to keep anything for a site.
REFUSE_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comforts")
    cables = {
        f"{number}.txt": telegram(
            number,
            dtg=f"{number:02d}1230Z FEB 08",
            subject=subject,
            text="1. (U) It snowed.\n\n2. (U) It thawed.",
        )
        for number, subject in SUBJECTS.items()
    }
    write_files(folder / "content", {**cables, "letter.txt": "Dear Rosa,\n", "about.md": "# About\n"})
    build(folder)
    return folder / "site"


@pytest.fixture
def page(tab: OpenTab) -> Page:
    return tab(permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1000, "height": 700})


@pytest.fixture
def plain(tab: OpenTab) -> Page:
    """A page without JavaScript."""
    return tab(java_script_enabled=False)


def go(page: Page, site: Path, address: str) -> None:
    page.goto((site / address.partition("#")[0]).as_uri() + address[len(address.partition("#")[0]) :])


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def text_size(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).fontSize"))


LIGHT, DARK = "rgb(252, 251, 248)", "rgb(23, 22, 20)"


# The view


def colours(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Colours")


def text_choice(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Small text")


def test_the_colours_change_without_javascript(plain: Page, site: Path) -> None:
    go(plain, site, FIRST)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert plain.evaluate(background) == LIGHT
    colours(plain).select_option("Dark")
    assert plain.evaluate(background) == DARK
    colours(plain).select_option("Light")
    assert plain.evaluate(background) == LIGHT


@pytest.mark.parametrize(("system", "chosen", "shown"), [
    ("light", "System", LIGHT),
    ("dark", "System", DARK),
    ("light", "Dark", DARK),
    ("dark", "Light", LIGHT),
])  # fmt: skip
def test_a_choice_of_colours_wins_over_the_system(
    tab: OpenTab, site: Path, system: str, chosen: str, shown: str
) -> None:
    page = tab(color_scheme=system)
    go(page, site, FIRST)
    colours(page).select_option(chosen)
    assert background(page) == shown
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


@pytest.mark.parametrize(
    ("chosen", "shown"), [("Small text", "14.4px"), ("Normal text", "16px"), ("Large text", "19.2px")]
)
def test_text_has_three_sizes(page: Page, site: Path, chosen: str, shown: str) -> None:
    go(page, site, FIRST)
    text_choice(page).select_option(chosen)
    assert text_size(page) == shown


def test_the_view_is_remembered_on_the_next_page(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    colours(page).select_option("Dark")
    text_choice(page).select_option("Large text")
    go(page, site, "tag/index.html")
    assert (background(page), text_size(page)) == (DARK, "19.2px")
    expect(colours(page)).to_have_value("Dark")
    expect(text_choice(page)).to_have_value("Large text")
    colours(page).select_option("System")
    page.reload()
    assert (background(page), text_size(page)) == (LIGHT, "19.2px")


def test_the_colours_are_chosen_by_keyboard(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    colours(page).focus()
    page.keyboard.press("d")
    assert background(page) == DARK


# Keys


def test_j_and_k_go_to_the_next_cable_and_the_one_before(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(SECOND))
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(FIRST))
    page.keyboard.press("Shift+J")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+j")
    page.wait_for_timeout(200)
    expect(page).to_have_url(re.compile(FIRST))


def test_j_and_k_go_through_the_rows_of_a_list(page: Page, site: Path) -> None:
    go(page, site, "tag/PGOV.html")
    rows = page.locator(".cables .subject")
    for key, row in [("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)]:
        page.keyboard.press(key)
        expect(rows.nth(row)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SNOW")


@pytest.mark.parametrize("address", [FIRST, "tag/PGOV.html", "search.html"])
def test_a_stroke_goes_to_the_box_of_the_search_and_keys_do_nothing_while_typing(
    page: Page, site: Path, address: str
) -> None:
    go(page, site, address)
    page.locator("h1").click()
    page.keyboard.press("/")
    box = page.locator("[name=q]")
    expect(box).to_be_focused()
    page.keyboard.type("j/k?")
    expect(box).to_have_value("j/k?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_stroke_goes_to_the_index_of_tags_where_nothing_can_be_searched(page: Page, tmp_path: Path) -> None:
    write_files(tmp_path, {"content/1.txt": telegram(1), "cablepress.toml": "search.enabled = false\n"})
    build(tmp_path)
    go(page, tmp_path / "site", "index.html")
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("tag/index.html$"))


def test_a_question_mark_shows_the_keys_and_esc_closes_them(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    page.get_by_role("button", name="Keep").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("next cable")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    expect(page).to_have_url(re.compile(FIRST))
    page.keyboard.press("?")
    page.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_keys_can_be_turned_off_and_stay_so(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    page.get_by_role("combobox", name="Keys on").select_option("Keys off")
    page.reload()
    for key in ("j", "?", "/"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(FIRST))


def test_without_javascript_nothing_offers_what_it_cannot_do(plain: Page, site: Path) -> None:
    go(plain, site, FIRST)
    expect(plain.get_by_role("button", name="Keep")).to_have_count(0)
    expect(plain.get_by_role("combobox")).to_have_count(1)  # the colours
    go(plain, site, LIST)
    expect(plain.locator("main")).to_contain_text("The list needs JavaScript")
    plain.locator("main").get_by_role("link", name="TAGS").click()
    expect(plain).to_have_url(re.compile("tag/index.html$"))


# Copied links


def test_a_click_on_the_number_of_a_paragraph_copies_its_link(page: Page, site: Path) -> None:
    go(page, site, FIRST)
    page.get_by_role("link", name="2.", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    expect(page).to_have_url(re.compile("#par2$"))
    assert page.evaluate("navigator.clipboard.readText()") == f"{(site / FIRST).as_uri()}#par2"


# The reading list


def keep(page: Page, site: Path, *addresses: str) -> None:
    for address in addresses:
        go(page, site, address)
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_role("button", name="Kept")).to_be_visible()


def kept(page: Page) -> list[str]:
    expect(page.locator("#reading-list")).to_be_visible()
    return page.locator("#kept .subject").all_inner_texts()


def test_cables_are_kept_in_the_order_in_which_a_reader_keeps_them(page: Page, site: Path) -> None:
    keep(page, site, THIRD, FIRST, SECOND)
    page.get_by_role("contentinfo").get_by_role("link", name="Reading list").click()
    assert kept(page) == [SUBJECTS[3], SUBJECTS[1], SUBJECTS[2]]
    expect(page.locator("#kept li").first).to_contain_text("2008-02-03 08STRELSAU3")
    page.get_by_role("link", name="THE SALT ROAD").click()
    expect(page).to_have_url(re.compile(FIRST))
    expect(page.get_by_role("button", name="Kept")).to_be_visible()


def test_a_cable_is_taken_from_the_list_on_its_page_and_on_the_list(page: Page, site: Path) -> None:
    keep(page, site, FIRST, SECOND, THIRD)
    page.get_by_role("button", name="Kept").click()
    expect(page.get_by_role("status")).to_have_text("Taken from the reading list")
    go(page, site, LIST)
    assert kept(page) == [SUBJECTS[1], SUBJECTS[2]]
    page.get_by_role("button", name="Remove 08STRELSAU1").click()
    expect(page.get_by_role("heading", name="Kept in this browser")).to_be_focused()
    page.get_by_role("button", name="Remove 08STRELSAU2").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    expect(page.get_by_role("heading", name="Kept in this browser")).to_be_focused()
    expect(page.get_by_role("button", name="Clear")).to_be_hidden()


def test_the_list_is_cleared_after_a_question(page: Page, site: Path) -> None:
    keep(page, site, FIRST, SECOND)
    go(page, site, LIST)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear").click()
    assert len(kept(page)) == 2
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    assert kept(page) == []


def saved(page: Page, button: str) -> tuple[str, str]:
    """Name and text of the file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, download.value.path().read_bytes().decode()


def test_the_list_is_saved_as_text_and_csv(page: Page, site: Path) -> None:
    keep(page, site, SECOND, FIRST)
    go(page, site, LIST)
    urls = [(site / address).as_uri() for address in (SECOND, FIRST)]
    dates = ["2008-02-02", "2008-02-01"]
    assert saved(page, "Save as text") == (
        "reading-list.txt",
        f"08STRELSAU2 {dates[0]}\n{SUBJECTS[2]}\n{urls[0]}\n\n08STRELSAU1 {dates[1]}\n{SUBJECTS[1]}\n{urls[1]}\n\n",
    )
    assert saved(page, "Save as CSV") == (
        "reading-list.csv",
        "id,date,subject,url\r\n"
        f'"08STRELSAU2","{dates[0]}","\'=SNOW, <b>AND</b> ""SHEEP""","{urls[0]}"\r\n'  # no formula
        f'"08STRELSAU1","{dates[1]}","THE SALT ROAD","{urls[1]}"\r\n',
    )


def test_a_list_is_shared_by_its_address_and_another_reader_keeps_it(
    tab: OpenTab, page: Page, site: Path
) -> None:
    keep(page, site, THIRD, FIRST)
    go(page, site, LIST)
    page.get_by_role("link", name="Address of this list").click()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{(site / LIST).as_uri()}#ids=2008/02/08STRELSAU3,2008/02/08STRELSAU1"

    other = tab()
    other.goto(address)
    expect(other.locator("#shared .subject")).to_have_text(["08STRELSAU3", "08STRELSAU1"])
    assert kept(other) == []
    other.get_by_role("button", name="Keep all").click()
    expect(other.get_by_role("heading", name="Shared with you")).to_be_hidden()
    assert kept(other) == ["08STRELSAU3", "08STRELSAU1"]


@pytest.mark.parametrize("names", [
    "../../evil", "//evil.example/x", "javascript:alert(1)", "2008/..", "%2e%2e/x", "<img src=x>", "", "x.html",
])  # fmt: skip
def test_an_address_that_names_no_cable_of_the_site_shows_none(page: Page, site: Path, names: str) -> None:
    go(page, site, f"{LIST}#ids={names}")
    expect(page.get_by_role("heading", name="Kept in this browser")).to_be_visible()
    expect(page.locator("#shared")).to_be_hidden()


@pytest.mark.parametrize("memory", [
    "no JSON", "null", "7", '{"a": 1}', '[null, 7, {}]',
    '[{"address": "javascript:alert(1)", "id": "x", "subject": "x", "date": ""}]',
])  # fmt: skip
def test_a_memory_that_someone_else_filled_does_no_harm(page: Page, site: Path, memory: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    go(page, site, LIST)
    page.evaluate(
        "text => { for (const name of ['reading list', 'view'])"
        " localStorage.setItem(`${new URL('.', location).pathname} ${name}`, text); }",
        memory,
    )
    page.reload()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    keep(page, site, FIRST)
    assert errors == []


def test_a_subject_stays_text(page: Page, site: Path) -> None:
    keep(page, site, SECOND)
    go(page, site, LIST)
    assert kept(page) == [SUBJECTS[2]]
    assert page.locator("#kept b").count() == 0


def test_archives_on_one_host_keep_apart(page: Page, site: Path, tmp_path: Path) -> None:
    keep(page, site, FIRST)
    write_files(tmp_path / "content", {"1.txt": telegram(1)})
    build(tmp_path)
    go(page, tmp_path / "site", LIST)
    assert kept(page) == []


# A browser that refuses


def test_where_storage_is_refused_all_else_works(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(REFUSE_STORAGE)
    go(page, site, FIRST)
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    colours(page).select_option("Dark")
    assert background(page) == DARK
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(SECOND))
    go(page, site, f"{LIST}#ids=2008/02/08STRELSAU1")
    expect(page.get_by_text("This browser keeps nothing for this site.")).to_be_visible()
    expect(page.get_by_role("link", name="08STRELSAU1")).to_be_visible()
    assert errors == []
    page.close()


def test_the_place_of_what_javascript_shows_is_kept_free(tab: OpenTab, site: Path) -> None:
    places = []
    for has_script in (True, False):
        page = tab(java_script_enabled=has_script)
        go(page, site, FIRST)
        places.append(page.locator("h1").bounding_box())
    assert places[0] == places[1]
