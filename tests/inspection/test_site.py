"""Small sites, and what is wrong with them."""

import os
from pathlib import Path

import pytest
from inspection_tools import HEAD, inspected, problems_of, write_site

from generator.problem import Problem

# What the pages of the table link to.
OTHERS: dict[str, str | bytes] = {
    "tag/PGOV.html": "<p id=par7>x",
    "tag/index.html": "<p id=é>x",
    "assets/plain.css": "p { color: red }",
    "with blank.txt": "",
}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        # Links of all kinds that arrive.
        ("<a href=tag/PGOV.html>x</a>", []),
        ("<a href='tag/PGOV.html#par7'>x</a> <a href='tag/PGOV.html?q=1#par7'>x</a>", []),
        ("<a href='./tag/../tag/PGOV.html'>x</a> <a href=tag/>x</a> <a href='tag/#%C3%A9'>x</a>", []),
        ("<a href=with%20blank.txt>x</a> <a href='with blank.txt'>x</a>", []),
        ("<a href=''>x</a> <a href=#>x</a> <a href=#top>x</a> <a href='#:~:text=salt'>x</a>", []),
        ("<a href=#a>x</a> <p id=a>x", []),
        ("<a href=#a>x</a> <a name=a>x</a>", []),
        ("<a href=tag/&#80;GOV.html>x</a>", []),
        ("<a href=https://example.org/x>x</a> <a href=//example.org/x>x</a> <a href=mailto:a@b.example>x</a>", []),
        # What only looks like one.
        ("<p>href=nowhere.html &lt;a href=nowhere.html&gt;", []),
        ("<!-- <a href=nowhere.html> --><p>x", []),
        ("<script>'<a href=nowhere.html>'</script>", []),
        ("<script type=application/ld+json>{\"x\": \"<a href='nowhere.html'>\"}</script>", []),
        ("<textarea><a href=nowhere.html></textarea>", []),
        ("<p title='<a href=nowhere.html>' data-x=\"href='nowhere.html'\">x", []),
        ("<p title=\"x > <a href=nowhere.html>\">x", []),
        ("<p data-source=nowhere.txt>x", []),
        ("<meta name=x content='http-equiv=refresh content=0;url=nowhere.html'>", []),
        # Links that do not.
        ("\n<a href=tag/pgov.html>x</a>", [("link-broken", 5, "there is no file tag/pgov.html")]),
        ("<a href=tag/PGOV>x</a>", [("link-broken", 4, "there is no file tag/PGOV")]),
        ("<img src='a.png' alt=x>", [("link-broken", 4, "there is no file a.png")]),
        ("<script src=a.js></script>", [("link-broken", 4, "there is no file a.js")]),
        ("<link rel=stylesheet href=a.css>", [("link-broken", 4, "there is no file a.css")]),
        ("<form action=a.html></form>", [("link-broken", 4, "there is no file a.html")]),
        ("<video poster=a.png></video>", [("link-broken", 4, "there is no file a.png")]),
        ("<object data=a.pdf></object>", [("link-broken", 4, "there is no file a.pdf")]),
        ("<p data-href=a.html>x", [("link-broken", 4, "there is no file a.html")]),
        ("<svg><use xlink:href='a.svg#x' /></svg>", [("link-broken", 4, "there is no file a.svg")]),
        (
            "<img srcset='a.png 1x, tag/PGOV.html 2x,b.png' src=assets/plain.css alt=x>",
            [("link-broken", 4, "there is no file a.png"), ("link-broken", 4, "there is no file b.png")],
        ),
        ("<meta http-equiv=refresh content='0; url=a.html'>", [("link-broken", 4, "there is no file a.html")]),
        ("<meta content=\"0;URL='a.html'\" http-equiv=Refresh>", [("link-broken", 4, "there is no file a.html")]),
        ("<A HREF = a.html >x</A>", [("link-broken", 4, "there is no file a.html")]),
        ("<a\nhref=\n'a.html'>x</a>", [("link-broken", 4, "there is no file a.html")]),
        ("<a href=tag>x</a>", [("link-to-folder", 4, "tag is a folder")]),
        ("<a href=tag/PGOV.html#par8>x</a>", [("link-without-place", 4, "tag/PGOV.html has no id 'par8'")]),
        ("<a href=tag/PGOV.html#PAR7>x</a>", [("link-without-place", 4, "tag/PGOV.html has no id 'PAR7'")]),
        ("<a href=#b>x</a> <p id=a>x", [("link-without-place", 4, "the page itself has no id 'b'")]),
        ("<a href=/tag/PGOV.html>x</a>", [("link-from-root", 4, "'/tag/PGOV.html' begins at the root of the domain, and not of the site")]),
        ("<a href=../x.html>x</a>", [("link-out-of-site", 4, "'../x.html' leads out of the folder of the site")]),
        ("<a href=file:///etc/salt>x</a>", [("link-out-of-site", 4, "'file:///etc/salt' leads out of the folder of the site")]),
        ("<a href=a.html>x</a> <a href=a.html>y</a>", [("link-broken", 4, "there is no file a.html")]),
        ("<base href=tag/><a href=PGOV.html>x</a>", []),
        ("<base href=tag/><a href=DIR.html>x</a>", [("link-broken", 4, "there is no file tag/DIR.html")]),
        # Elements.
        ("<p id=a>x\n<p id=b>y\n<p id=a>z", [("element-id-twice", 6, "the id 'a' stands on the page once more")]),
        ("<p id=a>x<p id=A>y", []),
        ("<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>x</table>", []),
        ("<img src=assets/plain.css>", []),
        ("\n<div>\n<p>x", [("html-invalid", 5, "<div> has no end tag")]),
        ("x\n</div>", [("html-invalid", 5, "</div> ends nothing that is open")]),
        ("<p>x\n</b>", [("html-invalid", 5, "an end tag ends nothing that is open, or crosses a block")]),
        ("<p>x\n<div>y</div>\n</p>", [("html-invalid", 6, "</p> ends no paragraph: a block in it, such as <div>, has ended it before")]),
        ("<p class=a class=b>x", [("html-invalid", 4, "an attribute stands twice in one tag")]),
        ("<p class=a\"b>x", [("html-invalid", 4, "a tag has a letter where it may have none, as a quote in a value without quotes")]),
        ("<b><i>x</b></i>", [("html-invalid", 4, "elements such as <a> and <b> overlap, or end what is not open")] * 2),
        ("<p>salt &foo; pepper", [("html-invalid", 4, "&foo; names no character")]),
        ("<p>salt \x01", [("html-invalid", 4, "no page may have the character \x01")]),
        ("<span/>x</span>", [("html-invalid", 4, "'/>' ends no element that has content")]),
        ("<a href=tag/PGOV.html><a href=tag/index.html>x</a>", [("html-invalid", 4, "<a> may not stand where it does")]),
        ("<!-- x", [("html-invalid", 4, "the page ends within a tag or a comment")]),
    ],
)  # fmt: skip
def test_a_page_has_the_problems_that_a_reader_would_meet(
    page: str, told: list[tuple[str, int | None, str]], tmp_path: Path
) -> None:
    site = write_site(tmp_path, {**OTHERS, "index.html": page})
    assert [(problem.code, problem.line, problem.message) for problem in problems_of(site)] == told


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("assets/a.css", "p { background: url(plain.css) } @import 'plain.css';", []),
        ("assets/a.css", "/* url(no.png) */ p { background: url(data:image/png;base64,x) }", []),
        ("assets/a.css", "p { color: red }\nb { background: url( 'no.png' ) }", [(2, "there is no file assets/no.png")]),
        ("assets/a.css", "@import \"no.css\";", [(1, "there is no file assets/no.css")]),
        ("feed.xml", "<?xml-stylesheet href='assets/no.css'?><feed><link href='https://example.org/x.html'/></feed>", [(1, "there is no file assets/no.css")]),
        ("feed.xml", "<feed>\n<link href='https://salt.example/cables/no.html'/></feed>", [(2, "there is no file no.html")]),
        ("feed.xml", "<feed><content>&lt;a href=\"no.html\"></content></feed>", []),
        ("sitemap.xml", "<loc>https://salt.example/cables/tag/PGOV.html</loc>\n<loc>https://salt.example/cables/no.html</loc>", [(2, "there is no file no.html")]),
        ("robots.txt", "Sitemap: https://salt.example/cables/sitemap.xml\n", [(1, "there is no file sitemap.xml")]),
        ("data/datapackage.json", '{"resources": [{"path": "no.csv"}]}', [(1, "there is no file data/no.csv")]),
        ("data/datapackage.json", '{"homepage": "https://salt.example/cables/"}', [(1, "there is no file index.html")]),
        ("data/datapackage.json", "no JSON", []),
        ("notes.txt", "https://salt.example/cables/no.html", []),
        ("404.html", "<a href=https://salt.example/cables/tag/PGOV.html>x</a>", []),
        ("404.html", "<a href=https://salt.example/cables/no.html>x</a>", [(4, "there is no file no.html")]),
    ],
)  # fmt: skip
def test_what_is_no_page_has_links_too(
    name: str, words: str, told: list[tuple[int, str]], tmp_path: Path
) -> None:
    site = write_site(tmp_path, {**OTHERS, name: words})
    found = problems_of(site, site_url="https://salt.example/cables/")
    assert [(problem.line, problem.message) for problem in found] == told
    assert {(problem.code, problem.source) for problem in found} <= {("link-broken", name)}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a.html", "tag/PGOV.html", "é.txt", "-.txt", ".nojekyll", "a b.txt"], []),
        (["tag/PGOV.html", "tag/Pgov.html"], ["names-collide tag/PGOV.html: on Windows and macOS it is the same file as tag/Pgov.html"]),
        (["caf\u00e9.txt", "cafe\u0301.txt"], ["names-collide cafe\u0301.txt: on Windows and macOS it is the same file as caf\u00e9.txt"]),
        (["Tag/a.txt", "tag/b.txt"], ["names-collide Tag: on Windows and macOS it is the same folder as tag"]),
        (["tag/CON.html"], ["name-impossible tag/CON.html: Windows keeps the name 'CON.html' for a device"]),
        (["lpt1/a.txt"], ["name-impossible lpt1/a.txt: Windows keeps the name 'lpt1' for a device"]),
        (["a?.txt"], ["name-impossible a?.txt: no name may have '?' on Windows"]),
        (["a\\b.txt"], ["name-impossible a\\b.txt: no name may have '\\\\' on Windows"]),
        (["a\n.txt"], ["name-impossible a\n.txt: a name has a control character, which Windows does not allow"]),
        (["a./b.txt"], ["name-impossible a./b.txt: a name ends in a full stop, which Windows takes away"]),
        (["a "], ["name-impossible a : a name ends in a blank, which Windows takes away"]),
        (["a" * 150 + "/" + "b" * 60], [f"path-long {'a' * 150}/{'b' * 60}: its address has 211 letters, which some programs on Windows do not take"]),
    ],
)  # fmt: skip
def test_names_fit_every_system(names: list[str], told: list[str], tmp_path: Path) -> None:
    site = write_site(tmp_path, {name: b"" for name in names if not name.endswith(".html")} | {name: "x" for name in names if name.endswith(".html")})  # fmt: skip
    found = [f"{problem.code} {problem.source}: {problem.message}" for problem in problems_of(site)]
    assert found == told


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"index.html": "x"})
    try:
        (site / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"")
    except OSError:
        pytest.skip("this system allows no such name")
    [problem] = problems_of(site)
    assert (problem.code, problem.message) == ("name-impossible", "a name is no text: its bytes are no UTF-8")


