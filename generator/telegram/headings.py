"""Headings in the text: short lines with a rule below, lines in capitals that stand alone, and the usual words."""

import re
from collections.abc import Sequence

_RULE_STARTS = frozenset("-=_* \t")
_RULE_ENDS = frozenset("-=_")
_TRAILING_RULE = re.compile(r"(?P<heading>.*\S)\s+[-=_]{4,}\Z")
_USUAL = re.compile(
    r"(?:SUMMARY|COMMENT|BACKGROUND|INTRODUCTION|CONCLUSION|ACTION REQUEST(?:ED)?|BIO(?:GRAPHIC)? NOTE|NEXT STEPS|OVERVIEW"
    r"|SUMMARY AND COMMENT|POST COMMENT|NOTE|DISCUSSION|ANALYSIS|RECOMMENDATIONS?|GUIDANCE|OBJECTIVES|TALKING POINTS)[.:]?\Z",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-z]{2}")
_CONNECTIVES = frozenset(
    ("a an and as at but by for from in into nor of on or over the to under vs with").split()
)

LONGEST = 75


def is_rule(line: str) -> bool:
    """Whether a line is a rule: four or more dashes or equal signs, blanks among them or not."""
    # Asked of every line: most begin with a letter.
    if line[:1] not in _RULE_STARTS:
        return False
    signs = "".join(line.split())
    return len(signs) > 3 and not signs.strip("-=_*")


def without_rule(line: str) -> str | None:
    """The heading of a line that ends in its own rule, `BACKGROUND ---------`; None for another line."""
    if line[-1:] not in _RULE_ENDS:
        return None
    found = _TRAILING_RULE.match(line)
    return found["heading"] if found and may_be_heading(found["heading"]) else None


def may_be_heading(line: str) -> bool:
    """Whether a line could be a heading where a rule says so: short, with letters, no sentence of its own."""
    text = line.strip()
    return (
        0 < len(text) <= LONGEST and _LETTER.search(text) is not None and not text.endswith((".", ",", ";"))
    )


def is_heading_alone(line: str) -> bool:
    """Whether a line that stands alone is a heading without a rule to say so."""
    text = line.strip()
    if _USUAL.match(text):
        return True
    if not may_be_heading(text) or text.endswith((":", "-")) or "   " in text:
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return text.isupper() and len(set(letters)) > 2


def is_title(line: str) -> bool:
    """Whether a line is in title case; believed as a heading only where a numbered paragraph follows."""
    if not may_be_heading(line) or line.rstrip().endswith(":") or is_spaced_or_marked(line):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return (
        bool(words)
        and words[0][0].isupper()
        and all(word[0].isupper() or word in _CONNECTIVES for word in words)
    )


def is_spaced_or_marked(line: str) -> bool:
    """Whether a line has columns or opens with a marker, so that it is no title."""
    text = line.strip()
    return "   " in text or text[:1] in "-*•(¶" or text[:1].isdigit()


def heading_extent(lines: Sequence[str], start: int) -> tuple[int, int, int] | None:
    """A heading that rules set off, at lines[start]: first and last line of its words, index behind it all.

    Lines of one chunk: `[rule] words [words] rule`. None where there is no such heading.
    """
    at = start
    if is_rule(lines[at]):
        at += 1
    first = at
    while at < len(lines) and at - first < 2 and may_be_heading(lines[at]) and not is_rule(lines[at]):
        at += 1
    if at == first or at >= len(lines) or not is_rule(lines[at]):
        return None
    return first, at - 1, at + 1
