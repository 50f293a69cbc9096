"""The documents as the site shows them: read at any width, their code inside its box, and nothing for axe to find."""

import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from docs.blocks import DOCS
from playwright.sync_api import Browser
from site_tools import build
from test_accessible import complaints

PAGES = ("index", "build", "formats", "settings", "start")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(DOCS, folder / "content/docs")
    build(folder)
    return folder / "site"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_at_any_width(
    browser: Browser, site: Path, name: str, scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=cast(Any, scheme), viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((site / f"docs/{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # A name in code has the class that numbers of paragraphs have, which hang in the margin.
    outside = """[...document.querySelectorAll('pre span')].filter(
        span => span.getBoundingClientRect().left < span.closest('pre').getBoundingClientRect().left
    ).map(span => span.textContent)"""
    assert page.evaluate(outside) == []
    assert complaints(page) == []
    context.close()
