"""What all tests share: hypothesis profiles, and parts of the machine that may be missing."""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

# `make test` runs the same examples each time; `make proof` looks for new ones, and for ten times as many.
hypothesis.settings.register_profile("test", max_examples=50, derandomize=True, deadline=None)
hypothesis.settings.register_profile("proof", max_examples=500, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


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
