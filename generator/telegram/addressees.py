"""Who a telegram goes to: the entries of the TO and INFO lists.

addressee = [ROUTING '/'] PLAD [PRECEDENCE] [SERIAL] | 'XMT' PLAD
An entry is read from its end, so that a place name with digits or commas is never cut. Which lines
belong to a list is for `transmission` to say.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from generator.telegram.cable import Addressee
from generator.telegram.spelling import is_close

_ROUTING = re.compile(r"(?P<routing>[A-Z]{4,8})\s*/\s*(?=\S)(?P<rest>.*)")
_SERIAL = re.compile(r"(?P<rest>.*\S)\s+(?P<serial>\d{3,6})\Z")
_XMT = re.compile(r"(?P<before>.*?),?\s*\bXMT\b:?\s+(?P<excluded>.+)")

_PRECEDENCES = ("IMMEDIATE", "PRIORITY", "ROUTINE", "FLASH")

# A misspelled precedence is at least this long; shorter words are places.
_SHORTEST_TYPO = 5


def parse_addressee(text: str) -> Addressee:
    """Read one entry, `RUEHC/SECSTATE WASHDC PRIORITY 3716`; never fails."""
    rest = " ".join(text.split())
    excluded: tuple[str, ...] = ()
    if " XMT " in rest and (found := _XMT.match(rest)) and found["before"]:
        rest, excluded = found["before"], _plads(found["excluded"])
    routing = None
    if found := _ROUTING.fullmatch(rest):
        routing, rest = found["routing"], found["rest"]
    serial = None
    if found := _SERIAL.fullmatch(rest):
        rest, serial = found["rest"], found["serial"]
    rest, precedence = _take_precedence(rest)
    return Addressee(routing=routing, name=rest, precedence=precedence, serial=serial, excluded=excluded)


def parse_addressees(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """Read the lines of a list; a line `XMT AMCONSUL ZENDA` belongs to the addressee before it."""
    addressees: list[Addressee] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if text.startswith("XMT ") and addressees:
            last = addressees[-1]
            addressees[-1] = replace(last, excluded=last.excluded + _plads(text[4:]))
        else:
            addressees.append(parse_addressee(text))
    return tuple(addressees)


def _plads(text: str) -> tuple[str, ...]:
    return tuple(plad.strip() for plad in text.split(",") if plad.strip())


def _take_precedence(text: str) -> tuple[str, str | None]:
    """Take the precedence off the end of an entry, NIACT before it kept."""
    before, _, word = text.rpartition(" ")
    if not before:
        return text, None
    precedence = word if word in _PRECEDENCES else None
    if precedence is None and len(word) >= _SHORTEST_TYPO and word[0] in "IPRF":
        precedence = next((known for known in _PRECEDENCES if is_close(word, known, 1)), None)
    if precedence is None:
        return text, None
    if before.endswith(" NIACT"):
        return before.removesuffix(" NIACT"), f"NIACT {precedence}"
    return before, precedence
