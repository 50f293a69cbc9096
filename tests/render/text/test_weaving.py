"""The text as it reads and as it was sent, woven into one: what is kept, what is cut, what is put in."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from truth.telegram import write_telegram

from generator import Cable, parse_cable
from generator.render.text.body import render_body
from generator.render.text.markup import TextLink
from generator.render.text.weaving import Passage, weave
from generator.telegram.cable import Block, Part

TEXT_BEGINS = ("body", "signature", "trailer")


class Reader(HTMLParser):
    """The two texts of a page: as it was sent, and as it reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent = self.read = ""
        self.linked: list[str] = []
        self._open: list[str] = []
        self.feed(str(html))  # no Markup, which escapes what is put to it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "hr":
            self._open.append(tag)
        if tag == "a" and ("class", "n") not in attrs:
            self.linked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "ins" not in self._open:
            self.sent += data
        if "del" not in self._open:
            self.read += data
            if "a" in self._open and self.linked:
                self.linked[-1] += data


def text_parts(cable: Cable) -> tuple[Part, ...]:
    at = next((at for at, part in enumerate(cable.parts) if part.kind in TEXT_BEGINS), len(cable.parts))
    return cable.parts[at:]


def woven(text: str) -> tuple[Cable, Reader]:
    cable = parse_cable(text)
    return cable, Reader(
        render_body(cable.body, text_parts(cable), cable.signer, lambda text: [], lambda text: [])
    )


def sentences(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of headings, paragraphs and items, in order, without blanks."""
    for block in blocks:
        if block.kind in ("heading", "paragraph"):
            yield "".join(block.text.split())
        for item in block.items:
            yield "".join(item.text.split())
        yield from sentences(block.blocks)


HEADER = "FM AMEMBASSY STRELSAU\nTO SECSTATE WASHDC\n\nUNCLAS STRELSAU 000123\n\nSUBJECT: SALT\n"


@pytest.mark.parametrize(
    ("sent", "html"),
    [
        (  # lines that wrap, and blanks of any number
            "1. (U) It snowed  in\nthe pass.\n\n2. It\n   snowed.\n",
            "<p id=par1><a class=n href=#par1>1.</a> <small>(U)</small> It snowed  in\nthe pass.</p>\n\n"
            "<p id=par2><a class=n href=#par2>2.</a> It\n   snowed.</p>\n",
        ),
        (  # a paragraph sign, and one that was lost as a 1
            "¶1. (U) It snowed.\n\n¶2. (U) Again.\n",
            "<p id=par1><a class=n href=#par1><del>¶</del>1.</a> <small>(U)</small> It snowed.</p>\n\n"
            "<p id=par2><a class=n href=#par2><del>¶</del>2.</a> <small>(U)</small> Again.</p>\n",
        ),
        (  # a page line inside a sentence, and one between paragraphs
            "1. It snowed in\n\nSTRELSAU 00000123  002 OF 003\n\nthe pass.\n\nSTRELSAU 00000123  003 OF 003\n\n2. Again.\n",
            "<p id=par1><a class=n href=#par1>1.</a> It snowed in\n<del class=pg>\nSTRELSAU 00000123  002 OF 003\n\n</del>"
            "the pass.</p>\n<del class=pg>\nSTRELSAU 00000123  003 OF 003\n\n</del>"
            "<p id=par2><a class=n href=#par2>2.</a> Again.</p>\n",
        ),
        (  # the rules of a heading
            "-------\nTHE PASS\n-------\n\n1. It snowed.\n",
            "<del>-------\n</del><h2>THE PASS</h2><del>\n-------</del>\n\n"
            "<p id=par1><a class=n href=#par1>1.</a> It snowed.</p>\n",
        ),
        (  # a word that a line end divides
            "1. The co-\noperation of the two posts went on all the day and all the night.\n",
            "<p id=par1><a class=n href=#par1>1.</a> The co-<del>\n</del>operation of the two posts went on all the day and "
            "all the night.</p>\n",
        ),
        (  # a list, its lines wrapped
            "1. Of wool:\n\n-- the first\n   bale;\n-- the second.\n",
            "<p id=par1><a class=n href=#par1>1.</a> Of wool:</p>\n\n<ul class=items><li><i>--</i> the first\n   bale;</li>\n"
            "<li><i>--</i> the second.</li></ul>\n",
        ),
        (  # who signed, and what stands behind
            "1. It snowed.\n\nRASSENDYLL\n\n\nBT\n#0123\n",
            "<p id=par1><a class=n href=#par1>1.</a> It snowed.</p>\n\n<p class=signer>RASSENDYLL</p>\n<del>\n\nBT\n#0123\n</del>",
        ),
        (  # what no reader sees
            "1. It sno\u00adwed in the pass.\n",
            "<p id=par1><a class=n href=#par1>1.</a> It sno<del>\u00ad</del>wed in the pass.</p>\n",
        ),
    ],
)
def test_every_letter_stands_there_once_and_what_is_not_read_is_hidden(sent: str, html: str) -> None:
    cable = parse_cable(HEADER + sent)
    assert render_body(cable.body, text_parts(cable), cable.signer, lambda text: [], lambda text: []) == html


@pytest.mark.parametrize("seed", range(0, 1200, 3))
def test_a_page_gives_the_telegram_back_letter_by_letter_and_reads_as_it_was_understood(seed: int) -> None:
    cable, page = woven(write_telegram(seed).text)
    assert page.sent == "".join(part.text for part in text_parts(cable))
    read, at = "".join(page.read.split()), 0
    for words in sentences(cable.body):
        at = read.index(words, at) + len(words)


@given(st.text(alphabet="ab1.-¶() \n\t\u00ad<&\\", max_size=300))
def test_whatever_was_sent_is_given_back(text: str) -> None:
    cable, page = woven(f"{HEADER}1. (U) A first paragraph.\n\n{text}\n")
    assert page.sent == "".join(part.text for part in text_parts(cable))


WORDS = st.lists(st.sampled_from(["salt", "wool,", "a-\nb", "&", "<b>", "x" * 30]), min_size=1, max_size=30)
BLANKS = st.sampled_from([" ", "\n", "  ", "\n   "])


@given(st.data())
def test_a_link_stands_around_its_words_however_they_were_sent(data: st.DataObject) -> None:
    words = data.draw(WORDS)
    raw = words[0]
    for word in words[1:]:
        raw += data.draw(BLANKS) + data.draw(st.sampled_from(["", "", "\u00ad"])) + word
    text = " ".join(" ".join(words).replace("\u00ad", "").split())
    first = data.draw(st.integers(0, len(text.split()) - 1))
    start = len(" ".join(text.split()[:first])) + (first > 0)
    end = data.draw(st.integers(start + 1, len(text)))
    if text[end - 1] == " ":
        end -= 1
    place = data.draw(st.integers(0, len(raw)))
    cuts = ((place, "\nPAGE 2\n"),) if data.draw(st.booleans()) else ()
    html = weave(Passage(raw=raw, cuts=cuts), text, [TextLink(start=start, end=end, href="a.html", title="")])
    page = Reader(html)
    assert "".join("".join(page.linked).split()) == "".join(text[start:end].split())
    assert page.sent.replace("\nPAGE 2\n", "", len(cuts)) == raw
