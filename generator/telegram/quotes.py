"""Texts that a telegram quotes whole: `BEGIN TEXT` to `END TEXT`, translations, points to be made."""

import re

import msgspec

from generator.telegram.body_lines import BodyLines

_WHAT = (
    r"(?:UNOFFICIAL |INFORMAL |EMBASSY |OFFICIAL |FULL |DRAFT )*"
    r"(?P<what>TEXT|TRANSLATION|QUOTE|TALKING POINTS|POINTS|NON-?PAPER|STATEMENT|LETTER|NOTE VERBALE|AIDE MEMOIRE)"
)
_BEGIN = re.compile(rf"[\s(-]*(?:BEGIN|START)(?: OF)? {_WHAT}\b", re.IGNORECASE)
_END = re.compile(rf"[\s(-]*END(?: OF)? {_WHAT}\b", re.IGNORECASE)

# Asked first of the whole text, since few telegrams quote another.
_MAY_BEGIN = re.compile(r"\n[ \t(-]*(?:[Bb][Ee][Gg][Ii][Nn]|[Ss][Tt][Aa][Rr][Tt])")

_LONGEST = 80  # a longer line is a sentence


class QuotedText(msgspec.Struct, frozen=True, kw_only=True):
    """The places of the lines that open and close a quoted text."""

    first: int
    last: int


def find_quotes(lines: BodyLines) -> list[QuotedText]:
    """The quoted texts, in order; one inside another belongs to the outer, one that never ends is none."""
    quotes: list[QuotedText] = []
    if not _MAY_BEGIN.search(lines.whole):
        return quotes
    opened: int | None = None
    word = ""
    for place, line in enumerate(lines.texts):
        if len(line) > _LONGEST:
            continue
        if opened is None:
            if found := _BEGIN.match(line):
                opened, word = place, found["what"].upper()
        elif (found := _END.match(line)) and found["what"].upper().startswith(word[:4]):
            quotes.append(QuotedText(first=opened, last=place))
            opened = None
    return quotes
