"""Tells a telegram from other text by a look at its first lines, without reading it.

A page that explains telegrams shows pieces of them, as Markdown's indented or fenced code: those are passed
over, as no line of a telegram's header is indented that far.
"""

import re

_LOOKED_AT = 60  # lines
_LONGEST = 200  # characters of a line that are looked at, on average
_ENOUGH = 2  # different kinds of line

_FENCE = re.compile(r" {0,3}(?:```|~~~)")

_LINES = (
    re.compile(r"VZCZC[A-Z]"),
    re.compile(r"(?:ZZ|OO|PP|RR) R[A-Z]{3,7}\b"),
    re.compile(r"DE R[A-Z]{3,7} #\d"),
    re.compile(r"ZN[RY] [A-Z]{5}\b"),
    re.compile(r"(?:[ZOPR] ){0,2}\d{6}Z [A-Za-z]{3} \d\d"),
    re.compile(r"FM (?:AM|US|SEC)[A-Z]"),
    re.compile(r"E\. ?O\. ?\d{5}\b|EO ?\d{5}\b"),
    re.compile(r"TAGS?(?:[:;,]| )[ \t]*[A-Z\[]"),
    re.compile(r"SUBJ(?:ECT)?(?::| ?:)[ \t]*\S"),
    re.compile(
        r"(?:UNCLAS|C O N F I D E N T I A L|S E C R E T|CONFIDENTIAL|SECRET)\b"
        r"[^\d]*+(?:\d\d? OF \d\d?[^\d]*+)?\d{2,7}\Z"
    ),
)


def looks_like_telegram(text: str) -> bool:
    """Whether at least two kinds of header line stand among the first lines."""
    seen: set[int] = set()
    in_fence = False
    for line in text[: _LOOKED_AT * _LONGEST].splitlines()[:_LOOKED_AT]:
        if _FENCE.match(line):
            in_fence = not in_fence
        stripped = line.strip()
        if in_fence or line.startswith(("    ", "\t")) or not stripped:
            continue
        for kind, pattern in enumerate(_LINES):
            if kind not in seen and pattern.match(stripped):
                seen.add(kind)
                if len(seen) >= _ENOUGH:
                    return True
    return False
