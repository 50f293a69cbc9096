import time

import pytest
from case_files import Case, read_cases

from generator.telegram.classified_by import parse_classified_by


def show(case: Case) -> list[str]:
    """Who classified a telegram, and for which reasons."""
    authority = parse_classified_by(case.lines)
    return [f"who: {authority.text or 'nobody'}", f"reasons: {' '.join(authority.reasons) or 'none'}"]


@pytest.mark.parametrize("case", read_cases("classified_by"))
def test_classified_by(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize("unit", ["Classified By ", "1.4 ", "b ", "reason ", "a nd ", "(", "x "])
def test_a_line_of_a_million_letters_takes_no_longer_than_its_length_asks(unit: str) -> None:
    began = time.perf_counter()
    parse_classified_by([f"Classified By: R. Hentzau {unit * (1_000_000 // len(unit))}"])
    assert time.perf_counter() - began < 10
