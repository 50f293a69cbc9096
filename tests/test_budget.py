"""What a page may cost: bytes of it and of its assets, shifts and long tasks in Debian's chromium, and requests to nobody else."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from shared_builds import Specimens
from site_tools import TODAY, nothing, telegram, write_files
from tabs import OpenTab
from telegrams import as_telegram, draft
from truth.telegram import write_telegram

from generator.build.engine import build_site
from generator.render.template_files import builtin_templates
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
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
    "index by count": "tag/by-count.html",
    "year with a calendar": "date/????.html",
    "month": "date/????-??.html",
    "thread": "thread/[!i]*.html",
    "threads": "thread/index.html",
    "country": "country/??.html",
    "countries": "country/index.html",
    "countries by count": "country/by-count.html",
    "map": "map.html",
    "glossary": "glossary.html",
    "data": "data/index.html",
    "day": "day/??-??.html",
    "days": "day/index.html",
    "health": "health.html",
    "feeds": "feeds.html",
    "statistics": "statistics.html",
    "text": "about.html",
    "collection": "all.html",
    "collections": "collection/index.html",
    "reading list": "reading-list.html",
    "search": "search.html",
    "how to search": "search-help.html",
}

# What pages load beside the stylesheet and the script of all.
PICTURES = ("assets/pictures.css",)
OWN_ASSETS = {
    **dict.fromkeys(
        (
            "home",
            "list",
            "period",
            "origin",
            "date",
            "classification",
            "index",
            "index by count",
            "year with a calendar",
            "month",
            "country",
            "map",
            "days",
        ),
        PICTURES,
    ),
    "search": (
        "assets/pictures.css",
        "assets/search.css",
        "assets/search.js",
        "assets/marks.js",
        "assets/search-page.js",
    ),
    "how to search": ("assets/search.css",),
    "statistics": ("assets/statistics.css",),
}

LONGEST_TASK = 50  # milliseconds

# What the page of a cable may have: so much for each byte of its telegram, and so much beside them.
MOST_FOR_EACH_BYTE = 1.35
MOST_BESIDE = 12_500

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
    write_files(
        folder / "content",
        {
            "all.md": "---\nkind: collection\nquery: 1960.. limit:200\n---\n[[list 1960..]]\n\n[[timeline 1960..]]\n"
        },
    )
    write_files(folder / "content", named_after_posts())
    build_all(folder, folder / "content", Settings(rows_per_page=100, site_url="https://example.org/"))
    return folder / "site"


def named_after_posts() -> dict[str, str]:
    """Cables of real posts, so that there are countries and a map."""
    posts = "ASTANA LONDON PARIS MOSCOW TOKYO CANBERRA BRASILIA NAIROBI".split()
    return {
        f"real/{number}.txt": telegram(number, post=posts[number % len(posts)], tags="PGOV, PREL, KZ")
        for number in range(1, 200)
    }


def build_all(folder: Path, content: Path, settings: Settings) -> None:
    build_site(
        folder, settings, content=content, site=folder / "site", today=TODAY, progress=nothing, workers=2
    )


def largest(site: Path, pattern: str) -> Path:
    return max(sorted(site.glob(pattern)), key=lambda path: path.stat().st_size)


def test_the_script_is_small_enough_to_be_read() -> None:
    assert (ASSETS / "cablepress.js").stat().st_size < 10_000


WEIGHED = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "proof" else 300  # cables of each archive

ARCHIVES: dict[str, Callable[[], dict[str, str]]] = {
    "benchmarks": lambda: {f"{number}.txt": as_telegram(draft(number)) for number in range(1, WEIGHED + 1)},
    # Of every era and form; one that tells no name of a file has one that says nothing.
    "truth": lambda: {
        f"{seed}/{written.source.replace('<string>', 'telegram.txt')}": written.text
        for seed, written in ((seed, write_telegram(seed)) for seed in range(WEIGHED))
    },
}


@pytest.mark.parametrize("archive", ["content", *ARCHIVES])
def test_the_page_of_a_cable_weighs_little_more_than_its_telegram(
    tmp_path: Path, specimens: Specimens, archive: str
) -> None:
    folder, content = specimens.folder, ROOT / "content"
    if archive in ARCHIVES:
        folder, content = tmp_path, tmp_path / "content"
        write_files(content, ARCHIVES[archive]())
        build_all(folder, content, Settings())
    weights = list(weights_of_cables(folder, content))
    assert len(weights) >= (80 if archive == "content" else WEIGHED)
    assert [
        f"{address}: {page:,} bytes for a telegram of {sent:,}"
        for address, sent, page in weights
        if page > MOST_FOR_EACH_BYTE * sent + MOST_BESIDE
    ] == []


def weights_of_cables(folder: Path, content: Path) -> Iterator[tuple[str, int, int]]:
    """The address of each cable's page, and the bytes of its source and of its page, notes of the editor left out."""
    state = sqlite3.connect(folder / ".cablepress/state.sqlite")
    for path, address in state.execute("SELECT path, address FROM cable ORDER BY path"):
        page = (folder / "site" / address).read_bytes()
        notes = sum(map(len, re.findall(rb"<aside class=note .*?</aside>", page, re.DOTALL)))
        yield address, (content / path).stat().st_size, len(page) - notes
    state.close()


