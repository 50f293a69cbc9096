"""`cablepress publish --workflow`: for which branch it writes, and what it says."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from git_tools import git
from site_tools import telegram, write_files

from generator.cli.commands import cablepress
from generator.publish.workflow import WORKFLOW


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive, in which the command runs."""
    folder = tmp_path / "my archive"
    write_files(folder, {"content/08STRELSAU123.txt": telegram()})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return folder


def call() -> Result:
    return CliRunner().invoke(cablepress, ["publish", "--workflow"])


def branches(project: Path) -> list[str]:
    written = yaml.safe_load((project / WORKFLOW).read_text("utf-8"))[True]["push"]["branches"]
    assert isinstance(written, list)
    return written


def test_it_says_what_it_wrote_and_what_comes_next(project: Path) -> None:
    said = call()
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout == (
        "Wrote .github/workflows/pages.yml: every push to main will build, check and publish the site. Next:\n"
        "  git add .github\n"
        '  git commit --message "Publish the site at every push"\n'
        "  git push\n"
        "and at GitHub, once:\n"
        "  Settings > Pages > Source: GitHub Actions\n"
    )
    assert branches(project) == ["main"]


def test_it_is_for_the_branch_that_is_checked_out(project: Path) -> None:
    git(project, "init", "--initial-branch", "trunk")
    assert call().exit_code == 0
    assert branches(project) == ["trunk"]


def test_it_is_rather_for_the_default_branch_of_the_remote(project: Path) -> None:
    git(project, "init", "--initial-branch", "a-draft")
    git(project, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/2026")
    assert call().exit_code == 0
    assert branches(project) == ["release/2026"]


def test_without_a_branch_it_is_for_main(project: Path) -> None:
    git(project, "init", "--initial-branch", "trunk")
    git(project, "add", ".")
    git(project, "commit", "--message", "The papers")
    git(project, "checkout", "--detach")
    assert call().exit_code == 0
    assert branches(project) == ["main"]


def test_a_workflow_that_is_there_is_left_as_it_is(project: Path) -> None:
    write_files(project, {WORKFLOW: "mine"})
    said = call()
    assert said.exit_code == 2
    assert said.stderr == (
        "cablepress: .github/workflows/pages.yml is there already, and was left as it is; to have this version's, "
        "move it away and write it again\n"
    )
    assert (project / WORKFLOW).read_text() == "mine"


def test_a_project_further_down_in_a_repository_gets_none(project: Path) -> None:
    git(project.parent, "init")
    said = call()
    assert said.exit_code == 2
    assert said.stderr.startswith("cablepress: this folder is my archive/ of a repository, and GitHub reads ")
    assert not (project / ".github").exists()


def test_a_folder_without_an_archive_gets_none(project: Path) -> None:
    (project / "content/08STRELSAU123.txt").unlink()
    (project / "content").rmdir()
    said = call()
    assert (said.exit_code, said.stderr) == (
        2,
        "cablepress: there is no folder content; go to the folder of the archive, and call this there\n",
    )
    assert not (project / ".github").exists()


def test_a_place_that_cannot_be_written_is_told(project: Path) -> None:
    write_files(project, {".github": "a file"})
    said = call()
    assert said.exit_code == 3
    assert said.stderr.startswith("cablepress: .github")
