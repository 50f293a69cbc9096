import time

import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.tags import only_known_codes, parse_tags, strip_label

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """The codes with the raw ones that were repaired, and what is told of them."""
    line = parse_tags(strip_label("\n".join(case.lines)), LEXICON)
    codes = [tag.code if tag.code == tag.raw else f"{tag.code} (from {tag.raw})" for tag in line.tags]
    return [
        f"tags: {'; '.join(codes) or 'none'}",
        *(f"{remark.code}: {remark.raw}" for remark in line.remarks),
        *([f"rest: {line.rest}"] if line.rest else []),
    ]


@pytest.mark.parametrize("case", read_cases("tags"))
def test_tags(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("PGOV KZ", True),
        ("PGOV, KZ,", True),
        ("[PGOV](#) [KZ](#)", True),
        ("PGOV AND MORE", False),
        ("STATE FOR EUR", False),
        ("", False),
        ("(RASSENDYLL)", False),
    ],
)
def test_a_line_of_known_codes_continues_the_tags(line: str, known: bool) -> None:
    assert only_known_codes(line, LEXICON) is known


def test_a_line_that_is_no_tags_line_has_no_tags() -> None:
    assert strip_label("SUBJECT: PORTS") == ""


@pytest.mark.parametrize("unit", ["(", "[", "<a ", "PGOV", "P ", "PGOV/", "x ", "[PGOV](#) ", "PGOV, NAME, "])
def test_a_line_of_a_million_letters_takes_no_longer_than_its_length_asks(unit: str) -> None:
    began = time.perf_counter()
    parse_tags(unit * (1_000_000 // len(unit)), LEXICON)
    assert time.perf_counter() - began < 10
