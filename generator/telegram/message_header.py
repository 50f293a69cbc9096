"""The message header: what the drafter put between the classification line and the first paragraph.

    header = caption* passing* E.O.? TAGS? SUBJECT? REF? CLASSIFIED-BY?

in any order, with or without blank lines and colons. Each field is read by its own module; here its lines
are found, and where the header ends and the body begins. A word such as REF or TO means nothing special
below that point.
"""

import re

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.cable import PartKind
from generator.telegram.captions import CaptionLine, parse_caption_line
from generator.telegram.dtg import parse_weekday_line
from generator.telegram.references import is_reference_label, next_label
from generator.telegram.source_text import SourceText
from generator.telegram.subject import subject_extent
from generator.telegram.tags import only_known_codes

# A line that opens a field; the name of the group says which. A line opens one at most.
_TAGS = r"TAGS?\b(?:\s*[:;,.]|\s+\S|\s*$)"
_FIELD = re.compile(
    r"\s*(?:(?P<executive_order>E\.?\s?O\.?\s*:?\s*(?:\d{5}\b|DECL\b|N/A))"
    rf"|(?P<tags>{_TAGS})"
    r"|(?P<subject>SUBJ(?:ECT)?\b\s*(?:[:;]|\S))"
    r"|(?P<references>REF(?:S|TELS?|\(S\))?\s*[:;]|REFERENCES?\s*[:;]"
    r"|REF(?:S|TELS?)?\s+(?:\(?A[.):]|(?:'?\d{2,4}\s*)?[A-Z][A-Z ]+ \d))"
    r"|(?P<classified_by>CLASS(?:IFIED|\.)?\s?BY\b|DERIVED FROM\b|REASONS?\s*:))",
    re.IGNORECASE,
)
_INNER_TAGS = re.compile(rf"\s*{_TAGS}", re.IGNORECASE)
_INNER_SUBJECT = re.compile(r"(?<=\s)SUBJ(?:ECT)?\s*[:;]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s{0,3}¶?\s?\d{1,3}(?:[.):]|\s?\()(?!\d)|\s{0,3}¶")
_LABEL = re.compile(r"\s*¶?\(?[A-Z][.):]\)?\s")
_PAGE_LINE = re.compile(r"[A-Z][A-Z .'-]*\s\d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}\Z|PAGE\s+\d\d\s+\S")
_RULE = re.compile(r"\s*[-=_]{4,}[-=_\s]*\Z")
_BODY_WORD = re.compile(
    r"\s*(?:\([A-Z/]{1,8}\)\s*)?(?:BEGIN\s+)?(?:SUMMARY|INTRODUCTION|COMMENT)\b", re.IGNORECASE
)
_RECORD_NOTE = re.compile(r".*\b(?:declassified|record group|authority)\b", re.IGNORECASE)

# What an E.O., TAGS or SUBJECT line or a paragraph begins with.
_ANCHOR_STARTS = re.compile(r"[SsEeTt¶0-9\s]")

LONGEST = 120  # lines, of which the last is no longer header
_LONGEST_EO = 4
_LONGEST_TAGS = 6
_LONGEST_CLASSIFIED_BY = 12


class MessageHeader(msgspec.Struct, kw_only=True):
    """The lines of each field, in order; filled while they are found."""

    kinds: list[PartKind] = []  # for each line, from the first below the classification
    captions: list[CaptionLine] = []
    caption_indexes: list[int] = []
    attention: list[str] = []
    executive_order: list[str] = []
    executive_order_index: int | None = None
    tags: list[str] = []
    tags_index: int | None = None
    subject: list[str] = []
    subject_index: int | None = None
    references: list[str] = []
    references_index: int | None = None
    classified_by: list[str] = []
    classified_by_index: int | None = None
    weekday_line: str | None = None


