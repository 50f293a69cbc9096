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


@pytest.mark.parametrize(("scheme", "width", "names"), [("light", 1280, WIDE), ("dark", 320, NARROW)])
def test_pages_are_read_at_any_width(
    tab: OpenTab, site: Path, scheme: str, width: int, names: tuple[str, ...]
) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 900})
    # A name in code has the class that numbers of paragraphs have, which hang in the margin.
    outside = """[...document.querySelectorAll('pre span')].filter(
        span => span.getBoundingClientRect().left < span.closest('pre').getBoundingClientRect().left
    ).map(span => span.textContent)"""
    for name in names:
        page.goto((site / f"docs/{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(outside) == [], name
        assert complaints(page) == [], name
