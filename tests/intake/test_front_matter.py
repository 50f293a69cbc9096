import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.front_matter import split_front_matter


def test_front_matter_stands_between_two_lines_of_three_dashes() -> None:
    front = split_front_matter("---\ntitle: About\nkind: page\n---\nText\n")
    assert front.fields == {"title": "About", "kind": "page"}
    assert (front.text, front.first_line, front.fault) == ("Text\n", 5, "")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),  # Norway, not False
        ("0123", "0123"),
        ("22:30", "22:30"),
        ("2008-11-03", "2008-11-03"),
        ("1.40", "1.40"),
        ("~", "~"),
        ("", ""),
        ("[NO, 0123]", ["NO", "0123"]),
        ("{a: yes, b: [1]}", {"a": "yes", "b": ["1"]}),
        ('"a: b"', "a: b"),
        ("|\n  two\n  lines", "two\nlines\n"),
    ],
)
def test_every_scalar_is_text(written: str, value: object) -> None:
    assert split_front_matter(f"---\nfield: {written}\n---\n").fields == {"field": value}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_first_line_of_the_text_is_counted_in_the_file(line_end: str) -> None:
    source = line_end.join(["---", "a: b", "# comment", "", "--- ", "", "FM AMEMBASSY"])
    front = split_front_matter(source)
    assert front.fields == {"a": "b"}
    assert front.first_line == 6
    assert front.text == f"{line_end}FM AMEMBASSY"


FIELDS = """\
---
# A comment, and a line left blank.

title: Salt
text: |
  two
  lines
cables:
  - 08ASTANA2165
  - id: 08ASTANA2166
    comment: the answer
tags: [NO, KZ,
  PGOV]
---
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_field_and_every_entry_of_a_list_has_its_line_in_the_file(line_end: str) -> None:
    assert split_front_matter(FIELDS.replace("\n", line_end)).lines == {
        "title": 4,
        "text": 5,
        "cables": 8,
        "cables.0": 9,
        "cables.1": 10,
        "cables.1.id": 10,
        "cables.1.comment": 11,
        "tags": 12,
        "tags.0": 12,
        "tags.1": 12,
        "tags.2": 13,
    }


@pytest.mark.parametrize("source", ["---\n---\nText", "---\n# only a comment\n---\nText", "---\n\n---\nText"])
def test_empty_front_matter_is_front_matter(source: str) -> None:
    front = split_front_matter(source)
    assert (front.fields, front.text, front.fault) == ({}, "Text", "")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Text\n---\na: b\n---\n",
        "\n---\na: b\n---\n",  # not at the very start
        " ---\na: b\n---\n",
        "----\na: b\n----\n",  # a rule of a telegram
        "--\na: b\n--\n",
        "--- a: b\n---\n",
        "-----------------\nSUMMARY\n---\n",
    ],
)
def test_everything_else_is_text(source: str) -> None:
    front = split_front_matter(source)
    assert (front.fields, front.text, front.first_line, front.fault) == ({}, source, 1, "")


@pytest.mark.parametrize(
    ("source", "fault", "line"),
    [
        ("---\na: b\nText\n", "the front matter has no end; a line '---' is missing", 1),
        ("---", "the front matter has no end; a line '---' is missing", 1),
        ("---\na: b\n" + "x\n" * 500 + "---\n", "the front matter has no end; a line '---' is missing", 1),
        (
            "---\ntitle: a: b\n---\nText",
            "the front matter cannot be read: mapping values are not allowed",
            2,
        ),
        ('---\nok: 1\n"bad: 1\n---\n', "the front matter cannot be read: ", 4),
        ("---\n- a\n- b\n---\nText", "the front matter cannot be read: it is no list of 'name: value'", 2),
        (
            "---\nFM AMEMBASSY STRELSAU\n---\nText",
            "the front matter cannot be read: it is no list of 'name: value'",
            2,
        ),
        ("---\na: 1\n...\nb: 2\n---\n", "the front matter cannot be read: ", 4),
        ("---\na: 1\na: 2\n---\n", "the front matter cannot be read: the name 'a' stands twice", 3),
        (
            "---\na: &x 1\nb: *x\n---\n",
            "the front matter cannot be read: an alias ('*name') has no place here",
            3,
        ),
        ("---\na: " + "[" * 100 + "\n---\n", "the front matter cannot be read: it is nested too deeply", 2),
        ("---\na: " + "[" * 3000 + "\n---\n", "the front matter cannot be read: ", 2),
        ("---\na: \x00\n---\n", "the front matter cannot be read: ", 2),
        ("---\n? [a]\n: b\n---\n", "the front matter cannot be read: a name must be a word, not a list", 2),
    ],
)
def test_a_block_that_cannot_be_read_stays_in_the_text(source: str, fault: str, line: int) -> None:
    front = split_front_matter(source)
    assert (front.fields, front.text, front.first_line) == ({}, source, 1)
    assert front.fault.startswith(fault)
    assert front.fault_line == line


@pytest.mark.parametrize(
    "source",
    [
        "---\ndraft: true\ntitle: a: b\n---\nText",
        "---\ndraft: true\nText",
        "---\ndraft true\n---\nText",
        "---\ndraft: true\ndraft: false\n---\nText",
        '---\n  "draft": yes\n\tx\n---\nText',
    ],
)
def test_a_block_that_cannot_be_read_but_speaks_of_a_draft_holds_back(source: str) -> None:
    front = split_front_matter(source)
    assert front.fault
    assert front.fields == {"draft": "true"}


def test_a_telegram_may_speak_of_a_draft() -> None:
    source = "---\nDRAFT RESOLUTION\nDRAFTED BY SMITH\n---\nText"
    assert split_front_matter(source).fields == {}


@given(st.text(alphabet="---ab:[]{}&*!|>'\"#?,%@` \n\r\t"))
def test_no_text_makes_it_fail_and_none_is_lost(text: str) -> None:
    front = split_front_matter("---\n" + text)
    assert ("---\n" + text).endswith(front.text)
