"""A parser of what anyone may send takes time in proportion to the length of it, whatever stands there.

Each piece is repeated to a quarter of the length and to the whole of it, alone and inside a telegram's body or header.
Four times the length may take four times the time, and some for luck: a square would take sixteen times as long.
`make proof` goes up to a megabyte; those that then take longer than a second are printed by `pytest -rP`.
"""

import gc
import os
import time
from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from generator import parse_cable

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
WHOLE = (1024 if IS_PROOF else 128) * 1024
MOST = 4 * 1.6  # how many times longer the whole may take than its quarter
SLACK = 0.03  # seconds
SLOW = 1.0  # seconds that are worth telling
TRIES = 3

TRANSMISSION = "P 141230Z FEB 08\nFM AMEMBASSY STRELSAU\nTO RUEHC/SECSTATE WASHDC PRIORITY 0456\n"
MESSAGE = f"{TRANSMISSION}\nC O N F I D E N T I A L STRELSAU 000123\n\nE.O. 12958: N/A\nTAGS: PGOV\nSUBJECT: THE TOWER\n\n"
BODY = f"{MESSAGE}1. (C) "

# Repeated as they are, without line ends of their own: one line of a megabyte, or as many lines as they have.
CHARACTERS = [
    "(",
    ")",
    " ",
    "\t",
    "\n",
    "\r",
    "-",
    "=",
    "¶",
    "1",
    "X",
    "x",
    "A",
    ".",
    ",",
    ":",
    ";",
    "/",
    '"',
    "|",
    "\x00",
    "\u00a0",
    "\\",
    "<",
    "[",
    "#",
]
LINES = [
    "1.", "1. ", "1.\n", "A ", "A. ", "S E C R E T ", "C O N F I D E N T I A L ", "TAGS: ", "TAGS: PGOV\n", "TAGS: [", "[PGOV](#) ",
    "¶1. (C) ", "¶1. (C) Text.\n", "-- ", "-- item\n", "(a) item\n", "a. ", "PAGE 02 ", "PAGE 02        STRELS  00123  141230Z\n",
    "STRELSAU 00000123  002 OF 003\n", "REF: A. ", "REF: ZENDA 12, ", "REF: ZENDA 12\n", "A. ZENDA 12 ", "SUBJECT: ", "SUBJECT: A\n",
    "E.O. 12958: ", "Classified By: ", "Reason: 1.4 (b) and ", "SIPDIS\n", "SIPDIS ", "STATE FOR EUR ", "INFO ", "INFO RUEHQK/AMEMBASSY SLAVNA\n",
    "RUEHQK ", "RUEHQK/AMEMBASSY SLAVNA 0012\n", "XMT AMCONSUL ZENDA\n", "UNCLAS STRELSAU 000123\n", "UNCLAS SECTION 01 OF 02 STRELSAU 000123\n",
    "SECTION 01 OF ", "VZCZCXRO0042\n", "P 141230Z FEB 08\n", "P 141230Z FEB 08 ", "Post          Sheep   Dogs\n", "a   b   ", "Post | Sheep\n",
    "----\nHeading\n", "Heading\n----\n", "---- ", "BEGIN TEXT\n", "BEGIN TEXT:\n\n1. Text.\n\n", "END TEXT\n", "END SUMMARY. ", "SUMMARY: ",
    "COMMENT: Text.\n\n", '"Text ', "(Text ", "(S//REL A, B, ", "RASSENDYLL\n", "RASSENDYLL ", "long words without an end ", "word-", "\n\n",
    "Text.\n\n", "11. (C) Text.\n\n", "Message Attributes\n", "Subject: x\n", "Tuesday, 14 February 2006\n", "NNNN\n", "BT\n", "&amp;", "¶\n",
]  # fmt: skip
PLACES = {
    "alone": "",
    "in the transmission header": TRANSMISSION,
    "in the message header": MESSAGE,
    "in the body": BODY,
}


def seconds(text: str, tries: int) -> float:
    """The shortest of several runs, without the collector's pauses, which follow from what other tests have left."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(tries):
            start = time.process_time()
            parse_cable(text)
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best


def cases() -> Iterator[ParameterSet]:
    for piece in [*CHARACTERS, *LINES]:
        for place in PLACES:
            yield pytest.param(piece, place, id=f"{piece!r} {place}")


@pytest.mark.parametrize(("piece", "place"), list(cases()))
def test_time_follows_length(piece: str, place: str) -> None:
    def text(size: int) -> str:
        return PLACES[place] + piece * (size // len(piece))

    quarter, whole = seconds(text(WHOLE // 4), 2), seconds(text(WHOLE), 1)
    if whole > MOST * quarter + SLACK:  # once may be chance
        quarter, whole = seconds(text(WHOLE // 4), TRIES), seconds(text(WHOLE), TRIES)
    if whole > SLOW:
        print(f"{piece!r} {place}: {whole:.1f} s for {WHOLE // 1024} KB")
    assert whole <= MOST * quarter + SLACK, f"{quarter:.2f} s for a quarter, {whole:.2f} s for the whole"
