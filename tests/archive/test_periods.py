import pytest

from generator.archive.periods import MonthCount, plan_periods, plan_year


def months(text: str) -> list[MonthCount]:
    """'2007-11:3 undated:1' as counts."""
    counts = []
    for entry in text.split():
        period, _, count = entry.partition(":")
        year, _, month = period.partition("-")
        counts.append(
            MonthCount(
                year=int(year) if year.isdigit() else None,
                month=int(month) if month and month != "00" else None,
                count=int(count),
            )
        )
    return counts


@pytest.mark.parametrize(
    ("counts", "pages"),
    [
        ("2007-11:3 2008-01:7", ["(10)"]),
        ("2007-11:3 2008-01:8", ["(11) 2007 2008", "2007(3)", "2008(8)"]),
        (
            "2007-11:3 2008-01:6 2008-02:7",
            ["(16) 2007 2008", "2007(3)", "2008(13) 2008-01 2008-02", "2008-01(6)", "2008-02(7)"],
        ),
        ("2007-11:30", ["(30) 2007", "2007(30) 2007-11", "2007-11(30)"]),  # a month is never cut
        ("2007-11:9 undated:9", ["(18) 2007 undated", "2007(9)", "undated(9)"]),
        ("2007-00:6 2007-11:6", ["(12) 2007", "2007(12) 2007-00 2007-11", "2007-00(6)", "2007-11(6)"]),
        ("", ["(0)"]),
    ],
)
def test_a_list_is_cut_by_time_where_it_is_too_long(counts: str, pages: list[str]) -> None:
    plan = plan_periods(months(counts), limit=10)
    assert [
        " ".join([f"{page.period}({page.count})", *(part.period for part in page.parts)]) for page in plan
    ] == pages


def test_a_new_cable_changes_the_pages_of_its_own_period_alone() -> None:
    before = plan_periods(months("2006-05:9 2007-11:9 2008-01:4"), limit=10)
    after = plan_periods(months("2006-05:9 2007-11:9 2008-01:5"), limit=10)
    changed = {new.period for old, new in zip(before, after, strict=True) if old != new}
    assert changed == {"", "2008"}


@pytest.mark.parametrize(
    ("counts", "pages"),
    [
        ("2008-01:4 2008-02:5", ["(9)", "2008-01(4)", "2008-02(5)"]),
        ("2008-01:6 2008-02:5", ["(11) 2008-01 2008-02", "2008-01(6)", "2008-02(5)"]),
        ("undated:4", ["(4)"]),
    ],
)
def test_a_year_of_the_date_index_has_a_page_for_each_month(counts: str, pages: list[str]) -> None:
    plan = plan_year(months(counts), limit=10)
    assert [
        " ".join([f"{page.period}({page.count})", *(part.period for part in page.parts)]) for page in plan
    ] == pages
