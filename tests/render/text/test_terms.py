"""What the page of a cable explains."""

import re
import time
from pathlib import Path

import pytest
from site_tools import build, cleared, telegram, write_files

from generator.archive.words import uses_of
from generator.lexicon import builtin_lexicon
from generator.render.text.terms import Explainer
from generator.telegram.parse import parse_cable
from generator.telegram.redactions import Redaction

LONG = "It snowed on the road to Zenda. " * 80


def explained(tmp_path: Path, text: str) -> tuple[list[str], list[str]]:
    """The words that are buttons in the text of a telegram's page, and the anchors of all popovers of words of its text."""
    write_files(tmp_path / "content", {"a.txt": text})
    build(tmp_path)
    (file,) = (tmp_path / "site/cable").rglob("*.html")
    page = file.read_text("utf-8").partition("<main")[2]
    body = page[page.index("<div class=text>") : page.index("</article>")]
    assert "<p popover" not in page[: page.index("</article>")]
    popovers = dict(re.findall("<p popover id=([^>]+)><a href=[^>#]*#([^>]+)>", page))
    assert len(set(popovers.values())) == len(popovers)
    assert set(re.findall("popovertarget=([^ >]+)", page)) == set(popovers)
    words = [anchor for anchor in popovers.values() if anchor.isupper()]
    return re.findall("<button [^>]+>([^<]+)</button>", body), words


@pytest.mark.parametrize(
    ("text", "buttons", "popovers"),
    [
        # The first in each section, and one popover for all.
        (
            f"1. (U) Poloff met Poloff.\n\nROAD\n----\n\n2. (U) The POLOFF and Poloff. {LONG}",
            ["Poloff", "POLOFF"],
            ["POLOFF"],
        ),
        # Not in headings, in tables, in what leads to another cable.
        (f"POLOFF\n------\n\n1. (U) Salt. {LONG}", [], []),
        (f"1. (U) {LONG}\n\nNAME      GOK      JAN\nZENDA     MFA      1\nSLAVNA    GOJ      2", [], []),
        # One for each 250 letters; those that few know first, and of these the first.
        ("1. (U) The UN and the GOK.", ["GOK"], ["GOK"]),
        ("1. (U) The EU and the UN.", ["EU"], ["EU"]),
        ("1. (U) The MFA and the GOK.", ["MFA"], ["MFA"]),
        (f"1. (U) The UN and the GOK. {LONG}", ["UN", "GOK"], ["GOK", "UN"]),
        # Twelve at most.
        (
            f"1. (U) {LONG * 2} GOA GOB GOC GOE GOF GOG GOH GOI GOJ GOK GOL GOM GON and the NGOs",
            ["GOC", "GOE", "GOF", "GOG", "GOH", "GOI", "GOJ", "GOK", "GOL", "GOM", "GON", "NGOs"],
            ["GOC", "GOE", "GOF", "GOG", "GOH", "GOI", "GOJ", "GOK", "GOL", "GOM", "GON", "NGO"],
        ),
        ('1. (U) Poloff <b> & "it\'s".', ["Poloff"], ["POLOFF"]),
    ],
)
def test_what_is_explained_in_the_text(
    tmp_path: Path, text: str, buttons: list[str], popovers: list[str]
) -> None:
    found, ids = explained(tmp_path, telegram(text=text))
    assert (found, sorted(ids)) == (buttons, sorted(popovers))


def test_a_reference_that_is_a_link_is_explained_where_it_is_none(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"b.txt": telegram(7)})
    text = telegram(8, ref="08 STRELSAU 7", dtg="151230Z MAR 08", text="1. (U) As in reftel.")
    write_files(tmp_path / "content", {"a.txt": text})
    build(tmp_path)
    page = (tmp_path / "site/cable/2008/03/08STRELSAU8.html").read_text("utf-8")
    assert ">reftel</a>" in page
    assert "popovertarget=REFTEL" not in page
    assert "popover id=REFTEL" not in page


