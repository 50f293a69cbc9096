"""Paragraph numbers from the evidence of their order.

A case is written as its candidates: '11.' a number, '¶9.' with a paragraph sign, '2)' with a parenthesis, '~9.'
in the middle of a sentence, '+1.' below a heading or an enclosure, '(5.' with a portion marking in mid-sentence.
"""

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from generator.telegram.numbering import Candidate, settle_numbers


def candidates(text: str) -> list[Candidate]:
    found = []
    for word in text.split():
        digits = re.sub(r"\D", "", word)
        inside = word[0] in "~("
        found.append(
            Candidate(
                written=int(digits),
                pilcrow="¶" in word,
                marked=word[0] == "(",
                gap=not inside,
                cut=inside,
                unusual=word.endswith(")"),
                enclosed="+" in word,
            )
        )
    return found


def settled(text: str, *, is_extract: bool = False) -> str:
    numbers = settle_numbers(candidates(text), is_extract=is_extract).numbers
    return " ".join("-" if number is None else str(number) for number in numbers)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("1. 2. 3.", "1 2 3"),
        ("¶1. ¶2. ¶3.", "1 2 3"),
        ("1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12.", "1 2 3 4 5 6 7 8 9 10 11 12"),
        # the paragraph sign lost as '1'
        ("11. 12. 13. 14. ¶15. ¶16. ¶17. ¶18. ¶19. ¶10. ¶11.", "1 2 3 4 5 6 7 8 9 10 11"),
        ("11. 12. 13. 14. 15. 16. 17. 18. 19. 110. 111.", "1 2 3 4 5 6 7 8 9 10 11"),
        ("11. 12. 13.", "1 2 3"),
        ("11. 12.", "1 2"),
        ("11.", "1"),
        # and not lost
        ("9. 10. 11. 12.", "- - - -"),
        # wrapped lines that begin with a number
        ("1. ~9. 2. 3.", "1 - 2 3"),
        ("1. ~2. 2. 3.", "1 - 2 3"),
        ("1. ¶~9. 2.", "1 - 2"),
        ("1. (2. 3.", "1 2 3"),
        # lists inside the text
        ("1. 1) 2) 3) 2.", "1 - - - 2"),
        ("1) 2) 3)", "1 2 3"),
        # missing, repeated, enclosed
        ("1. 2. 4. 5.", "1 2 4 5"),
        ("1. 2. 2. 3.", "1 2 2 3"),
        ("1. 2. 9. 3.", "1 2 - 3"),
        ("2. 3. 4.", "2 3 4"),
        ("1. 2. 3. +1. +2. +4. 5.", "1 2 3 1 2 4 5"),
        ("", ""),
    ],
)
def test_numbers_are_settled_by_their_order(written: str, numbers: str) -> None:
    assert settled(written) == numbers


def test_an_extract_may_begin_anywhere() -> None:
    assert settled("4. 5. 6.", is_extract=True) == "4 5 6"
    assert settled("11. 12. 13.", is_extract=True) == "11 12 13"


@pytest.mark.parametrize(
    ("written", "code", "message"),
    [
        (
            "11. 12. 13.",
            "numbering-repaired",
            "3 paragraph numbers had lost the paragraph sign as a 1: 11 was read as 1",
        ),
        ("1. 2. 4.", "paragraph-number-missing", "no paragraph 3 was found before paragraph 4"),
        ("1. 2. 2.", "paragraph-number-duplicate", "paragraph 2 stands twice"),
        ("1. ~¶9. 2.", "false-pilcrow", "the paragraph sign before 9 opens no paragraph"),
    ],
)
def test_each_doubt_is_told_once(written: str, code: str, message: str) -> None:
    (remark,) = settle_numbers(candidates(written)).remarks
    assert (remark.code, remark.message) == (code, message)


@given(st.integers(min_value=3, max_value=99))
def test_any_count_is_recovered_when_its_single_digits_lost_their_sign(last: int) -> None:
    written = " ".join(f"1{n}." if n < 10 else f"¶{n}." for n in range(1, last + 1))
    assert settled(written) == " ".join(str(n) for n in range(1, last + 1))


@given(st.lists(st.integers(min_value=0, max_value=999), max_size=40))
def test_any_numbers_are_settled(numbers: list[int]) -> None:
    found = settle_numbers(candidates(" ".join(f"{n}." for n in numbers)))
    assert len(found.numbers) == len(numbers)
