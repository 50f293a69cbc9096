"""The body: what stands below the message header, as blocks.

Three steps, each on the result of the one before: what is not the drafter's is set aside (page lines, trailer,
signature), paragraph numbers are settled, and the lines are gathered into blocks (`blocks`). The original lines
remain in `parts`, one part a run of lines of one kind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.lexicon import Lexicon
from generator.problem import Problem, Severity
from generator.telegram.blocks import BodyLine, NumberedLine, gather_blocks
from generator.telegram.cable import Block, Part, PartKind
from generator.telegram.headings import is_rule, without_rule
from generator.telegram.lists import is_spacer, parse_marker
from generator.telegram.message_number import MessageNumber
from generator.telegram.numbering import Candidate, RemarkCode, settle_numbers
from generator.telegram.page_breaks import PageBreak, ends_sentence, find_page_breaks, opens_structure
from generator.telegram.portion import parse_portion
from generator.telegram.quotes import QuotedText, find_quotes
from generator.telegram.roles import assign_roles, summary_of
from generator.telegram.signature import Signature, find_signature
from generator.telegram.source_text import SourceText

_NUMBER = re.compile(r"\s{0,3}(?P<pilcrow>¶)?\s?(?P<digits>\d{1,3})(?P<end>[.)])(?=\s|\(|\Z|[A-Z\"])\s*")

# The first line of the attributes that electronic records of 1973-79 carry below the text.
_RECORD = re.compile(
    r"\s*(?:Message Attributes\s*\Z|(?:Capture Date|Automatic Decaptioning|Current Classification|Channel Indicators)\s*:)"
)
_ENCLOSURE = re.compile(r"\s*(?:BEGIN|ENCLOSURE|ATTACHMENT|ANNEX|TEXT OF)\b", re.IGNORECASE)
_LOWER_CASE = re.compile(r"[a-z]")

_SEVERITIES: dict[RemarkCode, Severity] = {
    "numbering-repaired": "info",
    "false-pilcrow": "info",
    "paragraph-number-missing": "warning",
    "paragraph-number-duplicate": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the body says."""

    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    signer: str | None
    summary: str | None
    warnings: tuple[Problem, ...]


def parse_body(
    text: SourceText,
    start: int,
    *,
    number: MessageNumber | None,
    is_extract: bool = False,
    lexicon: Lexicon,
) -> Body:
    """Read the lines from lines[start] on; never fails, and keeps every word."""
    record = next(
        (at for at in range(start, len(text.lines)) if _RECORD.match(text.lines[at])), len(text.lines)
    )
    breaks = [found for found in find_page_breaks(text, start, number, lexicon) if found.last < record]
    lines = _kept_lines(text, start, record, breaks)
    signature = find_signature([line.text for line in lines], 0, lexicon)
    problems: list[Problem] = list(_page_problems(text, breaks))
    signed = _without_signature(lines, signature)
    joined = list(_without_false_breaks(signed, text, problems))
    quotes = find_quotes([line.text for line in joined])
    numbered = _settle(joined, quotes, text, problems, is_extract=is_extract)
    blocks = assign_roles(gather_blocks(joined, numbered, quotes, text))
    if record < len(text.lines):
        blocks += (_record_block(text, record),)
    return Body(
        blocks=blocks,
        parts=tuple(_parts(text, start, breaks, lines, signature)),
        signer=signature.signer,
        summary=summary_of(blocks),
        warnings=tuple(problems),
    )


def _kept_lines(text: SourceText, start: int, stop: int, breaks: Sequence[PageBreak]) -> list[BodyLine]:
    """The lines without page breaks; one blank line stays of a break between two paragraphs."""
    lines: list[BodyLine] = []
    index = start
    for found in breaks:
        lines.extend(BodyLine(index=at, text=text.lines[at]) for at in range(index, found.first))
        if not found.joins:
            lines.append(BodyLine(index=found.first, text=""))
        index = found.last + 1
    lines.extend(BodyLine(index=at, text=text.lines[at]) for at in range(index, stop))
    return [replace(line, text="") if is_spacer(line.text) else line for line in lines]


def _without_signature(lines: Sequence[BodyLine], signature: Signature) -> list[BodyLine]:
    """The lines above signature and trailer, text that stands before the name on its line kept."""
    kept = list(lines[: signature.first])
    if signature.text_before is not None:
        kept.append(replace(lines[signature.first], text=signature.text_before))
    return kept


