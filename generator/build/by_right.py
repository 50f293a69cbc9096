"""What stands in a site by right, though it is spelled as something that is held back.

What the program itself says of codes, posts and captions is no word of the archive's; and the subject of another cable
stands where a page links to it.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
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


def stands_in(spot: Spot, file: Path, texts: Iterable[str]) -> bool:
    """Whether what was found in a file stands in one of some texts, as a page writes them."""
    if spot.offset is None or spot.where:
        return False
    page = file.read_bytes() if file.is_file() else b""
    for text in texts:
        words = str(escape(text)).encode()
        at = page.rfind(words, 0, spot.offset + len(words))
        if 0 <= at <= spot.offset < at + len(words):
            return True
    return False


def is_of_another(spot: Spot, site: Path, address: str, path: str, catalogue: Catalogue) -> bool:
    """Whether words stand in the subject of another cable than that of `path`, on the page of which they were found.

    What is redacted everywhere is redacted there too, so that this is only ever a word of one cable alone.
    """
    subjects = {row.subject for row in (*_shown_on(path, catalogue), *_linked_on(address, site, catalogue))}
    cut = {shorten(subject) for subject in subjects for shorten in (subject_hint, related_subject)}
    return stands_in(spot, site / address, subjects | cut)


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
