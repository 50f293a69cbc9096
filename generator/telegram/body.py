"""The body: what stands below the message header, as blocks.

Three steps, each on the result of the one before: what is not the drafter's is set aside (page lines, trailer,
signature), paragraph numbers are settled, and the lines are gathered into blocks (`blocks`). The original lines
remain in `parts`, one part a run of lines of one kind.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from generator.lexicon import Lexicon
from generator.problem import Problem, Severity
from generator.telegram.blocks import NumberedLine, gather_blocks
from generator.telegram.body_lines import BodyLines, keep_lines, outline_lines
from generator.telegram.cable import Block, Part, PartKind
from generator.telegram.headings import is_rule, without_rule
from generator.telegram.lists import is_spacer, parse_marker
from generator.telegram.message_header import MessageHeader
from generator.telegram.message_number import MessageNumber
from generator.telegram.numbering import Candidate, RemarkCode, settle_numbers
from generator.telegram.page_breaks import PageBreak, ends_sentence, find_page_breaks, opens_structure
from generator.telegram.portion import parse_portion
from generator.telegram.quotes import QuotedText, find_quotes
from generator.telegram.roles import assign_roles, summary_of
from generator.telegram.sections import Gap, SectionBreak, gaps_at_end, gaps_between
from generator.telegram.signature import Signature, find_signature
from generator.telegram.source_text import SourceText

_NUMBER = re.compile(r"\s{0,3}(?P<pilcrow>¶)?\s?(?P<digits>\d{1,3})(?P<end>[.):])(?=\s|\(|\Z|[A-Z\"])\s*")
_MAY_BE_NUMBERED = re.compile("[1>]")
_LOST_SIGN = (1, 11)  # what the first paragraph of an enclosed text may be numbered

# The first line of the attributes that electronic records of 1973-79 carry below the text.
_RECORD_STARTS = re.compile(r"[MCA \t]")
_RECORD = re.compile(
    r"\s*(?:Message Attributes\Z|(?:Capture Date|Automatic Decaptioning|Current Classification|Channel Indicators)\s*:)"
)
_ENCLOSURE = re.compile(r"\s*(?:BEGIN|ENCLOSURE|ATTACHMENT|ANNEX|TEXT OF)\b", re.IGNORECASE)

# Asked of many lines, most of which begin with another letter.
_ENCLOSURE_STARTS = frozenset("BEATbeat \t")

_CHUNK_START = re.compile(r"\.a")

# The kinds of parts that a body has.
_KIND_OF_LETTER: dict[str, PartKind] = {"b": "body", "s": "signature", "t": "trailer", "n": "noise"}
_RUN = re.compile("b+|s+|t+|n+")

_SEVERITIES: dict[RemarkCode, Severity] = {
    "numbering-repaired": "info",
    "false-pilcrow": "info",
    "paragraph-number-missing": "warning",
    "paragraph-number-duplicate": "warning",
}


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What the body says."""

    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    signer: str | None
    summary: str | None
    warnings: tuple[Problem, ...]
    repeated: tuple[MessageHeader, ...]  # what later sections repeat of the message header


def parse_body(
    text: SourceText,
    start: int,
    *,
    number: MessageNumber | None,
    section: int = 1,
    sections: int = 1,
    is_extract: bool = False,
    lexicon: Lexicon,
) -> Body:
    """Read the lines from lines[start] on; never fails, and keeps every word.

    `section` is the section that the text opens with, of as many as `sections`.
    """
    record = _record_start(text, start)
    breaks = [found for found in find_page_breaks(text, start, number, lexicon) if found.last < record]
    later = [SectionBreak(index=found.first, section=found.section) for found in breaks if found.section]
    gaps = list(gaps_between(section, later, start=start))
    gap_indexes = {gap.index for gap in gaps}
    kept = keep_lines(text, start, record, breaks, gap_indexes)
    signature = find_signature(kept.texts, 0, lexicon)
    if signature.signer is None and not is_extract and sections > 1:
        last_paged = max((found.page or 0 for found in breaks if found.total == sections), default=0)
        gaps += gaps_at_end(section, sections, later, last_paged=last_paged)
    problems: list[Problem] = []
    if breaks or gaps:
        problems += _page_problems(text, breaks, sections, gaps)
        problems += _gap_problems(text, gaps, sections)
    lines = outline_lines(kept.before(signature.first, signature.text_before))
    lines = _without_false_breaks(lines, text, problems, gap_indexes)
    quotes = find_quotes(lines)
    numbered = _settle(lines, quotes, text, problems, is_extract=is_extract or section > 1)
    blocks = assign_roles(gather_blocks(lines, numbered, quotes, text.first_line))
    if gaps:
        blocks = tuple(_with_gaps(blocks, gaps, sections, text))
    if record < len(text.lines):
        blocks += (_record_block(text, record),)
    return Body(
        blocks=blocks,
        parts=tuple(_parts(text, start, breaks, kept.indexes, signature)),
        signer=signature.signer,
        summary=summary_of(blocks),
        warnings=tuple(problems),
        repeated=tuple(found.header for found in breaks if found.header is not None),
    )


