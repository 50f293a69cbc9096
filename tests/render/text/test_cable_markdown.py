"""Ids of cables in Markdown, and blocks that the archive sets in: which are seen, and what their place becomes."""

import re

import pytest
from markupsafe import Markup, escape

from generator.render.text.apparatus import CableLink
from generator.render.text.markup import render_line, render_markdown


class Archive:
    """An archive that has every cable but 08NONE1."""

    def link(self, id_: str, paragraph: int | None) -> CableLink | None:
        place = f"#par{paragraph}" if paragraph else ""
        return None if id_ == "08NONE1" else CableLink(href=f"{id_}.html{place}", title=f'"{id_}" &lt;&')

    def block(self, name: str, words: str) -> Markup | None:
        return escape(f"{name}|{words}") if name in ("list", "quote") else None


def links(text: str) -> list[str]:
    """The ids that are links, each with its paragraph."""
    return re.findall(r"<a href=\"(\w+)\.html\" title", render_markdown(text, Archive()))


@pytest.mark.parametrize(
    "text",
    [
        "08ASTANA2165",
        "See 08ASTANA2165.",
        "(08ASTANA2165)",
        "the embassy's '08ASTANA2165'",
        "*08ASTANA2165*",
        "_08ASTANA2165_",
        "__08ASTANA2165__",
        "- 08ASTANA2165",
        "> 08ASTANA2165",
        "## On 08ASTANA2165",
        "a | b\n--|--\n1 | 08ASTANA2165",
        "What is this?[^1]\n\n[^1]: It is 08ASTANA2165.",
        "Before it—08ASTANA2165—and after",
    ],
)
def test_an_id_in_prose_is_a_link(text: str) -> None:
    assert links(text) == ["08ASTANA2165"]


@pytest.mark.parametrize(
    "text",
    [
        "`08ASTANA2165`",
        "    08ASTANA2165",
        "```\n08ASTANA2165\n```",
        "```telegram\nREF: 08ASTANA2165\n```",
        "[as 08ASTANA2165 says](other.html)",
        "[as *08ASTANA2165* says](other.html)",
        "<https://example.org/08ASTANA2165>",
        "https://example.org/08ASTANA2165",
        "![08ASTANA2165](picture.png)",
        "X08ASTANA2165",
        "08ASTANA2165X",
        "108ASTANA2165",
        "08ASTANA2165-corrected",
        "old-08ASTANA2165",
        "name_08ASTANA2165",
        "08ASTANA0",
        "08ASTANA",
        "08astana2165",
        "a@08ASTANA2165",
    ],
)
def test_what_is_no_id_in_prose_stays_as_it_is(text: str) -> None:
    assert links(text) == []


def test_a_paragraph_is_named_in_words() -> None:
    assert render_markdown("08ASTANA2165#par7 has it.", Archive()) == (
        '<p><a href="08ASTANA2165.html#par7" title="&quot;08ASTANA2165&quot; &amp;lt;&amp;">'
        "08ASTANA2165, paragraph 7</a> has it.</p>"
    )


def test_an_id_that_leads_nowhere_stays_text() -> None:
    assert render_markdown("As 08NONE1#par2 says.", Archive()) == "<p>As 08NONE1#par2 says.</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[list tag:PGOV]]", "list|tag:PGOV"),
        ("[[ quote 08ASTANA2165 par 7 ]]", "quote|08ASTANA2165 par 7"),
        ("[[list]]", "list|"),
        ("before\n[[list x]]\nbehind", "<p>before</p>\nlist|x\n<p>behind</p>"),
        ("- item\n\n    [[list x]]", "<ul>\n<li>\n<p>item</p>\nlist|x\n</li>\n</ul>"),
        ("> [[list <b>]]", "<blockquote>\nlist|&lt;b&gt;\n</blockquote>"),
        ("[[list x]]\n[[list y]]", "list|x\nlist|y"),
    ],
)
def test_a_block_on_a_line_of_its_own_is_set_in(text: str, shown: str) -> None:
    page = render_markdown(text, Archive())
    assert re.sub(r"<p>((?:list|quote)\|.*)</p>", r"\1", str(page)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "    [[list x]]",
        "```\n[[list x]]\n```",
        "words [[list x]]",
        "`[[list x]]`",
        "[[other x]]",
        "[[List x]]",
    ],
)
def test_no_other_brackets_are(text: str) -> None:
    assert "list|" not in render_markdown(text, Archive())
    assert text.strip("` \n") in render_markdown(text, Archive())


def test_without_an_archive_all_of_it_is_text() -> None:
    assert render_markdown("08ASTANA2165\n\n[[list x]]") == "<p>08ASTANA2165</p>\n<p>[[list x]]</p>"


def test_a_remark_is_one_paragraph_whatever_it_begins_with() -> None:
    assert render_line("# *first* 08ASTANA2165\n- then\n\n[[list x]]", Archive()) == (
        '<p># <em>first</em> <a href="08ASTANA2165.html" title="&quot;08ASTANA2165&quot; &amp;lt;&amp;">'
        "08ASTANA2165</a> - then [[list x]]</p>"
    )
