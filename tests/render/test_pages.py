"""Pages of cables that are as bad as can be, and of those that are not."""

import re
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, snapshot, telegram, write_files

from generator.render.frame import CONTENT_SECURITY_POLICY
from generator.render.template_files import TemplateProblem
from generator.settings import Settings

HOSTILE = "<script>alert(1)</script>\"'&amp;{{ 7*7 }}{% x %}</title><!--"

OWN_SCRIPT = re.compile(
    rb"<script (?:async src=(?:\.\./)*assets/cablepress\.js|defer src=\"assets/(?:search|marks|search-page)\.js\")></script>\n"
    rb"|<script type=application/ld\+json>[^<]*</script>\n"
)


def assert_valid(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for name, data in snapshot(site).items():
        if name.endswith(".html"):
            parser.parse(data)


def page_of(tmp_path: Path, text: str, name: str = "08STRELSAU123.txt") -> Path:
    write_files(tmp_path / "content", {name: text})
    build(tmp_path)
    (page,) = (tmp_path / "site/cable").rglob("*.html")
    assert_valid(tmp_path / "site")
    return page


def test_text_is_never_markup_and_never_a_template(tmp_path: Path) -> None:
    text = (
        f"VZCZCXRO0042 {HOSTILE}\nP 141230Z FEB 08\nFM AMEMBASSY STRELSAU {HOSTILE}\nTO RUEHC/{HOSTILE} PRIORITY 0456\n"
        f"INFO RUEHQZ/{HOSTILE}\n\nC O N F I D E N T I A L STRELSAU 000123\n\nSIPDIS\n\nSTATE FOR {HOSTILE}\n\n"
        f"E.O. 12958: DECL: {HOSTILE}\nTAGS: PGOV ({HOSTILE})\nSUBJECT: {HOSTILE}\nREF: A. {HOSTILE}\n\n"
        f"Classified By: {HOSTILE}\n\n1. (C) {HOSTILE}\n\n{HOSTILE.upper()}\n\n-- {HOSTILE}\n-- {HOSTILE}\n\n"
        f"a   {HOSTILE}   1\nb   {HOSTILE}   2\n\nBEGIN TEXT\n\n{HOSTILE}\n\nEND TEXT\n\n2. (C) End.\n"
    )
    write_files(tmp_path / "content", {"08STRELSAU123.txt": text, "x.md": "# A <b> & {{ x }}"})
    write_files(tmp_path, {"cablepress.toml": f"title = '''{HOSTILE}'''\ndescription = '''{HOSTILE}'''\n"})
    build(tmp_path)
    assert_valid(tmp_path / "site")
    for name, data in snapshot(tmp_path / "site").items():
        if name.endswith(".html"):
            assert OWN_SCRIPT.sub(b"", data).lower().count(b"<script") == 0
            assert b"{{" not in data or b"{{ 7*7 }}" in data or b"{{ x }}" in data
            assert b"49" not in data.replace(b"#", b"")
    assert list(broken_links(tmp_path / "site")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("no header", "SUBJECT: THE ROAD\nTAGS: PGOV\n\n1. Text."),
        ("no subject, TAGS or date", "FM AMEMBASSY STRELSAU\nTO SECSTATE WASHDC"),
        ("a very long subject", telegram(subject="WORD " * 400)),
        ("one very long word", telegram(subject="X" * 2000)),
        (
            "four hundred addressees",
            telegram().replace(
                "INFO AMCONSUL ZENDA", "INFO AMCONSUL ZENDA" + "\nAMEMBASSY SLAVNA 0001" * 400
            ),
        ),
        ("a paragraph of 60 KB", telegram(text="1. (U) " + "word " * 12000)),
        (
            "a table 300 columns wide",
            telegram(text="1. (U) Table:\n\n" + ("cell" + " " * 6) * 30 + "\n" + ("1234" + " " * 6) * 30),
        ),
        (
            "right to left",
            telegram(text="1. (U) \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202etxet"),
        ),
        ("no telegram", "Dear Rosa,\n\n  the tower is above water.\n"),
        ("nothing but a name", "RASSENDYLL"),
    ],
)
def test_a_cable_that_lacks_or_has_too_much_still_has_a_valid_page(
    tmp_path: Path, name: str, text: str
) -> None:
    page = read_page(page_of(tmp_path, text))
    assert page.text.strip()
    assert list(broken_links(tmp_path / "site")) == []


