from pathlib import Path

import pytest
from dump_tools import codes, filed, imported, page, row, run_import, the_one
from site_tools import snapshot, telegram, write_files

from generator.intake.dumps import ImportFailed, ImportRefused
from generator.intake.find import find_sources
from generator.intake.read import CableSource, read_source

ONE = "2008/02/08STRELSAU1.txt"


def rows(*numbers: int, **parts: str) -> str:
    return "".join(row(telegram(n, **parts), number=n, id_=f"08STRELSAU{n}") for n in numbers)


@pytest.mark.parametrize(
    ("id_", "created", "text", "path"),
    [
        ("08STRELSAU1", "2/14/2008 12:30", telegram(1), "2008/02/08STRELSAU1.txt"),
        ("2008 STRELSAU 000001", "2/14/2008 12:30", telegram(1), "2008/02/08STRELSAU1.txt"),
        # What the source calls it is no id: the text knows better.
        ("08SECTION01OF02STRELSAU1", "2/14/2008 12:30", telegram(1), "2008/02/08STRELSAU1.txt"),
        ("08STRELSAU1", "", telegram(1), "2008/02/08STRELSAU1.txt"),
        ("08STRELSAU1", "someday", telegram(1), "2008/02/08STRELSAU1.txt"),
        ("08STRELSAU1", "2/31/2008 12:30", telegram(1), "2008/02/08STRELSAU1.txt"),
        ("08STRELSAU1", "", "Dear Rosa,\n", "undated/08STRELSAU1.txt"),
        ("IIR 6 800/12", "", "Dear Rosa,\n", "undated/IIR-6-800-12.txt"),
        ("", "", "Dear Rosa,\n", "undated/cables-1.txt"),
        ("../../x", "", "Dear Rosa,\n", "undated/x.txt"),
    ],
)
def test_a_cable_is_filed_by_month_and_id(
    tmp_path: Path, id_: str, created: str, text: str, path: str
) -> None:
    write_files(tmp_path, {"cables.csv": row(text, id_=id_, created=created)})
    run_import(tmp_path, "cables.csv")
    assert list(imported(tmp_path)) == [path]
    assert the_one(tmp_path).fields.get("source_id", "") == id_


@pytest.mark.parametrize(
    ("member", "path"),
    [("Letters to Rosa.txt", "undated/dump-Letters-to-Rosa.txt"), ("08ZENDA5.txt", "undated/08ZENDA5.txt")],
)
def test_a_text_without_id_is_named_after_its_place_in_the_dump(
    tmp_path: Path, member: str, path: str
) -> None:
    write_files(tmp_path, {f"dump/{member}": "Dear Rosa,\n"})
    report = run_import(tmp_path, "dump")
    assert list(imported(tmp_path)) == [path]
    assert [(tally.fate, tally.reason, tally.count) for tally in report.tallies] == [
        ("kept verbatim", "no-telegram", 1)
    ]


def test_what_was_imported_is_a_source_that_a_build_reads(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1)})
    run_import(tmp_path, "cables.csv")
    (file,) = find_sources(tmp_path / "content").files
    source = read_source(file)
    assert isinstance(source, CableSource)
    assert (source.text, source.problems) == (telegram(1), ())


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1, 2), "dump/letter.txt": "Dear Rosa,\n"})
    first = run_import(tmp_path, "cables.csv", "dump")
    before = {path: (tmp_path / "content" / path).stat().st_mtime_ns for path in imported(tmp_path)}
    second = run_import(tmp_path, "cables.csv", "dump")
    assert (filed(first), filed(second)) == ({"written": 3}, {"there": 3})
    assert {path: (tmp_path / "content" / path).stat().st_mtime_ns for path in imported(tmp_path)} == before


def test_a_dry_run_finds_the_same_and_writes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1, 2, 2) + row(telegram(2, subject="SNOW"), id_="08STRELSAU2")})
    dry = run_import(tmp_path, "cables.csv", dry_run=True)
    assert not (tmp_path / "content").exists()
    assert dry == run_import(tmp_path, "cables.csv")
    assert filed(dry) == {"written": 3, "there": 1}


