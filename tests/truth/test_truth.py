"""The parser understands every form: synthetic telegrams, each with the truth for every key of the contract."""

import os

import pytest
from truth.compare import FIELDS
from truth.measure import report
from truth.telegram import FORMS, ZONES, write_telegram

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
COUNT = 20_000 if IS_PROOF else 2_000

# What share of all fields must be right: where odd forms are drawn for each zone, far more often than in any archive,
# and with each form by itself, all other zones plain.
MIXED = 0.995
ALONE = 0.999


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.name)
def test_the_names_of_forms_are_their_zones_and_unique(zone: object) -> None:
    names = [form.name for form in zone]  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
    assert set(names) <= set(FORMS)


def test_every_form_is_drawn() -> None:
    drawn = {form for seed in range(COUNT) for form in write_telegram(seed).forms}
    assert drawn <= set(FORMS)
    # Few telegrams hold a rare form of a rare era by chance; asked for, each form is there.
    for form in set(FORMS) - drawn:
        assert form in write_telegram(1, form).forms


@pytest.mark.parametrize("seed", range(20))
def test_a_seed_writes_the_same_telegram_each_time(seed: int) -> None:
    first, second = write_telegram(seed), write_telegram(seed)
    assert (first.text, first.forms, first.source) == (second.text, second.forms, second.source)


@pytest.mark.parametrize("seed", range(20))
def test_the_truth_has_every_key_of_the_contract(seed: int) -> None:
    decided_while_comparing = {"paragraphs", "warnings", "kept"}
    assert set(FIELDS) - decided_while_comparing <= set(write_telegram(seed).truth)


def test_the_parser_reads_what_the_telegrams_mean() -> None:
    share, lines = report(COUNT)
    assert share >= MIXED, "\n".join(lines)


def test_the_parser_reads_each_form_by_itself() -> None:
    share, lines = report(10 if IS_PROOF else 1, plain=True)
    assert share >= ALONE, "\n".join(lines)


def test_no_word_of_any_telegram_is_lost() -> None:
    _, lines = report(COUNT // 4, fields=("kept",))
    assert lines[:-1] == []