def _record_start(text: SourceText, start: int) -> int:
    """Index of the first attribute of an electronic record; the number of lines where there are none."""
    for found in _RECORD_STARTS.finditer(text.firsts, start):
        if _RECORD.match(text.lines[found.start()]):
            return found.start()
    return len(text.lines)


def _without_false_breaks(
    lines: BodyLines, text: SourceText, problems: list[Problem], gaps: set[int | None]
) -> BodyLines:
    """The lines, without the blank ones that a removed page line has left inside a sentence."""
    false_blanks: set[int] = set()
    for found in _CHUNK_START.finditer(lines.outline):
        place = found.start() + 1
        above = place - 1
        while above >= 0 and lines.outline[above] == ".":
            above -= 1
        if gaps and not gaps.isdisjoint(lines.indexes[above + 1 : place]):
            continue
        if above >= 0 and _runs_on(lines.texts[above], lines.texts[place]):
            false_blanks.update(range(above + 1, place))
            problems.append(
                text.problem(
                    lines.indexes[place],
                    "sentence-rejoined",
                    "a blank line inside a sentence was taken out",
                    severity="info",
                )
            )
    return lines.without(false_blanks) if false_blanks else lines


def _runs_on(above: str, below: str) -> bool:
    """Whether two lines are one sentence although blank lines stand between them."""
    if not "a" <= below[0] <= "z" or ends_sentence(above) or opens_structure(below) or is_rule(above):
        return False
    return parse_marker(below) is None and not above.isupper() and above[-1:] != ";"


def _settle(
    lines: BodyLines,
    quotes: Sequence[QuotedText],
    text: SourceText,
    problems: list[Problem],
    *,
    is_extract: bool,
) -> dict[int, NumberedLine]:
    """Paragraph numbers by place in `lines`; a quoted text counts for itself."""
    if not quotes and (plain := _plain_count(lines)) is not None:
        return plain
    numbered: dict[int, NumberedLine] = {}
    for places, counts_from_anywhere in _scopes(lines, quotes, is_extract=is_extract):
        found = list(_candidates(lines, places))
        numbering = settle_numbers([candidate for _, _, candidate in found], is_extract=counts_from_anywhere)
        for (place, match, _), value in zip(found, numbering.numbers, strict=True):
            if value is not None:
                written = match[0].strip().rstrip(".):")
                is_repaired = written.strip("¶ ") != str(value)
                raw = written if is_repaired else None
                numbered[place] = NumberedLine(number=value, end=match.end(), raw=raw)
        for remark in numbering.remarks:
            index = lines.indexes[found[remark.candidate][0]]
            severity = _SEVERITIES[remark.code]
            problems.append(text.problem(index, remark.code, remark.message, severity=severity))
    return numbered


def _plain_count(lines: BodyLines) -> dict[int, NumberedLine] | None:
    """The numbers of a text whose paragraphs stand apart and count from 1, as most do; None for any other."""
    numbered: dict[int, NumberedLine] = {}
    for found in _MAY_BE_NUMBERED.finditer(lines.outline):
        place = found.start()
        match = _NUMBER.match(lines.texts[place])
        if match is None:
            continue
        _, digits, end = match.groups()
        number = len(numbered) + 1
        if end != "." or digits != str(number) or (place and lines.outline[place - 1] != "."):
            return None
        numbered[place] = NumberedLine(number=number, end=match.end())
    return numbered


def _scopes(
    lines: BodyLines, quotes: Sequence[QuotedText], *, is_extract: bool
) -> Iterator[tuple[list[int], bool]]:
    """The places at which a number may stand, those outside quoted texts and those in each; may it count from anywhere."""
    places = [found.start() for found in _MAY_BE_NUMBERED.finditer(lines.outline)]
    yield (
        [place for place in places if not any(quote.first <= place <= quote.last for quote in quotes)],
        is_extract,
    )
    for quote in quotes:
        yield [place for place in places if quote.first < place < quote.last], True


