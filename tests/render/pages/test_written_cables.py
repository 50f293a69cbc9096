"""What pages that people write show of cables: links, quotations, lists, timelines, collections; and what is told of them."""

import json
import re
from html import unescape
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, telegram, write_files

from generator.problem import Problem

LONG = (
    "1. (U) It snowed.\n\n2. (C) {text}\n\n-- one sheep;\n-- another.\n\nIt was the same flock.\n\n"
    "3. (S) Salt, by XXXXXXXXXXXX.\n\nA HEADING\n\n4. (U) End."
)
# What a telegram has of entities is decoded once; the digits stand between marks that Markdown keeps for itself.
HOSTILE = 'A <script>alert(1)</script> "x" onmouseover=y &amp;lt;b&gt; \x02wzxhzdk:0\x03 \u202e[[list tag:PGOV]] 08STRELSAU1'
LEDGER = """
[[redact]]
term = "Sapt"

[[withhold]]
cable = "08STRELSAU8"
show = "card"
reason = "It names a source."

[[withhold]]
cable = "08STRELSAU9"

[[redact]]
cable = "09STRELSAU5"
paragraph = 2
"""
CABLES = {
    "content/release.toml": LEDGER,
    "content/1.txt": telegram(1, subject="THE SALT ROAD", text=LONG.format(text="Fritz and Sapt said so.")),
    "content/2.txt": telegram(2, post="KYIV", dtg="141230Z MAR 08", tags="ECON", subject="SHEEP & <GOATS>", level="S E C R E T"),
    "content/3.txt": telegram(3, dtg="141230Z MAR 08", tags="ECON", subject="SNOW"),
    "content/4.txt": telegram(4, dtg="011230Z JAN 07", tags="PREL", text="1. (U) One.\n\n2. (U) Two.\n\n4. (U) Four."),
    "content/5.txt": telegram(5, dtg="150000Z APR 09", text=LONG.format(text="The hidden thing.")),
    "content/6a.txt": telegram(6, subject="ONE TEXT"),
    "content/6b.txt": telegram(6, subject="ANOTHER TEXT"),
    "content/7.txt": telegram(7, dtg="160000Z APR 10", tags="PREL", subject=HOSTILE, text=f"1. (U) {HOSTILE}"),
    "content/8.txt": telegram(8, text="1. (U) The withheld word.\n\n2. (U) And another."),
    "content/9.txt": telegram(9, text="1. (U) The silent word."),
}  # fmt: skip

# Most pages of these tests stand in one archive, which is built once.
PAGES = {"essays/page.md": "# A page"}


def page_of(text: str) -> str:
    """The source of a page with this text, in the archive of all tests here."""
    path = f"essays/{len(PAGES):03d}.md"
    PAGES[path] = text
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("archive")
    write_files(project, CABLES | {f"content/{path}": text for path, text in PAGES.items()})
    build(project)
    return project


