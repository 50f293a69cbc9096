"""The words of telegrams that a site explains: of each its kind, its meaning, and its place in the glossary.

    abbreviations of the text, captions, handling words, levels, precedences, executive orders, what the E.O. line says in
    place of a date, reasons, TAGS, posts

A word is known by its anchor: 'POLOFF' for an abbreviation, 'tag-PGOV' for others. The archive keeps the anchors of the
words that a cable uses; TAGS, levels and posts it knows anyway.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from generator.lexicon import Abbreviation, Lexicon, Post, TagMeaning
from generator.release.cleared import ClearedCable
from generator.telegram.abbreviations import abbreviations_of

WordKind = Literal[
    "abbreviation",
    "caption",
    "handling",
    "level",
    "precedence",
    "order",
    "declassification",
    "reason",
    "tag",
    "post",
]

_UNFIT_FOR_ANCHOR = re.compile("[^A-Za-z0-9./-]")

_NO_PARENTHESES = str.maketrans("", "", "()")
_PREFIXES: Mapping[WordKind, str] = {"declassification": "decl", "precedence": "prec"}

# Parts what a cable uses in its text from what it uses in its header.
_PARTED = "\n"


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word that the site explains."""

    kind: WordKind
    code: str  # 'POLOFF', 'PGOV', '12958'
    shown: str  # the same as a page writes it: 'E.O. 12958'
    meaning: str
    anchor: str  # 'POLOFF', 'tag-PGOV': in the glossary


class Vocabulary:
    """All words that a lexicon explains."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        words = [*_words(lexicon)]
        self._of = {(word.kind, word.code): word for word in words}
        self._of_term = {word.term: self._of_abbreviation(word) for word in lexicon.abbreviations.values()}
        self.by_anchor: Mapping[str, Word] = {word.anchor: word for word in words}

    def find(self, kind: WordKind, code: str | None) -> Word | None:
        """What is known of a code; None for an unknown one."""
        if kind == "declassification" and code and (kind, code) not in self._of:
            code = code.partition("-")[0]  # 'RDS-1' is explained as RDS
        return self._of.get((kind, code or ""))

    def of_abbreviation(self, abbreviation: Abbreviation) -> Word:
        """The word that an abbreviation of a text is: NOFORN is a handling word wherever it stands."""
        return self._of_term[abbreviation.term]

    def _of_abbreviation(self, abbreviation: Abbreviation) -> Word:
        return (
            self._of.get(("abbreviation", abbreviation.term))
            or self._of.get(("handling", abbreviation.term))
            or self._of[("caption", abbreviation.term)]
        )

    def of_header(self, cable: ClearedCable) -> Iterator[Word]:
        """The words that stand above the text of a cable, without its TAGS, level and posts."""
        for kind, codes in (
            ("caption", cable.captions),
            ("handling", cable.handling),
            ("precedence", (cable.precedence,)),
            ("order", (cable.executive_order,)),
            ("declassification", (cable.declassification_code,)),
            ("reason", cable.reasons),
        ):
            for code in codes:
                if (word := self.find(kind, code)) is not None:  # type: ignore[arg-type]
                    yield word


@lru_cache(maxsize=4)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The words that a lexicon explains; made once."""
    return Vocabulary(lexicon)


def uses_of(cable: ClearedCable, lexicon: Lexicon) -> str:
    """The anchors of the words that a cable uses, each once: 'GOK UN' of its text, on a second line those above that alone."""
    vocabulary = vocabulary_of(lexicon)
    in_text = [
        vocabulary.of_abbreviation(abbreviation).anchor
        for abbreviation in abbreviations_of(lexicon).used_in(cable.body)
    ]
    above = dict.fromkeys([word.anchor for word in vocabulary.of_header(cable)])
    above = {anchor: None for anchor in above if anchor not in in_text}
    return " ".join(in_text) + _PARTED + " ".join(above)


def parted_uses(uses: str) -> tuple[str, str]:
    """The anchors of what a cable uses in its text and of what it uses above that alone; see `uses_of`."""
    in_text, _, above = uses.partition(_PARTED)
    return in_text, above


def used_in_text(uses: str) -> list[str]:
    """The anchors of what a cable uses in its text: first what not every newspaper uses, in the order of the text."""
    return parted_uses(uses)[0].split()


def anchor_of(kind: WordKind, code: str) -> str:
    """Where a word stands in the glossary: 'POLOFF', 'A/S', 'tag-PGOV', 'reason-1.4b'.

    Different words get anchors that differ; none needs quoting in HTML or has to give way to another id of a page, since
    those begin with a small letter and no kind of word.
    """
    if kind == "reason":
        code = code.translate(_NO_PARENTHESES)
    name = _UNFIT_FOR_ANCHOR.sub(_hexadecimal, code)
    return name if kind == "abbreviation" and name == name.upper() else f"{_PREFIXES.get(kind, kind)}-{name}"


def _hexadecimal(found: re.Match[str]) -> str:
    return "".join([f"_{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass")])


def post_meaning(post: Post, lexicon: Lexicon) -> str:
    """What a post is called and where it lies: 'Embassy Astana, Kazakhstan'."""
    country = lexicon.tag_name(post.country) if post.country else None
    return f"{post.name}, {country}" if country else post.name


def _tag_meaning(tag: TagMeaning) -> str:
    """What a TAGS code stands for."""
    return f"{tag.name} (no longer in use)" if tag.historic else tag.name


def _words(lexicon: Lexicon) -> Iterator[Word]:
    for word in lexicon.abbreviations.values():
        is_own = word.context == "archive"
        if is_own or not (word.term in lexicon.captions or word.term in lexicon.handling):
            yield _word("abbreviation", word.term, word.expansion)
    tables: tuple[tuple[WordKind, Mapping[str, str]], ...] = (
        ("caption", lexicon.captions),
        ("handling", lexicon.handling),
        ("level", lexicon.classifications),
        ("precedence", lexicon.precedences),
        ("declassification", lexicon.declassification),
        ("reason", lexicon.reasons),
    )
    for kind, table in tables:
        for code, meaning in table.items():
            yield _word(kind, code, meaning)
    for code, meaning in lexicon.executive_orders.items():
        yield _word("order", code, meaning, shown=f"E.O. {code}")
    for tag in lexicon.tags.values():
        yield _word("tag", tag.code, _tag_meaning(tag))
    for post in lexicon.posts.values():
        yield _word("post", post.key, post_meaning(post, lexicon))


def _word(kind: WordKind, code: str, meaning: str, *, shown: str | None = None) -> Word:
    return Word(kind=kind, code=code, shown=shown or code, meaning=meaning, anchor=anchor_of(kind, code))
