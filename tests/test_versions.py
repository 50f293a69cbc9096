"""One version is named everywhere, and what is told where it is not; tests/test_install.py asks the installed program."""

from pathlib import Path

import pytest
from site_tools import write_files
from versions import ROOT, disagreements, notes_of, version_of


def test_the_versions_of_this_repository_agree() -> None:
    assert list(disagreements(ROOT)) == []


@pytest.mark.parametrize(
    ("changelog", "readme", "tag", "told"),
    [
        ("## 0.2.0 (2026-12-01)\n\n## 0.1.0\n", "pipx install cablepress==0.2.0", "v0.2.0", []),
        ("## Unreleased\n\n## 0.1.0\n", "", None, []),
        ("## Unreleased\n\n## 0.1.0\n", "", "v0.2.0", ["CHANGELOG.md begins with Unreleased, and not with 0.2.0"]),
        ("## 0.2.0\n", "", "v0.2.1", ["the tag is v0.2.1, and pyproject.toml says 0.2.0"]),
        ("## 0.2.0\n", "", "0.2.0", ["the tag is 0.2.0, and pyproject.toml says 0.2.0"]),
        ("## 0.1.0\n", "", None, ["CHANGELOG.md begins with 0.1.0, and pyproject.toml says 0.2.0"]),
        ("", "", "v0.2.0", ["CHANGELOG.md begins with nothing, and pyproject.toml says 0.2.0"]),
        (
            "## Unreleased\n\n## 0.2.0\n",
            "",
            None,
            ["CHANGELOG.md has changes since 0.2.0, and pyproject.toml still says 0.2.0"],
        ),
        (
            "## 0.2.0\n",
            "pipx install ./cablepress-0.1.0-py3-none-any.whl",
            "v0.2.0",
            ["README.md installs 0.1.0, and pyproject.toml says 0.2.0"],
        ),
    ],
)  # fmt: skip
def test_what_names_another_version_is_told(
    tmp_path: Path, changelog: str, readme: str, tag: str | None, told: list[str]
) -> None:
    write_files(
        tmp_path,
        {"pyproject.toml": '[project]\nversion = "0.2.0"\n', "CHANGELOG.md": changelog, "README.md": readme},
    )
    assert list(disagreements(tmp_path, tag)) == told


def test_the_notes_of_a_release_are_what_the_changelog_says_of_it(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "CHANGELOG.md": "# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- It snows. (#9)\n\n## 0.1.0\n\n- It thaws.\n"
        },
    )
    assert notes_of(tmp_path, "0.2.0") == "- It snows. (#9)\n"
    assert notes_of(tmp_path, "0.1.0") == "- It thaws.\n"
    assert notes_of(tmp_path, "0.3.0") == ""


def test_the_version_is_that_of_the_package() -> None:
    assert version_of(ROOT).count(".") == 2
