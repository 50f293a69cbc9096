"""A rehearsal of a publication: `content/` is built, pushed to a repository, cloned, served as GitHub Pages serves it, and walked.

The site lies below /repository/ of a host, for which the server of the test answers, as the browser's proxy; whatever is asked of
another host is an error.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect
from shared_builds import ROOT, made_once
from site_server import GitHubPagesHandler, serving
from site_tools import TODAY, broken_links, snapshot

HOST = "http://cables.example/"
BELOW = "repository"
SITE_URL = f"{HOST}{BELOW}/"

WIDTHS = (1280, 320)
HEIGHT = 900
HALVES = 2  # of the walk, for two processes

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Fritz",
    "GIT_AUTHOR_EMAIL": "fritz@example.org",
    "GIT_COMMITTER_NAME": "Fritz",
    "GIT_COMMITTER_EMAIL": "fritz@example.org",
}


class Host(GitHubPagesHandler):
    """The site lies below a path of a host; another host is not to be asked for anything."""

    below = BELOW

    def do_GET(self) -> None:  # noqa: N802 - so it is called there
        if self.path.startswith((SITE_URL, f"{HOST}favicon.ico")):
            super().do_GET()
        else:
            self.send_error(502)


def run(folder: Path, *command: str) -> str:
    """Run a command; what it says. The day is that of all builds of tests."""
    epoch = str(int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp()))
    environment = {**os.environ, **GIT, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": epoch}
    finished = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout
    return finished.stdout


def cablepress(project: Path, *words: str) -> str:
    return run(project, sys.executable, "-c", "from generator.cli import main; main()", *words)


def rehearse(folder: Path) -> None:
    """Build, publish and clone."""
    project = folder / "project"
    shutil.copytree(ROOT / "content", project / "content")
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    own = settings[settings.index("[tool.cablepress]") :]
    (project / "pyproject.toml").write_text(
        own.replace("[tool.cablepress]\n", f'[tool.cablepress]\nsite_url = "{SITE_URL}"\n', 1), "utf-8"
    )
    remote = folder / "remote repository.git"
    run(folder, "git", "init", "--quiet", "--bare", str(remote))
    run(project, "git", "init", "--quiet", "--initial-branch", "main")
    run(project, "git", "remote", "add", "origin", str(remote))
    (project / ".gitignore").write_text("/site/\n/.cablepress/\n")
    run(project, "git", "add", ".")
    run(project, "git", "commit", "--quiet", "--message", "The papers")
    cablepress(project, "build", "--quiet")
    assert cablepress(project, "publish", "--yes").rstrip().endswith(SITE_URL)
    run(folder, "git", "clone", "--quiet", "--branch", "gh-pages", str(remote), f"www/{BELOW}")
    shutil.move(folder / "www" / BELOW / ".git", folder / "clone.git")
    (folder / "www/favicon.ico").touch()  # which browsers ask for at the root of a host


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "rehearsal", rehearse)


@pytest.fixture(scope="module")
def clone(folder: Path) -> Path:
    return folder / "www" / BELOW


@pytest.fixture(scope="module")
def proxy(folder: Path) -> Iterator[str]:
    """The server that answers for all hosts."""
    with serving(Host, folder / "www") as root:
        yield root


class Observer:
    """Writes down what goes wrong, on whatever page: what the browser complains of, and what it does not get."""

    def __init__(self, context: BrowserContext) -> None:
        self.wrong: list[str] = []
        context.on("console", lambda message: self._note(f"{message.location['url']}: {message.text}"))
        context.on("requestfailed", self._failed)
        context.on("weberror", lambda error: self._note(str(error.error)))

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before it came
            self._note(f"{request.url} failed")

    def _note(self, text: str) -> None:
        self.wrong.append(text)


@pytest.fixture
def context(browser: Browser, proxy: str) -> Iterator[BrowserContext]:
    context = browser.new_context(proxy={"server": proxy}, viewport={"width": WIDTHS[0], "height": HEIGHT})
    yield context
    context.close()


def test_the_clone_holds_the_site_byte_for_byte(folder: Path, clone: Path) -> None:
    site = snapshot(folder / "project/site")
    assert snapshot(clone) == site
    assert ".nojekyll" in site
    assert len(site) > 700


def test_every_link_and_every_anchor_leads_somewhere(clone: Path) -> None:
    assert list(broken_links(clone)) == []


def test_no_two_files_are_called_alike_where_capitals_do_not_matter(clone: Path) -> None:
    names = [name.lower() for name in snapshot(clone)]
    assert len(set(names)) == len(names)


# What can be said of a page; how wide it must be for nothing to scroll sideways but what does so in its own box.
LOOK = """() => [
    document.title, document.querySelectorAll('h1').length, document.querySelector('link[rel=canonical]')?.href
]"""
NEEDED = "document.documentElement.scrollWidth"

LEADS_ON = re.compile(r"<meta http-equiv=refresh content=\"0; url=([^\"]+)\">")


@pytest.mark.parametrize("half", range(HALVES))
def test_every_page_is_whole_and_fits_wide_and_narrow(
    context: BrowserContext, clone: Path, half: int
) -> None:
    pages = sorted(path.relative_to(clone).as_posix() for path in clone.rglob("*.html"))
    assert len(pages) > 700
    observer = Observer(context)
    page = context.new_page()
    order = WIDTHS  # the width that one page ends with, the next begins with
    for name in pages[half::HALVES]:
        answer = page.goto(SITE_URL + name, wait_until="load")
        assert answer is not None
        assert answer.status == 200, name
        if leads_on := LEADS_ON.search((clone / name).read_text("utf-8")):
            page.wait_for_url(urljoin(SITE_URL + name, leads_on[1]))
            continue
        title, headings, canonical = page.evaluate(LOOK)
        assert title, name
        assert headings == 1, name
        own = SITE_URL + re.sub(r"(^|/)index\.html$", r"\1", name)
        assert canonical == (None if name == "404.html" else own), name
        for width in order:
            if width != order[0]:
                page.set_viewport_size({"width": width, "height": HEIGHT})
            needed = page.evaluate(NEEDED)
            assert needed <= width, f"{name} needs {needed} pixels of {width}"
        order = order[::-1]
    assert observer.wrong == []


def test_the_walk_would_hear_of_what_a_page_may_not_do(context: BrowserContext) -> None:
    observer = Observer(context)
    page = context.new_page()
    page.goto(SITE_URL)
    for source in ("https://other.example/x.png", "x.png"):
        with page.expect_console_message():
            page.evaluate(
                "source => void document.body.append(Object.assign(new Image(), { src: source }))", source
            )
    assert "Content Security Policy" in observer.wrong[0]
    assert "status of 404" in observer.wrong[-1]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("nowhere", None),
        ("cable/2008/", None),  # a folder without a page
        ("tag/prel.html", None),  # capitals count
        ("cable/2008/01/08STRELSAU777.html", "08STRELSAU777"),
        ("a/b/c/08 strelsau 777", "08STRELSAU777"),
    ],
)
def test_what_is_not_there_is_answered_by_a_page_of_the_site_at_any_depth(
    context: BrowserContext, address: str, meant: str | None
) -> None:
    observer = Observer(context)
    page = context.new_page()
    answer = page.goto(SITE_URL + address)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page.locator("main")).to_have_css("max-width", "1088px")
    if meant:
        page.get_by_role("status").get_by_role("link", name=meant).click()
        expect(page.locator(".id")).to_have_text(meant)
    else:
        page.get_by_role("link", name="The Ruritania Cables").click()
        expect(page).to_have_url(SITE_URL)
    assert ["status of 404" in text for text in observer.wrong] == [True]


def test_a_reader_goes_from_home_to_a_tag_a_cable_what_it_cites_and_the_search(
    context: BrowserContext,
) -> None:
    observer = Observer(context)
    page = context.new_page()
    page.goto(SITE_URL)
    page.get_by_role("navigation", name="Indexes").get_by_role("link", name="TAGS").click()
    page.locator("main").get_by_role("link", name="PBTS").first.click()
    expect(page).to_have_url(f"{SITE_URL}tag/PBTS.html")
    page.get_by_role("link", name="THE SALT ROAD IS OPEN").first.click()
    expect(page).to_have_url(f"{SITE_URL}cable/2008/06/08STRELSAU777.html")
    page.get_by_role("link", name="66 STRELSAU 412").first.click()
    expect(page).to_have_url(f"{SITE_URL}cable/1966/10/66STRELSAU412.html")
    page.locator(".top").get_by_label("Search").fill('"further notice"')
    page.keyboard.press("Enter")
    page.locator("#results").get_by_role("link", name="THE SALT ROAD IS OPEN").first.click()
    expect(page.locator(".text mark").first).to_be_visible()
    assert page.url.startswith(f"{SITE_URL}cable/2008/06/08STRELSAU777.html?find=")
    assert observer.wrong == []


def test_a_reader_without_a_mouse_finds_a_cable_by_its_id_and_goes_on(context: BrowserContext) -> None:
    observer = Observer(context)
    page = context.new_page()
    page.goto(f"{SITE_URL}about.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("08 strelsau 777")
    page.wait_for_function("globalThis.cablepressSearch")  # else the search page leads on
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{SITE_URL}cable/2008/06/08STRELSAU777.html")
    page.keyboard.press("j")
    page.wait_for_url(lambda url: "777" not in url)
    page.keyboard.press("k")
    expect(page).to_have_url(f"{SITE_URL}cable/2008/06/08STRELSAU777.html")
    page.get_by_role("link", name="Home").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{SITE_URL}index.html")
    assert observer.wrong == []