def test_a_source_follows_its_dump_while_nobody_has_touched_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1, 2)})
    run_import(tmp_path, "cables.csv")
    write_files(tmp_path, {"cables.csv": rows(1, subject="A BETTER TEXT") + rows(2)})
    report = run_import(tmp_path, "cables.csv")
    assert filed(report) == {"rewritten": 1, "there": 1}
    assert imported(tmp_path)[ONE].text == telegram(1, subject="A BETTER TEXT")


@pytest.mark.parametrize(
    ("old", "new"), [("It snowed.", "It thawed."), ("---\nsource:", "---\ndraft: true\nsource:")]
)
@pytest.mark.parametrize("changed", [False, True])
def test_a_source_that_was_edited_is_left_alone_and_named(
    tmp_path: Path, old: str, new: str, changed: bool
) -> None:
    write_files(tmp_path, {"cables.csv": rows(1)})
    run_import(tmp_path, "cables.csv")
    file = tmp_path / "content" / ONE
    file.write_text(file.read_text().replace(old, new, 1))
    edited = file.read_text()
    if changed:
        write_files(tmp_path, {"cables.csv": rows(1, subject="A BETTER TEXT")})
    report = run_import(tmp_path, "cables.csv")
    assert filed(report) == {"edited": 1}
    assert file.read_text() == edited
    assert list(imported(tmp_path)) == [ONE]
    assert codes(report) == {"edited-and-changed" if changed else "edited": 1}
    assert ONE in report.problems[0].example.message
    assert report.has_warnings is changed


def test_a_source_that_was_moved_is_found_where_it_is(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1)})
    run_import(tmp_path, "cables.csv")
    (tmp_path / "content/salt").mkdir()
    (tmp_path / "content" / ONE).rename(tmp_path / "content/salt/08STRELSAU1.txt")
    assert filed(run_import(tmp_path, "cables.csv")) == {"there": 1}
    assert list(imported(tmp_path)) == ["salt/08STRELSAU1.txt"]


def test_a_telegram_that_was_there_before_is_not_imported_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/by-hand/08STRELSAU1.txt": telegram(1) + "\n\n", "cables.csv": rows(1)})
    assert filed(run_import(tmp_path, "cables.csv")) == {"there": 1}
    assert list(imported(tmp_path)) == ["by-hand/08STRELSAU1.txt"]


def test_one_cable_in_two_dumps_is_filed_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1), "tree/a.html": page(telegram(1), id_="08STRELSAU1")})
    assert filed(run_import(tmp_path, "cables.csv", "tree")) == {"written": 1, "there": 1}
    assert filed(run_import(tmp_path, "tree", "cables.csv")) == {"there": 2}
    assert list(imported(tmp_path)) == [ONE]


def test_two_texts_with_one_id_are_both_kept_in_whatever_order_they_come(tmp_path: Path) -> None:
    other = telegram(1, subject="ANOTHER CABLE")
    write_files(tmp_path, {"a.csv": rows(1), "b.csv": row(other, id_="08STRELSAU1")})
    report = run_import(tmp_path, "a.csv", "b.csv")
    assert (filed(report), codes(report)) == ({"written": 2}, {"id-twice": 1})
    first, second = imported(tmp_path)
    assert {source.text for source in imported(tmp_path).values()} == {telegram(1), other}
    assert second == ONE
    assert first.startswith("2008/02/08STRELSAU1-")
    before = snapshot(tmp_path / "content")
    again = run_import(tmp_path, "b.csv", "a.csv")
    assert (filed(again), codes(again)) == ({"there": 2}, {})
    assert snapshot(tmp_path / "content") == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It snowed.", "XXXXXXXXXXXX."),
        ("---\nsource:", "---\ndraft: true\nsource:"),
        ("import_digest", "digest"),
    ],
)
def test_another_text_of_a_cable_that_someone_has_edited_waits_as_a_draft(
    tmp_path: Path, old: str, new: str
) -> None:
    write_files(
        tmp_path, {"a.csv": rows(1), "b.csv": row(telegram(1) + "ZENDA\n", number=7, id_="08STRELSAU1")}
    )
    run_import(tmp_path, "a.csv")
    file = tmp_path / "content" / ONE
    file.write_text(file.read_text().replace(old, new, 1))
    dry = run_import(tmp_path, "b.csv", dry_run=True)
    report = run_import(tmp_path, "b.csv")
    assert report == dry
    assert (filed(report), codes(report)) == ({"written": 1}, {"id-twice-held": 1})
    (other,) = (source for path, source in imported(tmp_path).items() if path != ONE)
    assert other.fields["draft"] == "true"
    assert filed(run_import(tmp_path, "b.csv")) == {"there": 1}
    assert filed(run_import(tmp_path, "a.csv", "b.csv")) == {"edited": 1, "there": 1}


