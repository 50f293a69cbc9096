"""Who signed a telegram: the surname at its end, and the trailer below it.

The name stands on a line of its own, on two, or behind the last sentence. What is no name (a level, a caption,
an abbreviation, the end of a comment) is never taken for one: no signer is better than a wrong one.
Source: 5 FAH-1 H-240.
"""

import re
from collections.abc import Sequence

import msgspec

from generator.lexicon import Lexicon

_TRAILER = re.compile(
    r"\s*(?:BT|N{3,4}|#\d{2,6}|>+|[-=_*]{3,}(?:[A-Za-z ]{1,30}[-=_*]{3,})?"
    r"|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE|RESTRICTED|C O N F I D E N T I A L|S E C R E T)\s*\Z"
)
_WORD = r"(?:[A-Z][A-Za-z'\u2019]*|de|van|von|la|le)"
_NAME = re.compile(rf"{_WORD}(?:[- ]{_WORD}){{0,2}}\s{{0,3}}[.#]{{0,5}}\Z")
_AFTER_SENTENCE = re.compile(
    r"(?P<before>.*[.!?][\"')\u201d]*)(?P<blanks>\s+)(?P<name>[A-Z][A-Za-z'\u2019-]+(?: [A-Z][A-Z'\u2019-]+)?)[.#]?\Z"
)
# Or the group of E.O. 10501, which stood at the end of a telegram until 1972.
_SENTENCE_END = re.compile(r"[.!?:\"')\u201d]\s*\Z|\A\s*(?:GP|GROUP)[- ]?[1-4]\.?\Z")
_X_RUN = re.compile(r"[Xx]{5,}")

_NEVER = frozenset(
    (
        "UNCLAS UNCLASSIFIED CONFIDENTIAL SECRET RESTRICTED SIPDIS NOFORN SENSITIVE COMMENT SUMMARY NOTE TEXT END "
        "BACKGROUND BT NNNN SECRETARY AMBASSADOR CHARGE EMBASSY CONCLUSION INTRODUCTION NOTAL UNQTE UNQUOTE "
        "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"
    ).split()
)
# A name behind one of these stands in its sentence.
_ABBREVIATIONS = (
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr.",
    "Gen.",
    "Col.",
    "Lt.",
    "St.",
    "Amb.",
    "Sen.",
    "Rep.",
    "MR.",
    "DR.",
    "GEN.",
    "U.S.",
)
_MOST_WORDS = 3
_SHORTEST_SENTENCE = 2  # words before a name on its line, a paragraph number among them
_SHORTEST_LAST_WORD = 6  # with its full stop, so that no title and no initial is one
_LONGEST = 40


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a telegram."""

    signer: str | None  # 'DE TARLENHEIM', upper case
    first: int  # index of the first line that is signature; that of the trailer where there is none
    trailer: int  # index of the first line of the trailer, len(lines) where there is none
    text_before: str | None = None  # what stands before the name on its line, None for a line of its own


def find_signature(lines: Sequence[str], start: int, lexicon: Lexicon) -> Signature:
    """Find signature and trailer at the end of lines[start:]."""
    trailer = _trailer_start(lines, start)
    last = trailer - 1
    while last >= start and not lines[last].strip():
        last -= 1
    nothing = Signature(signer=None, first=trailer, trailer=trailer)
    if last < start:
        return nothing
    line = lines[last].strip()
    goes_on = last > start and bool(lines[last - 1].strip())
    if found := _after_sentence(line, lexicon, goes_on=goes_on):
        return Signature(signer=found[1], first=last, trailer=trailer, text_before=found[0])
    if not _is_name(line, lexicon):
        return nothing
    above = lines[last - 1].strip() if last > start else ""
    if (
        above
        and _is_name(above, lexicon)
        and above.isupper()
        and last - 2 >= start
        and not lines[last - 2].strip()
    ):
        return Signature(signer=f"{above} {line}".upper(), first=last - 1, trailer=trailer)
    if above and not _SENTENCE_END.search(above) and "://" not in above:
        return nothing
    return Signature(signer=line.rstrip(".# ").upper(), first=last, trailer=trailer)


def _trailer_start(lines: Sequence[str], start: int) -> int:
    """Index of the first line of the trailer, blank lines above it not counted."""
    trailer = index = len(lines)
    while index > start:
        line = lines[index - 1]
        if line.strip():
            if not _TRAILER.match(line):
                break
            trailer = index - 1
        index -= 1
    return trailer


def _is_name(text: str, lexicon: Lexicon) -> bool:
    if len(text) > _LONGEST or not _NAME.match(text) or _X_RUN.search(text):
        return False
    words = text.rstrip(".# ").upper().split()
    if len(words) > _MOST_WORDS or any(word in _NEVER for word in words):
        return False
    return len(words) > 1 or (
        len(words[0]) > 1 and words[0] not in lexicon.abbreviations and words[0] not in lexicon.captions
    )


def _after_sentence(line: str, lexicon: Lexicon, *, goes_on: bool) -> tuple[str, str] | None:
    """The text before a name behind the last sentence, and the name: `END COMMENT. RASSENDYLL`.

    `goes_on` says that the sentence may have begun on the line above; then its last word alone is enough.
    """
    found = _AFTER_SENTENCE.match(line)
    if found is None or not _is_name(found["name"], lexicon):
        return None
    name, before = found["name"], found["before"]
    if before.endswith(_ABBREVIATIONS):
        return None
    ends_comment = before.upper().endswith(("COMMENT.", "NOTE.", "SUMMARY."))
    ends_word = goes_on and len(before.strip()) >= _SHORTEST_LAST_WORD
    if len(before.split()) < _SHORTEST_SENTENCE and not ends_comment and not ends_word:
        return None
    if not name.isupper() and not (ends_comment or len(found["blanks"]) > 1):
        return None
    return before, name.upper()
