"""The zones of a telegram, put together."""

from datetime import UTC, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from generator import Cable, parse_cable

TELEGRAM = """\
VZCZCXRO0042
PP RUEHAA RUEHBB RUEHCC
RUEHDD
DE RUEHQS #0123/01 0451230
ZNR UUUUU ZZH
P 141230Z FEB 08
FM AMEMBASSY STRELSAU
TO RUEHC/SECSTATE WASHDC PRIORITY 0456
INFO RUCNRUR/RURITANIA COLLECTIVE
RUEHQZ/AMCONSUL ZENDA 0012

UNCLAS SECTION 01 OF 02 STRELSAU 000123

SENSITIVE
SIPDIS

STATE FOR EUR/RUR, EEB/TPP

E.O. 12958: N/A
TAGS: ECON ETRD PGOV
SUBJECT: RURITANIA OPENS ITS PORTS: WHAT THE NEW TARIFF LAW MEANS FOR
EXPORTERS

REF: A. ZENDA 9876
     B. 07 ZENDA 55 (NOTAL)

1. (SBU) SUMMARY: The parliament passed the tariff law on February 12. The

STRELSAU 00000123  002 OF 002

new law takes effect in May. END SUMMARY.

TARIFFS
-------

2. (U) The schedule lists 412 goods, of which beech is one.

RASSENDYLL
"""


@pytest.fixture(scope="module")
def cable() -> Cable:
    return parse_cable(TELEGRAM, source="08STRELSAU123.txt")


def test_a_clean_telegram_gives_every_key_of_the_contract(cable: Cable) -> None:
    fields = cable.to_dict()
    del fields["body"]
    assert fields == {
        "id": "08STRELSAU123",
        "year": 2008,
        "post": "STRELSAU",
        "serial": 123,
        "origin": "AMEMBASSY STRELSAU",
        "date": "2008-02-14T12:30:00Z",
        "date_precision": "minute",
        "classification": "UNCLASSIFIED",
        "handling": ["SENSITIVE"],
        "captions": ["SIPDIS"],
        "precedence": "PRIORITY",
        "message_id": "VZCZCXRO0042",
        "action": [
            {"routing": "RUEHC", "name": "SECSTATE WASHDC", "precedence": "PRIORITY", "serial": "0456"}
        ],
        "info": [
            {"routing": "RUCNRUR", "name": "RURITANIA COLLECTIVE", "precedence": None, "serial": None},
            {"routing": "RUEHQZ", "name": "AMCONSUL ZENDA", "precedence": None, "serial": "0012"},
        ],
        "attention": ["STATE FOR EUR/RUR, EEB/TPP"],
        "executive_order": "12958",
        "declassification": "N/A",
        "declassification_code": "N/A",
        "downgrade_on": None,
        "declassify_on": None,
        "classified_by": None,
        "reasons": [],
        "tags": ["ECON", "ETRD", "PGOV"],
        "subject": "RURITANIA OPENS ITS PORTS: WHAT THE NEW TARIFF LAW MEANS FOR EXPORTERS",
        "references": [
            {"label": "A", "id": "08ZENDA9876", "text": "ZENDA 9876"},
            {"label": "B", "id": "07ZENDA55", "text": "07 ZENDA 55 (NOTAL)"},
        ],
        "sections": 2,
        "signer": "RASSENDYLL",
        "summary": "The parliament passed the tariff law on February 12. The new law takes effect in May.",
        "paragraphs": [
            {
                "number": 1,
                "marking": "SBU",
                "text": "SUMMARY: The parliament passed the tariff law on February 12. The new law takes effect in May. "
                "END SUMMARY.",
            },
            {"number": 2, "marking": "U", "text": "The schedule lists 412 goods, of which beech is one."},
        ],
        "warnings": [],
    }


def test_every_line_belongs_to_one_part(cable: Cable) -> None:
    assert "".join(part.text for part in cable.parts) == TELEGRAM
    assert [part.line for part in cable.parts] == sorted({part.line for part in cable.parts})


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(cable: Cable, end: str) -> None:
    other = parse_cable(TELEGRAM.replace("\n", end), source="08STRELSAU123.txt")
    assert other.to_dict() == cable.to_dict()


def test_line_numbers_count_from_the_first_line_given() -> None:
    shifted = parse_cable(TELEGRAM, first_line=11)
    assert shifted.parts[0].line == 11
    assert shifted.body[0].line == 37


def test_a_word_means_something_only_in_its_own_zone() -> None:
    text = TELEGRAM.replace(
        "2. (U) The schedule",
        "2. (U) He read aloud:\nREF: 99 STRELSAU 1\nTAGS: PTER\nSUBJECT: NOTHING\nINFO AMEMBASSY SLAVNA\nSECRET\nThe schedule",
    )
    cable = parse_cable(text)
    assert [tag.code for tag in cable.tags] == ["ECON", "ETRD", "PGOV"]
    assert len(cable.references) == 2
    assert len(cable.info) == 2
    assert cable.classification == "UNCLASSIFIED"


