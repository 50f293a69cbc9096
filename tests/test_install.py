"""What a release is made of, installed in an empty place by the commands of the release workflow: it makes a site, checks an
archive, and is a plugin of Pygments."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from conftest import missing
from site_tools import broken_links
from versions import version_of

from generator.publish.workflow import WORKFLOW
from generator.starter import SPECIMENS

ROOT = Path(__file__).parent.parent
TELEGRAM = ROOT / "content/2008/08STRELSAU777.txt"
BIN = Path(sys.executable).parent


def run(
    *words: str | Path, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The files of a release, and what came of installing the wheel."""

    dist: Path
    programs: Path  # the folder of all programs of the environment
    tried: Path  # the project that the workflow made to try it


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Built by `make dist`, installed and tried by the step of the workflow, where nothing else is installed."""
    folder = tmp_path_factory.mktemp("release")
    if (pipx := shutil.which("pipx", path=f"{BIN}:{os.environ['PATH']}")) is None:
        missing("pipx", "pip install pipx")
    built = run("make", "dist", f"DIST={folder}/dist", f"BIN={BIN}", folder=ROOT)
    if "No matching distribution found" in built.stdout + built.stderr:
        missing("a package index", "connecting to one")
    assert built.returncode == 0, built.stdout + built.stderr
    installed = run(
        "bash",
        "-e",
        "-c",
        step("Try the wheel in an empty place"),
        folder=folder,
        environment={
            "PATH": f"{folder}/bin:{Path(pipx).parent}:{BIN}:{os.environ['PATH']}",
            "PIPX_HOME": f"{folder}/pipx",
            "PIPX_BIN_DIR": f"{folder}/bin",
            "PIPX_MAN_DIR": f"{folder}/man",
            "RUNNER_TEMP": str(folder),
        },
    )
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return Release(
        dist=folder / "dist", programs=folder / "pipx/venvs/cablepress/bin", tried=folder / "my-archive"
    )


def step(name: str) -> str:
    """The commands of a step of the release workflow."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    (commands,) = (
        step["run"] for job in jobs.values() for step in job.get("steps", []) if step["name"] == name
    )
    assert isinstance(commands, str)
    return commands


def test_the_wheel_makes_a_site_in_an_empty_place(release: Release) -> None:
    assert (release.tried / "site/assets/cablepress.css").is_file()
    assert list(broken_links(release.tried / "site")) == []


def test_the_wheel_says_its_version_and_installs_that_in_a_workflow(release: Release) -> None:
    version = version_of(ROOT)
    said = run(release.programs / "cablepress", "--version", folder=release.tried)
    assert said.stdout.startswith(f"cablepress {version}, Python ")
    assert f'"cablepress=={version}"' in (release.tried / WORKFLOW).read_text("utf-8")


def test_the_wheel_holds_what_it_needs(release: Release) -> None:
    (wheel,) = release.dist.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"generator/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*.*")
        if not path.name.startswith(".")
    }
    needed = {"generator/publish/pages.yml", "generator/problem_codes.tsv", "generator/py.typed"}
    assert needed | templates | {f"generator/content/{name}" for name in SPECIMENS} <= held
    assert {name.split("/")[0] for name in held} == {
        "generator",
        f"cablepress-{version_of(ROOT)}.dist-info",
    }


def test_the_source_holds_all_that_is_needed_to_work_on_it(release: Release) -> None:
    # The wheel above was built from it.
    (source,) = release.dist.glob("*.tar.gz")
    with tarfile.open(source) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    assert {
        "pyproject.toml",
        "Makefile",
        "CHANGELOG.md",
        "tests/test_install.py",
        "content/docs/start.md",
        ".ci/run",
        ".github/workflows/release.yml",
    } <= held
    assert not {name.split("/")[0] for name in held} & {"site", "dist", ".venv", ".cablepress"}


def test_checksums_are_of_the_wheel_and_of_the_source(release: Release) -> None:
    sums = (release.dist / "SHA256SUMS").read_text().splitlines()
    assert sums == [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
        for path in sorted(release.dist.glob("cablepress-*"))
    ]
    assert len(sums) == 2


def test_the_wheel_checks_an_archive_and_explains_its_codes(release: Release, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/letter.txt").write_text("Dear Rosa,\n")
    said = run(release.programs / "cablepress", "check", folder=tmp_path)
    assert (said.returncode, said.stderr) == (0, "Reading: 1 of 1\n")
    assert "Nothing of a telegram was found in a text." in said.stdout


def test_the_wheel_teaches_pygments_telegrams_by_name_and_by_ending(release: Release, tmp_path: Path) -> None:
    text = TELEGRAM.read_text("utf-8")
    (tmp_path / "any.cable").write_text(text, "utf-8")
    (tmp_path / "any.log").write_text(text, "utf-8")
    pygmentize = release.programs / "pygmentize"
    assert run(pygmentize, "-N", "any.cable", folder=tmp_path).stdout == "telegram\n"
    by_ending = run(pygmentize, "-f", "html", "any.cable", folder=tmp_path)
    by_name = run(pygmentize, "-l", "telegram", "-f", "html", "any.log", folder=tmp_path)
    assert (by_ending.returncode, by_name.returncode) == (0, 0)
    assert by_ending.stdout == by_name.stdout
    assert '<span class="nc">SECSTATE WASHDC</span>' in by_name.stdout
