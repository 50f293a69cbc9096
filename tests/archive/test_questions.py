"""What an archive asks its editor: from cables alone, ordered, and cut."""

from collections.abc import Mapping
from typing import Any

import pytest
from site_tools import catalogue_of, cleared, telegram

from generator.archive.cable_row import CableRow
from generator.archive.questions import Answers, Listed, Questions
from generator.archive.sections import sections_held
from generator.lexicon.tables import builtin_lexicon
from generator.problem import Problem
from generator.telegram.parse import parse_cable


def ask(texts: Mapping[str, str], *, most: int = 10, examples: int = 10) -> Answers:
    catalogue = catalogue_of(
        cleared(parse_cable(text, source=path), path=path) for path, text in texts.items()
    )
    return Questions(catalogue).answers(builtin_lexicon().tags, most=most, examples=examples)


def paths(cables: Listed[CableRow]) -> list[str]:
    return [row.path for row in cables.first]


def sectioned(first: str, *, text: str, end: str = "RASSENDYLL\n", number: int = 123) -> str:
    """A telegram whose classification line names a section."""
    whole = telegram(number, text=text).replace("UNCLAS STRELSAU", f"UNCLAS SECTION {first} STRELSAU")
    return whole.replace("RASSENDYLL\n", end)


def test_an_archive_without_faults_asks_nothing() -> None:
    answers = ask({"a.txt": telegram(1), "b.txt": telegram(2, ref="STRELSAU 1", subject="ANOTHER")})
    nothing: Listed[Any] = Listed(count=0, first=())
    assert answers == Answers(
        problems=(),
        undated=nothing,
        without_id=nothing,
        unknown_tags=nothing,
        shared_ids=nothing,
        same_texts=nothing,
        not_held=nothing,
        missing_sections=nothing,
    )


def test_undated_cables_and_those_without_an_id() -> None:
    answers = ask({"letter.txt": "Dear Rosa,\n", "08STRELSAU5.txt": telegram(5)})
    assert paths(answers.undated) == ["letter.txt"]
    assert paths(answers.without_id) == ["letter.txt"]


def test_unknown_tags_the_most_used_first_names_left_out() -> None:
    answers = ask(
        {
            "a.txt": telegram(1, tags="PGOV QX7 ZZQX"),
            "b.txt": telegram(2, tags="ZZQX"),
            "c.txt": telegram(3, tags="PGOV ZZQX (RASSENDYLL, RUDOLF)"),
            "d.txt": telegram(4, tags="PREL (HENTZAU)"),
        },
        examples=2,
    )
    assert [(tag.code, tag.cables.count, paths(tag.cables)) for tag in answers.unknown_tags.first] == [
        ("ZZQX", 3, ["a.txt", "b.txt"]),
        ("QX7", 1, ["a.txt"]),
    ]


def test_ids_that_several_sources_have() -> None:
    answers = ask(
        {
            "a.txt": telegram(1),
            "b.txt": telegram(1).replace("\n\n", "\n \n\n"),  # white space alone
            "c.txt": telegram(2),
            "d.txt": telegram(2, subject="CORRECTED"),
            "e.txt": telegram(2),
        }
    )
    assert [
        (shared.id, shared.is_same_text, paths(shared.cables)) for shared in answers.shared_ids.first
    ] == [
        ("08STRELSAU2", False, ["c.txt", "d.txt", "e.txt"]),
        ("08STRELSAU1", True, ["a.txt", "b.txt"]),
    ]
    assert answers.same_texts.count == 0  # a copy under the same id is told once


def test_one_text_under_several_names() -> None:
    answers = ask({"a.txt": "Dear Rosa,\n", "below/b.txt": "Dear  Rosa,", "c.txt": telegram(1)})
    assert [paths(cables) for cables in answers.same_texts.first] == [["a.txt", "below/b.txt"]]


