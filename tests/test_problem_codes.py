"""The list of problem codes: complete, in order, and true of what the program tells."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_tools import build, telegram, write_files

from generator.problem_codes import ProblemCode, problem_codes

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
TABLE = PACKAGE / "problem_codes.tsv"

# What makes a problem, or a remark that becomes one: Problem(...), text.problem(...), _problem(...), TagRemark(...).
MAKER = re.compile(r"(?:\A|_|[a-z])(?:[Pp]roblem|[Rr]emark)\Z")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def codes_in(source: str) -> Iterator[tuple[str, str | None]]:
    """Each code that a module tells, and its severity where the call says it."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and MAKER.search(name_of(call.func)):
            named = {keyword.arg: keyword.value for keyword in call.keywords}
            severity = next(literals(named["severity"]), None) if "severity" in named else None
            for place in [named["code"]] if "code" in named else call.args[:2]:
                yield from ((code, severity) for code in literals(place) if CODE.fullmatch(code))


def name_of(called: ast.expr) -> str:
    match called:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def literals(expression: ast.expr) -> Iterator[str]:
    """The strings that an expression can be: one, or those of 'a' if x else 'b'."""
    match expression:
        case ast.Constant(value=str() as value):
            yield value
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def used() -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for code, severity in codes_in(path.read_text("utf-8")):
            found.setdefault(code, set()).add(severity)
    return found


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ('Problem(code="a-b", severity="info", source=path, message="m")', [("a-b", "info")]),
        ('text.problem(index, "tag-odd", "m")', [("tag-odd", None)]),
        ('text.problem(None, "tag-odd", "m", severity="error")', [("tag-odd", "error")]),
        ('_problem(path, "large", message, "warning")', [("large", None)]),
        ('self._remark(place, "odd", f"{x}")', [("odd", None)]),
        ('TagRemark(code="tag-odd", raw=word)', [("tag-odd", None)]),
        ('problem(0, "dtg-odd" if dtg else "date-odd", "m")', [("dtg-odd", None), ("date-odd", None)]),
        ("text.problem(index, remark.code, remark.message)", []),
        ('Tag(code="pgov", raw="x")', []),
        ('TemplateProblem(f"{name}: x")', []),
    ],
)
def test_codes_are_found_however_they_are_told(written: str, codes: list[tuple[str, str | None]]) -> None:
    assert list(codes_in(written)) == codes


def test_every_code_of_the_program_is_in_the_list() -> None:
    assert sorted(set(used()) - set(problem_codes())) == []


def test_every_code_of_the_list_is_told_by_the_program() -> None:
    assert sorted(set(problem_codes()) - set(used())) == []


def test_the_list_says_how_grave_each_is() -> None:
    for code, severities in used().items():
        said = {severity for severity in severities if severity}
        assert said <= {problem_codes()[code].severity}, code


def test_the_table_is_in_order_and_has_no_blanks_around_its_words() -> None:
    heading, *rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
    assert heading == ["code", "severity", "meaning", "kept", "to do"]
    codes = [row[0] for row in rows]
    assert codes == sorted(set(codes))
    assert all(len(row) == 5 and all(cell == cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize("code", problem_codes().values(), ids=lambda code: code.code)
def test_each_code_is_explained_in_sentences(code: ProblemCode) -> None:
    assert CODE.fullmatch(code.code)
    assert code.severity in ("error", "warning", "info")
    for sentence in (code.meaning, code.kept, code.to_do):
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence


def test_what_is_told_of_real_files_is_as_grave_as_the_list_says(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            **{f"archive/{path.name}": path.read_bytes() for path in (ROOT / "content").rglob("*.txt")},
            "empty.txt": "",
            "dump.csv": "id,date\n",
            "wide.txt": "\ufeffé".encode("utf-16-le") + b"\x00\xd8A\x00",
            "front.txt": "---\n a: [\n---\n" + telegram(7),
            "tags.txt": telegram(8, tags="PGOV SIPDIS PGVO QX7"),
        },
    )
    build(tmp_path)
    lines = (tmp_path / ".cablepress/problems.jsonl").read_text("utf-8").splitlines()
    told = {(problem["code"], problem["severity"]) for problem in map(json.loads, lines)}
    assert {code for code, _ in told} >= {"encoding-damaged", "front-matter", "tag-rejected", "false-pilcrow"}
    assert told <= {(code.code, code.severity) for code in problem_codes().values()}


def test_the_readme_links_to_the_list() -> None:
    assert "(generator/problem_codes.tsv)" in (ROOT / "README.md").read_text("utf-8")
