"""What the documents of those who change the program say is so; tests/docs/ has those of users."""

import re
import tomllib
from pathlib import Path

from generator.starter import SPECIMENS

ROOT = Path(__file__).parent.parent


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
