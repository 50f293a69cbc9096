"""The documents as the site shows them: read at any width, their code inside its box, and nothing for axe to find."""

import shutil
from pathlib import Path

import pytest
from docs.blocks import DOCS
from site_tools import build
from tabs import OpenTab
from test_accessible import complaints

# Wide, a few stand for all; narrow, where tables and code are wider than the page, each is looked at.
WIDE = ("index", "build", "themes")
NARROW = tuple(sorted(path.stem for path in DOCS.glob("*.md")))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(DOCS, folder / "content/docs")
    build(folder)
    return folder / "site"


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [*((name, "light", 1280) for name in WIDE), *((name, "dark", 320) for name in NARROW)],
)
def test_a_page_is_read_at_any_width(tab: OpenTab, site: Path, name: str, scheme: str, width: int) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 900})
    # A name in code has the class that numbers of paragraphs have, which hang in the margin.
    outside = """[...document.querySelectorAll('pre span')].filter(
        span => span.getBoundingClientRect().left < span.closest('pre').getBoundingClientRect().left
    ).map(span => span.textContent)"""
    page.goto((site / f"docs/{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(outside) == []
    assert complaints(page) == []