def _without_false_breaks(
    lines: Sequence[BodyLine], text: SourceText, problems: list[Problem]
) -> Iterator[BodyLine]:
    """The lines, without the blank ones that a removed page line has left inside a sentence."""
    above: BodyLine | None = None
    blanks: list[BodyLine] = []
    for line in lines:
        if not line.text.strip():
            blanks.append(line)
            continue
        if blanks and above is not None and _runs_on(above.text, line.text):
            problems.append(
                text.problem(
                    line.index,
                    "sentence-rejoined",
                    "a blank line inside a sentence was taken out",
                    severity="info",
                )
            )
        else:
            yield from blanks
        yield line
        above, blanks = line, []
    yield from blanks


def _runs_on(above: str, below: str) -> bool:
    """Whether two lines are one sentence although blank lines stand between them."""
    if not _LOWER_CASE.match(below) or ends_sentence(above) or opens_structure(below) or is_rule(above):
        return False
    return parse_marker(below) is None and not above.isupper() and above.rstrip()[-1:] not in ";"


def _settle(
    lines: Sequence[BodyLine],
    quotes: Sequence[QuotedText],
    text: SourceText,
    problems: list[Problem],
    *,
    is_extract: bool,
) -> dict[int, NumberedLine]:
    """Paragraph numbers by place in `lines`; a quoted text counts for itself."""
    numbered: dict[int, NumberedLine] = {}
    outside = [at for at in range(len(lines)) if not any(quote.first <= at <= quote.last for quote in quotes)]
    scopes = [(outside, is_extract), *((list(range(quote.first + 1, quote.last)), True) for quote in quotes)]
    for places, counts_from_anywhere in scopes:
        found = list(_candidates(lines, places))
        numbering = settle_numbers([candidate for _, _, candidate in found], is_extract=counts_from_anywhere)
        for (place, match, _), value in zip(found, numbering.numbers, strict=True):
            if value is not None:
                written = match[0].strip().rstrip(".)")
                numbered[place] = NumberedLine(number=value, written=written, end=match.end())
        for remark in numbering.remarks:
            index = lines[found[remark.candidate][0]].index
            severity = _SEVERITIES[remark.code]
            problems.append(text.problem(index, remark.code, remark.message, severity=severity))
    return numbered


def _candidates(
    lines: Sequence[BodyLine], places: Sequence[int]
) -> Iterator[tuple[int, re.Match[str], Candidate]]:
    """The lines among `places` that begin with a number, and what stands around each."""
    enclosed = False
    for place in places:
        line = lines[place].text
        found = _NUMBER.match(line)
        if found is None:
            enclosed = enclosed or is_rule(line) or _ENCLOSURE.match(line) is not None
            continue
        above = lines[place - 1].text if place else ""
        gap = (
            not above.strip()
            or is_rule(above)
            or without_rule(above) is not None
            or _ENCLOSURE.match(above) is not None
        )
        yield (
            place,
            found,
            Candidate(
                written=int(found["digits"]),
                pilcrow=found["pilcrow"] is not None,
                marked=parse_portion(line[found.end() :]) is not None,
                gap=gap,
                cut=not gap and not ends_sentence(above),
                parenthesis=found["end"] == ")",
                enclosed=enclosed,
            ),
        )


def _record_block(text: SourceText, record: int) -> Block:
    return Block(
        kind="verbatim",
        line=text.line_number(record),
        last_line=text.line_number(len(text.lines) - 1),
        text="\n".join(text.lines[record:]).strip("\n"),
    )


def _page_problems(text: SourceText, breaks: Sequence[PageBreak]) -> Iterator[Problem]:
    """Pages that are missing or out of order; the first page has no line of its own."""
    pages = [found for found in breaks if found.page is not None and found.total]
    if not pages:
        return
    seen = {found.page for found in pages}
    total = max(found.total or 0 for found in pages)
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


def _parts(
    text: SourceText, start: int, breaks: Sequence[PageBreak], lines: Sequence[BodyLine], signature: Signature
) -> Iterator[Part]:
    """Every line from lines[start] on, runs of one kind together."""
    kinds: list[PartKind] = ["body" if line.strip() else "blank" for line in text.lines[start:]]
    for found in breaks:
        for at in range(found.first, found.last + 1):
            kinds[at - start] = "noise"
    for place in range(signature.first, len(lines)):
        if text.lines[lines[place].index].strip() and not (
            place == signature.first and signature.text_before
        ):
            kinds[lines[place].index - start] = "trailer" if place >= signature.trailer else "signature"
    for at, line in enumerate(text.lines[start:]):
        if is_spacer(line) and kinds[at] == "body":
            kinds[at] = "noise"
    first = 0
    for stop in range(1, len(kinds) + 1):
        if stop == len(kinds) or kinds[stop] != kinds[first]:
            raw = "".join(text.raw[start + first : start + stop])
            yield Part(kind=kinds[first], line=text.line_number(start + first), text=raw)
            first = stop
