"""The classification line: how secret a telegram is, in how many sections it comes, and its MRN.

    line = LEVEL CONTROL* ['SECTION' nn 'OF' nn] POST SERIAL TAIL?

`C O N F I D E N T I A L SECTION 01 OF 02 STRELSAU 000123` is written with spaced letters, and copies have
lost letters of it. A damaged level is believed only where a message number follows, since the same words
open many a sentence. Source: 5 FAH-1 H-240; 5 FAH-2.
"""

import re

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.message_number import MessageNumber
from generator.telegram.post import post_key
from generator.telegram.spelling import is_close

# Several letters that stand alone, as in 'S E C R E T'; between words of one level two blanks may stand.
_SPACED = re.compile(r"(?<![A-Za-z])[A-Za-z](?: {1,2}[A-Za-z](?![A-Za-z])){2,}")

_SECTION = re.compile(r"(?P<word>[A-Z]{4,8}) (?P<number>\d{1,2}) ?OF ?(?P<total>\d{1,2})(?!\d)\s*")

_FINAL_SECTION = re.compile(r"FINAL SECTION OF (?P<total>\d{1,2})(?!\d)\s*")

_NUMBER = re.compile(r"(?P<post>[A-Z][A-Z .'-]*?)\s+(?P<serial>\d{1,7})(?![\d/])(?P<tail>.*)")

_LEVELS = {
    "UNCLAS": "UNCLASSIFIED",
    "UNCLASSIFIED": "UNCLASSIFIED",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "LIMITEDOFFICIALUSE": "LIMITED OFFICIAL USE",
    "LOU": "LIMITED OFFICIAL USE",
    "RESTRICTED": "RESTRICTED",
    "CONFIDENTIAL": "CONFIDENTIAL",
    "SECRET": "SECRET",
    "TOP SECRET": "TOP SECRET",
    "TOPSECRET": "TOP SECRET",
}
_LEVEL = re.compile(
    r"(?:TOP ?SECRET|LIMITED ?OFFICIAL ?USE|UNCLASSIFIED|UNCLAS|LOU|RESTRICTED|CONFIDENTIAL|SECRET)\b"
)

_RUN_TOGETHER = re.compile(r"\A(SECRET|CONFIDENTIAL|UNCLAS)(NOFORN|EFTO|SENSITIVE|FOUO)\b")

_DAMAGED = ("CONFIDENTIAL", "UNCLASSIFIED", "UNCLAS", "SECRET")

# Levels lose their first letter more often than any other; 'ECRET' is 1 from SECRET.
_MOST_DAMAGE = 2
_SHORTEST_DAMAGED = 4  # 'CRET'

HANDLING = {
    "LOU": "LIMITED OFFICIAL USE",
    "SENSITIVE": "SENSITIVE",
    "SENSITIVE BUT UNCLASSIFIED": "SENSITIVE",
    "SBU": "SENSITIVE",
    "FOUO": "FOUO",
    "FOR OFFICIAL USE ONLY": "FOUO",
    "EFTO": "EFTO",
    "NOFORN": "NOFORN",
    "NOCONTRACT": "NOCONTRACT",
    "ORCON": "ORCON",
    "PROPIN": "PROPIN",
}
_CONTROL = re.compile(
    r"(?:/{1,2}|\s)*(?P<word>SENSITIVE|SBU|FOUO|FOR OFFICIAL USE ONLY|EFTO|NOFORN|NOCONTRACT|ORCON|PROPIN"
    r"|SIPDIS|EXDIS|NODIS|LIMDIS|STADIS|AIDAC)\b[/,]*\s*"
)

_FIRST_OF_CONTROL = frozenset(
    "SENSITIVE SBU FOUO FOR EFTO NOFORN NOCONTRACT ORCON PROPIN SIPDIS EXDIS NODIS LIMDIS STADIS AIDAC REL RELEASABLE".split()
)

_RELEASABLE = re.compile(r"/{0,2}\s*REL(?:EASABLE)? TO [A-Z]{2,4}(?:(?:, ?| AND )[A-Z]{2,4})*(?![A-Z])")

LONGEST = 160  # a line longer than this is a sentence


class ClassificationLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a classification line says."""

    level: str  # 'CONFIDENTIAL'
    handling: tuple[str, ...]  # ('NOFORN',)
    captions: tuple[str, ...]  # captions that stand on the same line, ('SIPDIS',)
    section: int
    sections: int
    number: MessageNumber | None  # None where the line holds the level alone
    damaged: bool  # the level had to be guessed


def close_up(text: str) -> str:
    """Join letters that stand alone: 'S E C R E T STRELSAU' becomes 'SECRET STRELSAU'."""
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def parse_classification_line(line: str, lexicon: Lexicon) -> ClassificationLine | None:
    """Read a classification line; None when the line is none.

    `UNCLAS SECTION 01 OF 02 ASTANA 002165` is UNCLASSIFIED, section 1 of 2, ASTANA 2165.
    """
    if len(line) > LONGEST or not line:
        return None
    line = line.strip()
    if line[1:2] == " " or " N O F" in line or " E F T" in line:
        # 'S E C R E T N O F O R N' closes up to one word.
        line = _RUN_TOGETHER.sub(r"\1 \2", close_up(line).upper(), count=1)
    text = " ".join(line.upper().split())
    level, rest, damaged = _take_level(text)
    if level is None:
        return None
    handling: list[str] = []
    captions: list[str] = []
    rest = _take_controls(rest, handling, captions)
    section, sections, rest = _take_section(rest)
    rest = _take_controls(rest, handling, captions)
    number = None
    if rest:
        found = _NUMBER.fullmatch(rest)
        if found is None:
            return None
        post = post_key(found["post"], lexicon)
        number = MessageNumber(post=post, post_name=found["post"].strip(), serial=int(found["serial"]))
        tail = found["tail"].strip()
        late_section, late_sections, tail = _take_section(tail)
        if late_sections > 1:
            section, sections = late_section, late_sections
        _take_controls(tail, handling, captions)
    elif damaged:
        return None
    return ClassificationLine(
        level=level,
        handling=tuple(dict.fromkeys(handling)),
        captions=tuple(dict.fromkeys(captions)),
        section=section,
        sections=sections,
        number=number,
        damaged=damaged,
    )


def _take_level(text: str) -> tuple[str | None, str, bool]:
    """The level at the start of a line, what follows it, and whether it was damaged."""
    if found := _LEVEL.match(text):
        level = _LEVELS[found[0]]
        rest = text[found.end() :].lstrip()
        # Some copies write the level twice, spaced and solid.
        if again := _LEVEL.match(rest):
            rest = rest[again.end() :].lstrip()
        return level, rest, False
    word, _, rest = text.partition(" ")
    if not word.isalpha() or not rest[-1:].isdigit() or len(word) < _SHORTEST_DAMAGED:
        return None, text, False
    for known in _DAMAGED:
        if word != known and len(word) >= len(known) - _MOST_DAMAGE and is_close(word, known, _MOST_DAMAGE):
            return _LEVELS[known], rest, True
    return None, text, False


def _take_controls(text: str, handling: list[str], captions: list[str]) -> str:
    """Take control words and captions off the start, noting each in its list."""
    while text and (
        text[0] == "/" or text.partition(" ")[0].rstrip("/,").partition("/")[0] in _FIRST_OF_CONTROL
    ):
        if found := _RELEASABLE.match(text):
            handling.append(found[0].strip(" /"))
        elif found := _CONTROL.match(text):
            word = found["word"]
            (handling if word in HANDLING else captions).append(HANDLING.get(word, word))
        else:
            break
        text = text[found.end() :].lstrip()
    return text


def _take_section(text: str) -> tuple[int, int, str]:
    """Take 'SECTION 01 OF 02' off the start, letters lost or not."""
    if " OF" not in text:
        return 1, 1, text
    if final := _FINAL_SECTION.match(text):
        total = max(int(final["total"]), 1)
        return total, total, text[final.end() :]
    text = text.removeprefix("FINAL ")
    found = _SECTION.match(text)
    if found is None or not is_close(found["word"], "SECTION", _MOST_DAMAGE):
        return 1, 1, text
    number, total = int(found["number"]), int(found["total"])
    return max(number, 1), max(total, number, 1), text[found.end() :]
