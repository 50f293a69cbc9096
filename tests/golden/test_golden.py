"""Golden telegrams: the text, the cable as JSON and the page as HTML lie side by side.

`make golden` rewrites the JSON and the HTML; what moved is then seen in the diff.
"""

import json
import os
from pathlib import Path

import pytest
from site_tools import build, write_files

from generator import parse_cable

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def agree(path: Path, text: str) -> None:
    """Compare with the golden file, or rewrite it where that was asked for."""
    if os.environ.get("REWRITE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("name", NAMES)
def test_a_telegram_is_understood_as_it_was(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    cable = parse_cable(text, source=f"{name}.txt")
    assert "".join(part.text for part in cable.parts) == text
    agree(FOLDER / f"{name}.json", json.dumps(cable.to_dict(), indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_telegram_looks_as_it_did(name: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"{name}.txt": (FOLDER / f"{name}.txt").read_bytes()})
    build(tmp_path)
    (page,) = (tmp_path / "site/cable").rglob("*.html")
    agree(FOLDER / f"{name}.html", page.read_text("utf-8"))