def test_the_words_above_the_text_are_explained(tmp_path: Path) -> None:
    text = telegram(level="S E C R E T", tags="PGOV ZZQX").replace(
        "E.O. 12958: N/A", "E.O. 12958: DECL: X1, X6"
    )
    text = text.replace("SIPDIS\n", "NOFORN\nSIPDIS\n").replace(
        "\n1. (U)", "\nClassified By: Rosa Rassendyll. Reasons: 1.5(b) and (d)\n\n1. (U)"
    )
    write_files(tmp_path / "content", {"a.txt": text})
    build(tmp_path)
    page = (tmp_path / "site/cable/2008/02/08STRELSAU123.html").read_text("utf-8")
    for id_, anchor in re.findall("<p popover id=([^>]+)><a href=[^>#]*#([^>]+)>", page):
        page = page.replace(f"popovertarget={id_}>", f"popovertarget={anchor}>").replace(
            f"popover id={id_}>", f"popover id={anchor}>"
        )
    for button in (
        "<button class=\"level secret\" popovertarget=level-SECRET>SECRET</button>",
        "<button popovertarget=handling-NOFORN>NOFORN</button>",
        "<button popovertarget=caption-SIPDIS>SIPDIS</button>",
        "<button popovertarget=prec-PRIORITY>PRIORITY</button>",
        "<button popovertarget=order-12958>E.O. 12958</button>: DECL: <button popovertarget=decl-X1>X1</button>, X6",
        "<button popovertarget=reason-1.5b>1.5(b)</button>, <button popovertarget=reason-1.5d>1.5(d)</button>",
        '<button popovertarget=tag-PGOV>PGOV</button> <a href="../../../tag/PGOV.html">Internal Governmental Affairs</a>',
        '<li><a href="../../../tag/ZZQX.html">ZZQX</a>',
        "<button popovertarget=post-STATE>Secretary of State</button>",
        '<p popover id=post-STATE><a href=../../../glossary.html#post-STATE>STATE</a> Secretary of State, United States\n',
    ):  # fmt: skip
        assert button in page
    assert "popovertarget=post-ZENDA" not in page  # which no table has


def test_of_many_posts_twelve_are_explained() -> None:
    cable = cleared(parse_cable(telegram()), path="a.txt")
    explainer = Explainer(cable, uses_of(cable, builtin_lexicon()), "", builtin_lexicon())
    posts = list(builtin_lexicon().posts)[:20]
    assert [bool(explainer.explain_post(post)) for post in posts] == [True] * 12 + [False] * 8
    assert explainer.explain_post(posts[0]) == "w1"
    assert explainer.popovers.count("<p popover") == 12


def test_a_page_with_all_that_it_may_explain_stays_light() -> None:
    """About 130 bytes for each word, button and popover together, of which its meaning has some 20."""
    cable = cleared(parse_cable(telegram(text=f"1. (U) {LONG} Poloff MFA DCM GOQ")), path="a.txt")
    explainer = Explainer(cable, uses_of(cable, builtin_lexicon()), "../../../", builtin_lexicon())
    for block in cable.body:
        explainer.find(block.text, [])
    popovers = explainer.popovers.splitlines()
    meanings = [
        "political officer",
        "Ministry of Foreign Affairs",
        "Deputy Chief of Mission",
        "Government of Qatar",
    ]
    for popover, meaning in zip(popovers, meanings, strict=True):
        assert meaning in popover
        (id_,) = re.findall("id=(w[0-9])", popover)
        assert len(f"<button popovertarget={id_}></button>\n{popover}") <= 106 + len(meaning)


def test_words_under_other_marks_are_passed_over_in_one_walk() -> None:
    text = "reftel " * 20_000
    cable = cleared(parse_cable(telegram(text=f"1. (U) {text} Poloff. Reftel.")), path="a.txt")
    explainer = Explainer(cable, uses_of(cable, builtin_lexicon()), "", builtin_lexicon())
    (block,) = cable.body
    others = [Redaction(start=at, end=at + 6) for at in range(0, len(text), 7)]
    began = time.process_time()
    found = explainer.find(block.text, others[::-1])
    assert time.process_time() - began < 2
    assert [block.text[mark.start : mark.end] for mark in found] == ["Poloff", "Reftel"]


def test_a_text_of_another_form_is_explained_too() -> None:
    cable = cleared(parse_cable(telegram(text="1. (U) Poloff left.")), path="a.txt")
    explainer = Explainer(cable, uses_of(cable, builtin_lexicon()), "", builtin_lexicon())
    assert [mark.start for mark in explainer.find("It was\nPoloff.", [])] == [7]
    assert "glossary.html#POLOFF>" in explainer.popovers
