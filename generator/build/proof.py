"""The proof of a release: nothing that the ledger holds back lies in any byte of the site.

The archive is read once more, and what is withheld or redacted becomes a list of secrets: the ids of cables that are
withheld without a card, words that are redacted everywhere, and words that are redacted in one cable, which are a secret
only where that cable's page is. An id that a published cable cites in its own words stands in its page by right, so
that those pages are left out. What a regular expression redacts has no spelling to look for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.archive.address import HEALTH
from generator.archive.catalogue import Catalogue
from generator.leaks import ScanReport, Secret, SecretSearch, scan_site
from generator.release import Ledger, Release
from generator.telegram.cable import Cable


@dataclass(slots=True, kw_only=True)
class Witness:
    """Sees each cable beside what became of it, and keeps what must not be found."""

    silent: set[str] = field(default_factory=set)  # ids
    redacted: dict[int, set[str]] = field(
        default_factory=dict
    )  # rule -> paths of cables in which it found words

    def see(self, cable: Cable, outcome: Release) -> None:
        """Note one cable."""
        if outcome.cleared is not None:
            for rule, places in outcome.uses.items():
                if places and rule >= 0:
                    self.redacted.setdefault(rule, set()).add(outcome.cleared.path)
        elif cable.id is not None and (outcome.withheld is None or outcome.withheld.manner == "silent"):
            self.silent.add(cable.id)


def prove_release(site: Path, witness: Witness, ledger: Ledger, catalogue: Catalogue) -> ScanReport:
    """Look for everything that is held back in every byte of a site."""
    addresses = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    secrets = [*_ids(witness.silent, catalogue, addresses), *_words(witness, ledger, catalogue)]
    return scan_site(site, SecretSearch(secrets))


def _ids(silent: Iterable[str], catalogue: Catalogue, addresses: set[str]) -> Iterator[Secret]:
    for id_ in sorted(silent):
        if catalogue.find(id_):
            continue  # another source of the same id is published
        citing = {row.address for row in catalogue.cited_by(id_)}
        yield Secret(
            text=id_,
            kind="id",
            only_in=frozenset(addresses - citing - {HEALTH}) if citing else None,
            why="a cable that is withheld without a card",
        )


def _words(witness: Witness, ledger: Ledger, catalogue: Catalogue) -> Iterator[Secret]:
    for number, rule in enumerate(ledger.rules):
        if rule.words is None:
            continue
        pages = frozenset(catalogue.row(path).address for path in witness.redacted.get(number, ()))
        if rule.applies.is_everything or pages:
            yield Secret(
                text=rule.words,
                kind="term" if rule.term is not None else "passage",
                only_in=None if rule.applies.is_everything else pages,
                why=f"{ledger.name}:{rule.line}",
            )
