"""Two pages never stand at one address, and none in the place of the site's own; who would is told so."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from site_tools import build, snapshot, telegram, write_files

from generator.archive.address import shared_address


def told(folder: Path) -> list[tuple[str, str, str, str]]:
    """What is told of addresses: severity and code, file, message and next step."""
    lines = (folder / ".cablepress/problems.jsonl").read_text("utf-8").splitlines()
    return [
        (f"{one['severity']} {one['code']}", one["source"], one["message"], one["next_step"])
        for one in map(json.loads, lines)
        if one["code"].startswith("address-")
    ]


def build_of(folder: Path, files: Mapping[str, str]) -> Path:
    write_files(folder / "content", {"1.txt": telegram(1), **files})
    build(folder)
    return folder / "site"


def test_of_two_pages_with_one_address_the_second_has_one_of_its_own(tmp_path: Path) -> None:
    site = build_of(tmp_path, {"salt.MD": "# Capital\n", "salt.md": "# Small\n"})
    own = shared_address("salt.html", "salt.md")
    assert "Capital" in (site / "salt.html").read_text("utf-8")
    assert "Small" in (site / own).read_text("utf-8")
    assert told(tmp_path) == [
        (
            "warning address-shared",
            "salt.md",
            "it would stand at salt.html, as salt.MD does",
            f"it stands at {own}; rename one of the two",
        )
    ]


@pytest.mark.parametrize(
    ("path", "address"), [("map.md", "_map.html"), ("tag/salt.md", "_tag/salt.html"), ("404.md", "_404.html")]
)
def test_a_page_with_a_name_of_the_sites_own_is_told_where_it_stands(
    tmp_path: Path, path: str, address: str
) -> None:
    site = build_of(tmp_path, {path: "# Salt\n", "index.md": "# Home\n", "below/index.md": "# Below\n"})
    assert (site / address).exists()
    assert told(tmp_path) == [
        (
            "info address-reserved",
            path,
            "the site has a page or a folder of this name already",
            f"it stands at {address}; rename the file if that should be otherwise",
        )
    ]


EDITS: list[tuple[str, str | None]] = [
    ("salt.md", "# Small\n"),
    ("salt.MD", "# Capital\n"),
    ("salt.md", None),
    ("salt.md", "# Small again\n"),
    ("salt.MD", None),
    ("below/salt.md", "# Below\n"),
]


def test_after_any_edit_the_addresses_are_those_of_a_clean_build(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for number, (name, text) in enumerate(EDITS):
        files = {key: value for key, value in files.items() if key != name} | ({name: text} if text else {})
        (tmp_path / "edited/content" / name).unlink(missing_ok=True)
        site = build_of(tmp_path / "edited", files)
        clean = build_of(tmp_path / f"clean-{number}", files)
        assert snapshot(site) == snapshot(clean)
        assert told(tmp_path / "edited") == told(tmp_path / f"clean-{number}")
