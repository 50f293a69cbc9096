"""The text of a cable as HTML, block by block."""

from typing import Any

import pytest

from generator.render.text.body import render_body
from generator.render.text.markup import Explained, Mark, TextLink
from generator.telegram.cable import Block, ListItem
from generator.telegram.redactions import Redaction


def body(
    *blocks: Block,
    marks: dict[str, list[Mark]] | None = None,
    in_headings: dict[str, list[Mark]] | None = None,
) -> str:
    found = marks or {}
    found_in_headings = found if in_headings is None else in_headings
    return render_body(
        blocks, (), None, lambda text: found.get(text, []), lambda text: found_in_headings.get(text, [])
    )


def block(**fields: Any) -> Block:
    return Block(line=1, last_line=1, **fields)


@pytest.mark.parametrize(
    ("fields", "html"),
    [
        ({"kind": "paragraph", "text": "It snowed."}, "<p>It snowed.</p>\n"),
        (
            {"kind": "paragraph", "number": 7, "anchor": "par7", "marking": "S//NF", "text": "It <snowed>."},
            "<p id=par7><a class=n href=#par7>7.</a> <small>(S//NF)</small> It &lt;snowed&gt;.</p>\n",
        ),
        (
            {"kind": "paragraph", "role": "summary", "marking": "<", "text": '"&"'},
            '<p class=summary><small>(&lt;)</small> "&amp;"</p>\n',
        ),
        ({"kind": "heading", "text": "SALT & TIMBER"}, "<h2>SALT &amp; TIMBER</h2>\n"),
        (
            {"kind": "heading", "number": 2, "anchor": "par2", "role": "comment", "text": "COMMENT"},
            "<h2 id=par2 class=comment><a class=n href=#par2>2.</a> COMMENT</h2>\n",
        ),
        (
            {
                "kind": "list",
                "items": (ListItem(marker="--", text="a"), ListItem(marker="<b>", text="&", level=1)),
            },
            "<ul class=items><li><i>--</i> a</li>\n  <li class=level-1><i>&lt;b&gt;</i> &amp;</li></ul>\n",
        ),
        ({"kind": "list", "role": "note"}, '<ul class="items note"></ul>\n'),
        (
            {
                "kind": "quote",
                "text": "BEGIN\nEND <",
                "blocks": (block(kind="rule"), block(kind="paragraph", text="<")),
            },
            "<blockquote><p class=quoted>BEGIN</p>\n<hr>\n<p>&lt;</p>\n<p class=quoted>END &lt;</p>\n</blockquote>",
        ),
        ({"kind": "table", "text": "a  <\nb  1"}, "<pre class=table tabindex=0>a  &lt;\nb  1</pre>\n"),
        ({"kind": "verbatim", "text": "</pre>"}, "<pre class=verbatim tabindex=0>&lt;/pre&gt;</pre>\n"),
        ({"kind": "gap", "text": "2 of 3"}, "<p class=gap><ins>[Missing here: section 2 of 3]</ins></p>"),
        (
            {"kind": "gap", "text": "withheld", "number": 4, "anchor": "par4"},
            "<p class=gap id=par4><ins>4. [A part is withheld here]</ins></p>",
        ),
        ({"kind": "gap", "text": "withheld"}, "<p class=gap><ins>[A part is withheld here]</ins></p>"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_block_has_its_element(fields: dict[str, Any], html: str) -> None:
    assert body(block(**fields)) == html


LINK = TextLink(start=4, end=9, href='a.html?"', title="<A>")


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        ([LINK], 'See <a href="a.html?&#34;" title="&lt;A&gt;">REF A</a> &amp; all.'),
        (
            [Explained(start=4, end=7, anchor="REF")],
            "See <button popovertarget=REF>REF</button> A &amp; all.",
        ),
        (
            [Redaction(start=0, end=3)],
            "<span class=bar role=img aria-label=redacted>See</span>",
        ),
        # In any order; where two overlap, the one that begins first counts.
        ([Redaction(start=8, end=11), LINK], "</a> &amp; all."),
        (
            [Redaction(start=10, end=11), LINK],
            "</a> <span class=bar role=img aria-label=redacted>&amp;</span> all.",
        ),
    ],
)
def test_links_and_redactions_are_marked_in_every_text_that_flows(marks: list[Mark], html: str) -> None:
    text = "See REF A & all."
    found = {text: marks}
    assert html in body(block(kind="paragraph", text=text), marks=found)
    assert html in body(block(kind="heading", text=text), marks=found)
    assert html in body(block(kind="list", items=(ListItem(marker="--", text=text),)), marks=found)
    assert html in body(block(kind="quote", blocks=(block(kind="paragraph", text=text),)), marks=found)
    assert html not in body(block(kind="table", text=text), marks=found)


def test_a_heading_has_marks_of_its_own() -> None:
    heading, paragraph = block(kind="heading", text="See REF A"), block(kind="paragraph", text="See REF A")
    mark: list[Mark] = [LINK]
    assert "<a" not in body(heading, marks={"See REF A": mark}, in_headings={})
    assert "<a" in body(paragraph, marks={"See REF A": mark}, in_headings={})
    quoted = body(block(kind="quote", blocks=(heading, paragraph)), marks={"See REF A": mark}, in_headings={})
    assert quoted.count("<a") == 1
