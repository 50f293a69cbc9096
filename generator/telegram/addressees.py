"""Who a telegram goes to: the entries of the TO and INFO lists.

addressee = [ROUTING '/'] PLAD [PRECEDENCE] [SERIAL] | 'XMT' PLAD
An entry is read from its end, so that a place name with digits or commas is never cut. Which lines
belong to a list is for `transmission` to say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from generator.telegram.cable import Addressee
from generator.telegram.spelling import is_close

_ROUTING = re.compile(r"[A-Z]{4,8}")
_LONGEST_SERIAL = 6
_SHORTEST_SERIAL = 3
_XMT = re.compile(r"(?P<before>.*?),?\s*\bXMT\b:?\s+(?P<excluded>.+)")

_PRECEDENCES = ("IMMEDIATE", "PRIORITY", "ROUTINE", "FLASH")

# A misspelled precedence is at least this long; shorter words are places.
_SHORTEST_TYPO = 5

# What the PLAD of a post begins with.
PREFIXES = (
    "AMEMBASSY",
    "AMCONSUL",
    "AMCONGEN",
    "USMISSION",
    "SECSTATE",
    "USINT",
    "USLO",
    "USDEL",
    "USOFFICE",
    "AIT ",
    "US",
)


def parse_addressee(text: str) -> Addressee:
    """Read one entry, `RUEHC/SECSTATE WASHDC PRIORITY 3716`; never fails."""
    rest, serial = text, None
    words = text.rsplit(None, 1)
    if len(words) > 1 and words[1].isdecimal() and _SHORTEST_SERIAL <= len(words[1]) <= _LONGEST_SERIAL:
        rest, serial = words
    routing, name, precedence, excluded = _read_entry(rest)
    return Addressee(routing=routing, name=name, precedence=precedence, serial=serial, excluded=excluded)


@lru_cache(maxsize=4096)
def _read_entry(rest: str) -> tuple[str | None, str, str | None, tuple[str, ...]]:
    """Routing, PLAD, precedence and exclusions of an entry without its serial; an archive repeats a few thousand."""
    rest = " ".join(rest.split())
    excluded: tuple[str, ...] = ()
    if " XMT " in rest and (found := _XMT.match(rest)) and found["before"]:
        rest, excluded = found["before"], _plads(found["excluded"])
    routing = None
    first, stroke, name = rest.partition("/")
    if stroke and name and _ROUTING.fullmatch(first := first.rstrip()):
        routing, rest = first, name.lstrip()
    name, precedence = _take_precedence(rest)
    return routing, name, precedence, excluded


def parse_addressees(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """Read the lines of a list; a line `XMT AMCONSUL ZENDA` belongs to the addressee before it."""
    addressees: list[Addressee] = []
    excluded: list[str] = []  # from the last of them, by lines of their own
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if text.startswith("XMT ") and addressees:
            excluded += _plads(text[4:])
            continue
        if excluded:
            _exclude(addressees, excluded)
            excluded = []
        addressees.append(parse_addressee(text))
    if excluded:
        _exclude(addressees, excluded)
    return tuple(addressees)


def _exclude(addressees: list[Addressee], excluded: list[str]) -> None:
    """Take posts out of the last addressee, which is a collective."""
    last = addressees[-1]
    addressees[-1] = replace(last, excluded=(*last.excluded, *excluded))


def doubts(addressees: Sequence[Addressee]) -> Iterator[tuple[str, str]]:
    """What is doubtful about the entries of a list: a name, and what is to be said of it."""
    for before, addressee in pairwise([None, *addressees]):
        if addressee is None:
            continue
        if addressee.name.startswith("XMT "):
            yield addressee.name, "XMT takes posts out of a collective, and none stands before it"
        elif (
            before is not None
            and before.routing is not None
            and before.serial is None
            and before.precedence is None
            and addressee.routing is None
            and not addressee.name.startswith(PREFIXES)
        ):
            yield addressee.name, "this is perhaps the end of the line before it"


def _plads(text: str) -> tuple[str, ...]:
    return tuple(plad.strip() for plad in text.split(",") if plad.strip())


def _precedence(word: str) -> str | None:
    """The precedence that a word is, or mistypes in one letter."""
    if word in _PRECEDENCES:
        return word
    if len(word) < _SHORTEST_TYPO or word[0] not in "IPRF":
        return None
    return next((known for known in _PRECEDENCES if is_close(word, known, 1)), None)


def _take_precedence(text: str) -> tuple[str, str | None]:
    """Take the precedence off the end of an entry, NIACT before it kept."""
    before, _, word = text.rpartition(" ")
    if not before:
        return text, None
    precedence = _precedence(word)
    if precedence is None:
        return text, None
    before = before.removesuffix(f" {precedence}")  # written twice
    if before.endswith(" NIACT"):
        return before.removesuffix(" NIACT"), f"NIACT {precedence}"
    return before, precedence
