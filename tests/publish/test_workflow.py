"""The workflow that `cablepress new` writes, and this repository's own: valid, safe, and made of commands that run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from site_tools import write_files

from generator.publish.workflow import WORKFLOW, WorkflowRefused, workflow_text, write_workflow
from generator.starter import new_project

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent

ADDRESS = "https://fritz.github.io/my-archive"

WRITTEN = "what cablepress new writes"
OWN = {path.name: path.read_text("utf-8") for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
ALL = {WRITTEN: workflow_text(), **OWN}

# What each job may do. Nothing else in these files gives a right to anybody.
RIGHTS = {
    (WRITTEN, "build"): {"contents": "read", "pages": "read"},
    (WRITTEN, "deploy"): {"pages": "write", "id-token": "write"},
    ("ci.yml", "check-and-test"): {"contents": "read"},
    ("pages.yml", "test"): {"contents": "read"},
    ("pages.yml", "build"): {"contents": "read", "pages": "read"},
    ("pages.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("release.yml", "test"): {"contents": "read"},
    ("release.yml", "build"): {"contents": "read"},
    ("release.yml", "release"): {"contents": "write", "id-token": "write", "attestations": "write"},
}

_ACTION = re.compile(r"^ *(?:- )?uses: (?P<action>\S+)(?P<comment>.*)$", re.MULTILINE)
_PIN = re.compile(r"(?P<name>[\w-]+/[\w-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def jobs(workflow: str) -> dict[str, Any]:
    found = yaml.safe_load(ALL[workflow])["jobs"]
    assert isinstance(found, dict)
    return found


def steps(workflow: str) -> Iterator[dict[str, Any]]:
    for job in jobs(workflow).values():
        yield from job.get("steps", [])


# Whether GitHub takes them, and whether they are safe.


def checked_by(program: str, *words: str, folder: Path) -> None:
    """A program of its own finds nothing wrong with all workflows."""
    write_files(folder, {WORKFLOW: ALL[WRITTEN], **{f"own/.github/workflows/{n}": t for n, t in OWN.items()}})
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yml"))
    assert len(files) == len(ALL)
    found = subprocess.run(
        [str(BIN / program), *words, *files], cwd=folder, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_workflow_is_valid_by_the_schema(tmp_path: Path) -> None:
    checked_by("check-jsonschema", "--builtin-schema", "vendor.github-workflows", folder=tmp_path)


def test_zizmor_finds_nothing_that_is_not_safe(tmp_path: Path) -> None:
    checked_by("zizmor", "--offline", "--persona", "pedantic", "--quiet", folder=tmp_path)


def test_what_updates_the_actions_is_valid() -> None:
    subprocess.run(
        [
            BIN / "check-jsonschema",
            "--builtin-schema",
            "vendor.dependabot",
            ROOT / ".github/dependabot.yml",
        ],
        check=True,
    )


@pytest.mark.parametrize("workflow", ALL)
def test_a_workflow_gives_no_right_but_those_of_its_jobs(workflow: str) -> None:
    assert yaml.safe_load(ALL[workflow])["permissions"] == {}
    for name, job in jobs(workflow).items():
        assert job["permissions"] == RIGHTS[workflow, name], name
        assert "timeout-minutes" in job or "uses" in job, name
    assert "secrets." not in ALL[workflow]


@pytest.mark.parametrize("workflow", ALL)
def test_no_text_of_github_is_put_into_a_command(workflow: str) -> None:
    """It comes by the environment, where it is never read as code."""
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("workflow", ALL)
def test_what_is_fetched_keeps_no_credentials(workflow: str) -> None:
    fetched = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"] == {"persist-credentials": False} for step in fetched)


def test_every_action_is_pinned_by_a_digest_with_its_version_and_everywhere_by_the_same() -> None:
    pins: dict[str, set[str]] = {}
    for text in ALL.values():
        for found in _ACTION.finditer(text):
            if not found["action"].startswith("./"):
                pin = _PIN.fullmatch(found["action"] + found["comment"])
                assert pin is not None, found[0]
                pins.setdefault(pin["name"], set()).add(pin[0])
    assert {name for name, named in pins.items() if len(named) > 1} == set()
    assert {name for name in pins if not name.startswith("actions/")} == set()


def test_nothing_is_kept_from_one_run_to_the_next() -> None:
    """What a build remembers holds words that are withheld, and whoever opens a pull request can read a cache."""
    assert [name for name in ALL if "actions/cache" in ALL[name] or "cache:" in ALL[name]] == []


# What is put in, and what is left alone.


def test_the_workflow_names_the_branch_and_nothing_is_left_to_fill_in() -> None:
    text = workflow_text(branch="release/2026.1")
    assert yaml.safe_load(text)[True]["push"] == {
        "branches": ["release/2026.1"]
    }  # YAML 1.1 reads 'on' as true
    assert re.search(r'"cablepress==\d+\.\d+\.\d+"', text)
    assert not re.search("BRANCH|VERSION", text)


@pytest.mark.parametrize("branch", ['a"b', "a b", "fix!", "feature+", "[main]", "größe", "", "-x"])
def test_a_branch_that_could_be_a_pattern_is_refused(branch: str) -> None:
    with pytest.raises(WorkflowRefused, match="git branch --move main"):
        workflow_text(branch=branch)


def test_a_workflow_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = write_workflow(tmp_path)
    assert path == tmp_path / WORKFLOW
    assert path.read_text("utf-8") == workflow_text()
    path.write_text("mine")
    with pytest.raises(WorkflowRefused, match=r"pages\.yml is there already, and was left as it is; to have"):
        write_workflow(tmp_path)
    assert path.read_text() == "mine"


def test_a_place_that_is_no_folder_is_no_success(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("a file")
    with pytest.raises(OSError, match=r"\.github"):
        write_workflow(tmp_path)


# Whether the commands run.


def run_commands(workflow: str, project: Path, clone: Path) -> dict[str, str]:
    """Run a workflow's commands as GitHub does, but for those that install, in a clone of a project; give what they say."""
    git = [
        "git",
        "-c",
        "user.name=Fritz",
        "-c",
        "user.email=fritz@example.org",
        "-c",
        "init.defaultBranch=main",
    ]
    for words in (["init"], ["add", "."], ["commit", "-m", "The papers"], ["clone", ".", str(clone)]):
        subprocess.run([*git, *words], cwd=project, check=True, capture_output=True)
    program = clone.with_name("bin") / "cablepress"
    write_files(
        program.parent,
        {
            program.name: f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c 'from generator.cli import main; main()' \"$@\"\n"
        },
    )
    program.chmod(0o755)
    said: dict[str, str] = {}
    for step in steps(workflow):
        if "run" in step and not step["run"].startswith("pipx "):
            ran = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=clone,
                env={
                    "PATH": f"{program.parent}:{os.environ['PATH']}",
                    "PYTHONPATH": str(ROOT),
                    "BASE_URL": ADDRESS,
                },
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, f"{step['run']}\n{ran.stdout}{ran.stderr}"
            said[step["name"]] = ran.stdout
    return said