@pytest.mark.parametrize(
    "order",
    [
        [
            "E.O. 12958: N/A",
            "TAGS: PGOV",
            "SUBJECT: PORTS",
            "REF: ZENDA 1",
            "Classified By: R. Hentzau. Reason: 1.4 (b).",
        ],
        [
            "TAGS: PGOV",
            "E.O. 12958: N/A",
            "REF: ZENDA 1",
            "SUBJECT: PORTS",
            "Classified By: R. Hentzau. Reason: 1.4 (b).",
        ],
        [
            "E.O. 12958: N/A",
            "TAGS: PGOV",
            "Classified By: R. Hentzau. Reason: 1.4 (b).",
            "SUBJECT: PORTS",
            "REF: ZENDA 1",
        ],
        [
            "SUBJECT: PORTS",
            "REF: ZENDA 1",
            "TAGS: PGOV",
            "E.O. 12958: N/A",
            "Classified By: R. Hentzau. Reason: 1.4 (b).",
        ],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_fields_may_stand_in_any_order_with_or_without_blank_lines(
    order: list[str], between: str
) -> None:
    text = f"P 141230Z FEB 08\nFM AMEMBASSY STRELSAU\n\nS E C R E T STRELSAU 000123\n\n{between.join(order)}\n\n1. (S) Text.\n"
    cable = parse_cable(text)
    assert cable.executive_order == "12958"
    assert [tag.code for tag in cable.tags] == ["PGOV"]
    assert cable.subject == "PORTS"
    assert [ref.id for ref in cable.references] == ["08ZENDA1"]
    assert (cable.classified_by, cable.reasons) == ("R. Hentzau", ("1.4(b)",))
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Text."]


def test_a_newspaper_copy_without_colons_and_blank_lines_is_read() -> None:
    cable = parse_cable(
        "Tuesday, 14 February 2006, 12:30\n"
        "C O N F I D E N T I A L STRELSAU 000123\n"
        "SIPDIS\n"
        "EO 12958 DECL: 02/14/2016\n"
        "TAGS PGOV, PREL\n"
        "SUBJECT: THE HARBOR\n"
        "REF: A. 05 STRELSAU 9  B. ZENDA 12\n"
        "Classified By: Ambassador R. Hentzau, reasons 1.4 (b) and (d)\n"
        "1. (C) The harbor is closed.\n"
    )
    assert cable.id == "06STRELSAU123"
    assert (cable.date, cable.date_precision) == (datetime(2006, 2, 14, tzinfo=UTC), "day")
    assert [tag.code for tag in cable.tags] == ["PGOV", "PREL"]
    assert [ref.id for ref in cable.references] == ["05STRELSAU9", "06ZENDA12"]
    assert cable.reasons == ("1.4(b)", "1.4(d)")


def test_without_a_dtg_the_year_of_the_name_and_the_filing_time_date_a_cable() -> None:
    text = TELEGRAM.replace("P 141230Z FEB 08\n", "")
    named = parse_cable(text, source="2008/08STRELSAU123.txt")
    assert (named.id, named.date_precision) == ("08STRELSAU123", "minute")
    assert named.date == datetime(2008, 2, 14, 12, 30, tzinfo=UTC)
    assert "dtg-missing" in {problem.code for problem in named.warnings}
    nameless = parse_cable(text)
    assert (nameless.id, nameless.date, nameless.date_precision) == (None, None, None)
    assert (nameless.post, nameless.serial) == ("STRELSAU", 123)


def test_an_impossible_dtg_gives_way_to_the_filing_time() -> None:
    cable = parse_cable(TELEGRAM.replace("141230Z FEB", "311230Z FEB"))
    assert cable.date == datetime(2008, 2, 14, 12, 30, tzinfo=UTC)
    (problem,) = (problem for problem in cable.warnings if problem.code == "dtg-impossible")
    assert problem.line == 6


def test_without_a_classification_line_the_security_warning_tells_the_level() -> None:
    cable = parse_cable(
        TELEGRAM.replace("UNCLAS SECTION 01 OF 02 STRELSAU 000123\n", ""), source="08STRELSAU123.txt"
    )
    assert cable.classification == "UNCLASSIFIED"
    assert cable.id == "08STRELSAU123"
    assert {"classification-missing", "id-from-name"} <= {problem.code for problem in cable.warnings}


def test_a_missing_subject_is_taken_from_the_text_and_told() -> None:
    text = TELEGRAM.replace(
        "SUBJECT: RURITANIA OPENS ITS PORTS: WHAT THE NEW TARIFF LAW MEANS FOR\nEXPORTERS\n", ""
    )
    cable = parse_cable(text)
    assert cable.subject == "SUMMARY: The parliament passed the tariff law on February 12."
    assert "subject-missing" in {problem.code for problem in cable.warnings}


def test_a_text_that_is_no_telegram_is_kept_verbatim() -> None:
    cable = parse_cable("Dear Rosa,\n\n    the tower is\n    above water.\n")
    assert not cable.is_telegram
    assert [block.text for block in cable.body] == ["Dear Rosa,\n\n    the tower is\n    above water."]
    assert [problem.code for problem in cable.warnings] == ["not-a-telegram"]


@pytest.mark.parametrize("text", ["", "\n\n", "  \n\t\n"])
def test_an_empty_text_is_no_cable(text: str) -> None:
    cable = parse_cable(text)
    assert (cable.is_telegram, cable.body) == (False, ())
    assert [problem.code for problem in cable.warnings] == ["empty"]


LINES = st.sampled_from(
    [*TELEGRAM.split("\n"), "BT", "NNNN", "¶15. (C) Text", "11. Text", "REF: A.", "TAGS:"]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=40).map("\n".join)))
def test_any_text_is_read_and_no_line_is_lost(text: str) -> None:
    cable = parse_cable(text)
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(part.text for part in cable.parts) == unified
    cable.to_dict()
