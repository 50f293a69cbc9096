"""What becomes markup: the words of a text, escaped, and spans of our own around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter

from generator.render.text.markup import escape_value, highlight_header, render_markdown
from generator.telegram.lexer import TelegramLexer

LINES = [
    "VZCZCXRO0042",
    "PP RUEHAA RUEHBB",
    "DE RUEHXX #0123/01 0451230",
    "O P 141230Z FEB 08 ZDK",
    "FM AMEMBASSY STRELSAU  ",
    "TO RUEHC/SECSTATE WASHDC PRIORITY 0456",
    "INFO",
    "RUEHXZ/<b> & ZENDA 0012",
    "C O N F I D E N T I A L SECTION 01 OF 02 STRELSAU",
    "TO SECSTATE WASHDC 1",
    "WHITE HOUSE 200 %s 50% %d",
    "DE RUEHXX #0123/01 04512301",  # the last word ends within a number
    "E.O. 129580: DECL 01/02/2019",
    "TAGS: PREL, A/1B2, \u0663",
    "REF: 08 ZENDA 12",
    "SUBJECT: \"A\" & 'B'",
    "1. (C) <script>alert(1)</script>",
    "</span>",
    "",
    "   ",
]


@pytest.mark.parametrize(
    ("header", "html"),
    [
        ("FM ZENDA", "<b>FM</b> <i>ZENDA</i>\n"),
        (
            "BT\n\n <&>\"'",
            "<b>BT</b>\n\n &lt;&amp;&gt;\"'\n",
        ),
    ],
)
def test_a_header_is_its_words_in_colours(header: str, html: str) -> None:
    assert highlight_header(header) == html


@given(st.lists(st.sampled_from(LINES)).map("\n".join).filter(lambda text: text.strip("\n") == text != ""))
def test_a_header_looks_as_pygments_would_have_it(header: str) -> None:
    spans = highlight(header, TelegramLexer(), HtmlFormatter(nowrap=True))
    assert highlight_header(header) == re.sub(
        r'<span class="(\w+)">(.*?)</span>', coloured, spans, flags=re.DOTALL
    )


def coloured(span: re.Match[str]) -> str:
    """A span of Pygments as a page has it: only labels, levels, names, captions and codes are coloured."""
    name, words = span.groups()
    element = {"kr": "b", "nc": "i", "kt": "u", "nd": "u", "nt": "u"}.get(name)
    return f"<{element}>{words}</{element}>" if element else words


@given(st.text())
def test_no_sign_of_a_header_is_lost_and_none_is_taken_for_markup(header: str) -> None:
    assert Markup(highlight_header(header)).striptags().split() == header.split()


SIGNS = st.text(st.sampled_from("&<>\"'a \n")) | st.text()


@given(SIGNS | SIGNS.map(lambda text: text * 40) | SIGNS.map(Markup) | st.integers() | st.none())
def test_a_value_is_escaped_as_markup_would_be(value: object) -> None:
    assert escape_value(value) == escape(value)


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("## One\n\n### Two\n\n## Three", ["h2", "h3", "h2"]),  # below a title that stands elsewhere
        ("# One\n\n## Two", ["h2", "h3"]),
        ("##### One\n\n###### Two", ["h2", "h3"]),
        ("# One\n\n###### Two", ["h2", "h6"]),
        ("No heading.", []),
    ],
)
def test_the_highest_headings_of_a_page_are_of_level_2(written: str, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)", render_markdown(written)) == levels
