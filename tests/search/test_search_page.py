"""The search as a reader meets it, in Debian's chromium: typed by keys, served below a path and from disk."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from search.archives import SMALL, use_limits
from site_server import SiteHandler
from site_tools import build, telegram, write_files
from tabs import OpenTab
from test_accessible import VIEWS, complaints

from generator.settings import load_settings

# Cables of 2005 to 2008; those of STRELSAU are about salt, those of ZENDA about sheep.
SALT = "1. (C) SUMMARY: It snowed on the pass. END SUMMARY.\n\n2. (C) The salt road is open, said the ferryman.\n\n3. (U) It thawed."
SHEEP = "1. (U) The sheep stay in the valley.\n\n2. (U) Nobody drives them up the road."
FIRST = "cable/2005/02/05STRELSAU1.html"

ANSWERED = re.compile(r"^(\d+ cables?|No cable)")


def archive() -> dict[str, str]:
    cables = {
        f"s{number}.txt": telegram(
            number,
            dtg=f"{number:02d}1230Z FEB 0{5 + number % 4}",
            tags="PGOV ECON" if number % 3 else "PREL",
            level="UNCLAS" if number % 2 else "S E C R E T",
            subject=f"SALT REPORT {number}",
            text=SALT,
        )
        for number in range(4, 17)
    }
    cables["1.txt"] = telegram(1, dtg="011230Z FEB 05", subject="THE SALT ROAD", text=SALT)
    for number in (1, 2, 3):
        cables[f"z{number}.txt"] = telegram(
            number,
            post="ZENDA",
            dtg=f"{number:02d}1230Z MAR 07",
            tags="EAGR",
            subject="SHEEP",
            text=SHEEP,
            ref="STRELSAU 1",
        )
    return {f"content/{name}": text for name, text in cables.items()}


class Handler(SiteHandler):
    """The site lies below a path."""

    below = "archive"


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 - so it is called there
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the archive is served, as its settings know."""
    project = tmp_path_factory.mktemp("search")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(project / "www")))
    root = f"http://127.0.0.1:{server.server_port}/archive/"
    write_files(project, archive())
    build(project, replace(load_settings(project), site_url=root))
    (project / "www").mkdir()
    (project / "www/archive").symlink_to(project / "site")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield root
    server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive on disk."""
    project = tmp_path_factory.mktemp("search-from-disk")
    write_files(project, archive())
    build(project)
    return project / "site"


@pytest.fixture
def wide(tab: OpenTab) -> Page:
    return tab(viewport={"width": 1200, "height": 900})


@pytest.fixture
def page(wide: Page) -> Iterator[Page]:
    """A page on which no script fails."""
    errors: list[str] = []
    wide.on("pageerror", lambda error: errors.append(str(error)))
    yield wide
    assert errors == []


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Words, phrases, ids")


def told(page: Page) -> Locator:
    return page.locator("#told")


def results(page: Page) -> Locator:
    return page.locator("#results .cables > li")


def facet(page: Page, name: str) -> Locator:
    return page.locator("details.facet").filter(has=page.locator("summary").get_by_text(name, exact=True))


def options(page: Page) -> Locator:
    """What the field suggests."""
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def wait_for_search(page: Page) -> None:
    """Until the box has its script; the page's policy keeps playwright from waiting for it in the page."""
    for _ in range(200):
        if page.evaluate("'cablepressSearch' in globalThis"):
            return
        page.wait_for_timeout(25)
    raise AssertionError("assets/search.js was not loaded")


def look_for(page: Page, root: str, query: str) -> None:
    """Type a query and press Enter."""
    page.goto(f"{root}search.html")
    field(page).fill(query)
    field(page).press("Enter")
    expect(told(page)).to_have_text(ANSWERED)


# What is found


