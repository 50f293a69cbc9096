"""Reference ids: the name of a cable among cables, '08ASTANA2165'.

id = YEAR(2) POST SERIAL: the post without blanks, the serial without leading zeros. Every spelling of
an id becomes this one form; `lexicon` knows the other names of posts.
Source: 5 FAH-2 on message reference numbers, and the ids of published archives.
"""

import re

from generator.lexicon import Lexicon
from generator.telegram.dtg import full_year

_WRITTEN = re.compile(
    r"\s*'?(?P<year>\d{4}|\d\d)[\s.'-]*(?P<post>[A-Z][A-Z .'-]*?)[\s.-]*(?P<serial>\d{1,10})\s*",
    re.IGNORECASE,
)

_CANONICAL = re.compile(r"(\d\d)([A-Z]+)([1-9]\d*)")

LONGEST_SERIAL = 7


def make_id(year: int, post: str, serial: int) -> str:
    """The id of a cable, from a four-digit year, a post key and a serial."""
    return f"{year % 100:02d}{post}{serial}"


def canonical_id(written: str, lexicon: Lexicon) -> str | None:
    """The one form of an id, from any of its spellings: '2008 astana 002165', '08-ASTANA-2165'.

    Returns None when `written` is no id as a whole.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    post = lexicon.post_key(found["post"])
    serial = int(found["serial"])
    if not post or not serial or serial >= 10**LONGEST_SERIAL:
        return None
    return make_id(full_year(found["year"]), post, serial)


def split_id(id_: str) -> tuple[int, str, int]:
    """Year, post and serial of a canonical id. Raises ValueError for anything else."""
    found = _CANONICAL.fullmatch(id_)
    if found is None:
        raise ValueError(f"{id_!r} is no canonical reference id")
    return full_year(found[1]), found[2], int(found[3])
