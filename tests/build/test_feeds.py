"""Feeds, the sitemap, what robots and humans are told, and old addresses: of small sites, built and built again."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hostile.cables import hostile_cable
from hostile.vectors import VECTORS
from render.atom import entries, faults
from site_tools import broken_links, build, catalogue_of, cleared, snapshot, telegram, write_files

from generator.archive.feeds import WITH_FEEDS, lists_with_feeds
from generator.build.report import BuildReport
from generator.intake.decode import decode_entities
from generator.leaks import Secret, SecretSearch, scan_site
from generator.lexicon import Post, TagMeaning, builtin_lexicon
from generator.render import maps
from generator.render.feeds import make_list_feed
from generator.render.xml import xml_text
from generator.settings import Settings
from generator.settings.feeds import FeedSettings
from generator.telegram.parse import parse_cable

URL = "https://example.org/cables/"
SEARCHED = f'site_url = "{URL}"\n'
SETTINGS = f"{SEARCHED}search.enabled = false\n"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def with_front(front: str, text: str) -> str:
    return f"---\n{front}\n---\n{text}"


def site_of(project: Path, files: dict[str, str], settings: str = SETTINGS) -> BuildReport:
    """Build a site of some files of content/."""
    write_files(project, {"cablepress.toml": settings})
    write_files(project / "content", files)
    return build(project)


def read(project: Path, address: str) -> bytes:
    return (project / "site" / address).read_bytes()


def titles(project: Path, address: str = "feed.xml") -> list[str]:
    return [title.partition(":")[0] for title, _ in entries(read(project, address))]


def locations(project: Path, address: str = "sitemap.xml") -> list[str]:
    """The addresses that a file of the sitemap lists, below the site's."""
    root = ET.fromstring(read(project, address))
    found = [location.text or "" for location in root.iter(f"{SITEMAP}loc")]
    assert all(location.startswith(URL) for location in found)
    return [location.removeprefix(URL) for location in found]


def told(report: BuildReport) -> dict[str, str]:
    """What was said of addresses, by code, with its place."""
    return {
        group.code: f"{group.example.location}: {group.example.message}"
        for group in report.problems
        if group.code.startswith(("alias", "released"))
    }


CABLES = {
    f"08STRELSAU{n}.txt": telegram(n, dtg=f"{n:02d}1230Z FEB 08", tags="PGOV" if n % 2 else "ECON")
    for n in range(1, 5)
}


# Feeds


def test_a_feed_holds_what_came_last_by_the_day_it_came_out_else_by_the_day_it_was_sent(
    tmp_path: Path,
) -> None:
    site_of(
        tmp_path,
        CABLES
        | {
            "a.txt": with_front("released: 2011-08-30 01:44", telegram(9, dtg="010000Z JAN 75")),
            "b.txt": with_front("released: 2010-12-01T23Z", telegram(10, dtg="010000Z JAN 76")),
            "undated.txt": "No telegram at all.\n",
        },
    )
    assert list(faults(read(tmp_path, "feed.xml"))) == []
    assert [moment for _, moment in entries(read(tmp_path, "feed.xml"))][:3] == [
        "2011-08-30T01:44:00Z",
        "2010-12-01T23:00:00Z",
        "2008-02-04T12:30:00Z",
    ]
    ids = ["75STRELSAU9", "76STRELSAU10", *(f"08STRELSAU{n}" for n in (4, 3, 2, 1))]
    assert titles(tmp_path) == ids