def test_links_on_the_disk_and_what_may_not_be_read_are_told_and_not_followed(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, {"index.html": "<a href=copy.html>x</a><a href=tag/a.html#b>x</a>", "tag/a.html": "x"}
    )
    (site / "copy.html").symlink_to(tmp_path / "nowhere")
    (site / "above").symlink_to(tmp_path)
    (site / "tag/a.html").chmod(0)
    assert [(problem.code, problem.source) for problem in problems_of(site)] == [
        ("file-is-link", "above"),
        ("file-is-link", "copy.html"),
        ("site-unreadable", "tag/a.html"),
    ]


def test_it_is_said_what_was_perhaps_meant_and_who_has_made_the_page(tmp_path: Path) -> None:
    site = write_site(
        tmp_path,
        {
            "tag/PGOV.html": "<a href=pgov.html>x</a>",
            "essays/salt.html": "<a href=pepper>x</a><a href=/tag/PGOV.html>x</a>",
            "essays/pepper.html": "x",
            "glossary.html": "<a href=a.html>x</a>",
            "assets/a.css": "p { background: url(a.png) }",
        },
    )
    assert [problem.next_step for problem in problems_of(site)] == [
        "see what has put it there",
        "write it as it is seen from the page: '../tag/PGOV.html'; see essays/salt.md in content/, or what has put the page there",
        "essays/pepper.html was perhaps meant; see essays/salt.md in content/, or what has put the page there",
        "see glossary.html in your templates",
        "tag/PGOV.html was perhaps meant; see list.html in your templates",
    ]