def test_results_tell_subject_paragraph_date_id_origin_and_level(page: Page, served: str) -> None:
    look_for(page, served, '"the salt road"')
    expect(told(page)).to_have_text("14 cables")
    first = results(page).filter(has_text="THE SALT ROAD").first
    expect(first.locator(".subject mark")).to_have_text("THE SALT ROAD")
    expect(first.locator("p")).to_have_text("The salt road is open, said the ferryman.")
    expect(first.locator("p mark")).to_have_text("The salt road")
    for fact in ("2005-02-01", "05STRELSAU1", "STRELSAU", "UNCLASSIFIED"):
        expect(first.locator(".about")).to_contain_text(fact, ignore_case=True)


def test_a_result_leads_to_its_paragraph_where_the_words_are_marked(page: Page, served: str) -> None:
    look_for(page, served, '"salt road" ferry*')
    first = results(page).filter(has_text="THE SALT ROAD").first
    expect(first.locator("p mark")).to_have_count(2)
    first.locator(".subject").click()
    expect(page).to_have_url(re.compile(re.escape(FIRST) + r"\?find=[^#]+#par2$"))
    expect(page.locator("h1 mark")).to_have_text("SALT ROAD")
    expect(page.locator("#par2 mark")).to_have_text(["salt road", "ferryman"])
    expect(page.locator(".n mark, small mark, del mark")).to_have_count(0)


def test_a_word_of_the_header_alone_shows_the_first_paragraph(page: Page, served: str) -> None:
    look_for(page, served, "tag:EAGR")
    expect(results(page)).to_have_count(3)
    expect(results(page).first.locator("p")).to_have_text("The sheep stay in the valley.")
    expect(results(page).first.locator("mark")).to_have_count(0)


def test_from_disk_all_is_found_without_paragraphs_and_the_page_says_so_once(page: Page, site: Path) -> None:
    root = f"{site.as_uri()}/"
    look_for(page, root, "salt tag:PREL")
    expect(told(page)).to_have_text("4 cables")
    expect(page.get_by_text("passages of the cables cannot be shown")).to_have_count(1)
    expect(results(page).locator("p")).to_have_count(0)
    results(page).first.locator(".subject").click()
    expect(page.locator(".text mark").first).to_be_in_viewport()


def test_results_come_ten_at_a_time_each_page_with_an_address(page: Page, served: str) -> None:
    look_for(page, served, "salt")
    expect(results(page)).to_have_count(10)
    page.get_by_role("link", name="More results").click()
    expect(told(page)).to_have_text("14 cables, 11 to 14")
    expect(told(page)).to_be_focused()
    expect(results(page)).to_have_count(4)
    expect(page).to_have_url(re.compile(r"search\.html\?q=salt&page=2$"))
    page.reload()
    expect(told(page)).to_have_text("14 cables, 11 to 14")
    page.get_by_role("link", name="Previous results").click()
    expect(told(page)).to_have_text("14 cables")


def test_an_address_that_asks_for_more_pages_than_there_are_shows_the_last(page: Page, served: str) -> None:
    page.goto(f"{served}search.html?q=salt&page=99")
    expect(told(page)).to_have_text("14 cables, 11 to 14")


