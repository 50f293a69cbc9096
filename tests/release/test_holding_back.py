"""What is withheld, by which rule, and what may be shown of it."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from release_tools import PATH, cleared, outcome, parsed

from generator.release.cleared import Withheld

WHY = 'reason = "names Sapt"\nby = "F. Tarlenheim"\nwhen = 2026-03-01\n'


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('cable = "08STRELSAU123"', True),
        ('cable = "2008 Strelsau 000123"', True),
        ('cable = ["08ZENDA1", "08-STRELSAU-123"]', True),
        ('cable = "08STRELSAU1234"', False),
        ('cables = "08STRELSAU*"', True),
        ('cables = "08 strelsau 12?"', True),
        ('cables = "*STRELSAU*"', True),
        ('cables = "08STRELSAU12"', False),
        ('tag = "prel"', True),
        ('tag = "PGVO"', True),  # as it was written
        ('tag = "PGOV"', True),  # and as it is read
        ('tag = "PRE"', False),
        ('origin = "STRELSAU"', True),
        ('origin = "Amembassy Strelsau"', True),
        ('origin = "ZENDA"', False),
        ('classification = "confidential"', True),
        ('classification = "SECRET"', False),
        ('source = "2008/08STRELSAU123.txt"', True),
        ('source = "content/2008/*"', True),
        ('source = "2009/*"', False),
        ('origin = "STRELSAU"\ntag = "PREL"\nclassification = "CONFIDENTIAL"', True),
        ('origin = "STRELSAU"\ntag = "KNNP"', False),
    ],
)
@pytest.mark.parametrize("deed", ["withhold", "withdraw", "embargo"])
def test_a_rule_holds_where_all_its_conditions_do(deed: str, condition: str, holds: bool) -> None:
    until = "until = 2030-01-01\n" if deed == "embargo" else ""
    released = outcome(parsed(), f"[[{deed}]]\n{until}{condition}")
    assert (released.cleared is None) is holds
    assert (released.withheld is not None) is holds
    assert released.uses == ({0: 1} if holds else {})


def test_a_cable_is_known_by_its_file_too() -> None:
    damaged = replace(parsed(), id=None, post=None, serial=None)
    assert outcome(damaged, '[[withhold]]\ncable = "08STRELSAU123"').cleared is None
    assert (
        outcome(damaged, '[[withhold]]\ncables = "08STR*"', path="a/08strelsau123-copy.txt#2").cleared is None
    )
    assert outcome(parsed(), '[[withhold]]\ncable = "09ZENDA7"', path="09ZENDA7.txt").cleared is None


def test_a_cable_of_no_readable_level_counts_as_of_every_level() -> None:
    unmarked = replace(parsed(), classification=None)
    assert outcome(unmarked, '[[withhold]]\nclassification = "SECRET"').cleared is None


def test_a_level_is_that_of_a_portion_too() -> None:
    secret = parsed(path=PATH)
    body = (replace(secret.body[0], marking="S//NF"), *secret.body[1:])
    assert outcome(replace(secret, body=body), '[[withhold]]\nclassification = "SECRET"').cleared is None


@pytest.mark.parametrize(
    ("today", "is_cleared"), [(date(2029, 12, 31), False), (date(2030, 1, 1), True), (date(2031, 1, 1), True)]
)
def test_an_embargo_ends_on_its_day(today: date, is_cleared: bool) -> None:
    rule = '[[embargo]]\ncable = "08STRELSAU123"\nuntil = 2030-01-01'
    released = outcome(parsed(), rule, today=today)
    assert (released.cleared is not None) is is_cleared
    assert released.uses == {0: int(not is_cleared)}
    assert (
        outcome(parsed(), front_matter={"embargo": "2030-01-01"}, today=today).cleared is not None
    ) is is_cleared


@pytest.mark.parametrize("deed", ["withhold", "withdraw"])
def test_what_is_silent_shows_nothing(deed: str) -> None:
    released = outcome(parsed(), f'[[{deed}]]\ncable = "08STRELSAU123"\nshow = "silent"\n{WHY}')
    assert released.withheld == Withheld(manner="silent")
    assert released.problems == ()


def test_a_card_shows_id_and_account() -> None:
    released = outcome(parsed(), f'[[withdraw]]\ncable = "08STRELSAU123"\n{WHY}')
    assert released.withheld == Withheld(
        manner="card", id="08STRELSAU123", reason="names Sapt", by="F. Tarlenheim", when=date(2026, 3, 1)
    )


def test_a_tombstone_also_knows_where_its_page_stood() -> None:
    released = outcome(parsed(), '[[withhold]]\ncable = "08STRELSAU123"\nshow = "tombstone"')
    assert released.withheld == Withheld(
        manner="tombstone",
        id="08STRELSAU123",
        date=datetime(2008, 2, 14, 12, 30, tzinfo=UTC),
        date_precision="minute",
    )


def test_of_several_rules_the_one_that_shows_least_decides() -> None:
    def rule(show: str) -> str:
        return f'[[withhold]]\ncable = "08STRELSAU123"\nshow = "{show}"\nreason = "{show}"\n'

    def manner(*shows: str) -> str | None:
        withheld = outcome(parsed(), "".join(map(rule, shows))).withheld
        return withheld.manner if withheld else None

    assert manner("tombstone", "card") == "card"
    assert manner("card", "silent", "tombstone") == "silent"
    assert outcome(parsed(), rule("card"), {"draft": "true"}).withheld == Withheld()
    assert outcome(parsed(), f'[release]\nhighest = "UNCLASSIFIED"\n{rule("card")}').withheld == Withheld()


def test_a_card_holds_no_word_that_is_redacted_everywhere() -> None:
    card = f'[[withdraw]]\ncable = "08STRELSAU123"\n{WHY}'
    withheld = outcome(parsed(), f'{card}[[redact]]\nterm = "Sapt"').withheld
    assert withheld is not None
    assert "Sapt" not in withheld.reason
    assert outcome(parsed(), f'{card}[[redact]]\nterm = "Strelsau"').withheld == Withheld()


def test_a_cable_without_an_id_has_no_card() -> None:
    cable = replace(parsed(), id=None)
    assert outcome(cable, f'[[withdraw]]\nsource = "*"\n{WHY}').withheld == Withheld()


def test_a_shown_reason_holds_no_redacted_word() -> None:
    rule = '[[redact]]\nterm = "Rassendyll"\nreason = "protects Rassendyll"\nshow_reason = true'
    assert "assendyll" not in cleared(parsed(), rule).redactions[0].reason
