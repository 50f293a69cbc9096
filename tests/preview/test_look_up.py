import os
from pathlib import Path

import pytest
from site_tools import write_files

from generator.preview.look_up import BadAddressError, Found, look_up


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    write_files(
        site,
        {
            "index.html": "home",
            "tag/index.html": "tags",
            "tag/%41.html": "an odd name",
            "tag/Ünder score+&=.html": "another",
            "empty/x.txt": "",
            ".nojekyll": "",
            ".git/config": "hidden",
            "a\nb.html": "",
        },
    )
    write_files(tmp_path, {"secret.txt": "secret", "site-2/secret.txt": "secret"})
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "out").symlink_to(tmp_path)
    (site / "up").symlink_to("..")
    (site / "in.html").symlink_to("index.html")
    (site / "loop").symlink_to("loop")
    (site / "nowhere").symlink_to("nothing")
    os.mkfifo(site / "pipe")
    return site


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("/", "index.html"),
        ("/?q=a/../b#x", "index.html"),
        ("/index.html", "index.html"),
        ("/tag/", "tag/index.html"),
        ("/%74ag/index%2Ehtml", "tag/index.html"),
        ("/tag/%2541.html", "tag/%41.html"),  # decoded once, never twice
        ("/tag/%C3%9Cnder%20score+&=.html", "tag/Ünder score+&=.html"),
        ("/in.html", "index.html"),  # a link that stays in the site
    ],
)
def test_an_address_leads_to_its_file(site: Path, target: str, file: str) -> None:
    assert look_up(site, target) == Found(file=(site / file).resolve())


@pytest.mark.parametrize(
    ("target", "location"), [("/tag", "/tag/"), ("/%74ag?q=1", "/tag/?q=1"), ("/empty", "/empty/")]
)
def test_a_folder_wants_its_slash(site: Path, target: str, location: str) -> None:
    assert look_up(site, target) == Found(location=location)


@pytest.mark.parametrize(
    "target",
    [
        "/nothing.html", "/index.html/", "/empty/", "/tag//index.html", "//tag/index.html", "/index.html%20", "/tag/A.html",
        "/.nojekyll", "/.git/config", "/%2Egit/config", "/.../index.html", "/..%20/secret.txt",
        "/out.txt", "/out/secret.txt", "/out", "/up/secret.txt", "/out/site-2/secret.txt", "/out/", "/loop", "/nowhere", "/pipe",
        "/C:/secret.txt", "/C:%3A", "/~root", "/" + "x" * 5000, "/x" * 3000, "/%E2%80%A5/secret.txt", "/%EF%BC%8E%EF%BC%8E/secret.txt",
    ],
)  # fmt: skip
def test_nothing_stands_there(site: Path, target: str) -> None:
    assert look_up(site, target) is None


@pytest.mark.parametrize(
    "target",
    [
        "", "index.html", "*", "http://127.0.0.1/index.html", "?/", "#/",
        "/../secret.txt", "/tag/../index.html", "/tag/..", "/./index.html", "/..", "/.", "/../site-2/secret.txt",
        "/%2e%2e/secret.txt", "/%2E./secret.txt", "/.%2e/secret.txt", "/tag/%2e%2e/%2e%2e/secret.txt", "/%2e/index.html",
        "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/tag%2Findex.html", "/%2f%2fetc/passwd",
        "/..\\secret.txt", "/..%5csecret.txt", "/%5C%5Chost%5Cshare", "/tag%5cindex.html",
        "/index.html%00", "/index.html%00.txt", "/%00", "/a%0Ab.html", "/a%0d%0aSet-Cookie:x", "/%7f", "/%1b%5b2J",
        "/%", "/%2", "/%zz", "/%u002e%u002e/secret.txt", "/%-2e/", "/100%/", "/%2 e",
        "/%ff", "/%c0%ae%c0%ae/secret.txt", "/%e0%80%ae/", "/%c3%28", "/%ed%a0%80", "/%f8%88%80%80%ae/", "/%DCnder",
        "/\xdcnder.html", "/a b", "/a\tb", "/a\r\nb", "/\x00",
    ],
)  # fmt: skip
def test_an_address_that_no_browser_sends_is_refused(site: Path, target: str) -> None:
    with pytest.raises(BadAddressError):
        look_up(site, target)


def test_a_site_behind_a_link_is_served(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    assert look_up(tmp_path / "link", "/") == Found(file=(site / "index.html").resolve())
    assert look_up(tmp_path / "link", "/out.txt") is None


def test_of_a_site_that_is_not_there_nothing_is_served(tmp_path: Path) -> None:
    assert look_up(tmp_path / "site", "/") is None
