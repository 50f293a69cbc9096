"""Countries: which a cable belongs to, and what the archive has of each."""

from collections.abc import Iterator

import pytest
from site_tools import catalogue_of, cleared

from generator import parse_cable
from generator.archive.catalogue import Catalogue
from generator.archive.countries import Countries, countries_of
from generator.archive.periods import MonthCount
from generator.lexicon import builtin_lexicon
from generator.release.cleared import ClearedCable

LEXICON = builtin_lexicon()


@pytest.mark.parametrize(
    ("post", "tags", "countries"),
    [
        ("ASTANA", ["PGOV"], ["KZ"]),
        ("ASTANA", ["PREL", "RS", "KZ", "RS"], ["KZ", "RS"]),
        ("STATE", ["XA"], ["US", "XA"]),  # a region is filed as a country is
        ("STRELSAU", ["PGOV"], []),  # no table says where that is
        ("STRELSAU", ["QQ", "KDEM", "UN", "IC"], ["IC"]),  # QQ is no country that a table has
        (None, ["KZ"], ["KZ"]),
        (None, [], []),
    ],
)
def test_a_cable_belongs_to_the_country_of_its_post_and_to_those_of_its_tags(
    post: str | None, tags: list[str], countries: list[str]
) -> None:
    assert list(countries_of(post, tags, LEXICON)) == countries


def cable(post: str, number: int, dtg: str, tags: str) -> ClearedCable:
    """A short telegram of a post."""
    text = (
        f"FM AMEMBASSY {post}\n\nUNCLAS {post} {number:06d}\n\nTAGS: {tags}\nSUBJECT: SALT\n\n1. (U) Text.\n"
    )
    return cleared(parse_cable((f"P {dtg}\n" if dtg else "") + text), path=f"{post}{number}.txt")


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    catalogue = catalogue_of(
        [
            cable("ASTANA", 1, "141230Z JAN 08", "PGOV KZ"),
            cable("ASTANA", 2, "141230Z FEB 08", "ECON PGOV"),
            cable("ALMATY", 3, "151230Z FEB 08", "PGOV"),
            cable("KYIV", 4, "161230Z FEB 08", "PREL KZ"),
            cable("KYIV", 5, "161230Z MAR 08", "PREL"),
            cable("ASTANA", 6, "", "KZ"),
        ]
    )
    yield catalogue
    catalogue.close()


def test_a_cable_from_a_country_and_about_it_is_counted_once(catalogue: Catalogue) -> None:
    countries = Countries(catalogue, LEXICON).all()
    assert [(country.code, country.name, country.count) for country in countries] == [
        ("KZ", "Kazakhstan", 5),
        ("UP", "Ukraine", 2),
    ]
    assert catalogue.months("country", "KZ") == (
        MonthCount(year=2008, month=1, count=1),
        MonthCount(year=2008, month=2, count=3),
        MonthCount(year=None, month=None, count=1),
    )
    assert Countries(catalogue, LEXICON).country("KZ") == countries[0]


def test_a_country_has_the_posts_that_sent_cables_by_name(catalogue: Catalogue) -> None:
    posts = Countries(catalogue, LEXICON).posts("KZ")
    assert [(post.value, post.count) for post in posts] == [("ALMATY", 1), ("ASTANA", 3)]
    assert Countries(catalogue, LEXICON).posts("GM") == ()


@pytest.mark.parametrize(
    ("number", "newest"),
    [
        (2, ["08KYIV4", "08ALMATY3"]),
        (9, ["08KYIV4", "08ALMATY3", "08ASTANA2", "08ASTANA1"]),  # an undated one is not new
    ],
)
def test_the_newest_come_first(catalogue: Catalogue, number: int, newest: list[str]) -> None:
    assert [row.name for row in Countries(catalogue, LEXICON).newest("KZ", number)] == newest


@pytest.mark.parametrize(
    ("posts", "number", "tags"),
    [
        (["ASTANA", "ALMATY"], 9, [("PGOV", 3), ("KZ", 2), ("ECON", 1)]),
        (["ASTANA", "ALMATY"], 2, [("PGOV", 3), ("KZ", 2)]),
        (["KYIV"], 9, [("PREL", 2), ("KZ", 1)]),
        ([], 9, []),
    ],
)
def test_the_tags_of_posts_come_by_number_and_code(
    catalogue: Catalogue, posts: list[str], number: int, tags: list[tuple[str, int]]
) -> None:
    found = Countries(catalogue, LEXICON).tags_from(posts, number)
    assert [(tag.value, tag.count) for tag in found] == tags
