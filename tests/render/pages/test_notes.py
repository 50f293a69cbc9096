"""Notes of the editor: where they stand on the page of a cable, that they are no words of it, and what is told of bad ones."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, snapshot, telegram, write_files

PAGE = "cable/2008/02/08STRELSAU1.html"
TEXT = "1. (U) It snowed.\n\n2. (U) Three points:\n\n-- one\n-- two\n\n3. (U) It thawed."
ASIDE = re.compile(r"<aside class=note .*?</aside>", re.DOTALL)


def note(words: str = "The editor says so.", **fields: str) -> str:
    front = {"kind": "note", "cable": "08STRELSAU1"} | fields
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{words}\n"


def built(folder: Path, files: dict[str, str], text: str = TEXT) -> Path:
    """A site of two cables and what else is given."""
    write_files(
        folder / "content",
        {"1.txt": telegram(1, text=text), "2.txt": telegram(2, ref="08 STRELSAU 1"), **files},
    )
    build(folder)
    return folder / "site"


def notes_of(site: Path, address: str = PAGE) -> list[str]:
    """The words of each note on a page, in order."""
    tree = html5lib.parse((site / address).read_text("utf-8"), namespaceHTMLElements=False)
    return [" ".join("".join(one.itertext()).split()) for one in tree.iter("aside")]


def told(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Severity and code, place, message and next step of each problem of a note."""
    for line in (folder / ".cablepress/problems.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["source"].startswith("notes/"):
            yield (
                f"{one['severity']} {one['code']}",
                f"{one['source']}:{one['line']}",
                one["message"],
                one["next_step"],
            )


@pytest.mark.parametrize(
    ("fields", "before", "behind"),
    [
        ({"paragraph": "1"}, "It snowed.</p>\n", "\n<p id=par2>"),
        # With the list that ends its sentence.
        ({"paragraph": "2"}, "two</li></ul>\n", "\n<p id=par3>"),
        ({"paragraph": "3"}, "It thawed.</p>\n", "\n<p class=signer>"),
        ({}, "</dl>\n", "<p class=tools>"),
        ({"paragraph": "4"}, "</dl>\n", "<p class=tools>"),  # which it does not have
    ],
)
def test_a_note_stands_behind_its_paragraph_or_above_the_text(
    tmp_path: Path, fields: dict[str, str], before: str, behind: str
) -> None:
    page = (built(tmp_path, {"notes/a.md": note(**fields)}) / PAGE).read_text("utf-8")
    found = ASIDE.search(page)
    assert found is not None
    assert page[: found.start()].endswith(before)
    assert page[found.end() :].startswith(behind)


def test_it_says_that_it_is_the_editors_and_by_whom_and_when(tmp_path: Path) -> None:
    site = built(
        tmp_path,
        {
            "notes/a.md": note("*Not* so.", by="F. <Tarlenheim>", date="0123 22:30"),
            "notes/b.md": note("Unsigned."),
        },
    )
    assert notes_of(site) == [
        "Editor's note by F. <Tarlenheim>, 0123 22:30 Not so.",
        "Editor's note Unsigned.",
    ]


def test_several_are_in_the_order_of_their_paths(tmp_path: Path) -> None:
    notes = {
        f"notes/{name}.md": note(name, paragraph=paragraph)
        for name, paragraph in [("b", "2"), ("c", "1"), ("a", "2")]
    }
    assert notes_of(built(tmp_path, notes)) == ["Editor's note c", "Editor's note a", "Editor's note b"]


ALL = {
    "notes/1.md": note("On the whole.", by="Sapt"),
    "notes/2.md": note("On the first.\n\n2. (U) Not a paragraph.", paragraph="1"),
    "notes/3.md": note("On the second.", paragraph="2"),
    "notes/4.md": note("On the second, too.", paragraph="2"),
}


def test_without_its_notes_a_page_is_byte_for_byte_what_it_was(tmp_path: Path) -> None:
    """So the text as sent, which stands in the page letter by letter, does not hold a letter of a note."""
    site, plain = built(tmp_path / "noted", ALL), built(tmp_path / "plain", {})
    page = (site / PAGE).read_text("utf-8")
    assert len(ASIDE.findall(page)) == 4
    assert ASIDE.sub("", page) == (plain / PAGE).read_text("utf-8")


def test_a_note_is_in_no_other_file_of_the_site(tmp_path: Path) -> None:
    """Neither in the search, nor in lists, nor is it a page of its own."""
    site, plain = built(tmp_path / "noted", ALL), built(tmp_path / "plain", {})
    noted, without = snapshot(site), snapshot(plain)
    assert {
        address for address in noted.keys() | without.keys() if noted.get(address) != without.get(address)
    } == {PAGE, "manifest-sha256.txt"}


MARKDOWN = """\
# Salt

## The tax

See [the tax](#the-tax), [the first](#par1) and a footnote[^1].
{: #par1 }

[^1]: Again[^2].

[^2]: And again.
"""


def test_anchors_and_headings_of_notes_keep_out_of_the_way_of_the_page(tmp_path: Path) -> None:
    site = built(tmp_path, {f"notes/{n}.md": note(MARKDOWN, paragraph="1") for n in (1, 2)})
    page = (site / PAGE).read_text("utf-8")
    ids = read_page(site / PAGE).ids
    assert len(ids) == len(set(ids))
    assert re.findall("<h([1-6])", page) == ["1", "2"]  # the subject, and the thread
    assert page.count("<strong>The tax</strong></p>") == 2
    assert '<a href="#note2-the-tax">' in page
    assert 'id="note1-par1"' in page
    assert "<p id=par1>" in page
    assert list(broken_links(site)) == []
    html5lib.HTMLParser(strict=True).parse(page)


def test_ids_in_a_note_lead_to_their_cables_and_blocks_are_told(tmp_path: Path) -> None:
    words = "As 08STRELSAU2#par1 says; not 08ZENDA9.\n\n[[list tag:PGOV]]"
    site = built(tmp_path, {"notes/a.md": note(words, paragraph="1")})
    page = (site / PAGE).read_text("utf-8")
    assert (
        '<p>As <a href="08STRELSAU2.html#par1" title="THE SALT ROAD, 14 February 2008">08STRELSAU2, paragraph 1</a> says;'
        " not 08ZENDA9.</p>\n<p>[[list tag:PGOV]]</p>"
    ) in page
    assert sorted(told(tmp_path)) == [
        (
            "warning block-unread", "notes/a.md:8", "a note has no [[list ...]]",
            "name the cable by its id, or write it on a page",
        ),
        (
            "warning cable-unknown", "notes/a.md:6", "the archive publishes no cable 08ZENDA9",
            "see whether the id is right, or set it in backticks if it is none; it stands there without a link",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        (
            '[[redact]]\nterm = "Sapt"\n',
            "Editor's note by Col. ▐███▌, of ▐███▌'s day ▐███▌ knew; so did Fritz.",
        ),
        (
            '[[redact]]\ncable = "08STRELSAU1"\nterm = "Fritz"\n',
            "Editor's note by Col. Sapt, of Sapt's day Sapt knew; so did ▐███▌.",
        ),
        (
            '[[redact]]\ncables = "08STREL*"\nregex = "F[a-z]+z"\n',
            "Editor's note by Col. Sapt, of Sapt's day Sapt knew; so did ▐███▌.",
        ),
        (
            '[[redact]]\ncable = "08STRELSAU2"\nterm = "Fritz"\n',
            "Editor's note by Col. Sapt, of Sapt's day Sapt knew; so did Fritz.",
        ),
    ],
)
def test_what_is_redacted_everywhere_or_in_its_cable_is_redacted_in_a_note(
    tmp_path: Path, ledger: str, words: str
) -> None:
    files = {
        "release.toml": ledger,
        "notes/a.md": note("Sapt knew; so did Fritz.", by="Col. Sapt", date="of Sapt's day"),
    }
    assert notes_of(built(tmp_path, files)) == [words]


def test_the_ledger_is_told_what_it_did_in_a_note(tmp_path: Path) -> None:
    built(tmp_path, {"release.toml": '[[redact]]\nterm = "Fritz"\n', "notes/a.md": note("Fritz was here.")})
    assert "rule-unused" not in (tmp_path / ".cablepress/problems.jsonl").read_text("utf-8")


HELD = [
    pytest.param({"1.txt": "---\ndraft: true\n---\n" + telegram(1)}, "08STRELSAU1 is withheld", id="a draft"),
    pytest.param(
        {"1.txt": "---\nwithhold: true\nshow: card\n---\n" + telegram(1)}, "08STRELSAU1 is withheld", id="a card"
    ),
    pytest.param(
        {"release.toml": '[[withdraw]]\ncable = "08STRELSAU1"\nshow = "tombstone"\n'},
        "08STRELSAU1 is withheld",
        id="a tombstone",
    ),
    pytest.param(
        {"release.toml": '[[embargo]]\ncables = "*1"\nuntil = 2030-01-01\n'}, "08STRELSAU1 is withheld", id="an embargo"
    ),
    pytest.param(
        {"release.toml": '[[redact]]\ncable = "08STRELSAU1"\nparagraph = 2\n'},
        "paragraph 2 of 08STRELSAU1 is withheld",
        id="its paragraph",
    ),
    pytest.param(
        {
            "1.txt": telegram(1, level="S E C R E T", text="1. (U) It snowed.\n\n2. (S) Salt."),
            "release.toml": '[release]\nhighest = "CONFIDENTIAL"\nportions = true\n',
        },
        "paragraph 2 of 08STRELSAU1 is withheld",
        id="a paragraph above the level",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "message"), HELD)
def test_of_a_note_on_what_is_withheld_no_byte_is_published(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    notes = {"notes/zwieback.md": note("Marzipan.", paragraph="2", by="Nougat")}
    site = built(tmp_path / "noted", notes | files)
    assert snapshot(site) == snapshot(built(tmp_path / "plain", files))
    line = 4 if message.startswith("paragraph") else 3
    what = "the paragraph" if message.startswith("paragraph") else "the cable"
    assert list(told(tmp_path / "noted")) == [
        (
            "warning note-withheld",
            f"notes/zwieback.md:{line}",
            message,
            f"the note is not shown; release {what}, or take the note out",
        )
    ]


def test_a_draft_is_not_shown_and_counted_as_held_back(tmp_path: Path) -> None:
    files = {"notes/a.md": note("Marzipan.", draft="true")}
    site = built(tmp_path / "noted", files)
    assert snapshot(site) == snapshot(built(tmp_path / "plain", {}))
    assert build(tmp_path / "noted").withheld == 1


def test_a_note_that_holds_a_telegram_is_a_note(tmp_path: Path) -> None:
    site = built(
        tmp_path, {"notes/a.md": note("```\n" + telegram(9) + "```"), "notes/b.txt": note(telegram(10))}
    )
    assert not list(site.rglob("08STRELSAU9.html"))
    assert not list(site.rglob("08STRELSAU10.html"))
    assert len(notes_of(site)) == 2


def test_front_matter_of_a_note_that_cannot_be_read_makes_no_page_of_it(tmp_path: Path) -> None:
    files = {"notes/a.md": "---\nkind: note\ncable: 08: STRELSAU 1\n---\nMarzipan.\n"}
    site = built(tmp_path / "noted", files)
    assert snapshot(site) == snapshot(built(tmp_path / "plain", {}))
    (problem,) = told(tmp_path / "noted")
    assert problem[1] == "notes/a.md:3"
    assert problem[3] == "mend it; until then the source is held back, since it speaks of a note"


NOT_SHOWN = "the note is not shown; write the id of the cable, 'cable: 08STRELSAU123'"
ABOVE = "the note stands above the text; mend the number, or take it out if the whole cable is meant"


@pytest.mark.parametrize(
    ("source", "problem", "count"),
    [
        (
            "---\nkind: note\n---\nX.\n",
            ("warning note-cable", "2", "the note does not say on which cable it is", NOT_SHOWN),
            0,
        ),
        (note(cable=""), ("warning note-cable", "3", "the note does not say on which cable it is", NOT_SHOWN), 0),
        (note(cable="the salt"), ("warning note-cable", "3", "'the salt' is no reference id", NOT_SHOWN), 0),
        (
            note(cable="08STRELSAU77"),
            (
                "warning note-cable-unknown", "3", "the archive has no cable 08STRELSAU77",
                "the note is not shown; see whether the id is spelled right",
            ),
            0,
        ),
        (
            note(paragraph="two"),
            (
                "warning note-paragraph", "4", "'two' is no number of a paragraph",
                "the note stands above the text; write the number alone, 'paragraph: 7'",
            ),
            1,
        ),
        (note(paragraph="9"), ("warning note-paragraph", "4", "08STRELSAU1 has no paragraph 9; its last one is 3", ABOVE), 1),
        (
            note(""),
            (
                "warning note-empty", "5", "the note has no words",
                "it is not shown; write them below the front matter, or remove the file",
            ),
            0,
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_note_is_told_with_its_line_and_the_next_step(
    tmp_path: Path, source: str, problem: tuple[str, str, str, str], count: int
) -> None:
    site = built(tmp_path, {"notes/a.md": source})
    kind, line, message, next_step = problem
    assert list(told(tmp_path)) == [(kind, f"notes/a.md:{line}", message, next_step)]
    assert len(notes_of(site)) == count


@pytest.mark.parametrize(
    ("text", "paragraph", "message"),
    [
        ("1. (U) A.\n\n2. (U) B.\n\n4. (U) D.", "4", None),
        ("1. (U) A.\n\n2. (U) B.\n\n4. (U) D.", "3", "08STRELSAU1 has no paragraph 3; its last one is 4"),
        ("1. (U) A.\n\n2. (U) B.\n\n2. (U) C.", "2", None),
        ("It snowed.", "1", "08STRELSAU1 has no paragraph 1; it has none with a number"),
    ],
)
def test_paragraphs_are_known_by_their_numbers_whatever_is_missing_or_stands_twice(
    tmp_path: Path, text: str, paragraph: str, message: str | None
) -> None:
    site = built(tmp_path, {"notes/a.md": note(paragraph=paragraph)}, text)
    assert [problem[2] for problem in told(tmp_path)] == ([message] if message else [])
    page = (site / PAGE).read_text("utf-8")
    is_behind = ASIDE.search(page).start() > page.index("<div class=text>")  # type: ignore[union-attr]
    assert is_behind is (message is None)


def test_a_note_on_an_id_that_several_share_stands_on_the_page_of_each(tmp_path: Path) -> None:
    site = built(tmp_path, {"copy.txt": telegram(1), "notes/a.md": note(paragraph="3")})
    pages = sorted(path.name for path in site.glob("cable/2008/02/08STRELSAU1-*.html"))
    assert [len(notes_of(site, f"cable/2008/02/{name}")) for name in pages] == [1, 1]
    assert list(told(tmp_path)) == [
        (
            "info note-shared", "notes/a.md:3", "2 sources are 08STRELSAU1: 1.txt, copy.txt",
            "the note stands on the page of each; remove the copies that are not wanted",
        ),
        (
            "warning note-paragraph", "notes/a.md:4", "08STRELSAU1 (copy.txt) has no paragraph 3; its last one is 1", ABOVE,
        ),
    ]  # fmt: skip


def test_a_post_may_be_called_by_its_other_name_where_no_cable_has_it(tmp_path: Path) -> None:
    files = {"k.txt": telegram(3, post="KYIV"), "notes/a.md": note(cable="08 Kiev 0003")}
    site = built(tmp_path, files)
    assert notes_of(site, "cable/2008/02/08KYIV3.html") == ["Editor's note The editor says so."]
    assert list(told(tmp_path)) == []
    site = built(tmp_path, files | {"old.txt": telegram(3, post="KIEV")})
    assert notes_of(site, "cable/2008/02/08KYIV3.html") == []
    assert len(notes_of(site, "cable/2008/02/08KIEV3.html")) == 1