def test_every_page_carries_the_content_security_policy_and_no_inline_style_or_script(tmp_path: Path) -> None:
    page_of(tmp_path, telegram(text="BACKGROUND\n-----\n\n1. (U) Text."))
    for name, data in snapshot(tmp_path / "site").items():
        if name.endswith(".html"):
            text = data.decode()
            assert CONTENT_SECURITY_POLICY.replace("'", "&#39;") in text
            assert " style=" not in text
            assert "<style" not in text
            assert OWN_SCRIPT.sub(b"", data).count(b"<script") == 0
            assert text.count("<h1") == 1


def test_a_cable_page_tells_what_matters(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            "a.txt": telegram(
                123, level="C O N F I D E N T I A L", tags="PGOV KZ", text="1. (C) A.\n\n2. (U) B."
            ),
            "b.txt": telegram(124, dtg="151230Z FEB 08", ref="A. STRELSAU 123 B. ZENDA 9"),
        },
    )
    build(tmp_path)
    cited = read_page(tmp_path / "site/cable/2008/02/08STRELSAU123.html")
    for words in (
        "THE SALT ROAD",
        "08STRELSAU123",
        "14 February 2008",
        "12:30 UTC",
        "CONFIDENTIAL",
        "Kazakhstan",
        "SECSTATE WASHDC",
        "RASSENDYLL",
    ):
        assert words in cited.text
    assert {"par1", "par2", "cited-by"} <= set(cited.ids)
    assert {"#par1", "#par2", "08STRELSAU124.html", "../../../tag/KZ.html"} <= set(cited.links)
    citing = read_page(tmp_path / "site/cable/2008/02/08STRELSAU124.html")
    assert "08STRELSAU123.html" in citing.links
    assert "ZENDA 9" in citing.text
    assert not any("ZENDA9" in link for link in citing.links)


def test_redactions_of_every_style_are_marked_alike_and_keep_their_signs(tmp_path: Path) -> None:
    text = "1. (C) XXXXXXXXXXXX met <b>[name removed]</b>.\n\n-- (NAME DELETED), and REF\n\nXXXIV"
    write_files(
        tmp_path / "content", {"a.txt": telegram(123), "b.txt": telegram(124, ref="STRELSAU 123", text=text)}
    )
    build(tmp_path)
    assert_valid(tmp_path / "site")
    page = (tmp_path / "site/cable/2008/02/08STRELSAU124.html").read_text("utf-8")
    redaction = "<span class=bar role=img aria-label=redacted>"
    assert f"{redaction}XXXXXXXXXXXX</span> met &lt;b&gt;{redaction}[name removed]</span>&lt;/b&gt;." in page
    assert f"{redaction}(NAME DELETED)</span>, and" in page
    assert page.count(redaction) == 3


def test_a_cable_without_an_origin_is_from_the_post_of_its_number(tmp_path: Path) -> None:
    text = telegram(123).replace("FM AMEMBASSY STRELSAU\n", "")
    write_files(tmp_path / "content", {"a.txt": text})
    build(tmp_path)
    page = (tmp_path / "site/cable/2008/02/08STRELSAU123.html").read_text("utf-8")
    assert re.search(r'from <a href="[^"]*origin/STRELSAU.html">STRELSAU</a>', page)


def test_citations_in_the_text_are_links_where_the_archive_holds_the_cable(tmp_path: Path) -> None:
    text = (
        "THE MATTER OF REF A\n-----\n\n1. (U) Ref A, para 2 <tells> & 07 ZENDA 9 does not.\n\n"
        "-- see (STRELSAU 123)\n-- see REF A paragraph 9\n\nBEGIN TEXT\n\nAs in STRELSAU 123 & all.\n\nEND TEXT"
    )
    write_files(
        tmp_path / "content",
        {
            "a.txt": telegram(123, subject='THE "ROAD" & <RAIL>', text="1. (U) A.\n\n2. (U) B."),
            "b.txt": telegram(124, dtg="151230Z FEB 08", ref="A. STRELSAU 123 B. 07 ZENDA 9", text=text),
        },
    )
    build(tmp_path)
    assert_valid(tmp_path / "site")
    assert list(broken_links(tmp_path / "site")) == []
    page = (tmp_path / "site/cable/2008/02/08STRELSAU124.html").read_text("utf-8")
    title = 'title="08STRELSAU123: THE &#34;ROAD&#34; &amp; &lt;RAIL&gt;"'
    for words in (
        f"THE MATTER OF <a href=08STRELSAU123.html {title}>REF A</a></h2>",
        f"<a href=08STRELSAU123.html#par2 {title}>Ref A, para 2</a> &lt;tells&gt; &amp; 07 ZENDA 9 does not.",
        "see (<a href=08STRELSAU123.html>STRELSAU 123</a>)",  # the hint stands there once
        "see <a href=08STRELSAU123.html>REF A paragraph 9</a>",  # which it does not have
        "As in <a href=08STRELSAU123.html>STRELSAU 123</a> &amp; all.",
    ):
        assert words in page


