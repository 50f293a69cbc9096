"""Hostile cables in Debian's chromium: nothing runs, nothing is asked for, and no word of the site is moved."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile.cables import hostile_cable, hostile_page
from hostile.vectors import BIDI
from playwright.sync_api import Browser, Dialog, Page, Request
from site_tools import build, telegram, write_files
from tabs import OpenTab, Tabs

OPENED = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "proof" else 40

# Points at everything, and clicks on all but links that lead to a page or a letter: what else is there would run.
CLICK_AND_POINT = """() => {
  const safe = ['http:', 'https:', 'mailto:', 'file:'];
  for (const element of document.querySelectorAll('main *')) {
    for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle'])
      element.dispatchEvent(new Event(name, {bubbles: true}));
    if (element.dataset.do) continue;
    const href = element.closest('a')?.getAttribute('href');
    if (href == null || !URL.canParse(href, location) || !safe.includes(new URL(href, location).protocol))
      element.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
  }
}"""


_OWN = ("document", "stylesheet", "script", "image")


class Watch:
    """A page in which nothing may happen but that it is shown."""

    def __init__(self, page: Page, site: Path) -> None:
        self.happened: list[str] = []
        self._site = site.as_uri()
        page.expose_function("pwned", lambda _: self.happened.append("a script ran"))
        page.on("dialog", self._asked_in_a_dialog)
        page.on("console", lambda message: self._said(message.text))
        page.on("pageerror", lambda error: self.happened.append(f"error: {error}"))
        page.on("popup", lambda _: self.happened.append("a window"))
        page.on("worker", lambda _: self.happened.append("a worker"))
        page.on("download", lambda _: self.happened.append("a download"))
        page.on("request", self._asked)

    def _said(self, text: str) -> None:
        if "ERR_FILE_NOT_FOUND" not in text:
            self.happened.append(f"console: {text}")

    def _asked_in_a_dialog(self, dialog: Dialog) -> None:
        self.happened.append("a dialog")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        # A Markdown page may show pictures of its own site, be they there or not.
        if not request.url.startswith(f"{self._site}/") or request.resource_type not in _OWN:
            self.happened.append(f"asked for {request.url}")


# What is known of a cable stands below its subject, not in a column beside it, so that its lines are not wrapped.
READER: dict[str, Any] = {"viewport": {"width": 980, "height": 700}}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of nobody else: what watches it stays with it."""
    context = browser.new_context(**READER)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_nothing_runs_and_nothing_is_asked_for(page: Page, tmp_path: Path) -> None:
    seeds = random.Random(2008).sample(range(10_000), OPENED)
    write_files(tmp_path / "content", {f"c{seed:05d}.txt": hostile_cable(seed) for seed in seeds})
    write_files(
        tmp_path / "content", {f"p{seed:05d}.md": hostile_page(seed) for seed in seeds[: OPENED // 4]}
    )
    build(tmp_path)
    site = tmp_path / "site"
    watch = Watch(page, site)
    opened = sorted(site.rglob("*.html"))
    cables = [path for path in opened if site / "cable" in path.parents]
    others = [path for path in opened if path.parent == site]
    assert len(cables) >= OPENED * 0.95
    for path in [*cables, *others, *random.Random(1).sample(opened, 20)]:
        page.goto(path.as_uri())
        page.evaluate(CLICK_AND_POINT)
        assert page.url.split("#")[0] == path.as_uri()
        assert watch.happened == [], path.name


def test_a_script_in_a_page_would_have_been_noticed(page: Page, tmp_path: Path) -> None:
    """The watch sees what it watches for: a page without a policy, with a script, a handler, a link and an image."""
    write_files(
        tmp_path,
        {
            "x.html": "<!doctype html><main><script>pwned(1)</script><p onmouseover='pwned(1)'>x</p>"
            "<a href='javascript:pwned(1)'>x</a><img src='https://evil.example/x.png'></main>"
        },
    )
    watch = Watch(page, tmp_path)
    page.goto((tmp_path / "x.html").as_uri())
    page.evaluate(CLICK_AND_POINT)
    page.wait_for_timeout(200)
    assert watch.happened.count("a script ran") >= 3
    assert any("evil.example" in entry for entry in watch.happened)


def test_the_policy_alone_would_stop_a_script(page: Page, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"a.txt": telegram()})
    build(tmp_path)
    path = tmp_path / "site/index.html"
    path.write_text(
        path.read_text("utf-8").replace(
            "<main", "<script>pwned(1)</script><a id=x href='javascript:pwned(1)'>x</a><main"
        )
    )
    watch = Watch(page, tmp_path / "site")
    page.goto(path.as_uri())
    page.evaluate("document.getElementById('x').click()")
    page.wait_for_timeout(200)
    assert "a script ran" not in watch.happened
    assert all("Content Security Policy" in entry for entry in watch.happened)


# Where each word of the site itself stands on its line, from left to right. A citation is long, and is put on one line.
PLACES = """() => {
  const found = [];
  for (const place of document.querySelectorAll('#cite dd, #cite pre')) place.style.whiteSpace = 'pre';
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const word of text.data.matchAll(/FIRST|SECOND|to be declassified|February 20[01]8|2008-02-14|IMMEDIATE|CONFIDENTIAL|1001|1002/g)) {
      const range = document.createRange();
      range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      if (box.width) found.push([word[0], Math.round(box.top), box.left]);
    }
  return found;
}"""


def order(page: Page, folder: Path, subject: str) -> dict[str, list[str]]:
    """The words of each line on the page of a cable with such a subject, and on a list, from left to right."""
    text = telegram(
        1001,
        level="C O N F I D E N T I A L",
        subject=f"ROAD {subject}",  # some are nothing that can be seen
        ref=f"A. 08 STRELSAU 1002 {subject}",
        text=f"1. (C) FIRST\n\n-- {subject}\n-- SECOND",
    )
    text = text.replace("E.O. 12958: N/A", f"E.O. 12958: DECL: 02/14/2018 {subject}")
    text = text.replace("SECSTATE WASHDC", f"AMEMBASSY {subject} IMMEDIATE")
    write_files(folder / "content", {"a.txt": text, "b.txt": telegram(1002, subject=subject)})
    build(folder)
    (cable,) = (folder / "site").glob("cable/*/*/08STRELSAU1001.html")
    lines = {}
    for path in (cable, folder / "site/tag/PGOV.html"):
        page.goto(path.as_uri())
        words = page.evaluate(PLACES)
        lines[path.parent.name] = [
            " ".join(word for word, top, _ in sorted(words, key=lambda found: found[2]) if top == line)
            for line in sorted({top for _, top, _ in words})
        ]
    return lines


@pytest.fixture(scope="module")
def harmless(tabs: Tabs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The same of a subject that turns nothing around."""
    page = tabs.take(**READER)
    found = order(page, tmp_path_factory.mktemp("harmless"), "plain")
    tabs.give_back(page, **READER)
    assert min(map(len, found.values())) > 2
    return found


@pytest.mark.parametrize("vector", [vector for vector in BIDI if "<" not in vector])
def test_a_text_does_not_reorder_what_stands_outside_it(
    tab: OpenTab, harmless: dict[str, list[str]], tmp_path: Path, vector: str
) -> None:
    assert order(tab(**READER), tmp_path, vector) == harmless
