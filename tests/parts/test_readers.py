"""What readers of a split archive do, in a real browser: search from a part, step over its borders, follow threads, keep cables.

On one host, where the parts lie beside each other; with a host for each part; and from disk.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from parts_tools import build_parts
from playwright.sync_api import Page, expect
from site_server import SiteHandler
from split_archive import THREAD, settings_of, write_archive
from tabs import OpenTab

from generator.archive.layout import Layout, Split, default_part_url
from generator.parts.cutting import parts_of
from generator.parts.tasks import table_of
from generator.settings import load_settings

OF_1974 = f"cable/1974/05/{THREAD}.html"
OF_1979 = "cable/1979/12/79STRELSAU5.html"
OF_1980 = "cable/1980/01/80STRELSAU7.html"
OF_2008 = "cable/2008/02/08ZENDA1.html"

SCRIPT = Path(__file__).parent.parent.parent / "templates/assets/parts.js"


@contextmanager
def server_of(folder: Path, *, by_host: bool) -> Iterator[int]:
    """A server of a folder, or of a folder in it for each host, 'portal.localhost'; gives its port."""

    class Handler(SiteHandler):
        below = "" if by_host else "cables"

        def do_GET(self) -> None:  # noqa: N802 - as its base has it
            name = self.headers["Host"].partition(".")[0] if by_host else ""
            self.directory = str(folder / name)
            if self.path == "/favicon.ico":  # for which browsers ask unasked
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", "*")  # as GitHub Pages does
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


Places = dict[str, str]  # where each part is, by its name; the portal as 'portal'


@pytest.fixture(scope="module", params=["one host", "hosts", "disk"])
def places(
    request: pytest.FixtureRequest, by_decade: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Places]:
    if request.param == "hosts":
        project = tmp_path_factory.mktemp("hosts")
        with server_of(project / "parts", by_host=True) as port:
            urls = {
                "site_url": f"http://portal.localhost:{port}/",
                "part_url": f"http://{{part}}.localhost:{port}/",
            }
            write_archive(project, settings_of("decade", **urls))
            build_parts(project)
            yield {part.name or "portal": part.url for part in parts_of(project, load_settings(project))}
        return
    folders = {part.name or "portal": part.folder for part in parts_of(by_decade, load_settings(by_decade))}
    if request.param == "disk":
        yield {name: f"{folder.absolute().as_uri()}/" for name, folder in folders.items()}
        return
    with server_of(by_decade / "parts", by_host=False) as port:
        yield {name: f"http://127.0.0.1:{port}/{folder.name}/" for name, folder in folders.items()}


@pytest.fixture
def page(tab: OpenTab) -> Iterator[Page]:
    """A page whose console stays silent: no policy of a page forbids what it does."""
    page = tab()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    yield page
    assert complaints == []


def test_a_search_from_a_part_finds_a_cable_of_another_and_marks_what_was_found(
    page: Page, places: Places
) -> None:
    page.goto(places["1970s"] + OF_1979)
    page.get_by_role("textbox", name="Search").fill("snowdrifts")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.startswith(f"{places['portal']}search.html?q=snowdrifts"))
    result = page.get_by_role("link", name="A NEW ROAD")
    expect(result).to_be_visible()
    if not page.url.startswith("file:"):
        expect(page.locator(".passage")).to_contain_text("SNOWDRIFTS")  # which is read from the part
    result.click()
    page.wait_for_url(lambda url: url.startswith(places["2000s"] + OF_2008))
    expect(page.locator("mark").first).to_have_text("SNOWDRIFTS")


def test_an_id_leads_from_a_part_to_the_cable_in_another(page: Page, places: Places) -> None:
    page.goto(places["1970s"] + OF_1979)
    page.get_by_role("textbox", name="Search").fill("08 zenda 001")
    while not page.evaluate("'cablepressSearch' in globalThis"):  # nobody types as fast as a program
        page.wait_for_timeout(20)
    page.keyboard.press("Enter")
    page.wait_for_url(places["2000s"] + OF_2008)
    expect(page.get_by_role("heading", level=1)).to_have_text("A NEW ROAD")


def test_the_next_cable_is_over_the_border_of_a_part_and_back_is_too(page: Page, places: Places) -> None:
    page.goto(places["1970s"] + OF_1979)
    page.keyboard.press("j")
    page.wait_for_url(places["1980s"] + OF_1980)
    page.keyboard.press("k")
    page.wait_for_url(places["1970s"] + OF_1979)


def test_a_thread_leads_through_parts(page: Page, places: Places) -> None:
    page.goto(places["2000s"] + OF_2008)
    page.get_by_role("link", name=THREAD, exact=True).last.click()
    page.wait_for_url(lambda url: url.startswith(places["portal"] + f"thread/{THREAD}.html"))
    page.get_by_role("link", name="80STRELSAU7").first.click()
    page.wait_for_url(places["1980s"] + OF_1980)
    page.get_by_role("link", name="74 STRELSAU 1873").first.click()
    page.wait_for_url(places["1970s"] + OF_1974)


def test_cables_of_all_parts_are_in_one_reading_list_where_they_are_on_one_host(
    page: Page, places: Places
) -> None:
    has_hosts = len({urlsplit(url).netloc for url in places.values()}) > 1
    for part, address in (("1970s", OF_1979), ("2000s", OF_2008)):
        page.goto(places[part] + address)
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("button", name="Kept")).to_be_visible()
    page.get_by_role("link", name="Reading list").click()
    page.wait_for_url(f"{places['2000s']}reading-list.html")
    kept = page.locator("#kept ol > li > a")
    expect(kept).to_have_text(["A NEW ROAD"] if has_hosts else ["LAST OF ITS DECADE", "A NEW ROAD"])
    kept.first.click()
    page.wait_for_url(places["2000s"] + OF_2008 if has_hosts else places["1970s"] + OF_1979)


def test_a_reader_goes_from_part_to_part_and_to_the_portal_by_their_home_pages(
    page: Page, places: Places
) -> None:
    page.goto(f"{places['1970s']}index.html")
    page.get_by_role("link", name="1980s", exact=True).click()
    page.wait_for_url(lambda url: url.startswith(places["1980s"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("1980s")
    page.get_by_role("link", name="Cable archive").last.click()
    page.wait_for_url(lambda url: url.startswith(places["portal"]))
    page.get_by_role("link", name="Dates", exact=True).first.click()
    page.get_by_role("link", name="1974", exact=True).first.click()
    page.wait_for_url(f"{places['1970s']}date/1974.html")


def test_every_page_of_a_part_is_styled(page: Page, places: Places) -> None:
    for address in ("index.html", "date/1974.html", OF_1974, "reading-list.html"):
        page.goto(places["1970s"] + address)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1088px"
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth)")


# On one host too; but there the page has the full addresses of a site that is not served here.
@pytest.mark.parametrize("places", ["hosts"], indirect=True)
def test_an_address_that_leads_nowhere_is_answered_with_the_cable_that_was_meant(
    tab: OpenTab, places: Places
) -> None:
    page = tab()
    page.goto(f"{places['1970s']}cable/1974/08ZENDA1.html")
    link = page.get_by_role("link", name="08ZENDA1", exact=True)
    expect(link).to_have_attribute("href", places["2000s"] + OF_2008)
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1088px"
    page.get_by_role("textbox", name="Search").fill("road")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(lambda url: url.startswith(f"{places['portal']}search.html"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 320)])
def test_the_home_page_of_a_part_keeps_nobody_out(
    tab: OpenTab, by_decade: Path, scheme: str, width: int
) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto((by_decade / "parts/cables-1970s/index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.evaluate(Axe().axe_script)
    assert page.evaluate("axe.run().then((found) => found.violations.map((one) => one.id))") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("split", ["year", "decade", "origin"])
def test_scripts_know_of_each_cable_in_which_part_it_is(page: Page, split: Split) -> None:
    url = "https://example.org/zenda/"
    layout = Layout(split=split, portal_url=url, part_url="https://example.org/{part}/")
    addresses = [
        *("cable/1974/05/74STRELSAU1.html", "cable/1974/05/74STRELSAU1-0a1b2c.html", "cable/0987/05/x.html"),
        *("cable/1974/05/74CON1.html", "cable/1974/05/74ZENDA1.html", "cable/undated/74STRELSAU1.html"),
        *("cable/undated/=letter.html", "cable/withheld/74STRELSAU1.html", "tag/index.html", "search.html"),
        *("cable/1974/05/x_2F=y.html", "cable/1974/05/74STRELSAU01.html"),
    ]
    page.goto("about:blank")
    page.evaluate("(table) => { globalThis.cablepressSplit = table; }", table_of(layout, ""))
    page.evaluate(
        "(script) => Function('document', script)({ currentScript: { src: 'https://example.org/zenda/assets/x.js' } })",
        SCRIPT.read_text("utf-8"),
    )
    found = page.evaluate("(all) => all.map((one) => cablepressParts.urlOf(one).href)", addresses)
    assert found == [layout.public(address) for address in addresses[:8]] + [
        layout.public(address).removesuffix("index.html")
        + ("index.html" if address == "tag/index.html" else "")
        for address in addresses[8:]
    ]


def test_a_part_beside_the_portal_is_found_without_its_host() -> None:
    url = "https://example.org/cables/"
    table = table_of(Layout(split="year", portal_url=url, part_url=default_part_url(url)), "1974")
    assert (table["portal"], table["url"]) == ("../cables/", "../cables-{part}/")
