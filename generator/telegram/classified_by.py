"""The classification authority: who classified a telegram, and for which reasons.

    block = 'Classified By' [':'] TEXT ('Reason' | 'for reasons') [':'] SECTION LETTERS ...

Reasons are sections of E.O. 12958: 1.5 before 2003, 1.4 after. They come in hundreds of spellings, and
hard wraps have cut words in two; both are read tolerantly, and only letters a to h count.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from generator.telegram.portion import parse_portion

_LABEL = re.compile(
    r"(?:\s*(?:CLAS+[A-Z]{0,8}\.?\s*BY\b|CLASSIFIED\s*(?=[:;])|DERIVED\s+FROM|DECLASSIFIED\s+BY)\s*[:;]?\s*)+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*¶?\s?\d{1,3}[.)]\s*")  # the block may be the first paragraph

# Where the reasons begin: the word, which is often mistyped, the order, or the section itself ('l.4' is 1.4).
_SECTION_DIGITS = r"(?<![\dA-Za-z.])[1lI]\s?[.,-]\s?(?P<section>[45])(?!\d)"
_REASONS = re.compile(
    rf"\b(?:REASON|RESAON|REAONS?|REASN|REASO|REASNO|REAOSN|RESON)S?\b|\bE\.?\s?O\.?\s*1[0-9]{{4}}\b|{_SECTION_DIGITS}",
    re.IGNORECASE,
)
_SECTION = re.compile(rf"{_SECTION_DIGITS}\s*")
_LETTERS = re.compile(
    r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])"
    r"|\A\s?[a-h]{2,4}(?![A-Za-z])"  # '1.4bd'
    r"|(?<=\()[A-Ha-h]{2,4}(?=\))"  # '1.4 (bd)'
)
# The letters end where a sentence begins, article and all, or another order is named.
_SENTENCE = re.compile(
    r"(?:\bA\s+)?(?<![A-Za-z])(?!(?:and|or|through|thru|sections?|reasons?|paras?)\b|[a-h]{3,4}\))[A-Za-z]{3,}|\bE\.?\s?O\b|\bof\b",
    re.IGNORECASE,
)
_BEFORE_REASONS = frozenset(
    ["", *"for the per pursuant to under in by with accordance section sections of following reason".split()]
)

# Words that an 80-column wrap has cut in two; joined only where both halves make one of these.
_WRAPPED_WORDS = frozenset(
    (
        "and reason reasons minister counselor ambassador charge officer deputy chief mission political "
        "economic section director consul general classified"
    ).split()
)
_WRAP = re.compile(r"(?P<first>[A-Za-z]+)\n\s*(?P<second>[A-Za-z]+)")
_LONGEST_INITIAL = 3  # 'Jr.', with its full stop
_LONGEST_REASONS = 400  # characters
_STRAY_BLANK = re.compile(r"\ba nd\b|\ban d\b", re.IGNORECASE)


class ClassifiedBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who classified, and why."""

    text: str | None  # 'Ambassador R. Rassendyll'; None where only reasons stand
    reasons: tuple[str, ...]  # ('1.4(b)', '1.4(d)')


def parse_classified_by(lines: Sequence[str]) -> ClassifiedBy:
    """Read the lines of a 'Classified By' block; never fails."""
    text = (
        _mend_wraps("\n".join([line.strip() for line in lines]))
        if len(lines) > 1
        else lines[0]
        if lines
        else ""
    )
    text = _without_mark(" ".join(text.split()))
    if label := _LABEL.match(text):
        text = _without_mark(text[label.end() :])
    found = _REASONS.search(text)
    if found is None:
        return ClassifiedBy(text=_who(text), reasons=())
    return ClassifiedBy(
        text=_who(text[: found.start()]),
        reasons=_reasons(text[found.start() : found.start() + _LONGEST_REASONS]),
    )


def _without_mark(text: str) -> str:
    """The text without a paragraph number and a portion marking in front."""
    if found := _NUMBER.match(text):
        text = text[found.end() :]
    portion = parse_portion(text) if text.startswith("(") else None
    return text[portion.end :] if portion else text


def _who(text: str) -> str | None:
    """A name and a title without what leads over to the reasons; the full stop of an initial stays."""
    words = text.strip(" ,;:-(").split(" ")
    while words and words[-1].strip(" ,;:-(").lower() in _BEFORE_REASONS:
        words.pop()
    who = " ".join(words).rstrip(" ,;:-(")
    if who.endswith(".") and len(who.rpartition(" ")[2]) > _LONGEST_INITIAL:
        who = who.rstrip(". ")
    return who or None


def _mend_wraps(text: str) -> str:
    def join(found: re.Match[str]) -> str:
        whole = found["first"] + found["second"]
        return whole if whole.lower() in _WRAPPED_WORDS else f"{found['first']} {found['second']}"

    return _WRAP.sub(join, text)


@lru_cache(maxsize=1024)
def _reasons(text: str) -> tuple[str, ...]:
    """Section and letter of each reason: '1.4 (b) a nd (d)' is 1.4(b) and 1.4(d)."""
    text = _STRAY_BLANK.sub("and", text)
    sections = list(_SECTION.finditer(text))
    reasons: dict[str, None] = {}
    ends = [*(found.start() for found in sections[1:]), len(text)]
    for found, end in zip(sections, ends, strict=False):
        letters = text[found.end() : end]
        if sentence := _SENTENCE.search(letters):
            letters = letters[: sentence.start()]
        for run in _LETTERS.findall(letters):
            for letter in run.strip().lower():
                reasons[f"1.{found['section']}({letter})"] = None
    return tuple(reasons)
