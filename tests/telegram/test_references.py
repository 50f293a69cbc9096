import pytest

from generator.lexicon import builtin_lexicon
from generator.telegram.references import parse_references

LEXICON = builtin_lexicon()


def read(text: str, year: int | None = 2008) -> list[tuple[str, str | None]]:
    return [(ref.label, ref.id) for ref in parse_references(text.split("\n"), year=year, lexicon=LEXICON)]


@pytest.mark.parametrize(
    ("written", "references"),
    [
        ("REF: ZENDA 98765", [("", "08ZENDA98765")]),
        ("REF: 07 ZENDA 55", [("", "07ZENDA55")]),
        ("REF: '07 ZENDA 55", [("", "07ZENDA55")]),
        ("REF: 2007 ZENDA 55", [("", "07ZENDA55")]),
        ("REF: ZENDA 55 (07)", [("", "07ZENDA55")]),
        ("REF: ZENDA 55 (2007)", [("", "07ZENDA55")]),
        ("REF: 07ZENDA55", [("", "07ZENDA55")]),
        ("REF: ZENDA 0098765", [("", "08ZENDA98765")]),
        ("REFTEL: ZENDA 55", [("", "08ZENDA55")]),
        ("REF(S): ZENDA 55", [("", "08ZENDA55")]),
        ("REFS: ZENDA 55 (NOTAL)", [("", "08ZENDA55")]),
        ("REF: 86 PORT TARLENHEIM 220", [("", "86PORTTARLENHEIM220")]),
        ("REF: 86PORTTARLENHEIM220", [("", "86PORTTARLENHEIM220")]),
        ("REF: SECSTATE 123456", [("", "08STATE123456")]),  # an alias
        ("REF: A. STRELSAU 9876\n     B. 07 ZENDA 55 (NOTAL)", [("A", "08STRELSAU9876"), ("B", "07ZENDA55")]),
        ("REF: A. STRELSAU 9876\n     ¶B. 07 ZENDA 55", [("A", "08STRELSAU9876"), ("B", "07ZENDA55")]),
        ("REF: A. (A) STRELSAU 9876\n     B. (B) ZENDA 55", [("A", "08STRELSAU9876"), ("B", "08ZENDA55")]),
        ("REF: (A) STRELSAU 9876 (B) ZENDA 55", [("A", "08STRELSAU9876"), ("B", "08ZENDA55")]),
        ("REF: A) STRELSAU 9876; B) ZENDA 55", [("A", "08STRELSAU9876"), ("B", "08ZENDA55")]),
        (
            "REF: A. 07 STRELSAU 9 B. ZENDA 12 C. ZENDA 13",
            [("A", "07STRELSAU9"), ("B", "08ZENDA12"), ("C", "08ZENDA13")],
        ),
        ("REF A. 07 STRELSAU 9 B. ZENDA 12", [("A", "07STRELSAU9"), ("B", "08ZENDA12")]),
        ("REF: STRELSAU 9\nZENDA 12", [("", "08STRELSAU9"), ("", "08ZENDA12")]),
    ],
)
def test_a_reference_names_a_cable(written: str, references: list[tuple[str, str | None]]) -> None:
    assert read(written) == references


@pytest.mark.parametrize(
    ("written", "references"),
    [
        ("REF: ZENDA 12, 13 AND 15", ["08ZENDA12", "08ZENDA13", "08ZENDA15"]),
        ("REF: STRELSAU 9; 10", ["08STRELSAU9", "08STRELSAU10"]),
        ("REF: 07 ZENDA 12 AND 13", ["07ZENDA12", "07ZENDA13"]),
        ("REF: STRELSAU 9, ZENDA 12", ["08STRELSAU9", "08ZENDA12"]),
        ("REF: ZENDA 12 AND PREVIOUS", ["08ZENDA12"]),
    ],
)
def test_a_list_takes_over_post_and_year(written: str, references: list[str]) -> None:
    assert [id_ for _, id_ in read(written)] == references


@pytest.mark.parametrize(
    "written",
    [
        "SMITH-JONES E-MAIL OF 10/16",
        "SEPTEL",
        "TELCON SAPT-WHITCOMBE 14 FEB",
        "MEMO OF 12 MARCH 2008",
        "STRELSAU DAILY PRESS 20 FEB",
        "IIR 6 842 0123 08",
        "A-78",
        "DEPTEL 123",
        "EMBTEL 456",
        "CIRCULAR 12",
        "HTTP://EXAMPLE.INVALID/12",
        "LETTER FROM THE MAYOR",
        "NOV 1",
        "OCTOBER 12 1966",
        "FAM 123",
    ],
)
def test_what_is_no_cable_is_kept_without_an_id(written: str) -> None:
    (reference,) = parse_references([f"REF: {written}"], year=2008, lexicon=LEXICON)
    assert (reference.id, reference.text) == (None, written)


def test_without_a_year_of_its_own_a_cable_cannot_complete_its_references() -> None:
    assert read("REF: A. ZENDA 12 B. 07 ZENDA 12", year=None) == [("A", None), ("B", "07ZENDA12")]


def test_the_text_of_a_reference_is_the_drafters() -> None:
    references = parse_references(
        ["REF: A. 07 STRELSAU 0009 (NOTAL)", "     B. ZENDA 12, 13"], year=2008, lexicon=LEXICON
    )
    assert [ref.text for ref in references] == ["07 STRELSAU 0009 (NOTAL)", "ZENDA 12", "13"]
