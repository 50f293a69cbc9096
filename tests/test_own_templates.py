"""`cablepress theme`: what is listed, and what is copied out."""

from pathlib import Path

import pytest
from site_tools import build, telegram, write_files
from test_cli import run

from generator.own_templates import list_templates
from generator.render.template_files import builtin_templates

ROOT = builtin_templates()


def test_every_file_is_listed_with_what_it_is_for_and_which_are_ones_own(tmp_path: Path) -> None:
    write_files(tmp_path / "templates", {"cable.html": "x", "cabel.html": "x", "assets/crest.svg": "x"})
    said = run("theme", "list", folder=tmp_path)
    assert said.returncode == 0
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in said.stdout.splitlines()}
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.*")} - {"README.md"}
    assert set(lines) == files | {"cabel.html", "assets/crest.svg"}
    assert lines["cable.html"] == "a cable; yours, templates/cable.html"
    assert lines["page.html"] == "a Markdown page"
    assert lines["cabel.html"] == "no built-in file has this name; yours, templates/cabel.html"


def test_in_a_checkout_of_the_program_no_file_is_ones_own() -> None:
    assert not any(file.is_own for file in list_templates(ROOT))


@pytest.mark.parametrize(
    "name", ["cable.html", "parts/lists.html", "assets/cablepress.css", "templates/cable.html"]
)
def test_a_file_is_copied_out_and_used(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {"cablepress.toml": 'templates = "looks"\n', "content/a.txt": telegram()})
    said = run("theme", "eject", name, folder=tmp_path)
    copy = f"looks/{name.removeprefix('templates/')}"
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == (
        f"Copied to {copy}, which is used from now on. Next:\n"
        "  edit it, and look at it with: cablepress serve\n"
        "  remove it to have the built-in one again\n"
    )
    assert (tmp_path / copy).read_bytes() == (ROOT / name.removeprefix("templates/")).read_bytes()
    build(tmp_path)


def test_a_file_of_ones_own_is_overwritten_by_force_alone(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/cable.html": "mine"})
    said = run("theme", "eject", "cable.html", folder=tmp_path)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "cablepress: templates/cable.html is there already; --force overwrites it\n"
    assert (tmp_path / "templates/cable.html").read_text() == "mine"
    assert run("theme", "eject", "--force", "cable.html", folder=tmp_path).returncode == 0
    assert (tmp_path / "templates/cable.html").read_bytes() == (ROOT / "cable.html").read_bytes()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cabel.html", "did you mean cable.html?"),
        ("assets/cablepress", "did you mean assets/cablepress.js?"),
        ("xyzzy", "cablepress theme list shows all"),
        ("../README.md", "cablepress theme list shows all"),
        ("README.md", "cablepress theme list shows all"),
    ],
)
def test_an_unknown_name_ends_with_status_2_and_the_nearest(tmp_path: Path, name: str, hint: str) -> None:
    said = run("theme", "eject", name, folder=tmp_path)
    assert said.returncode == 2
    assert said.stderr.startswith("cablepress: there is no template or asset ")
    assert said.stderr.endswith(f"; {hint}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_ends_with_status_3(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates": "a file"})
    said = run("theme", "eject", "cable.html", folder=tmp_path)
    assert said.returncode == 3
    assert said.stderr == "cablepress: templates: File exists\n"
