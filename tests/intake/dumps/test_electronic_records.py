from pathlib import Path

from dump_tools import filed, imported, record, run_import
from site_tools import write_files


def without_heading(number: int) -> str:
    return record(number).removeprefix("Message Text\n\n")


def test_a_record_becomes_a_source_with_its_attributes_below_the_text(tmp_path: Path) -> None:
    write_files(tmp_path, {"1975.txt": record()})
    assert filed(run_import(tmp_path, "1975.txt")) == {"written": 1}
    # The document number cuts the post after six letters, so the text names the cable.
    ((path, source),) = imported(tmp_path).items()
    assert path == "1975/02/75STRELSAU1234.txt"
    assert source.text == record()
    assert (source.fields["source"], source.fields["source_id"]) == ("1975.txt", "1975STRELS01234")


def test_many_records_in_a_file_are_cut_where_each_begins(tmp_path: Path) -> None:
    records = [record(1), record(2), record(3, post="ZENDA")]
    write_files(tmp_path, {"1975.txt": "".join(records)})
    run_import(tmp_path, "1975.txt")
    found = imported(tmp_path)
    assert {path: source.fields["source"] for path, source in found.items()} == {
        "1975/02/75STRELSAU1.txt": "1975.txt#1975STRELS00001",
        "1975/02/75STRELSAU2.txt": "1975.txt#1975STRELS00002",
        "1975/02/75ZENDA3.txt": "1975.txt#1975ZENDA00003",
    }
    assert [source.text for source in found.values()] == records


def test_without_their_headings_records_are_cut_behind_the_attributes(tmp_path: Path) -> None:
    records = [without_heading(1), without_heading(2), without_heading(3)]
    write_files(tmp_path, {"1975.txt": "".join(records)})
    run_import(tmp_path, "1975.txt")
    texts = [source.text for source in imported(tmp_path).values()]
    # The level above the first page belongs to it, blank lines in between to either.
    assert [text.strip() for text in texts] == [text.strip() for text in records]
    assert "".join(texts) == "".join(records)


def test_the_first_page_of_a_second_section_begins_no_record(tmp_path: Path) -> None:
    text = (
        "1. IT SNOWED.\n\nCONFIDENTIAL\n\nPAGE 01        STRELS  01234  02 OF 02  141530Z\n\n2. IT STOPPED."
    )
    write_files(tmp_path, {"1975.txt": record(text=text)})
    assert filed(run_import(tmp_path, "1975.txt")) == {"written": 1}


def test_words_above_the_first_record_stay_with_it(tmp_path: Path) -> None:
    text = "Printed from the archive\n\n" + record(1) + record(2)
    write_files(tmp_path, {"1975.txt": text})
    run_import(tmp_path, "1975.txt")
    assert "".join(source.text for source in imported(tmp_path).values()) == text