def test_the_stylesheet_is_below_20_kb() -> None:
    assert (ASSETS / "cablepress.css").stat().st_size < 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_stands_still_keeps_no_reader_waiting_and_asks_nobody(
    tab: OpenTab, site: Path, kind: str
) -> None:
    longest = LONGEST_TASK + 1.0
    asked: list[str] = []
    page = tab(viewport={"width": 1000, "height": 700})
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(10):  # the machine may be busy with something else
        page.goto("about:blank")
        shift, longest = cost(page, largest(site, KINDS[kind]))
        assert shift == 0
        if longest <= LONGEST_TASK:
            break
    assert longest <= LONGEST_TASK
    assert [url for url in asked if re.search(r"\.(woff2?|ttf|otf)\b", url)] == []
    assert [url for url in asked if not url.startswith(f"{site.as_uri()}/")] == []


def test_remembered_colours_move_nothing(tab: OpenTab, site: Path) -> None:
    """A remembered size of the text may: the first paint waits for no script."""
    page = tab(viewport={"width": 1000, "height": 700})
    cables = sorted(site.glob(KINDS["cable"]))[:5]
    page.goto(cables[0].as_uri())
    page.get_by_role("combobox", name="Colours").select_option("Dark")
    for cable in cables:
        shift, _ = cost(page, cable)
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert shift == 0


def test_a_page_is_shown_where_the_script_cannot_be_had(tab: OpenTab, site: Path) -> None:
    page = tab()
    page.route("**/*.js", lambda route: route.abort())
    page.goto((site / "index.html").as_uri())
    painted = page.evaluate(
        "new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().length))"
        ".observe({type: 'paint', buffered: true}))"
    )
    assert painted > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_painted_of_html_and_stylesheets_while_the_script_never_comes(
    tab: OpenTab, site: Path, kind: str
) -> None:
    page = tab()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/site/")[2]))
    page.route("**/*.js", lambda route: None)  # it is held back for ever
    path = largest(site, KINDS[kind])
    page.goto(path.as_uri(), wait_until="commit")
    page.evaluate(
        "new Promise((resolve, reject) => { setTimeout(reject, 30000, new Error('nothing was painted')); "
        "new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').length && resolve())"
        ".observe({type: 'paint', buffered: true}); })"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1088px"
    assert set(asked) == {
        path.relative_to(site).as_posix(),
        "assets/cablepress.css",
        "assets/cablepress.js",
        *OWN_ASSETS.get(kind, ()),
    }


def cost(page: Page, path: Path) -> tuple[float, float]:
    page.goto(path.as_uri())
    shift, longest = page.evaluate(COSTS)
    return shift, longest
