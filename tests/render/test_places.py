"""The pages of countries and the map of posts, as whole sites have them and as a reader uses them."""

from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, telegram, write_files
from tabs import OpenTab

PLACES = ["country/KZ.html", "country/index.html", "country/by-count.html", "map.html"]

POSTS = """
[lexicon.posts]
STRELSAU = { name = "Embassy <b>Strelsau</b>", country = "QR", latitude = 47.6, longitude = 14.9 }
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    cables = [
        ("ASTANA", "PGOV KZ"),
        ("ASTANA", "ECON"),
        ("ALMATY", "PGOV"),
        ("TASHKENT", "KZ"),
        ("STRELSAU", "QQ"),
        ("ZENDA", "UZ"),
        ("ZENDA", "UZ"),
    ]
    write_files(
        folder / "content",
        {
            f"{n}.txt": telegram(n, post=post, tags=tags, dtg=f"{n:02d}1230Z FEB {3 + n:02d}")
            for n, (post, tags) in enumerate(cables, start=1)
        },
    )
    write_files(folder, {"cablepress.toml": POSTS})
    build(folder)
    return folder / "site"


@pytest.mark.parametrize("address", PLACES)
def test_a_page_of_places_is_valid(site: Path, address: str) -> None:
    html5lib.HTMLParser(strict=True).parse((site / address).read_bytes())


def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(broken_links(site)) == []


def test_a_country_gathers_its_posts_and_its_code(site: Path) -> None:
    page = read_page(site / "country/KZ.html")
    assert {
        "../origin/ASTANA.html", "../origin/ALMATY.html", "../tag/KZ.html", "../tag/ECON.html", "../date/2007.html", "../map.html",
    } <= set(page.links)  # fmt: skip
    assert "../origin/ZENDA.html" not in page.links
    assert "4 cables" in page.text
    newest = [link for link in page.links if link.startswith("../cable/")]
    assert newest[0] == "../cable/2007/02/07TASHKENT4.html"
    assert len(newest) == 4


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ("country/index.html", ["KZ.html", "QR.html", "UZ.html"]),
        ("country/by-count.html", ["KZ.html", "UZ.html", "QR.html"]),
    ],
)
def test_the_countries_are_listed_by_name_and_by_number(site: Path, address: str, order: list[str]) -> None:
    links = read_page(site / address).links
    assert [link for link in links if link.endswith(".html") and link[0].isupper()] == order
    text = (site / address).read_text("utf-8")
    assert f'<a href="{address.rpartition("/")[2]}" aria-current=page>' in text


def test_the_map_and_the_list_below_it_have_the_same_posts(site: Path) -> None:
    links = [link for link in read_page(site / "map.html").links if link.startswith("origin/")]
    links.remove("origin/index.html")
    placed = ["ALMATY", "ASTANA", "STRELSAU", "TASHKENT"]
    assert sorted(links) == sorted([f"origin/{post}.html" for post in [*placed, *placed, "ZENDA"]])
    text = (site / "map.html").read_text("utf-8")
    assert 'aria-label="Embassy Astana: 2 cables"' in text
    assert 'aria-label="Embassy &lt;b&gt;Strelsau&lt;/b&gt;: 1 cable"' in text


def test_an_archive_that_no_table_can_place_has_no_picture_and_says_so(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"a.txt": telegram(post="ZENDA")})
    build(tmp_path)
    text = (tmp_path / "site/map.html").read_text("utf-8")
    assert "<svg" not in text
    assert "No table knows where" in text
    assert "origin/ZENDA.html" in text
    assert "This archive has none yet." in (tmp_path / "site/country/index.html").read_text("utf-8")


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("width", [320, 700])
def test_nothing_scrolls_sideways(tab: OpenTab, site: Path, address: str, width: int) -> None:
    page = tab(viewport={"width": width, "height": 700})
    page.goto((site / address).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_goes_from_the_map_to_a_post_by_keyboard_without_javascript(
    tab: OpenTab, site: Path
) -> None:
    page = tab(java_script_enabled=False, viewport={"width": 1000, "height": 700})
    page.goto((site / "map.html").as_uri())
    mark = page.get_by_role("link", name="Embassy Tashkent: 1 cable")
    circle = mark.locator("circle").last
    before = circle.screenshot()
    mark.focus()
    assert circle.screenshot() != before
    page.keyboard.press("Enter")
    page.wait_for_url("**/origin/TASHKENT.html")


def test_a_circle_can_be_hit_beside_its_middle(tab: OpenTab, site: Path) -> None:
    page = tab(viewport={"width": 1000, "height": 700})
    page.goto((site / "map.html").as_uri())
    box = page.get_by_role("link", name="Embassy Astana: 2 cables").locator("circle").last.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2 + 9, box["y"] + box["height"] / 2)
    page.wait_for_url("**/origin/ASTANA.html")
