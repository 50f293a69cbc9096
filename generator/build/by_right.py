"""What stands in a site by right, though it is spelled as something that is held back.

What the program itself says of codes, posts and captions is no word of the archive's; and the subject of another cable
stands where a page links to it.
"""

import json
import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from markupsafe import escape

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.leaks import SecretSearch, Spot
from generator.lexicon import builtin_lexicon
from generator.problem_codes import problem_codes
from generator.render.pages.cable_related import related_subject
from generator.render.pages.cable_thread import subject_hint

_LINK = re.compile(r"href=\"?([^\s\"#>]+\.html)")


def words_of_program(search: SecretSearch, address: str) -> list[str]:
    """What the program's tables say that holds a secret of an address: 'UN Security Council' is no word of the archive's."""
    return [words for words in _words_of_tables() if any(search.find(words, address=address))]


def without(spots: Sequence[Spot], file: Path, texts: Collection[str]) -> Sequence[Spot]:
    """What was found in a file, but not what stands there in one of some texts, as a page writes them."""
    if not spots or not texts or not file.is_file():
        return spots
    page = file.read_bytes()
    written = [str(escape(text)).encode() for text in texts]
    return [spot for spot in spots if not any(_stands_in(spot, page, words) for words in written)]


def _stands_in(spot: Spot, page: bytes, words: bytes) -> bool:
    if spot.offset is None or spot.where:
        return False
    at = page.rfind(words, max(0, spot.offset - len(words)), spot.offset + len(words))
    return 0 <= at <= spot.offset < at + len(words)


def subjects_of_others(site: Path, address: str, path: str, catalogue: Catalogue) -> set[str]:
    """The subjects of other cables that the page of the cable of `path` shows, whole and cut.

    What is redacted everywhere is redacted there too, so that what stands in one is only ever a word of one cable alone.
    """
    subjects = {row.subject for row in (*_shown_on(path, catalogue), *_linked_on(address, site, catalogue))}
    cut = {shorten(subject) for subject in subjects for shorten in (subject_hint, related_subject)}
    return subjects | cut


@lru_cache(maxsize=1)
def _words_of_tables() -> tuple[str, ...]:
    """All that the program's tables say. Words that a project has added in its settings are its own, and count."""
    lexicon = builtin_lexicon()
    words = [tag.name for tag in lexicon.tags.values()]
    words += [post.name for post in lexicon.posts.values()]
    words += [word.expansion for word in lexicon.abbreviations.values()]
    for code in problem_codes().values():
        words += (code.meaning, code.kept, code.to_do)
    for meanings in (
        lexicon.captions,
        lexicon.handling,
        lexicon.classifications,
        lexicon.precedences,
        lexicon.executive_orders,
        lexicon.declassification,
        lexicon.reasons,
    ):
        words += meanings.values()
    return tuple(words)


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
