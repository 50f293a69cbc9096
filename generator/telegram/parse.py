"""Text to Cable: the zones of a telegram read one after the other, each by its own rules.

Every line goes to exactly one zone, so that nothing can be lost, and a word such as REF, INFO or SECRET means
something only in its own. Each field is read by the module named after it; here they are put together,
dates and ids are settled from the evidence there is, and what was doubtful is told.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from generator.lexicon import Lexicon, builtin_lexicon
from generator.problem import Problem
from generator.telegram.body import Body, parse_body
from generator.telegram.cable import Block, Cable, Part, PartKind, Reference, Tag
from generator.telegram.classified_by import ClassifiedBy, parse_classified_by
from generator.telegram.executive_order import ExecutiveOrder, parse_executive_order
from generator.telegram.identity import id_of_name, settle_date, settle_identity
from generator.telegram.message_header import MessageHeader, opens_classified_by, read_message_header
from generator.telegram.portion import highest_level
from generator.telegram.reference_id import split_id
from generator.telegram.references import read_references
from generator.telegram.remarks import header_remarks, section_remarks
from generator.telegram.source_text import SourceText, read_lines
from generator.telegram.subject import parse_subject
from generator.telegram.tags import parse_tags, strip_label
from generator.telegram.transmission import TransmissionHeader, read_transmission

_LEVEL_OF_SECURITY = {
    "U": "UNCLASSIFIED",
    "E": "UNCLASSIFIED",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "T": "TOP SECRET",
}

_PRECEDENCE_OF_ROUTING = {"ZZ": "FLASH", "OO": "IMMEDIATE", "PP": "PRIORITY", "RR": "ROUTINE"}

# E.O. lines stand on every telegram from here on.
_FIRST_YEAR_OF_EO = 1972
_FIRST_YEAR_OF_TAGS = 1973

_LONGEST_DERIVED_SUBJECT = 90

_DATE_LIKE = re.compile(r"DECL.*\d[/-]\d", re.IGNORECASE)


def parse_cable(
    text: str, *, source: str = "<string>", first_line: int = 1, lexicon: Lexicon | None = None
) -> Cable:
    """Read a telegram.

    `source` is what problems call the text; where it is a file name that holds the cable's id ('08ASTANA2165.txt'),
    it may tell the year that the text lacks. `first_line` is the number of the text's first line in the file.
    Never raises on any string and never loses a word: what is not understood stays in the body verbatim
    and is told in `warnings`.
    """
    lexicon = lexicon or builtin_lexicon()
    lines = read_lines(text, name=source, first_line=first_line)
    transmission = read_transmission(lines, lexicon)
    header = read_message_header(lines, len(transmission.kinds), lexicon)
    if transmission.is_empty and not _has_fields(header):
        return _verbatim_cable(lines)
    return _assemble(lines, transmission, header, lexicon)


def _has_fields(header: MessageHeader) -> bool:
    return header.subject_index is not None or header.tags_index is not None


def _assemble(
    text: SourceText, transmission: TransmissionHeader, header: MessageHeader, lexicon: Lexicon
) -> Cable:
    """Put the fields of both headers and the body together."""
    classification = transmission.classification
    number = classification.number if classification else None
    kinds = transmission.kinds + header.kinds
    problems: list[Problem] = []

    named = id_of_name(text.name, lexicon)
    date, precision, year = settle_date(text, transmission, header, number, named, problems)
    id_, number = settle_identity(text, number, year, named, problems)
    if year is None and id_ is not None:
        year = split_id(id_)[0]

    order = _executive_order(text, header, date, problems)
    tags = _tags(text, header, order, date, lexicon, problems)
    body = parse_body(
        text,
        len(kinds),
        number=number,
        section=classification.section if classification else 1,
        sections=classification.sections if classification else 1,
        is_extract=transmission.is_extract,
        lexicon=lexicon,
    )
    references = _references(text, header, year, id_, date, lexicon, problems)
    subject, marking = parse_subject(header.subject)
    if subject is None:
        subject = _derived_subject(body.blocks)
        problems.append(_no_subject(text, header, subject))
    problems.extend(section_remarks(text, body, subject))
    authority = _authority(header, body)
    handling, captions = _handling_and_captions(transmission, header)
    level = (
        classification.level if classification else _level_without_line(text, transmission, body, problems)
    )
    problems.extend(header_remarks(text, transmission, header, date))
    problems.extend(body.warnings)
    return Cable(
        source=text.name,
        id=id_,
        year=year,
        post=number.post
        if number
        else (lexicon.post_key(transmission.origin) if transmission.origin else None),
        serial=number.serial if number else None,
        origin=transmission.origin,
        date=date,
        date_precision=precision,
        message_id=transmission.message_id,
        routing=transmission.routing,
        precedence=_precedence(text, transmission),
        action=transmission.action,
        info=transmission.info,
        classification=level,
        handling=handling,
        captions=captions,
        attention=tuple(header.attention),
        executive_order=order.number if order else None,
        declassification=order.value if order else None,
        declassification_code=order.code if order else None,
        declassify_on=order.declassify_on if order else None,
        downgrade_on=order.downgrade_on if order else None,
        classified_by=authority.text if authority else None,
        reasons=authority.reasons if authority else (),
        tags=tags,
        subject=subject,
        subject_marking=marking,
        references=references,
        section=classification.section if classification else 1,
        sections=classification.sections if classification else 1,
        body=body.blocks,
        summary=body.summary,
        signer=body.signer,
        is_extract=transmission.is_extract,
        parts=_parts(text, kinds) + body.parts,
        warnings=_in_order(problems),
    )


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _parts(text: SourceText, kinds: Sequence[PartKind]) -> tuple[Part, ...]:
    """The lines of the header, neighbours of one kind together."""
    bounds = [at for at, (above, kind) in enumerate(pairwise([None, *kinds, None])) if kind != above]
    return tuple(
        [
            Part(kind=kinds[start], line=text.line_number(start), text=text.raw_text(start, stop))
            for start, stop in pairwise(bounds)
        ]
    )


def _precedence(text: SourceText, transmission: TransmissionHeader) -> str | None:
    """The DTG's precedence, else that of the first routing line."""
    if transmission.dtg and transmission.dtg.precedence:
        return transmission.dtg.precedence
    if "routing" in transmission.kinds:
        line = text.lines[transmission.kinds.index("routing")]
        return _PRECEDENCE_OF_ROUTING.get(line.split()[0])
    return None


