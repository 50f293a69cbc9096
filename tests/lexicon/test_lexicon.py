import re
from importlib import resources
from typing import get_args

import pytest

from generator.lexicon import (
    Abbreviation,
    Post,
    PostKind,
    TagKind,
    TagMeaning,
    builtin_lexicon,
    guess_tag_kind,
)
from generator.lexicon.tables import read_table

LEXICON = builtin_lexicon()


SORTED_TABLES = [
    "abbreviations.tsv",
    "captions.tsv",
    "declassification.tsv",
    "earlier_posts.tsv",
    "executive_orders.tsv",
    "handling.tsv",
    "post_aliases.tsv",
    "posts.tsv",
    "reasons.tsv",
    "tags.tsv",
]
TABLES_IN_ORDER_OF_RANK = ["classifications.tsv", "precedences.tsv"]


def test_every_table_of_the_package_is_under_test() -> None:
    folder = resources.files("generator.lexicon")
    tables = sorted(file.name for file in folder.iterdir() if file.name.endswith(".tsv"))
    assert tables == sorted(SORTED_TABLES + TABLES_IN_ORDER_OF_RANK)


@pytest.mark.parametrize("table", SORTED_TABLES)
def test_a_table_is_sorted_and_has_each_word_once(table: str) -> None:
    words = [row[0] for row in read_table(table)]
    assert words == sorted(set(words))


@pytest.mark.parametrize("table", SORTED_TABLES + TABLES_IN_ORDER_OF_RANK)
def test_every_row_of_a_table_has_the_columns_of_its_heading_and_no_stray_blanks(table: str) -> None:
    heading = resources.files("generator.lexicon").joinpath(table).read_text(encoding="utf-8").split("\n")[0]
    rows = list(read_table(table))
    assert {len(row) for row in rows} == {len(heading.split("\t"))}
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)
    assert all(row[0] and row[1] for row in rows)


def test_kinds_are_those_of_the_types() -> None:
    assert {tag.kind for tag in LEXICON.tags.values()} == set(get_args(TagKind))
    assert {post.kind for post in LEXICON.posts.values()} == set(get_args(PostKind))


def test_the_status_of_a_tag_is_made_of_two_words() -> None:
    assert {row[3] for row in read_table("tags.tsv")} <= {"", "historic", "unsure", "historic unsure"}


def test_the_note_on_an_abbreviation_is_made_of_two_words() -> None:
    assert {row[3] for row in read_table("abbreviations.tsv")} == {"", "word", "known", "word known"}


def test_the_code_of_a_tag_has_the_shape_of_its_kind() -> None:
    shapes = {
        "geographic": "[A-Z]{2}",
        "subject": "[A-Z]{4}",
        "program": "K[A-Z]{3}",
        "organization": "[A-Z0-9/-]+",
    }
    tags = LEXICON.tags.values()
    assert [tag.code for tag in tags if not re.fullmatch(shapes[tag.kind], tag.code)] == []


def test_a_post_has_a_key_of_letters_a_known_country_and_a_place_on_earth() -> None:
    for post in LEXICON.posts.values():
        assert LEXICON.post_key(post.key) == post.key
        assert post.country is None or LEXICON.tags[post.country].kind == "geographic"
        assert post.routing is None or re.fullmatch("R[A-Z]{3,7}", post.routing)
        assert (post.latitude is None) == (post.longitude is None)
        assert post.latitude is None or -90 <= post.latitude <= 90
        assert post.longitude is None or -180 <= post.longitude <= 180


def test_a_post_that_changed_its_key_has_both() -> None:
    assert set(LEXICON.earlier_posts) | set(LEXICON.earlier_posts.values()) <= set(LEXICON.posts)
    assert not set(LEXICON.earlier_posts) & set(LEXICON.earlier_posts.values())


def test_levels_and_precedences_stand_in_their_order() -> None:
    assert list(LEXICON.classifications) == [
        "UNCLASSIFIED",
        "LIMITED OFFICIAL USE",
        "RESTRICTED",
        "CONFIDENTIAL",
        "SECRET",
        "TOP SECRET",
    ]
    assert list(LEXICON.precedences) == ["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"]


def test_an_alias_leads_to_a_post() -> None:
    assert set(LEXICON.post_aliases.values()) <= set(LEXICON.posts)
    assert not set(LEXICON.post_aliases) & set(LEXICON.posts)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PGOV", "Internal Governmental Affairs"),
        ("AU", "Austria"),
        ("CH", "China"),
        ("UNSC", "UN Security Council"),
        ("QQ", None),
    ],
)
def test_a_code_is_spelled_out(code: str, name: str | None) -> None:
    assert LEXICON.tag_name(code) == name


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ASTANA", "ASTANA"),
        ("AMEMBASSY ASTANA", "ASTANA"),
        ("Port-au-Prince", "PORTAUPRINCE"),
        ("SECSTATE", "STATE"),
        ("SECSTATE WASHDC", "STATE"),
        ("USUN", "USUNNEWYORK"),
        ("AMEMBASSY PORT TARLENHEIM", "PORTTARLENHEIM"),
        ("usmission usun new york", "USUNNEWYORK"),
        ("NEW EMBASSY ROW", "NEWEMBASSYROW"),  # a prefix stands at the beginning
        ("AMEMBASSY", "AMEMBASSY"),
        ("", ""),
        ("123", ""),
    ],
)
def test_a_post_is_filed_under_one_key(written: str, key: str) -> None:
    assert LEXICON.post_key(written) == key


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("QQ", "geographic"),
        ("KXQZ", "program"),
        ("PXQZ", "subject"),
        ("UNGA/C-1", "organization"),
        ("XYZ", "organization"),
    ],
)
def test_an_unknown_code_has_the_kind_of_its_shape(code: str, kind: str) -> None:
    assert guess_tag_kind(code) == kind


def test_a_project_adds_words_of_its_own() -> None:
    lexicon = LEXICON.with_additions(
        tags=[TagMeaning(code="QR", kind="geographic", name="Ruritania")],
        posts=[Post(key="STRELSAU", kind="embassy", name="Embassy Strelsau")],
        abbreviations=[Abbreviation(term="GOR", expansion="Government of Ruritania", context="government")],
    )
    assert lexicon.tag_name("QR") == "Ruritania"
    assert lexicon.post_name("STRELSAU") == "Embassy Strelsau"
    assert lexicon.abbreviations["GOR"].expansion == "Government of Ruritania"
    assert LEXICON.tag_name("QR") is None
