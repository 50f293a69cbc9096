from pathlib import Path

import pytest
from dump_tools import codes, filed, imported, run_import, the_one
from site_tools import telegram, write_files


def sent(number: int, section: int = 1) -> str:
    return f"VZCZCXRO00{section}\n" + telegram(number, level=f"UNCLAS SECTION 0{section} OF 02") + "\n\n"


@pytest.mark.parametrize("name", ["a.txt", "a.cable", "a", "a.eml", "a.md"])
def test_a_telegram_is_taken_from_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {f"dump/{name}": telegram()})
    assert filed(run_import(tmp_path, "dump")) == {"written": 1}
    assert the_one(tmp_path).text == telegram()


@pytest.mark.parametrize(
    ("name", "written"), [("a.txt", {"written": 1}), ("a.cable", {"written": 1}), ("a", {}), ("a.md", {})]
)
def test_another_text_is_kept_where_its_name_says_that_it_is_one(
    tmp_path: Path, name: str, written: dict[str, int]
) -> None:
    write_files(tmp_path, {f"dump/{name}": "Dear Rosa,\n"})
    report = run_import(tmp_path, "dump")
    assert filed(report) == written
    assert not report.has_warnings


@pytest.mark.parametrize("data", [b"", b"\n \n", b"---\ntitle: x\n---\n"])
def test_an_empty_file_is_skipped(tmp_path: Path, data: bytes) -> None:
    write_files(tmp_path, {"a.txt": data})
    assert codes(run_import(tmp_path, "a.txt")) == {"empty-member": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_may_be_in_any_encoding_and_becomes_utf_8(tmp_path: Path, encoding: str) -> None:
    write_files(tmp_path, {"a.txt": telegram(subject="CAFÉ").encode(encoding)})
    run_import(tmp_path, "a.txt")
    assert the_one(tmp_path).text == telegram(subject="CAFÉ")


@pytest.mark.parametrize(
    "text",
    [
        telegram().replace("\n", "\r\n"),
        telegram(subject="CAFÃ©"),  # was decoded wrongly before; the build repairs it and says so
        telegram().replace("PGOV", "[PGOV](#)"),
        telegram(subject="R&amp;D"),
        "\n\n" + telegram() + "\f\x1a",
    ],
)
def test_a_text_is_kept_as_it_is(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"a.txt": text})
    run_import(tmp_path, "a.txt")
    assert the_one(tmp_path).text == text


def test_many_telegrams_in_a_file_are_cut_where_each_begins(tmp_path: Path) -> None:
    telegrams = ["From the files of the consulate\n\n" + sent(1), sent(2), sent(3)]
    write_files(tmp_path, {"all.txt": "---\ndraft: true\n---\n" + "".join(telegrams)})
    run_import(tmp_path, "all.txt")
    found = imported(tmp_path)
    assert [source.text for source in found.values()] == telegrams
    assert [source.fields["source"] for source in found.values()] == ["all.txt#1", "all.txt#2", "all.txt#3"]
    assert [source.fields["draft"] for source in found.values()] == ["true"] * 3


def test_the_sections_of_one_telegram_stay_together(tmp_path: Path) -> None:
    write_files(tmp_path, {"all.txt": sent(1, 1) + sent(1, 2) + sent(2)})
    run_import(tmp_path, "all.txt")
    assert [source.text for source in imported(tmp_path).values()] == [sent(1, 1) + sent(1, 2), sent(2)]
