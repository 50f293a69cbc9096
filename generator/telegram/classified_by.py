"""The classification authority: who classified a telegram, and for which reasons.

    block = 'Classified By' [':'] TEXT ('Reason' | 'for reasons') [':'] SECTION LETTERS ...

Reasons are sections of E.O. 12958: 1.5 before 2003, 1.4 after. They come in hundreds of spellings, and
hard wraps have cut words in two; both are read tolerantly, and only letters a to h count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LABEL = re.compile(
    r"(?:\s*(?:CLASS(?:IFIED|\.)?\s*BY|DERIVED\s+FROM|DECLASSIFIED\s+BY)\s*[:;]?\s*)+", re.IGNORECASE
)
_REASON = re.compile(
    r"[\s,;(]*(?:\b(?:FOR\s+)?(?:THE\s+)?REASONS?\b|\bE\.?\s?O\.?\s*(?:12958|13292|13526)\b)", re.IGNORECASE
)
_SECTION = re.compile(r"(?<!\d)1\s?[.,]\s?(?P<section>[45])(?!\d)\s*")
_LETTER = re.compile(r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])")

# Words that an 80-column wrap has cut in two; joined only where both halves make one of these.
_WRAPPED_WORDS = frozenset(
    (
        "and reason reasons minister counselor ambassador charge officer deputy chief mission political "
        "economic section director consul general classified"
    ).split()
)
_WRAP = re.compile(r"(?P<first>[A-Za-z]+)\n\s*(?P<second>[A-Za-z]+)")
_LONGEST_INITIAL = 3  # 'Jr.', with its full stop
_STRAY_BLANK = re.compile(r"\ba nd\b|\ban d\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedBy:
    """Who classified, and why."""

    text: str | None  # 'Ambassador R. Rassendyll'; None where only reasons stand
    reasons: tuple[str, ...]  # ('1.4(b)', '1.4(d)')


def parse_classified_by(lines: Sequence[str]) -> ClassifiedBy:
    """Read the lines of a 'Classified By' block; never fails."""
    text = " ".join(_mend_wraps("\n".join(line.strip() for line in lines)).split())
    label = _LABEL.match(text)
    start = label.end() if label else 0
    reason = _REASON.search(text, start)
    section = _SECTION.search(text, start)
    cut = min((found.start() for found in (reason, section) if found), default=len(text))
    who = text[start:cut].strip(" ,;:-(")
    if who.endswith(".") and len(who.rpartition(" ")[2]) > _LONGEST_INITIAL:
        who = who.rstrip(". ")
    return ClassifiedBy(text=who or None, reasons=_reasons(text[cut:]))


def _mend_wraps(text: str) -> str:
    def join(found: re.Match[str]) -> str:
        whole = found["first"] + found["second"]
        return whole if whole.lower() in _WRAPPED_WORDS else f"{found['first']} {found['second']}"

    return _WRAP.sub(join, text)


def _reasons(text: str) -> tuple[str, ...]:
    """Section and letter of each reason: '1.4 (b) a nd (d)' is 1.4(b) and 1.4(d)."""
    text = _STRAY_BLANK.sub("and", text)
    sections = list(_SECTION.finditer(text))
    reasons: dict[str, None] = {}
    ends = [*(found.start() for found in sections[1:]), len(text)]
    for found, end in zip(sections, ends, strict=False):
        letters = text[found.end() : end]
        for letter in _LETTER.findall(_before_sentence(letters)):
            reasons[f"1.{found['section']}({letter.lower()})"] = None
    return tuple(reasons)


def _before_sentence(text: str) -> str:
    """Letters of reasons stand before the next words; 'a' in a later sentence is an article."""
    words = re.search(
        r"(?<![A-Za-z])(?!and\b|or\b|through\b|sections?\b|reasons?\b|paras?\b)[A-Za-z]{3,}",
        text,
        re.IGNORECASE,
    )
    return text[: words.start()] if words else text
