"""The page that says how to search, by examples that are of the archive itself and lead to what they find."""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlencode

from msgspec import Struct

from generator.archive.address import SEARCH, SEARCH_HELP, SEARCH_STYLESHEET, relative
from generator.archive.catalogue import Catalogue, by_count
from generator.archive.whole_threads import most_cited
from generator.lexicon import Lexicon
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.search_page import TITLE as SEARCH_TITLE
from generator.settings import Settings

TITLE = "How to search"
_INTRODUCTION = "Each example leads to what it finds. Capitals and accents do not matter."

_LOOKED_AT = 50  # cables, for two words that stand together in a subject
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS_OF_PREFIX = 3


class HelpLine(Struct, frozen=True, kw_only=True):
    """An example, and what it finds."""

    query: str
    href: str  # the search page with that query
    meaning: str  # a sentence


class HelpGroup(Struct, frozen=True, kw_only=True):
    """Examples of one sort."""

    title: str
    lines: tuple[HelpLine, ...]


class SearchHelpPage(Struct, frozen=True, kw_only=True):
    """What `search-help.html` receives as `page`."""

    title: str
    introduction: str
    groups: tuple[HelpGroup, ...]
    stylesheet: str  # link to `assets/search.css`


class _Examples(Struct, frozen=True, kw_only=True):
    """Values that occur in the archive; where it has none, others of the kind."""

    words: tuple[str, str]  # which stand together in a subject
    tag: str
    post: str
    level: str
    id: str
    day: str  # '2008-11-03'


def make_search_help(
    catalogue: Catalogue, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, SearchHelpPage]:
    """Frame and value of the page."""
    examples = _examples(catalogue, lexicon)
    page = SearchHelpPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        groups=(
            _group("Words", _words(*examples.words)),
            _group("Codes and names", _names(examples)),
            _group("Time", _times(examples.day)),
            _group("A cable by its id", _ids(examples.id)),
            _group("All together", _together(examples)),
        ),
        stylesheet=relative(SEARCH_HELP, SEARCH_STYLESHEET),
    )
    trail = (Link(href=relative(SEARCH_HELP, SEARCH), label=SEARCH_TITLE),)
    return make_frame(settings, SEARCH_HELP, TITLE, description=_INTRODUCTION, trail=trail), page


def _words(one: str, other: str) -> Iterator[tuple[str, str]]:
    yield f"{one} {other}", "Cables that have all of the words, wherever these stand. The best come first."
    yield f'"{one} {other}"', "The words one after the other, as a phrase."
    yield f"{one} -{other}", "The first word, without the second."
    yield f"{one} OR {other}", "Either word, or both. OR needs its capitals."
    yield f"{one[:_LETTERS_OF_PREFIX]}*", "All words that begin so, as does the last word while you type it."


def _names(examples: _Examples) -> Iterator[tuple[str, str]]:
    yield f"tag:{examples.tag}", "Cables with this TAGS code."
    yield (
        f"from:{examples.post}",
        "Cables from this post. The name of a country finds those from all its posts.",
    )
    yield "to:secstate", "Cables with this word among their addressees."
    yield "signer:smith", "Cables that were signed by this name."
    yield f"class:{examples.level}", "Cables of this classification, or with this caption or handling word."
    yield "has:refs", "Cables that refer to others."


def _times(day: str) -> Iterator[tuple[str, str]]:
    year = int(day[:4])
    yield f"date:{year}", "Cables of this year."
    yield day[:7], "Cables of this month."
    yield f"date:{day}", "Cables of this day."
    yield (
        f"{year - 2}..{year}",
        "Cables from the first to the last of these years. Months and days do as well.",
    )


def _ids(id_: str) -> Iterator[tuple[str, str]]:
    yield (
        id_,
        "Goes straight to this cable, however the id is spelled: with blanks, with zeros, in small letters.",
    )


def _together(examples: _Examples) -> Iterator[tuple[str, str]]:
    one, other = examples.words
    year = int(examples.day[:4])
    yield f'"{one} {other}" from:{examples.post} {year - 2}..{year}', "All of this at once, in any order."
    yield f"{one} -tag:{examples.tag}", "What a minus stands before is left out."


def _group(title: str, examples: Iterator[tuple[str, str]]) -> HelpGroup:
    search = relative(SEARCH_HELP, SEARCH)
    return HelpGroup(
        title=title,
        lines=tuple(
            HelpLine(query=query, href=f"{search}?{urlencode({'q': query})}", meaning=meaning)
            for query, meaning in examples
        ),
    )


def _examples(catalogue: Catalogue, lexicon: Lexicon) -> _Examples:
    tags, posts, levels = (
        [value.value for value in by_count(catalogue.values(facet))]
        for facet in ("tag", "origin", "classification")
    )
    newest = catalogue.newest(_LOOKED_AT)
    days = [row.day for row in newest if len(row.day) == len("2008-11-03")]
    cited = [id_ for id_, _ in most_cited(catalogue.db, lexicon, fewest=1)]
    ids = cited or [row.id for row in newest if row.id]
    pairs = (pair for row in newest for pair in _pairs(row.subject))
    return _Examples(
        words=next(pairs, ("trade", "talks")),
        tag=_first(tags, "PGOV"),
        post=_first(posts, "LONDON").lower(),
        level=_letters(_first(levels, "SECRET")),
        id=_first(ids, "08LONDON1234"),
        day=_first(days, "2008-11-03"),
    )


def _first(values: list[str], otherwise: str) -> str:
    return values[0] if values else otherwise


def _pairs(subject: str) -> Iterator[tuple[str, str]]:
    """Words of a subject that stand side by side and are long enough to be worth a search."""
    for one, other in pairwise(subject.split()):
        if _WORD.fullmatch(one) and _WORD.fullmatch(other):
            yield one.lower(), other.lower()


def _letters(text: str) -> str:
    """Letters and digits alone, small: 'topsecret'."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
