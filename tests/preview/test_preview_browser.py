"""The preview as an editor meets it: in Debian's chromium, with the script that reloads."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from preview_tools import PATIENCE, Preview, running_preview, wait_until
from site_tools import telegram, write_files
from tabs import OpenTab

from generator.preview import Wishes

CABLE = "cable/2008/02/08STRELSAU123.html"

LONG = "\n\n".join(
    f"{number}. (U) The sheep of the pass number {number}. " + "Snow. " * 60 for number in range(1, 40)
)


def cable(subject: str = "THE SALT ROAD", **fields: str) -> dict[str, str]:
    return {"content/08STRELSAU123.txt": telegram(123, text=LONG, subject=subject, **fields)}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path,
        {
            **cable(),
            "content/08STRELSAU124.txt": telegram(124),
            "content/plan.md": "---\ndraft: true\n---\n# The plan",
        },
    )
    return tmp_path


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    with running_preview(project) as preview:
        yield preview


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def page(tab: OpenTab, preview: Preview) -> Page:
    page = tab(viewport={"width": 1000, "height": 700})
    page.set_default_timeout(PATIENCE * 1000)
    open_page(page, preview)
    return page


def open_page(page: Page, preview: Preview, address: str = CABLE) -> None:
    """Open a page, and wait until it waits for news."""
    with page.expect_response(re.compile("/-/events$")):
        page.goto(preview.url + address)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


def scroll(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def has_settled(page: Page) -> bool:
    before = scroll(page)
    page.wait_for_timeout(200)
    return 0 < before == scroll(page)


def mark(page: Page) -> None:
    """Leave a mark that a reload takes away."""
    page.evaluate("document.documentElement.dataset.mark = 'here'")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.dataset.mark === 'here'"))


def test_an_edit_shows_by_itself_and_the_scroll_position_stays(page: Page, project: Path) -> None:
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    write_files(project, cable("THE TIN ROAD"))
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
    page.wait_for_load_state("load")
    wait_until(lambda: abs(scroll(page) - 1500) < 2)
    page.wait_for_timeout(300)
    assert abs(scroll(page) - 1500) < 2
    page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    write_files(project, cable("THE LEAD ROAD"))
    expect(page.locator("main h1")).to_have_text("THE LEAD ROAD")
    wait_until(lambda: abs(scroll(page) - 900) < 2)


def test_the_position_is_kept_though_the_address_names_a_paragraph(
    context: BrowserContext, preview: Preview, project: Path
) -> None:
    page = context.new_page()
    open_page(page, preview, f"{CABLE}#par7")
    wait_until(lambda: has_settled(page))  # it glides there
    page.evaluate("scrollTo({top: 200, behavior: 'instant'})")
    write_files(project, cable("THE TIN ROAD"))
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
    wait_until(lambda: abs(scroll(page) - 200) < 2)


def test_one_save_is_one_reload(page: Page, preview: Preview, project: Path) -> None:
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    write_files(project, cable("THE TIN ROAD"))
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
    preview.wait_for_rest()
    page.wait_for_timeout(200)
    assert len(loads) == 1


def test_another_page_starts_at_its_top(page: Page, project: Path) -> None:
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    write_files(project, cable("THE TIN ROAD"))
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
    page.get_by_role("navigation", name="Indexes").get_by_role("link", name="TAGS").click()
    expect(page.locator("main h1")).to_have_text("TAGS")
    assert scroll(page) == 0


def test_a_page_that_goes_and_comes_back_is_followed(page: Page, project: Path) -> None:
    (project / "content/08STRELSAU123.txt").unlink()
    expect(page.locator("h1")).to_have_text("Page not found")
    write_files(project, cable("THE TIN ROAD"))
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")


def test_the_policy_of_the_pages_allows_what_the_preview_does(
    context: BrowserContext, preview: Preview, project: Path
) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_page(page, preview)
    write_files(project, {"templates/cable.html": "{{ page.subjcet }}"})
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert page.get_by_role("alertdialog").evaluate("e => getComputedStyle(e).position") == "fixed"
    assert complaints == []


def test_a_broken_template_shows_over_the_last_good_page_and_goes_when_it_is_mended(
    page: Page, project: Path
) -> None:
    mark(page)
    write_files(
        project,
        {
            "templates/cable.html": "{% extends 'base.html' %}\n{% block main %}\n<h1>{{ page.subjcet }}</h1>\n{% endblock %}"
        },
    )
    panel = page.get_by_role("alertdialog", name="The site could not be built")
    expect(panel).to_be_visible()
    expect(panel.locator(".place")).to_have_text("templates/cable.html:3")
    expect(panel.locator(".message")).to_contain_text("did you mean 'subject'?")
    expect(panel.locator(".line.meant")).to_have_text(re.compile(r"^3<h1>\{\{ page\.subjcet \}\}</h1>"))
    expect(panel.locator(".next")).to_have_text("Mend it and save; until then the last good pages are shown.")
    expect(page.locator("main h1")).to_have_text("THE SALT ROAD")
    assert is_marked(page)  # there was nothing to reload
    write_files(
        project,
        {
            "templates/cable.html": "{% extends 'base.html' %}\n{% block main %}\n<h1>Mended: {{ page.subject }}</h1>\n{% endblock %}"
        },
    )
    expect(page.locator("main h1")).to_have_text("Mended: THE SALT ROAD")
    expect(page.get_by_role("alertdialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        (
            "cablepress.toml",
            'titel = "x"\n',
            "cablepress.toml:1",
            "Unknown key 'titel'; did you mean 'title'?",
        ),
        ("content/release.toml", "[[withold]]\n", "content/release.toml:1", "Unknown table 'withold'"),
    ],
)
def test_broken_settings_and_a_broken_ledger_show_and_go(
    page: Page, project: Path, name: str, text: str, place: str, message: str
) -> None:
    write_files(project, {name: text})
    panel = page.get_by_role("alertdialog")
    expect(panel.locator(".place")).to_have_text(place)
    expect(panel.locator(".message")).to_contain_text(message)
    expect(panel.locator(".line.meant")).to_contain_text(text.strip())
    (project / name).unlink()
    expect(panel).to_have_count(0)


def test_all_wrong_settings_show_at_once_and_stay_when_the_page_changes(page: Page, project: Path) -> None:
    write_files(project, {"cablepress.toml": "titel = 1\nlanguage = 2\n"})
    expect(page.get_by_role("alertdialog").locator("li")).to_have_count(2)
    page.goto(page.url.replace(CABLE, "tag/index.html"))
    expect(page.get_by_role("alertdialog").locator("li")).to_have_count(2)


def test_what_is_doubtful_in_a_saved_cable_shows_with_a_sign_below_it(page: Page, project: Path) -> None:
    write_files(project, cable("THE TIN ROAD", tags="PGOV, 12"))
    panel = page.get_by_role("alertdialog", name="Something in what you saved is doubtful")
    expect(panel.locator(".place")).to_have_text("content/08STRELSAU123.txt:11:13")
    assert panel.locator("pre").inner_text().rstrip() == "11TAGS: PGOV, 12\n  " + " " * 12 + "^"
    expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
    # It takes no key from whoever is reading.
    assert page.evaluate("document.activeElement === document.body")
    write_files(project, cable("THE LEAD ROAD"))
    expect(page.locator("main h1")).to_have_text("THE LEAD ROAD")
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("how", ["Escape", "button", "keyboard"])
def test_the_overlay_is_closed_by_key_and_by_button_until_something_else_breaks(
    page: Page, project: Path, how: str
) -> None:
    link = page.get_by_role("navigation", name="Indexes").get_by_role("link", name="TAGS")
    link.focus()
    write_files(project, {"cablepress.toml": "titel = 1\n"})
    panel = page.get_by_role("alertdialog")
    expect(panel).to_be_focused()
    if how == "Escape":
        page.keyboard.press("Escape")
    elif how == "button":
        panel.get_by_role("button", name="Close").click()
    else:
        page.keyboard.press("Tab")
        expect(panel.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()
    with page.expect_response(re.compile("/-/events$")):
        page.reload()
    page.wait_for_timeout(300)
    expect(panel).to_have_count(0)
    write_files(project, {"cablepress.toml": "langauge = 1\n"})
    expect(panel).to_contain_text("did you mean 'language'")
    (project / "cablepress.toml").unlink()
    expect(panel).to_have_count(0)
    write_files(project, {"cablepress.toml": "titel = 1\n"})  # as at first, but broken anew
    expect(panel).to_be_visible()


def test_words_of_a_fault_are_words_and_no_markup(page: Page, project: Path) -> None:
    write_files(project, {"cablepress.toml": "'<img src=x onerror=alert(1)>' = 1\n"})
    panel = page.get_by_role("alertdialog")
    expect(panel.locator(".message")).to_contain_text("<img src=x onerror=alert(1)>")
    assert panel.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1400])
def test_the_overlay_can_be_read_in_light_and_dark_and_on_a_small_screen(
    tab: OpenTab, preview: Preview, project: Path, scheme: str, width: int
) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 700})
    write_files(project, {"templates/cable.html": "x" * 500 + "{{ page.subjcet }}", **cable(tags="PGOV, 12")})
    open_page(page, preview)
    panel = page.get_by_role("alertdialog")
    expect(panel).to_be_visible()
    for selector in (".place", ".message", ".next", "button", "h1", ".line.meant", ".line.meant i"):
        colour, paper = panel.locator(selector).first.evaluate(
            "e => { let b = e; while (getComputedStyle(b).backgroundColor === 'rgba(0, 0, 0, 0)') b = b.parentElement;"
            " return [getComputedStyle(e).color, getComputedStyle(b).backgroundColor]; }"
        )
        assert contrast(colour, paper) >= 4.5, (selector, colour, paper)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/overlay-{scheme}-{width}.png")
    page.emulate_media(media="print")
    expect(panel).to_be_hidden()


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


def test_drafts_are_shown_and_said_to_be_only_where_they_are_asked_for(
    context: BrowserContext, project: Path
) -> None:
    for drafts in (True, False):
        with running_preview(project, Wishes(port=0, drafts=drafts)) as preview:
            page = context.new_page()
            open_page(page, preview, "index.html")
            expect(page.get_by_role("link", name="The plan")).to_have_count(int(drafts))
            expect(page.get_by_text("Preview with drafts")).to_have_count(int(drafts))
            page.close()


def test_without_reload_the_page_stays_as_it_was_opened(context: BrowserContext, project: Path) -> None:
    with running_preview(project, Wishes(port=0, reload=False)) as preview:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(preview.url + CABLE)
        write_files(project, cable("THE TIN ROAD"))
        preview.wait_for(CABLE, "THE TIN ROAD")
        page.wait_for_timeout(300)
        expect(page.locator("main h1")).to_have_text("THE SALT ROAD")
        assert not any("/-/" in url for url in asked)
        page.reload()
        expect(page.locator("main h1")).to_have_text("THE TIN ROAD")


def test_a_page_opened_before_the_first_build_becomes_the_site(
    context: BrowserContext, project: Path
) -> None:
    write_files(project, {"cablepress.toml": "titel = 1\n"})
    with running_preview(project) as preview:
        page = context.new_page()
        page.goto(preview.url)
        expect(page.get_by_role("heading", name="Building the site")).to_be_visible()
        expect(page.get_by_role("alertdialog")).to_contain_text("did you mean 'title'")
        (project / "cablepress.toml").unlink()
        expect(page.locator("main h1")).to_have_text("Cable archive")


def test_a_page_finds_a_preview_that_was_ended_and_begun_again(
    context: BrowserContext, project: Path
) -> None:
    page = context.new_page()
    with running_preview(project) as preview:
        open_page(page, preview)
        port = preview.port
    write_files(project, cable("THE TIN ROAD"))
    with running_preview(project, Wishes(port=port)) as preview:
        assert preview.port == port
        expect(page.locator("main h1")).to_have_text("THE TIN ROAD")


def test_many_tabs_do_not_starve_each_other(context: BrowserContext, preview: Preview, project: Path) -> None:
    """A browser opens six connections to one server, and each page that waits for news holds one."""
    pages = [context.new_page() for _ in range(9)]
    for page in pages:
        # Tabs behind others are hidden; headless ones do not know it.
        page.add_init_script(
            "Object.defineProperty(document, 'hidden', {get: () => sessionStorage.getItem('hidden') === 'yes'});"
        )
        open_page(page, preview)
        page.evaluate(
            "sessionStorage.setItem('hidden', 'yes'); document.dispatchEvent(new Event('visibilitychange'))"
        )
    write_files(project, cable("THE TIN ROAD"))
    preview.wait_for(CABLE, "THE TIN ROAD")
    for page in pages:
        expect(page.locator("main h1")).to_have_text("THE SALT ROAD")
        page.evaluate(
            "sessionStorage.setItem('hidden', 'no'); document.dispatchEvent(new Event('visibilitychange'))"
        )
        expect(page.locator("main h1")).to_have_text("THE TIN ROAD")
        page.evaluate(
            "sessionStorage.setItem('hidden', 'yes'); document.dispatchEvent(new Event('visibilitychange'))"
        )
