"""Calendars of a year and of any year."""

import pytest

from generator.render.pictures.calendar import DAYS_OF_YEAR, make_calendar, make_days


def test_a_year_has_twelve_months_of_weeks_that_begin_on_monday() -> None:
    calendar = make_calendar("date/2008.html", "2008", {"02-29": 3})
    assert [day.name for day in calendar.weekdays][::6] == ["Monday", "Sunday"]
    assert [month.title for month in calendar.months][:2] == ["January", "February"]
    february = calendar.months[1]
    assert (february.href, february.count) == ("2008-02.html", "3")
    assert {len(week) for week in february.weeks} == {7}
    assert [day.number for day in february.weeks[0]] == ["", "", "", "", "1", "2", "3"]  # a Friday
    assert [(day.number, day.href, day.count) for day in february.weeks[-1][:5]] == [
        ("25", "", ""),
        ("26", "", ""),
        ("27", "", ""),
        ("28", "", ""),
        ("29", "2008-02.html#d29", "3 cables"),
    ]
    assert calendar.months[0].href == ""


@pytest.mark.parametrize(
    ("count", "most", "shade"),
    [(1, 1, 1), (2, 2, 2), (4, 4, 4), (1, 100, 1), (25, 100, 1), (26, 100, 2), (75, 100, 3), (100, 100, 4)],
)
def test_a_day_is_the_darker_the_more_cables_it_has(count: int, most: int, shade: int) -> None:
    calendar = make_calendar("date/2008.html", "2008", {"01-01": count, "01-02": most})
    assert calendar.months[0].weeks[0][1].shade == shade


def test_any_year_has_366_days_and_each_leads_to_its_page() -> None:
    assert len(DAYS_OF_YEAR) == len(set(DAYS_OF_YEAR)) == 366
    days = [
        day
        for month in make_days("day/index.html", {"02-29": 1}).months
        for week in month.weeks
        for day in week
    ]
    assert [day.href for day in days] == [f"{name}.html" for name in DAYS_OF_YEAR]
    assert [(day.number, day.count, day.shade) for day in days if day.shade] == [("29", "1 cable", 1)]