def test_the_tag_is_quoted_in_one_line_and_not_for_ever(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, {"index.html": f"<a class=x\n  href=a.html>x</a><a title='{'x' * 900}' href=b.html>x</a>"}
    )
    first, second = problems_of(site)
    assert first.excerpt == "<a class=x href=a.html>"
    assert len(second.excerpt) == 160


def test_a_missing_stylesheet_is_told_of_every_page_but_shown_in_a_thousand(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, {f"{number:04d}.html": "<link rel=stylesheet href=a.css>" for number in range(1100)}
    )
    found = problems_of(site)
    assert [problem.line for problem in found] == [4] * 1000 + [None] * 100
    [group] = inspected(site).problems
    assert (group.code, group.severity, group.count) == ("link-broken", "error", 1100)


def test_errors_are_what_breaks_for_a_reader_and_the_rest_are_warnings(tmp_path: Path) -> None:
    inspection = inspected(write_site(tmp_path, {"index.html": "<div>"}))
    assert (inspection.has_errors, inspection.has_warnings) == (False, True)
    inspection = inspected(write_site(tmp_path, {"index.html": "<a href=a.html>x</a>"}))
    assert (inspection.has_errors, inspection.has_warnings) == (True, True)
    inspection = inspected(write_site(tmp_path, {"index.html": "x"}))
    assert (inspection.has_errors, inspection.has_warnings) == (False, False)


