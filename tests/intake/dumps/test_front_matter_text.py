import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.dumps.dumped_cable import FieldValue
from generator.intake.dumps.front_matter_text import front_matter_text
from generator.intake.front_matter import split_front_matter

NAMES = st.text(max_size=50)
TEXTS = st.text()
VALUES = st.one_of(
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.dictionaries(NAMES, TEXTS, max_size=3),
    st.lists(st.dictionaries(NAMES, TEXTS, max_size=2), max_size=2),
)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("08STRELSAU123", "a: 08STRELSAU123"),
        ("2008-02-14T12:30Z", "a: 2008-02-14T12:30Z"),
        ("cables.csv#1043", "a: cables.csv#1043"),
        ("Embassy Strelsau", "a: Embassy Strelsau"),
        ("Salt: a history", 'a: "Salt: a history"'),
        ("one #two", 'a: "one #two"'),
        ("- x", 'a: "- x"'),
        (" x ", 'a: " x "'),
        ("", 'a: ""'),
        ("one\ntwo", 'a: "one\\u000Atwo"'),
        ("Zürich", 'a: "Zürich"'),
        ("NO", "a: NO"),
        (["A", "B, C"], 'a: [A, "B, C"]'),
        ([{"title": "A", "url": "https://b"}], 'a: [{title: A, url: "https://b"}]'),
        ({"Shelf": "B 12"}, "a:\n  Shelf: B 12"),
    ],
)
def test_front_matter_is_quoted_where_it_must_be(value: FieldValue, line: str) -> None:
    assert front_matter_text({"a": value}) == f"{line}\n"


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_whatever_is_written_is_read_back(fields: dict[str, FieldValue]) -> None:
    front = split_front_matter(f"---\n{front_matter_text(fields)}---\ntext\n")
    assert (front.fields, front.text, front.fault) == (fields, "text\n", "")


def test_front_matter_never_gets_so_long_that_it_is_not_read() -> None:
    fields = {"extra": {f"name {n}": "x" for n in range(1000)}}
    assert split_front_matter(f"---\n{front_matter_text(fields)}---\ntext\n").fields == fields
