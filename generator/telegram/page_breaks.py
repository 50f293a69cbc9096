"""Page lines and section breaks inside the text: set aside, and the sentence they cut joined.

    page line = POST SERIAL(8) PAGE(3) 'OF' TOTAL(3)        'STRELSAU 00000123  002 OF 003'
    old form  = 'PAGE' nn POST(6) SERIAL ... TIME           'PAGE 02        STRELS  01234  141530Z'

A page line counts only where its serial is the telegram's own, since tables hold similar numbers. Captions and
levels that are printed again on each page go with it. Where a telegram's sections stand one after the other in
one text, what is repeated at the head of the later ones is such a break too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.lexicon import Lexicon
from generator.telegram.classification import LONGEST, parse_classification_line
from generator.telegram.message_header import MessageHeader, read_message_header
from generator.telegram.message_number import MessageNumber
from generator.telegram.source_text import SourceText
from generator.telegram.transmission import is_transmission_line

_PAGE = re.compile(
    r"\s*(?P<post>[A-Z][A-Z .'-]*?)\s+(?P<serial>\d{8})\s+(?P<page>\d{3})(?:\.\d)?\s+OF\s+(?P<total>\d{3})\s*\Z"
)
_OLD_PAGE = re.compile(
    r"\s*PAGE\s+(?P<page>\d\d)\s+(?P<post>[A-Z][A-Z .'-]*?)\s+(?P<serial>\d{2,6})\s+"
    r"(?:(?:SECTION\s+)?\d\d\s+OF\s+(?P<total>\d\d)\s+)?\d{6}Z(?:\s+\S+)?\s*\Z"
)
_RUNNING = re.compile(
    r"\s*(?:SIPDIS|NOFORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|FOUO|EFTO|E\s?2|NNNN?|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET"
    r"|TOP SECRET|LIMITED OFFICIAL USE|C O N F I D E N T I A L|S E C R E T|SENSITIVE SIPDIS|SIPDIS NOFORN)\s*\Z"
)
_END_OF_SECTION = re.compile(r"\s*(?:END OF SECTION\b.*|FINAL SECTION OF \d+)\s*\Z", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:[A-Z][A-Za-z.' ]{0,40}\s)?Declassified/Released\s+.*(?:Systematic Review|\d{4})\s*.*"
)

# One of these stands on every such line.
_WORDS = ("OF", "PAGE", "Released", "of section", "of Section")

_SENTENCE_END = re.compile(r"[.!?:][\"')\u201d\u2019]*\Z")
_NEW_SENTENCE = re.compile(r"\s*[\"'(\u201c\u2018]?[A-Z0-9]")
_STRUCTURE = re.compile(
    r"\s{0,3}¶?\s?\d{1,3}[.)](?:\s|\(|$)|\s*(?:--?|\*|o)\s|\s*\(?[a-zA-Z0-9]{1,2}\)\s|\s*¶|.*\S\s{3,}\S.*\s{3,}\S|[-=_ ]{4,}\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """Lines to set aside, and whether the lines above and below are one paragraph."""

    first: int  # index of the first line of the break, blank lines around it included
    last: int  # index of its last
    line: int  # index of the page line itself
    joins: bool  # the break stands inside a sentence
    page: int | None = None
    total: int | None = None
    section: int | None = None  # the section that begins behind the break
    header: MessageHeader | None = None  # what that section repeats of the message header


def find_page_breaks(
    text: SourceText, start: int, number: MessageNumber | None, lexicon: Lexicon
) -> Iterator[PageBreak]:
    """Find the breaks from lines[start] on, in order; they never overlap."""
    lines = text.lines
    behind = start  # the last break
    for index in _suspects(lines, start):
        if index < behind:
            continue
        line = lines[index]
        if (page := _page_line(line, number)) is not None:
            first, last = _with_running_words(lines, index, index, start)
            found = _page_break(lines, first, last, index, start, page=page[0], total=page[1])
        elif section := _section_break(text, index, start, number, lexicon):
            found = section
        elif _END_OF_SECTION.match(line) or ("eleased" in line and _STAMP.fullmatch(line.strip())):
            first, last = _with_blanks(lines, index, index, start)
            found = _page_break(lines, first, last, index, start)
        else:
            continue
        yield found
        behind = found.last + 1


def _suspects(lines: Sequence[str], start: int) -> list[int]:
    """Indexes of the lines that hold a word of some break; most texts have none at all."""
    below = lines[start:]
    whole = "\n".join(below)
    words = [word for word in _WORDS if word in whole]
    found = [at for word in words for at, line in enumerate(below, start) if word in line]
    return found if len(words) < 2 else sorted(set(found))


def ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop, question mark, exclamation mark or colon, quotes behind it or not."""
    return _SENTENCE_END.search(line) is not None


