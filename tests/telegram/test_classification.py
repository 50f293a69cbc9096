import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.classification import close_up, parse_classification_line

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """What each classification line says: level, handling words, captions, section and message number."""
    shown: list[str] = []
    for text in case.lines:
        line = parse_classification_line(text, LEXICON)
        if line is None:
            shown.append("none")
            continue
        words = [line.level, *line.handling, *line.captions]
        if line.sections > 1:
            words.append(f"section {line.section} of {line.sections}")
        if line.number:
            words.append(f"{line.number.post} {line.number.serial}")
        shown.append(", ".join(words) + (" (repaired)" if line.damaged else ""))
    return shown


@pytest.mark.parametrize("case", read_cases("classification"))
def test_classification(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SECRETARY SAPT RECEIVED THE AMBASSADOR",
        "SECRET TALKS WENT ON",
        "UNCLASSIFIABLE",
        "ECRET",
        "STRELSAU 000123",
        "INFO AMEMBASSY SLAVNA 0012",
        "1. (C) SUMMARY",
    ],
)
def test_a_sentence_is_no_classification_line(text: str) -> None:
    assert parse_classification_line(text, LEXICON) is None


@pytest.mark.parametrize(
    ("spaced", "solid"),
    [
        ("C O N F I D E N T I A L STRELSAU", "CONFIDENTIAL STRELSAU"),
        ("T O P  S E C R E T", "TOPSECRET"),
        ("A B STRELSAU", "A B STRELSAU"),
    ],
)
def test_letters_that_stand_alone_are_closed_up(spaced: str, solid: str) -> None:
    assert close_up(spaced) == solid
