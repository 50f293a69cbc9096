"""The gist of a cable: the line of its own words that a list shows under the subject.

It is the beginning of the summary, else of the first paragraph: its first sentence, or as much as fits a line or two.
"""

import re

from generator.release.cleared import ClearedCable

# Characters.
_LONGEST = 160
_SHORTEST_SENTENCE = 60

# A point behind a short word is likely to be that of an abbreviation, 'Amb.', 'U.S.', unless the word is in small letters.
_SENTENCE_END = re.compile(
    r"[.!?](?:(?<=\w{4}.)|(?<=[^\w.][a-z]{2}.)|(?<=[^\w.][a-z]{3}.)|(?<=[)\]\"'].))[\"')]*(?= )"
)
_HAS_WORDS = re.compile(r"\w")


def gist_of(cable: ClearedCable) -> str:
    """The first sentence of a cable, or its first words and '…'; '' for a cable without text. One line."""
    text = " ".join(_beginning(cable)[: 3 * _LONGEST].split())
    if end := _SENTENCE_END.search(text, _SHORTEST_SENTENCE, _LONGEST + 1):
        return text[: end.end()]
    if len(text) <= _LONGEST:
        return text
    before, blank, _ = text[: _LONGEST + 1].rpartition(" ")
    return f"{before.rstrip(' ,;:.-') if blank else text[:_LONGEST]}…"


def _beginning(cable: ClearedCable) -> str:
    """The text whose first line is asked for."""
    if cable.summary:
        return cable.summary
    for kind in ("paragraph", "verbatim", "quote"):
        for block in cable.body:
            if block.kind == kind and _HAS_WORDS.search(block.text):
                return block.text
    return ""
