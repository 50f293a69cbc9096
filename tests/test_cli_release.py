"""`cablepress release`, `--date`, and a ledger that cannot be used: words and exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_tools import telegram, write_files

PROGRAM = Path(sys.executable).with_name("cablepress")

LEDGER = """\
[release]
highest = "SECRET"

[[withhold]]
cable = "08STRELSAU1"

[[embargo]]
tag = "ECON"
until = 2030-01-01

[[redact]]
term = "Hofbau"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path,
        {
            "content/release.toml": LEDGER,
            "content/a.txt": telegram(1),
            "content/b.txt": telegram(2, tags="ECON"),
            "content/c.txt": telegram(3, text="1. (U) Hofbau, and Hof-\nbau again."),
        },
    )
    return tmp_path


def run(project: Path, *arguments: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return done.returncode, done.stdout, done.stderr


def test_release_shows_what_each_rule_does_and_builds_nothing(project: Path) -> None:
    status, said, _ = run(project, "release", "--date", "2026-11-24")
    assert status == 0
    assert said == (
        """\
On 24 November 2026: 1 cable published, 2 held back

release.toml:2   withhold what lies above SECRET         0 cables
release.toml:4   withhold 08STRELSAU1                    1 cable
release.toml:7   embargo TAGS ECON until 1 January 2030  1 cable
release.toml:11  redact "Hofbau" in every cable          1 cable, 2 places
"""
    )
    assert not (project / "site").exists()


def test_an_embargo_that_is_over_holds_nothing_back(project: Path) -> None:
    status, said, _ = run(project, "release", "--date", "2030-01-01")
    assert (status, said.splitlines()[0]) == (0, "On 1 January 2030: 2 cables published, 1 held back")
    _, said, _ = run(project, "release", env={"SOURCE_DATE_EPOCH": "1893456000"})
    assert said.splitlines()[0].startswith("On 1 January 2030: 2 cables published")


def test_a_rule_that_does_nothing_ends_with_status_1(project: Path) -> None:
    write_files(project, {"content/release.toml": LEDGER + '\n[[redact]]\nterm = "Vukan"\n'})
    status, said, _ = run(project, "release")
    assert status == 1
    assert "warning: release.toml:14: this rule redacts nothing" in said


def test_without_a_ledger_only_drafts_are_held_back(project: Path) -> None:
    (project / "content/release.toml").unlink()
    status, said, _ = run(project, "release", "--date", "2026-11-24")
    assert status == 0
    assert said == (
        "On 24 November 2026: 3 cables published, 0 held back\n"
        "There are no rules in release.toml; only drafts are held back.\n"
    )


@pytest.mark.parametrize("command", ["build", "check", "release"])
def test_a_ledger_that_cannot_be_used_is_a_wrong_call(project: Path, command: str) -> None:
    write_files(project, {"content/release.toml": "[[withold]]\ncable = 'x'\n"})
    status, said, wrong = run(project, command)
    assert (status, said) == (2, "")
    assert "release.toml:1: unknown table 'withold'; did you mean 'withhold'" in wrong
    assert not (project / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (("build", "--date", "soon"), None, "--date must be a day such as 2026-11-24, not 'soon'"),
        (("build",), {"SOURCE_DATE_EPOCH": "now"}, "SOURCE_DATE_EPOCH must be seconds since 1970, not 'now'"),
    ],
)
def test_a_day_that_is_none_is_a_wrong_call(
    project: Path, arguments: tuple[str, ...], env: dict[str, str] | None, said: str
) -> None:
    status, _, wrong = run(project, *arguments, env=env)
    assert status == 2
    assert said in wrong
