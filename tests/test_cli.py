"""The command line as a user meets it: whole processes, their words and their exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from site_tools import broken_links, telegram, write_files

PROGRAM = Path(sys.executable).with_name("cablepress")


def run(*words: str, folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    finished = subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        finished.args, finished.returncode, finished.stdout.decode(), finished.stderr.decode()
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, {"content/08STRELSAU123.txt": telegram(), "content/about.md": "# About"})
    return tmp_path


def test_alone_it_says_what_it_is_and_what_to_type(tmp_path: Path) -> None:
    said = run(folder=tmp_path)
    assert said.returncode == 0
    for words in (
        "Make a site of a folder of diplomatic cables",
        "build",
        "new",
        "parse",
        "cablepress new my-archive",
    ):
        assert words in said.stdout


def test_its_version_names_python_and_platform(tmp_path: Path) -> None:
    assert re.fullmatch(
        r"cablepress \d+\.\d+\.\d+, Python 3\.\d+\.\d+\S*, \w+\n", run("--version", folder=tmp_path).stdout
    )


def test_a_build_says_what_it_did_and_what_to_open(project: Path) -> None:
    said = run("build", folder=project)
    assert said.returncode == 0
    assert re.fullmatch(
        r"""cables    1 published
site      (\d+) written, 0 unchanged, 0 removed
left out  feeds and a sitemap; the settings do not say `site_url`
budget    \1 files, \d+ kB, \d+ kB of it in \w+/
          under 0\.1% of what GitHub Pages takes, some \d+ s to deploy by estimate

Built in \d+\.\d s
Open site/index\.html
""",
        said.stdout,
    )
    again = run("build", folder=project).stdout
    assert re.search(r"^budget    \d+ files, \d+ kB, \d+ kB of it in \w+/$", again, re.MULTILINE)
    assert re.search(r"^Nothing to do: site is up to date \(\d+\.\d s\)$", again, re.MULTILINE)


def test_quiet_means_quiet(project: Path) -> None:
    said = run("build", "--quiet", folder=project)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_folders_may_be_named(project: Path) -> None:
    (project / "content").rename(project / "telegrams")
    said = run("build", "--content", "telegrams", "--site", "public", folder=project)
    assert said.returncode == 0
    assert (project / "public/index.html").is_file()
    assert list(broken_links(project / "public")) == []


def test_problems_are_grouped_with_a_count_and_an_example(project: Path) -> None:
    write_files(project / "content", {f"{n}.txt": "Dear Rosa,\n" for n in range(3)})
    said = run("build", folder=project)
    assert said.returncode == 0
    assert said.stderr.endswith(
        """
warning not-a-telegram, 3 times
    0.txt: nothing of a telegram was found; the text is published verbatim