def test_an_entry_says_who_sent_what_on_which_day_and_where_it_is(tmp_path: Path) -> None:
    site_of(tmp_path, {"a.txt": telegram(1, post="KYIV", tags="PGOV KZ", subject="SNOW & <ICE>")})
    (entry,) = re.findall(r"<entry>.*</entry>", read(tmp_path, "feed.xml").decode(), re.DOTALL)
    assert entry.splitlines() == [
        "<entry>",
        f"<id>{URL}cable/2008/02/08KYIV1.html</id>",
        "<title>08KYIV1: SNOW &amp; &lt;ICE&gt;</title>",
        "<updated>2008-02-14T12:30:00Z</updated>",
        f'<link rel="alternate" type="text/html" href="{URL}cable/2008/02/08KYIV1.html"/>',
        "<author><name>Embassy Kyiv</name></author>",
        f'<category term="KZ" scheme="{URL}tag/" label="Kazakhstan"/>',
        f'<category term="PGOV" scheme="{URL}tag/" label="Internal Governmental Affairs"/>',
        "<summary>Sent 14 February 2008. UNCLASSIFIED. It snowed.</summary>",
        "</entry>",
    ]


def test_tags_and_origins_of_enough_cables_have_feeds_and_their_pages_name_them(tmp_path: Path) -> None:
    cables = CABLES | {"z.txt": telegram(1, post="ZENDA", tags="UNGA/C-1")}
    site_of(tmp_path, cables, SETTINGS + "[feeds]\nfewest = 2\nentries = 1\n")
    feeds = {name for name in snapshot(tmp_path / "site") if name.endswith(".xml")}
    assert feeds == {"feed.xml", "sitemap.xml", "tag/PGOV.xml", "tag/ECON.xml", "origin/STRELSAU.xml"}
    assert titles(tmp_path, "tag/ECON.xml") == ["08STRELSAU4"]
    for page, feed in (("tag/ECON.html", "ECON.xml"), ("index.html", "feed.xml"), ("feeds.html", "feed.xml")):
        assert 'type=application/atom+xml title="' in read(tmp_path, page).decode()
        assert f'href="{feed}"' in read(tmp_path, page).decode()
    for page in ("origin/ZENDA.html", "tag/index.html", "cable/2008/02/08STRELSAU1.html"):
        assert "atom" not in read(tmp_path, page).decode()
    assert list(broken_links(tmp_path / "site")) == []


def test_without_an_address_of_the_site_there_are_no_feeds_and_no_sitemap_and_it_is_said_once(
    tmp_path: Path,
) -> None:
    report = site_of(tmp_path, CABLES, "")
    assert report.left_out == "feeds and a sitemap"
    assert report.problems == ()
    assert not [name for name in snapshot(tmp_path / "site") if name.endswith(".xml")]
    assert not (tmp_path / "site/feeds.html").exists()
    assert read(tmp_path, "robots.txt") == b"User-agent: *\nDisallow: /search/\n"


@pytest.mark.parametrize("settings", ["[feeds]\nenabled = false\n", '[robots]\nnoindex = ["cable"]\n'])
def test_feeds_can_be_left_out(tmp_path: Path, settings: str) -> None:
    site_of(tmp_path, CABLES, SETTINGS + settings)
    assert [name for name in snapshot(tmp_path / "site") if name.endswith(".xml")] == ["sitemap.xml"]
    assert "feed" not in read(tmp_path, "index.html").decode()


def test_every_feed_of_hostile_cables_is_a_feed() -> None:
    words = "".join(VECTORS[::7]) + "]]>\ud800\x00\x1f\ufffe&#0;"
    lexicon = builtin_lexicon().with_additions(
        tags=(TagMeaning(code="PGOV", kind="subject", name=words),),
        posts=(Post(key="STRELSAU", name=words, kind="embassy"),),
    )
    settings = Settings(title=words, description=words, site_url=URL, feeds=FeedSettings(entries=1000))
    cables = (
        parse_cable(decode_entities(hostile_cable(seed))[0], source=f"c{seed}.txt") for seed in range(1000)
    )
    catalogue = catalogue_of(cleared(cable, path=cable.source) for cable in cables)
    lists = [of for _, of in lists_with_feeds(catalogue.db, WITH_FEEDS, fewest=1)]
    assert len(lists) > 800
    told_of: set[str] = set()
    for number, of in enumerate(lists):
        feed = make_list_feed(of, catalogue, lexicon, settings).encode()
        titles = ET.fromstring(feed).iterfind("{*}entry/{*}title")
        told_of.update(title.text or "" for title in titles)
        if number % 20 == 0:  # hostile words of TAGS lines are all alike
            assert list(faults(feed)) == [], of
    assert len(told_of) > 800


