"""The proof of a release: nothing that the ledger holds back lies in any byte of the site.

The archive is read once more, and what is withheld or redacted becomes a list of secrets: the ids of cables that are
withheld without a card, words that are redacted everywhere, and words that are redacted in one cable, which are a secret
only where that cable's page is. An id that a published cable cites in its own words stands by right in its page, in those
of its threads and in the data files, so that these are left out. What a regular expression redacts has no spelling to
look for.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import escape

from generator.archive.address import DATA_FILES, HEALTH, thread_address
from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.leaks import Leak, ScanReport, Secret, SecretSearch, scan_site
from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem_codes import problem_codes
from generator.release.ledger import Ledger
from generator.release.release import Release
from generator.render.pages.cable_related import related_subject
from generator.render.pages.cable_thread import subject_hint
from generator.telegram.cable import Cable

_LINK = re.compile(r"href=\"?([^\s\"#>]+\.html)")


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
    search = SecretSearch(secrets)
    report = scan_site(site, search)
    own = [words for words in _words_of_tables(builtin_lexicon()) if any(search.find(words, address=""))]
    around = catalogue.around({path for found in witness.redacted.values() for path in found})
    paths = {around.row(path).address: path for found in witness.redacted.values() for path in found}
    leaks = tuple(
        leak
        for leak in report.leaks
        if not _stands_in(leak, site, own)
        and (leak.file not in paths or not _is_of_another(leak, site, paths[leak.file], catalogue))
    )
    return replace(report, leaks=leaks)


def _is_of_another(leak: Leak, site: Path, path: str, catalogue: Catalogue) -> bool:
    """Whether words stand in the subject of another cable, which a page shows where it links to that one.

    What is redacted everywhere is redacted there too, so that this is only ever a word of one cable alone.
    """
    subjects = {row.subject for row in (*_shown_on(path, catalogue), *_linked_on(leak.file, site, catalogue))}
    cut = {shorten(subject) for subject in subjects for shorten in (subject_hint, related_subject)}
    return _stands_in(leak, site, subjects | cut)


def _words_of_tables(lexicon: Lexicon) -> Iterator[str]:
    """What the program itself says of codes, posts and captions: 'UN Security Council' is no word of the archive's.

    Words that a project has added in its settings are its own, and count.
    """
    yield from (tag.name for tag in lexicon.tags.values())
    yield from (post.name for post in lexicon.posts.values())
    yield from (word.expansion for word in lexicon.abbreviations.values())
    for code in problem_codes().values():
        yield from (code.meaning, code.kept, code.to_do)
    for meanings in (
        lexicon.captions,
        lexicon.handling,
        lexicon.classifications,
        lexicon.precedences,
        lexicon.executive_orders,
        lexicon.declassification,
        lexicon.reasons,
    ):
        yield from meanings.values()


def _stands_in(leak: Leak, site: Path, texts: Iterable[str]) -> bool:
    """Whether what was found stands in one of some texts, as a page writes them."""
    if leak.offset is None or leak.where:
        return False
    file = site / leak.file
    page = file.read_bytes() if file.is_file() else b""
    for text in texts:
        words = str(escape(text)).encode()
        at = page.rfind(words, 0, leak.offset + len(words))
        if 0 <= at <= leak.offset < at + len(words):
            return True
    return False


def _shown_on(path: str, catalogue: Catalogue) -> Iterator[CableRow]:
    """The cables whose subjects stand on the page of another."""
    around = catalogue.around([path])
    yield from around.cites(path)
    if (id_ := around.row(path).id) is not None:
        yield from around.cited_by(id_)


def _linked_on(address: str, site: Path, catalogue: Catalogue) -> tuple[CableRow, ...]:
    """The cables to which a page links, as to related ones, which no catalogue knows that a check has made."""
    page = (site / address).read_text("utf-8", "replace")
    linked = {posixpath.normpath(f"{posixpath.dirname(address)}/{href}") for href in _LINK.findall(page)}
    return catalogue.select(
        "FROM cable WHERE address IN (SELECT value FROM json_each(?)) ORDER BY place",
        json.dumps(sorted(linked)),
    )


def _ids(silent: Iterable[str], catalogue: Catalogue, addresses: set[str]) -> Iterator[Secret]:
    data = {address for address in addresses if address.startswith(DATA_FILES)}
    for id_ in sorted(silent):
        if catalogue.find(id_):
            continue  # another source of the same id is published
        citing = catalogue.cited_by(id_)
        around = catalogue.around([row.path for row in citing])
        shown = {row.address for row in citing} | {HEALTH}
        shown.update(data)
        shown.update(thread_address(hub) for row in citing for hub in around.thread(row.path).hubs)
        yield Secret(
            text=id_,
            kind="id",
            only_in=frozenset(addresses - shown) if citing else None,
            why="a cable that is withheld without a card",
        )


def _words(witness: Witness, ledger: Ledger, catalogue: Catalogue) -> Iterator[Secret]:
    for number, rule in enumerate(ledger.rules):
        if rule.words is None:
            continue
        paths = witness.redacted.get(number, set())
        around = catalogue.around(paths)
        pages = frozenset(around.row(path).address for path in paths)
        if rule.applies.is_everything or pages:
            yield Secret(
                text=rule.words,
                kind="term" if rule.term is not None else "passage",
                only_in=None if rule.applies.is_everything else pages,
                why=f"{ledger.name}:{rule.line}",
            )
