"""Names that run from right to left, in a text that runs from left to right.

A figure or a sign that follows such a name would be taken into it: 'NAME: 12' would be shown as '12 :NAME'. So each name stands
apart from what is around it, in an element that turns nothing else. Source: Unicode Standard Annex 9, 'Isolates'.
"""

import re
from collections.abc import Iterator

from generator.render.text.markup import Apart

# Hebrew, Arabic, Syriac, Thaana, NKo and their kin, with their points; their forms of presentation; those beyond the first plane.
_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001eeff]+"
_RUN = re.compile(rf"{_LETTERS}(?:[ '\u2019\"-]{_LETTERS})*")


def find_right_to_left(text: str) -> Iterator[Apart]:
    """Each run of words that run from right to left, in order."""
    if not text.isascii():
        for found in _RUN.finditer(text):
            yield Apart(start=found.start(), end=found.end())
