"""Levels of classification, in their order, and what of a cable lies above one.

A cable is as high as its classification line or its highest portion mark, whichever is higher. A level that cannot be
read is higher than all. Handling words (NOFORN, SENSITIVE) say who may read, not how secret a text is, and have no
place in this order; withhold them by a rule.
"""

import re

from generator.telegram.cable import Block, Cable
from generator.telegram.portion import parse_portion

LEVELS = ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
UNREADABLE = len(LEVELS)  # the rank of what cannot be read

_ALSO_WRITTEN = {"UNCLAS": "UNCLASSIFIED", "LOU": "LIMITED OFFICIAL USE", "TOPSECRET": "TOP SECRET"}
_RANK_OF_MARK = {"U": 0, "FOUO": 0, "SBU": 0, "LOU": 1, "C": 3, "S": 4, "TS": 5}

# A mark opens a sentence. Small letters label lists and form plurals, '(s)', so a mark inside a text has capitals.
_MARK_INSIDE = re.compile(
    r"(?<![\w'\")])\(\s*(?:TOP\s+SECRET|TS|SECRET|S|CONFIDENTIAL|C|LOU|LIMITED\s+OFFICIAL\s+USE|N/SF|SNF|CNF)[^()\n]{0,60}\)"
)
_ENTIRE_TEXT = re.compile(
    r"\b(TS|S|C|LOU|TOP SECRET|SECRET|CONFIDENTIAL|LIMITED OFFICIAL USE)\s*-+\s*ENTIRE\s+TEXT\b"
)
_LIMITED = re.compile(r"\(\s*LIMITED\s+OFFICIAL\s+USE")


def level_named(name: str) -> str | None:
    """The level that a word names, 'unclas' or 'Top Secret'; None for any other word."""
    word = " ".join(name.upper().split())
    word = _ALSO_WRITTEN.get(word, word)
    return word if word in LEVELS else None


def rank(level: str | None) -> int:
    """The place of a level in the order; UNREADABLE for what is none."""
    return LEVELS.index(level) if level in LEVELS else UNREADABLE


def rank_of_marking(marking: str) -> int:
    """The place of a portion marking, 'S//NF', in the order."""
    return _RANK_OF_MARK.get(re.split(r"[/ -]", marking, maxsplit=1)[0], UNREADABLE)


def highest_mark_in(text: str) -> int:
    """The rank of the highest mark that stands in a text; -1 without one. '(U)' and '(SBU)' are not looked for."""
    highest = -1
    if "(" in text:
        for found in _MARK_INSIDE.finditer(text):
            portion = parse_portion(found[0])
            if portion is not None:
                highest = max(highest, rank_of_marking(portion.marking))
            elif _LIMITED.match(found[0]):
                highest = max(highest, 1)
    if "NTIRE" in text.upper():
        for found in _ENTIRE_TEXT.finditer(text.upper()):
            level = level_named(found[1])
            highest = max(highest, rank(level) if level else _RANK_OF_MARK[found[1]])
    return highest


def rank_of_cable(cable: Cable) -> int:
    """How high a cable is, by its classification line and the highest mark in it."""
    return max(rank(cable.classification), highest_marking(cable))


def highest_marking(cable: Cable) -> int:
    """The rank of the highest mark of the subject, of a block, or in the text as sent; -1 without marks."""
    marks = [highest_in_block(block) for block in cable.body]
    if cable.subject_marking:
        marks.append(rank_of_marking(cable.subject_marking))
    marks.append(highest_mark_in("".join([part.text for part in cable.parts])))
    return max(marks)


def highest_in_block(block: Block) -> int:
    """The rank of the highest mark of a block, in its text, its items, and the blocks within it; -1 without marks."""
    own = rank_of_marking(block.marking) if block.marking else -1
    items = [highest_mark_in(f"{item.marker} {item.text}") for item in block.items]
    return max([own, highest_mark_in(block.text), *items, *map(highest_in_block, block.blocks)])
