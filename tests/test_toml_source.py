from pathlib import Path

import pytest

from generator.toml_source import TomlError, TomlSource, read_toml

TEXT = '''\
# a comment with [brackets] and key = value
title = "x"

text = """
[not.a.table]
title = 1
"""
list = [
  "a",   # = b
  "]",
]
dotted.key = 1
inline = { a = 1, b = { c = 2 } }

[table]  # comment
key = 1
"quoted key" = 2

[table.inner.most]
key = 3

[[several]]
key = 4
[[several]]
key = 5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("text",), 4),
        (("list",), 8),
        (("dotted",), 12),
        (("dotted", "key"), 12),
        (("inline", "b", "c"), 13),
        (("table",), 15),
        (("table", "key"), 16),
        (("table", "quoted key"), 17),
        (("table", "inner"), 19),
        (("table", "inner", "most"), 19),
        (("table", "inner", "most", "key"), 20),
        (("several",), 22),
        (("several", "key"), 23),
        (("not",), None),
        (("key",), None),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_key_has_the_line_where_it_is_first_mentioned(
    path: tuple[str, ...], line: int | None, line_end: str
) -> None:
    source = TomlSource(name="x.toml", text=TEXT.replace("\n", line_end))
    assert source.line(path) == line


@pytest.mark.parametrize(
    ("array", "index", "key", "line"),
    [
        ("several", 0, None, 22),
        ("several", 0, "key", 23),
        ("several", 1, None, 24),
        ("several", 1, "key", 25),
        ("several", 1, "other", 24),
        ("list", 1, None, 8),
        ("nowhere", 0, None, None),
    ],
)
def test_each_table_of_an_array_has_its_lines(
    array: str, index: int, key: str | None, line: int | None
) -> None:
    assert TomlSource(name="x.toml", text=TEXT).line_in(array, index, key) == line


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'a = 1\nb = "x\nc = 2\n', "x.toml:2: is not valid TOML: illegal character '\\n'"),
        (b"a = 1\nb c\n", "x.toml:2: is not valid TOML: expected '=' after a key in a key/value pair"),
        (b"a = 1\na = 2\n", "x.toml:2: is not valid TOML: cannot overwrite a value"),
        (b"a = 1\nb = [1,\n\n", "x.toml:2: is not valid TOML: invalid value"),
        (b"a = 1\n\nb = '\xff'\n", "x.toml:3: is not UTF-8; save the file in that encoding"),
    ],
)
def test_what_is_no_toml_is_told_in_one_sentence_with_its_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(TomlError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a = 2026-13-45", "\x00", "[" * 9]
)
def test_no_text_does_more_harm_than_a_message(text: str) -> None:
    with pytest.raises(TomlError):
        TomlSource(name="x.toml", text=text)


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert read_toml(tmp_path / "x.toml") is None
