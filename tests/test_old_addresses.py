"""Old addresses in a browser: aliases lead on, served below a folder and from disk; other spellings of an id are understood."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from site_server import SiteHandler
from site_tools import build, telegram, write_files
from tabs import OpenTab

CABLE = "cable/2008/02/08KIEV12.html"


class Handler(SiteHandler):
    """The site lies below a path."""

    below = "cables"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("old-addresses")


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[str]:
    """Where the site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(project / "www")))
    root = f"http://127.0.0.1:{server.server_port}/cables/"
    write_files(
        project,
        {
            "cablepress.toml": f'site_url = "{root}"\n',
            "content/a.txt": "---\naliases: [/old/kiev.html, /wiki/Kiev]\n---\n" + telegram(12, post="KIEV"),
            "content/b.txt": telegram(123, dtg="011230Z MAR 08"),
        },
    )
    build(project)
    (project / "www").mkdir()
    (project / "www/cables").symlink_to(project / "site")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield root
    server.shutdown()


@pytest.fixture
def page(tab: OpenTab) -> Page:
    return tab()


@pytest.mark.parametrize(
    "address", ["old/kiev.html", "wiki/Kiev", "wiki/Kiev/", "cable/2008/02/08KYIV12.html"]
)
def test_an_old_address_leads_on(page: Page, served: str, address: str) -> None:
    page.goto(served + address)
    page.wait_for_url(served + CABLE)
    expect(page.locator(".id")).to_have_text("08KIEV12")


@pytest.mark.parametrize("address", ["old/kiev.html", "wiki/Kiev/index.html", "cable/2008/02/08KYIV12.html"])
def test_it_does_so_from_disk_too_and_without_javascript(
    tab: OpenTab, project: Path, served: str, address: str
) -> None:
    page = tab(java_script_enabled=False)
    page.goto((project / "site" / address).as_uri())
    page.wait_for_url((project / "site" / CABLE).as_uri())


@pytest.mark.parametrize(
    ("address", "cable"),
    [
        ("cable/08STRELSAU123.html", "08STRELSAU123"),
        ("cable/2008/02/08STRELSAU123.html", "08STRELSAU123"),
        ("08strelsau123", "08STRELSAU123"),
        ("cable/08%20STRELSAU%20000123.html", "08STRELSAU123"),
        ("2008STRELSAU000123.html", "08STRELSAU123"),
        ("cable/08kyiv12.html", "08KYIV12"),
    ],
)
def test_other_spellings_of_an_id_need_no_redirect(page: Page, served: str, address: str, cable: str) -> None:
    page.goto(served + address)
    expect(page.get_by_role("status").get_by_role("link", name=cable)).to_be_visible()
