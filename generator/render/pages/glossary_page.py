"""The glossary: every word that the archive uses and the program knows, what it means, and where it is used.

Abbreviations stand under their letters, the words of headers under their kinds; TAGS, levels and posts lead to the pages that
list their cables, the others to the first cables that use them. Nothing is here that no cable uses.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.archive.address import GLOSSARY, Facet, facet_address, relative
from generator.archive.catalogue import Catalogue
from generator.archive.glossary import WordUse, WordUses
from generator.archive.words import Vocabulary, Word, WordKind
from generator.render.frame import Frame, Link, make_frame
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Glossary"

# Cables that are named beside a word.
EXAMPLES = 3

_INTRODUCTION = (
    "Abbreviations and codes that the cables of this archive use. "
    "In a cable, those with a dotted line explain themselves when they are pressed."
)

_GROUP_TITLES: dict[WordKind, str] = {
    "caption": "Captions",
    "handling": "Handling",
    "level": "Levels",
    "precedence": "Precedence",
    "order": "Executive orders",
    "declassification": "Declassification",
    "reason": "Reasons",
    "tag": "TAGS",
    "post": "Posts",
}
_IN_ORDER_OF_RANK: frozenset[WordKind] = frozenset({"level", "precedence"})

# The facets whose values are words, with the kind of these.
_FACETS: dict[WordKind, Facet] = {"level": "classification", "tag": "tag", "post": "origin"}

_NO_LETTER = "0-9"


class GlossaryEntry(Struct, frozen=True, kw_only=True):
    """A word with its meaning and its uses."""

    anchor: str  # needs no quoting
    word: str
    meaning: str
    href: str  # the page that lists its cables, '' where there is none
    count: str  # 'in 3 cables'
    cables: tuple[Link, ...]  # the first of them, where no page lists them


class GlossaryGroup(Struct, frozen=True, kw_only=True):
    """The words of a letter or of a kind."""

    anchor: str
    title: str
    entries: tuple[GlossaryEntry, ...]


class GlossaryPage(Struct, frozen=True, kw_only=True):
    """What `glossary.html` receives as `page`."""

    title: str
    introduction: str
    letters: tuple[GlossaryGroup, ...]  # abbreviations
    kinds: tuple[GlossaryGroup, ...]


def make_glossary_page(
    uses: WordUses, catalogue: Catalogue, vocabulary: Vocabulary, settings: Settings
) -> tuple[Frame, GlossaryPage]:
    """Frame and value of the page; `uses` name at most EXAMPLES cables for a word."""
    used: dict[WordKind, list[GlossaryEntry]] = {}
    for anchor, use in uses.words.items():
        word = vocabulary.by_anchor[anchor]
        used.setdefault(word.kind, []).append(_entry(word, use))
    for kind, facet in _FACETS.items():
        counts = {value.value: value.count for value in catalogue.values(facet)}
        used[kind] = [*_listed(kind, facet, counts, uses.addressed, vocabulary)]
    page = GlossaryPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        letters=tuple(_letters(used.get("abbreviation", []))),
        kinds=tuple(
            GlossaryGroup(anchor=f"of-{kind}", title=title, entries=_in_order(kind, entries, vocabulary))
            for kind, title in _GROUP_TITLES.items()
            if (entries := used.get(kind))
        ),
    )
    return make_frame(settings, GLOSSARY, TITLE, description=_INTRODUCTION), page


def _entry(word: Word, use: WordUse) -> GlossaryEntry:
    return GlossaryEntry(
        anchor=word.anchor,
        word=word.shown,
        meaning=word.meaning,
        href="",
        count=f"in {counted(use.count, 'cable')}",
        cables=tuple(Link(href=relative(GLOSSARY, address), label=name) for name, address in use.first),
    )


def _listed(
    kind: WordKind,
    facet: Facet,
    counts: Mapping[str, int],
    addressed: Mapping[str, int],
    vocabulary: Vocabulary,
) -> Iterator[GlossaryEntry]:
    """The words that are values of a facet, and posts to which cables were sent."""
    sent_to = addressed if kind == "post" else {}
    for code in counts.keys() | sent_to.keys():
        word = vocabulary.find(kind, code)
        if word is None:
            continue
        told = []
        if code in counts:
            told.append(
                f"{counted(counts[code], 'cable')} from it"
                if kind == "post"
                else f"in {counted(counts[code], 'cable')}"
            )
        if code in sent_to:
            told.append(f"{counted(sent_to[code], 'cable')} to it")
        yield GlossaryEntry(
            anchor=word.anchor,
            word=word.shown,
            meaning=word.meaning,
            href=relative(GLOSSARY, facet_address(facet, code)) if code in counts else "",
            count=", ".join(told),
            cables=(),
        )


def _letters(entries: Iterable[GlossaryEntry]) -> Iterator[GlossaryGroup]:
    """Abbreviations under their letters; what begins with none comes first."""
    groups: dict[str, list[GlossaryEntry]] = {}
    for entry in sorted(entries, key=_alphabetic):
        first = entry.word[0].upper()
        groups.setdefault(first if first.isascii() and first.isalpha() else _NO_LETTER, []).append(entry)
    for letter in sorted(groups, key=lambda letter: (letter != _NO_LETTER, letter)):
        yield GlossaryGroup(anchor=f"letter-{letter}", title=letter, entries=tuple(groups[letter]))


def _in_order(
    kind: WordKind, entries: Iterable[GlossaryEntry], vocabulary: Vocabulary
) -> tuple[GlossaryEntry, ...]:
    """Levels and precedences by rank, all else by its letters."""
    if kind in _IN_ORDER_OF_RANK:
        rank = {anchor: place for place, anchor in enumerate(vocabulary.by_anchor)}
        return tuple(sorted(entries, key=lambda entry: rank[entry.anchor]))
    return tuple(sorted(entries, key=_alphabetic))


def _alphabetic(entry: GlossaryEntry) -> tuple[str, str]:
    return entry.word.upper(), entry.word
