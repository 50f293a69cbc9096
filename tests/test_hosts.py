"""The site at a host that drops '.html' from addresses and reads `_headers` and `_redirects`, as Cloudflare Pages does."""

import json
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from site_server import PrettyHandler, serving
from site_tools import build, read_page, telegram, write_files

ID = "08STRELSAU1"
CABLE = f"cable/2008/02/{ID}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hosts")


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(PrettyHandler, project / "site") as root:
        write_files(
            project,
            {
                "cablepress.toml": f'site_url = "{root}"\n[publish]\nheaders = true\nredirects = true\n',
                "content/a.txt": f"---\naliases: [/old/a.html, /wiki/Salt_Road]\n---\n{telegram(1)}",
                "content/b.txt": telegram(2, dtg="011230Z MAR 08", ref="STRELSAU 1"),
                "content/about.md": "# About\n\nSee [the map](pictures/map.svg) and 08STRELSAU1.\n",
                "content/pictures/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            },
        )
        build(project)
        yield root


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of which nothing complains."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert [text for text in complaints if "404" not in text] == []


class _Stop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _by_name(headers: Message) -> dict[str, str]:
    return {name.title(): value for name, value in headers.items()}


def ask(address: str) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer, which may be that the address is another."""
    try:
        answer = urllib.request.build_opener(_Stop).open(address)
    except HTTPError as error:
        return error.code, _by_name(error.headers)
    with answer:
        return answer.status, _by_name(answer.headers)


def test_every_link_of_every_page_leads_to_a_file_where_addresses_have_no_endings(
    project: Path, served: str
) -> None:
    site = project / "site"
    asked: set[str] = set()
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix().removesuffix(".html")
        here = urljoin(served, address.removesuffix("index"))
        asked.update(urldefrag(urljoin(here, link)).url for link in read_page(path).links)
    own = sorted(address for address in asked if address.startswith(served))
    assert len(own) > 400
    wrong = []
    for address in own:
        status, headers = ask(address)
        if status == 308:
            status, headers = ask(urljoin(address, headers["Location"]))
        if status != 200:
            wrong.append((address, status))
    assert wrong == []


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        (f"{CABLE}.html", 308, f"/{CABLE}"),
        (CABLE, 200, None),
        ("tag/index.html", 308, "/tag/"),
        ("tag", 308, "/tag/"),
        ("search.html?q=snow", 308, "/search?q=snow"),
        ("old/a.html", 301, f"/{CABLE}.html"),
        ("wiki/Salt_Road", 301, f"/{CABLE}.html"),
        ("wiki/Salt_Road/", 301, f"/{CABLE}.html"),
        ("nowhere", 404, None),
    ],
)
def test_the_host_answers_as_its_rules_have_it(
    served: str, asked: str, status: int, location: str | None
) -> None:
    found, headers = ask(served + asked)
    assert (found, headers.get("Location")) == (status, location)


@pytest.mark.parametrize(
    ("asked", "type_"),
    [
        ("data/cables.csv", "text/csv; charset=utf-8"),
        ("data/cables.jsonl", "application/jsonl; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("humans.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_are_of_the_type_that_the_header_says(served: str, asked: str, type_: str) -> None:
    _, headers = ask(served + asked)
    assert headers["Content-Type"] == type_
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers.get("Access-Control-Allow-Origin") == ("*" if asked.startswith("data/") else None)


def test_a_reader_browses_keeps_and_searches(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_role("navigation", name="Indexes").get_by_role("link", name="TAGS").click()
    page.get_by_role("link", name="PGOV Internal Governmental Affairs").click()
    expect(page).to_have_url(f"{served}tag/PGOV")
    page.get_by_role("link", name="THE SALT ROAD").last.click()
    page.get_by_role("link", name="STRELSAU 1", exact=True).click()
    expect(page).to_have_url(f"{served}{CABLE}")
    page.get_by_role("button", name="Keep").click()
    kept = page.evaluate("localStorage.getItem('/ reading list')")
    assert [cable["address"] for cable in json.loads(kept)] == [f"{CABLE}.html"]
    page.reload()
    expect(page.get_by_role("button", name="Kept")).to_be_visible()
    page.get_by_role("link", name="Reading list").click()
    page.get_by_role("link", name="THE SALT ROAD").click()
    expect(page).to_have_url(f"{served}{CABLE}")
    page.locator(".top").get_by_label("Search").fill("snowed")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}search?q=snowed")
    page.locator("#results").get_by_role("link", name="THE SALT ROAD").last.click()
    expect(page.locator(".text mark")).to_have_text("snowed")


def test_a_feed_is_shown_with_its_stylesheet(page: Page, served: str) -> None:
    page.goto(f"{served}feed.xml")
    assert page.evaluate("getComputedStyle(document.documentElement).display") == "block"
    assert page.evaluate("document.contentType") == "application/xml"


def test_old_addresses_and_other_spellings_lead_on(page: Page, served: str) -> None:
    page.goto(f"{served}wiki/Salt_Road#par1")
    expect(page).to_have_url(f"{served}{CABLE}#par1")
    page.goto(f"{served}cable/08strelsau1")
    page.get_by_role("status").get_by_role("link", name=ID).click()
    expect(page).to_have_url(f"{served}{CABLE}")


def test_no_other_site_can_show_a_page_inside_its_own(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_content(f"<iframe src='{served}'></iframe>", wait_until="load")
    context.close()
    assert any("frame-ancestors 'none'" in text for text in complaints)
