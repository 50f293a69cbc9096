"""Bars by year or month, and where they lead."""

import pytest

from generator.archive.periods import MonthCount
from generator.render.pictures.histogram import Histogram, lead_to_dates, lead_to_periods, make_histogram


def months(*counts: tuple[int | None, int | None, int]) -> list[MonthCount]:
    return [MonthCount(year=year, month=month, count=count) for year, month, count in counts]


def of_dates(*counts: tuple[int | None, int | None, int]) -> Histogram | None:
    return make_histogram(months(*counts), lead_to_dates("index.html"))


def test_every_year_between_the_first_and_the_last_has_its_place() -> None:
    picture = of_dates((1966, 10, 1), (1966, 11, 3), (1968, 1, 8), (1969, None, 2), (None, None, 5))
    assert picture is not None
    assert (picture.title, picture.unit, picture.most) == ("Cables by year", "Year", "most in 1968: 8")
    assert [(bar.period, bar.count, bar.href, bar.height) for bar in picture.bars] == [
        ("1966", "4", "date/1966.html", 50),
        ("1967", "0", "", 0),
        ("1968", "8", "date/1968.html", 100),
        ("1969", "2", "date/1969.html", 25),
    ]
    assert picture.bars[0].title == "1966: 4 cables"
    assert [bar.label for bar in picture.bars] == ["1966", "", "", "1969"]


def test_less_than_three_years_are_shown_by_month() -> None:
    picture = of_dates((2007, 11, 1), (2008, None, 9), (2008, 1, 2), (2008, 2, 4))
    assert picture is not None
    assert (picture.title, picture.unit) == ("Cables by month", "Month")
    assert [(bar.period, bar.count, bar.href) for bar in picture.bars] == [
        ("November 2007", "1", "date/2007-11.html"),
        ("December 2007", "0", ""),
        ("January 2008", "2", "date/2008-01.html"),
        ("February 2008", "4", "date/2008-02.html"),
    ]
    assert [bar.label for bar in picture.bars] == ["", "", "2008", ""]


@pytest.mark.parametrize(
    "counts",
    [[], [(None, None, 9)], [(1966, 1, 9), (2009, 1, 9)], [(2008, 1, 1), (2008, 2, 1)], [(2008, None, 9)]],
)
def test_fewer_than_three_bars_are_no_histogram(counts: list[tuple[int | None, int | None, int]]) -> None:
    assert of_dates(*counts) is None


@pytest.mark.parametrize(
    ("period", "periods", "href", "said"),
    [
        ("2008", {"", "2008"}, "PGOV/2008.html", " of PGOV"),
        ("2008-11", {"", "2008", "2008-11"}, "PGOV/2008-11.html", " of PGOV"),
        ("2008-11", {"", "2008"}, "PGOV/2008.html", " of PGOV, among those of 2008"),
        ("2008", {""}, "../date/2008.html", " of PGOV, among all of 2008"),
        ("2008-11", {""}, "../date/2008-11.html", " of PGOV, among all of November 2008"),
    ],
)
def test_a_bar_leads_to_the_lists_own_period_or_to_that_of_all_and_says_so(
    period: str, periods: set[str], href: str, said: str
) -> None:
    assert lead_to_periods("tag/PGOV.html", "tag", "PGOV", "PGOV", periods)(period) == (href, said)