def test_cables_cited_and_not_held_the_most_cited_first() -> None:
    answers = ask(
        {
            "a.txt": telegram(1, ref="A. ZENDA 9 B. SLAVNA 7"),
            "b.txt": telegram(2, ref="A. SLAVNA 7 B. STRELSAU 1"),
            "c.txt": telegram(3, ref="A. SLAVNA 7 B. SLAVNA 8"),
        },
        most=2,
        examples=1,
    )
    assert answers.not_held.count == 3
    assert [(cited.id, cited.cited_by.count, paths(cited.cited_by)) for cited in answers.not_held.first] == [
        ("08SLAVNA7", 3, ["a.txt"]),
        ("08SLAVNA8", 1, ["c.txt"]),
    ]


# The text of a first section alone; its page line says that it is one of three.
FIRST_OF_THREE = "1. (U) One.\n\nSTRELSAU 00000123  001.2 OF 003\n\nAnd more."
FIRST_OF_TWO = FIRST_OF_THREE.replace("OF 003", "OF 002")
BREAK = "1. (U) One.\n\nSTRELSAU 00000123  002 OF 003\n\n2. (U) Two."


@pytest.mark.parametrize(
    ("case", "text", "held"),
    [
        ("one section", telegram(), {1}),
        ("joined and signed", sectioned("01 OF 03", text="1. (U) All."), {1, 2, 3}),
        ("the first, which tells of others", sectioned("01 OF 03", text=FIRST_OF_THREE, end=""), {1}),
        (
            "the first, and nothing tells of others",
            sectioned("01 OF 03", text="1. (U) One.", end=""),
            {1, 2, 3},
        ),
        ("the second alone", sectioned("02 OF 03", text="2. (U) Two.", end=""), {2}),
        ("the last alone", sectioned("03 OF 03", text="3. (U) Three."), {3}),
        ("a page line names the second", sectioned("01 OF 03", text=BREAK, end=""), {1, 2}),
        ("the same, signed", sectioned("01 OF 03", text=BREAK), {1, 2, 3}),
        ("a page line of another total", sectioned("01 OF 02", text=BREAK, end=""), {1, 2}),
    ],
)
def test_the_sections_that_a_text_holds(case: str, text: str, held: set[int]) -> None:
    assert sections_held(parse_cable(text)) == held


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ({"a": sectioned("01 OF 03", text="1. (U) All.")}, []),
        ({"a": sectioned("01 OF 03", text=FIRST_OF_THREE, end="")}, [(2, 3)]),
        (
            {
                "a": sectioned("01 OF 03", text=FIRST_OF_THREE, end=""),
                "b": sectioned("03 OF 03", text="3. (U) Three."),
            },
            [(2,)],
        ),
        (
            {
                "a": sectioned("01 OF 02", text=FIRST_OF_TWO, end=""),
                "b": sectioned("02 OF 02", text="2. (U) Two."),
            },
            [],
        ),
        (
            {"a": sectioned("02 OF 02", text="2. (U) Two."), "b": telegram()},
            [],
        ),  # another source has it whole
        (
            {
                "a": sectioned("01 OF 02", text=FIRST_OF_TWO, end=""),
                "b": sectioned("01 OF 02", text=FIRST_OF_TWO.replace("123", "007"), end="", number=7),
            },
            [(2,), (2,)],
        ),
    ],
)
def test_telegrams_with_sections_missing(texts: dict[str, str], missing: list[tuple[int, ...]]) -> None:
    answers = ask(texts)
    assert [telegram.missing for telegram in answers.missing_sections.first] == missing
    assert answers.missing_sections.count == len(missing)


def test_problems_are_counted_by_kind_for_cables_alone() -> None:
    cable = cleared(parse_cable(telegram(1)), path="a.txt")
    told = [
        Problem(code="tag-unknown", severity="info", source="a.txt", message="x"),
        Problem(code="tag-unknown", severity="info", source="a.txt", message="y"),
        Problem(code="dtg-missing", severity="warning", source="a.txt", message="z"),
        Problem(code="dtg-missing", severity="warning", source="draft.txt", message="z"),
    ]
    answers = Questions(catalogue_of([cable], told)).answers((), most=1, examples=1)
    assert [(kind.code, kind.severity, kind.count, paths(kind.cables)) for kind in answers.problems] == [
        ("dtg-missing", "warning", 1, ["a.txt"]),
        ("tag-unknown", "info", 2, ["a.txt"]),
    ]
