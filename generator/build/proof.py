"""The proof of a release: nothing that the ledger holds back lies in any byte of the site.

`held_back` says what is looked for. What the program itself says of codes and posts is no word of the archive's, and the
subject of another cable stands by right where a page links to it; what is found there is no leak.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from markupsafe import escape

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.build.held_back import redacted_alone, secrets_of
from generator.leaks import Leak, ScanReport, SecretSearch, scan_site
from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem_codes import problem_codes
from generator.release.ledger import Ledger
from generator.render.pages.cable_related import related_subject
from generator.render.pages.cable_thread import subject_hint

_LINK = re.compile(r"href=\"?([^\s\"#>]+\.html)")


def prove_release(site: Path, ledger: Ledger, catalogue: Catalogue) -> ScanReport:
    """Look for everything that is held back in every byte of a site."""
    search = SecretSearch(secrets_of(catalogue, ledger))
    report = scan_site(site, search)
    own = [words for words in _words_of_tables(builtin_lexicon()) if any(search.find(words, address=""))]
    paths = {address: path for pages in redacted_alone(catalogue).values() for address, path in pages.items()}
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
