"""The questions of `questions.md`, typed by keys: under a domain's root, below a path, and from disk."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from shared_builds import Specimens

ENOUGH = 0.9  # of the first answers are to be right

QUESTIONS = [
    tuple(cell.strip() for cell in line.split("|")[1:4])
    for line in Path(__file__).with_name("questions.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| asked")
]

WHOLE = re.compile(r"^(\d+ cables?|No cable)")


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 - so it is called there
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # a reader left the page before all of it was there
            super().copyfile(source, outputfile)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, specimens: Specimens) -> Path:
    """The site of content/, and a folder `www` in which it lies below a path."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "site").symlink_to(specimens.site)
    (folder / "www/some").mkdir(parents=True)
    (folder / "www/some/repository").symlink_to(specimens.site)
    return folder


@pytest.fixture(scope="module", params=["/", "/some/repository/", "file://"])
def root(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file://":
        yield f"{(folder / 'site').as_uri()}/"
        return
    served = folder / ("site" if request.param == "/" else "www")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(served))) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{request.param}"
        server.shutdown()


def first_answer(page: Page, root: str, question: str, kind: str) -> str:
    """The name of the cable that a reader finds first who types a question and presses Enter."""
    page.goto(f"{root}search.html")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    if "straight" in kind:
        page.wait_for_url(re.compile(r"/cable/.*\.html$"))
        return page.url.rpartition("/")[2].removesuffix(".html")
    wait_for_answer(page, question)
    offered = page.locator("#notes a").first
    if "nearest" in kind:
        return offered.inner_text()
    if "misspelt" in kind:
        word = re.search(r"(\w+) is offered", kind)
        assert word
        mended = " ".join([word[1], *question.split()[1:]])
        expect(offered).to_have_text(word[1])
        offered.click()
        wait_for_answer(page, mended)
    names = page.locator("#results .id")
    return names.first.inner_text() if names.count() else "none"


def wait_for_answer(page: Page, question: str) -> None:
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [question])
    expect(page.locator("#told")).to_have_text(WHOLE)


def test_there_are_enough_questions_of_every_kind() -> None:
    kinds = [kind for _, _, kind in QUESTIONS]
    assert len(QUESTIONS) >= 30
    for kind in (
        "words",
        "a phrase",
        "a name",
        "an operator",
        "operators",
        "a day",
        "an id",
        "a misspelt word",
    ):
        assert any(one.startswith(kind) for one in kinds), kind


def test_the_first_answer_is_the_right_one(browser: Browser, root: str) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    answers = [first_answer(page, root, question, kind) for question, _, kind in QUESTIONS]
    page.close()
    misses = [
        f"{question}: {found} in place of {answer}"
        for (question, answer, _), found in zip(QUESTIONS, answers, strict=True)
        if found != answer
    ]
    sys.stdout.writelines(f"missed: {miss}\n" for miss in misses)
    assert errors == []
    assert [url for url in asked if not url.startswith(root)] == []
    assert len(misses) <= len(QUESTIONS) * (1 - ENOUGH), misses
