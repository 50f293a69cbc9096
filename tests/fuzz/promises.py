"""What `parse_cable` promises for any text, as one check; and how a text that breaks it is made small."""

import json
import re
import time

from generator import parse_cable

LONGEST = 4 * 1024  # letters of a text that is timed; it is repeated for that
TIMED = 16 * 1024  # letters of the shorter of the two texts that are timed
MOST = 4 * 2.0  # how many times longer the fourfold text may take
SLACK = 0.05  # seconds


class PromiseBroken(Exception):
    """A text for which a promise does not hold."""


def check(text: str, *, timed: bool = False) -> None:
    """Raise PromiseBroken if parsing raises or loses something; with `timed` also if time is not linear."""
    try:
        cable = parse_cable(text)
        json.dumps(cable.to_dict())
    except Exception as error:
        raise PromiseBroken(f"{type(error).__name__}: {error}") from error
    unified = re.sub("\r\n?", "\n", text)
    kept = "".join(part.text for part in cable.parts)
    if kept != unified:
        raise PromiseBroken(f"the parts give {kept!r}")
    lines = [part.line for part in cable.parts]
    if lines != sorted(set(lines)):
        raise PromiseBroken(f"the parts stand at lines {lines}")
    if timed and text and len(text) <= LONGEST:
        _check_time(text * (TIMED // len(text) + 1))


def _check_time(text: str) -> None:
    short, long = _seconds(text), _seconds(text * 4)
    if long > MOST * short + SLACK:  # once may be chance
        short, long = min(_seconds(text) for _ in range(3)), min(_seconds(text * 4) for _ in range(3))
    if long > MOST * short + SLACK:
        raise PromiseBroken(
            f"{short:.2f} s repeated to {len(text)} letters, {long:.2f} s to four times as many"
        )


def _seconds(text: str) -> float:
    start = time.process_time()
    parse_cable(text)
    return time.process_time() - start


def is_broken(text: str, *, timed: bool) -> bool:
    try:
        check(text, timed=timed)
    except PromiseBroken:
        return True
    return False


def minimise(text: str, *, timed: bool = False) -> str:
    """A shorter text that breaks a promise too: halves, lines and letters are left out while it still does."""
    size = max(1, len(text) // 2)
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if is_broken(shorter, timed=timed):
                text = shorter
            else:
                at += size
        size //= 2
    return text