# The sitemap


def test_the_sitemap_lists_every_page_once_but_those_that_nobody_looks_for(tmp_path: Path) -> None:
    site_of(tmp_path, CABLES | {"about.md": with_front("aliases: /old.html", "# About\n")}, SEARCHED)
    listed = locations(tmp_path)
    assert len(set(listed)) == len(listed)
    assert listed[:1] == ["about.html"]
    pages = {name for name in snapshot(tmp_path / "site") if name.endswith(".html")}
    assert {re.sub(r"(^|/)$", r"\1index.html", address) for address in listed} == pages - {
        "404.html",
        "old.html",
        "reading-list.html",
        "search.html",
    }


def test_a_sitemap_that_is_too_long_is_cut_by_kind_and_time_and_a_cable_more_changes_one_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST_ADDRESSES", 4)
    months = ("JAN", "FEB", "MAR")
    cables = {f"{n}.txt": telegram(n, dtg=f"0{n}1230Z {months[n % 3]} 08") for n in range(1, 7)}
    cables |= {"7.txt": telegram(7, dtg="010000Z JAN 75"), "text.txt": "No telegram.\n"}
    cables |= {f"8{n}.txt": telegram(80 + n, dtg=f"0{n}1230Z APR 07") for n in range(1, 6)}
    site_of(tmp_path, cables)
    parts = locations(tmp_path)
    assert parts == sorted(parts)
    assert {part for part in parts if part[8:9].isdigit() or "undated" in part} == {
        *("sitemap-1975.xml", "sitemap-2008-01.xml", "sitemap-2008-02.xml", "sitemap-2008-03.xml"),
        *("sitemap-2007-04-07.xml", "sitemap-undated.xml"),
    }
    every = [address for part in parts for address in locations(tmp_path, part)]
    assert len(set(every)) == len(every)
    assert all(locations(tmp_path, part) for part in parts)
    before = {name: data for name, data in snapshot(tmp_path / "site").items() if name.startswith("sitemap")}
    site_of(tmp_path, {"9.txt": telegram(9, dtg="091230Z FEB 08")})
    after = {name: data for name, data in snapshot(tmp_path / "site").items() if name.startswith("sitemap")}
    assert {name for name in after if before.get(name) != after[name]} == {"sitemap-2008-02.xml"}
    monkeypatch.undo()
    site_of(tmp_path, {"10.txt": telegram(10)})
    assert [name for name in snapshot(tmp_path / "site") if name.startswith("sitemap")] == ["sitemap.xml"]


# What search engines are asked


def noindexed(project: Path) -> set[str]:
    """The pages that say that they are not to be listed."""
    pages = snapshot(project / "site").items()
    return {
        name
        for name, data in pages
        if name.endswith(".html") and b"<meta name=robots content=noindex>" in data
    }


def test_what_is_not_to_be_listed_says_so_and_stands_in_no_feed_and_no_sitemap(tmp_path: Path) -> None:
    kept = {
        "k.txt": with_front("noindex: true", telegram(9)),
        "n.txt": with_front("noindex: no", telegram(8)),
        "about.md": with_front("noindex: yes", "# About\n"),
    }
    site_of(tmp_path, CABLES | kept)
    assert noindexed(tmp_path) == {"about.html", "cable/2008/02/08STRELSAU9.html"}
    assert "08STRELSAU9" not in titles(tmp_path)
    assert "08STRELSAU8" in titles(tmp_path)
    assert set(locations(tmp_path)).isdisjoint(noindexed(tmp_path))
    site_of(tmp_path, {"k.txt": telegram(9), "about.md": "# About\n"})
    assert noindexed(tmp_path) == set()
    assert "08STRELSAU9" in titles(tmp_path)
    assert {"about.html", "cable/2008/02/08STRELSAU9.html"} <= set(locations(tmp_path))


