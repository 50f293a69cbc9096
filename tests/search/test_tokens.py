"""Both readers of words do the same: tokens.py, which makes the index, and tokens() of lookup.js, which reads queries."""

import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.search.tokens import LONGEST, tokens

TABLE: list[tuple[str, list[str]]] = json.loads((Path(__file__).parent / "tokens.json").read_text("utf-8"))
LOOKUP = Path(__file__).parents[2] / "templates/assets/lookup.js"

# All letters that Python knows, but for private ones; the browser may know more.
ASSIGNED = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=LOOKUP)
    yield page
    page.close()


def in_browser(page: Page, texts: list[str]) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("(texts) => texts.map(cablepress.tokens)", texts)
    return found


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_a_text_falls_into_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_it_does_so_in_the_browser(page: Page) -> None:
    for (text, expected), found in zip(TABLE, in_browser(page, [text for text, _ in TABLE]), strict=True):
        assert found == expected, text


def test_every_letter_is_read_alike(page: Page) -> None:
    # Beside other letters, which a letter may join, part, or change; and before a point.
    texts = [f"x{letter}y {letter} {letter}.{letter}." for letter in ASSIGNED]
    for start in range(0, len(texts), 50_000):
        some = texts[start : start + 50_000]
        for text, found in zip(some, in_browser(page, some), strict=True):
            assert found == tokens(text), f"U+{ord(text[1]):04X}"


def test_lone_halves_of_letters_only_part_tokens(page: Page) -> None:
    assert tokens("a\ud800b\udc00c") == ["a", "b", "c"]
    assert page.evaluate(r"cablepress.tokens('a\ud800b\udc00c')") == ["a", "b", "c"]


@pytest.mark.parametrize(
    "word", ["w" * 50_000, "w." * 25_000, "é" * 50_000, "\u0301" * 50_000, "𐐨" * 50_000, "." * 50_000]
)
def test_a_very_long_word_is_cut(page: Page, word: str) -> None:
    found = tokens(f"a {word} b")
    assert found[0] == "a"
    assert found[-1] == "b"
    assert max(map(len, found)) <= LONGEST
    assert in_browser(page, [f"a {word} b"]) == [found]


@given(st.text(st.characters(codec="ascii")))
def test_ascii_is_read_as_any_text_is(text: str) -> None:
    assert tokens(text) == [token for token in tokens(text + " \u042f") if token != "\u044f"]


@given(st.text())
def test_a_token_is_its_own_only_token(text: str) -> None:
    for token in tokens(text):
        assert tokens(token) == [token]
