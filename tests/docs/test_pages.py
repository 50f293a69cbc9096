"""The documents are whole: each command, option and setting is on its page, and each link leads somewhere."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from docs import problems_page, settings_page
from docs.blocks import DOCS, PAGES, ROOT, text_of, without_code
from docs.settings_page import settings_entries
from markdown.extensions.toc import slugify, unique

from generator.cli import cablepress
from generator.intake.front_matter_keys import FIELDS
from generator.telegram.cable import Cable

# Commands whose page has another name.
PAGE_OF = {"theme": "themes.md"}

_LINK = re.compile(r"\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")


@pytest.mark.parametrize("name", sorted(cablepress.commands))
def test_every_command_has_a_page_with_all_its_options(name: str) -> None:
    page = (DOCS / PAGE_OF.get(name, f"{name}.md")).read_text("utf-8")
    command = cablepress.commands[name]
    within = list(command.commands.values()) if isinstance(command, click.Group) else []
    for one in within:
        assert f"`cablepress {name} {one.name}" in page
    for parameter in [*command.params, *(parameter for one in within for parameter in one.params)]:
        if isinstance(parameter, click.Option):
            for written in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"`{written}\b", page), f"{written} of cablepress {name}"


@pytest.mark.parametrize(
    ("name", "heading", "listed"),
    [
        ("settings.md", settings_page.HEADING, settings_page.settings_list),
        ("problems.md", problems_page.HEADING, problems_page.problems_list),
    ],
)
def test_a_list_of_the_program_is_on_its_page(name: str, heading: str, listed: Callable[[], str]) -> None:
    """REWRITE_DOCS=1 writes it."""
    page = DOCS / name
    before, _, written = page.read_text("utf-8").partition(heading)
    if os.environ.get("REWRITE_DOCS") == "1":
        page.write_text(before + listed(), "utf-8")
    else:
        assert heading + written == listed(), f"{name} is out of date: make docs"


def test_every_setting_has_an_example_that_sets_it() -> None:
    for entry in settings_entries():
        key = entry.name.rpartition(".")[2]
        assert f"{key} = " in entry.example or entry.example.startswith(f"[{entry.name}]"), entry.name


def test_every_key_of_the_json_is_named() -> None:
    page = (DOCS / "parse.md").read_text("utf-8")
    assert [key for key in Cable(source="x").to_dict() if f"`{key}`" not in page] == []


def test_every_field_of_front_matter_is_named() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    assert [key for keys in FIELDS.values() for key in keys if f"`{key}`" not in page] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("content/")])
def test_every_page_has_a_title_and_says_what_it_is_about(page: str) -> None:
    text = text_of(page)
    assert re.match(r"# \S[^\n]*\n\n[A-Za-z`]", text), f"{page} does not begin with a title and a sentence"
    assert len(re.findall(r"^# ", without_code(text), re.MULTILINE)) == 1


def links(page: Path) -> Iterator[tuple[str, str | None]]:
    for link in _LINK.finditer(without_code(page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:", link["path"]):
            yield link["path"], link["anchor"]


def anchors(page: Path) -> set[str]:
    """The ids of a page's headings, as Markdown gives them."""
    found: set[str] = set()
    for heading in re.findall(
        r"^#{2,6} (.+)$", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S), re.M
    ):
        unique(slugify(heading.replace("`", ""), "-"), found)
    return found


def test_every_link_of_the_documents_leads_somewhere() -> None:
    missing: list[str] = []
    for page in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]:
        for path, anchor in links(page):
            target = (page.parent / path) if path else page
            if path.endswith(".html"):
                continue  # of the site, whose links tests/test_specimens.py follows
            if not target.exists():
                missing.append(f"{page.name} -> {path}")
            elif anchor is not None and anchor not in anchors(target):
                missing.append(f"{page.name} -> {path}#{anchor}")
    assert not missing, "\n".join(["these lead nowhere:", *missing])


def test_the_contents_name_every_page() -> None:
    listed = {path for path, _ in links(DOCS / "index.md")}
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= listed