def test_kinds_of_pages_can_be_kept_from_search_engines(tmp_path: Path) -> None:
    site_of(tmp_path, CABLES | {"about.md": "# About\n"}, SETTINGS + '[robots]\nnoindex = ["date", "page"]\n')
    assert noindexed(tmp_path) == {"about.html", "date/2008-02.html", "date/2008.html", "date/index.html"}
    assert not [address for address in locations(tmp_path) if address.startswith(("date/", "about"))]


def test_a_whole_site_can_be_kept_from_search_engines_which_are_let_in_to_read_it(tmp_path: Path) -> None:
    site_of(tmp_path, CABLES, SEARCHED + "[robots]\nnoindex = true\n")
    site = snapshot(tmp_path / "site")
    pages = {name for name in site if name.endswith(".html")}
    assert noindexed(tmp_path) == pages - {"404.html"}
    assert b'<meta name="robots" content="noindex">' in site["404.html"]
    assert site["robots.txt"] == b"User-agent: *\nDisallow: /cables/search/\n"
    assert not [name for name in site if name.endswith(".xml")]


def test_robots_find_the_sitemap_and_humans_the_publisher(tmp_path: Path) -> None:
    site_of(tmp_path, CABLES, SETTINGS + 'title = "Salt"\ndescription = "Of the road."\n')
    assert read(tmp_path, "robots.txt").decode() == f"User-agent: *\nDisallow:\n\nSitemap: {URL}sitemap.xml\n"
    assert read(tmp_path, "humans.txt").decode().splitlines() == [
        "/* SITE */",
        "Name: Salt",
        "About: Of the road.",
        f"Address: {URL}",
        f"Feeds: {URL}feeds.html",
        "Language: en",
        "Made with: cablepress",
    ]


# Old addresses


def test_an_alias_leads_to_its_cable_or_page_without_javascript(tmp_path: Path) -> None:
    site_of(
        tmp_path,
        {
            "a.txt": with_front(
                "aliases: [/old/a.html, wiki/Salt_Road, /b/, /cable/08STRELSAU1.html]", telegram(1)
            ),
            "about.md": with_front("aliases: /about-us.html", "# About <us>\n"),
            "index.md": with_front("aliases: /home.html", "Welcome.\n"),
        },
    )
    way = "../cable/2008/02/08STRELSAU1.html"
    for address, href, name in (
        ("old/a.html", way, "08STRELSAU1"),
        ("wiki/Salt_Road/index.html", f"../{way}", "08STRELSAU1"),
        ("b/index.html", way, "08STRELSAU1"),
        ("cable/08STRELSAU1.html", "2008/02/08STRELSAU1.html", "08STRELSAU1"),
        ("about-us.html", "about.html", "About &lt;us&gt;"),
        ("home.html", "index.html", ""),
    ):
        page = read(tmp_path, address).decode()
        assert f'<meta http-equiv=refresh content="0; url={href}">' in page
        assert f'<a href="{href}">{name}' in page
    assert f'<link rel=canonical href="{URL}cable/2008/02/08STRELSAU1.html">' in page_of(
        tmp_path, "old/a.html"
    )
    assert list(broken_links(tmp_path / "site")) == []


def page_of(project: Path, address: str) -> str:
    return read(project, address).decode()


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"b.txt": telegram(2)}, "cable/2008/02/08STRELSAU2.html"),
        ({"b.txt": telegram(2)}, "cable/2008/02/08strelsau2.html"),
        ({"old/x.md": "# X\n"}, "old/x.html"),
        ({"old/x.md": "# X\n"}, "Old/X.html"),
        ({"old": "a file"}, "old/x.html"),
        ({"old.html/x.md": "# X\n"}, "old.html"),
        ({"A.txt": with_front("aliases: /old/x.html", telegram(2))}, "OLD/x.html"),
    ],
)
def test_an_alias_takes_nobody_s_place(tmp_path: Path, files: dict[str, str], place: str) -> None:
    report = site_of(tmp_path, files)
    before = {name: data for name, data in snapshot(tmp_path / "site").items() if "old" in name.lower()}
    report = site_of(tmp_path, {"a.txt": with_front(f"noindex: no\naliases:\n- /{place}", telegram(1))})
    after = {name: data for name, data in snapshot(tmp_path / "site").items() if "old" in name.lower()}
    assert after == before
    assert re.fullmatch(
        rf"a\.txt:4: the alias /{place} is the address of (a|another) \w+.*", told(report)["alias-taken"]
    )


