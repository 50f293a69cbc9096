import pytest

from generator.lexicon import builtin_lexicon
from generator.telegram.classification import close_up, parse_classification_line

LEXICON = builtin_lexicon()


@pytest.mark.parametrize(
    ("written", "level", "sections", "post", "serial"),
    [
        ("UNCLAS SECTION 01 OF 02 STRELSAU 002165", "UNCLASSIFIED", (1, 2), "STRELSAU", 2165),
        ("UNCLAS STRELSAU 412", "UNCLASSIFIED", (1, 1), "STRELSAU", 412),
        ("UNCLASSIFIED STRELSAU 000412", "UNCLASSIFIED", (1, 1), "STRELSAU", 412),
        (
            "C O N F I D E N T I A L SECTION 01 OF 03 PORT TARLENHEIM 000045",
            "CONFIDENTIAL",
            (1, 3),
            "PORTTARLENHEIM",
            45,
        ),
        ("S E C R E T SLAVNA 4410", "SECRET", (1, 1), "SLAVNA", 4410),
        ("S E C R E T SECTION 2 OF 3 SLAVNA 4410", "SECRET", (2, 3), "SLAVNA", 4410),
        ("S E C R E T SECRET SLAVNA 4410", "SECRET", (1, 1), "SLAVNA", 4410),
        ("T O P S E C R E T SLAVNA 4410", "TOP SECRET", (1, 1), "SLAVNA", 4410),
        ("T O P  S E C R E T SLAVNA 4410", "TOP SECRET", (1, 1), "SLAVNA", 4410),
        ("TOP SECRET SLAVNA 4410", "TOP SECRET", (1, 1), "SLAVNA", 4410),
        ("LIMITED OFFICIAL USE ZENDA 88", "LIMITED OFFICIAL USE", (1, 1), "ZENDA", 88),
        ("S e c r e t strelsau 000123", "SECRET", (1, 1), "STRELSAU", 123),
        ("UNCLAS SECION 01 OF 02 STRELSAU 000123", "UNCLASSIFIED", (1, 2), "STRELSAU", 123),
        ("UNCLAS USUN NEW YORK 000123", "UNCLASSIFIED", (1, 1), "USUNNEWYORK", 123),
        ("CONFIDENTIAL STRELSAU 000123 TOSEC 140001", "CONFIDENTIAL", (1, 1), "STRELSAU", 123),
    ],
)
def test_a_classification_line_gives_level_sections_and_message_number(
    written: str, level: str, sections: tuple[int, int], post: str, serial: int
) -> None:
    line = parse_classification_line(written, LEXICON)
    assert line is not None
    assert line.level == level
    assert (line.section, line.sections) == sections
    assert line.number is not None
    assert (line.number.post, line.number.serial) == (post, serial)
    assert not line.damaged


@pytest.mark.parametrize(
    ("written", "handling", "captions"),
    [
        ("UNCLAS E F T O STRELSAU 000123", ("EFTO",), ()),
        ("UNCLAS SENSITIVE STRELSAU 000123", ("SENSITIVE",), ()),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY STRELSAU 000123", ("FOUO",), ()),
        ("S E C R E T NOFORN SECTION 01 OF 02 STRELSAU 000123", ("NOFORN",), ()),
        ("S E C R E T STRELSAU 000123 NOFORN SIPDIS", ("NOFORN",), ("SIPDIS",)),
        ("C O N F I D E N T I A L STRELSAU 000123 SIPDIS", (), ("SIPDIS",)),
    ],
)
def test_control_words_on_the_line_are_kept_apart(
    written: str, handling: tuple[str, ...], captions: tuple[str, ...]
) -> None:
    line = parse_classification_line(written, LEXICON)
    assert line is not None
    assert (line.handling, line.captions) == (handling, captions)
    assert line.number is not None
    assert line.number.post == "STRELSAU"


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("E C R E T STRELSAU 000123", "SECRET"),
        ("O N F I D E N T I A L STRELSAU 000123", "CONFIDENTIAL"),
        ("C O N F I D E N T A L STRELSAU 000123", "CONFIDENTIAL"),
        ("UNLCAS STRELSAU 000123", "UNCLASSIFIED"),
    ],
)
def test_a_damaged_level_is_believed_before_a_message_number(written: str, level: str) -> None:
    line = parse_classification_line(written, LEXICON)
    assert line is not None
    assert (line.level, line.damaged) == (level, True)


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
