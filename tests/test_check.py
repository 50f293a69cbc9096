"""`cablepress check` as a user meets it: whole processes, their words and their exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from site_tools import snapshot, telegram, write_files
from terminal import on_a_terminal

from generator.problem_codes import problem_codes

PROGRAM = Path(sys.executable).with_name("cablepress")
DOCUMENTED = Path(__file__).parent.parent / "content/docs/check.md"

FAULTY = {
    "content/08STRELSAU1.txt": telegram(1, tags="PGOV ZZQX", ref="A. SLAVNA 7 B. ZENDA 9"),
    "content/08STRELSAU2.txt": telegram(2, ref="SLAVNA 7", text="1. (U) One.\n\n3. (U) Three."),
    "content/copy.txt": telegram(2, ref="SLAVNA 7", text="1. (U) One.\n\n3. (U) Three."),
    "content/letter.txt": "Dear Rosa,\n",
    "content/below/letter.txt": "Dear Rosa,\n",
    "content/part.txt": telegram(5).replace("UNCLAS STREL", "UNCLAS SECTION 02 OF 03 STREL"),
    "content/secret.txt": "---\ndraft: true\n---\n" + telegram(900, tags="QQQX", ref="SLAVNA 11"),
    "content/about.md": "# About",
}


def check(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), "check", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    write_files(tmp_path, FAULTY)
    return tmp_path


def test_what_is_wrong_is_told_the_gravest_first_with_an_example(faulty: Path) -> None:
    said = check(faulty)
    assert (said.returncode, said.stderr) == (0, "Reading: 8 of 8\n")
    assert said.stdout == (
        """\
content: 6 cables, 1 page; 1 source held back and left out below

warning id-shared
    Several sources have one reference id.
    08STRELSAU2.txt: 2 sources are 08STRELSAU2: 08STRELSAU2.txt, copy.txt; all
        are published, under addresses of their own; remove the copies that are
        not wanted

warning not-a-telegram, 2 times
    Nothing of a telegram was found in a text.
    below/letter.txt: nothing of a telegram was found; the text is published
        verbatim
    next: Nothing if it is meant to be there; else remove it.

warning paragraph-number-missing, 2 times
    A paragraph number is left out.
    08STRELSAU2.txt:17: no paragraph 2 was found before paragraph 3
        3. (U) Three.
    next: See whether a paragraph is lost; nothing if the telegram was sent so.

warning section-missing
    A section of a long telegram is not in the text.
    part.txt:13: section 1 of 3 is not in this text; a mark stands in its place
    next: Add the section, as a file of its own or in the same file, if it can
        be had.

note tag-unknown
    A word on the TAGS line is in no table of TAGS.
    08STRELSAU1.txt:11:12: ZZQX is not in the TAGS table
        TAGS: PGOV ZZQX
                   ^
    next: Correct it in the telegram, or say what it means under
        `[lexicon.tags]` in the settings.

Undated cables (2)
    below/letter.txt  Dear Rosa
    letter.txt  Dear Rosa

Cables without a reference id (2)
    below/letter.txt  Dear Rosa
    letter.txt  Dear Rosa

TAGS that no table explains (1)
    ZZQX  in 1 cable: 08STRELSAU1.txt

Reference ids that several sources have (1)
    08STRELSAU2  the same text in 08STRELSAU2.txt, copy.txt

Texts that stand under several names (1)
    below/letter.txt, letter.txt

Cables cited and not held, the most cited first (2)
    08SLAVNA7  cited by 3 cables: 08STRELSAU1.txt, 08STRELSAU2.txt, copy.txt
    08ZENDA9  cited by 1 cable: 08STRELSAU1.txt

Telegrams with sections missing (1)
    part.txt  section 1 of 3 is missing

There is no site in site; to check it too, build it first: cablepress build