def _candidates(lines: BodyLines, places: Sequence[int]) -> Iterator[tuple[int, re.Match[str], Candidate]]:
    """The lines among `places` that begin with a number, and what stands around each."""
    looked_to = 0
    enclosed = False
    for place in places:
        line = lines.texts[place]
        found = _NUMBER.match(line)
        if found is None:
            continue
        written = int(found["digits"])
        if written in _LOST_SIGN and not enclosed:
            for above in lines.texts[looked_to:place]:
                if _opens_enclosure(above):
                    enclosed = True
                    break
            looked_to = place
        above = lines.texts[place - 1] if place else ""
        gap = not above or _opens_enclosure(above) or without_rule(above) is not None
        yield (
            place,
            found,
            Candidate(
                written=written,
                pilcrow=found["pilcrow"] is not None,
                marked=found.end() < len(line) and parse_portion(line[found.end() :]) is not None,
                gap=gap,
                cut=not gap and not ends_sentence(above),
                unusual=found["end"] != ".",
                enclosed=enclosed,
            ),
        )


def _opens_enclosure(line: str) -> bool:
    """Whether a text that counts anew may begin below a line."""
    return is_rule(line) or (line[:1] in _ENCLOSURE_STARTS and _ENCLOSURE.match(line) is not None)


def _record_block(text: SourceText, record: int) -> Block:
    return Block(
        kind="verbatim",
        line=text.line_number(record),
        last_line=text.line_number(len(text.lines) - 1),
        text="\n".join(text.lines[record:]).strip("\n"),
    )


def _page_problems(
    text: SourceText, breaks: Sequence[PageBreak], sections: int, gaps: Sequence[Gap]
) -> Iterator[Problem]:
    """Pages that are missing or out of order; the first page has no line of its own.

    Where page lines count sections, what is told of a missing section is enough.
    """
    pages = [found for found in breaks if found.page is not None and found.total]
    if not pages:
        return
    seen = {found.page for found in pages}
    total = max(found.total or 0 for found in pages)
    if total == sections:
        seen.update(page for gap in gaps for page in range(gap.first, gap.last + 1))
    missing = [page for page in range(2, total + 1) if page not in seen]
    if missing:
        which = ", ".join(map(str, missing))
        yield text.problem(
            pages[-1].line,
            "page-missing",
            f"no page line was found for page {which} of {total}",
            severity="info",
        )
    for before, after in pairwise(pages):
        if (after.page or 0) < (before.page or 0):
            yield text.problem(
                after.line, "page-order", f"page {after.page} stands behind page {before.page}"
            )


def _gap_problems(text: SourceText, gaps: Sequence[Gap], sections: int) -> Iterator[Problem]:
    for gap in gaps:
        yield text.problem(
            gap.index,
            "section-missing",
            f"section {gap} of {sections} is not in this text"
            if gap.first == gap.last
            else f"sections {gap} of {sections} are not in this text",
            next_step="a mark stands in its place",
        )


def _with_gaps(
    blocks: Sequence[Block], gaps: Sequence[Gap], sections: int, text: SourceText
) -> Iterator[Block]:
    """The blocks, a mark where a section is missing."""
    waiting = list(gaps)
    for block in blocks:
        while waiting and waiting[0].index is not None and text.line_number(waiting[0].index) <= block.line:
            yield _gap_block(waiting.pop(0), sections, block.line)
        yield block
    end = text.line_number(max(0, len(text.lines) - 1))
    yield from (_gap_block(gap, sections, end) for gap in waiting)


def _gap_block(gap: Gap, sections: int, line: int) -> Block:
    return Block(kind="gap", line=line, last_line=line, text=f"{gap} of {sections}")


def _parts(
    text: SourceText, start: int, breaks: Sequence[PageBreak], indexes: Sequence[int], signature: Signature
) -> Iterator[Part]:
    """Every line from lines[start] on, runs of one kind together; a blank line belongs to what stands above it."""
    letters = bytearray(b"b" * len(text.lines))  # of the kind of each line
    first = signature.first + (signature.text_before is not None)
    for place in range(first, len(indexes)):
        letters[indexes[place]] = ord("t" if place >= signature.trailer else "s")
    for found in breaks:
        letters[found.first : found.last + 1] = b"n" * (found.last + 1 - found.first)
    if "-" in text.lines:
        for index in range(start, len(text.lines)):
            if is_spacer(text.lines[index]):
                letters[index] = ord("n")
    for run in _RUN.finditer(letters.decode(), start):
        at, stop = run.span()
        kind = _KIND_OF_LETTER[run[0][0]]
        yield Part(kind=kind, line=text.line_number(at), text=text.raw_text(at, stop))