def test_a_long_list_is_cut_by_time(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            f"{n}.txt": telegram(n, dtg=f"{n:02d}1230Z {month} {year}")
            for n, (month, year) in enumerate([("JAN", "07")] * 12 + [("FEB", "08")] * 3, start=1)
        },
    )
    build(tmp_path, Settings(rows_per_page=10))
    overview = read_page(tmp_path / "site/tag/PGOV.html")
    assert {"PGOV/2007.html", "PGOV/2008.html"} <= set(overview.links)
    assert "PGOV/2007-01.html" in {
        link.rpartition("../")[2] for link in read_page(tmp_path / "site/tag/PGOV/2007.html").links
    } | {f"PGOV/{link}" for link in read_page(tmp_path / "site/tag/PGOV/2007.html").links}
    assert list(broken_links(tmp_path / "site")) == []


def test_the_404_page_stands_alone(tmp_path: Path) -> None:
    page_of(tmp_path, telegram())
    assert read_page(tmp_path / "site/404.html").links == []
    build(tmp_path, Settings(site_url="https://a.example/b/"))
    links = read_page(tmp_path / "site/404.html").links
    assert links
    assert all(link.startswith("https://a.example/b/") for link in links)


def test_a_full_address_makes_canonical_links(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"a.txt": telegram()})
    build(tmp_path, Settings(site_url="https://a.example/b/"))
    assert (
        "https://a.example/b/cable/2008/02/08STRELSAU123.html"
        in read_page(tmp_path / "site/cable/2008/02/08STRELSAU123.html").links
    )
    assert "https://a.example/b/" in read_page(tmp_path / "site/index.html").links


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "{% block main %}{{ page.subjcet }}{% endblock %}",
            "cable.html:1: a CablePage has no .subjcet.; did you mean .subject.",
        ),
        ("{{ frmae.title }}", "cable.html:1: .*frmae.*did you mean 'frame'"),
        ("line\n{% if %}", "cable.html:2: "),
        ("{% extends 'nothing.html' %}", "cable.html:1: no template 'nothing.html'"),
        ("line\n{{ 1 / 0 }}", "cable.html:2: ZeroDivisionError: division by zero"),
        ("{{ page.subject + 1 }}", "cable.html:1: TypeError: "),
        (b"\xff", "cable.html: .*not UTF-8"),
        ("{% include 'parts/mine.html' %}", "parts/mine.html:3: .*frmae.*did you mean 'frame'"),
    ],
)
def test_a_broken_template_is_told_with_its_line_and_the_nearest_name(
    tmp_path: Path, template: str | bytes, said: str
) -> None:
    write_files(
        tmp_path,
        {
            "content/a.txt": telegram(),
            "templates/cable.html": template,
            "templates/parts/mine.html": "a\nb\n{{ frmae }}",
        },
    )
    with pytest.raises(TemplateProblem, match=said) as caught:
        build(tmp_path)
    if caught.value.line is not None:
        assert caught.value.file == tmp_path / "templates" / caught.value.name


def test_a_telegram_quoted_in_a_page_is_coloured_as_one(tmp_path: Path) -> None:
    quoted = "# How to read\n\n```telegram\nTO SECSTATE WASHDC 1234\n```\n"
    write_files(tmp_path / "content", {"how.md": quoted})
    build(tmp_path)
    assert '<span class="nc">SECSTATE WASHDC</span>' in (tmp_path / "site/how.html").read_text("utf-8")
