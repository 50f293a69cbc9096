"""What a page may cost: bytes of its assets, shifts and long tasks in Debian's chromium, and requests to nobody else."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from site_tools import TODAY, nothing, write_files
from telegrams import as_telegram, draft

from generator.build.engine import build_site
from generator.render.template_files import builtin_templates
from generator.settings import Settings

ASSETS = builtin_templates() / "assets"

# The pages of a site of 1,000 cables that a reader may open: the largest of each kind.
KINDS = {
    "home": "index.html",
    "cable": "cable/*/*/*.html",
    "list": "tag/*.html",
    "period": "tag/*/*.html",
    "origin": "origin/*.html",
    "date": "date/*.html",
    "classification": "classification/*.html",
    "index": "origin/index.html",
    "health": "health.html",
    "text": "about.html",
    "reading list": "reading-list.html",
}

LONGEST_TASK = 50  # milliseconds

# All shifts and long tasks since the page was opened: the sum of the shifts, and the longest task in milliseconds.
COSTS = """() => new Promise(resolve => {
  let shift = 0, longest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(entry => longest = Math.max(longest, entry.duration)))
    .observe({type: 'longtask', buffered: true});
  setTimeout(() => resolve([shift, longest]), 300);
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("budget")
    write_files(
        folder / "content", {f"{number}.txt": as_telegram(draft(number)) for number in range(1, 1001)}
    )
    write_files(folder / "content", {"about.md": "# About\n\n" + "An archive of a thousand cables.\n\n" * 20})
    build_site(
        folder,
        Settings(rows_per_page=100),
        content=folder / "content",
        site=folder / "site",
        today=TODAY,
        progress=nothing,
        workers=2,
    )
    return folder / "site"


def largest(site: Path, pattern: str) -> Path:
    return max(sorted(site.glob(pattern)), key=lambda path: path.stat().st_size)


def test_the_script_is_small_enough_to_be_read() -> None:
    assert (ASSETS / "cablepress.js").stat().st_size < 10_000


def test_the_stylesheet_is_below_20_kb() -> None:
    assert (ASSETS / "cablepress.css").stat().st_size < 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_stands_still_keeps_no_reader_waiting_and_asks_nobody(
    browser: Browser, site: Path, kind: str
) -> None:
    longest = LONGEST_TASK + 1.0
    asked: list[str] = []
    for _ in range(10):  # the machine may be busy with something else
        context = browser.new_context(viewport={"width": 1000, "height": 700})
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        shift, longest = cost(page, largest(site, KINDS[kind]))
        context.close()
        assert shift == 0
        if longest <= LONGEST_TASK:
            break
    assert longest <= LONGEST_TASK
    assert [url for url in asked if not url.startswith(f"{site.as_uri()}/")] == []


def test_a_remembered_view_moves_nothing(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    cables = sorted(site.glob(KINDS["cable"]))[:5]
    page.goto(cables[0].as_uri())
    page.get_by_role("combobox", name="Small text").select_option("Large text")
    for cable in cables:
        shift, _ = cost(page, cable)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19.2px"
        assert shift == 0
    context.close()


def test_a_page_is_shown_where_the_script_cannot_be_had(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto((site / "index.html").as_uri())
    painted = page.evaluate(
        "new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().length))"
        ".observe({type: 'paint', buffered: true}))"
    )
    assert painted > 0
    context.close()


def cost(page: Page, path: Path) -> tuple[float, float]:
    page.goto(path.as_uri())
    shift, longest = page.evaluate(COSTS)
    return shift, longest
