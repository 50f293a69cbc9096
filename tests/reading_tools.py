"""What tests of reading ask of a page in a browser: how long its lines are, and a picture of it for the eye."""

from pathlib import Path
from typing import cast

from playwright.sync_api import Page

OUTPUT = Path(__file__).parent / "output"

# The letters of each full line of the running text: of its paragraphs, their last lines and what floats beside them left
# out. 4,000 letters of a paragraph are enough.
_LINES = """() => {
  const lines = [];
  for (const paragraph of document.querySelectorAll('.text > p')) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), range = document.createRange();
    const counts = new Map();
    let seen = 0;
    for (let node; (node = walker.nextNode()) && seen < 4000;) {
      if (node.parentElement.closest('del, small, .n')) continue;
      for (let at = 0; at < node.length && seen < 4000; at++, seen++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        const line = Math.round(box.bottom / 4);
        counts.set(line, (counts.get(line) || 0) + 1);
      }
    }
    lines.push(...[...counts.values()].slice(1, -1));  // beside the first stand its number and its marking
  }
  return lines;
}"""


def letters_of_lines(page: Page) -> list[int]:
    """How many letters each full line of a cable's text has, blanks included."""
    return cast("list[int]", page.evaluate(_LINES))


def save_picture(page: Page, name: str, *, is_whole: bool = False) -> None:
    """Keep a picture of the page in `tests/output/`, for somebody to look at."""
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png", full_page=is_whole)
