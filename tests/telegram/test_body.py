"""The body as blocks: what stands in the lines, and what becomes of it."""

import re
import textwrap

import hypothesis.strategies as st
import pytest
from case_files import Case, cases_of, read_cases
from hypothesis import given

from generator.lexicon import builtin_lexicon
from generator.telegram.body import Body, parse_body
from generator.telegram.cable import Block
from generator.telegram.message_number import MessageNumber
from generator.telegram.source_text import read_lines

LEXICON = builtin_lexicon()
NUMBER = MessageNumber(post="STRELSAU", post_name="STRELSAU", serial=123)


def body(text: str, *, section: int = 1, sections: int = 1) -> Body:
    lines = read_lines(textwrap.dedent(text).strip("\n") + "\n")
    return parse_body(lines, 0, number=NUMBER, section=section, sections=sections, lexicon=LEXICON)


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """A block a line: kind, number, marking and text."""
    lines = []
    for block in blocks:
        number = f" {block.number}" if block.number is not None else ""
        marking = f" ({block.marking})" if block.marking else ""
        text = (
            "; ".join(f"{item.level}{item.marker} {item.text}" for item in block.items)
            if block.kind == "list"
            else block.text
        )
        lines.append(f"{block.kind}{number}{marking}" + (f": {text}" if text else ""))
    return lines


@pytest.mark.parametrize("case", read_cases("body"))
def test_lines_become_blocks(case: Case) -> None:
    later = re.search(r"SECTION \d\d OF (\d\d)", " ".join(case.lines))
    sections = int(later[1]) if later else 1
    found = body("\n".join(case.lines), sections=sections)
    assert "\n".join(outline(found.blocks)) == "\n".join(case.expected)


def test_a_quoted_text_counts_for_itself() -> None:
    found = body(
        """
        1. (U) The law follows.

        BEGIN TEXT:

        1. The road is open.

        2. Sheep are exempt.

        END TEXT.

        2. (U) Comment follows.
        """
    )
    assert outline(found.blocks) == [
        "paragraph 1 (U): The law follows.",
        "quote: BEGIN TEXT:\nEND TEXT.",
        "paragraph 2 (U): Comment follows.",
    ]
    assert outline(found.blocks[1].blocks) == [
        "paragraph 1: The road is open.",
        "paragraph 2: Sheep are exempt.",
    ]
    assert [block.anchor for block in found.blocks[1].blocks] == ["text1-par1", "text1-par2"]


def test_paragraphs_have_anchors_and_repeated_numbers_their_own() -> None:
    found = body("1. (U) A.\n\n2. (U) B.\n\n2. (U) C.\n")
    assert [block.anchor for block in found.blocks] == ["par1", "par2", "par2-2"]


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("1. (C) SUMMARY: It rained. END SUMMARY.", "It rained."),
        ("1. (C) Summary. It rained. End summary.", "It rained."),
        (
            "1. (C) BEGIN SUMMARY. It rained.\n\n2. (C) It stopped. END SUMMARY.\n\n3. (C) Text.",
            "It rained.\n\nIt stopped.",
        ),
        ("SUMMARY\n-------\n\n1. (C) It rained.\n\nDETAILS\n-------\n\n2. (C) Text.", "It rained."),
        ("1. (C) SUMMARY: It rained.\n\n2. (C) Text.", "It rained."),
        ("1. (C) It rained. END SUMMARY.\n\n2. (C) Text.", "It rained."),
        ("1. (C) SUMMARY AND COMMENT: It rained. END SUMMARY AND COMMENT.", "It rained."),
        ("1. (C) Summary of findings: none.", None),
        ("1. (C) Text.", None),
    ],
)
def test_the_summary_is_told_without_its_markers(text: str, summary: str | None) -> None:
    assert body(text).summary == summary


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("1. (C) Text.\n\n2. (C) COMMENT: Odd. END COMMENT.\n\n3. (C) Text.", [None, "comment", None]),
        ("1. (C) COMMENT: Odd.\n\n2. (C) Text.", ["comment", None]),
        ("1. (C) COMMENT: Odd.\n\n2. (C) Very. END COMMENT.\n\n3. (C) Text.", ["comment", "comment", None]),
        ("COMMENT\n-------\n\n1. (C) Odd.\n\n2. (C) Very.", ["comment", "comment", "comment"]),
        ("1. (C) NOTE: See map. END NOTE.", ["note"]),
    ],
)
def test_comments_span_what_they_open(text: str, roles: list[str | None]) -> None:
    assert [block.role for block in body(text).blocks] == roles


