"""The words that the page of a cable explains: which, where in its text, and what their popovers say.

A word of the text is explained where it first stands in each section, those that few know before those that every newspaper
uses, and of these the first in the text: at most twelve, and one for each 250 letters, so that a short telegram stays light.
The words above the text are explained all; of the posts, which may be hundreds, twelve.
"""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from generator.archive.address import GLOSSARY, facet_address, relative
from generator.archive.words import Word, WordKind, used_in_text, vocabulary_of
from generator.lexicon import Lexicon
from generator.render.text.markup import (
    Explained,
    Explanation,
    Mark,
    render_explanation,
    render_popovers,
)
from generator.telegram.abbreviations import Use, abbreviations_of, flowing_texts
from generator.telegram.cable import Cable

_MOST = 12
_LETTERS_FOR_EACH = 250


class Explainer:
    """Explains the words of one cable, and keeps which it has explained."""

    def __init__(self, cable: Cable, uses: str, top: str, lexicon: Lexicon) -> None:
        """For the page of a cable that uses some words; `top` is the way from there to the top of the site, '../../../'."""
        self._vocabulary = vocabulary_of(lexicon)
        self._abbreviations = abbreviations_of(lexicon)
        self._top = top
        self._ids: dict[str, str] = {}  # of popovers, by anchor in the glossary
        self._explained: list[tuple[str, Markup]] = []  # ids and what the popovers say
        self._posts = 0
        texts = [*flowing_texts(cable.body)]
        most = min(_MOST, 1 + sum(map(len, texts)) // _LETTERS_FOR_EACH)
        by_anchor = self._vocabulary.by_anchor
        # By their terms, which are codes of words.
        self._wanted = {(word := by_anchor[anchor]).code: word for anchor in used_in_text(uses)[:most]}
        self._seen: set[str] = set()  # in this section
        found = self._abbreviations.find_in_all(texts, self._wanted) if self._wanted else [()] * len(texts)
        self._uses: dict[str, Sequence[Use]] = dict(zip(texts, found, strict=True))

    @property
    def popovers(self) -> Markup:
        """The popovers of all that was explained so far, one for each word, in order."""
        return render_popovers(self._explained)

    def explain(self, kind: WordKind, code: str | None) -> str:
        """Explain a word above the text; gives the id of the popover for its button, '' for a word that nobody knows."""
        word = self._vocabulary.find(kind, code)
        return self._explain(word) if word is not None else ""

    def explain_post(self, key: str) -> str:
        """The same for a post; '' also where the page has explained enough of them."""
        word = self._vocabulary.find("post", key)
        if word is None:
            return ""
        if word.anchor not in self._ids:
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
        uses = self._uses.get(text)
        if uses is None:  # a text that is none of the cable's as it was given
            uses = self._abbreviations.find(text, self._wanted)
        taken = sorted(others, key=_start) if uses and others else []
        passed = 0
        for use in uses:
            term = use.abbreviation.term
            if term in self._seen:
                continue
            while passed < len(taken) and taken[passed].end <= use.start:
                passed += 1
            if passed == len(taken) or taken[passed].start >= use.end:
                self._seen.add(term)
                anchor = self._explain(self._wanted[term])
                marks.append(Explained(start=use.start, end=use.end, anchor=anchor))
        return marks

    def _explain(self, word: Word) -> str:
        id_ = self._ids.get(word.anchor)
        if id_ is None:
            # Short, since it stands in the page twice for each of some twenty words.
            id_ = self._ids[word.anchor] = f"w{len(self._ids) + 1}"
            self._explained.append((id_, _explanation(word, self._top)))
        return id_


def _start(mark: Mark) -> int:
    return mark.start


# The pages of cables lie at two depths, and explain the same words again and again.
@lru_cache(maxsize=10_000)
def _explanation(word: Word, top: str) -> Markup:
    is_level = word.kind == "level"
    return render_explanation(
        Explanation(
            word=word.shown,
            meaning=word.meaning,
            href=top + relative("", GLOSSARY, word.anchor),
            list_href=top + relative("", facet_address("classification", word.code)) if is_level else "",
        )
    )
