"""`cablepress import` as a user meets it: whole processes, their words, their exit status, their memory."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dump_tools import imported, page, row
from site_tools import snapshot, telegram, write_files
from terminal import on_a_terminal

PROGRAM = Path(sys.executable).with_name("cablepress")

# Starts a command and prints the largest memory it had, in kB. A process of its own, since a child begins with
# its parent's.
MEASURE = (
    "import os, subprocess, sys;"
    "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL);"
    "_, status, usage = os.wait4(child.pid, 0);"
    "print(usage.ru_maxrss); sys.exit(os.waitstatus_to_exitcode(status))"
)


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        [str(PROGRAM), "import", *words],
        cwd=folder,
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
        text=True,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "dump/cables.csv": row(telegram(1), id_="08STRELSAU1") + '"2","lost"\n',
        "dump/index.html": "<html></html>",
        "dump/letter.txt": "Dear Rosa,\n",
        "dump/tree/a.html": page(telegram(3), id_="08STRELSAU3"),
    }
    write_files(tmp_path, files)
    return tmp_path


TABLE = """\
found          as                  count  the first
understood     telegram                2  dump/cables.csv#1
kept verbatim  no-telegram             1  dump/letter.txt
skipped        page-without-cable      1  dump/index.html
skipped        row-malformed           1  dump/cables.csv:16
"""

LOG = "All problems: .cablepress/import-problems.jsonl\n"

TOLD = """\
Importing: 0.3 of 1.2 kB
error row-malformed
    dump/cables.csv:16: the row has 2 fields, not 8; the row was left out, and the work went on at
        the next line that begins with "digits","; mend the row
        "2","lost"

"""


def test_it_ends_with_a_table_of_what_was_understood_kept_or_skipped(project: Path) -> None:
    said = run("dump", folder=project)
    assert (said.returncode, said.stderr) == (0, TOLD)
    assert said.stdout == TABLE + LOG + "3 cables: 3 written\nNext: cablepress build\n"


def test_every_problem_is_in_the_log(project: Path) -> None:
    write_files(project, {"dump/cables.csv": '"1","x"\n' * 1000})
    run("dump", folder=project)
    lines = (project / ".cablepress/import-problems.jsonl").read_text().splitlines()
    found = [json.loads(line) for line in lines]
    assert [problem["line"] for problem in found if problem["code"] == "row-malformed"] == [*range(1, 1001)]


def test_again_it_writes_nothing_and_says_so(project: Path) -> None:
    run("dump", folder=project)
    before = snapshot(project / "content")
    said = run("dump", folder=project)
    assert said.stdout == (
        TABLE
        + LOG
        + "3 cables: 3 there already\nNothing to do: content is as the dumps are, and nothing was written\n"
    )
    assert snapshot(project / "content") == before


def test_a_dry_run_prints_the_same_table_and_writes_nothing(project: Path) -> None:
    before = snapshot(project)
    said = run("dump", "--dry-run", folder=project)
    assert said.stdout == TABLE + "3 cables: 3 to be written\nA dry run: nothing was written\n"
    assert snapshot(project) == before


def test_what_was_edited_is_named(project: Path) -> None:
    run("dump/tree", folder=project)
    ((path, _),) = imported(project).items()
    file = project / "content" / path
    file.write_text(file.read_text() + "A note.\n")
    write_files(project, {"dump/tree/a.html": page(telegram(3, subject="SNOW"), id_="08STRELSAU3")})
    said = run("dump/tree", folder=project)
    assert said.stderr.endswith(
        """
warning edited-and-changed
    tree/a.html: 2008/02/08STRELSAU3.txt was edited since it was imported, and the dump has another
        text now; it was left alone; to have the dump's text, move the file away and import again

"""
    )
    assert "1 left alone, since they were edited after an import" in said.stdout


def test_the_folder_may_be_named_here_or_in_the_settings(project: Path) -> None:
    write_files(project, {"cablepress.toml": 'content = "telegrams"\n'})
    run("dump/tree", folder=project)
    run("dump/tree", "--content", "elsewhere", folder=project)
    for folder in ("telegrams", "elsewhere"):
        assert (project / folder / "2008/02/08STRELSAU3.txt").is_file()


@pytest.mark.parametrize(("dump", "status"), [("dump", 1), ("dump/tree", 0), ("dump/index.html", 0)])
def test_strict_minds_problems_but_not_what_every_dump_has(project: Path, dump: str, status: int) -> None:
    assert run(dump, "--strict", folder=project).returncode == status
    assert run(dump, folder=project).returncode == 0


@pytest.mark.parametrize(
    ("files", "words", "status", "said"),
    [
        ({}, (), 2, "Usage:"),
        ({}, ("nowhere",), 2, "cablepress: there is no file or folder nowhere\n"),
        ({"content": "a file"}, ("dump",), 2, "cablepress: content is a file"),
        ({}, (".",), 2, "cablepress: the dump (.) and the telegrams (content) must not lie in each other\n"),
        ({"cablepress.toml": "titel = 1"}, ("dump",), 2, "cablepress: the settings cannot be used\n"),
        ({"content/2008": "a file"}, ("dump",), 3, "cablepress: the import could not be finished: content/2008"),
    ],
)  # fmt: skip
def test_a_wrong_call_and_a_disk_that_refuses_end_in_a_sentence(
    project: Path, files: dict[str, str | bytes], words: tuple[str, ...], status: int, said: str
) -> None:
    write_files(project, files)
    finished = run(*words, folder=project)
    assert finished.returncode == status
    assert finished.stderr.startswith(said)
    assert "Traceback" not in finished.stderr


def many_rows(count: int) -> str:
    return "".join(row(telegram(n), number=n, id_=f"08STRELSAU{n}") for n in range(1, count + 1))


def test_interrupted_it_leaves_only_whole_sources_and_goes_on_from_there(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": many_rows(20_000)})
    child = subprocess.Popen(
        [str(PROGRAM), "import", "cables.csv"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    content = tmp_path / "content/2008/02"
    while child.poll() is None and not (content.is_dir() and any(content.iterdir())):
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "interrupted; what was written is whole, and the same command goes on from there" in said
    assert "Traceback" not in said
    left = imported(tmp_path)
    assert 0 < len(left) < 20_000
    assert all(
        source.text == telegram(int(path.rpartition("STRELSAU")[2][:-4])) for path, source in left.items()
    )
    again = run("cables.csv", folder=tmp_path)
    assert f"{20_000 - len(left):,} written, {len(left):,} there already" in again.stdout
    shutil.rmtree(tmp_path)  # pytest keeps the folders of its last runs


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks: list[int] = []
    for count in (2_000, 40_000):
        project = tmp_path / str(count)
        write_files(project, {"cables.csv": many_rows(count)})
        command = [sys.executable, "-c", MEASURE, str(PROGRAM), "import", "cables.csv"]
        measured = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
        assert sum(1 for _ in (project / "content/2008/02").iterdir()) == count
        peaks.append(int(measured.stdout))
        shutil.rmtree(project)
    small, large = peaks
    # Twenty times the rows; what grows is only what the names' database may have in memory.
    assert large - small < 8_000


def test_on_a_terminal_it_shows_how_far_it_is(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": many_rows(3_000)})
    ended = on_a_terminal(str(PROGRAM), "import", "cables.csv", folder=tmp_path, stdout=False)
    assert ended.status == 0
    assert "Importing" in ended.shown
    assert " of 894.8 kB" in ended.shown