@pytest.mark.parametrize(
    ("end", "signer"),
    [
        ("\nRASSENDYLL", "RASSENDYLL"),
        ("\nRassendyll", "RASSENDYLL"),
        ("\nDE LACEY", "DE LACEY"),
        ("\nO'DELL", "O'DELL"),
        ("\nNAKASHIMA-BELL", "NAKASHIMA-BELL"),
        ("\nDE\nLACEY", "DE LACEY"),
        ("\nRASSENDYLL\nBT\n#0123\nNNNN", "RASSENDYLL"),
        ("\nRASSENDYLL\n\nCONFIDENTIAL", "RASSENDYLL"),
        ("2. (C) End comment. RASSENDYLL", "RASSENDYLL"),
        ("2. (C) END COMMENT. Rassendyll", "RASSENDYLL"),
        ("\nVisit the site: http://strelsau.example.invalid/\n\nRASSENDYLL", "RASSENDYLL"),
        ("2. (C) The end.", None),
        ("\nSIPDIS", None),
        ("\nXXXXXXXXXXXX", None),
        ("2. (C) It was May", None),
        ("2. (C) They met the GOR. NATO", None),  # an abbreviation
        ("\nCONFIDENTIAL", None),
    ],
)
def test_the_signer_is_the_name_at_the_end(end: str, signer: str | None) -> None:
    assert body(f"1. (C) Text of the paragraph.\n{end}").signer == signer


SECOND = "C O N F I D E N T I A L SECTION 02 OF 03 STRELSAU 000123\n\n"
THIRD = SECOND.replace("02 OF", "03 OF")


@pytest.mark.parametrize(
    ("text", "section", "blocks"),
    [
        # The classification line of the first section says nothing of what is there.
        ("1. (C) A.", 1, ["paragraph 1 (C): A."]),
        (f"1. (C) A.\n\n{SECOND}2. (C) B.\n\n{THIRD}3. (C) C.", 1, ["paragraph 1 (C): A.", "paragraph 2 (C): B.", "paragraph 3 (C): C."]),
        (f"1. (C) A\n\n{THIRD}b.", 1, ["paragraph 1 (C): A", "gap: 2 of 3", "paragraph: b."]),
        (f"1. (C) A.\n\n{SECOND}2. (C) B.", 1, ["paragraph 1 (C): A.", "paragraph 2 (C): B.", "gap: 3 of 3"]),
        # A signature stands below the last section; page lines may name the section that they stand in.
        (f"1. (C) A.\n\n{SECOND}2. (C) B.\n\nRASSENDYLL", 1, ["paragraph 1 (C): A.", "paragraph 2 (C): B."]),
        ("1. (C) A\n\nSTRELSAU 00000123  001.2 OF 003\n\nb.", 1, ["paragraph 1 (C): A b.", "gap: 2 to 3 of 3"]),
        ("1. (C) A\n\nSTRELSAU 00000123  003 OF 003\n\nb.", 1, ["paragraph 1 (C): A b."]),
        ("4. (C) D.", 3, ["gap: 1 to 2 of 3", "paragraph 4 (C): D."]),
        # The line is printed again on a page of the same section.
        (f"1. (C) A.\n\n{SECOND}2. (C) B\n\n{SECOND}b.\n\n{THIRD}C.", 1, ["paragraph 1 (C): A.", "paragraph 2 (C): B b.", "paragraph: C."]),
    ],
)  # fmt: skip
def test_a_section_that_is_missing_leaves_a_gap(text: str, section: int, blocks: list[str]) -> None:
    found = body(text, section=section, sections=3)
    assert outline(found.blocks) == blocks
    gaps = [block for block in blocks if block.startswith("gap")]
    told = [problem.code for problem in found.warnings if problem.code == "section-missing"]
    assert len(told) == len(gaps)
    assert not any(block.kind == "gap" for block in found.blocks) or found.summary is None


def test_a_missing_page_is_told() -> None:
    found = body("1. (C) A\n\nSTRELSAU 00000123  002 OF 004\n\nb\n\nSTRELSAU 00000123  004 OF 004\n\nc.")
    assert [(problem.code, problem.message) for problem in found.warnings] == [
        ("page-missing", "no page line was found for page 3 of 4")
    ]


PIECES = st.sampled_from(
    [line.strip() for case in cases_of("body") for line in case.lines]
    + ["RASSENDYLL", "BT", "-", "", "  x", "¶"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=30).map("\n".join))
def test_every_word_of_the_body_stands_in_a_block(text: str) -> None:
    lines = read_lines(text)
    found = parse_body(lines, 0, number=NUMBER, lexicon=LEXICON)
    assert "".join(part.text for part in found.parts) == lines.raw_text(0, len(lines.raw))
    kept = "".join(_words(found.blocks)) + (found.signer or "")
    for part in found.parts:
        if part.kind == "body":
            readable = read_lines(part.text).lines
            for word in " ".join(readable).replace("¶", " ").split():
                letters = "".join(filter(str.isalpha, word)).upper()
                assert letters in "".join(filter(str.isalpha, kept)).upper()


def _words(blocks: tuple[Block, ...]) -> list[str]:
    words: list[str] = []
    for block in blocks:
        words += [block.marking or "", block.text, *(f"{item.marker} {item.text}" for item in block.items)]
        words += _words(block.blocks)
    return words
