import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from generator.archive.address import (
    asset_address,
    cable_address,
    facet_address,
    file_name,
    index_address,
    name_from_path,
    page_address,
    relative,
    shared_address,
)
from generator.telegram.cable import DatePrecision

SENT = datetime(2008, 11, 3, 8, 56, tzinfo=UTC)

# Letters whose case comes out longer or shorter, and whatever else Unicode has.
TEXTS = st.text(min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PGOV", "PGOV"),
        ("08ASTANA2165", "08ASTANA2165"),
        ("ZANU-PF", "ZANU-PF"),
        ("UNGA/C-1", "UNGA_2FC-1"),
        ("foo", "=foo"),
        ("FooBAR", "F=oo=BAR"),
        ("a1-B", "=a1-=B"),
        ("VUKAN, IVO", "VUKAN_2C_20IVO"),
        ("CON", "CO_4E"),
        ("COM1", "COM_31"),
        ("INDEX", "INDE_58"),
        ("BY-COUNT", "BY-COUN_54"),
        ("..", "_2E_2E"),
        ("", "_"),
        ("É", "_C3_89"),
    ],
)
def test_a_name_is_plain_where_it_can_be(text: str, name: str) -> None:
    assert file_name(text) == name


@given(TEXTS, TEXTS)
@example("foobar", "fooBAR")
@example("a", "A")
@example("ß", "ss")
@example("K", "\u212a")
def test_different_texts_have_different_names_in_any_case(one: str, other: str) -> None:
    if one != other:
        assert file_name(one).casefold() != file_name(other).casefold()


@given(st.one_of(TEXTS, st.text(min_size=100, max_size=400)))
@example("CON")
@example("x" * 300)
def test_a_name_can_stand_on_any_file_system(text: str) -> None:
    name = file_name(text)
    assert re.fullmatch(r"[A-Za-z0-9=_-]{1,100}", name)
    assert name.upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "INDEX", "BY-COUNT"}


def test_long_texts_are_told_apart_by_their_digest() -> None:
    assert file_name("X" * 200 + "A") != file_name("X" * 200 + "B")


@pytest.mark.parametrize(
    ("precision", "address"),
    [
        ("minute", "cable/2008/11/08ASTANA2165.html"),
        ("day", "cable/2008/11/08ASTANA2165.html"),
        ("year", "cable/undated/08ASTANA2165.html"),
        (None, "cable/undated/08ASTANA2165.html"),
    ],
)
def test_a_cable_stands_in_the_folder_of_its_month(precision: DatePrecision | None, address: str) -> None:
    assert cable_address("08ASTANA2165", SENT if precision else None, precision) == address


def test_a_cable_without_an_id_is_named_after_its_source() -> None:
    assert (
        cable_address(name_from_path("2003/visitors-book.txt"), None, None)
        == "cable/undated/2003_2F=visitors-book.html"
    )


def test_cables_that_share_an_address_are_told_apart_by_their_path() -> None:
    first = shared_address("cable/2008/11/08ASTANA2165.html", "a.txt")
    assert re.fullmatch(r"cable/2008/11/08ASTANA2165-[0-9a-f]{6}\.html", first)
    assert first != shared_address("cable/2008/11/08ASTANA2165.html", "b.txt")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (index_address("tag"), "tag/index.html"),
        (facet_address("tag", "PGOV"), "tag/PGOV.html"),
        (facet_address("tag", "PGOV", "2008"), "tag/PGOV/2008.html"),
        (facet_address("tag", "PGOV", "2008-11"), "tag/PGOV/2008-11.html"),
        (facet_address("date", "2008"), "date/2008.html"),
        (facet_address("date", "2008", "2008-11"), "date/2008-11.html"),
        (facet_address("date", "undated"), "date/undated.html"),
        (facet_address("classification", "TOP SECRET"), "classification/TOP_20SECRET.html"),
        (page_address("about.md"), "about.html"),
        (page_address("essays/salt-road.md"), "essays/salt-road.html"),
        (page_address("About.md"), "A=bout.html"),
        (page_address("tag/x.md"), "_tag/x.html"),
        (page_address("index.md"), "_index.html"),
        (page_address("con.md"), "=con.html"),
        (asset_address("maps/pass.svg"), "maps/pass.svg"),
        (asset_address("assets/x.png"), "_assets/x.png"),
        (asset_address("map.png"), "map.png"),
    ],
)
def test_every_page_has_its_address(address: str, expected: str) -> None:
    assert address == expected


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("index.html", "tag/PGOV.html", "tag/PGOV.html"),
        ("tag/PGOV.html", "index.html", "../index.html"),
        ("cable/2008/11/A.html", "cable/2008/12/B.html", "../12/B.html"),
        ("cable/2008/11/A.html", "tag/PGOV.html", "../../../tag/PGOV.html"),
        ("tag/PGOV.html", "tag/PGOV/2008.html", "PGOV/2008.html"),
        ("tag/PGOV/2008.html", "tag/PGOV.html", "../PGOV.html"),
        ("tag/PGOV.html", "tag/PGOV.html", "PGOV.html"),
        ("index.html", "index.html", "index.html"),
        ("cable/2008/11/A.html", "cable/undated/B.html", "../../undated/B.html"),
        ("cable/11/A.html", "tag/11/B.html", "../../tag/11/B.html"),
        ("a/A.html", "b c/?.html", "../b%20c/%3F.html"),
    ],
)
def test_a_link_is_relative(here: str, there: str, link: str) -> None:
    assert relative(here, there) == link


def test_a_link_may_lead_to_a_place_in_a_page() -> None:
    assert relative("a.html", "b.html", "par7") == "b.html#par7"
    assert relative("a.html", "a.html", "par7") == "#par7"


ADDRESSES = st.lists(TEXTS.map(file_name), min_size=1, max_size=5).map(
    lambda parts: "/".join(parts) + ".html"
)


@given(
    ADDRESSES,
    ADDRESSES,
    st.sampled_from(["https://a.example/", "https://a.example/repository/", "file:///tmp/site/"]),
)
def test_a_link_leads_to_its_page_below_any_root(here: str, there: str, root: str) -> None:
    assert unquote(urljoin(root + here, relative(here, there))) == root + there


@given(TEXTS)
def test_no_address_leads_out_of_its_folder(text: str) -> None:
    for address in (cable_address(text, None, None), facet_address("tag", text)):
        assert ".." not in PurePosixPath(address).parts
