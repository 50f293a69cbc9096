from datetime import UTC, datetime

import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.references import next_label, read_references

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """The references of a cable, 08STRELSAU500 of 14 June 2008 unless the file says otherwise."""
    cable = case.given.get("cable", "08STRELSAU500")
    sent = datetime.fromisoformat(case.given.get("sent", "2008-06-14")).replace(tzinfo=UTC)
    block = read_references(case.lines, year=sent.year, lexicon=LEXICON, own_id=cable, sent=sent)
    shown = [
        *(f"{ref.label or '-'}: {ref.text} -> {ref.id or 'no cable'}" for ref in block.references),
        *(f"{remark.severity}: {remark.code}: {remark.message}" for remark in block.remarks),
    ]
    return shown or ["nothing"]


@pytest.mark.parametrize("case", read_cases("references"))
def test_references(case: Case) -> None:
    assert show(case) == list(case.expected)


def test_without_a_year_of_its_own_a_cable_cannot_complete_its_references() -> None:
    references = read_references(["REF: A. ZENDA 12 B. 07 ZENDA 12"], year=None, lexicon=LEXICON).references
    assert [(ref.label, ref.id) for ref in references] == [("A", None), ("B", "07ZENDA12")]


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["REF: A. ZENDA 12"], "B"),
        (["REF: (A) ZENDA 12 (B) ZENDA 13"], "C"),
        (["REF: ZENDA 12"], ""),
        (["REF:"], ""),
    ],
)
def test_the_label_that_is_due_tells_whether_a_list_goes_on(lines: list[str], label: str) -> None:
    assert next_label(lines) == label


@pytest.mark.parametrize(
    "line",
    [
        "REF: " + "A. " * 300_000,
        "REF: " + "STATE, " * 150_000,
        "REF: " + "A" * 1_000_000,
        "REF: " + "12 AND " * 150_000,
    ],
    ids=["labels", "separators", "letters", "numbers"],
)
def test_a_line_of_a_million_letters_takes_no_longer_than_its_length_asks(line: str) -> None:
    began = datetime.now(tz=UTC)
    read_references([line], year=2008, lexicon=LEXICON)
    assert (datetime.now(tz=UTC) - began).total_seconds() < 20