def test_an_alias_has_its_place_as_soon_as_nothing_else_has(tmp_path: Path) -> None:
    place = "old/x.html"
    site_of(tmp_path, {"old/x.md": "# X\n", "a.txt": with_front(f"aliases: /{place}", telegram(1))})
    assert b"http-equiv=refresh" not in read(tmp_path, place)
    (tmp_path / "content/old/x.md").unlink()
    report = site_of(tmp_path, {})
    assert told(report) == {}
    assert b"http-equiv=refresh" in read(tmp_path, place)


@pytest.mark.parametrize(
    "written",
    [
        "/../x.html",
        "//other.example/x.html",
        "https://other.example/x.html",
        "/x/%2e%2e/y.html",
        "/tag/X.html",
        "/index.html",
    ],
)
def test_what_is_no_alias_is_told_with_its_line_and_leads_nowhere(tmp_path: Path, written: str) -> None:
    report = site_of(tmp_path, {"a.txt": with_front(f"aliases:\n - /good.html\n - {written}", telegram(1))})
    assert told(report)["alias-unfit"].startswith("a.txt:4: ")
    assert (tmp_path / "site/good.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".cablepress",
        "cablepress.toml",
        "content",
        "site",
    ]
    redirects = [name for name, data in snapshot(tmp_path / "site").items() if b"http-equiv=refresh" in data]
    assert redirects == ["good.html"]


def test_a_cable_of_a_post_with_two_names_is_reached_by_both_of_its_ids(tmp_path: Path) -> None:
    site_of(tmp_path, {"a.txt": telegram(12, post="KIEV")})
    assert "08KIEV12.html" in page_of(tmp_path, "cable/2008/02/08KYIV12.html")
    site_of(tmp_path, {"b.txt": telegram(12, post="KYIV", subject="ANOTHER")})
    assert "ANOTHER" in page_of(tmp_path, "cable/2008/02/08KYIV12.html")
    (tmp_path / "content/b.txt").unlink()
    site_of(tmp_path, {}, SETTINGS + "[redirects]\nother_names = false\n")
    assert not (tmp_path / "site/cable/2008/02/08KYIV12.html").exists()


# Nothing leaks


