"""Tells a telegram from other text by a look at its first lines, without reading it."""

import re

_LOOKED_AT = 60  # lines
_ENOUGH = 2  # different kinds of line

_LINES = (
    re.compile(r"\s*VZCZC[A-Z]"),
    re.compile(r"\s*(?:ZZ|OO|PP|RR) R[A-Z]{3,7}\b"),
    re.compile(r"\s*DE R[A-Z]{3,7} #\d"),
    re.compile(r"\s*ZN[RY] [A-Z]{5}\b"),
    re.compile(r"\s*(?:[ZOPR] ){0,2}\d{6}Z [A-Za-z]{3} \d\d"),
    re.compile(r"\s*FM (?:AM|US|SEC)[A-Z]"),
    re.compile(r"\s*E\.?O\.? ?\d{5}\b"),
    re.compile(r"\s*TAGS?:? "),
    re.compile(r"\s*SUBJ(?:ECT)?:? [A-Z]"),
    re.compile(r"\s*(?:UNCLAS|C O N F I D E N T I A L|S E C R E T|CONFIDENTIAL|SECRET)\b.*\d{3,6}\s*\Z"),
)


def looks_like_telegram(text: str) -> bool:
    """Whether at least two kinds of header line stand among the first lines."""
    seen: set[int] = set()
    for line in text[: _LOOKED_AT * 200].split("\n", _LOOKED_AT)[:_LOOKED_AT]:
        for kind, pattern in enumerate(_LINES):
            if kind not in seen and pattern.match(line):
                seen.add(kind)
                if len(seen) >= _ENOUGH:
                    return True
    return False