def read_message_header(text: SourceText, start: int, lexicon: Lexicon) -> MessageHeader:
    """Find the fields of the message header, from lines[start] on.

    `start + len(kinds)` is where the body begins.
    """
    header = MessageHeader()
    anchored = _last_anchor(text, start)
    index = start
    end = min(len(text.lines), start + LONGEST)
    while index < end:
        line = text.lines[index]
        if not line:
            header.kinds.append("blank")
            index += 1
            continue
        kind, stop = _field_at(text, index, header, lexicon, before_anchor=index < anchored)
        if kind is None:
            break
        if kind == "executive-order" and (found := _INNER_TAGS.search(line)) and found.start():
            header.tags_index = index
        header.kinds.extend([kind] * (stop - index))
        index = stop
        if kind in ("executive-order", "tags") and header.subject_index is None:
            index = _subject_behind(text, stop - 1, header)
    _give_back_blanks(header)
    return header


def _subject_behind(text: SourceText, index: int, header: MessageHeader) -> int:
    """Take the subject that opens behind another field on its last line; the index behind it."""
    found = _INNER_SUBJECT.search(text.lines[index])
    if found is None:
        return index + 1
    stop = subject_extent(text.lines, index)
    header.subject = [text.lines[index][found.start() :], *text.lines[index + 1 : stop]]
    header.subject_index = index
    fields = header.tags if header.tags_index is not None and header.tags else header.executive_order
    fields[-1] = fields[-1][: found.start()]
    header.kinds.extend(["subject"] * (stop - index - 1))
    return stop


def _last_anchor(text: SourceText, start: int) -> int:
    """Index of the last E.O., TAGS or SUBJECT line before the first paragraph; -1 if there is none."""
    last = -1
    for found in _ANCHOR_STARTS.finditer(text.firsts, start, start + LONGEST):
        index = found.start()
        line = text.lines[index]
        if not line:
            continue
        field = _field_opened(line)
        if field == "subject":
            return index
        if field in ("executive_order", "tags"):
            last = index
        elif _PARAGRAPH.match(line):
            break
    return last


def _field_at(
    text: SourceText, index: int, header: MessageHeader, lexicon: Lexicon, *, before_anchor: bool
) -> tuple[PartKind | None, int]:
    """Which field opens at a line that is not blank, and the index behind its last line; None where the body begins."""
    line = text.lines[index]
    field = _field_opened(line)
    if field == "executive_order" and not header.executive_order:
        return "executive-order", _executive_order(text, index, header, lexicon)
    if field == "tags" and header.tags_index is None:
        return "tags", _tags(text, index, header, lexicon)
    if field == "subject" and header.subject_index is None:
        stop = subject_extent(text.lines, index)
        header.subject, header.subject_index = list(text.lines[index:stop]), index
        return "subject", stop
    if field == "references" and header.references_index is None:
        return "references", _references(text, index, header)
    if field == "classified_by":
        return "classified-by", _classified_by(text, index, header)
    if _PAGE_LINE.match(line):
        return "noise", index + 1
    if _PARAGRAPH.match(line) and not _continues_references(line, header):
        return None, index
    if _continues_references(line, header):
        stop = _references_stop(text, index)
        header.references.extend(text.lines[index:stop])
        return "references", stop
    return _caption_or_body(text, index, header, lexicon, before_anchor=before_anchor)


def _caption_or_body(
    text: SourceText, index: int, header: MessageHeader, lexicon: Lexicon, *, before_anchor: bool
) -> tuple[PartKind | None, int]:
    """A line that opens no field: a caption, a passing line, a note of the archive, or the body."""
    line = text.lines[index]
    if parse_weekday_line(line):
        header.weekday_line = header.weekday_line or line.strip()
        return "weekday", index + 1
    if _RULE.match(line) or _BODY_WORD.match(line):
        return ("preamble", index + 1) if before_anchor else (None, index)
    caption = parse_caption_line(line, lexicon)
    if caption is not None and caption.kind == "caption" and (before_anchor or caption.is_known):
        header.captions.append(caption)
        header.caption_indexes.append(index)
        return "caption", index + 1
    # Without a subject below, only capitals tell a passing line from the first sentence of the text.
    is_block = before_anchor or (header.subject_index is None and caption is not None and line.isupper())
    if is_block and (caption is not None or _continues_attention(line, header)):
        header.attention.append(" ".join(line.split()))
        return "attention", index + 1
    return ("preamble", index + 1) if before_anchor else (None, index)


