"""A check that reads only what changed says what one says that reads all, whatever was edited between two of them."""

import gzip
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import pytest
from site_tools import TODAY, build, nothing, telegram, write_files

from generator.build import proof as proof_module
from generator.build import sources
from generator.build.check import CheckReport, check_archive
from generator.build.lock import locked
from generator.build.report import BuildRefused, Progress
from generator.build.workers import Processes
from generator.inspection import stamps
from generator.leaks import ScanReport
from generator.settings import Settings

ROUNDS = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "proof" else 8


@pytest.fixture(autouse=True)
def patient_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file counts as left alone at once, not two seconds after it was written; no test edits one within a tick."""
    monkeypatch.setattr(sources, "_TICK", 0)
    monkeypatch.setattr(stamps, "TICK", 0)


FILES = {
    "content/123.txt": telegram(123, subject="THE SALT ROAD", text="1. (U) It snowed on Vukan at the gate."),
    "content/124.txt": telegram(
        124, ref="STRELSAU 123", tags="ECON", text="1. (U) As STRELSAU 123 says, snow."
    ),
    "content/125.txt": telegram(125, subject="THE GATE IS OPEN", ref="STRELSAU 124", text="1. (U) The gate."),
    "content/126.txt": telegram(126, ref="STRELSAU 125", text="1. (U) Sapt saw the gate."),
    "content/about.md": "---\ntitle: About\n---\nHofbau lies high. 08STRELSAU124\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write_files(folder, FILES)
    build(folder)
    return folder


def check(
    project: Path, *, state: Path | None = None, progress: Progress = nothing, today: Day = TODAY
) -> CheckReport:
    """Check content and site of a project; `state` is the project that keeps what was read."""
    return check_archive(
        state or project,
        Settings(),
        content=project / "content",
        today=today,
        most=100,
        examples=100,
        progress=progress,
        site=project / "site",
    )


def proof(project: Path) -> ScanReport:
    report = check(project).proof
    assert report is not None
    return report


def leaks(project: Path) -> list[tuple[str, str]]:
    """Where the leaks are, and what of."""
    return [(leak.file, leak.kind) for leak in proof(project).leaks]


def said(report: CheckReport) -> CheckReport:
    """A report without the name of its log, but with what that holds among the problems."""
    assert report.proof is not None
    found = sorted(map(repr, report.proof.leaks))
    return replace(
        report,
        log=Path(report.log.read_text("utf-8")),
        proof=replace(report.proof, leaks=tuple(found)),  # type: ignore[arg-type]
    )


def looked_through(project: Path) -> int:
    """How many files a check looks through for leaks."""
    done = {"Looking for leaks": 0}
    check(project, progress=lambda stage, count, _: done.update({stage: count}))
    return done["Looking for leaks"]


LEDGERS = [
    "",
    '[[redact]]\nterm = "Vukan"\n',
    '[[redact]]\nterm = "Sapt"\nreason = "a name"\n\n[[redact]]\nterm = "Vukan"\n',
    '[[withhold]]\ncable = "08STRELSAU123"\n',
    '[[withhold]]\ncable = "08STRELSAU123"\nshow = "card"\n',
    '[[withhold]]\ncable = ["08STRELSAU123", "08STRELSAU125"]\n[[redact]]\ncable = "08STRELSAU126"\nterm = "the gate"\n',
    '[[redact]]\ncables = "08*"\nterm = "the gate"\n',
    '[[redact]]\ncable = "08STRELSAU125"\nterm = "the gate"\n\n[[redact]]\nterm = "the gate"\n',
    '[[embargo]]\ntag = "ECON"\nuntil = 2026-06-01\n',
    '[release]\nhighest = "UNCLASSIFIED"\n',
]
FRONTS = [
    "",
    "",
    "draft: true",
    "withhold: true",
    "embargo: 2026-06-01",
    "redact: gate",
    "aliases: /old/x.html",
]
TEXTS = [
    "It snowed.",
    "Sapt left the gate.",
    "As STRELSAU 123 and 08STRELSAU125 say, Vukan knew.",
    "Vu-\nkan!",
]
PLANTED = {
    "old/note.html": b"<p>Vu<b>kan</b> of 08STRELSAU123",
    "Sapt/x.txt": b"nothing",
    "data/more.json": b'{"a": "08STRELSAU125 and the gate"}',
    "x.gz": gzip.compress(b"by Vukan at the gate", mtime=0),
    "cable/2008/02/08STRELSAU126.html": b"the gate of Sapt, says 08STRELSAU123",
}


def edit(project: Path, rng: random.Random) -> None:
    """Change something of the content, the ledger or the site."""
    number = rng.choice([123, 124, 125, 126, 127])
    source = project / f"content/{number}.txt"
    match rng.randrange(8):
        case 0 | 1:
            write_files(project, {"content/release.toml": rng.choice(LEDGERS)})
        case 2 | 3:
            front = rng.choice(FRONTS)
            head = f"---\n{front}\n---\n" if front else ""
            ref = rng.choice(["", "STRELSAU 123", "A. STRELSAU 124 B. STRELSAU 125"])
            tags = rng.choice(["PGOV", "ECON", "QQQQ"])
            text = f"1. (U) {rng.choice(TEXTS)}"
            source.write_text(head + telegram(number, ref=ref, tags=tags, text=text))
        case 4:
            source.unlink(missing_ok=True)
        case 5:
            address = rng.choice(sorted(PLANTED))
            write_files(project / "site", {address: PLANTED[address]})
        case 6:
            (project / "site" / rng.choice(sorted(PLANTED))).unlink(missing_ok=True)
        case _:
            build(project)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_a_check_says_what_a_first_one_says(project: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(ROUNDS):
        for _ in range(rng.randint(1, 2)):
            edit(project, rng)
        today = rng.choice([TODAY, Day(2026, 7, 1)])
        first = said(check(project, state=tmp_path / str(number), today=today))
        assert said(check(project, today=today)) == first
        assert said(check(project, today=today)) == first


def test_a_leak_that_comes_after_a_clean_check_is_found_and_told_until_it_goes(project: Path) -> None:
    write_files(project, {"content/release.toml": '[[redact]]\nterm = "Vukan"\n'})
    build(project)
    assert leaks(project) == []
    write_files(project, {"site/old/x.html": "<p>V&#117;kan"})
    assert leaks(project) == [("old/x.html", "term")]
    assert leaks(project) == [("old/x.html", "term")]
    (project / "site/old/x.html").unlink()
    assert leaks(project) == []


def test_a_new_term_is_found_in_pages_that_were_clean_before(project: Path) -> None:
    write_files(project, {"content/release.toml": '[[redact]]\nterm = "Hentzau"\n'})
    assert leaks(project) == []
    write_files(
        project, {"content/release.toml": '[[redact]]\nterm = "Hentzau"\n\n[[redact]]\nterm = "Vukan"\n'}
    )
    assert ("cable/2008/02/08STRELSAU123.html", "term") in leaks(project)
    write_files(project, {"content/release.toml": '[[redact]]\nterm = "Hentzau"\n'})
    assert leaks(project) == []
    write_files(project, {"site/new.html": "Vukan"})
    assert leaks(project) == []
    write_files(
        project, {"content/release.toml": '[[redact]]\nterm = "Hentzau"\n\n[[redact]]\nterm = "Vukan"\n'}
    )
    assert ("new.html", "term") in leaks(project)


def test_a_cable_that_is_withheld_now_is_found_while_its_page_is_there(project: Path) -> None:
    assert leaks(project) == []
    write_files(project, {"content/126.txt": "---\nwithhold: true\n---\n" + FILES["content/126.txt"]})
    assert ("cable/2008/02/[name 4 of 4]", "id") in leaks(project)
    build(project)
    assert leaks(project) == []


def test_an_id_is_a_leak_where_no_cable_cites_it_any_longer(project: Path) -> None:
    write_files(project, {"content/release.toml": '[[withhold]]\ncable = "08STRELSAU123"\n'})
    build(project)
    assert "08STRELSAU123" in (project / "site/data/cables.jsonl").read_text("utf-8")
    assert leaks(project) == []
    write_files(project, {"content/124.txt": telegram(124, tags="ECON", text="1. (U) Snow.")})
    # The site is as it was, and was clean; its data files hold the id by right no more.
    assert ("data/cables.jsonl", "id") in leaks(project)
    write_files(project, {"content/124.txt": FILES["content/124.txt"]})
    assert leaks(project) == []


def test_words_of_one_cable_are_a_leak_in_its_page_once_a_rule_names_it(project: Path) -> None:
    rule = '[[redact]]\ncable = "08STRELSAU{}"\nterm = "Sapt"\n\n'
    write_files(project, {"content/release.toml": rule.format(125)})
    assert leaks(project) == []
    write_files(project, {"content/release.toml": rule.format(125) + rule.format(126)})
    assert leaks(project) == [("cable/2008/02/08STRELSAU126.html", "term")]


def test_only_files_that_changed_are_looked_through_again(project: Path) -> None:
    write_files(project, {"content/release.toml": LEDGERS[3]})
    build(project)
    files = sum(path.is_file() for path in (project / "site").rglob("*"))
    assert looked_through(project) == files
    assert looked_through(project) == 0
    write_files(project, {"site/old.html": "Vukan", "site/index.html": "x"})
    assert looked_through(project) == 2
    write_files(project, {"content/release.toml": ""})  # fewer secrets
    assert looked_through(project) == 0
    write_files(project, {"content/release.toml": LEDGERS[1]})
    assert looked_through(project) == files + 1


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_what_is_lost_or_broken_of_the_memory_is_made_anew(
    project: Path, tmp_path: Path, damage: bytes | None
) -> None:
    write_files(project, {"content/release.toml": LEDGERS[5], "site/old/note.html": PLANTED["old/note.html"]})
    first = said(check(project))
    for file in (project / ".cablepress/check").glob("*.sqlite"):
        data = file.read_bytes()
        # The first page stays, so that the damage shows later.
        file.write_bytes(damage if damage is not None else data[:4096] + b"\xff" * (len(data) - 4096))
    assert said(check(project)) == first
    assert said(check(project)) == first


def interruptions() -> Iterator[Progress]:
    """Progresses that end a check at its first sign of life, its second, and so on."""
    for last in range(1, 31, 5):
        seen = iter(range(1, last))

        def progress(_stage: str, _done: int, _total: int, seen: Iterator[int] = seen) -> None:
            if next(seen, None) is None:
                raise KeyboardInterrupt

        yield progress


def test_a_check_that_was_interrupted_is_taken_up(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_module, "_BATCH", 16_000)
    monkeypatch.setattr(proof_module, "_KEPT_EVERY", 0)
    write_files(
        project,
        {"content/release.toml": LEDGERS[5], **{f"site/{name}": data for name, data in PLANTED.items()}},
    )
    first = said(check(project, state=tmp_path / "first"))
    ended = 0
    for progress in interruptions():
        try:
            assert said(check(project, progress=progress)) == first
        except KeyboardInterrupt:
            ended += 1
    assert ended > 2
    assert said(check(project)) == first


def test_workers_find_what_one_process_finds(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_module, "_BATCH", 16_000)
    write_files(
        project,
        {"content/release.toml": LEDGERS[5], **{f"site/{name}": data for name, data in PLANTED.items()}},
    )
    with Processes(2) as executor:
        report = check_archive(
            project,
            Settings(),
            content=project / "content",
            today=TODAY,
            most=100,
            examples=100,
            progress=nothing,
            site=project / "site",
            executor=executor,
            workers=2,
        )
    assert said(report) == said(check(project, state=tmp_path / "first"))


def test_two_checks_do_not_disturb_each_other(project: Path) -> None:
    check(project)
    with (
        locked(project / ".cablepress/check", "another check"),
        pytest.raises(BuildRefused, match=r"another check is at work in .*check"),
    ):
        check(project)
    build(project)
    check(project)


def test_what_is_no_file_is_told_and_not_read(project: Path) -> None:
    (project / "site/gone.html").symlink_to(project / "nowhere.html")
    os.mkfifo(project / "site/pipe")
    found = proof(project)
    assert [(one.file, one.why) for one in found.unsearched] == [
        ("gone.html", "cannot be read: No such file or directory"),
        ("pipe", "is neither a file nor a folder"),
    ]
    assert proof(project) == found
