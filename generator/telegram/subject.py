"""The subject: one line made of one to five.

Which lines belong to it is decided here, since the blank line that should end it is often missing.
"""

import re
from collections.abc import Sequence

from generator.telegram.portion import parse_portion

_LABEL = re.compile(r"\s*SUBJ(?:ECT)?\b\s*[:;.]?\s*", re.IGNORECASE)

# What may stand directly under a subject and is no part of it.
_END = re.compile(
    r"\s*(?:REF(?:S|TELS?|ERENCES?|\(S\))?\b\s*(?:[:;(]|[A-Z]\b|(?:'?\d{2,4}\s+)?[A-Z][A-Z ]*\s\d+\b)|REASONS?\s*:"
    r"|CLASS(?:IFIED|\.)?\s*BY\b|DERIVED FROM\b|TAGS?\b\s*[:;]"
    r"|E\.?\s?O\.?\s*\d{5}|(?:BEGIN\s+)?SUMMARY\b|¶?\(?A[.)]\s|[-=]{3,}|[-=]\s*$"
    r"|¶?\s?\d{1,3}[.):]\s*(?:\(|[A-Z]|$)|\((?:U|C|S|TS|SBU|LOU|FOUO)\)\s+\S"
    r"|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,?\s+\d|PAGE\s+\d\d\s|.*\s\d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3})",
    re.IGNORECASE,
)

LONGEST = 5  # lines

_FINAL_MARK = re.compile(r"(?P<subject>.*\S)\s+(?P<mark>\([A-Z/ -]{1,20}\))")
_WRAPPED_HYPHEN = re.compile(r"(?<=[A-Za-z.]-)\n\s*(?=[A-Za-z])")


def subject_extent(lines: Sequence[str], start: int) -> int:
    """The index behind the last line of the subject that opens at lines[start]."""
    stop = start + 1
    while stop < min(len(lines), start + LONGEST) and lines[stop].strip() and not _END.match(lines[stop]):
        stop += 1
    return stop


def is_cut(lines: Sequence[str], start: int) -> bool:
    """Whether the subject at lines[start] goes on behind as many lines as a subject has."""
    stop = subject_extent(lines, start)
    return stop == start + LONGEST < len(lines) and bool(lines[stop].strip()) and not _END.match(lines[stop])


def parse_subject(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The subject of its lines, label taken off, and its portion marking; either may be None.

    A hyphen at the end of a line stays, and the next line joins it without a blank.
    """
    text = "\n".join(lines)
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if "-\n" in text:
        text = _WRAPPED_HYPHEN.sub("", text)
    subject = " ".join(text.split())
    portion = parse_portion(subject)
    if portion is not None:
        return subject[portion.end :].strip() or None, portion.marking
    if (
        subject.endswith(")")
        and (found := _FINAL_MARK.fullmatch(subject))
        and (portion := parse_portion(found["mark"]))
    ):
        return found["subject"], portion.marking
    return subject or None, None
