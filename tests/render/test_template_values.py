"""What the README of the templates says of the values that they receive: every field, and none that is not there.

make fields      adds to it the fields that it lacks, with their comments in the code as words, and takes out others
"""

import importlib
import inspect
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from site_tools import TODAY, nothing

from generator.build.engine import build_site
from generator.build.workers import InThisProcess
from generator.parts.cutting import cut_site
from generator.render.frame import Frame
from generator.render.templates import Templates
from generator.settings import load_settings
from generator.settings.publish import PublishSettings

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "templates/README.md"

# Between these lines of the README stand the tables of fields.
BEGIN, END = "## Fields\n", "\n## "

# What a template receives, by the table of files: | `cable.html` | a cable | `CablePage` (`generator/...py`) |
RECEIVES = re.compile(r"^\| `([^`]+\.html)` \|[^|]*\| `(\w+)` \(`(generator/[\w/]+)\.py`\)", re.MULTILINE)

# A field in the code with the comment behind it; and its row in the README.
COMMENT = r"^    {name}: [^#\n]*#\s*(.+)$"
ROW = re.compile(r"^\| `(\w+)` \| (.*?) ?\|$", re.MULTILINE)


def received() -> dict[str, str]:
    """The name of the class that each template receives as `page`, as the README has it."""
    return {template: name for template, name, _ in RECEIVES.findall(README.read_text("utf-8"))}


def values() -> dict[str, type]:
    """All values that templates receive, and the values in these, in the order of the README."""
    found: dict[str, type] = {}
    for _, name, module in RECEIVES.findall(README.read_text("utf-8")):
        _gather(getattr(importlib.import_module(module.replace("/", ".")), name), found)
    return found


def _gather(type_: Any, found: dict[str, type]) -> None:
    is_value = isinstance(type_, type) and issubclass(type_, msgspec.Struct)
    if is_value and type_.__name__ not in found:
        found[type_.__name__] = type_
        for field in get_type_hints(type_).values():
            _gather(field, found)
    for argument in get_args(type_):
        _gather(argument, found)


def described() -> dict[str, dict[str, str]]:
    """The words of the README for each field of each class."""
    _, _, rest = README.read_text("utf-8").partition(BEGIN)
    sections = re.split(r"^### `(\w+)`\n", rest.partition(END)[0], flags=re.MULTILINE)[1:]
    return {name: dict(ROW.findall(table)) for name, table in zip(sections[::2], sections[1::2], strict=True)}


def fields_of(type_: type) -> Iterator[tuple[str, str]]:
    """Each field of a class with the comment that stands behind it, '' where none does."""
    source = inspect.getsource(type_)
    for field in msgspec.structs.fields(type_):
        comment = re.search(COMMENT.format(name=field.name), source, re.MULTILINE)
        yield field.name, comment[1].replace("|", "/") if comment else ""


def test_every_field_of_every_value_is_described() -> None:
    words = described()
    if os.environ.get("REWRITE_FIELDS"):
        rewrite(words)
        words = described()
    wrong = [
        *(f"{name} is no value of a template" for name in words if name not in values()),
        *(
            f"{name}.{field} is no field"
            for name, rows in words.items()
            for field in rows
            if name in values() and field not in dict(fields_of(values()[name]))
        ),
        *(
            f"{name}.{field} has no words"
            for name, type_ in values().items()
            for field, _ in fields_of(type_)
            if not words.get(name, {}).get(field)
        ),
    ]
    assert wrong == [], "`make fields` adds rows and takes out others; the words are yours"


def rewrite(words: Mapping[str, Mapping[str, str]]) -> None:
    """Make the tables anew, with the words that they have."""
    tables = []
    for name, type_ in values().items():
        rows = [
            f"| `{field}` | {words.get(name, {}).get(field) or comment} |\n"
            for field, comment in fields_of(type_)
        ]
        tables.append(f"\n### `{name}`\n\n| field | |\n|---|---|\n{''.join(rows)}")
    text = README.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    introduction = rest.partition("\n### ")[0].rstrip("\n") + "\n"
    _, end, after = rest.partition(END)
    README.write_text(before + begin + introduction + "".join(tables) + end + after, "utf-8")


def test_every_template_receives_what_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, set[str]] = {}
    render = Templates.render

    def watched(self: Templates, name: str, values: Mapping[str, Any]) -> str:
        assert isinstance(values["frame"], Frame)
        seen.setdefault(name, set()).add(type(values["page"]).__name__)
        return render(self, name, values)

    monkeypatch.setattr(Templates, "render", watched)
    settings = replace(
        load_settings(ROOT),
        site_url="https://example.org/cables/",
        publish=PublishSettings(split="decade"),
    )
    build_site(
        ROOT,
        settings,
        content=ROOT / "content",
        site=tmp_path / "site",
        state=tmp_path / "state",
        today=TODAY,
        progress=nothing,
    )
    cut_site(
        ROOT,
        settings,
        site=tmp_path / "site",
        progress=nothing,
        executor=InThisProcess(),
        workers=1,
        state=tmp_path / "state",
        folder=tmp_path / "parts",
    )
    assert {name: {type_} for name, type_ in received().items() if name != "base.html"} == seen
