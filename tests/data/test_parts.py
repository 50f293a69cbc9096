"""Data is cut by time, by the sizes of its months alone."""

import pytest

from generator.data.parts import Month, MonthSize, cut, holds

MONTHS = [
    MonthSize((1975, 0), 1, 20),
    MonthSize((2008, 0), 2, 40),
    MonthSize((2008, 2), 3, 50),
    MonthSize((2008, 11), 4, 90),
    MonthSize((0, 0), 5, 10),
]


@pytest.mark.parametrize(
    ("bound", "names"),
    [
        (210, ["", ]),
        (209, ["1975", "2008", "undated"]),
        (180, ["1975", "2008", "undated"]),
        (179, ["1975", "2008-00", "2008-02", "2008-11", "undated"]),
        (1, ["1975-00", "2008-00", "2008-02", "2008-11", "undated"]),
    ],
)  # fmt: skip
def test_a_file_that_would_be_too_large_is_cut_by_year_and_a_year_by_month(
    bound: int, names: list[str]
) -> None:
    parts = cut(MONTHS, bound)
    assert [part.name for part in parts] == names
    assert [month for part in parts for month in part.months] == [month.month for month in MONTHS]
    assert sum(part.cables for part in parts) == 15
    for part in parts:
        assert all(holds(part.name, month) for month in part.months)


def test_an_archive_without_cables_has_one_empty_part() -> None:
    assert [(part.name, part.months, part.cables) for part in cut([])] == [("", (), 0)]


@pytest.mark.parametrize(
    ("name", "month", "is_there"),
    [
        ("", (2008, 2), True),
        ("2008", (2008, 0), True),
        ("2008", (2007, 2), False),
        ("2008-02", (2008, 2), True),
        ("2008-02", (2008, 0), False),
        ("undated", (0, 0), True),
        ("undated", (2008, 2), False),
    ],
)
def test_a_part_holds_the_months_of_its_name(name: str, month: Month, *, is_there: bool) -> None:
    assert holds(name, month) is is_there
