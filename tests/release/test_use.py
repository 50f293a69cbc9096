"""What a ledger did, added up."""

import pickle

from release_tools import TELEGRAM, outcome, parsed

from generator.release.ledger import read_ledger
from generator.release.release import HIGHEST
from generator.release.use import LedgerUse, RuleUse

LEDGER = """\
[release]
highest = "CONFIDENTIAL"

[[redact]]
term = "Rassendyll"

[[withhold]]
cable = "08STRELSAU124"

[[redact]]
term = "Flavia"

[[embargo]]
origin = "STRELSAU"
until = 2020-01-01

[[withdraw]]
cable = "99ZENDA1"

[[redact]]
cable = "08STRELSAU124"
term = "tin"
"""
OTHER = TELEGRAM.replace("000123", "000124").replace("Ambassador R. Rassendyll", "Minister")


def used() -> LedgerUse:
    one, two = LedgerUse(), LedgerUse()
    one.add(outcome(parsed(), LEDGER))
    two.add(outcome(parsed(OTHER, path="08STRELSAU124.txt"), LEDGER, path="08STRELSAU124.txt"))
    two.add(outcome(parsed(TELEGRAM.replace("(C)", "(S)")), LEDGER))
    one.merge(pickle.loads(pickle.dumps(two)))
    return one


def test_rules_count_cables_and_places() -> None:
    use, ledger = used(), read_ledger(LEDGER)
    assert (use.cleared, use.withheld) == (1, 2)
    assert [(row.line, row.cables, row.places) for row in use.report(ledger)] == [
        (2, 1, 1),
        (4, 1, 2),
        (7, 1, 1),
        (10, 0, 0),
        (13, 0, 0),
        (17, 0, 0),
        (20, 0, 0),
    ]
    assert use.report(ledger)[0] == RuleUse(rule=None, line=2, cables=1, places=1)
    assert use.report(ledger)[1].rule is ledger.rules[0]
    assert use.cables[HIGHEST] == 1


def test_a_rule_that_applies_to_nothing_is_a_problem() -> None:
    problems = list(used().problems(read_ledger(LEDGER)))
    # An embargo that is over, and a word in a cable which is withheld, are of use all the same.
    assert [(problem.location, problem.message) for problem in problems] == [
        ("release.toml:10", "this rule redacts nothing"),
        ("release.toml:17", "this rule withdraws nothing"),
    ]
    assert {(problem.code, problem.severity) for problem in problems} == {("rule-unused", "warning")}


def test_no_problem_quotes_a_word_of_the_ledger() -> None:
    told = " ".join(str(problem) for problem in used().problems(read_ledger(LEDGER)))
    assert "Flavia" not in told
