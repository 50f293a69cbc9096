"""Hostile cables make pages like any other: what was text is text, and nothing else came into being."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hostile.cables import (
    hostile_cable,
    hostile_collection,
    hostile_name,
    hostile_note,
    hostile_page,
    with_front_matter,
)
from hostile.strict import Piece, faults, read_pieces
from hostile.vectors import VECTORS, harmless
from inspection_tools import problems_of
from site_tools import broken_links, build, pages_of, snapshot, telegram, write_files

from generator.intake.decode import decode_entities
from generator.lexicon import Abbreviation, Post, TagMeaning
from generator.render.frame import CONTENT_SECURITY_POLICY
from generator.render.text.markup import fit_for_page, is_fit_for_page, render_markdown
from generator.settings import LexiconAdditions, Settings
from generator.settings.related import RelatedSettings
from generator.telegram.parse import parse_cable
from generator.telegram.source_text import read_lines

PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
CABLES = 10_000 if PROOF else 300
PAGES = 1_000 if PROOF else 100


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which everything that someone may write is hostile."""
    project = tmp_path_factory.mktemp("hostile")
    content = {f"c{seed:05d}.txt": hostile_cable(seed) for seed in range(CABLES)}
    content |= {
        f"{hostile_name(seed)}/{hostile_name(seed + 1)}.txt": hostile_cable(seed) for seed in range(40)
    }
    content |= {f"front/c{seed:05d}.txt": with_front_matter(seed) for seed in range(PAGES)}
    content |= {f"{hostile_name(seed)}.md": hostile_page(seed) for seed in range(PAGES)}
    content |= {f"collected-{seed}.md": hostile_collection(seed) for seed in range(PAGES // 5)}
    content |= {f"f/{hostile_name(seed)}.png": "x" for seed in range(40)}
    write_files(project / "content", content)
    build(project, hostile_settings(VECTORS[::20]))
    return project / "site"


def hostile_settings(vectors: Sequence[str]) -> Settings:
    """Settings whose values stand on every page, or on many."""
    words = " ".join(vectors)
    lexicon = LexiconAdditions(
        tags=(
            TagMeaning(code="PGOV", kind="subject", name=words),
            TagMeaning(code="QR", kind="geographic", name=words),
        ),
        posts=(
            Post(key="STRELSAU", name=words, kind="embassy", country="QR", latitude=47.6, longitude=14.9),
            # Short enough to be drawn beside its circle.
            Post(
                key="ZENDA",
                name=vectors[0][:20],
                kind="consulate",
                country="QR",
                latitude=60.0,
                longitude=9.0,
            ),
        ),
        abbreviations=tuple(
            Abbreviation(term=term, expansion=words, context="archive")
            for term in ("COMMENT", "SNOWED", words)
        ),
    )
    return Settings(title=words, description=words, rows_per_page=10, lexicon=lexicon)


def test_an_inspection_takes_no_text_for_a_tag_or_a_link(site: Path, tmp_path: Path) -> None:
    # Markdown pages stand at the top; where their links lead is their authors' wish.
    found = [(problem.code, problem.source) for problem in problems_of(site, tmp_path)]
    assert [(code, source) for code, source in found if "/" in source or not code.startswith("link-")] == []


def test_settings_are_text_too(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{n}.txt": telegram(n) for n in range(1, 15)})
    build(tmp_path, hostile_settings(VECTORS))
    for name, page in pages_of(tmp_path / "site"):
        assert list(faults(page)) == [], name
    assert "glossary.html#SNOWED>" in (tmp_path / "site/cable/2008/02/08STRELSAU1.html").read_text("utf-8")


def test_no_page_has_an_element_an_attribute_or_a_link_of_a_cable(site: Path) -> None:
    looked_at = 0
    for number, (name, page) in enumerate(pages_of(site)):
        # Each hostile word of a TAGS line has a list of its own, and these are all alike.
        if name.startswith("cable/") or "/" not in name or number % (20 if PROOF else 4) == 0:
            looked_at += 1
            assert list(faults(page)) == [], name
    assert looked_at > CABLES


@pytest.mark.skipif(PROOF, reason="the links of ten thousand hostile cables are like those of three hundred")
def test_every_link_of_cables_and_lists_leads_to_a_page_of_the_site(site: Path) -> None:
    # Markdown pages stand at the top; their links are their authors', and lead where these wished.
    assert [link for link in broken_links(site) if "/" in link.partition(" -> ")[0]] == []


def test_every_page_has_the_content_security_policy_before_all_that_it_governs(site: Path) -> None:
    for name, page in pages_of(site):
        pieces = [piece for piece in read_pieces(page[: page.index("<title")]) if piece.kind == "start"]
        first = [piece for piece in pieces if piece.text != "head"][:3]  # whose tag HTML lets go
        assert [piece.text for piece in first] == ["html", "meta", "meta"], name
        assert dict(first[2].attributes)["content"] == CONTENT_SECURITY_POLICY


def test_names_do_not_leave_the_site_and_do_not_collide_in_any_case(site: Path) -> None:
    names = list(snapshot(site))
    assert {path.name for path in site.parent.iterdir()} == {"content", "site", ".cablepress"}
    assert len({name.casefold() for name in names}) == len(names)
    assert all(
        part not in (".", "..")
        and part.isascii()
        and part.isprintable()
        and not set(part) & set('<>:"\\|?*%&')
        for name in names
        for part in name.split("/")
    )


def test_a_page_has_the_structure_and_the_words_of_one_that_is_harmless(tmp_path: Path) -> None:
    hostile = {f"c{seed:05d}.txt": decode_entities(hostile_cable(seed))[0] for seed in range(CABLES)}
    # The parser minds an e-mail address in angle brackets and the like; those have another shape without them.
    alike = {name: text for name, text in hostile.items() if understood(text) == understood(harmless(text))}
    assert len(alike) > CABLES * 0.9
    write_files(
        tmp_path / "hostile/content", {name: text.replace("&", "&amp;") for name, text in alike.items()}
    )
    write_files(tmp_path / "harmless/content", {name: harmless(text) for name, text in alike.items()})
    # Which cables are related, and which TAGS of theirs are named first, goes by their words, blunted or not.
    settings = Settings(related=RelatedSettings(enabled=False))
    build(tmp_path / "hostile", settings)
    build(tmp_path / "harmless", settings)
    tame = tmp_path / "harmless/site/cable"
    compared = 0
    for name, page in pages_of(tmp_path / "hostile/site/cable"):
        if (
            tame / name
        ).exists() and "<article" in page:  # ids may differ, and several cables of an id have a list
            compared += 1
            assert list(shape(page)) == list(shape((tame / name).read_text("utf-8"))), name
    assert compared > CABLES * 0.8


def test_no_note_reaches_beyond_itself(tmp_path: Path) -> None:
    cable = {"1.txt": telegram(1, text="1. (U) It snowed.\n\n2. (U) It thawed.")}
    notes = {f"{seed:04d}.md": hostile_note(seed, "08STRELSAU1") for seed in range(PAGES)}
    write_files(tmp_path / "noted/content", cable | notes)
    write_files(tmp_path / "plain/content", cable)
    build(tmp_path / "noted")
    build(tmp_path / "plain")
    address = "cable/2008/02/08STRELSAU1.html"
    page = (tmp_path / "noted/site" / address).read_text("utf-8")
    assert page.count("<aside") == page.count("</aside>") == PAGES
    assert list(faults(page)) == []
    without = re.sub("<aside class=note .*?</aside>", "", page, flags=re.DOTALL)
    assert without == (tmp_path / "plain/site" / address).read_text("utf-8")
    ids = [value for piece in read_pieces(page) for name, value in piece.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def understood(text: str) -> str:
    """What the parser makes of a telegram, blunted, without the warnings that quote it."""
    cable = parse_cable(text).to_dict()
    del cable["warnings"]
    return harmless(repr(cable).replace('"', "'").replace("\\", ""))


def shape(page: str) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """A page up to the end of its article, blunted, its links without where they lead: that is a file's name, which differs."""
    pieces = read_pieces(page)
    for piece in pieces[: pieces.index(Piece(kind="end", text="article"))]:
        attributes = tuple((name, harmless(value)) for name, value in piece.attributes if name != "href")
        yield piece.kind, harmless(unescaped(piece.text)), attributes


def unescaped(text: str) -> str:
    """A text of a page without what BibTeX, JSON and quotations have in the place of signs."""
    if text.startswith("@techreport{"):
        text = re.sub(
            r"\{\\text(?:less|greater|braceleft|braceright|asciigrave|asciicircum)\}|\\&", "^", text
        )
        return text.replace("{}", "")
    if text.startswith(('{"@context"', '[{"id"')):
        text = text.replace("\\u003c", "^")
        return re.sub(r"\\(.)", lambda found: "'" if found[1] == '"' else found[0], text)
    return text.replace("\u2018", "'").replace("\u2019", "'")


def article(pieces: list[Piece]) -> list[Piece]:
    tags = [(piece.kind, piece.text) for piece in pieces]
    return pieces[tags.index(("start", "article")) : tags.index(("end", "article"))]


def test_most_hostile_cables_are_understood_so_that_their_fields_are_put_to_the_test() -> None:
    cables = [parse_cable(hostile_cable(seed)) for seed in range(100)]
    for field in (
        "id",
        "subject",
        "tags",
        "references",
        "classified_by",
        "signer",
        "action",
        "info",
        "attention",
    ):
        assert sum(bool(getattr(cable, field)) for cable in cables) > 15, field
    kinds = {block.kind for cable in cables for block in cable.body}
    assert {"paragraph", "heading", "list", "table", "quote"} <= kinds


def in_a_line(vector: str) -> str:
    return " ".join(vector.split("\n"))


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a telegram for each vector."""
    project = tmp_path_factory.mktemp("vectors")
    cables = {
        f"{number}.txt": telegram(number, text=f"1. (U) Before {in_a_line(vector)} behind.")
        for number, vector in enumerate(VECTORS, 1)
    }
    write_files(project / "content", cables)
    build(project)
    return project / "site"


@pytest.mark.parametrize(("number", "vector"), list(enumerate(VECTORS, 1)))
def test_a_reader_gets_back_every_sign_of_a_text(one_of_each: Path, number: int, vector: str) -> None:
    line = in_a_line(vector)
    page = (one_of_each / f"cable/2008/02/08STRELSAU{number}.html").read_text("utf-8")
    pieces = read_texts(article(read_pieces(page)))
    # Entities and characters that nobody sees are taken out of a source before it is read.
    shown = " ".join(read_lines(decode_entities(f"Before {line} behind.")[0]).readable.split())
    assert " ".join(str(fit_for_page(shown)).split()) in " ".join("".join(pieces).split())


def read_texts(pieces: list[Piece]) -> Iterator[str]:
    """The texts of a page as they are read, without what is there only as it was sent."""
    is_cut = False
    for piece in pieces:
        if piece.text == "del":
            is_cut = piece.kind == "start"
        elif piece.kind == "text" and not is_cut:
            yield piece.text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[x](javascript:pwned(1))", "<a>x</a>"),
        ("[x](JAVA&Tab;SCRIPT&colon;pwned(1))", "<a>x</a>"),
        ("[x](&#106;avascript:pwned(1))", "<a>x</a>"),
        ("[x](\u200bdata:text/html,x)", "<a>x</a>"),
        ("[x](//a.example/)", "<a>x</a>"),
        ("[x](ftp://a.example/)", "<a>x</a>"),
        ("[x](http://a.example/)", '<a href="http://a.example/">x</a>'),
        ("[x](MAILTO:a@b.example)", '<a href="MAILTO:a@b.example">x</a>'),
        ("[x](a/b.html?c:d#e:f)", '<a href="a/b.html?c:d#e:f">x</a>'),
        ("![x](maps/pass.png)", '<img alt="x" src="maps/pass.png">'),
        ("![x](https://a.example/x.png)", '<img alt="x">'),
        ("![x](//a.example/x.png)", '<img alt="x">'),
        ("*x*{: onclick=pwned(1) style=color:red .y }", '<em class="y">x</em>'),
        ("<b onclick=pwned(1)>x</b>", "&lt;b onclick=pwned(1)&gt;x&lt;/b&gt;"),
        ("<!-- x -->", "&lt;!-- x --&gt;"),
        ("&copy; &#8364; `&copy;`", "&copy; &#8364; <code>&amp;copy;</code>"),
        ("&bogus; &#0; &#x202e; &#128;", "&amp;bogus; &amp;#0; &amp;#x202e; &amp;#128;"),
    ],
)
def test_a_markdown_page_holds_nothing_that_runs(written: str, shown: str) -> None:
    assert render_markdown(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\u05e9\u05dc\u05d5\u05dd \u200f", "\u05e9\u05dc\u05d5\u05dd \u200f"),
        ("\u202eLEVITCES\u202c", "\u200fLEVITCES"),
        ("\u2066a\u2069 \u2068b\u2069", "\u200ea b"),
        ("a\x00b\x1fc\x80d", "a\ufffdb\ufffdc\ufffdd"),
        ("\ud800 \ufdd0 \U0001ffff", "\ufffd \ufffd \ufffd"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_a_text_reaches_no_further_than_itself(text: str, shown: str) -> None:
    assert fit_for_page(text) == shown
    assert is_fit_for_page(text) is (text == shown)


def test_every_character_is_either_fit_or_made_so() -> None:
    for code in range(0x110000):
        character = chr(code)
        is_fit = fit_for_page(character) == character
        assert is_fit_for_page(character) is is_fit_for_page(f"\u0113{character}") is is_fit
        is_directing = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
        is_no_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
        is_control = code < 32 or 127 <= code < 160
        assert is_fit is not (
            is_directing
            or is_no_character
            or 0xD800 <= code <= 0xDFFF
            or (is_control and character not in "\t\n\f\r")
        ), hex(code)


def test_hostile_telegrams_stand_in_collections(site: Path) -> None:
    pages = "".join((site / f"collected-{seed}.html").read_text("utf-8") for seed in range(PAGES // 5))
    assert pages.count("<blockquote cite=") > 5
    assert pages.count("<dl class=glossary>") == PAGES // 5
