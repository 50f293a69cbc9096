"""What hosts of static sites read: `_headers` and `_redirects`, of small sites, built and built again."""

import html
import json
from pathlib import Path

import pytest
from host_files import Unread, headers_of, read_headers, read_redirects
from site_tools import broken_links, build, snapshot, telegram, write_files

from generator.archive import moves
from generator.build.report import BuildReport
from generator.leaks import Secret, SecretSearch, scan_site
from generator.render.frame import CONTENT_SECURITY_POLICY
from generator.render.hosts import make_headers
from generator.settings import Settings
from generator.settings.publish import PublishSettings

BOTH = "search.enabled = false\n[publish]\nheaders = true\nredirects = true\n"
CABLE = "/cable/2008/02/08STRELSAU1.html"


def site_of(project: Path, files: dict[str, str], settings: str = BOTH) -> BuildReport:
    """Build a site of some files of content/."""
    write_files(project, {"cablepress.toml": settings})
    write_files(project / "content", files)
    return build(project)


def aliased(aliases: str, number: int = 1) -> str:
    return f"---\naliases: {aliases}\n---\n{telegram(number)}"


def redirects(project: Path) -> dict[str, str]:
    """What `_redirects` says; nothing where there is none."""
    path = project / "site/_redirects"
    return read_redirects(path.read_text("utf-8")) if path.exists() else {}


def pages_that_lead_on(project: Path) -> set[str]:
    return {name for name, data in snapshot(project / "site").items() if b"http-equiv=refresh" in data}


def test_a_site_has_the_files_of_hosts_where_a_setting_asks(tmp_path: Path) -> None:
    files = {"a.txt": aliased("/old.html")}
    neither = "search.enabled = false\n"
    for settings, expected in (
        (neither, set()),
        (f"{neither}publish.headers = true\n", {"_headers"}),
        (f"{neither}publish.redirects = true\n", {"_redirects"}),
        (neither, set()),
    ):
        site_of(tmp_path, files, settings)
        site = snapshot(tmp_path / "site")
        assert {name for name in site if name.startswith("_")} == expected
        assert ("old.html" in site) is ("_redirects" not in expected)


def test_every_file_has_headers_and_none_is_said_twice(tmp_path: Path) -> None:
    settings = f'site_url = "https://example.org/"\n{BOTH}[data]\nsqlite = true\n'
    site_of(tmp_path, {"a.txt": telegram(1), "about.md": "# About\n"}, settings)
    site = snapshot(tmp_path / "site")
    rules = read_headers(site["_headers"].decode())
    said = {name: headers_of(rules, f"/{name}") for name in [*site, "", "tag/", "about"]}
    for name, headers in said.items():
        policy = headers.pop("Content-Security-Policy")
        assert policy == f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"
        assert not name.endswith(".html") or CONTENT_SECURITY_POLICY in html.unescape(site[name].decode())
        assert headers.pop("X-Content-Type-Options") == "nosniff"
        assert headers.pop("Referrer-Policy") == "same-origin"
        assert "camera=()" in headers.pop("Permissions-Policy")
    anyone = {"Access-Control-Allow-Origin": "*"}
    assert {
        name: headers for name, headers in said.items() if headers and not name.startswith("assets/")
    } == {
        "data/cables.csv": anyone | {"Content-Type": "text/csv; charset=utf-8"},
        "data/cables.jsonl": anyone | {"Content-Type": "application/jsonl; charset=utf-8"},
        "data/archive.sqlite": anyone | {"Content-Type": "application/vnd.sqlite3"},
        "data/datapackage.json": anyone,
        "data/index.html": anyone,
        "humans.txt": {"Content-Type": "text/plain; charset=utf-8"},
        "manifest-sha256.txt": {"Content-Type": "text/plain; charset=utf-8"},
    }
    assert said["assets/cablepress.css"] == {"Cache-Control": "public, max-age=600"}


def test_parts_of_a_split_archive_may_read_each_other_s_search_and_cables() -> None:
    publish = PublishSettings(headers=True, split="decade")
    rules = read_headers(make_headers(Settings(site_url="https://example.org/cables/", publish=publish)))
    for path, is_read in (
        ("search/start.js", True),
        (CABLE[1:], True),
        ("index.html", False),
        ("tag/PGOV.html", False),
    ):
        assert ("Access-Control-Allow-Origin" in headers_of(rules, f"/{path}")) is is_read


