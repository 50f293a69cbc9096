import pytest

from generator.lexicon import Abbreviation, Post, TagMeaning, builtin_lexicon, guess_tag_kind
from generator.lexicon.tables import read_table

LEXICON = builtin_lexicon()


@pytest.mark.parametrize(
    "table",
    ["tags.tsv", "posts.tsv", "post_aliases.tsv", "abbreviations.tsv", "captions.tsv", "handling.tsv"],
)
def test_a_table_is_sorted_and_has_each_word_once(table: str) -> None:
    words = [row[0] for row in read_table(table)]
    assert words == sorted(set(words))


@pytest.mark.parametrize(
    "table",
    [
        "tags.tsv",
        "posts.tsv",
        "post_aliases.tsv",
        "abbreviations.tsv",
        "captions.tsv",
        "handling.tsv",
        "classifications.tsv",
        "precedences.tsv",
    ],
)
def test_every_row_of_a_table_has_the_same_columns_and_no_stray_blanks(table: str) -> None:
    rows = list(read_table(table))
    assert len({len(row) for row in rows}) == 1
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)


def test_kinds_are_those_of_the_types() -> None:
    assert {tag.kind for tag in LEXICON.tags.values()} == {"geographic", "subject", "organization", "program"}
    assert {post.kind for post in LEXICON.posts.values()} == {
        "embassy",
        "consulate",
        "mission",
        "department",
        "other",
    }


def test_an_alias_leads_to_a_post() -> None:
    assert set(LEXICON.post_aliases.values()) <= set(LEXICON.posts)


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
        ("AMEMBASSY", "AMEMBASSY"),
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