def test_results_have_three_orders(page: Page, served: str) -> None:
    look_for(page, served, "salt")
    dates = page.locator("#results .about > :first-child")
    page.get_by_role("link", name="Oldest first").click()
    expect(page).to_have_url(re.compile("order=oldest$"))
    expect(dates.first).to_have_text("2005-02-01")
    expect(page.get_by_role("link", name="Oldest first")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Newest first").click()
    expect(dates.first).to_have_text("2008-02-15")
    page.get_by_role("link", name="Best first").click()
    expect(page).to_have_url(re.compile("q=salt$"))


def test_a_word_that_the_archive_does_not_have_leads_to_the_nearest(page: Page, served: str) -> None:
    look_for(page, served, "sheeep valley")
    expect(told(page)).to_have_text("No cable has all of this.")
    page.locator("#notes").get_by_role("link", name="sheep", exact=True).click()
    expect(field(page)).to_have_value("sheep valley")
    expect(told(page)).to_have_text("3 cables")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"', "-", "a" * 2000, "tag:", "((()))"])
def test_a_query_that_makes_no_sense_is_answered(page: Page, served: str, query: str) -> None:
    page.goto(f"{served}search.html")
    field(page).fill(query)
    field(page).press("Enter")
    expect(told(page)).to_have_text(ANSWERED)
    expect(field(page)).to_have_value(query)


def test_a_page_that_cannot_be_read_is_told_beside_its_result(page: Page, served: str) -> None:
    page.route(f"{served}{FIRST}", lambda route: route.abort())
    look_for(page, served, '"the salt road" date:2005-02-01')
    expect(results(page).locator("p")).to_have_text("The page of this cable could not be read.")


def test_an_engine_that_cannot_be_read_is_told(page: Page, served: str) -> None:
    page.route("**/find.js", lambda route: route.abort())
    page.goto(f"{served}search.html?q=salt")
    expect(told(page)).to_have_text("This could not be searched. assets/find.js could not be read.")


# Every state is in the address


def test_back_and_forward_go_from_search_to_search_and_over_what_was_typed(page: Page, served: str) -> None:
    look_for(page, served, "salt")
    facet(page, "TAGS").get_by_role("link", name="PREL").click()
    expect(told(page)).to_have_text("4 cables")
    field(page).fill("")
    field(page).press_sequentially("sheep", delay=30)
    expect(told(page)).to_have_text("3 cables")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=sheep$"))
    page.go_back()
    expect(field(page)).to_have_value("salt tag:PREL")
    expect(told(page)).to_have_text("4 cables")
    page.go_back()
    expect(field(page)).to_have_value("salt")
    expect(told(page)).to_have_text("14 cables")
    page.go_forward()
    expect(told(page)).to_have_text("4 cables")


def test_an_address_shows_what_it_says(page: Page, served: str) -> None:
    page.goto(f"{served}search.html?q=salt+2005..2006&order=newest")
    expect(field(page)).to_have_value("salt 2005..2006")
    expect(page).to_have_title(re.compile(r"^salt 2005\.\.2006 · Search"))
    expect(page.locator("#results .about > :first-child").first).to_have_text("2006-02-13")


# Facets


def test_facets_have_counts_and_choose_by_words_of_the_query(page: Page, served: str) -> None:
    look_for(page, served, "salt")
    tags = facet(page, "TAGS")
    expect(tags.get_by_role("listitem").first).to_have_text(
        re.compile(r"^PGOV Internal Governmental Affairs\s+10$")
    )
    tags.get_by_role("link", name="PREL External Political Relations").click()
    expect(field(page)).to_have_value("salt tag:PREL")
    expect(told(page)).to_have_text("4 cables")
    chosen = tags.get_by_role("link", name="PREL")
    expect(chosen).to_have_attribute("aria-current", "true")
    facet(page, "Classifications").get_by_role("link", name="SECRET", exact=True).click()
    expect(field(page)).to_have_value("salt tag:PREL class:secret")
    expect(told(page)).to_have_text("2 cables")
    chosen.click()
    expect(field(page)).to_have_value("salt class:secret")


def test_a_facet_closes_a_phrase_that_was_left_open(page: Page, served: str) -> None:
    look_for(page, served, '"salt road')
    facet(page, "TAGS").get_by_role("link", name="PREL").click()
    expect(field(page)).to_have_value('"salt road" tag:PREL')
    expect(told(page)).to_have_text("4 cables")


def test_an_origin_is_chosen_by_its_post(page: Page, served: str) -> None:
    look_for(page, served, "road")
    origins = facet(page, "Origins")
    expect(origins.get_by_role("listitem")).to_have_count(2)
    origins.get_by_role("link", name=re.compile("Zenda", re.IGNORECASE)).click()
    expect(field(page)).to_have_value("road from:zenda")
    expect(told(page)).to_have_text("3 cables")


def test_years_are_chosen_by_two_clicks_by_keys_and_by_a_drag(page: Page, served: str) -> None:
    look_for(page, served, "salt")
    bars = page.locator("#facets svg a")
    expect(bars.locator(".told")).to_have_text([re.compile(f"^{year}: ") for year in range(2005, 2009)])
    bars.nth(1).locator(".reach").click()
    expect(field(page)).to_have_value("salt date:2006")
    expect(bars.nth(1)).to_have_attribute("aria-current", "true")
    expect(bars).to_have_count(4)  # the years that are left out can still be chosen
    bars.nth(3).focus()
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("salt 2006..2008")
    expect(bars.nth(3)).to_be_focused()
    page.get_by_role("link", name="All years").click()
    expect(field(page)).to_have_value("salt")
    expect(bars.locator("[aria-current]")).to_have_count(0)
    start, end = (bars.nth(at).locator(".reach").bounding_box() for at in (2, 0))
    assert start
    assert end
    page.mouse.move(start["x"] + 3, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 3, end["y"] + 20, steps=5)
    page.mouse.up()
    expect(field(page)).to_have_value("salt 2005..2007")


def test_facets_come_after_the_results_and_are_folded_where_it_is_narrow(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    look_for(page, served, "salt")
    expect(page.locator("details.facet")).to_have_count(4)
    expect(page.locator("details.facet[open]")).to_have_count(0)
    last, first = results(page).last.bounding_box(), page.locator("details.facet").first.bounding_box()
    assert last
    assert first
    assert last["y"] < first["y"]


# The field and what it suggests


def test_the_field_suggests_words_and_takes_none_by_itself(page: Page, served: str) -> None:
    page.goto(f"{served}search.html")
    expect(field(page)).to_be_focused()
    field(page).press_sequentially("the sal")
    expect(options(page).first).to_have_text("salt 14 cables")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute(
        "aria-activedescendant", str(options(page).first.get_attribute("id"))
    )
    expect(field(page)).to_have_value("the sal")
    field(page).press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field(page).press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("the sal")
    field(page).press("ArrowDown")
    expect(options(page).first).to_be_visible()
    field(page).press("ArrowDown")
    field(page).press("Enter")
    expect(field(page)).to_have_value("the salt")
    expect(options(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"q=the\+salt$"))


def test_tab_leaves_the_field_as_it_is(page: Page, served: str) -> None:
    page.goto(f"{served}search.html")
    field(page).press_sequentially("sal")
    expect(options(page).first).to_be_visible()
    field(page).press("ArrowDown")
    field(page).press("Tab")
    expect(options(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(field(page)).to_have_value("sal")


def test_an_id_is_suggested_and_enter_goes_straight_to_its_cable(page: Page, served: str) -> None:
    page.goto(f"{served}search.html")
    field(page).press_sequentially("05 strelsau 0001")
    expect(options(page)).to_have_text("05STRELSAU1 go to this cable")
    field(page).press("Enter")
    expect(page).to_have_url(f"{served}{FIRST}")
    page.go_back()
    expect(page).to_have_url(re.compile("search.html"))


def test_the_count_is_told_in_a_live_region(page: Page, served: str) -> None:
    page.goto(f"{served}search.html?q=sheep")
    expect(page.get_by_role("status").filter(has_text="3 cables")).to_be_visible()
    expect(page.get_by_role("search")).to_have_count(1)


# The box on every page


def test_the_box_loads_nothing_until_it_is_used(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}{FIRST}", wait_until="networkidle")
    assert [url for url in asked if "search" in url or "find" in url or "marks" in url] == []
    page.get_by_role("textbox", name="Search").focus()
    wait_for_search(page)
    assert [url for url in asked if "search" in url or "find" in url or "marks" in url] == [
        "assets/search.js"
    ]


def test_an_id_in_the_box_costs_little_and_not_the_engine_of_queries(
    page: Page, served: str, site: Path
) -> None:
    page.goto(f"{served}index.html", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.keyboard.press("/")
    wait_for_search(page)
    page.keyboard.type("05 strelsau 1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}{FIRST}")
    before = asked[: asked.index(FIRST)]
    assert [url.partition("-")[0] for url in before] == [
        "assets/search.js",
        "assets/lookup.js",
        "search/start.js",
        "search/ids/",
    ]
    assert sum((site / url).stat().st_size for url in before[:2]) < 15_000


@pytest.mark.parametrize(
    ("typed", "address"),
    [("05 strelsau 1", FIRST), ("05STRELSAU000001", FIRST), ("sheep", "search.html?q=sheep"), ("05STRELSAU99", "search.html?q=05STRELSAU99")],
)  # fmt: skip
@pytest.mark.parametrize("start", ["index.html", "cable/2007/03/07ZENDA2.html"])
def test_the_box_leads_to_a_cable_by_its_id_and_else_to_the_search_page(
    page: Page, served: str, start: str, typed: str, address: str
) -> None:
    page.goto(f"{served}{start}")
    page.keyboard.press("/")
    wait_for_search(page)
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}{address}")


def test_the_box_works_from_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    wait_for_search(page)
    page.keyboard.type("05 strelsau 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url((site / FIRST).as_uri())


def test_an_id_that_the_archive_does_not_have_leads_to_the_nearest(page: Page, served: str) -> None:
    page.goto(f"{served}search.html?q=05STRELSAU2")
    page.locator("#notes").get_by_role("link", name="05STRELSAU1", exact=True).click()
    expect(page).to_have_url(f"{served}{FIRST}")


# Pieces that are missing or cut short


@pytest.fixture(scope="module")
def in_small_pieces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The same archive with an index of many pieces: where it is served, and its folder."""
    project = tmp_path_factory.mktemp("small-pieces")
    write_files(project, archive())
    with pytest.MonkeyPatch.context() as patch:
        use_limits(patch, SMALL)
        build(project)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SilentHandler, directory=str(project / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", project / "site"
    server.shutdown()


def missing(route: Route) -> None:
    route.fulfill(status=404)


def half_of(text: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type="text/javascript", body=text)


LACK = "these results may lack some cables."


@pytest.mark.parametrize("harm", ["missing", "cut short"])
@pytest.mark.parametrize(("kind", "holds", "query", "count", "shown", "message"), [
    ("words", "drives", "salt OR drives", "14 cables", 10, LACK),
    ("words", " salt", "salt sheep", "No cable was found in what could be read.", 0, LACK),
    ("lengths", "", "sheep", "3 cables", 3, LACK),
    ("cables", "07ZENDA2", "sheep", "3 cables", 0, "3 cables cannot be shown here: a part of the index could not be read."),
    ("cables", "07ZENDA2", "salt", "14 cables", 4, "6 cables cannot be shown here: a part of the index could not be read."),
    ("facets", "", "sheep", "3 cables", 3, "these counts may lack some cables."),
    ("names.js", "", "sheep", "3 cables", 3, "these counts may lack some cables."),
    ("start.js", "", "sheep", "No cable was found in what could be read.", 0, "nothing can be searched."),
    ("ids", "ZENDA2", "07ZENDA2", "1 cable", 1, "a cable of this id may not be found."),
])  # fmt: skip
def test_a_bad_piece_is_told_and_the_rest_is_shown(
    wide: Page, in_small_pieces: tuple[str, Path], kind: str, holds: str, query: str, count: str, shown: int, message: str, harm: str
) -> None:  # fmt: skip
    root, site = in_small_pieces
    page = wide
    paths = (site / "search").rglob("*.js")
    bad = [path for path in paths if f"search/{kind}" in path.as_posix() and holds in path.read_text("utf-8")]
    assert bad
    for path in bad:
        half = path.read_text("utf-8")[: path.stat().st_size // 2]
        page.route(
            f"{root}{path.relative_to(site).as_posix()}", half_of(half) if harm == "cut short" else missing
        )
    page.goto(f"{root}search.html?{urlencode({'q': query})}")
    expect(told(page)).to_have_text(count)
    expect(page.locator("main")).to_contain_text(message)
    expect(results(page)).to_have_count(shown)


def test_where_the_script_of_facets_is_missing_results_stay(page: Page, served: str) -> None:
    page.route("**/facets.js", lambda route: route.abort())
    look_for(page, served, "sheep")
    expect(page.locator("#notes")).to_have_text(
        "This search cannot be narrowed. assets/facets.js could not be read."
    )
    expect(results(page)).to_have_count(3)


def test_where_the_script_of_ids_is_missing_the_box_still_leads_to_the_search_page(
    page: Page, served: str
) -> None:
    page.route("**/lookup.js", lambda route: route.abort())
    page.goto(f"{served}index.html")
    page.keyboard.press("/")
    wait_for_search(page)
    page.keyboard.type("05STRELSAU1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}search.html?q=05STRELSAU1")
    expect(told(page)).to_have_text("This could not be searched. assets/lookup.js could not be read.")


# Without JavaScript


def test_without_javascript_the_box_leads_to_a_page_that_leads_to_the_indexes(
    tab: OpenTab, served: str
) -> None:
    page = tab(java_script_enabled=False)
    page.goto(f"{served}{FIRST}")
    page.get_by_role("textbox", name="Search").fill("salt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}search.html?q=salt")
    expect(page.locator("main form")).to_be_hidden()
    page.locator("main").get_by_role("link", name="TAGS").click()
    expect(page).to_have_url(f"{served}tag/index.html")


# The help


def test_each_example_of_the_help_finds_something(page: Page, served: str) -> None:
    page.goto(f"{served}search-help.html")
    examples = page.locator(".examples a").evaluate_all(
        "links => links.map(link => [link.textContent, link.href])"
    )
    assert len(examples) > 12
    for query, href in examples:
        page.goto(href)
        expect(field(page)).to_have_value(query)
        # Nothing is left out of the archive's own examples but a name that is made up, and what a minus leaves out.
        if "smith" in query or "-" in query.split(" ")[-1][:1]:
            continue
        expect(told(page)).to_have_text(re.compile(r"^\d+ cables?$"))


# The page for addresses that lead nowhere


@pytest.mark.parametrize(
    "address", ["cable/2005/02/05strelsau1.html", "cable/2005/03/05STRELSAU1.html", "05STRELSAU0001", "cable/05%20strelsau%201"]
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_guessed(page: Page, served: str, address: str) -> None:
    page.goto(f"{served}{address}")
    page.get_by_text("Did you mean").get_by_role("link", name="05STRELSAU1", exact=True).click()
    expect(page).to_have_url(f"{served}{FIRST}")


def test_an_address_that_is_like_none_offers_the_box(page: Page, served: str) -> None:
    page.goto(f"{served}nothing/here.html")
    page.get_by_role("textbox", name="Search").fill("sheep")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}search.html?q=sheep")
    expect(told(page)).to_have_text("3 cables")


# Readers of every kind


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_axe_finds_nothing_in_what_was_found(tab: OpenTab, served: str, scheme: Any, width: int) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(f"{served}search.html?q=salt+road+2005..2006+tag:PGOV")
    expect(page.locator("#results p mark").first).to_be_visible()
    expect(page.locator("details.facet")).to_have_count(4)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    field(page).fill("")
    field(page).press_sequentially("sal")
    expect(options(page).first).to_be_visible()
    field(page).press("ArrowDown")
    assert complaints(page) == []
    page.goto(f"{served}{FIRST}?find=salt+%22the+ferryman%22")
    expect(page.locator("mark").first).to_be_visible()
    assert complaints(page) == []
    page.goto(f"{served}nowhere/05strelsau1.html")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    assert complaints(page) == []


def test_a_search_asks_nobody_else_and_breaks_no_policy(page: Page, served: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    look_for(page, served, "salt road")
    expect(page.locator("details.facet")).to_have_count(4)
    results(page).first.locator(".subject").click()
    expect(page.locator("mark").first).to_be_visible()
    assert [url for url in asked if not url.startswith(served) and not url.endswith("/favicon.ico")] == []
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []
