"""What is worth telling of the headers of a telegram, once they are read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.problem import Problem
from generator.telegram.addressees import doubts
from generator.telegram.body import Body
from generator.telegram.dtg import filing_differs, parse_weekday_line
from generator.telegram.message_header import MessageHeader
from generator.telegram.source_text import SourceText
from generator.telegram.subject import LONGEST, is_cut, parse_subject
from generator.telegram.transmission import TransmissionHeader


def header_remarks(
    text: SourceText, transmission: TransmissionHeader, header: MessageHeader, date: datetime | None
) -> Iterator[Problem]:
    """What else is worth telling about the headers."""
    line = transmission.classification
    if line is not None and line.damaged:
        yield text.problem(
            len(transmission.kinds) - 1, "classification-repaired", f"the level was read as {line.level}"
        )
    dtg = transmission.dtg
    if dtg is not None and dtg.zone != "Z":
        yield text.problem(
            transmission.dtg_index, "dtg-zone", f"zone {dtg.zone} was converted to UTC", severity="info"
        )
    if (
        dtg is not None
        and dtg.when
        and transmission.station
        and filing_differs(dtg.when, transmission.station)
    ):
        yield text.problem(
            transmission.dtg_index,
            "dtg-differs-from-filing",
            "the filing time lies more than a day from the date-time group",
            next_step="the date-time group is believed",
        )
    for name, doubt in [*doubts(transmission.action), *doubts(transmission.info)]:
        index = next((at for at, raw in enumerate(text.lines) if name in raw), None)
        yield text.problem(index, "addressee-doubtful", doubt, next_step="it is listed by itself")
    if (
        len(header.subject) == LONGEST
        and header.subject_index is not None
        and is_cut(text.lines, header.subject_index)
    ):
        yield text.problem(
            header.subject_index,
            "subject-long",
            "the subject goes on for more lines than a subject has",
            next_step="it was cut, and what follows is read as text",
        )
    if transmission.empty_list is not None:
        yield text.problem(transmission.empty_list, "addressees-missing", "no addressee stands in this list")
    kinds = transmission.kinds
    if "noise" in kinds and "action" in kinds:
        for index in range(kinds.index("action"), len(kinds)):
            if kinds[index] == "noise":
                yield text.problem(
                    index, "noise-in-header", "a page line stands among the addressees", severity="info"
                )
    for index, caption in zip(header.caption_indexes, header.captions, strict=True):
        if not caption.is_known:
            yield text.problem(
                index, "caption-unknown", f"{caption.captions[0]} is no known caption", severity="info"
            )
    if text.removed:
        yield text.problem(
            None,
            "control-characters",
            f"{text.removed} control or invisible characters stand in the text",
            severity="info",
            next_step="they are left out of the page",
        )
    weekday = parse_weekday_line(transmission.weekday_line or header.weekday_line or "")
    if weekday and dtg and date and abs(weekday - date) > timedelta(days=2):
        yield text.problem(
            None, "weekday-differs", "the weekday line names another day than the date-time group"
        )


def section_remarks(text: SourceText, body: Body, subject: str | None) -> Iterator[Problem]:
    """Later sections repeat the subject; another one means that the pieces may not belong together."""
    for header in body.repeated:
        repeated, _ = parse_subject(header.subject)
        if repeated is not None and subject is not None and repeated.upper() != subject.upper():
            index = next((at for at, line in enumerate(text.lines) if line == header.subject[0]), None)
            yield text.problem(
                index,
                "section-differs",
                "a later section has another subject than the first",
                next_step="the first is shown; see whether the section belongs to this telegram",
            )
