"""Which cable a telegram is, and when it was sent: settled from all that says so.

The classification line and the date-time group decide; the filing time, a weekday line and the file's name help out
where a copy has lost them, and it is told what was taken from where.
"""

from datetime import UTC, datetime

from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.cable import DatePrecision
from generator.telegram.dtg import parse_filing_time, parse_weekday_line
from generator.telegram.message_header import MessageHeader
from generator.telegram.message_number import MessageNumber
from generator.telegram.reference_id import canonical_id, make_id, split_id
from generator.telegram.source_text import SourceText
from generator.telegram.transmission import TransmissionHeader


def id_of_name(name: str, lexicon: Lexicon) -> str | None:
    """The id that a file name holds, '08STRELSAU123-corrected.txt'; that of a file with several telegrams is nobody's."""
    base = name.rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    if not stem[:2].isdigit() or "#" in name:
        return None
    return canonical_id(stem, lexicon) or canonical_id(stem.partition("-")[0], lexicon)


def settle_date(
    text: SourceText,
    transmission: TransmissionHeader,
    header: MessageHeader,
    number: MessageNumber | None,
    named: str | None,
    problems: list[Problem],
) -> tuple[datetime | None, DatePrecision | None, int | None]:
    """When the telegram was sent, how exactly that is known, and in which year.

    The DTG decides; then the filing time, in a year known from the DTG, a weekday line or the file's name; then
    the weekday line itself.
    """
    dtg = transmission.dtg
    if dtg is not None and dtg.when is not None:
        return dtg.when, "minute", dtg.when.year
    weekday = parse_weekday_line(transmission.weekday_line or header.weekday_line or "")
    year = dtg.year if dtg else weekday.year if weekday else None
    if year is None and named and (number is None or split_id(named)[1:] == (number.post, number.serial)):
        year = split_id(named)[0]
    filed = parse_filing_time(transmission.station, year) if transmission.station and year else None
    if filed is not None:
        problems.append(_date_problem(text, transmission, f"{filed:%d %B %Y} was taken from the filing time"))
        return filed, "minute", filed.year
    if weekday is not None and weekday.year == year:
        problems.append(
            _date_problem(text, transmission, f"{weekday:%d %B %Y} was taken from the weekday line")
        )
        return weekday, "day", weekday.year
    if year is not None:
        problems.append(_date_problem(text, transmission, f"only the year {year} is known"))
        return datetime(year, 1, 1, tzinfo=UTC), "year", year
    problems.append(_date_problem(text, transmission, "the cable is undated"))
    return None, None, None


def _date_problem(text: SourceText, transmission: TransmissionHeader, instead: str) -> Problem:
    if transmission.dtg is not None:
        return text.problem(
            transmission.dtg_index,
            "dtg-impossible",
            "the date-time group names no moment that exists",
            next_step=instead,
        )
    return text.problem(None, "dtg-missing", "no date-time group was found", next_step=instead)


def settle_identity(
    text: SourceText,
    number: MessageNumber | None,
    year: int | None,
    named: str | None,
    problems: list[Problem],
) -> tuple[str | None, MessageNumber | None]:
    """The cable's id and message number; the file's name helps out where the text has none."""
    if number is not None:
        id_ = make_id(year, number.post, number.serial) if year is not None and number.serial else None
        if id_ is not None and named is not None and id_ != named:
            problems.append(
                text.problem(
                    None,
                    "id-differs-from-name",
                    f"the text says {id_}, the file's name {named}",
                    next_step="the text is believed; rename the file if the text is right",
                )
            )
        return id_, number
    if named is None:
        problems.append(
            text.problem(
                None,
                "id-unknown",
                "no message number was found, so the cable has no reference id",
                next_step="name the file after the id, 08STRELSAU123.txt, if it is known",
            )
        )
        return None, None
    _, post, serial = split_id(named)
    problems.append(
        text.problem(
            None,
            "id-from-name",
            f"no message number was found; {named} was taken from the file's name",
            severity="info",
        )
    )
    return named, MessageNumber(post=post, post_name=post, serial=serial)
