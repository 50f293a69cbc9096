"""Reference ids: the name of a cable among cables, '08ASTANA2165'.

id = YEAR(2) POST SERIAL: the post without blanks, the serial without leading zeros. Every spelling of
an id becomes this one form; `lexicon` knows the other names of posts. Programs that made ids of the
classification line have left other words of it in them, '08SECTION01OF02STRELSAU123'; those are taken out.
Source: 5 FAH-2 on message reference numbers, and the ids of published archives.
"""

import re
from functools import lru_cache

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.dtg import full_year
from generator.telegram.post import other_post_key, post_key
from generator.telegram.spelling import is_close

# A letter behind the id, '2008STRELSAU123_a', names a collection.
_WRITTEN = re.compile(
    r"\s*['\u2019]?(?P<year>\d{4}|\d\d)[\s.'-]*(?P<post>[A-Z][A-Z .'-]*?)[\s.-]*(?P<serial>\d{1,10})(?:_[A-Z])?\s*",
    re.IGNORECASE,
)

_CANONICAL = re.compile(r"(\d\d)([A-Z]+)([1-9]\d*)")

# Words of the classification line, before and behind the post and behind the serial.
_BEFORE = (
    "UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|EFTO|NOFORN|SENSITIVE|SIPDIS|FOUO|AMEMBASSY|AMCONSUL|AMCONGEN"
    "|USMISSION|EMBASSY|CONSULATE"
)
_BETWEEN = "SUSPECTEDDUPLICATE|CORRECTEDCOPY|SIPDIS|NOFORN|ZFR|ZDK|ZDS|ZFD|ZFF"
_SERIES = "TOSEC|SECTO|PARTO"
_LEAKED = re.compile(
    rf"(?P<year>\d{{4}}|\d\d)(?:{_BEFORE})*(?:(?P<section>[A-Z]{{4,9}})\d{{1,2}}OF\d{{1,2}})?(?:{_BEFORE})*"
    rf"(?P<post>[A-Z]+?)(?:{_BETWEEN})*(?P<serial>\d{{1,10}})(?:(?:{_BETWEEN}|{_SERIES})\d*)*"
)
_SERIES_AS_POST = re.compile(rf".+(?:{_SERIES})")
_NOT_IN_AN_ID = re.compile(r"[\s.'\u2019-]+")

LONGEST_SERIAL = 7
_LONGEST_ID = 80  # characters, with all that may have leaked into it


class ReferenceId(msgspec.Struct, frozen=True, kw_only=True):
    """An id read from one of its spellings."""

    id: str  # canonical, '08STRELSAU123'
    repaired: bool  # words of the classification line were taken out


def make_id(year: int, post: str, serial: int) -> str:
    """The id of a cable, from a four-digit year, a post key and a serial."""
    return f"{year % 100:02d}{post}{serial}"


def canonical_id(written: str, lexicon: Lexicon) -> str | None:
    """The one form of an id, from any of its spellings: '2008 astana 002165', '08-ASTANA-2165'.

    Returns None when `written` is no id as a whole.
    """
    plain = _CANONICAL.fullmatch(written)
    if plain and written.isascii() and len(plain[3]) <= LONGEST_SERIAL and _is_plain(plain[2], lexicon):
        return written
    found = read_id(written, lexicon)
    return found.id if found else None


@lru_cache(maxsize=4096)
def _is_plain(post: str, lexicon: Lexicon) -> bool:
    """Whether an id with these letters between year and serial is read as it stands; an archive has few posts."""
    return read_id(f"08{post}1", lexicon) == ReferenceId(id=f"08{post}1", repaired=False)


def read_id(written: str, lexicon: Lexicon) -> ReferenceId | None:
    """The one form of an id, and whether foreign words had to be taken out of it.

    '08SECTIN01OF02STRELSAU123' is 08STRELSAU123, repaired. None when `written` is no id as a whole, or has no serial.
    """
    if len(written) > _LONGEST_ID:
        return None
    found = _WRITTEN.fullmatch(written)
    if found is not None and post_key(found["post"], lexicon) in lexicon.posts:
        return _id_of(found, lexicon, repaired=False)
    squeezed = _NOT_IN_AN_ID.sub("", written.upper())
    leaked = _LEAKED.fullmatch(squeezed)
    if leaked is None or (leaked["section"] and not is_close(leaked["section"], "SECTION", 2)):
        return _id_of(found, lexicon, repaired=False) if found else None
    if _SERIES_AS_POST.fullmatch(leaked["post"]):
        return None
    clean = found is not None and squeezed.startswith(leaked["year"] + leaked["post"] + leaked["serial"])
    return _id_of(leaked, lexicon, repaired=not clean)


def _id_of(found: re.Match[str], lexicon: Lexicon, *, repaired: bool) -> ReferenceId | None:
    post, serial = post_key(found["post"], lexicon), int(found["serial"])
    if not post or not serial or serial >= 10**LONGEST_SERIAL:
        return None
    return ReferenceId(id=make_id(full_year(found["year"]), post, serial), repaired=repaired)


# A cable and its entry ask for the same ids one after the other.
@lru_cache(maxsize=4096)
def split_id(id_: str) -> tuple[int, str, int]:
    """Year, post and serial of a canonical id. Raises ValueError for anything else."""
    found = _CANONICAL.fullmatch(id_)
    if found is None:
        raise ValueError(f"{id_!r} is no canonical reference id")
    return full_year(found[1]), found[2], int(found[3])


def other_name(id_: str, lexicon: Lexicon) -> str | None:
    """A canonical id by the other name of its post, '08KYIV12' for '08KIEV12'; None where the post has one name."""
    year, post, serial = split_id(id_)
    other = other_post_key(post, lexicon)
    return make_id(year, other, serial) if other else None
