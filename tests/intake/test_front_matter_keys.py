"""What is told of front matter, whole: code, line, what was found and the next step, for every kind of source."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from site_tools import build, snapshot, telegram, write_files

from generator.intake.front_matter_keys import FIELDS, Kind
from generator.intake.read import CableSource, NoteSource, PageSource, Source, understand
from generator.problem import Problem
from generator.release.own_rules import _FOR_ALL, _FOR_REDACTIONS
from generator.release.rule import DEEDS, Deed

TEXTS = {"cable": telegram(), "page": "# Salt\n", "collection": "# Salt\n", "note": "Salt.\n"}
TYPES = {"cable": CableSource, "page": PageSource, "collection": PageSource, "note": NoteSource}


def read(kind: str, front: str, path: str = "", text: str = "") -> Source:
    """A source of a kind; `front` stands from line 3 on."""
    path = path or ("a.txt" if kind == "cable" else "a.md")
    source = understand(
        f"---\nkind: {kind}\n{front}\n---\n{text or TEXTS[kind]}".encode(),
        path=path,
        kind="markdown" if path.endswith(".md") else "cable",
    )
    assert isinstance(source, TYPES[kind])
    return source


def told(source: Source | Problem) -> list[tuple[str, int | None, str, str]]:
    assert not isinstance(source, Problem)
    return [(f"{one.severity} {one.code}", one.line, one.message, one.next_step) for one in source.problems]


WRITTEN = """\
tags: [NO, KZ]
title: NO
serial: 0123
time: 22:30
day: 2008-11-03
share: 1.40
yes: [on, off, ~, 1e3, 0x10, 1_000]
"""


@pytest.mark.parametrize("path", ["a.txt", "a.cable", "a.md"])
@pytest.mark.parametrize("kind", FIELDS)
def test_no_field_of_any_source_is_changed_by_yaml(kind: str, path: str) -> None:
    if kind in ("page", "collection"):
        path = "a.md"
    assert dict(read(kind, WRITTEN, path).front_matter) == {
        "kind": kind,
        "tags": ["NO", "KZ"],
        "title": "NO",
        "serial": "0123",
        "time": "22:30",
        "day": "2008-11-03",
        "share": "1.40",
        "yes": ["on", "off", "~", "1e3", "0x10", "1_000"],
    }


NO_END = "the front matter has no end; a line '---' is missing"


@pytest.mark.parametrize(
    ("front", "line", "message", "next_step"),
    [
        ("title: Salt\n", 1, NO_END, "mend it; until then it is read as part of the text"),
        ("title: Salt\ndraft: yes\n", 1, NO_END, "mend it; until then the source is held back, since it speaks of a draft"),
        ("kind: note\n", 1, NO_END, "mend it; until then the source is held back, since it speaks of a note"),
        (
            "title: Salt\ntitle: Snow\n---\n", 3, "the front matter cannot be read: the name 'title' stands twice",
            "mend it; until then it is read as part of the text",
        ),
        (
            "\nquery: tag:PGOV from: astana\n---\n", 3,
            "the front matter cannot be read: mapping values are not allowed in this context",
            "mend it; until then it is read as part of the text",
        ),
    ],
)  # fmt: skip
def test_front_matter_that_cannot_be_read_is_told(
    front: str, line: int, message: str, next_step: str
) -> None:
    for path, kind in (("a.md", "markdown"), ("a.txt", "cable")):
        source = understand(f"---\n{front}\nText.\n".encode(), path=path, kind=kind)  # type: ignore[arg-type]
        assert told(source) == [("warning front-matter", line, message, next_step)]


PAGE = "kind, draft, title, noindex, aliases"
COLLECTION = f"{PAGE}, description, cables, query, feed"
NOTE = "kind, draft, cable, paragraph, by, date"


@pytest.mark.parametrize(
    ("kind", "front", "code", "line", "message", "next_step"),
    [
        # What nobody reads
        ("page", "colour: red", "key", 3, "'colour' is no field of a page", f"it does nothing; take it out, or write one of {PAGE}"),
        ("page", "noindex: yes\ntags: [NO]", "key", 4, "'tags' is no field of a page", f"it does nothing; take it out, or write one of {PAGE}"),
        ("collection", "by: Sapt", "key", 3, "'by' is no field of a collection", f"it does nothing; take it out, or write one of {COLLECTION}"),
        ("note", "aliases: [a]", "key", 3, "'aliases' is no field of a note", f"it does nothing; take it out, or write one of {NOTE}"),
        ("page", "query: tag:PGOV", "key", 3, "'query' is no field of a page, but of a collection", "it does nothing; write 'kind: collection' if the page is to list cables, or take it out"),
        # What is nearly a field
        ("page", "titel: Salt", "key", 3, "'titel' is no field of a page; did you mean 'title'?", "it does nothing; write 'title', or take it out"),
        ("page", "Title: Salt", "key", 3, "'Title' is no field of a page; did you mean 'title'?", "it does nothing; write 'title', or take it out"),
        ("page", "drfat: true", "key", 3, "'drfat' is no field of a page; did you mean 'draft'?", "it does nothing; write 'draft', or take it out"),
        ("collection", "\n# comment\nquerry: tag:PGOV", "key", 5, "'querry' is no field of a collection; did you mean 'query'?", "it does nothing; write 'query', or take it out"),
        ("note", "paragraf: 7", "key", 3, "'paragraf' is no field of a note; did you mean 'paragraph'?", "it does nothing; write 'paragraph', or take it out"),
        ("cable", "no-index: yes", "key", 3, "'no-index' is no field of a cable; did you mean 'noindex'?", "it does nothing; write 'noindex', or take it out"),
        ("cable", "box: 0123\naliasses: a", "key", 4, "'aliasses' is no field of a cable; did you mean 'aliases'?", "it does nothing; write 'aliases', or take it out"),
        # Another shape
        ("page", "title: [a]", "value", 3, "'title' is a list, where a text belongs", "mend it; until then it counts as left out"),
        ("page", "title:\n  a: b", "value", 3, "'title' is a list of names and values, where a text belongs", "mend it; until then it counts as left out"),
        ("page", "aliases:\n- [a]", "value", 3, "'aliases' is a list, where a text or a list of texts belongs", "mend it; until then it counts as left out"),
        ("collection", "description: [a]", "value", 3, "'description' is a list, where a text belongs", "mend it; until then it counts as left out"),
        ("note", "paragraph: [7]", "value", 3, "'paragraph' is a list, where a text belongs", "mend it; until then it counts as left out"),
        ("note", "by: [Sapt]", "value", 3, "'by' is a list, where a text belongs", "mend it; until then it counts as left out"),
        ("cable", "released: [a]", "value", 3, "'released' is a list, where a text belongs", "mend it; until then it counts as left out"),
        # What holds nothing but a cable back
        ("page", "withhold: true", "release", 3, "'withhold' is for cables; a page is held back by 'draft: true'", "the page is held back; write 'draft: true', or take the field out"),
        ("collection", "Embargo: 2030-01-01", "release", 3, "'Embargo' is for cables; a collection is held back by 'draft: true'", "the collection is held back; write 'draft: true', or take the field out"),
        ("note", "redact: [Sapt]", "release", 3, "'redact' is for cables; a note is held back by 'draft: true'", "the note is held back; write 'draft: true', or take the field out"),
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_is_told(
    kind: str, front: str, code: str, line: int, message: str, next_step: str
) -> None:
    found = [one for one in told(read(kind, front)) if not one[0].startswith("info")]
    assert found == [(f"warning front-matter-{code}", line, message, next_step)]


@pytest.mark.parametrize(
    ("kind", "front"),
    [
        ("page", "title: Salt\nDraft: no\nnoindex: yes\naliases: [old.html]"),
        ("page", "aliases: old.html"),
        (
            "collection",
            "title: Salt\ncables: [08STRELSAU1, {id: 08STRELSAU2}]\nquery: tag:PGOV\nfeed: no\ndraft: yes",
        ),
        ("note", "cable: 08STRELSAU1\nparagraph: 7\nby: Sapt\ndate: 0123\ndraft: no"),
        ("cable", "aliases: [a]\nnoindex: yes\nreleased: 2011-08-30 01:44\nDraft: no"),
        ("cable", "Redact: [Sapt, {regex: S+}]\nshow-reason: yes\nreason: x\nby: y\nwhen: 2026-01-01"),
        # An import writes the fields of its dump.
        ("cable", "source: cables.csv#7\nsource_id: 7\nbox: 12\nextra: {a: b}\nimport_digest: 00"),
    ],
)
def test_of_what_is_right_nothing_is_told(kind: str, front: str) -> None:
    assert told(read(kind, front)) == []


def test_what_an_export_has_left_above_a_cable_is_told_once_and_harmless() -> None:
    source = read("cable", "released: 2011\nbox: 0123\nfolder: 08\ncountry: NO\nto be done: [a]")
    assert told(source) == [
        (
            "info front-matter-foreign",
            4,
            "front matter has fields of its own: box, folder, country, to be done",
            "",
        )
    ]


@pytest.mark.parametrize(
    ("path", "said", "read_as", "message", "next_step"),
    [
        (
            "a.md", "essay", "page", "'essay' is no kind of source",
            "it is read as a page; the kinds are cable, page, collection, note",
        ),
        (
            "a.md", "colection", "page", "'colection' is no kind of source; did you mean 'collection'?",
            "it is read as a page; the kinds are cable, page, collection, note",
        ),
        (
            "a.txt", "cabel", "cable", "'cabel' is no kind of source; did you mean 'cable'?",
            "it is read as a cable; the kinds are cable, page, collection, note",
        ),
        (
            "a.txt", "page", "cable", "a file that ends in .txt is a cable, and no page",
            "it is read as a cable; give it the ending .md, or take 'kind' out",
        ),
    ],
)  # fmt: skip
def test_a_kind_that_cannot_be_is_told(
    path: str, said: str, read_as: str, message: str, next_step: str
) -> None:
    text = f"---\n\nkind: {said}\n---\n{TEXTS[read_as]}"
    source = understand(text.encode(), path=path, kind="markdown" if path == "a.md" else "cable")
    assert isinstance(source, TYPES[read_as])
    assert told(source) == [("warning front-matter-kind", 3, message, next_step)]


@pytest.mark.parametrize("said", ["Note", "CABLE", " page ", "Collection"])
def test_a_kind_may_be_written_large(said: str) -> None:
    kind = said.strip().lower()
    source = understand(f"---\nkind: {said}\n---\n{TEXTS[kind]}".encode(), path="a.md", kind="markdown")
    assert isinstance(source, TYPES[kind])
    assert source.front_matter["kind"] == (said if kind == "cable" else kind)
    assert told(source) == []


@pytest.mark.parametrize("kind", ["page", "collection", "note"])
def test_what_people_write_may_hold_a_telegram(kind: str) -> None:
    read(kind, "", text=telegram())


def test_a_cable_may_have_all_words_of_the_ledger() -> None:
    words: set[Any] = {*get_args(Deed), *DEEDS, *_FOR_ALL, *_FOR_REDACTIONS, "show"}
    assert words <= set(FIELDS["cable"])


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_in_the_documents(kind: Kind) -> None:
    page = (Path(__file__).parent.parent.parent / "content/docs/notes.md").read_text("utf-8")
    rows = [re.split(r" ?\| ?", line)[1:-1] for line in page.splitlines() if line.startswith("| ")]
    (heading,) = [row for row in rows if row[:2] == ["field", "of a cable"]]
    table = rows[rows.index(heading) + 1 :]
    column = heading.index(f"of a {kind}")
    shown = {
        name
        for row in table
        if len(row) == len(heading) and row[column]
        for name in re.findall("`(.+?)`", row[0])
    }
    of_imports = {"source", "source_id", "import_digest", "extra"}
    assert shown == set(FIELDS[kind]) - of_imports


def test_a_page_or_a_note_that_would_be_withheld_is(tmp_path: Path) -> None:
    """Who writes that means it, and the word does it nowhere else."""
    cable = {"1.txt": telegram(1)}
    held = {
        "a.md": "---\nwithhold: true\n---\n# Marzipan\n",
        "b.md": "---\nkind: note\ncable: 08STRELSAU1\nredact: Nougat\n---\nNougat.\n",
    }
    for name, files in (("held", cable | held), ("plain", cable)):
        write_files(tmp_path / name / "content", files)
        build(tmp_path / name)
    assert snapshot(tmp_path / "held/site") == snapshot(tmp_path / "plain/site")
