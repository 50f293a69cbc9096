"""`cablepress check` of a folder in which there is a site: whole processes, their words and their exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from site_tools import telegram, write_files

PROGRAM = Path(sys.executable).with_name("cablepress")
DOCUMENTED = Path(__file__).parent.parent.parent / "content/docs/check.md"

LEDGER = '[[redact]]\nterm = "Hofbau"\n'


def cablepress(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80"},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive and its site."""
    folder = tmp_path_factory.mktemp("built")
    write_files(
        folder,
        {
            "content/08STRELSAU1.txt": telegram(1, text="1. (U) Hofbau came."),
            "content/08STRELSAU2.txt": telegram(2, ref="STRELSAU 1"),
            "content/about.md": "# About\n\n08STRELSAU1 is the first.\n",
            "content/release.toml": LEDGER,
        },
    )
    assert cablepress(folder, "build", "--quiet").returncode == 0
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """The same, to be broken."""
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def test_a_site_in_order_is_told_with_its_size(built: Path) -> None:
    said = cablepress(built, "check", "--strict")
    assert said.returncode == 0
    assert re.fullmatch(r"Inspecting: 200 of \d+", said.stderr.splitlines()[-1])
    assert re.fullmatch(
        r"""content: 2 cables, 1 page

site: (\d+) files, \d+ pages; \d+ read since they changed

links     every link leads somewhere, and every page is valid
leaks     none in \1 files, (1\.\d MB|\d+ kB)
size      \1 files, \2
folders   \w+/ \d+ kB, \w+/ \d+ kB, \w+/ \d+ kB
largest   (?:\S+\s+\d+\s+kB,?\s+){3}GitHub    under 0\.1% of what GitHub Pages takes, some 1\d s to deploy by estimate

No problems were found\.
""",
        said.stdout,
    ), said.stdout


def test_what_is_broken_or_held_back_is_told_and_gives_status_1(project: Path) -> None:
    (project / "site/assets/pictures.css").unlink()
    (project / "site/essay.html").write_text(
        "<!doctype html><html lang=en><title>x</title>\n<a href=tag/pgov.html>x</a>"
    )
    (project / "site/left.txt").write_text("Hofbau")
    said = cablepress(project, "check")
    assert said.returncode == 1
    assert "leaks     1 leak in " in said.stdout
    assert "leak: left.txt: byte 0: " in said.stdout
    assert "Hofbau" not in said.stdout
    kind = re.search(r"^error link-broken.*?\n\n", said.stdout, re.MULTILINE | re.DOTALL)
    assert kind
    assert kind[0].startswith("error link-broken, ")
    assert "there is no file assets/pictures.css" in kind[0]
    assert re.search(
        r"^missed    assets/pictures\.css in \d+ files, tag/pgov\.html in 1 file$", said.stdout, re.MULTILINE
    )
    assert "All of them: .cablepress/check/site-problems.jsonl" in said.stdout
    log = [
        json.loads(line)
        for line in (project / ".cablepress/check/site-problems.jsonl").read_bytes().splitlines()
    ]
    assert {problem["source"] for problem in log if problem["line"] == 2} == {"essay.html"}


def test_warnings_give_status_1_where_that_is_asked(project: Path) -> None:
    (project / "site/essay.html").write_text("<!doctype html><html lang=en><title>x</title><div>")
    assert [cablepress(project, "check", *words).returncode for words in ((), ("--strict",))] == [0, 1]


def test_a_site_that_is_out_of_date_is_called_so(built: Path) -> None:
    late = built / "content/08STRELSAU3.txt"
    late.write_text(telegram(3))
    said = cablepress(built, "check")
    late.unlink()
    assert said.returncode == 0
    assert (
        "\nBut site is out of date: 1 source changed since it was built; build the site:\ncablepress build\n"
        in said.stdout
    )


def test_another_site_may_be_named_and_must_be_there(project: Path) -> None:
    (project / "site").rename(project / "public")
    said = cablepress(project, "check", "--site", "public")
    assert (said.returncode, "\npublic: " in said.stdout) == (0, True)
    said = cablepress(project, "check", "--site", "site")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "cablepress: there is no site in site; build it first: cablepress build\n"


def test_machines_get_the_site_too_and_every_key_is_documented(project: Path) -> None:
    (project / "site/assets/pictures.css").unlink()
    (project / "site/left.txt").write_text("Hofbau")
    said = cablepress(project, "check", "--json")
    assert (said.returncode, said.stderr) == (1, "")
    site = json.loads(said.stdout)["site"]
    assert site["folder"] == "site"
    assert site["budget"]["files"] == sum(path.is_file() for path in (project / "site").rglob("*"))
    assert site["budget"]["level"] == "fits"
    assert [leak["file"] for leak in site["leaks"]["leaks"]] == ["left.txt"]
    assert site["missed"][0]["address"] == "assets/pictures.css"
    assert [(kind["code"], kind["count"]) for kind in site["problems"]] == [
        ("link-broken", site["missed"][0]["files"])
    ]
    documented = DOCUMENTED.read_text("utf-8")

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    assert [key for key in sorted(keys(site)) if f"`{key}`" not in documented] == []


def test_an_inspection_that_the_disk_does_not_allow_ends_in_a_sentence(project: Path) -> None:
    shutil.rmtree(project / ".cablepress/check", ignore_errors=True)
    (project / ".cablepress/check/inspection.sqlite").mkdir(parents=True)
    said = cablepress(project, "check")
    assert said.returncode == 3
    assert "cablepress: the site could not be inspected: .cablepress/check/inspection.sqlite" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_parts_of_a_split_archive_are_looked_at_together(project: Path) -> None:
    settings = 'site_url = "https://salt.example/cables/"\n[publish]\nsplit = "decade"\n'
    (project / "cablepress.toml").write_text(settings)
    (project / "content/95ZENDA9.txt").write_text(telegram(9, post="ZENDA", dtg="141230Z FEB 95"))
    assert cablepress(project, "build", "--quiet").returncode == 0
    said = cablepress(project, "check", "--site", "parts")
    assert (said.returncode, "\nlinks     every link leads somewhere" in said.stdout) == (0, True)
    next((project / "parts/cables-1990s/cable").rglob("*.html")).unlink()
    said = cablepress(project, "check", "--site", "parts")
    assert said.returncode == 1
    assert "\nmissed    cables-1990s/cable/1995/02/95ZENDA9.html in " in said.stdout