def assert_published(workflow: str, clone: Path) -> None:
    """The site that the workflow hands over knows its address, and is whole."""
    (handed,) = (step["with"] for step in steps(workflow) if "upload-pages-artifact" in step.get("uses", ""))
    site = clone / handed["path"]
    assert f"<loc>{ADDRESS}/" in (site / "sitemap.xml").read_text("utf-8")
    assert (site / "404.html").is_file()


def test_the_commands_of_a_new_project_run_in_a_clone_of_it(tmp_path: Path) -> None:
    new_project(tmp_path / "project")
    said = run_commands(WRITTEN, tmp_path / "project", tmp_path / "clone")
    assert list(said) == ["Build", "Check"]
    assert_published(WRITTEN, tmp_path / "clone")


def test_the_commands_of_our_own_workflow_run_in_a_clone_of_our_archive(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "project/content")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "project")
    said = run_commands("pages.yml", tmp_path / "project", tmp_path / "clone")
    assert list(said) == ["Build", "Check"]
    assert_published("pages.yml", tmp_path / "clone")


def test_our_own_workflow_is_the_written_one_with_our_own_code_and_tests() -> None:
    own, written = jobs("pages.yml"), jobs(WRITTEN)
    assert own["deploy"] == written["deploy"] | {"needs": ["test", "build"]}
    differing = [
        one["name"]
        for one, other in zip(own["build"]["steps"], written["build"]["steps"], strict=True)
        if one != other
    ]
    assert differing == ["Fetch the archive and the code", "Install cablepress"]