def test_what_is_withheld_or_redacted_stands_in_no_feed_no_map_and_no_alias(tmp_path: Path) -> None:
    ledger = '[[withhold]]\ncable = "08STRELSAU77"\nshow = "card"\n\n[[redact]]\nterm = "Sapt"\n\n[[redact]]\nterm = "KYIV"\n'
    site_of(
        tmp_path,
        CABLES
        | {
            "release.toml": ledger,
            "s.txt": with_front("draft: true\naliases: /tarlenheim.html", telegram(66, subject="TARLENHEIM")),
            "w.txt": with_front("aliases: /hentzau.html", telegram(77, subject="HENTZAU")),
            "r.txt": with_front(
                "aliases: [/mr-sapt.html, /S%61pt.html, /fine.html]", telegram(78, subject="COL. SAPT")
            ),
            "o.txt": with_front("redact: Rupert\naliases: /rupert.html", telegram(79, subject="RUPERT")),
            "p.md": with_front("aliases: /sapt/", "# Page\n"),
            "k.txt": telegram(80, post="KIEV"),
        },
    )
    site = tmp_path / "site"
    terms = ("Sapt", "Hentzau", "Tarlenheim", "Rupert")
    secrets = [Secret(text=term, kind="term", why=term) for term in terms]
    assert scan_site(site, SecretSearch(secrets)).leaks == ()
    assert (site / "fine.html").exists()
    assert not [name for name in snapshot(site) if "KYIV" in name]
    ids = [Secret(text=f"08STRELSAU{n}", kind="id", why=str(n)) for n in (66, 77)]
    # The manifest has the names of all files, that of a card too.
    maps = [
        leak.file
        for leak in scan_site(site, SecretSearch(ids)).leaks
        if leak.file.endswith((".xml", ".txt")) and leak.file != "manifest-sha256.txt"
    ]
    assert maps == []
    assert "08STRELSAU66" not in (site / "manifest-sha256.txt").read_text()
    assert "cable/withheld/08STRELSAU77.html" not in locations(tmp_path)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ((1, "It snowed.", "It snowed.\n\n2. (U) It thawed."), set()),
        ((1, "It snowed", "It thawed"), {"feed.xml", "tag/PGOV.xml", "origin/STRELSAU.xml"}),
        (
            (1, "TAGS: PGOV", "TAGS: ECON"),
            {"feed.xml", "tag/PGOV.xml", "tag/ECON.xml", "origin/STRELSAU.xml"},
        ),
        (
            (2, "021230Z FEB", "021230Z MAR"),
            {"feed.xml", "tag/ECON.xml", "origin/STRELSAU.xml", "sitemap.xml"},
        ),
    ],
    ids=["words of a paragraph", "the first words", "a TAGS code", "another month"],
)
def test_of_feeds_and_maps_no_more_is_written_than_the_edit_needs(
    tmp_path: Path, change: tuple[int, str, str], written: set[str]
) -> None:
    site_of(tmp_path, CABLES, SETTINGS + "[feeds]\nfewest = 1\n")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.xml")}
    number, old, new = change
    edited = CABLES[f"08STRELSAU{number}.txt"].replace(old, new)
    site_of(tmp_path, {f"08STRELSAU{number}.txt": edited}, SETTINGS + "[feeds]\nfewest = 1\n")
    changed = {path for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp}
    assert {path.relative_to(tmp_path / "site").as_posix() for path in changed} == written


@pytest.mark.parametrize(
    "text",
    [
        "]]>",
        "<a b='c' d=\"e\">&amp;</a>",
        "\x00\x01\x08\x0b\x0c\x1f\x7f\x85",
        "\ud800 \udfff",
        "\ufffe \uffff \ufdd0",
        "\u202ebackwards",
    ],
)
def test_any_text_is_text_in_xml(text: str) -> None:
    root = ET.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')
    assert root.text == root.get("b")
    kept = {letter for letter in text if letter.isprintable() and letter.isascii()}
    assert kept <= set(root.text or "")


COLLECTION = "kind: collection\ncables: [08STRELSAU1]\nquery: tag:ECON"


def test_a_collection_has_a_feed_of_its_cables(tmp_path: Path) -> None:
    site_of(tmp_path, CABLES | {"salt.md": with_front(COLLECTION, "# Salt\n")})
    assert list(faults(read(tmp_path, "salt.xml"))) == []
    assert titles(tmp_path, "salt.xml") == ["08STRELSAU4", "08STRELSAU2", "08STRELSAU1"]
    assert 'href="salt.xml"' in page_of(tmp_path, "salt.html")
    assert "Every collection has one, too." in page_of(tmp_path, "feeds.html")
    site_of(tmp_path, {"a.txt": telegram(9, tags="ECON"), "salt.md": with_front(COLLECTION, "# Snow\n")})
    assert titles(tmp_path, "salt.xml")[0] == "08STRELSAU9"
    assert "<title>Snow · Cable archive</title>" in page_of(tmp_path, "salt.xml")
    site_of(tmp_path, {"salt.md": with_front(f"{COLLECTION}\nfeed: no", "# Salt\n")})
    assert not (tmp_path / "site/salt.xml").exists()
    assert "atom" not in page_of(tmp_path, "salt.html")