6 warnings, 1 note. All of them: .cablepress/check/problems.jsonl
What a kind of problem means: cablepress check --explain CODE
"""
    )


def test_machines_get_one_document(faulty: Path) -> None:
    said = check(faulty, "--json")
    assert (said.returncode, said.stderr) == (0, "")
    document: dict[str, Any] = json.loads(said.stdout)
    assert document == {
        "content": "content",
        "cables": 6,
        "pages": 1,
        "withheld": 1,
        "problems": document["problems"],
        "undated": {
            "count": 2,
            "cables": [
                {"source": "below/letter.txt", "id": None, "subject": "Dear Rosa"},
                {"source": "letter.txt", "id": None, "subject": "Dear Rosa"},
            ],
        },
        "without_id": document["undated"],
        "unknown_tags": {
            "count": 1,
            "tags": [{"code": "ZZQX", "count": 1, "sources": ["08STRELSAU1.txt"]}],
        },
        "shared_ids": {
            "count": 1,
            "ids": [
                {"id": "08STRELSAU2", "same_text": True, "count": 2, "sources": ["08STRELSAU2.txt", "copy.txt"]}
            ],
        },
        "same_texts": {
            "count": 1,
            "texts": [{"count": 2, "sources": ["below/letter.txt", "letter.txt"]}],
        },
        "not_held": {
            "count": 2,
            "references": [
                {
                    "id": "08SLAVNA7",
                    "count": 3,
                    "sources": ["08STRELSAU1.txt", "08STRELSAU2.txt", "copy.txt"],
                },
                {"id": "08ZENDA9", "count": 1, "sources": ["08STRELSAU1.txt"]},
            ],
        },
        "missing_sections": {
            "count": 1,
            "telegrams": [
                {"id": "08STRELSAU5", "sections": 3, "missing": [1], "count": 1, "sources": ["part.txt"]}
            ],
        },
        "log": ".cablepress/check/problems.jsonl",
        "site": None,
    }  # fmt: skip
    assert [problem["code"] for problem in document["problems"]] == [
        "id-shared",
        "not-a-telegram",
        "paragraph-number-missing",
        "section-missing",
        "tag-unknown",
    ]
    assert document["problems"][4] == {
        "code": "tag-unknown",
        "severity": "info",
        "count": 1,
        "meaning": problem_codes()["tag-unknown"].meaning,
        "kept": problem_codes()["tag-unknown"].kept,
        "to_do": problem_codes()["tag-unknown"].to_do,
        "example": {
            "source": "08STRELSAU1.txt",
            "line": 11,
            "column": 12,
            "excerpt": "TAGS: PGOV ZZQX",
            "message": "ZZQX is not in the TAGS table",
            "next_step": "",
        },
    }


def test_every_key_of_the_document_is_documented(faulty: Path) -> None:
    documented = DOCUMENTED.read_text("utf-8")

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    assert [
        key for key in keys(json.loads(check(faulty, "--json").stdout)) if f"`{key}`" not in documented
    ] == []


def test_an_archive_in_order_ends_with_status_0(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/08STRELSAU123.txt": telegram()})
    said = check(tmp_path)
    assert said.returncode == 0
    assert said.stdout == (
        "content: 1 cable, 0 pages\n\n"
        "There is no site in site; to check it too, build it first: cablepress build\n\n"
        "No problems were found.\n"
    )


def test_warnings_count_where_that_is_asked(faulty: Path) -> None:
    assert [check(faulty, *words).returncode for words in ((), ("--strict",), ("--strict", "--json"))] == [
        0,
        1,
        1,
    ]


def test_notes_alone_are_nothing_wrong(tmp_path: Path) -> None:
    write_files(tmp_path, {"telegrams/08STRELSAU123.txt": telegram(tags="pgov")})
    said = check(tmp_path, "--content", "telegrams")
    assert said.returncode == 0
    assert "note tag-repaired" in said.stdout
    assert "1 note. All of them: .cablepress/check/problems.jsonl" in said.stdout


def test_no_site_is_written_and_a_build_is_not_disturbed(faulty: Path) -> None:
    subprocess.run([str(PROGRAM), "build", "--quiet"], cwd=faulty, capture_output=True, check=True)
    before = snapshot(faulty)
    check(faulty)
    after = snapshot(faulty)
    assert {name for name in after if name not in before} == {
        f".cablepress/check/{name}"
        for name in (
            "inspection.sqlite",
            "leaks.sqlite",
            "lock.sqlite",
            "problems.jsonl",
            "site-problems.jsonl",
            "state.sqlite",
        )
    }
    assert {name: data for name, data in after.items() if name in before} == before


def test_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {f"letter-{n:02d}.txt": f"Dear Rosa {n},\n" for n in range(12)})
    said = check(tmp_path).stdout
    assert "Undated cables (12)\n    letter-00.txt  Dear Rosa 0\n" in said
    assert "    letter-09.txt  Dear Rosa 9\n    and 2 more\n" in said
    assert len(json.loads(check(tmp_path, "--json").stdout)["undated"]["cables"]) == 12


@pytest.mark.parametrize("columns", ["20", "60", "400"])
def test_prose_keeps_to_the_width(faulty: Path, columns: str) -> None:
    lines = check(faulty, "--explain", "dtg-missing", COLUMNS=columns).stdout.splitlines()
    assert max(map(len, lines)) <= max(30, min(100, int(columns)))
    assert " ".join(" ".join(lines).split()).endswith("which tells the year.")


def test_colours_are_for_terminals_and_for_those_who_want_them(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/letter.txt": "Dear Rosa,\n"})
    check_it = (str(PROGRAM), "check")
    assert "\x1b[33mwarning\x1b[0m" in on_a_terminal(*check_it, folder=tmp_path).shown
    assert "\x1b[33m" not in on_a_terminal(*check_it, folder=tmp_path, NO_COLOR="1").shown
    assert "\x1b" not in on_a_terminal(*check_it, folder=tmp_path, TERM="dumb").shown
    assert "\x1b" not in check(tmp_path).stdout


def test_a_code_is_explained_without_an_archive(tmp_path: Path) -> None:
    said = check(tmp_path, "--explain", "tag-unknown")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == (
        "note tag-unknown\n"
        "  found  A word on the TAGS line is in no table of TAGS.\n"
        "  kept   It is a tag of the cable as it was written.\n"
        "  to do  Correct it in the telegram, or say what it means under `[lexicon.tags]`\n"
        "         in the settings.\n"
    )


@pytest.mark.parametrize(
    ("files", "words", "status", "said"),
    [
        ({}, (), 2, "cablepress: there is no folder content; put telegrams there as .txt files, or make a project with: cablepress new my-archive\n"),
        ({}, ("--explain", "tag-unknwon"), 2, "The codes are: address-reserved, "),
        ({}, ("--explain", "tag-unknwon"), 2, "cablepress: there is no problem code 'tag-unknwon'; did you mean 'tag-unknown'?\n"),
        ({"cablepress.toml": "titel = 1"}, (), 2, "cablepress: the settings cannot be used\ncablepress.toml:1: "),
        ({}, ("--nonsense",), 2, "Usage: "),
        ({"content/a.txt": telegram(), ".cablepress": "a file"}, (), 3, "cablepress: the check could not be finished: .cablepress"),
    ],
)  # fmt: skip
def test_a_wrong_call_and_a_disk_that_refuses_end_in_a_sentence(
    tmp_path: Path, files: dict[str, str], words: tuple[str, ...], status: int, said: str
) -> None:
    write_files(tmp_path, files)
    finished = check(tmp_path, *words)
    assert (finished.returncode, finished.stdout) == (status, "")
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a file that opens and cannot be read, of Linux's /proc"
)
def test_files_that_a_build_could_not_copy_are_told(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"08STRELSAU123.txt": telegram()})
    (tmp_path / "content/picture.svg").symlink_to("/proc/self/mem")
    said = check(tmp_path)
    assert said.returncode == 1
    assert said.stdout.splitlines()[2] == "error unreadable"


def test_nothing_of_a_text_is_markup_for_the_terminal(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"[red]x.txt": "Dear [bold]Rosa[/bold] :warning:,\n"})
    said = check(tmp_path).stdout
    assert "    [red]x.txt  Dear [bold]Rosa[/bold] :warning\n" in said
