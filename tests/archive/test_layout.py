"""Where each page of a split archive stands: in which part, and how one part leads to another."""

from typing import get_args

import pytest

from generator.archive.layout import SPLITS, Layout, Split, default_part_url
from generator.settings.publish import SPLITS as SPLITS_OF_SETTINGS

SITE = "https://example.github.io/cables/"


def layout(split: Split, site: str = SITE, parts: str = "") -> Layout:
    return Layout(split=split, portal_url=site, part_url=parts or default_part_url(site))


def test_settings_know_every_way_to_split() -> None:
    assert SPLITS == SPLITS_OF_SETTINGS == get_args(Split)


@pytest.mark.parametrize(
    ("address", "year", "decade", "origin"),
    [
        ("cable/1974/05/74STRELSAU1873.html", "1974", "1970s", "strelsau"),
        ("cable/1974/05/74STRELSAU1873-0a1b2c.html", "1974", "1970s", "strelsau"),  # of two with one id
        ("cable/2008/11/08CON5.html", "2008", "2000s", "con-post"),  # Windows has no folder of that name
        ("cable/2008/11/notes_2F=memo.html", "2008", "2000s", ""),  # a cable without an id
        ("cable/undated/08STRELSAU1.html", "", "", "strelsau"),
        ("cable/withheld/08STRELSAU1.html", "", "", "strelsau"),
        ("date/1974.html", "1974", "1970s", ""),
        ("date/1974-05.html", "1974", "1970s", ""),
        ("date/undated.html", "", "", ""),
        ("date/index.html", "", "", ""),
        ("tag/PGOV.html", "", "", ""),
        ("tag/PGOV/1974.html", "1974", "1970s", ""),
        ("tag/PGOV/1974-05.html", "1974", "1970s", ""),
        ("tag/PGOV/undated.html", "", "", ""),
        ("classification/SECRET/1999-12.html", "1999", "1990s", ""),
        ("origin/STRELSAU.html", "", "", "strelsau"),
        ("origin/STRELSAU/1974.html", "1974", "1970s", "strelsau"),
        ("origin/STRELSAU/undated.html", "", "", "strelsau"),
        ("origin/CO_4E.html", "", "", "con-post"),  # the post CON
        ("origin/PORT_20X.html", "", "", ""),  # no post of an id
        ("origin/STRELSAU.xml", "", "", ""),  # feeds are the portal's
        ("origin/index.html", "", "", ""),
        ("origin/by-count.html", "", "", ""),
        ("data/cables-1974.csv", "1974", "1970s", ""),
        ("data/cables-1974-05.jsonl", "1974", "1970s", ""),
        ("data/cables-undated.csv", "", "", ""),
        ("data/cables.csv", "", "", ""),
        ("data/index.html", "", "", ""),
        ("sitemap-1974.xml", "1974", "1970s", ""),
        ("sitemap-tag.xml", "", "", ""),
        ("day/11-03.html", "", "", ""),
        ("thread/74STRELSAU1873.html", "", "", ""),
        ("country/KZ.html", "", "", ""),
        ("index.html", "", "", ""),
        ("essays/cable/1974/05/x.html", "", "", ""),  # what someone wrote
        ("cable/1974/05/deeper/x.html", "", "", ""),
    ],
)
def test_the_part_of_a_page_is_told_by_its_address(address: str, year: str, decade: str, origin: str) -> None:
    ways: tuple[Split, ...] = ("year", "decade", "origin")
    assert [layout(split).part_of(address) for split in ways] == [year, decade, origin]


@pytest.mark.parametrize(
    ("site", "parts", "url", "folder", "portal", "link"),
    [
        # Beside the portal: links need no host.
        (SITE, "", "https://example.github.io/cables-1970s/", "cables-1970s", "cables", "../../cables-1970s/date/1974.html"),
        ("https://h/a/b/", "https://h/a/{part}-of-b/", "https://h/a/1970s-of-b/", "1970s-of-b", "b", "../../1970s-of-b/date/1974.html"),
        # On hosts of their own, above the portal, below it: full addresses.
        ("https://h/", "https://{part}.h/", "https://1970s.h/", "1970s", "portal", "https://1970s.h/date/1974.html"),
        ("https://h/a/b/", "https://h/{part}/", "https://h/1970s/", "1970s", "portal", "https://h/1970s/date/1974.html"),
        ("https://h/a/", "https://h/a/{part}/", "https://h/a/1970s/", "1970s", "portal", "https://h/a/1970s/date/1974.html"),
        ("https://h/a/", "https://h/{part}/a/", "https://h/1970s/a/", "1970s", "portal", "https://h/1970s/a/date/1974.html"),
        ("https://h/a/", "http://h/a-{part}/", "http://h/a-1970s/", "1970s", "portal", "http://h/a-1970s/date/1974.html"),
    ],
)  # fmt: skip
def test_parts_have_addresses_and_folders(
    site: str, parts: str, url: str, folder: str, portal: str, link: str
) -> None:
    split = layout("decade", site, parts)
    assert split.url_of("1970s") == url
    assert (split.folder_of("1970s"), split.folder_of("")) == (folder, portal)
    assert split.link("tag/PGOV.html", "1970s", "date/1974.html") == link
    assert split.public("date/1974.html") == f"{url}date/1974.html"
    assert split.public("index.html") == site
    assert split.public("tag/PGOV.html") == f"{site}tag/PGOV.html"


def test_a_portal_without_a_folder_has_nothing_beside_it() -> None:
    assert default_part_url("https://cables.example.org/") == ""


@pytest.mark.parametrize(
    ("site", "parts", "post"),
    [
        ("https://h/", "https://{part}.h/", "PORTAL"),
        ("https://h/zenda/", "https://h/{part}/", "ZENDA"),
        ("https://h/cables-zenda/", "https://h/cables-{part}/", "ZENDA"),
    ],
)
def test_no_part_has_the_folder_of_the_portal(site: str, parts: str, post: str) -> None:
    split = layout("origin", site, parts)
    assert split.part_of(f"cable/2008/11/08{post}1.html") == ""
    assert split.part_of("cable/2008/11/08STRELSAU1.html") == "strelsau"


@pytest.mark.parametrize(
    ("address", "is_everywhere"),
    [
        ("assets/cablepress.css", True),
        ("reading-list.html", True),
        ("humans.txt", True),
        ("search.html", False),
        ("index.html", False),
        ("search/words.js", False),
    ],
)
def test_what_is_about_nothing_is_in_every_part(address: str, *, is_everywhere: bool) -> None:
    assert layout("year").is_everywhere(address) is is_everywhere
