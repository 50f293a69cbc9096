"""Every reader of a line takes time in proportion to its length, whatever stands in it."""

import time
from collections.abc import Callable

import pytest

from generator.lexicon import builtin_lexicon
from generator.telegram.addressees import parse_addressees
from generator.telegram.captions import parse_caption_line
from generator.telegram.classification import parse_classification_line
from generator.telegram.dtg import parse_dtg, parse_filing_time, parse_weekday_line
from generator.telegram.portion import parse_portion
from generator.telegram.reference_id import canonical_id
from generator.telegram.signature import find_signature
from generator.telegram.subject import parse_subject

LEXICON = builtin_lexicon()

READERS: dict[str, Callable[[str], object]] = {
    "addressee": lambda line: parse_addressees([line]),
    "caption": lambda line: parse_caption_line(line, LEXICON),
    "classification": lambda line: parse_classification_line(line, LEXICON),
    "date-time group": parse_dtg,
    "filing time": lambda line: parse_filing_time(line, 2008),
    "id": lambda line: canonical_id(line, LEXICON),
    "portion": parse_portion,
    "signature": lambda line: find_signature([line], 0, LEXICON),
    "subject": lambda line: parse_subject([line]),
    "weekday": parse_weekday_line,
}


@pytest.mark.parametrize(
    "unit", ["A", "A ", "1", " ", "(", "RASSENDYLL. ", "SIPDIS ", "/ ", "1234567 ", "FOR "]
)
@pytest.mark.parametrize("reader", READERS)
def test_a_long_line_is_read_in_time(reader: str, unit: str) -> None:
    line = f"P {unit * (300_000 // len(unit))} X"
    began = time.perf_counter()
    READERS[reader](line)
    assert time.perf_counter() - began < 3
