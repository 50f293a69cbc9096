"""The addresses in the tags of a page are found as browsers find them, and nothing in its text is taken for one."""

import time
from typing import cast

import hypothesis.strategies as st
import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import given

from generator.parts.tags import as_value, start_tags


def links(page: bytes) -> list[tuple[str, str]]:
    return [
        (name, value.text)
        for tag in start_tags(page)
        for name, value in tag.values.items()
        if name in ("href", "src")
    ]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (b"<a href=x>", ["x"]),
        (b'<a href="x y">', ["x y"]),
        (b"<a href='x\"y'>", ['x"y']),
        (b"<A HREF = x>", ["x"]),
        (b"<a\nhref\t=\fx\n>", ["x"]),
        (b"<a href=x/>", ["x/"]),  # the slash is one of the value
        (b'<image href="x"/>', ["x"]),
        (b"<a class=a href=x id=b>", ["x"]),
        (b"<a title='>' href=x>", ["x"]),
        (b"<a title=it's href=x>don't", ["x"]),  # no quote begins within a value
        (b'<a "href=y" href=x>', ["x"]),  # a name with a quote
        (b"<a href=x href=y>", ["x"]),  # the first counts
        (b"<a href=?a=1&amp;b=2>", ["?a=1&b=2"]),
        (b"<a href>", []),
        (b"<a href=>", []),
        (b"<a xhref=x data-href=x hrefs=x>", []),
        (b"<p>href=x <b>src=y</b>", []),
        (b"<p>&lt;a href=x&gt;", []),
        (b"<!-- <a href=x> --><a href=y>", ["y"]),
        (b"<!--><a href=y>", ["y"]),
        (b"<!-- --!><a href=y>", ["y"]),
        (b"<!-- <a href=x>", []),
        (b"<!doctype <a href=x><a href=y>", ["y"]),
        (b"<?php <a href=x><a href=y>", ["y"]),
        (b"</ <a href=x><a href=y>", ["y"]),
        (b"</a href=x><a href=y>", ["y"]),
        (b"<script>'<a href=x>'</script><a href=y>", ["y"]),
        (b"<script src=s></script><a href=y>", ["s", "y"]),
        (b"<title><a href=x></titles></title ><a href=y>", ["y"]),
        (b"<STYLE><a href=x></sTyle><a href=y>", ["y"]),
        (b"<textarea><a href=x>", []),
        (b"a < b <a href=x> 1 <2", ["x"]),
        (b'<a href="x', []),  # a tag that does not end is none
        (b'<a title="><a href=x>', []),
        (b"<a href=x", []),
        ("<a href=käse>".encode(), ["käse"]),
        (b"<a href=\xff>", ["\udcff"]),
    ],
)
def test_addresses_are_found_in_tags_alone(page: bytes, found: list[str]) -> None:
    assert [text for _, text in links(page)] == found


PIECES = [
    *("<", ">", "</", "/", "=", "'", '"', " ", "\n", "!", "?", "--", "<!--", "-->", "&lt;", "&amp;"),
    *("a", "img", "href", "src", "href=x", "src='y'", "<a ", "<p>", "</a>", "id=b", "text"),
    *("<title>", "</title>", "<style>", "</style>", "<textarea>", "</textarea", "<!doctype html>"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_page_is_read_as_the_standard_has_it(page: str) -> None:
    tokenizer = HTMLTokenizer(page)
    expected: list[tuple[str, str]] = []
    for token in tokenizer:
        if token["type"] == tokenTypes["StartTag"]:
            values = cast(dict[str, str], token["data"])
            expected += [(name, value) for name, value in values.items() if name in ("href", "src") and value]
            if token["name"] in ("title", "textarea"):
                tokenizer.state = tokenizer.rcdataState
            elif token["name"] == "style":
                tokenizer.state = tokenizer.rawtextState
    assert [(name, text) for name, text in links(page.encode()) if text] == expected


@pytest.mark.parametrize(
    "piece",
    [b"<", b"<a ", b'<a "', b"<a b='", b"<!--", b"</", b"<title>", b"<a =", b"<a/", b"x=", b'"', b"<p a=1 ", b"<a href=x>"],
)  # fmt: skip
def test_reading_takes_linear_time(piece: bytes) -> None:
    def seconds(times: int) -> float:
        page = b"<a " + piece * times
        began = time.process_time()
        list(start_tags(page))
        list(start_tags(piece * times))
        return time.process_time() - began

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.002)


@pytest.mark.parametrize(
    ("text", "is_quoted", "written"),
    [
        ("../x.html", False, b"../x.html"),
        ("../x.html", True, b'"../x.html"'),
        ("?a=1&b", False, b'"?a=1&amp;b"'),
        ("it's", False, b"it&#x27;s"),
        ("", False, b'""'),
        ('"', True, b'"&quot;"'),
    ],
)
def test_a_value_has_quotes_where_it_needs_them(text: str, *, is_quoted: bool, written: bytes) -> None:
    assert as_value(text, is_quoted=is_quoted) == written
    ((_, read),) = links(b"<a href=%b>" % written) or [("", "")]
    assert read == text
