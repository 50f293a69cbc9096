"""Page lines and section breaks inside the text: set aside, and the sentence they cut joined.

    page line = POST SERIAL(8) PAGE(3) 'OF' TOTAL(3)        'STRELSAU 00000123  002 OF 003'
    old form  = 'PAGE' nn POST(6) SERIAL ... TIME           'PAGE 02        STRELS  01234  141530Z'

A page line counts only where its serial is the telegram's own, since tables hold similar numbers. Captions and
levels that are printed again on each page go with it. Where a telegram's sections stand one after the other in
one text, what is repeated at the head of the later ones is such a break too.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from generator.lexicon import Lexicon
from generator.telegram.classification import LONGEST, ClassificationLine, parse_classification_line
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
# 'Rosa Whitcombe Declassified/Released US Department of State EO Systematic Review 20 MAR 2014', on one line or two.
_STAMP_WORD = "Declassified/Released"
_STAMP = re.compile(r"(?:[A-Z][A-Za-z.' ]{0,40}\s)?Declassified/Released\b.*")
_STAMP_DATE = re.compile(r"(?:EO )?(?:Systematic Review )?\d{1,2} [A-Z][A-Za-z]{2} \d{4}\Z")

# What a page line or a classification line ends with, and what the end of a section and an old page line begin with.
_ENDS = re.compile("[0-9Z]")
_BEGINNINGS = re.compile("[PEeF]")
_STARTS = ("END O", "End o", "end o", "FINAL", "Final", "PAGE")

_SENTENCE_ENDS = (".", "!", "?", ":")
_CLOSING_QUOTES = "\"')\u201d\u2019"
_END_MARK = re.compile(r"\bEND (?:OF )?(?:SUMMARY|COMMENT|NOTE|TEXT)\)?\Z", re.IGNORECASE)
_LONGEST_END_MARK = 20  # characters, one before it included
_NEW_SENTENCE = re.compile(r"\s*[\"'(\u201c\u2018]?[A-Z0-9]")
_STRUCTURE = re.compile(
    r"\s{0,3}¶?\s?\d{1,3}[.)](?:\s|\(|$)|\s*(?:--?|\*|o)\s|\s*\(?[a-zA-Z0-9]{1,2}\)\s|\s*¶|[-=_ ]{4,}\Z"
)
_COLUMNS = re.compile(r".*\S\s{3,}\S.*\s{3,}\S")


class PageBreak(msgspec.Struct, frozen=True, kw_only=True):
    """Lines to set aside, and whether the lines above and below are one paragraph."""

    first: int  # index of the first line of the break, blank lines around it included
    last: int  # index of its last
    line: int  # index of the page line itself, the last where there are several
    joins: bool = False  # the break stands inside a sentence
    page: int | None = None
    total: int | None = None
    section: int | None = None  # the section that begins behind the break
    header: MessageHeader | None = None  # what that section repeats of the message header


def find_page_breaks(
    text: SourceText, start: int, number: MessageNumber | None, lexicon: Lexicon
) -> Iterator[PageBreak]:
    """Find the breaks from lines[start] on, in order; they never overlap, and neighbours are one."""
    lines = text.lines
    open_break: PageBreak | None = None
    behind = start  # the last break
    for index in _suspects(text, start):
        if index < behind:
            continue
        line = lines[index]
        page: tuple[int | None, int | None] = (None, None)
        section: ClassificationLine | None = None
        header: MessageHeader | None = None
        first = last = index
        if (found := _page_line(line, number)) is not None:
            page = found
            first, last = _with_running_words(lines, index, index, behind)
        elif (section := _section_line(line, number, lexicon)) is not None:
            first, last, header = _repeated_headers(text, index, behind, lexicon)
        elif _END_OF_SECTION.match(line):
            first, last = _with_blanks(lines, index, index, behind)
        elif _STAMP.fullmatch(line.strip()):
            last += index + 1 < len(lines) and _STAMP_DATE.match(lines[index + 1].strip()) is not None
            first, last = _with_running_words(lines, index, last, behind)
        else:
            continue
        if open_break is not None and first > open_break.last + 1:
            yield _with_joining(open_break, lines, start)
            open_break = None
        behind = last + 1
        if open_break is None:
            open_break = PageBreak(first=first, last=last, line=index)
        open_break = replace(
            open_break,
            last=last,
            line=index,
            page=page[0] or open_break.page,
            total=page[1] or open_break.total,
            section=section.section if section else open_break.section,
            header=header or open_break.header,
        )
    if open_break is not None:
        yield _with_joining(open_break, lines, start)


def _suspects(text: SourceText, start: int) -> list[int]:
    """Indexes of the lines that may be a break, by how they end or begin."""
    lines = text.lines
    suspects = [
        at
        for found in _ENDS.finditer(text.lasts, start)
        if "OF" in lines[at := found.start()] or "PAGE" in lines[at]
    ]
    suspects += [
        at
        for found in _BEGINNINGS.finditer(text.firsts, start)
        if lines[at := found.start()].startswith(_STARTS)
    ]
    if _STAMP_WORD in text.readable:
        suspects += [at for at in range(start, len(lines)) if _STAMP_WORD in lines[at]]
    suspects.sort()
    return suspects


def ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop, question mark, exclamation mark or colon, quotes behind it or not.

    'END SUMMARY' needs none. A line may be a whole paragraph, so only its end is looked at.
    """
    if line.rstrip(_CLOSING_QUOTES).endswith(_SENTENCE_ENDS):
        return True
    return _END_MARK.search(line[-_LONGEST_END_MARK:]) is not None


def opens_structure(line: str) -> bool:
    """Whether a line opens a paragraph, an item, a rule or a table row, so that nothing may be joined to it."""
    if _STRUCTURE.match(line):
        return True
    may_have_columns = "   " in line or "\t" in line or not line.isascii()
    return may_have_columns and _COLUMNS.match(line) is not None


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


def _with_joining(found: PageBreak, lines: Sequence[str], start: int) -> PageBreak:
    """The break, and whether it cuts a sentence."""
    above = lines[found.first - 1] if found.first > start else ""
    below = lines[found.last + 1] if found.last + 1 < len(lines) else ""
    blanks_around = (
        found.first < found.line and not lines[found.first].strip() and not lines[found.last].strip()
    )
    return replace(found, joins=_is_one_sentence(above, below, blanks_around=blanks_around))


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


def _section_line(line: str, number: MessageNumber | None, lexicon: Lexicon) -> ClassificationLine | None:
    """The classification line that a later section of the same telegram repeats; None when a line is none."""
    if number is None or len(line) > LONGEST or "OF" not in line:
        return None
    found = parse_classification_line(line, lexicon)
    if found is None or found.number is None or found.number.serial != number.serial or found.sections < 2:
        return None
    return found


def _repeated_headers(
    text: SourceText, index: int, start: int, lexicon: Lexicon
) -> tuple[int, int, MessageHeader]:
    """The first and last line of what a later section repeats around its classification line at `index`."""
    first = index
    while first > start and (
        not text.lines[first - 1].strip() or is_transmission_line(text.lines[first - 1])
    ):
        first -= 1
    below = read_message_header(text, index + 1, lexicon)
    first, last = _with_running_words(text.lines, first, index + len(below.kinds), start)
    return first, last, below
