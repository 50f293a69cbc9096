"""What all tests share: hypothesis profiles, temporary files in memory, and parts of the machine that may be missing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from shared_builds import Specimens, built_specimens
from tabs import OpenTab, Tabs

# `make test` runs the same examples each time; `make proof` looks for new ones, and for ten times as many.
hypothesis.settings.register_profile("test", max_examples=50, derandomize=True, deadline=None)
hypothesis.settings.register_profile("proof", max_examples=500, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

_MEMORY = Path("/dev/shm")  # a file system in memory, on Linux
_ROOM = 4_000_000_000  # bytes; a run of all tests leaves one


def _has_room(folder: Path) -> bool:
    """Whether a folder takes what the tests write, programs among it."""
    if not os.access(folder, os.W_OK):
        return False
    system = os.statvfs(folder)
    return system.f_bavail * system.f_frsize > _ROOM and not system.f_flag & os.ST_NOEXEC


# A build ends by waiting until a disk has all that it wrote, and the tests build some thousand times.
if "TMPDIR" not in os.environ and _has_room(_MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def missing(what: str, how_to_install: str) -> NoReturn:
    """Skip a test for want of a part of the machine, or fail where everything is required."""
    reason = f"{what} is missing; install it with: {how_to_install}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    path = shutil.which("chromium")
    if path is None:
        missing("chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """The pages that tests of this process take turns with."""
    return Tabs(browser)


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[OpenTab]:
    """Opens a page: `tab(viewport={"width": 320, "height": 700}, java_script_enabled=False)`; others have it after the test.

    It has forgotten what it kept, and its routes. A test that gives it more, such as a script that runs on every page, opens one
    with `browser.new_context()`.
    """
    taken: list[tuple[Page, dict[str, Any]]] = []

    def open_tab(**options: Any) -> Page:
        page = tabs.take(**options)
        taken.append((page, options))
        return page

    yield open_tab
    for page, options in taken:
        tabs.give_back(page, **options)


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Specimens:
    """The site of `content/`, to be read and not written; who changes it copies it: `shutil.copytree(specimens.site, ...)`."""
    return built_specimens(tmp_path_factory)
