from datetime import UTC, datetime

import pytest
from case_files import Case, read_cases

from generator.telegram.dtg import filing_differs, full_year, parse_dtg, parse_filing_time, parse_weekday_line


def show(case: Case) -> list[str]:
    """Each date-time group as precedence and moment in UTC."""
    shown: list[str] = []
    for text in case.lines:
        dtg = parse_dtg(text)
        if dtg is None:
            shown.append("none")
        else:
            moment = f"{dtg.when:%Y-%m-%d %H:%M}" if dtg.when else f"impossible, in {dtg.year}"
            shown.append(f"{dtg.precedence or 'no precedence'}, {moment}")
    return shown


@pytest.mark.parametrize("case", read_cases("dtg"))
def test_dtg(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    "text", ["", "FM AMEMBASSY STRELSAU", "141230 FEB 08", "P 141230Z", "PP RUEHC", "STRELSAU 1412"]
)
def test_what_is_no_date_time_group_is_none(text: str) -> None:
    assert parse_dtg(text) is None


@pytest.mark.parametrize(
    ("digits", "year"), [("00", 2000), ("10", 2010), ("49", 2049), ("50", 1950), ("66", 1966), ("1866", 1866)]
)
def test_two_digits_of_a_year_turn_at_fifty(digits: str, year: int) -> None:
    assert full_year(digits) == year


@pytest.mark.parametrize(
    ("line", "year", "moment"),
    [
        ("DE RUEHQS #0123/01 0451230", 2008, "2008-02-14 12:30"),
        ("DE RUEHQS #0123 3661200", 2008, "2008-12-31 12:00"),
        ("DE RUEHQS #0123 3661200", 2007, None),  # no leap year
        ("DE RUEHQS #0123 0001200", 2008, None),
        ("DE RUEHQS #0123 0452430", 2008, None),
        ("DE RUEHQS #0123", 2008, None),
    ],
)
def test_the_filing_time_is_a_day_of_the_year(line: str, year: int, moment: str | None) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
    assert parse_filing_time(line, year) == expected


@pytest.mark.parametrize(
    ("sent", "line", "differs"),
    [
        ("2008-02-14 12:30", "DE RUEHQS #0123 0451231", False),
        ("2008-02-14 12:30", "DE RUEHQS #0123 0471231", True),
        ("2007-12-31 23:55", "DE RUEHQS #0123 0010005", False),  # filed in the new year
    ],
)
def test_dtg_and_filing_time_are_compared_across_the_turn_of_the_year(
    sent: str, line: str, differs: bool
) -> None:
    assert filing_differs(datetime.fromisoformat(sent).replace(tzinfo=UTC), line) is differs


@pytest.mark.parametrize("line", ["Tuesday, 14 February 2006, 12:30", "Tuesday, 14 February 2006"])
def test_a_weekday_line_gives_the_day_and_no_time(line: str) -> None:
    assert parse_weekday_line(line) == datetime(2006, 2, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["Tuesday was quiet", "Tuesday, 31 February 2006", "", "Tuesday, 14 Febtober 2006 at noon"]
)
def test_a_sentence_is_no_weekday_line(line: str) -> None:
    assert parse_weekday_line(line) is None
