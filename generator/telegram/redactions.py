"""Words that were taken out of a telegram before it came to us, in every style that publishers had for it.

A run of five X or more is one, as are '[redacted]', '[NAME REMOVED]', '(NAME DELETED)' and '[...]'. 'XXXIV' and 'xx.xx' are
none. The signs stay in the text; where they stand is told here, so that a page can show them all alike.
"""

import re
from collections.abc import Iterator

import msgspec

_TAKEN_OUT = r"(?:REDACTED|REMOVED|DELETED|WITHHELD|EXCISED|EXPUNGED)"
_BRACKETS = rf"\[(?:[A-Z ]{{0,30}}\b{_TAKEN_OUT}\b[A-Z ]{{0,30}}|\.\.\.|\u2026)\]"
_PARENTHESES = rf"\((?:NAMES?|PASSAGE|TEXT|LINES?)? ?{_TAKEN_OUT}\)"
_REDACTION = re.compile(rf"(?<![A-Za-z])[Xx]{{5,}}(?![A-Za-z])|{_BRACKETS}|{_PARENTHESES}", re.IGNORECASE)
# Quick by themselves, since each begins with a plain character.
_IN_BRACKETS = re.compile(_BRACKETS, re.IGNORECASE)
_IN_PARENTHESES = re.compile(_PARENTHESES, re.IGNORECASE)


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """Characters text[start:end] that stand for words taken out."""

    start: int
    end: int
    is_of_source: bool = True  # no redaction of this archive's own


def find_redactions(text: str) -> Iterator[Redaction]:
    """Every redaction in a text, in order."""
    # Asked of every text: hardly any has one of these.
    if (
        "xxxxx" in text.lower()
        or ("[" in text and _IN_BRACKETS.search(text))
        or ("(" in text and _IN_PARENTHESES.search(text))
    ):
        for found in _REDACTION.finditer(text):
            yield Redaction(start=found.start(), end=found.end())
