import pytest

from generator.lexicon import builtin_lexicon
from generator.telegram.captions import parse_caption_line

LEXICON = builtin_lexicon()


@pytest.mark.parametrize(
    ("written", "captions", "handling"),
    [
        ("SIPDIS", ("SIPDIS",), ()),
        ("EXDIS", ("EXDIS",), ()),
        ("SENSITIVE", (), ("SENSITIVE",)),
        ("SENSITIVE SIPDIS", ("SIPDIS",), ("SENSITIVE",)),
        ("NOFORN", (), ("NOFORN",)),
        ("N O F O R N", (), ("NOFORN",)),
        ("NOFORN/SIPDIS", ("SIPDIS",), ("NOFORN",)),
        ("FOR OFFICIAL USE ONLY", (), ("FOUO",)),
        ("ROGER CHANNEL", ("ROGER CHANNEL",), ()),
        ("CODEL HENTZAU", ("CODEL HENTZAU",), ()),
        ("VISAS DONKEY", ("VISAS DONKEY",), ()),
        ("SECTO 0007", ("SECTO 0007",), ()),
        ("C O R R E C T E D  C O P Y (TAGS ADDED)", ("CORRECTED COPY",), ()),
        ("NOT FOR INTERNET DISTRIBUTION", ("NOT FOR INTERNET DISTRIBUTION",), ()),
    ],
)
def test_captions_and_handling_words_are_told_apart(
    written: str, captions: tuple[str, ...], handling: tuple[str, ...]
) -> None:
    line = parse_caption_line(written, LEXICON)
    assert line is not None
    assert (line.kind, line.captions, line.handling) == ("caption", captions, handling)


@pytest.mark.parametrize(
    "written",
    [
        "STATE FOR EUR/RUR, EEB/TPP",
        "DEPT PASS TO THE PORTS OFFICE",
        "PLEASE PASS TO USAID",
        "ZENDA FOR POLOFF",
        "FOR THE AMBASSADOR FROM EUR A/S",
        "FROM AMBASSADOR",
    ],
)
def test_passing_lines_name_who_should_see_the_telegram(written: str) -> None:
    line = parse_caption_line(written, LEXICON)
    assert line is not None
    assert line.kind == "attention"


def test_one_unknown_word_in_capitals_is_a_caption_that_no_table_has() -> None:
    line = parse_caption_line("BEECHWOOD", LEXICON)
    assert line is not None
    assert (line.captions, line.is_known) == (("BEECHWOOD",), False)


@pytest.mark.parametrize("text", ["The minister was late.", "1. (C) Summary", "-----", "EEB/TPP, INL"])
def test_other_lines_are_neither(text: str) -> None:
    assert parse_caption_line(text, LEXICON) is None