def test_old_addresses_stand_in_the_file_however_they_are_asked_for(tmp_path: Path) -> None:
    site_of(
        tmp_path,
        {
            "a.txt": aliased("[/old/a.html, wiki/Salt_Road, /b/, /cable/08STRELSAU1.html, /x+y=z~@/]"),
            "about.md": "---\naliases: /about-us.html\n---\n# About\n",
            "index.md": "---\naliases: /home.html\n---\nWelcome.\n",
            "k.txt": telegram(12, post="KIEV"),
        },
    )
    assert redirects(tmp_path) == {
        "/old/a.html": CABLE,
        "/cable/08STRELSAU1.html": CABLE,
        **{f"{folder}{end}": CABLE for folder in ("/wiki/Salt_Road", "/b", "/x+y=z~@") for end in ("", "/", "/index.html")},
        "/about-us.html": "/about.html",
        "/home.html": "/",
        "/cable/2008/02/08KYIV12.html": "/cable/2008/02/08KIEV12.html",
    }  # fmt: skip
    assert pages_that_lead_on(tmp_path) == set()
    assert list(broken_links(tmp_path / "site")) == []


@pytest.mark.parametrize(
    "beside",
    [
        {"wiki.md": "# Wiki\n"},
        {"b.txt": aliased("/wiki.html", 2)},
    ],
)
def test_no_page_is_hidden_where_a_host_drops_its_ending(tmp_path: Path, beside: dict[str, str]) -> None:
    """There 'wiki' is 'wiki.html', elsewhere 'wiki/'."""
    site_of(tmp_path, {"a.txt": aliased("/wiki/")})
    assert redirects(tmp_path) == {"/wiki": CABLE, "/wiki/": CABLE, "/wiki/index.html": CABLE}
    site_of(tmp_path, beside)
    assert {path for path, target in redirects(tmp_path).items() if target == CABLE} == {
        "/wiki/",
        "/wiki/index.html",
    }


def test_what_the_file_has_no_room_for_keeps_its_page_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moves, "MOST_LINES", 4)
    monkeypatch.setattr(moves, "LONGEST_LINE", 100)
    long = "long/" * 20
    report = site_of(
        tmp_path,
        {
            "a.txt": aliased(f"[/z.html, /b/, /{long}a.html]"),
            "k.txt": telegram(12, post="KIEV"),  # what nobody wrote comes last
        },
    )
    assert set(redirects(tmp_path)) == {"/b", "/b/", "/b/index.html", "/z.html"}
    assert pages_that_lead_on(tmp_path) == {f"{long}a.html", "cable/2008/02/08KYIV12.html"}
    (group,) = [group for group in report.problems if group.code == "redirects-many"]
    assert (group.severity, group.count) == ("info", 1)
    assert group.example.message.startswith(f"2 old addresses, /{long}a.html the first of them, ")
    monkeypatch.undo()
    report = site_of(tmp_path, {"a.txt": aliased("/z.html")})
    assert len(redirects(tmp_path)) == 2
    assert "redirects-many" not in {group.code for group in report.problems}


def test_nothing_that_someone_wrote_is_read_as_a_rule(tmp_path: Path) -> None:
    hostile = [
        "/a b.html",
        "/x#y.html",
        "/Grüße.html",
        "/*",
        "/:id.html",
        "/a\t/b 200.html",
        "/x.html\n/evil / 301",
    ]
    report = site_of(
        tmp_path,
        {
            "a.txt": aliased(json.dumps([*hostile, "/fine.html"])),
            "Grüße & *salt* :x #1.md": "---\naliases: /salt.html\n---\n# Salt\n/* 301\n",
        },
    )
    found = redirects(tmp_path)
    assert set(found) == {"/fine.html", "/salt.html"}
    assert (tmp_path / "site" / found["/salt.html"].removeprefix("/")).is_file()
    (group,) = [group for group in report.problems if group.code == "alias-unfit"]
    assert group.count == len(hostile)


def test_two_thousand_lines_are_read_and_no_more() -> None:
    lines = "".join(f"/{n}.html / 301\n" for n in range(moves.MOST_LINES))
    assert len(read_redirects(lines)) == 2000
    with pytest.raises(Unread):
        read_redirects(f"{lines}/x.html / 301\n")


@pytest.mark.parametrize("name", ["_headers", "_redirects", "_Redirects/x.html"])
def test_an_alias_takes_the_place_of_neither_file(tmp_path: Path, name: str) -> None:
    report = site_of(tmp_path, {"a.txt": aliased(f"[/{name}, /old.html]")})
    assert set(redirects(tmp_path)) == {"/old.html"}
    assert "alias-unfit" in {group.code for group in report.problems}


def test_what_is_withheld_or_redacted_stands_in_neither(tmp_path: Path) -> None:
    site_of(
        tmp_path,
        {
            "release.toml": '[[withhold]]\ncable = "08STRELSAU77"\nshow = "card"\n\n[[redact]]\nterm = "Sapt"\n',
            "w.txt": aliased("/hentzau.html", 77),
            "r.txt": aliased("[/mr-sapt.html, /fine.html]", 78),
        },
    )
    secrets = [Secret(text="Sapt", kind="term", why=""), Secret(text="Hentzau", kind="term", why="")]
    assert scan_site(tmp_path / "site", SecretSearch(secrets)).leaks == ()
    assert set(redirects(tmp_path)) == {"/fine.html"}