def test_a_source_that_stood_before_stays_as_it_is_when_another_of_its_id_is_edited(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"a.csv": rows(1), "b.csv": row(telegram(1) + "ZENDA\n", number=7, id_="08STRELSAU1")}
    )
    run_import(tmp_path, "a.csv", "b.csv")
    file = tmp_path / "content" / ONE
    file.write_text(file.read_text().replace("It snowed.", "It thawed."))
    before = snapshot(tmp_path / "content")
    assert filed(run_import(tmp_path, "b.csv", "a.csv")) == {"edited": 1, "there": 1}
    assert snapshot(tmp_path / "content") == before


@pytest.mark.parametrize("draft", ["true", "yes", "false"])
def test_what_a_text_says_of_being_a_draft_is_kept_in_every_run(tmp_path: Path, draft: str) -> None:
    write_files(tmp_path, {"a.txt": f"---\ndraft: {draft}\n---\n" + telegram(1)})
    for expected in ({"written": 1}, {"there": 1}, {"there": 1}):
        assert filed(run_import(tmp_path, "a.txt")) == expected
        assert the_one(tmp_path).fields["draft"] == draft


def test_two_dumps_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/cables.csv": rows(1), "b/cables.csv": rows(1, subject="ANOTHER CABLE")})
    for expected in ({"written": 2}, {"there": 2}):
        assert filed(run_import(tmp_path, "a/cables.csv", "b/cables.csv")) == expected
        assert len(imported(tmp_path)) == 2


def test_names_that_differ_only_in_case_are_told_apart(tmp_path: Path) -> None:
    write_files(tmp_path, {"dump/a/Letter.txt": "Dear Rosa,\n", "dump/A/letter.txt": "Dear Fritz,\n"})
    assert filed(run_import(tmp_path, "dump")) == {"written": 2}
    assert len({path.casefold() for path in imported(tmp_path)}) == 2


def test_the_front_matter_of_a_text_is_kept_and_a_draft_stays_one(tmp_path: Path) -> None:
    text = "---\ndraft: true\nsource: FOIA\ntags: [NO, ON]\n---\n" + telegram(1)
    write_files(tmp_path, {"dump/a.txt": text})
    run_import(tmp_path, "dump")
    source = the_one(tmp_path)
    assert source.text == telegram(1)
    assert (source.fields["source"], source.fields["draft"], source.fields["tags"]) == (
        "dump/a.txt",
        "true",
        ["NO", "ON"],
    )
    assert source.fields["extra"] == {"source": "FOIA"}


def test_front_matter_that_cannot_be_read_still_holds_a_draft_back(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "---\ndraft: true: x\n---\n" + telegram(1)})
    assert codes(run_import(tmp_path, "a.txt")) == {"front-matter": 1}
    assert the_one(tmp_path).fields["draft"] == "true"
    assert the_one(tmp_path).text.startswith("---\ndraft")


@pytest.mark.parametrize(
    ("files", "dump", "words"),
    [
        ({}, "nowhere.csv", "there is no file or folder"),
        ({"a.txt": "x", "content": "a file"}, "a.txt", "is a file"),
        ({"content/dump/a.txt": "x"}, "content/dump", "must not lie in each other"),
        ({"content/a.txt": "x"}, ".", "must not lie in each other"),
    ],
)
def test_a_call_that_cannot_be_served_touches_nothing(
    tmp_path: Path, files: dict[str, str | bytes], dump: str, words: str
) -> None:
    write_files(tmp_path, files)
    before = snapshot(tmp_path)
    with pytest.raises(ImportRefused, match=words):
        run_import(tmp_path, dump)
    assert snapshot(tmp_path) == before


def test_a_disk_that_refuses_ends_the_import_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"cables.csv": rows(1), "content/2008": "a file where a folder must be"})
    with pytest.raises(ImportFailed, match="2008"):
        run_import(tmp_path, "cables.csv")
    assert sorted(path.name for path in (tmp_path / "content").iterdir()) == ["2008"]
