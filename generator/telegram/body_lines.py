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

_LETTERS = {
    "": ".",
    **dict.fromkeys(digits + "¶", "1"),
    **dict.fromkeys("-=_*•", "-"),
    "(": "(",
    **dict.fromkeys(" \t", ">"),
}

_LETTERED_ITEM = re.compile(r"\n(?:(?:[A-Za-z]|[ivx]{2,4})[.)]|o)\s")
_RULE_ENDS = ("-", "=", "_")
_MAY_BE_SPACER = re.compile("[->]")


class BodyLines(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of the body, in order; those of page breaks are no longer among them."""

    texts: list[str]  # without trailing blanks
    indexes: Sequence[int]  # where each stands in SourceText.lines
    outline: str  # one letter for each
    whole: str  # the texts as one, a line feed before each, to ask whether something occurs at all

    def without(self, places: set[int]) -> "BodyLines":
        """The lines that stand at other places, which are all blank."""
        kept = [place for place in range(len(self.texts)) if place not in places]
        return BodyLines(
            texts=[self.texts[place] for place in kept],
            indexes=[self.indexes[place] for place in kept],
            outline="".join([self.outline[place] for place in kept]),
            whole=self.whole,
        )


def outline_lines(texts: list[str], indexes: Sequence[int]) -> BodyLines:
    """Outline the lines of a body; a line of one dash, a spacer, becomes a blank one in `texts`."""
    letters = [_LETTERS.get(line[:1], "a") for line in texts]
    whole = "\n" + "\n".join(texts)
    for found in _MAY_BE_SPACER.finditer("".join(letters)):
        place = found.start()
        if texts[place].strip() in ("-", ""):
            texts[place], letters[place] = "", "."
    place, counted_to = -1, 0
    for found in _LETTERED_ITEM.finditer(whole):
        place += whole.count("\n", counted_to, found.start() + 1)
        counted_to = found.start() + 1
        letters[place] = "m"
    for place in [at for at, line in enumerate(texts) if line.endswith(_RULE_ENDS) and letters[at] == "a"]:
        if without_rule(texts[place]) is not None:
            letters[place] = "h"
    return BodyLines(texts=texts, indexes=indexes, outline="".join(letters), whole=whole)
