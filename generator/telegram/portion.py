"""Portion markings: how secret a paragraph, a heading or a subject is.

    mark = '(' LEVEL [('/' | '//' | '-') CAVEAT]* ')'

'(S/NF)', '(S//NOFORN)', '( C )' and '(SNF)' are read alike; '(a)', '(REF A)' and '(S-300)' are none.
Source: 5 FAH-1 H-246.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from generator.telegram.cable import Block

_MARK = re.compile(r"\(\s*(?P<inside>[A-Za-z][A-Za-z0-9 ,/-]{0,60}?)\s*\)\s*")

_INSIDE = re.compile(
    r"(?P<level>TS|SBU|LOU|FOUO|[UCS]|TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED)(?P<caveats>(?:\s*[-/,]|NF\Z|\s+NF\Z).*|)"
)

_SEPARATOR = re.compile(r"\s*(?:/{1,2}|-)\s*")

_SHORT_LEVELS = {"TOP SECRET": "TS", "SECRET": "S", "CONFIDENTIAL": "C", "UNCLASSIFIED": "U"}

_CAVEATS = frozenset(
    {
        "NF",
        "NOFORN",
        "REL",
        "FGI",
        "FOUO",
        "OC",
        "ORCON",
        "PR",
        "PROPIN",
        "NC",
        "SBU",
        "SI",
        "TK",
        "HCS",
        "SENSITIVE",
    }
)
_SHORT_CAVEATS = {"NOFORN": "NF"}

# A slip of the typing finger, seen often enough to have a line here.
_TRANSPOSED = {"N/SF": "S//NF"}

_ENTIRE_TEXT = re.compile(
    r"\(?\s*(?P<level>TS|SBU|LOU|[UCS]|TOP SECRET|SECRET|CONFIDENTIAL|LIMITED OFFICIAL USE|UNCLASSIFIED)\s*-+\s*ENTIRE TEXT\b",
    re.IGNORECASE,
)

_LONGEST_MARK = 80  # characters

# From the lowest to the highest.
_LEVELS = {
    "U": "UNCLASSIFIED",
    "FOUO": "UNCLASSIFIED",
    "SBU": "UNCLASSIFIED",
    "LOU": "LIMITED OFFICIAL USE",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "TS": "TOP SECRET",
}


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """A marking at the start of a text."""

    marking: str  # normalised: 'SBU', 'S//NF', 'S//REL A, B'
    end: int  # where the text behind it begins; 0 where the mark says more ('C - ENTIRE TEXT') and stays


def parse_portion(text: str) -> Portion | None:
    """Read the marking at the start of a text; None when there is none."""
    if not text or text[0] not in "(CSULTcsult":
        return None
    if text[0] == "(" and (found := _MARK.match(text)) and (marking := _normalise(found[1])):
        return Portion(marking=marking, end=found.end())
    if "NTIRE" in text[:_LONGEST_MARK].upper() and (found := _ENTIRE_TEXT.match(text)):
        level = found["level"].upper()
        return Portion(marking="LOU" if level.startswith("LIM") else _SHORT_LEVELS.get(level, level), end=0)
    return None


@lru_cache(maxsize=1024)
def _normalise(inside: str) -> str | None:
    """'S/NOFORN' as 'S//NF'; None when the words in parentheses are no marking."""
    # A single small letter labels a list far more often than it marks a paragraph.
    if len(inside) == 1 and inside.islower():
        return None
    upper = " ".join(inside.upper().split())
    if upper in _TRANSPOSED:
        return _TRANSPOSED[upper]
    found = _INSIDE.fullmatch(upper)
    if found is None:
        return None
    caveats = [word for word in _SEPARATOR.split(found["caveats"]) if word]
    if any(word.split()[0].strip(",") not in _CAVEATS for word in caveats):
        return None
    level = _SHORT_LEVELS.get(found["level"], found["level"])
    return "//".join([level, *(_SHORT_CAVEATS.get(word.strip(), word.strip()) for word in caveats)])


def highest_level(blocks: Iterable[Block]) -> str | None:
    """The classification that the highest marking of any block calls for; None without markings."""
    order = list(_LEVELS)
    marked = [level for level in _levels(blocks) if level in _LEVELS]
    return _LEVELS[max(marked, key=order.index)] if marked else None


def _levels(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.marking:
            yield block.marking.partition("/")[0]
        yield from _levels(block.blocks)