def shown(project: Path, source: str) -> str:
    """What the page of a Markdown source shows below its trail, in strict HTML."""
    page = (project / f"site/{source}").with_suffix(".html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    return page.partition("<main")[2].partition("</main>")[0].rpartition("</nav>")[2]


def told(project: Path, source: str) -> list[tuple[int | None, str, str, str]]:
    """Line, code, message and next step of what was told of a page."""
    log = (project / ".cablepress/problems.jsonl").read_text("utf-8").splitlines()
    problems = [Problem(**json.loads(line)) for line in log]
    return [(one.line, one.code, one.message, one.next_step) for one in problems if one.source == source]


def links(text: str) -> list[tuple[str, str, str]]:
    """Address, hint and words of each link to a cable, in order."""
    found = re.findall(r'<a href="([^"]*)" title="([^"]*)">([^<]*)</a>', text)
    return [(href, unescape(title), words) for href, title, words in found]


def subjects(text: str) -> list[tuple[str, str]]:
    """Address and subject of each row of a list."""
    return re.findall(r'<a class=subject href="([^"]*)">([^<]*)<', text)


def test_every_link_of_these_pages_leads_somewhere(archive: Path) -> None:
    assert list(broken_links(archive / "site")) == []


ROAD = "../cable/2008/02/08STRELSAU1.html"
SHEEP = "../cable/2008/03/08KYIV2.html"
GAP = "../cable/2007/01/07STRELSAU4.html"
CARD = "../cable/withheld/08STRELSAU8.html"


@pytest.mark.parametrize(
    ("page", "href", "hint", "words"),
    [
        (page_of("08STRELSAU1."), ROAD, "THE SALT ROAD, 14 February 2008", "08STRELSAU1"),
        (page_of("08STRELSAU1#par2."), f"{ROAD}#par2", "THE SALT ROAD, 14 February 2008", "08STRELSAU1, paragraph 2"),
        (page_of("07STRELSAU4#par4"), f"{GAP}#par4", "THE SALT ROAD, 1 January 2007", "07STRELSAU4, paragraph 4"),
        (page_of("08KYIV2"), SHEEP, "SHEEP & <GOATS>, 14 March 2008", "08KYIV2"),
        (page_of("08KIEV2"), SHEEP, "SHEEP & <GOATS>, 14 March 2008", "08KIEV2"),
        (page_of("08STRELSAU6"), "../cable/2008/02/08STRELSAU6.html", "2 cables", "08STRELSAU6"),
        (page_of("08STRELSAU8"), CARD, "not published", "08STRELSAU8"),
        (page_of("08STRELSAU8#par2"), CARD, "not published", "08STRELSAU8, paragraph 2"),
    ],
)  # fmt: skip
def test_an_id_leads_to_its_cable(archive: Path, page: str, href: str, hint: str, words: str) -> None:
    assert links(shown(archive, page)) == [(href, hint, words)]
    assert told(archive, page) == []


LOST = page_of(
    "---\ntitle: Lost\n---\n\nSee `08STRELSAU77`, 08STRELSAU78 and\n08STRELSAU9,\n08STRELSAU1#par44.\n"
)


def test_what_leads_nowhere_is_told_with_its_line(archive: Path) -> None:
    page = shown(archive, LOST)
    assert links(page) == [(ROAD, "THE SALT ROAD, 14 February 2008", "08STRELSAU1, paragraph 44")]
    assert "08STRELSAU78 and\n08STRELSAU9" in page
    step = "see whether the id is right, or set it in backticks if it is none; it stands there without a link"
    assert told(archive, LOST) == [
        (5, "cable-unknown", "the archive publishes no cable 08STRELSAU78", step),
        (6, "cable-unknown", "the archive publishes no cable 08STRELSAU9", step),
        (
            7,
            "paragraph-unknown",
            "08STRELSAU1 has no paragraph 44 that is published",
            "see which paragraph is meant; the link leads to the cable",
        ),
    ]


OF_WINDOWS = page_of("One\x0c\u2028line.\r\n\r\n[[lsit tag:PGOV]]\r\n\r\n08STRELSAU79\r\n")


def test_lines_are_counted_as_editors_count_them(archive: Path) -> None:
    lines = {code: line for line, code, _, _ in told(archive, OF_WINDOWS)}
    assert lines == {"block-unread": 3, "cable-unknown": 5}


QUOTING = page_of("Before.\n\n[[quote 08STRELSAU1 par 2]]\n\nBehind.")


def test_a_paragraph_is_quoted_with_its_source_and_its_redactions(archive: Path) -> None:
    page = shown(archive, QUOTING)
    quotation = page.partition("<figure")[2].partition("</figure>")[0]
    assert f'<blockquote cite="{ROAD}#par2">' in quotation
    assert 'Fritz and <span class=bar role=img aria-label="redacted here">' in quotation
    assert "another." in quotation
    assert "It was the same flock." in quotation
    assert "Salt, by" not in quotation
    link = f'<a href="{ROAD}#par2" title="THE SALT ROAD">08STRELSAU1, paragraph 2</a>'
    assert f"<cite>STRELSAU, {link}, 14 February 2008 (C)</cite>" in quotation
    assert "Sapt" not in page
    assert told(archive, QUOTING) == []


BARS = page_of("[[quote 08STRELSAU1#par3]]")


def test_bars_of_the_telegram_itself_are_bars_in_a_quotation(archive: Path) -> None:
    assert "<span class=bar role=img aria-label=redacted>XXXXXXXXXXXX</span>" in shown(archive, BARS)


@pytest.mark.parametrize(
    ("page", "sentence", "code"),
    [
        (page_of("\n\n[[quote 08STRELSAU77 par 7]]"), "08STRELSAU77, paragraph 7, is not in this archive.", "cable-unknown"),
        (page_of("\n\n[[quote 08STRELSAU9 par 1]]"), "08STRELSAU9, paragraph 1, is not in this archive.", "cable-unknown"),
        (page_of("\n\n[[quote 08STRELSAU1 par 7]]"), "08STRELSAU1, paragraph 7, is not in this archive.", "paragraph-unknown"),
        (page_of("\n\n[[quote 09STRELSAU5 par 2]]"), "09STRELSAU5, paragraph 2, is not in this archive.", "paragraph-unknown"),
        (
            page_of("\n\n[[quote 08STRELSAU8 par 1]]"),
            f'<a href="{CARD}">08STRELSAU8</a>, paragraph 1, is not published.',
            "cable-unknown",
        ),
    ],
)  # fmt: skip
def test_what_is_not_published_is_not_quoted(archive: Path, page: str, sentence: str, code: str) -> None:
    assert f"<p>{sentence}</p>" in shown(archive, page)
    assert [(line, code) for line, code, _, _ in told(archive, page)] == [(3, code)]


def test_no_word_that_is_withheld_is_in_any_file(archive: Path) -> None:
    for file in (archive / "site").rglob("*.*"):
        assert not re.search(b"hidden thing|silent word|withheld word|Sapt", file.read_bytes()), file


TWO_LISTS = page_of("[[list tag:ECON]]\n\n[[list tag:ECON limit:1]]")


def test_a_list_is_rows_as_elsewhere_and_says_how_many_more_there_are(archive: Path) -> None:
    first, second = shown(archive, TWO_LISTS).split("</ol>")[:2]
    assert subjects(first) == [
        (SHEEP, "SHEEP &amp; &lt;GOATS&gt;"),
        ("../cable/2008/03/08STRELSAU3.html", "SNOW"),
    ]
    assert len(subjects(second)) == 1
    page = shown(archive, TWO_LISTS)
    assert re.findall("<p class=more>(.*)</p>", page) == ['<a href="../tag/ECON.html">and 1 more</a>']


@pytest.mark.parametrize(
    ("page", "more"),
    [
        (page_of("[[list tag:PGOV limit:1]]"), "../tag/PGOV.html"),
        (page_of("[[list from:strelsau limit:1]]"), "../origin/STRELSAU.html"),
        (page_of("[[list class:unclassified limit:1]]"), "../classification/UNCLASSIFIED.html"),
        (page_of("[[list 2008 limit:1]]"), "../date/2008.html"),
        (page_of("[[list tag:PGOV -country:UP 2007..2009 limit:1]]"), "../tag/PGOV.html"),
        (page_of("[[list tag:PGOV from:strelsau limit:1]]"), "../search.html?q=tag%3APGOV+from%3Astrelsau"),
        (page_of('[[list -from:"ukraine" 2007..2009 limit:1]]'), "../search.html?q=-from%3Aukraine+date%3A2007..2009"),
        (page_of("[[list 2008 2009 limit:1]]"), "../date/index.html"),
        (page_of("[[timeline 08STRELSAU1 08STRELSAU3 08KYIV2 limit:1]]"), "../date/index.html"),
    ],
)  # fmt: skip
def test_what_is_left_out_of_a_list_stands_on_the_page_that_suits_it(
    archive: Path, page: str, more: str
) -> None:
    assert re.findall(r'<p class=more><a href="([^"]*)">and \d+ more', shown(archive, page)) == [more]


def test_without_a_search_no_list_leads_there(tmp_path: Path) -> None:
    page = {"content/page.md": "[[list tag:PGOV from:strelsau limit:1]]"}
    write_files(tmp_path, CABLES | page | {"cablepress.toml": "[search]\nenabled = false\n"})
    build(tmp_path)
    assert '<p class=more><a href="tag/PGOV.html">' in shown(tmp_path, "page.md")


TIMELINE = page_of("[[timeline tag:ECON 2008]]")


def test_a_timeline_gathers_cables_by_days(archive: Path) -> None:
    page = shown(archive, TIMELINE)
    assert re.findall("<dt>(.*?)</dt>", page) == ["14 March 2008"]
    assert re.findall(r'<dd><a href="([^"]*)" title="(\w+)">', page) == [
        (SHEEP, "08KYIV2"),
        ("../cable/2008/03/08STRELSAU3.html", "08STRELSAU3"),
    ]
    assert "Embassy Kyiv" in page


def unread(line: str) -> tuple[str, str]:
    """A line, and the source of a page that shows it as code and then means it."""
    return line, page_of(f"# A page\n\n```\n{line}\n```\n\n{line}\n")


@pytest.mark.parametrize(
    ("written", "code", "message", "next_step"),
    [
        (unread("[[list tga:PGOV]]"), "query-unread", "there is no tga:", "perhaps tag:PGOV"),
        (unread("[[timeline]]"), "query-unread", "it names no cables", "say which: tag:PGOV, from:london, class:secret, country:FR or 2008"),
        (unread("[[lsit tag:PGOV]]"), "block-unread", "there is no block [[lsit ...]]", "perhaps [[list ...]]"),
        (unread("[[map tag:PGOV]]"), "block-unread", "there is no block [[map ...]]", "there are [[quote ...]], [[list ...]], [[timeline ...]]"),
        (unread("[[quote 08STRELSAU1]]"), "block-unread", "'08STRELSAU1' names no paragraph of a cable", "write [[quote 08LONDON123 par 7]]"),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_read_stays_text_and_is_told(
    archive: Path, written: tuple[str, str], code: str, message: str, next_step: str
) -> None:
    line, page = written
    assert re.sub("<[^>]*>", "", shown(archive, page)).count(line) == 2
    assert told(archive, page) == [(7, code, message, next_step)]


EMPTY = page_of("[[list tag:PGVO]]\n\n[[list tag:PGOV 1970]]")


def test_a_list_that_finds_nothing_says_so_and_is_told(archive: Path) -> None:
    assert shown(archive, EMPTY).count("<p>No cable of this archive is found by this list.</p>") == 2
    assert told(archive, EMPTY) == [
        (1, "query-empty", "no cable of the archive has tag:PGVO", "perhaps tag:PGOV"),
        (
            3,
            "query-empty",
            "no cable of the archive is found by tag:PGOV 1970",
            "ask for more, or take the list out; the page says that there are none",
        ),
    ]


PAGES["index.md"] = "08STRELSAU3\n\n[[quote 08STRELSAU1 par 1]]\n\n[[list tag:ECON]]"


def test_the_home_page_may_have_all_of_it(archive: Path) -> None:
    page = (archive / "site/index.html").read_text("utf-8")
    assert '<a href="cable/2008/03/08STRELSAU3.html" title="SNOW, 14 March 2008">' in page
    assert '<blockquote cite="cable/2008/02/08STRELSAU1.html#par1">' in page
    assert "<div class=live>" in page


ALL_OF_7 = page_of("10STRELSAU7\n\n[[quote 10STRELSAU7 par 1]]\n\n[[list 2010]]\n\n[[timeline 2010]]")


def test_hostile_words_of_cables_stay_words(archive: Path) -> None:
    page = shown(archive, ALL_OF_7)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    (hint,) = (element.get("title", "") for element in tree.iter("a") if element.text == "10STRELSAU7")
    assert hint.startswith('A <script>alert(1)</script> "x" onmouseover=y &lt;b> ')
    (quote,) = tree.iter("blockquote")
    assert "<script>alert(1)</script>" in "".join(quote.itertext())
    assert "\u202e" not in page
    assert page.count("<div class=live>") == 2  # what the subject says is no block


# Collections

SALT = page_of("""---
kind: collection
title: The salt road
description: What became of it.
cables:
  - 08STRELSAU3
  - 08STRELSAU1: Read *this* first, then 08KYIV2 & [the page](page.md).
  - id: 08KIEV2
    comment: Sapt liked <b>it</b>.
  - 08STRELSAU8: Held back.
  - 08STRELSAU77
query: 2009..
---

An introduction.

[[quote 08STRELSAU1 par 1]]
""")


def test_a_collection_lists_its_cables_in_its_order_with_comments(archive: Path) -> None:
    page = shown(archive, SALT)
    assert "<h1>The salt road</h1>" in page
    assert "<p class=lead>What became of it.</p>" in page
    assert "<p class=quiet>5 cables</p>" in page
    assert page.index("An introduction.") < page.index("<blockquote") < page.index("collected")
    items = re.findall("<li>(.*?)</li>", page.partition("collected")[2], re.DOTALL)
    assert [[href for href, _ in subjects(item)] for item in items] == [
        ["../cable/2008/03/08STRELSAU3.html"],
        [ROAD],
        [SHEEP],
        [],
        [],
        ["../cable/2009/04/09STRELSAU5.html"],
        ["../cable/2010/04/10STRELSAU7.html"],
    ]
    assert "<p>It snowed.</p>" in items[0]
    assert (
        f'<p>Read <em>this</em> first, then <a href="{SHEEP}" title="SHEEP &amp; &lt;GOATS&gt;, 14 March 2008">08KYIV2</a> '
        '&amp; <a href="page.html">the page</a>.</p>'
    ) in items[1]
    assert "liked &lt;b&gt;it&lt;/b&gt;." in items[2]
    assert f'<a href="{CARD}">08STRELSAU8</a> is not published.' in items[3]
    assert "<p>08STRELSAU77 is not in this archive.</p>" in items[4]


def test_all_collections_are_listed_and_the_home_page_leads_to_the_list(tmp_path: Path) -> None:
    text = "---\nkind: collection\ntitle: Salt\ndescription: And snow.\nquery: tag:PGOV\n---\n"
    write_files(tmp_path, {"content/a.txt": telegram(1), "content/essays/salt.md": text})
    build(tmp_path)
    page = (tmp_path / "site/collection/index.html").read_text("utf-8")
    assert subjects(page) == [("../essays/salt.html", "Salt")]
    assert "<p>And snow.</p>" in page
    assert "1 cable<" in page
    home = read_page(tmp_path / "site/index.html")
    assert "collection/index.html" in home.links
    assert "essays/salt.html" not in home.links
    one = (tmp_path / "site/essays/salt.html").read_text("utf-8")
    assert '<a href="../collection/index.html">Collections</a>' in one
    assert '<meta name=description content="And snow.">' in one
    (tmp_path / "content/essays/salt.md").unlink()
    build(tmp_path)
    assert not (tmp_path / "site/collection").exists()
    assert "collection/index.html" not in read_page(tmp_path / "site/index.html").links


def listing(front: str) -> str:
    return page_of(f"---\nkind: collection\n{front}\n---\nIts text.\n")


ITSELF = ("collection-itself", "the collection lists itself", "take the entry out")
NOTHING = (
    2,
    "collection-empty",
    "the collection lists no cable",
    "name some under 'cables:', or give a 'query:'",
)
LEFT_OUT = "mend it; until then it counts as left out"
UNREAD = (
    4,
    "collection-entry",
    "an entry of 'cables' cannot be read",
    "write '- 08LONDON123', '- 08LONDON123: a comment', or 'id:' and 'comment:'",
)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (listing("title: Of salt\ncables: [08STRELSAU1, of Salt]"), [(4, *ITSELF)]),
        (listing(f"cables:\n  - essays/{len(PAGES):03d}.md"), [(4, *ITSELF)]),
        (listing(f"cables:\n  - {len(PAGES):03d}"), [(4, *ITSELF)]),
        (
            listing("cables:\n  - 08STRELSAU1\n  - 08 STRELSAU 001"),
            [(5, "collection-twice", "08STRELSAU1 is listed twice", "the first counts; take the other out")],
        ),
        (listing("cables: []"), [NOTHING]),
        (listing("title: None"), [NOTHING]),
        (
            listing("cables: 08STRELSAU1"),
            [(3, "front-matter-value", "'cables' is a text, where a list belongs", LEFT_OUT), NOTHING],
        ),
        (listing("cables:\n  - 08STRELSAU1: [a]"), [UNREAD]),
        (listing("cables:\n  - comment: lost"), [UNREAD]),
        (listing("cables:\n  - [08STRELSAU1]"), [UNREAD]),
        (
            listing("cables:\n  - page.md"),
            [(4, "collection-entry", "page.md is no reference id of a cable", "write it as 08LONDON123")],
        ),
        (
            listing("cables: [08STRELSAU1]\nquery: tga:PGOV"),
            [(4, "query-unread", "there is no tga:", "perhaps tag:PGOV")],
        ),
        (
            listing("query: [a]"),
            [(3, "front-matter-value", "'query' is a list, where a text belongs", LEFT_OUT), NOTHING],
        ),
        (
            listing("cables: [08STRELSAU77]"),
            [
                (
                    3,
                    "cable-unknown",
                    "the archive publishes no cable 08STRELSAU77",
                    "see whether the id is right, or take it out; the page says that it is not in this archive",
                )
            ],
        ),
        (
            listing("cables:\n  - 08STRELSAU1: See 08STRELSAU78."),
            [
                (
                    4,
                    "cable-unknown",
                    "the archive publishes no cable 08STRELSAU78",
                    "see whether the id is right, or set it in backticks if it is none; it stands there without a link",
                )
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_collection_is_told_and_its_page_is_made(
    archive: Path, page: str, expected: list[tuple[int, str, str, str]]
) -> None:
    assert "Its text." in shown(archive, page)
    assert told(archive, page) == expected


TELEGRAM = page_of(f"---\nkind: collection\ncables: [08STRELSAU1]\n---\n{telegram(44)}")


def test_a_telegram_in_a_collection_is_its_text(archive: Path) -> None:
    assert "SECSTATE WASHDC" in shown(archive, TELEGRAM)
    assert "1 cable<" in shown(archive, TELEGRAM)
