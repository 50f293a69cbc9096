import time

import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.cable import Block, Cable, ListItem
from generator.telegram.citations import citation_context, cited_ids, find_citations
from generator.telegram.references import read_references

LEXICON = builtin_lexicon()


def cable_with(references: str, *body: Block) -> Cable:
    """A cable 08STRELSAU500 with a REF line."""
    read = read_references([references], year=2008, lexicon=LEXICON).references
    return Cable(
        source="", id="08STRELSAU500", year=2008, post="STRELSAU", serial=500, references=read, body=body
    )


def show(case: Case) -> list[str]:
    """The citations in each line, in a cable with the REF line given."""
    context = citation_context(cable_with(case.given.get("ref", "REF:")), LEXICON)
    shown = [
        f"{line[found.start : found.end]} -> {' '.join(found.ids)}"
        + (f" paragraph {found.paragraph}" if found.paragraph else "")
        for line in case.lines
        for found in find_citations(line, context)
    ]
    return shown or ["nothing"]


@pytest.mark.parametrize("case", read_cases("citations"))
def test_citations(case: Case) -> None:
    assert show(case) == list(case.expected)


def test_paragraphs_headings_and_lists_cite_and_each_id_counts_once() -> None:
    items = (ListItem(marker="-", text="see STATE 3333"), ListItem(marker="-", text="nothing"))
    cable = cable_with(
        "REF: A. STATE 1111",
        Block(kind="heading", line=1, last_line=1, text="THE MATTER OF REF A"),
        Block(kind="paragraph", line=2, last_line=2, text="As 07 ASTANA 12 said; see ref A."),
        Block(kind="list", line=3, last_line=4, items=items),
        Block(
            kind="quote",
            line=5,
            last_line=7,
            text="BEGIN TEXT",
            blocks=(Block(kind="paragraph", line=6, last_line=6, text="Text of 06 ASTANA 7."),),
        ),
        Block(kind="table", line=8, last_line=9, text="STATE 4444   12\nSTATE 5555   13"),
    )
    assert cited_ids(cable, LEXICON) == ("08STATE1111", "07ASTANA12", "08STATE3333", "06ASTANA7")


@pytest.mark.parametrize(
    "unit", ["STATE ", "REF A, ", "08 ", "A B C D E 12 ", "refs a and ", "(", "PORT AU "]
)
def test_a_paragraph_of_a_million_letters_takes_no_longer_than_its_length_asks(unit: str) -> None:
    context = citation_context(cable_with("REF: A. STATE 1111 B. STATE 2222"), LEXICON)
    began = time.perf_counter()
    find_citations(unit * (1_000_000 // len(unit)), context)
    assert time.perf_counter() - began < 10