def opens_structure(line: str) -> bool:
    """Whether a line opens a paragraph, an item, a rule or a table row, so that nothing may be joined to it."""
    return _STRUCTURE.match(line) is not None


def _page_line(line: str, number: MessageNumber | None) -> tuple[int | None, int | None] | None:
    """Page and total of a page line; None when the line is none."""
    found = None
    if line[-1:].isdigit():
        found = _PAGE.match(line)
    if found is None and line.lstrip().startswith("PAGE"):
        found = _OLD_PAGE.match(line)
    if found is None:
        return None
    if number is not None and int(found["serial"]) != number.serial:
        return None
    return int(found["page"]), int(found["total"]) if found["total"] else None


def _page_break(
    lines: Sequence[str], first: int, last: int, line: int, start: int, **found: Any
) -> PageBreak:
    above = lines[first - 1] if first > start else ""
    below = lines[last + 1] if last + 1 < len(lines) else ""
    blanks_around = first < line and not lines[first].strip() and not lines[last].strip()
    return PageBreak(
        first=first,
        last=last,
        line=line,
        joins=_is_one_sentence(above, below, blanks_around=blanks_around),
        **found,
    )


def _is_one_sentence(above: str, below: str, *, blanks_around: bool) -> bool:
    if not above.strip() or not below.strip():
        return False
    if opens_structure(below) or _RUNNING.match(above) or above.strip(" -=_") == "":
        return False
    if below.isupper() and not above.isupper():
        return False  # a heading below mixed-case text
    return not (ends_sentence(above) and _NEW_SENTENCE.match(below) and blanks_around)


def _with_blanks(lines: Sequence[str], first: int, last: int, start: int) -> tuple[int, int]:
    while first > start and not lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].strip():
        last += 1
    return first, last


def _with_running_words(lines: Sequence[str], first: int, last: int, start: int) -> tuple[int, int]:
    """The page line with the blank lines around it, and what is printed again on each page."""
    while True:
        wider = _with_blanks(lines, first, last, start)
        above, below = wider[0] - 1, wider[1] + 1
        if above >= start and _RUNNING.match(lines[above]):
            wider = (above, wider[1])
        if below < len(lines) and (_RUNNING.match(lines[below]) or lines[below].strip() == "-"):
            wider = (wider[0], below)
        if wider == (first, last):
            return wider
        first, last = wider


def _section_break(
    text: SourceText, index: int, start: int, number: MessageNumber | None, lexicon: Lexicon
) -> PageBreak | None:
    """What a later section repeats around its classification line at `index`."""
    line = text.lines[index]
    if number is None or len(line) > LONGEST or "OF" not in line:
        return None
    found = parse_classification_line(line, lexicon)
    if found is None or found.number is None or found.number.serial != number.serial or found.sections < 2:
        return None
    first = index
    while first > start and (
        not text.lines[first - 1].strip() or is_transmission_line(text.lines[first - 1])
    ):
        first -= 1
    below = read_message_header(text, index + 1, lexicon)
    last = index + len(below.kinds)
    first, last = _with_running_words(text.lines, first, last, start)
    return _page_break(text.lines, first, last, index, start, section=found.section, header=below)
