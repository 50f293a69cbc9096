"""What a ledger did: for each rule, how many cables and places; and which rules did nothing.

The counts of batches add up, whichever process they come from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.problem import Problem
from generator.release.ledger import Ledger
from generator.release.release import HIGHEST, Release
from generator.release.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """What one rule did."""

    rule: Rule | None  # None for `highest` of [release]
    line: int  # of the ledger
    cables: int
    places: int  # of redactions; of a rule that holds back, as many as cables


@dataclass(slots=True, kw_only=True)
class LedgerUse:
    """Counts over many cables. It can be pickled, and two can be added up."""

    cleared: int = 0
    withheld: int = 0
    cables: dict[int, int] = field(default_factory=dict)  # by the rule's place in the ledger
    places: dict[int, int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)  # rules that apply to some cable, done or not yet

    def add(self, release: Release) -> None:
        """Count one cable."""
        if release.cleared is None:
            self.withheld += 1
        else:
            self.cleared += 1
        self.note(release.uses)

    def note(self, uses: Mapping[int, int]) -> None:
        """Count what rules did in one cable or page."""
        self.met.update(uses)
        for rule, places in uses.items():
            if places:
                self.cables[rule] = self.cables.get(rule, 0) + 1
                self.places[rule] = self.places.get(rule, 0) + places

    def merge(self, other: "LedgerUse") -> None:
        """Add what another batch counted."""
        self.cleared += other.cleared
        self.withheld += other.withheld
        for counts, others in ((self.cables, other.cables), (self.places, other.places)):
            for rule, count in others.items():
                counts[rule] = counts.get(rule, 0) + count
        self.met |= other.met

    def report(self, ledger: Ledger) -> tuple[RuleUse, ...]:
        """What each rule did, in the order of the ledger, `highest` first."""
        numbers = [*([HIGHEST] if ledger.highest else []), *range(len(ledger.rules))]
        return tuple(
            RuleUse(
                rule=ledger.rules[number] if number >= 0 else None,
                line=ledger.rules[number].line if number >= 0 else ledger.highest_line,
                cables=self.cables.get(number, 0),
                places=self.places.get(number, 0),
            )
            for number in numbers
        )

    def problems(self, ledger: Ledger) -> Iterator[Problem]:
        """A problem for each rule that applies to nothing in the archive."""
        for number, rule in enumerate(ledger.rules):
            if number not in self.met:
                yield Problem(
                    code="rule-unused",
                    severity="warning",
                    source=ledger.name,
                    line=rule.line,
                    message=f"this rule {_DOES[rule.deed]} nothing",
                    next_step="see whether the id or the words are spelled right; what they mean may be published",
                )


_DOES = {"withhold": "withholds", "embargo": "embargoes", "redact": "redacts", "withdraw": "withdraws"}
