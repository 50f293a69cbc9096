"""Notes after edits: the pages of cables are byte for byte those of a clean build, and no more are written than show them."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import pytest
from site_tools import build, snapshot, telegram, write_files

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

FRONTS = [
    "",
    "",
    "",
    "---\ndraft: true\n---\n",
    "---\nwithhold: true\nshow: card\n---\n",
    "---\nembargo: 2026-06-01\n---\n",
]
LEDGERS = [
    "",
    '[[redact]]\nterm = "Sapt"\n',
    '[[redact]]\ncable = "08KYIV1"\nterm = "Sapt"\n',
    '[[redact]]\ncable = "08KIEV1"\nparagraph = 2\n',
    '[[withhold]]\ncables = "*2"\n',
]
NOTES = ["notes/a.md", "notes/b.md", "0.md", "z.md"]
CABLES = ["1.txt", "2.txt", "3.txt", "copy.txt", "deep/1.txt"]


def note(cable: str, paragraph: str = "", words: str = "Sapt says so.", *, is_draft: bool = False) -> str:
    return (
        f"---\nkind: note\ncable: {cable}\n"
        + (f"paragraph: {paragraph}\n" if paragraph else "")
        + ("draft: true\n" if is_draft else "")
        + f"---\n{words}\n"
    )


def edit(content: Path, choose: random.Random) -> None:
    """Change something in an archive of a few cables and notes."""
    match choose.choice(["note", "note", "cable", "cable", "remove", "rename", "ledger"]):
        case "note":
            written = note(
                choose.choice(["08KYIV1", "08KIEV1", "08 Kiev 2", "08STRELSAU1", "08STRELSAU2"]),
                choose.choice(["", "1", "2", "7"]),
                choose.choice(
                    [
                        "Sapt says so, as 08KIEV1#par2.",
                        "See 08STRELSAU1 and 08KYIV2.",
                        "# Again\n\nSalt[^1].\n\n[^1]: Or snow.",
                    ]
                ),
                is_draft=choose.random() < 0.1,
            )
            write_files(content, {choose.choice(NOTES): written})
        case "cable":
            text = choose.choice(
                ["1. (U) It snowed.", "1. (U) It thawed.\n\n2. (U) Sapt left.", "It rained."]
            )
            subject = choose.choice(["SALT", "SNOW"])
            written = telegram(
                choose.choice([1, 1, 2]),
                subject=subject,
                post=choose.choice(["KYIV", "KIEV", "STRELSAU"]),
                text=text,
            )
            write_files(content, {choose.choice(CABLES): choose.choice(FRONTS) + written})
        case "remove":
            (content / choose.choice([*NOTES, *CABLES])).unlink(missing_ok=True)
        case "rename":
            old, new = choose.sample([*NOTES, "notes/c.md"], 2)
            if (content / old).exists():
                (content / new).parent.mkdir(exist_ok=True)
                (content / old).replace(content / new)
        case "ledger":
            write_files(content, {"release.toml": choose.choice(LEDGERS)})


@pytest.mark.parametrize("seed", range(60 if IS_PROOF else 2))
def test_notes_are_those_of_a_clean_build_after_any_edits(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    project, clean = tmp_path / "edited", tmp_path / "clean"
    write_files(project / "content", {"1.txt": telegram(1, post="KYIV"), "0.md": note("08KIEV1")})
    build(project)
    for _ in range(12):
        edit(project / "content", choose)
        today = Day(2026, choose.choice([1, 6]), 1)
        report = build(project, today=today)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(project / "content", clean / "content")
        expected = build(clean, today=today)
        assert snapshot(project / "site") == snapshot(clean / "site")
        assert [(kind.code, kind.count) for kind in report.problems] == [
            (kind.code, kind.count) for kind in expected.problems
        ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Six cables, and two notes on the second of them, one of which names the last."""
    cables = {
        f"{n}.txt": telegram(
            n, dtg=f"{n:02d}1230Z FEB 08", subject=f"REPORT {n}", ref="08 STRELSAU 2" if n < 6 else ""
        )
        for n in range(1, 7)
    }
    write_files(
        tmp_path / "content",
        {**cables, "a.md": note("08STRELSAU2", words="See 08STRELSAU6."), "b.md": note("08STRELSAU2", "1")},
    )
    build(tmp_path)
    return tmp_path


def write(name: str, text: str) -> Callable[[Path], None]:
    return lambda project: write_files(project / "content", {name: text})


@pytest.mark.parametrize(
    ("change", "written"),
    [
        pytest.param(write("a.md", note("08STRELSAU2", words="Not so.")), {2}, id="its words"),
        pytest.param(write("a.md", note("08STRELSAU2", "1")), {2}, id="its paragraph"),
        pytest.param(write("a.md", note("08STRELSAU5")), {2, 5}, id="its cable"),
        pytest.param(write("a.md", note("08STRELSAU2", is_draft=True)), {2}, id="a draft"),
        pytest.param(write("c.md", note("08STRELSAU3")), {3}, id="a new note"),
        pytest.param(write("c.md", note("08STRELSAU99")), set(), id="a note on no cable"),
        pytest.param(lambda project: (project / "content/b.md").unlink(), {2}, id="a note less"),
        pytest.param(
            lambda project: (project / "content/a.md").replace(project / "content/z.md"),
            {2},
            id="another order",
        ),
        pytest.param(lambda project: (project / "content/a.md").touch(), set(), id="only the time of a file"),
        pytest.param(
            write("release.toml", '[[redact]]\nterm = "nobody"\n'), set(), id="a ledger that changes nothing"
        ),
    ],
)
def test_no_more_is_written_than_shows_a_note(
    project: Path, change: Callable[[Path], None], written: set[int]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.*")}
    change(project)
    build(project)
    after = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.*")}
    changed = {path.name for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert {name for name in changed if name.startswith("08STRELSAU")} == {
        f"08STRELSAU{number}.html" for number in written
    }
    changed.discard("manifest-sha256.txt")
    assert changed <= {f"08STRELSAU{number}.html" for number in written} or 6 in written
