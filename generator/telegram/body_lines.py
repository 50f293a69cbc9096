"""The lines of a body that are the drafter's, and their outline: one letter a line.

Most lines of a telegram are prose that opens nothing, and looking closely at each of them would take longer than all
the rest. The outline says by a line's first character what it may be, so that numbers, items, rules and tables
are looked for only where they can stand:

    .  blank                             -  a rule, or an item with a dash or star
    a  prose                             (  an item or a portion marking
    1  a number or a paragraph sign      >  indented: anything
    m  an item with a letter: 'a. '      h  prose with a rule at its end: 'BACKGROUND ----'
"""

import re
from collections.abc import Sequence
from string import digits

import msgspec

from generator.telegram.headings import without_rule
from generator.telegram.page_breaks import PageBreak
from generator.telegram.source_text import SourceText


class _Letters(dict[int, str]):
    """The letter for the first character of a line; a line feed stands for that of a blank one."""

    def __missing__(self, first: int) -> str:
        return "a"


_LETTERS = _Letters(
    str.maketrans(
        {
            **dict.fromkeys(map(chr, range(128)), "a"),
            "\n": ".",
            **dict.fromkeys(digits + "¶", "1"),
            **dict.fromkeys("-=_*•", "-"),
            "(": "(",
            **dict.fromkeys(" \t", ">"),
        }
    )
)

_LETTERED_ITEM = re.compile(r"\n(?:(?:[A-Za-z]|[ivx]{2,4})[.)]|o)\s")
_RULE_END = re.compile("[-=_]")
_MAY_BE_SPACER = re.compile("[->]")


class KeptLines(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of the body, in order; those of page breaks are no longer among them."""

    texts: list[str]  # without trailing blanks
    indexes: Sequence[int]  # where each stands in SourceText.lines
    firsts: str  # of each line the first character, as in SourceText
    lasts: str  # and the last

    def before(self, place: int, words: str | None) -> "KeptLines":
        """The lines up to texts[place], and the words with which that line begins, where some belong to these."""
        texts, firsts, lasts = self.texts[:place], self.firsts[:place], self.lasts[:place]
        if words:
            texts.append(words)
            firsts += words[0]
            lasts += words[-1]
        return KeptLines(texts=texts, indexes=self.indexes, firsts=firsts, lasts=lasts)


class BodyLines(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of the body up to the signature, and their outline."""

    texts: list[str]
    indexes: Sequence[int]
    firsts: str  # the first character of each, as in SourceText
    outline: str  # one letter for each
    whole: str  # the texts as one, a line feed before each, to ask whether something occurs at all
    has_gaps: bool  # two blanks next to each other, or a tab
    has_hyphens: bool  # a line ends in a hyphen behind a letter

    def without(self, places: set[int]) -> "BodyLines":
        """The lines that stand at other places, which are all blank."""
        kept = [place for place in range(len(self.texts)) if place not in places]
        return BodyLines(
            texts=[self.texts[place] for place in kept],
            indexes=[self.indexes[place] for place in kept],
            firsts="".join([self.firsts[place] for place in kept]),
            outline="".join([self.outline[place] for place in kept]),
            whole=self.whole,
            has_gaps=self.has_gaps,
            has_hyphens=self.has_hyphens,
        )


def keep_lines(
    text: SourceText, start: int, stop: int, breaks: Sequence[PageBreak], gaps: set[int | None]
) -> KeptLines:
    """The lines without page breaks; a blank one stays of a break between two paragraphs, and where a section is missing."""
    if not breaks:
        return KeptLines(
            texts=list(text.lines[start:stop]),
            indexes=range(start, stop),
            firsts=text.firsts[start:stop],
            lasts=text.lasts[start:stop],
        )
    texts: list[str] = []
    indexes: list[int] = []
    firsts: list[str] = []
    lasts: list[str] = []
    at = start
    for first, last, stays in [
        *((found.first, found.last, not found.joins or found.first in gaps) for found in breaks),
        (stop, stop, False),
    ]:
        texts += text.lines[at:first]
        indexes += range(at, first)
        firsts.append(text.firsts[at:first])
        lasts.append(text.lasts[at:first])
        if stays:
            texts.append("")
            indexes.append(first)
            firsts.append("\n")
            lasts.append("\n")
        at = last + 1
    return KeptLines(texts=texts, indexes=indexes, firsts="".join(firsts), lasts="".join(lasts))


def outline_lines(kept: KeptLines) -> BodyLines:
    """Outline the lines of a body; a line of one dash, a spacer, becomes a blank one in `texts`."""
    texts = kept.texts
    outline = kept.firsts.translate(_LETTERS)
    letters = list(outline)
    whole = "\n" + "\n".join(texts)
    for found in _MAY_BE_SPACER.finditer(outline):
        place = found.start()
        if texts[place].strip() in ("-", ""):
            texts[place], letters[place] = "", "."
    place, counted_to = -1, 0
    for found in _LETTERED_ITEM.finditer(whole):
        place += whole.count("\n", counted_to, found.start() + 1)
        counted_to = found.start() + 1
        letters[place] = "m"
    has_hyphens = False
    for found in _RULE_END.finditer(kept.lasts):
        place = found.start()
        if texts[place][-2:-1].isalpha():
            has_hyphens = True
        elif letters[place] == "a" and without_rule(texts[place]) is not None:
            letters[place] = "h"
    return BodyLines(
        texts=texts,
        indexes=kept.indexes,
        firsts=kept.firsts,
        outline="".join(letters),
        whole=whole,
        has_gaps="  " in whole or "\t" in whole,
        has_hyphens=has_hyphens,
    )
