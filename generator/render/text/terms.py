"""The words that the page of a cable explains: which, where in its text, and what their popovers say.

A word of the text is explained where it first stands in each section, those that few know before those that every newspaper
uses, and of these the first in the text: at most twelve, and one for each 250 letters, so that a short telegram stays light.
The words above the text are explained all; of the posts, which may be hundreds, twelve.
"""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from generator.archive.address import GLOSSARY, facet_address, relative
from generator.archive.words import Word, WordKind, used_in_text, vocabulary_of
from generator.lexicon import Lexicon
from generator.render.text.markup import Explained, Mark
from generator.telegram.abbreviations import abbreviations_of, flowing_texts
from generator.telegram.cable import Cable

_MOST = 12
_LETTERS_FOR_EACH = 250


class Explanation(Struct, frozen=True, kw_only=True):
    """What a popover says."""

    anchor: str  # its id, to which buttons lead; needs no quoting
    word: str  # 'POLOFF', 'E.O. 12958'
    meaning: str
    href: str  # its place in the glossary
    list_href: str = (
        ""  # a page that lists the cables which have it, where no other link of the page leads there
    )


class Explainer:
    """Explains the words of one cable, and keeps which it has explained."""

    def __init__(self, cable: Cable, uses: str, top: str, lexicon: Lexicon) -> None:
        """For the page of a cable that uses some words; `top` is the way from there to the top of the site, '../../../'."""
        self._vocabulary = vocabulary_of(lexicon)
        self._abbreviations = abbreviations_of(lexicon)
        self._top = top
        self._explained: dict[str, Explanation] = {}
        self._posts = 0
        most = min(_MOST, 1 + sum(map(len, flowing_texts(cable.body))) // _LETTERS_FOR_EACH)
        self._wanted = frozenset(used_in_text(uses)[:most])
        self._seen: set[str] = set()  # in this section

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """All that was explained so far, each once, in order."""
        return tuple(self._explained.values())

    def explain(self, kind: WordKind, code: str | None) -> str:
        """Explain a word above the text; gives the anchor to which its button leads, '' for a word that nobody knows."""
        word = self._vocabulary.find(kind, code)
        return self._explain(word) if word is not None else ""

    def explain_post(self, key: str) -> str:
        """The same for a post; '' also where the page has explained enough of them."""
        word = self._vocabulary.find("post", key)
        if word is None:
            return ""
        if word.anchor not in self._explained:
            if self._posts == _MOST:
                return ""
            self._posts += 1
        return self._explain(word)

    def begin_section(self) -> None:
        """Behind a heading all may be explained once more."""
        self._seen.clear()

    def find(self, text: str, others: Sequence[Mark]) -> list[Explained]:
        """The words to be explained in a text of the cable, where no other mark stands."""
        marks: list[Explained] = []
        if len(self._seen) == len(self._wanted):
            return marks
        for use in self._abbreviations.find(text):
            word = self._vocabulary.of_abbreviation(use.abbreviation)
            anchor = word.anchor
            if (
                anchor in self._wanted
                and anchor not in self._seen
                and not any(other.start < use.end and use.start < other.end for other in others)
            ):
                self._seen.add(self._explain(word))
                marks.append(Explained(start=use.start, end=use.end, anchor=anchor))
        return marks

    def _explain(self, word: Word) -> str:
        if word.anchor not in self._explained:
            self._explained[word.anchor] = _explanation(word, self._top)
        return word.anchor


# The pages of cables lie at two depths, and explain the same words again and again.
@lru_cache(maxsize=5000)
def _explanation(word: Word, top: str) -> Explanation:
    is_level = word.kind == "level"
    return Explanation(
        anchor=word.anchor,
        word=word.shown,
        meaning=word.meaning,
        href=top + relative("", GLOSSARY, word.anchor),
        list_href=top + relative("", facet_address("classification", word.code)) if is_level else "",
    )
