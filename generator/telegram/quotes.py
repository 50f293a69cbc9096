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

# The first characters of lines that may open and close a quoted text.
_MAY_BEGIN = re.compile(r"[BbSs( \t-]")
_MAY_END = re.compile(r"[Ee(\s-]")

_LONGEST = 80  # a longer line is a sentence


class QuotedText(msgspec.Struct, frozen=True, kw_only=True):
    """The places of the lines that open and close a quoted text."""

    first: int
    last: int


def find_quotes(lines: BodyLines) -> list[QuotedText]:
    """The quoted texts, in order; one inside another belongs to the outer, one that never ends is none."""
    quotes: list[QuotedText] = []
    last = -1
    for found in _MAY_BEGIN.finditer(lines.firsts, 0, len(lines.texts)):
        place = found.start()
        line = lines.texts[place]
        if place > last and len(line) <= _LONGEST and (opening := _BEGIN.match(line)):
            end = _end(lines, place + 1, opening["what"].upper())
            if end is None:
                break
            last = end
            quotes.append(QuotedText(first=place, last=last))
    return quotes


def _end(lines: BodyLines, start: int, what: str) -> int | None:
    """The place of the line, from lines.texts[start] on, that closes a quoted text of a kind."""
    for found in _MAY_END.finditer(lines.firsts, start, len(lines.texts)):
        line = lines.texts[found.start()]
        if (
            len(line) <= _LONGEST
            and (closing := _END.match(line))
            and closing["what"].upper().startswith(what[:4])
        ):
            return found.start()
    return None
