"""What the documents say is so."""

import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import click
import pytest

from generator.cli import cablepress
from generator.search_settings import SearchSettings
from generator.settings import Settings
from generator.starter import SPECIMENS
from generator.telegram.cable import Cable

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(cablepress.commands))
def test_every_command_has_a_passage_with_all_its_options(name: str) -> None:
    passage = re.search(rf"^### `cablepress {name}.*?(?=^##)", README, re.MULTILINE | re.DOTALL)
    assert passage is not None
    command = cablepress.commands[name]
    within = list(command.commands.values()) if isinstance(command, click.Group) else []
    assert all(f"`cablepress {name} {one.name}" in passage[0] for one in within)
    for parameter in [*command.params, *(parameter for one in within for parameter in one.params)]:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in passage[0]


def test_every_setting_is_documented_with_its_default() -> None:
    table = dict(
        re.findall(r"^\| `([a-z_.\[\]]+)` \| (.+?) \|", README.partition("## Settings")[2], re.MULTILINE)
    )
    for setting in fields(Settings):
        if setting.name == "theme":
            assert {"[theme]", "[theme.colours]", "[theme.dark]"} <= set(table)
            continue
        if setting.name == "search":
            assert "[search]" in table
            assert [key.name for key in fields(SearchSettings) if f"`{key.name}" not in README] == []
            continue
        if setting.name == "lexicon":
            assert {"[lexicon.tags]", "[lexicon.posts]", "[lexicon.abbreviations]"} <= set(table)
            continue
        assert setting.default is not MISSING
        written = {None: "not set"}.get(setting.default) or f"`{setting.default!r}`".replace("'", '"')
        assert table[setting.name] == written


def test_every_key_of_the_json_is_named() -> None:
    assert all(f"`{key}`" in README for key in Cable(source="x").to_dict())


def test_every_template_is_explained() -> None:
    explained = (ROOT / "templates/README.md").read_text("utf-8")
    for path in (ROOT / "templates").rglob("*.*"):
        if path.name != "README.md":
            assert f"`{path.relative_to(ROOT / 'templates').as_posix()}`" in explained


def test_every_dependency_has_its_reason() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for dependency in project["dependencies"]:
        assert f"| {re.split('[^a-z0-9-]', dependency)[0]} |" in contributing


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "templates/README.md"):
        path = ROOT / document
        for link in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
            assert link.startswith("https://") or (path.parent / link).exists(), f"{document}: {link}"


def test_the_wheel_holds_the_specimens_of_a_new_project() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert wheel["force-include"] == {
        "templates": "generator/templates",
        **{f"content/{name}": f"generator/content/{name}" for name in SPECIMENS},
    }