"""
    )
    assert "problems  3 warnings; all of them in .cablepress/problems.jsonl\n" in said.stdout
    lines = (project / ".cablepress/problems.jsonl").read_text().splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["0.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize(
    ("text", "status"), [("Dear Rosa,\n", 1), (telegram(5), 0), (telegram(5, tags="pgov"), 0)]
)
def test_strict_minds_warnings_but_not_notes_also_when_there_is_nothing_to_do(
    project: Path, text: str, status: int
) -> None:
    write_files(project / "content", {"x.txt": text})
    assert run("build", "--strict", folder=project).returncode == status
    assert run("build", "--strict", folder=project).returncode == status
    assert run("build", folder=project).returncode == 0


@pytest.mark.parametrize(
    ("files", "status", "said"),
    [
        ({}, 2, "cablepress: there is no folder content; put telegrams there as .txt files, or make a project with: cablepress new my-archive\n"),
        ({"content/a.txt": "x", "site": "a file"}, 2, "cablepress: site is a file; name a folder for the site\n"),
        (
            {"content/a.txt": "x", "cablepress.toml": 'titel = "x"\nrows_per_page = 1\n'},
            2,
            "cablepress: the settings cannot be used\ncablepress.toml:1: unknown key 'titel'; did you mean 'title'?\ncablepress.toml:2: ",
        ),
        (
            {"content/a.txt": telegram(), "templates/cable.html": "{{ page.subjcet }}"},
            2,
            "cablepress: templates/cable.html:1: ",
        ),
        ({"content/a.txt": telegram(), "site/tag": "a file"}, 3, "cablepress: the build could not be finished: site/tag"),
    ],
)  # fmt: skip
def test_a_wrong_call_and_a_disk_that_refuses_end_in_a_sentence(
    tmp_path: Path, files: dict[str, str], status: int, said: str
) -> None:
    write_files(tmp_path, files)
    finished = run("build", folder=tmp_path)
    assert finished.returncode == status
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("words", [("build", "--nonsense"), ("biuld",), ("parse",), ("new",)])
def test_a_mistyped_call_ends_with_status_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    finished = run(*words, folder=tmp_path)
    assert finished.returncode == 2
    assert "Usage:" in finished.stderr


def test_new_makes_a_folder_that_builds_at_once_without_warnings(tmp_path: Path) -> None:
    said = run("new", "demo", folder=tmp_path)
    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        "Made demo with 12 files. Next:",
        "  cd demo",
        "  cablepress build",
        "To publish it, push it to GitHub, and choose there",
        "  Settings > Pages > Source: GitHub Actions",
    ]
    built = run("build", folder=tmp_path / "demo")
    assert built.returncode == 0
    assert "Open site/index.html" in built.stdout
    assert list(broken_links(tmp_path / "demo/site")) == []


def test_new_refuses_a_folder_that_is_not_empty_and_never_overwrites(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"demo/cablepress.toml": 'title = "Mine"', "demo/.github/workflows/pages.yml": "mine"}
    )
    said = run("new", "demo", folder=tmp_path)
    assert said.returncode == 2
    assert (
        said.stderr
        == "cablepress: demo is not empty; name another folder, or use --force to add what is missing\n"
    )
    assert run("new", "demo", "--force", folder=tmp_path).returncode == 0
    assert (tmp_path / "demo/cablepress.toml").read_text() == 'title = "Mine"'
    assert (tmp_path / "demo/.github/workflows/pages.yml").read_text() == "mine"
    assert (tmp_path / "demo/content/about.md").is_file()


def test_parse_shows_what_was_understood(project: Path) -> None:
    said = run("parse", "content/08STRELSAU123.txt", folder=project)
    assert said.returncode == 0
    assert said.stdout == (
        "08STRELSAU123  THE SALT ROAD\n"
        "  date           14 February 2008, 12:30 UTC\n"
        "  classification UNCLASSIFIED\n"
        "  captions       SIPDIS\n"
        "  precedence     PRIORITY\n"
        "  from           AMEMBASSY STRELSAU\n"
        "  to             SECSTATE WASHDC\n"
        "  info           AMCONSUL ZENDA\n"
        "  order          12958 N/A\n"
        "  TAGS           PGOV\n"
        "  text           1 paragraph\n"
        "  signer         RASSENDYLL\n"
    )


def test_parse_prints_one_json_object_a_line_and_reads_standard_input(project: Path) -> None:
    said = run(
        "parse",
        "--json",
        "content/08STRELSAU123.txt",
        "-",
        folder=project,
        stdin=telegram(5).encode("cp1252"),
    )
    cables = [json.loads(line) for line in said.stdout.splitlines()]
    assert [cable["id"] for cable in cables] == ["08STRELSAU123", "08STRELSAU5"]


def test_parse_goes_on_behind_a_file_that_cannot_be_read(project: Path) -> None:
    said = run("parse", "--json", "nowhere.txt", "content/08STRELSAU123.txt", folder=project)
    assert said.returncode == 1
    assert said.stderr == "nowhere.txt: unreadable: cannot be read: No such file or directory\n"
    assert json.loads(said.stdout)["id"] == "08STRELSAU123"


def test_a_build_can_be_verified(project: Path) -> None:
    assert run("build", "--quiet", folder=project).returncode == 0
    finished = run("build", "--verify", folder=project)
    assert finished.returncode == 0
    assert "\n\nVerified: a clean build gives the same " in finished.stdout
    page = project / "site/tag/PGOV.html"
    page.write_text("as someone would have it", "utf-8")
    finished = run("build", "--verify", "--quiet", folder=project)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert " files is not as in a clean build: tag/PGOV.html" in " ".join(finished.stderr.split())
    assert not (project / ".cablepress/verify").exists()


def test_a_build_says_where_its_time_went(project: Path) -> None:
    finished = run("build", "--profile", "--workers", "1", folder=project)
    stages = [line.split("  ")[0] for line in finished.stdout.splitlines()]
    assert stages[stages.index("stage") :] == [
        "stage",
        "look for changes",
        "read and parse",
        "settle and plan",
        "relate cables",
        "render cables",
        "render other pages",
        "index words",
        "write data",
        "finish",
        "not accounted for",
        "in all",
    ]
