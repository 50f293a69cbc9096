from pathlib import Path

import pytest

from generator.intake.find import find_sources
from generator.intake.read import CableSource, PageSource, read_source, understand
from generator.problem import Problem

TELEGRAM = """\
FM AMEMBASSY STRELSAU
TO SECSTATE WASHDC 4567

UNCLAS STRELSAU 1234

E.O. 12958: N/A
TAGS: PREL, QR
SUBJECT: SALT

1. (U) Text.
"""


def cable(data: bytes, path: str = "08STRELSAU777.txt") -> CableSource:
    source = understand(data, path=path, kind="cable")
    assert isinstance(source, CableSource)
    return source


def told(source: CableSource | PageSource) -> list[tuple[str, str, int | None]]:
    return [(problem.code, problem.severity, problem.line) for problem in source.problems]


@pytest.mark.parametrize(
    ("path", "kind", "text", "expected"),
    [
        ("a.txt", "cable", TELEGRAM, CableSource),
        ("a.txt", "cable", "no telegram at all", CableSource),
        ("a.txt", "cable", "---\nkind: page\n---\nno telegram", CableSource),
        ("a.cable", "cable", TELEGRAM, CableSource),
        ("a.md", "markdown", "# About\n\nThis archive ...", PageSource),
        ("a.md", "markdown", TELEGRAM, CableSource),
        ("a.md", "markdown", f"---\nbox: 12\n---\n{TELEGRAM}", CableSource),
        ("a.md", "markdown", f"---\nkind: page\n---\n{TELEGRAM}", PageSource),
        ("a.md", "markdown", "---\nkind: cable\n---\nno telegram at all", CableSource),
    ],
)
def test_a_telegram_is_never_taken_for_a_page(
    path: str, kind: str, text: str, expected: type[CableSource | PageSource]
) -> None:
    source = understand(text.encode(), path=path, kind=kind)  # type: ignore[arg-type]
    assert isinstance(source, expected)


FENCED = f"---\nbox: 12\n---\n\n```text\n{TELEGRAM}```\n"


@pytest.mark.parametrize("rest", ["", "\n4. Text.\n", "\n```\ncode\n```\n"])
def test_a_telegram_in_a_code_block_is_a_telegram_and_keeps_its_lines(rest: str) -> None:
    source = understand((FENCED + rest).encode(), path="a.md", kind="markdown")
    assert isinstance(source, CableSource)
    assert (source.text, source.first_line) == (f"\n\n{TELEGRAM}\n{rest.replace('```', '')}", 4)
    assert told(source) == [("fence", "info", None), ("front-matter-foreign", "info", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "A page that shows one.\n" + FENCED[17:],
        "```\ncode\n```\n",
        "---\nkind: page\n" + FENCED[4:],
        "```",
        "```\n```",
    ],
)
def test_a_page_that_shows_code_is_a_page(text: str) -> None:
    source = understand(text.encode(), path="a.md", kind="markdown")
    assert isinstance(source, PageSource)


def test_the_fences_of_a_text_file_are_its_own() -> None:
    assert cable(FENCED.encode()).text == FENCED[16:]


def test_line_numbers_are_those_of_the_file() -> None:
    source = cable(b"---\nbox: 12\n---\n" + TELEGRAM.encode())
    assert (source.text, source.first_line, source.front_matter) == (TELEGRAM, 4, {"box": "12"})
    assert source.lines == {"box": 2}


@pytest.mark.parametrize(
    ("data", "text", "problems"),
    [
        ("¶1. Text".encode(), "¶1. Text", []),
        (b"\xb61. Text", "¶1. Text", [("encoding", "info", None)]),
        ("itâ€™s".encode(), "it\u2019s", [("mojibake", "info", None)]),
        ("itâ€™s â€".encode(), "itâ€™s â€", [("mojibake-damaged", "warning", None)]),
        (b"R&amp;D", "R&D", [("entities", "info", None)]),
        (b"\xff\xfea\x00b", "a\ufffd", [("encoding-damaged", "warning", None)]),
        (b"---\na: b: c\n---\nText", "---\na: b: c\n---\nText", [("front-matter", "warning", 2)]),
        (b"x" * 10_000_001, "x" * 10_000_001, [("large", "warning", None)]),
    ],
    ids=["utf-8", "cp1252", "mojibake", "damaged", "entities", "utf-16", "front matter", "large"],
)
def test_what_was_done_to_a_text_is_told(
    data: bytes, text: str, problems: list[tuple[str, str, int | None]]
) -> None:
    source = cable(data)
    assert source.text == text
    assert told(source) == problems


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\u00a0\u2003\n".encode(), "empty"),
        (b"---\nbox: 12\n---\n\n", "empty"),
        (bytes(range(256)) * 10, "binary"),
    ],
)
def test_where_there_is_nothing_to_read_there_is_no_cable(data: bytes, code: str) -> None:
    problem = understand(data, path="a.txt", kind="cable")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity, problem.source) == (code, "warning", "a.txt")
    assert problem.next_step


def test_a_page_may_have_front_matter_alone() -> None:
    source = understand(b"---\ntitle: Maps\n---\n", path="maps.md", kind="markdown")
    assert isinstance(source, PageSource)


def test_the_entities_of_a_page_are_its_authors() -> None:
    source = understand(b"Write `&lt;b&gt;` for <b>", path="a.md", kind="markdown")
    assert isinstance(source, PageSource)
    assert source.text == "Write `&lt;b&gt;` for <b>"
    assert source.problems == ()


def test_front_matter_that_cannot_be_read_but_speaks_of_a_draft_is_told_to_hold_back() -> None:
    source = cable(b"---\ndraft: true\na: b: c\n---\nText")
    assert source.front_matter == {"draft": "true"}
    assert source.problems[0].next_step == (
        "mend it; until then the source is held back, since it speaks of a draft"
    )


def test_a_found_source_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TELEGRAM.replace("\n", "\r\n").encode())
    (file,) = find_sources(tmp_path).files
    source = read_source(file)
    assert isinstance(source, CableSource)
    assert (source.path, source.text) == ("a.txt", TELEGRAM.replace("\n", "\r\n"))


def test_a_source_that_has_gone_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TELEGRAM)
    (file,) = find_sources(tmp_path).files
    (tmp_path / "a.txt").unlink()
    problem = read_source(file)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity, problem.source) == ("unreadable", "error", "a.txt")
