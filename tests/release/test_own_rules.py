"""The words of the ledger in a cable's own front matter."""

import re
from datetime import date
from typing import Any

import pytest
from release_tools import PATH, all_strings, cleared, outcome, parsed

from generator.release.cleared import MARK, RedactionNote, Withheld


@pytest.mark.parametrize(
    "front_matter",
    [
        {"withhold": "true"},
        {"Withhold": ""},
        {"withhold": "until we know"},
        {"withdraw": "yes", "show": "silent"},
        {"embargo": "2030-01-01"},
        {"draft": "true"},
    ],
)
def test_a_cable_can_hold_itself_back(front_matter: dict[str, Any]) -> None:
    assert outcome(parsed(), front_matter=front_matter).withheld == Withheld()


@pytest.mark.parametrize(
    "front_matter",
    [{"withhold": "false"}, {"withdraw": "no"}, {"embargo": "no"}, {"reason": "none"}, {"drafter": "Sapt"}],
)
def test_a_no_holds_nothing_back(front_matter: dict[str, Any]) -> None:
    assert cleared(parsed(), front_matter=front_matter) == cleared(parsed())


def test_its_account_is_that_of_a_rule() -> None:
    front_matter = {"withdraw": "true", "reason": "donor", "by": "Sapt", "when": "2026-03-01"}
    assert outcome(parsed(), front_matter=front_matter).withheld == Withheld(
        manner="card", id="08STRELSAU123", reason="donor", by="Sapt", when=date(2026, 3, 1)
    )


@pytest.mark.parametrize(
    "redact",
    [
        "Rassendyll",
        ["Rassendyll"],
        ["tin", {"regex": r"rass\w+"}],
        {"passage": "Ambassador R. Rassendyll"},
        {"term": "rassendyll"},
    ],
)
def test_a_cable_can_name_what_is_redacted_in_it(redact: object) -> None:
    cable = cleared(parsed(), front_matter={"redact": redact, "reason": "source", "show_reason": "true"})
    assert MARK in (cable.classified_by or "")
    assert "rassendyll" not in (cable.classified_by or "").lower()
    assert RedactionNote(reason="source") in cable.redactions


def test_a_paragraph_can_be_taken_out() -> None:
    cable = cleared(parsed(), front_matter={"redact": [{"paragraph": "2"}]})
    assert [block.number for block in cable.body if block.kind == "gap"] == [2]


@pytest.mark.parametrize(
    "front_matter",
    [
        {"embargo": "soon"},
        {"embargo": "2030-13-01"},
        {"embargo": ""},
        {"embargo": ["2030-01-01"]},
        {"redact": ""},
        {"redact": "--"},
        {"redact": [{"regex": "("}]},
        {"redact": [{"regex": "x*"}]},
        {"redact": [{"Rassendyll": "true"}]},
        {"redact": [["Rassendyll"]]},
        {"redact": {"paragraph": "seven"}},
        {"withdraw": "true", "show": "crad"},
        {"withdraw": "true", "when": "yesterday"},
        {"witheld": "true"},
        {"with-hold": "true"},
        {"embargoe": "2030-01-01"},
    ],
)
def test_what_cannot_be_read_holds_the_cable_back(front_matter: dict[str, Any]) -> None:
    released = outcome(parsed(), front_matter=front_matter)
    assert released.withheld == Withheld()
    assert {(problem.code, problem.severity, problem.source) for problem in released.problems} == {
        ("release-unreadable", "error", PATH)
    }
    # The value may be the very words that must not be shown.
    assert not any("Rassendyll" in problem.message for problem in released.problems)


def test_a_redaction_that_finds_nothing_is_told() -> None:
    released = outcome(parsed(), front_matter={"redact": ["Hentzau"]})
    assert [problem.code for problem in released.problems] == ["rule-unused"]
    assert released.cleared is not None


def test_own_rules_join_those_of_the_ledger() -> None:
    cable = cleared(parsed(), '[[redact]]\nterm = "tin"', {"redact": "salt"})
    assert not any(re.search(r"\b(tin|salt)\b", text.lower()) for text in all_strings(cable))
