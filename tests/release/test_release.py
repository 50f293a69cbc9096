from datetime import date

import pytest

from generator.problem import Problem
from generator.release.cleared import ClearedCable, Withheld, decode_cleared, encode_cleared, join_encoded
from generator.release.ledger import Ledger
from generator.release.own_rules import is_draft
from generator.release.release import Release, release
from generator.telegram.cable import Block, Cable, ListItem
from generator.telegram.parse import parse_cable

TELEGRAM = """\
VZCZCXRO0042
PP RUEHAA RUEHBB
DE RUEHXX #0123/01 0451230
ZNY CCCCC ZZH
P 141230Z FEB 08
FM AMEMBASSY STRELSAU
TO RUEHC/SECSTATE WASHDC PRIORITY 0456
INFO RUCNRUR/RURITANIA COLLECTIVE, XMT AMCONSUL ZENDA

C O N F I D E N T I A L SECTION 01 OF 02 STRELSAU 000123

NOFORN
SIPDIS

STATE FOR EUR/RUR

E.O. 12958: DECL: 02/14/2018
TAGS: PREL, PGVO, QR
SUBJECT: (C) SALT

REF: A. STATE 9876
     B. E-MAIL OF 12 FEB

Classified By: Ambassador R. Rassendyll. Reason: 1.4 (b) and (d).

1. (C) SUMMARY: Salt \u2013 and tin. END SUMMARY.

SALT
----

2. (U) Three points:

-- one
-- two

RASSENDYLL
"""


def parsed() -> Cable:
    return parse_cable(TELEGRAM, source="08STRELSAU123.txt")


def outcome(cable: Cable, front_matter: dict[str, object], path: str = "2008/08STRELSAU123.txt") -> Release:
    return release(cable, path=path, front_matter=front_matter, ledger=Ledger(), today=date(2026, 1, 1))


def cleared() -> ClearedCable:
    cable = outcome(parsed(), {}).cleared
    assert cable is not None
    return cable


def test_a_cleared_cable_says_what_the_cable_says() -> None:
    cable = cleared()
    assert cable.path == "2008/08STRELSAU123.txt"
    assert {name: getattr(cable, name) for name in Cable.__struct_fields__} == {
        name: getattr(parsed(), name) for name in Cable.__struct_fields__
    }
    assert cable.to_dict() == parsed().to_dict()


def test_a_cleared_cable_does_not_change() -> None:
    with pytest.raises(AttributeError):
        cleared().subject = "x"  # type: ignore[misc]


@pytest.mark.parametrize("said", ["true", "True", "yes", "on", "1", "", "maybe", "until Monday", ["no"]])
def test_a_draft_is_held_back_unless_it_says_no(said: object) -> None:
    assert is_draft({"draft": said})
    assert is_draft({"Draft": said})
    assert outcome(parsed(), {"draft": said}).cleared is None
    assert outcome(parsed(), {"draft": said}).withheld == Withheld(manner="silent")


@pytest.mark.parametrize("front_matter", [{}, {"title": "draft"}, {"draft": "false"}, {"draft": " No "}])
def test_what_is_no_draft_is_cleared(front_matter: dict[str, object]) -> None:
    assert not is_draft(front_matter)
    assert outcome(parsed(), front_matter).cleared is not None


@pytest.mark.parametrize(
    ("front_matter", "is_cleared"),
    [
        ({"draft": "true"}, True),
        ({}, True),
        ({"draft": "true", "withhold": "true"}, False),
        ({"draft": "true", "embargo": "2999-01-01"}, False),
    ],
)
def test_a_preview_of_drafts_shows_what_only_a_draft_held_back(
    front_matter: dict[str, str], *, is_cleared: bool
) -> None:
    shown = release(
        parsed(),
        path="08STRELSAU123.txt",
        front_matter=front_matter,
        ledger=Ledger(),
        today=date(2026, 1, 1),
        drafts=True,
    )
    assert (shown.cleared is not None) is is_cleared


def test_a_batch_is_read_as_it_was_written() -> None:
    cable = cleared()
    assert decode_cleared(join_encoded([encode_cleared(cable), encode_cleared(cable)])) == [cable, cable]
    assert isinstance(decode_cleared(join_encoded([encode_cleared(cable)]))[0], ClearedCable)
    assert decode_cleared(join_encoded([])) == []


def test_every_field_can_be_written_and_read() -> None:
    block = Block(
        kind="quote",
        line=3,
        last_line=9,
        text="BEGIN TEXT",
        number=7,
        raw_number="¶17",
        anchor="par7-2",
        marking="S//NF",
        role="note",
        items=(ListItem(marker="--", text="one", level=1),),
        blocks=(Block(kind="rule", line=4, last_line=4),),
    )
    problem = Problem(code="a", severity="info", source="b", line=1, column=2, message="c")
    cable = outcome(Cable(source="a.txt", body=(block,), warnings=(problem,), sections=99), {}).cleared
    assert cable is not None
    assert decode_cleared(join_encoded([encode_cleared(cable)])) == [cable]