def test_an_inspection_tells_how_much_there_is(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"index.html": "x", "tag/a.html": "y", "data/cables.csv": "z" * 100})
    inspection = inspected(site)
    assert (inspection.files, inspection.pages, inspection.read) == (3, 2, 2)
    assert inspection.size == 2 * len(HEAD + "x") + 100
    assert [folder.address for folder in inspection.budget.folders] == ["data/", "tag/"]


def test_a_site_without_files_has_no_problems(tmp_path: Path) -> None:
    inspection = inspected(write_site(tmp_path, {}))
    assert (inspection.files, inspection.problems) == (0, ())


@pytest.mark.parametrize(
    "words",
    [
        "<a " + "= " * 100_000,
        "<a " * 20_000,
        "<!--" * 20_000,
        "<a href='" + "x" * 300_000,
        "<a name" * 20_000,
    ],
)
def test_a_page_is_read_in_linear_time_whatever_it_holds(words: str, tmp_path: Path) -> None:
    site = write_site(tmp_path, {"index.html": words})
    assert {problem.code for problem in problems_of(site)} <= {"html-invalid", "link-broken"}


def test_problems_are_values_with_the_words_of_the_list(tmp_path: Path) -> None:
    [problem] = problems_of(write_site(tmp_path, {"index.html": "<a href=a.html>x</a>"}))
    assert problem == Problem(
        code="link-broken",
        severity="error",
        source="index.html",
        line=4,
        excerpt="<a href=a.html>",
        message="there is no file a.html",
        next_step="see home.html in your templates, or index.md in content/",
    )
