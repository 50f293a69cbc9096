"""What a ledger does to a whole site: nothing that is held back is in any byte of it."""

import gzip
import os
import subprocess
import sys
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import pytest
from site_tools import TODAY, broken_links, build, nothing, read_page, snapshot, telegram, write_files

from generator.build.engine import Engine, build_site
from generator.build.workers import InThisProcess
from generator.release.ledger import LedgerError
from generator.settings import Settings

FILES = {
    "content/08STRELSAU123.txt": telegram(123, subject="THE SALT ROAD", text="1. (U) It snowed on Hofbau."),
    "content/08STRELSAU500.txt": telegram(
        500, subject="ANOTHER", ref="STRELSAU 123", tags="ECON", text="1. (U) See STRELSAU 123."
    ),
    "content/about.md": "---\ntitle: About Hofbau\n---\nHofbau lies high.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, FILES)
    return tmp_path


def with_ledger(project: Path, ledger: str) -> Path:
    write_files(project, {"content/release.toml": ledger})
    return project


def holds(project: Path, *words: str) -> list[str]:
    """The files of the site that hold one of some words, in their name or in their bytes, whatever its case."""
    return [
        name
        for name, data in snapshot(project / "site").items()
        if any(word.lower() in name.lower() or word.lower().encode() in data.lower() for word in words)
    ]


WITHHOLD = '[[withhold]]\ncable = "08STRELSAU123"\n'


@pytest.mark.parametrize("before", [True, False])
def test_a_withheld_cable_is_nowhere(project: Path, before: bool) -> None:
    if before:
        build(project)  # what was published before is taken away
    report = build(with_ledger(project, WITHHOLD))
    assert (report.cables, report.withheld) == (1, 1)
    assert holds(project, "THE SALT ROAD", "It snowed", "08STRELSAU123.html", "release.toml") == []
    citing = read_page(project / "site/cable/2008/02/08STRELSAU500.html")
    assert "STRELSAU 123" in citing.text
    assert not any("123" in link for link in citing.links)
    assert list(broken_links(project / "site")) == []


def test_a_withheld_cable_comes_back_when_its_rule_goes(project: Path) -> None:
    build(project)
    clean = snapshot(project / "site")
    build(with_ledger(project, WITHHOLD))
    (project / "content/release.toml").unlink()
    build(project)
    assert snapshot(project / "site") == clean


def test_a_withdrawn_cable_leaves_a_card_that_references_lead_to(project: Path) -> None:
    build(
        with_ledger(
            project, '[[withdraw]]\ncable = "08STRELSAU123"\nreason = "At <his> request."\nby = "F. T."\n'
        )
    )
    card = read_page(project / "site/cable/withheld/08STRELSAU123.html")
    assert "At <his> request." in card.text
    assert "F. T." in card.text
    citing = read_page(project / "site/cable/2008/02/08STRELSAU500.html")
    assert citing.links.count("../../withheld/08STRELSAU123.html") == 2  # facts, text
    assert holds(project, "THE SALT ROAD", "It snowed") == []
    assert list(broken_links(project / "site")) == []


def test_a_tombstone_stands_at_the_address_and_says_nothing(project: Path) -> None:
    rule = '[[withdraw]]\ncable = "08STRELSAU123"\nreason = "Secret reason."\nshow = "tombstone"\n'
    build(with_ledger(project, rule))
    assert "08STRELSAU123" in read_page(project / "site/cable/2008/02/08STRELSAU123.html").text
    assert holds(project, "THE SALT ROAD", "It snowed", "Secret reason") == []
    assert list(broken_links(project / "site")) == []


def test_an_embargo_ends_on_its_day_and_the_site_follows(project: Path) -> None:
    with_ledger(project, '[[embargo]]\ncable = "08STRELSAU123"\nuntil = 2026-06-01\n')
    assert build(project, today=Day(2026, 5, 31)).cables == 1
    assert build(project, today=Day(2026, 5, 31)).nothing_to_do
    report = build(project, today=Day(2026, 6, 1))
    assert (report.cables, report.nothing_to_do) == (2, False)


@pytest.mark.parametrize("where", ["ledger", "front matter"])
def test_a_build_that_is_told_of_one_edit_still_sees_that_the_day_is_another(
    project: Path, where: str
) -> None:
    if where == "ledger":
        with_ledger(project, '[[embargo]]\ncable = "08STRELSAU123"\nuntil = 2026-06-01\n')
    else:
        text = FILES["content/08STRELSAU123.txt"]
        write_files(project, {"content/08STRELSAU123.txt": f"---\nembargo: 2026-06-01\n---\n{text}"})
    engine = Engine(
        project,
        Settings(),
        content=project / "content",
        site=project / "site",
        executor=InThisProcess(),
        workers=1,
    )
    assert engine.build(today=Day(2026, 5, 31), progress=nothing).cables == 1
    edited = project / "content/08STRELSAU500.txt"
    edited.write_text(edited.read_text("utf-8").replace("See", "Look at"), "utf-8")
    assert engine.build(today=Day(2026, 6, 1), progress=nothing, changed=[edited]).cables == 2


def test_without_embargoes_another_day_is_nothing_to_do(project: Path) -> None:
    build(project, today=Day(2026, 5, 31))
    assert build(project, today=Day(2027, 5, 31)).nothing_to_do


def test_redacted_words_are_nowhere_pages_and_pictures_included(project: Path) -> None:
    write_files(project, {"content/hofbau.svg": "<svg/>", "content/of-hofbau.md": "# Hofbau"})
    rule = '[[redact]]\nterm = "Hofbau"\nreason = "A place."\nshow_reason = true\nshow_count = true\n'
    report = build(with_ledger(project, rule))
    assert holds(project, "Hofbau") == []
    page = read_page(project / "site/cable/2008/02/08STRELSAU123.html").text
    assert "1 place redacted: A place." in page
    assert [(group.code, group.count) for group in report.problems] == [("name-redacted", 2)]


def test_parts_above_the_level_leave_a_mark(project: Path) -> None:
    text = "1. (U) It snowed.\n\n2. (S) The gate is open.\n\n3. (U) It thawed."
    write_files(project, {"content/08STRELSAU123.txt": telegram(123, level="S E C R E T", text=text)})
    build(with_ledger(project, '[release]\nhighest = "UNCLASSIFIED"\nportions = true\n'))
    page = read_page(project / "site/cable/2008/02/08STRELSAU123.html").text
    assert "It snowed." in page
    assert "[A part is withheld here]" in page
    assert holds(project, "The gate is open") == []


def test_a_rule_that_matches_nothing_is_told(project: Path) -> None:
    (group,) = build(with_ledger(project, WITHHOLD + '\n[[redact]]\nterm = "Vukan"\n')).problems
    assert (group.code, group.example.location, group.example.message) == (
        "rule-unused",
        "release.toml:4",
        "this rule redacts nothing",
    )


@pytest.mark.parametrize(
    "ledger",
    [
        "[[withhold]\n",
        "[[hide]]\ncable = 'x'\n",
        '[[redact]]\nregex = "("\n',
        '[release]\nhighest = "SECRTE"\n',
    ],
)
def test_a_ledger_that_cannot_be_used_stops_the_build_and_leaves_the_site(project: Path, ledger: str) -> None:
    build(project)
    before = snapshot(project / "site")
    with pytest.raises(LedgerError, match=r"release\.toml:\d"):
        build(with_ledger(project, ledger))
    assert snapshot(project / "site") == before


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_ledger_that_is_a_link_to_nothing_stops_the_build(project: Path) -> None:
    (project / "content/release.toml").symlink_to(project / "nowhere.toml")
    with pytest.raises(LedgerError):
        build_site(
            project,
            Settings(),
            content=project / "content",
            site=project / "site",
            today=TODAY,
            progress=nothing,
        )
    assert not (project / "site").exists()


def test_nothing_of_the_ledger_is_in_the_site(project: Path) -> None:
    build(with_ledger(project, WITHHOLD + 'reason = "A reason that nobody reads."\nby = "Somebody"\n'))
    assert holds(project, "A reason that nobody reads", "Somebody") == []


LEAKY = WITHHOLD + '\n[[redact]]\nterm = "Vukan"\n\n[[redact]]\ncable = "08STRELSAU501"\nterm = "the gate"\n'


def check_leaks(project: Path) -> tuple[int, list[str]]:
    """Exit status and lines of `cablepress check --leaks`."""
    program = Path(sys.executable).with_name("cablepress")
    done = subprocess.run(
        [program, "check", "--leaks", "--date", "2026-01-01"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_the_proof_finds_what_a_site_should_not_hold(project: Path) -> None:
    write_files(
        project,
        {
            "content/08STRELSAU501.txt": telegram(501, subject="VUKAN", text="1. (U) Vukan at the gate."),
            "content/08STRELSAU502.txt": telegram(502, subject="ANOTHER", text="1. (U) The gate is open."),
        },
    )
    build(with_ledger(project, LEAKY))
    status, lines = check_leaks(project)
    assert (status, lines[0].partition(" in ")[0]) == (0, "0 leaks")
    write_files(
        project,
        {
            "site/old/08STRELSAU123.html": "left by an earlier build",
            "site/data.json": '{"name": "V\\u0075kan"}',
            "site/.hidden": gzip.compress(b"Colonel Vu-\nkan"),
        },
    )
    status, lines = check_leaks(project)
    assert status == 1
    assert [line.partition(" (")[0] for line in lines[:-2]] == [
        "leak: .hidden: byte 0, in gzip: a term",
        "leak: data.json: byte 10: a term",
        "leak: old/[name 1 of 1], in the name: the id",
    ]
    assert not any("vukan" in line.lower() or "STRELSAU123" in line for line in lines)


def test_what_a_thread_shows_by_right_is_no_leak(project: Path) -> None:
    """The id that a member cites, and the subject of another cable, whole or cut."""
    hub = telegram(502, subject="THE GATE IS OPEN TO ALL WHO COME WITH SALT, IN EVERY SEASON OF THE YEAR")
    citing = {
        f"content/{n}.txt": telegram(n, ref="A. STRELSAU 502 B. STRELSAU 123", text="1. (U) I saw the gate.")
        for n in (601, 602, 603)
    }
    write_files(project, {"content/502.txt": hub, **citing})
    build(with_ledger(project, WITHHOLD + '[[redact]]\ncable = "08STRELSAU601"\nterm = "the gate"\n'))
    assert "08STRELSAU123" in (project / "site/thread/08STRELSAU502.html").read_text("utf-8")
    status, lines = check_leaks(project)
    assert (status, lines[0].partition(" in ")[0]) == (0, "0 leaks")
    write_files(project, {"site/thread/08STRELSAU123.html": "left by an earlier build"})
    assert check_leaks(project)[0] == 1


def test_a_drafts_id_is_a_secret_too(project: Path) -> None:
    write_files(project, {"content/08STRELSAU777.txt": "---\ndraft: true\n---\n" + telegram(777)})
    build(project)
    assert check_leaks(project)[0] == 0
    write_files(project, {"site/feed.xml": "<id>08 Strelsau 0777</id>"})
    assert check_leaks(project)[0] == 1


SECTIONED = telegram(600, subject="THE GATE").replace("UNCLAS", "UNCLAS SECTION 0{0} OF 02")
FIRST = (
    SECTIONED.replace("{0}", "1")
    .replace("It snowed.", "The guide is called Rosa Whit-")
    .replace("RASSENDYLL\n", "")
)
SECOND = SECTIONED.replace("{0}", "2").replace("1. (U) It snowed.", "combe and waits.")


def test_a_word_that_reaches_from_one_section_into_the_next_is_redacted(project: Path) -> None:
    write_files(project, {"content/a.txt": FIRST, "content/b.txt": SECOND})
    build(with_ledger(project, '[[redact]]\nterm = "Whitcombe"\n'))
    page = read_page(project / "site/cable/2008/02/08STRELSAU600.html").text
    assert "The guide is called Rosa" in page
    assert "and waits." in page
    assert holds(project, "Whit-", "combe and") == []


@pytest.mark.parametrize("held", ["a", "b"])
def test_what_one_section_holds_back_holds_back_the_whole(project: Path, held: str) -> None:
    texts = {"a": FIRST, "b": SECOND}
    texts[held] = "---\nwithhold: true\n---\n" + texts[held]
    write_files(project, {f"content/{name}.txt": text for name, text in texts.items()})
    assert build(project).withheld == 1
    assert holds(project, "08STRELSAU600", "THE GATE", "The guide", "waits") == []