def _executive_order(
    text: SourceText, header: MessageHeader, date: datetime | None, problems: list[Problem]
) -> ExecutiveOrder | None:
    index = header.executive_order_index
    if index is None:
        if date is not None and date.year > _FIRST_YEAR_OF_EO:
            problems.append(text.problem(None, "eo-missing", "no E.O. line was found", severity="info"))
        return None
    order = parse_executive_order("\n".join(header.executive_order), date)
    if order is None:
        return None
    if order.swapped:
        problems.append(
            text.problem(index, "declassification-swapped", "day and month stand the other way round")
        )
    if order.declassify_on is None and _DATE_LIKE.search(order.value):
        problems.append(
            text.problem(
                index,
                "declassification-unclear",
                "no date after the telegram's own could be read",
                severity="info",
                next_step="the value is shown as written",
            )
        )
    return order


def _tags(
    text: SourceText,
    header: MessageHeader,
    order: ExecutiveOrder | None,
    date: datetime | None,
    lexicon: Lexicon,
    problems: list[Problem],
) -> tuple[Tag, ...]:
    """The TAGS, which may also stand on the E.O. line."""
    written = strip_label("\n".join(header.tags)) if header.tags else ""
    if not written and order is not None and order.rest:
        written = strip_label(order.rest)
    if not written.strip():
        if date is None or date.year >= _FIRST_YEAR_OF_TAGS:
            problems.append(
                text.problem(header.tags_index, "tags-missing", "there are no TAGS", severity="info")
            )
        return ()
    line = parse_tags(written, lexicon)
    for remark in line.remarks:
        index, column = _spot(text, header, remark.raw)
        problems.append(
            text.problem(
                index,
                remark.code,
                remark.message,
                severity="warning" if remark.code == "tag-rejected" else "info",
                column=column,
            )
        )
    return line.tags


def _references(
    text: SourceText,
    header: MessageHeader,
    year: int | None,
    id_: str | None,
    date: datetime | None,
    lexicon: Lexicon,
    problems: list[Problem],
) -> tuple[Reference, ...]:
    if not header.references:
        return ()
    block = read_references(header.references, year=year, lexicon=lexicon, own_id=id_, sent=date)
    problems.extend(
        text.problem(
            header.references_index,
            remark.code,
            remark.message,
            severity=remark.severity,
            next_step=remark.next_step,
        )
        for remark in block.remarks
    )
    return block.references


def _spot(text: SourceText, header: MessageHeader, word: str) -> tuple[int | None, int | None]:
    """Line index and 1-based column of a word of the TAGS."""
    first = header.tags_index
    if first is None:
        return None, None
    for index in range(first, first + max(1, len(header.tags))):
        column = text.lines[index].find(word)
        if column >= 0:
            return index, column + 1
    return first, None


def _handling_and_captions(
    transmission: TransmissionHeader, header: MessageHeader
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Handling words and captions of the classification line and of the caption block, each once."""
    line = transmission.classification
    handling = [*(line.handling if line else ())]
    captions = [*(line.captions if line else ())]
    for caption in header.captions:
        handling.extend(caption.handling)
        captions.extend(caption.captions)
    return tuple(dict.fromkeys(handling)), tuple(dict.fromkeys(captions))


def _level_without_line(
    text: SourceText, transmission: TransmissionHeader, body: Body, problems: list[Problem]
) -> str | None:
    """The classification from the security warning, else from the highest portion marking."""
    level, origin = None, ""
    if transmission.security:
        level, origin = _LEVEL_OF_SECURITY.get(transmission.security[0]), "the security warning line"
    if level is None:
        level, origin = highest_level(body.blocks), "the portion markings"
    problems.append(
        text.problem(
            None,
            "classification-missing",
            "no classification line was found",
            next_step=f"{level} was taken from {origin}"
            if level
            else "the cable is shown without a classification",
        )
    )
    return level


def _derived_subject(blocks: Sequence[Block]) -> str | None:
    """The first heading or the first sentence, where the telegram names no subject."""
    for block in blocks:
        if block.text and block.kind in ("heading", "paragraph", "verbatim"):
            first = block.text.strip().partition("\n")[0]
            sentence, stop, _ = first.partition(". ")
            subject = " ".join((sentence + stop).split())
            if len(subject) > _LONGEST_DERIVED_SUBJECT:
                subject = subject[:_LONGEST_DERIVED_SUBJECT].rpartition(" ")[0] + " ..."
            return subject.strip(" ,;:") or None
    return None


def _no_subject(text: SourceText, header: MessageHeader, derived: str | None) -> Problem:
    return text.problem(
        header.subject_index,
        "subject-missing",
        "no subject was found",
        next_step="the first words of the text stand in its place" if derived else "",
    )


def _authority(header: MessageHeader, body: Body) -> ClassifiedBy | None:
    """Who classified the telegram: a field of the header, or now and then the first paragraph."""
    if header.classified_by:
        return parse_classified_by(header.classified_by)
    first = body.blocks[0] if body.blocks else None
    if first is not None and first.kind == "paragraph" and opens_classified_by(first.text):
        return parse_classified_by([first.text])
    return None


def _verbatim_cable(text: SourceText) -> Cable:
    """A text in which nothing of a telegram was found: kept as it is."""
    content = "\n".join(text.lines).strip("\n")
    if not content.strip():
        problem = text.problem(None, "empty", "the source is empty")
        blank = text.raw_text(0, len(text.raw))
        parts = (Part(kind="blank", line=text.first_line, text=blank),) if blank else ()
        return Cable(source=text.name, is_telegram=False, parts=parts, warnings=(problem,))
    block = Block(
        kind="verbatim", line=text.first_line, last_line=text.line_number(len(text.lines) - 1), text=content
    )
    return Cable(
        source=text.name,
        subject=_derived_subject([block]),
        is_telegram=False,
        body=(block,),
        parts=(Part(kind="body", line=text.first_line, text=text.raw_text(0, len(text.raw))),),
        warnings=(
            text.problem(
                None,
                "not-a-telegram",
                "nothing of a telegram was found",
                next_step="the text is published verbatim",
            ),
        ),
    )
