"""The lines between the classification line and the E.O. line: captions, handling words, passing lines.

A caption says how a telegram may be distributed (SIPDIS, EXDIS), a handling word who may see it
(NOFORN), a passing line to whom the recipient should give it ('STATE FOR EUR/RUR'). Source: 5 FAH-2 H-440.
"""

import re
from functools import lru_cache
from typing import Literal

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.classification import HANDLING, close_up

_PASSING = re.compile(
    r"(?:[A-Z0-9/., -]{1,60}\s)?(?:FOR|PASS|ALSO FOR|PLEASE PASS|PLS PASS)(?:\s+TO)?:?\s+\S|FROM\s+\S",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"(?:SECTO|TOSEC|PARTO)\s+\d+|(?:CODEL|STAFFDEL|VISAS|CANCEL THIS)\b.*|[A-Z /]+ CHANNEL", re.IGNORECASE
)
_RESENT = re.compile(r"CORRECTED\s*COPY|CORRECTED\s+C\s*O\s*P\s*Y", re.IGNORECASE)
_RELEASABLE = re.compile(r"REL(?:EASABLE)? TO [A-Z, ]+")
_SEPARATOR = re.compile(r"[\s,/;()]+")

_LONGEST_CAPTION = 60

_WRITTEN_OUT = (
    "SENSITIVE BUT UNCLASSIFIED",
    "NOT FOR INTERNET DISTRIBUTION",
    "FOR OFFICIAL USE ONLY",
    "LIMITED OFFICIAL USE",
)


class CaptionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the caption block, sorted into what it holds."""

    kind: Literal["caption", "attention"]
    captions: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    is_known: bool = True  # False: one word in capitals that no table has


@lru_cache(maxsize=4096)
def parse_caption_line(line: str, lexicon: Lexicon) -> CaptionLine | None:
    """Sort one line of the caption block; None when it is neither caption nor passing line.

    'SENSITIVE' is a handling word, 'SIPDIS' a caption, 'STATE FOR EUR/RUR' a passing line.
    """
    text = line.strip()
    closed = " ".join(close_up(text).split())
    upper = closed.upper()
    if _RESENT.match(upper):
        return CaptionLine(kind="caption", captions=("CORRECTED COPY",))
    if upper in _WRITTEN_OUT:
        if handling := HANDLING.get(upper):
            return CaptionLine(kind="caption", handling=(handling,))
        return CaptionLine(kind="caption", captions=(upper,))
    if _RELEASABLE.fullmatch(upper):
        return CaptionLine(kind="caption", handling=(upper,))
    if len(closed) <= _LONGEST_CAPTION:
        if _SERIES.fullmatch(upper):
            return CaptionLine(kind="caption", captions=(upper,))
        if words := _known_words(upper, lexicon):
            return CaptionLine(
                kind="caption",
                captions=tuple(dict.fromkeys(word for word in words if word not in HANDLING)),
                handling=tuple(dict.fromkeys(HANDLING[word] for word in words if word in HANDLING)),
            )
    if _PASSING.match(closed):
        return CaptionLine(kind="attention")
    if closed.isalpha() and closed.isupper():
        return CaptionLine(kind="caption", captions=(closed,), is_known=False)
    return None


def _known_words(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The captions and handling words of a line that holds nothing else."""
    if text in lexicon.captions:
        return (text,)
    words = [word for word in _SEPARATOR.split(text) if word]
    if all(word in lexicon.captions or word in HANDLING for word in words):
        return tuple(words)
    return ()