def _continues_attention(line: str, header: MessageHeader) -> bool:
    """A passing line wraps: what follows it directly is its tail, unless it is a note of the archive."""
    return bool(header.attention) and header.kinds[-1:] == ["attention"] and not _RECORD_NOTE.match(line)


def _executive_order(text: SourceText, index: int, header: MessageHeader, lexicon: Lexicon) -> int:
    stop = index + 1
    while stop < min(len(text.lines), index + _LONGEST_EO) and _is_plain(text.lines[stop]):
        if parse_caption_line(text.lines[stop], lexicon) is not None:
            break
        stop += 1
    header.executive_order = list(text.lines[index:stop])
    header.executive_order_index = index
    return stop


def _tags(text: SourceText, index: int, header: MessageHeader, lexicon: Lexicon) -> int:
    """TAGS go on while a line ends in a comma or the next is made of known codes."""
    stop = index + 1
    while stop < min(len(text.lines), index + _LONGEST_TAGS) and _is_plain(text.lines[stop]):
        if not text.lines[stop - 1].endswith((",", "(")) and not only_known_codes(text.lines[stop], lexicon):
            break
        stop += 1
    header.tags = list(text.lines[index:stop])
    header.tags_index = index
    return stop


def _references(text: SourceText, index: int, header: MessageHeader) -> int:
    stop = _references_stop(text, index)
    header.references = list(text.lines[index:stop])
    header.references_index = index
    return stop


def _references_stop(text: SourceText, index: int) -> int:
    """References go on to a blank line, the next field or the first paragraph."""
    stop = index + 1
    while stop < min(len(text.lines), index + LONGEST):
        line = text.lines[stop]
        if not line.strip() or _FIELD.match(line) or _RULE.match(line):
            break
        if (
            (_PARAGRAPH.match(line) and not _LABEL.match(line))
            or _BODY_WORD.match(line)
            or _PAGE_LINE.match(line)
        ):
            break
        stop += 1
    return stop


def _continues_references(line: str, header: MessageHeader) -> bool:
    """Behind a blank line a REF block goes on only with the label that is due."""
    if header.references_index is None or not _LABEL.match(line):
        return False
    label = next_label(header.references)
    return bool(label) and is_reference_label(line, label)


def _classified_by(text: SourceText, index: int, header: MessageHeader) -> int:
    """The block ends at a blank line, a field or a paragraph; `1.4 (b)` opens no paragraph."""
    stop = index + 1
    while stop < min(len(text.lines), index + _LONGEST_CLASSIFIED_BY):
        line = text.lines[stop]
        if not line.strip() or _PARAGRAPH.match(line) or _RULE.match(line):
            break
        if _field_opened(line) not in (None, "classified_by"):
            break
        if _BODY_WORD.match(line) or _PAGE_LINE.match(line):
            break
        stop += 1
    header.classified_by.extend(text.lines[index:stop])
    if header.classified_by_index is None:
        header.classified_by_index = index
    return stop


def opens_classified_by(text: str) -> bool:
    """Whether a text begins with the classification authority."""
    return _field_opened(text) == "classified_by"


def _field_opened(line: str) -> str | None:
    """The name of the field that a line opens."""
    found = _FIELD.match(line)
    return found.lastgroup if found else None


def _is_plain(line: str) -> bool:
    """Whether a line may continue the field above it: not blank, and nothing of its own opens."""
    return bool(line.strip()) and not (_FIELD.match(line) or _PARAGRAPH.match(line) or _PAGE_LINE.match(line))


def _give_back_blanks(header: MessageHeader) -> None:
    """Blank lines below the last field belong to the body."""
    while header.kinds and header.kinds[-1] == "blank":
        header.kinds.pop()
