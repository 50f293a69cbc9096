"""What a site must not hold, by what a state knows of its archive: a list of secrets.

These are the ids of cables that are withheld without a card, words that are redacted everywhere, and words that are redacted
in one cable, which are a secret only where that cable's page is. An id that a published cable cites in its own words stands
by right in its page, in those of its threads and in the data files, so that these are left out. What a regular expression
redacts has no spelling to look for.
"""

from collections.abc import Iterator
from itertools import islice

from generator.archive.address import DATA_FILES, HEALTH, thread_address
from generator.archive.catalogue import Catalogue
from generator.leaks import Secret
from generator.release.ledger import Ledger

_AT_ONCE = 250  # ids

# A telegram may be withheld in one source and have a card by another.
_SILENT = (
    "SELECT DISTINCT id FROM held_back WHERE NOT EXISTS "
    "(SELECT 1 FROM card WHERE card.id = held_back.id AND card.unit = held_back.unit) ORDER BY id"
)


def secrets_of(catalogue: Catalogue, ledger: Ledger) -> tuple[Secret, ...]:
    """Everything that is held back and can be looked for."""
    return (*_ids(catalogue), *_words(catalogue, ledger))


def redacted_alone(catalogue: Catalogue) -> dict[int, dict[str, str]]:
    """The pages of cables in which a rule took out words that it leaves in others: rule -> address -> path."""
    pages: dict[int, dict[str, str]] = {}
    for rule, address, path in catalogue.db.execute(
        "SELECT rule, address, cable.path FROM redacted_in JOIN cable ON cable.path = redacted_in.path "
        "ORDER BY rule, address"
    ):
        pages.setdefault(rule, {})[address] = path
    return pages


def _ids(catalogue: Catalogue) -> Iterator[Secret]:
    silent = (id_ for (id_,) in catalogue.db.execute(_SILENT).fetchall())
    while ids := list(islice(silent, _AT_ONCE)):
        around = catalogue.around((), ids)
        # Another source of the same id may be published.
        citing = {id_: around.cited_by(id_) for id_ in ids if not around.find(id_)}
        threads = catalogue.around({row.path for rows in citing.values() for row in rows})
        for id_, rows in citing.items():
            shown = {HEALTH} if rows else set()
            for row in rows:
                shown.add(row.address)
                shown.update(thread_address(hub) for hub in threads.thread(row.path).hubs)
            yield Secret(
                text=id_,
                kind="id",
                not_in=frozenset(shown),
                not_below=DATA_FILES if rows else "",
                why="a cable that is withheld without a card",
            )


def _words(catalogue: Catalogue, ledger: Ledger) -> Iterator[Secret]:
    alone = redacted_alone(catalogue)
    for number, rule in enumerate(ledger.rules):
        if rule.words is None:
            continue
        pages = frozenset(alone.get(number, ()))
        if rule.applies.is_everything or pages:
            yield Secret(
                text=rule.words,
                kind="term" if rule.term is not None else "passage",
                only_in=None if rule.applies.is_everything else pages,
                why=f"{ledger.name}:{rule.line}",
            )
