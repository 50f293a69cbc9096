"""The shape of the program: which package may import which, and what is made in one place only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from generator.render.templates import Templates
from generator.render.text.markup import fit_for_page

PACKAGE = Path(__file__).parent.parent / "generator"
TEMPLATES = PACKAGE.parent / "templates"

# Each package and module of the program, and what of the program it may import.
MAY_IMPORT = {
    "problem": set(),
    "problem_codes": {"problem"},
    "lexicon": set(),
    "telegram": {"lexicon", "problem"},
    "release": {"lexicon", "problem", "settings", "telegram", "toml_source"},
    "leaks": {"telegram"},
    "settings": {"lexicon", "toml_source"},
    "toml_source": set(),
    "intake": {"lexicon", "problem", "telegram"},
    "archive": {"lexicon", "problem", "release", "telegram"},
    "search": {"lexicon", "release", "settings", "telegram"},
    "kin": {"archive", "search"},
    "data": {"lexicon", "release", "settings"},
    "render": {
        "archive",
        "data",
        "lexicon",
        "problem",
        "problem_codes",
        "release",
        "settings",
        "telegram",
    },
    "build": {
        "archive",
        "data",
        "inspection",
        "intake",
        "kin",
        "leaks",
        "lexicon",
        "problem",
        "problem_codes",
        "release",
        "render",
        "search",
        "settings",
        "telegram",
    },
    "inspection": {"archive", "problem", "problem_codes", "render", "settings"},
    "parts": {"archive", "build", "lexicon", "render", "settings"},
    "publish": {"archive", "build", "inspection", "parts", "problem", "render", "settings"},
    "preview": {
        "build",
        "intake",
        "lexicon",
        "problem",
        "release",
        "render",
        "settings",
        "telegram",
    },
    "own_templates": {"render"},
    "starter": {"publish", "settings"},
    "output": {
        "archive",
        "build",
        "intake",
        "inspection",
        "leaks",
        "parts",
        "problem",
        "problem_codes",
        "publish",
        "release",
        "render",
        "telegram",
    },
    "cli": {
        "build",
        "inspection",
        "intake",
        "output",
        "own_templates",
        "parts",
        "preview",
        "problem",
        "problem_codes",
        "publish",
        "release",
        "render",
        "settings",
        "starter",
        "telegram",
    },
}


def modules() -> Iterator[tuple[str, Path]]:
    """Each module with the name of the package it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts != ("__init__.py",):
            yield (relative.parts[0].removesuffix(".py"), path)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("generator."))


def calls_of(tree: ast.AST, name: str) -> int:
    """How often a name is called, also in the functions within."""
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(tree)
    )


def test_every_package_has_its_layer() -> None:
    assert {package for package, _ in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("package", "path"), [pytest.param(*entry, id=str(entry[1].relative_to(PACKAGE))) for entry in modules()]
)
def test_imports_point_down(package: str, path: Path) -> None:
    assert set(imported(path)) - {package} <= MAY_IMPORT[package]


# Each place that makes markup, and why that is safe. The body of a cable has a module of its own, since its elements are
# written round each word; all else that is more than a call of another program stands in one module.
MARKUP = {
    # Each text of a block goes through `weaving`, `mark_text` or `escape_text`.
    "render/text/body.py": {"render_body": 1},
    "render/text/notes.py": {"render_notes": 1},  # names, escaped, and what render_markdown makes
    "render/text/markup.py": {
        "as_written": 1,  # a text, escaped
        "as_data": 1,  # JSON in which no tag can begin
        "highlight_header": 1,  # the words of the header, escaped, in spans
        "mark_text": 1,  # a text in pieces, each escaped
        "from_template": 1,  # templates escape
        "render_explanation": 1,  # a word and its meaning, each escaped
        "render_popovers": 1,  # pieces of markup, and ids of ours
        "_rendered": 1,  # Markdown escapes, and markdown_rules holds it
    },
}


def test_every_place_that_makes_markup_is_known() -> None:
    made: dict[str, dict[str, int]] = {}
    for _, path in modules():
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and (count := calls_of(function, "Markup")):
                made.setdefault(path.relative_to(PACKAGE).as_posix(), {})[function.name] = count
    assert made == MARKUP


def test_markup_is_made_in_functions_only() -> None:
    for _, path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        known = MARKUP.get(path.relative_to(PACKAGE).as_posix(), {})
        assert calls_of(tree, "Markup") == sum(known.values()), path


def test_no_module_has_another_way_to_make_markup() -> None:
    ways = (
        "markupsafe.Markup",
        "import markupsafe",
        "Markup as",
        "__html__",
        "render_unicode",
        "autoescape=False",
    )
    assert [(path.name, way) for _, path in modules() for way in ways if way in path.read_text("utf-8")] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_takes_no_text_for_markup(path: Path) -> None:
    tree = jinja2.Environment(autoescape=True).parse(path.read_text("utf-8"))
    assert {filter_.name for filter_ in tree.find_all(nodes.Filter)} <= {"length", "join"}
    assert not list(
        tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe, nodes.MarkSafeIfAutoescape))
    )


def test_every_template_is_escaped_and_no_page_leaves_with_what_is_unfit() -> None:
    templates = Templates([TEMPLATES])
    assert templates._environment.autoescape is True
    assert templates._careful.autoescape is True
    assert templates._careful.finalize is fit_for_page
