"""The wall between what was read and what may be published, as the source code shows it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
BEHIND_THE_WALL = [
    path for path in MODULES if path.relative_to(PACKAGE).parts[0] in ("archive", "render", "search")
]


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def made_by_call(tree: ast.AST, name: str) -> Iterator[int]:
    """Lines on which a class is called, or handed to something that could make one: `decode(data, type=list[C])`."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            for part in (call.func, *call.args, *(keyword.value for keyword in call.keywords)):
                named = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
                named |= {node.attr for node in ast.walk(part) if isinstance(node, ast.Attribute)}
                if name in named and not is_type_test(call):
                    yield call.lineno


def is_type_test(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("isinstance", "issubclass")


def imported(tree: ast.AST) -> set[str]:
    """Full names of all that a module imports: 'generator.release', 'generator.release.ClearedCable'."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_release_makes_a_cleared_cable(path: Path) -> None:
    lines = list(made_by_call(ast.parse(path.read_text(encoding="utf-8")), "ClearedCable"))
    assert path.is_relative_to(PACKAGE / "release") or lines == []


def test_the_search_for_makers_finds_those_of_release() -> None:
    found = {
        name_of(path) for path in MODULES if [*made_by_call(ast.parse(path.read_text()), "ClearedCable")]
    }
    assert found == {"release/cleared.py", "release/release.py"}


@pytest.mark.parametrize("path", BEHIND_THE_WALL, ids=name_of)
def test_nothing_behind_release_reads_sources_or_parses(path: Path) -> None:
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    forbidden = (
        "generator.telegram.parse",
        "generator.parse_cable",
        "generator.intake",
        "generator.release.release",
    )
    assert [name for name in names if name.startswith(forbidden)] == []
