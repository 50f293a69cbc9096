"""Abbreviations in the text of a telegram."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lexicon import Abbreviation, builtin_lexicon
from generator.telegram.abbreviations import Abbreviations, abbreviations_of, flowing_texts
from generator.telegram.parse import parse_cable

FOUND = abbreviations_of(builtin_lexicon())


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("POLOFF raised it with the GOK (SEPTEL).", ["POLOFF", "GOK", "SEPTEL"]),
        # A long one in any letters, a short one in capitals; both in the plural.
        ("Poloff, EmbOffs and econoff; see septels", ["Poloff", "EmbOffs", "econoff", "septels"]),
        ("MORE THAN ONE POLOFFS", ["POLOFFS"]),
        ("NGOs and FSNs, but no ngos, Ngo or Gok", ["NGOs", "FSNs"]),
        ("the GOK's MFA, “MFA”, 'MFA'", ["GOK", "MFA", "MFA", "MFA"]),
        ("the MFA\u2014GOK", ["MFA", "GOK"]),
        ("E.O. 12958 and the E.O.", ["E.O.", "E.O."]),
        # As a whole, or not at all.
        ("UN-led, GOK/MFA, POLOFF_2, MFA2, EMBOFFICE, the MFA@ZENDA", []),
        ("POL/ECON, S/CT and ZANU-PF, P5+1", ["POL/ECON", "S/CT", "ZANU-PF", "P5+1"]),
        ("WWW.UN.ORG, rosa@UN.example", []),
        # What is a word or a name too.
        ("THE MAN WHO GOT VICE POINTS AS AID", []),
        ("the WHO said, and so did the WHO", ["WHO", "WHO"]),
        ("THE WHO SAID", []),
        ("Who said? the who of it", []),
        ("Pol Pot, Ana, General Map, the Charge", []),
        ("MARIA ANA Lopez, the ANA recruits", ["ANA"]),
        ("at 10 PM the PM left", ["PM"]),
        # A place behind it makes it a name.
        ("USMISSION GENEVA, AMEMBASSY PARIS, USUN NEW YORK 123, AMCONSUL Zenda", []),
        ("08 USUN 123", []),
        ("as USUN reported", ["USUN"]),
        ("EUR 20 million, said EUR.", ["EUR"]),
        # What marks a passage.
        ("(SBU) It snowed. (S//NF) (FOUO)", []),
        ("It is SBU (or NOFORN).", ["SBU", "NOFORN"]),
        # An initial.
        ("Mr. D and Ref A of P", []),
        ("", []),
        (" ", []),
        ("\ud800 GOK \u05e9 GOK\u0301", ["GOK", "GOK"]),
    ],
)
def test_what_is_explained_in_a_text(text: str, explained: list[str]) -> None:
    assert [text[use.start : use.end] for use in FOUND.find(text)] == explained


PIECES = [
    "GOK",
    "Poloff",
    "UN",
    "s",
    "S",
    " ",
    " ",
    " ",
    ".",
    "-",
    "(",
    ")",
    "who",
    "\u00e9",
    "|",
    "9",
    "E.O.",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_is_found_is_a_spelling_of_its_abbreviation_in_order(text: str) -> None:
    ends = [0]
    for use in FOUND.find(text):
        assert text[use.start : use.end].upper().removesuffix("S") in (use.abbreviation.term, "E.O")
        assert use.start >= ends[-1]
        ends.append(use.end)


def test_those_that_every_newspaper_uses_come_last() -> None:
    cable = parse_cable(
        "SUBJECT: X\n\n1. (U) The UN and the GOK met Poloff, and Poloff met the EU. The GOK left.\n"
    )
    assert [word.term for word in FOUND.used_in(cable.body)] == ["GOK", "POLOFF", "UN", "EU"]


def test_headings_tables_and_verbatim_text_are_left_alone() -> None:
    cable = parse_cable(
        "SUBJECT: X\n\nTHE GOK AND POLOFF\n------------------\n\n1. (U) It snowed on Econoff.\n\n"
        "NAME      GOK      JAN\nZENDA     MFA      1\nSLAVNA    GOJ      2\n\n-- Conoff\n-- Emboff\n\n"
        "BEGIN TEXT\n\nThe DCM wrote.\n\nEND TEXT\n"
    )
    assert [word.term for word in FOUND.used_in(cable.body)] == ["ECONOFF", "CONOFF", "EMBOFF", "DCM"]
    assert "NAME" not in " ".join(flowing_texts(cable.body))


@pytest.mark.parametrize(
    ("term", "text", "explained"),
    [
        ("GOR", "the GOR", ["GOR"]),
        ("ROYAL GUARD", "THE ROYAL GUARD", []),  # of several words: in the glossary alone
        ("Kgl", "Kgl Kgl", []),
        ("GOES", "HE GOES", ["GOES"]),  # an archive's own word is believed
    ],
)
def test_an_archive_has_abbreviations_of_its_own(term: str, text: str, explained: list[str]) -> None:
    own = Abbreviation(term=term, expansion="...", context="archive")
    found = Abbreviations(builtin_lexicon().with_additions(abbreviations=[own]))
    assert [text[use.start : use.end] for use in found.find(text)] == explained
