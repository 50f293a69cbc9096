from datetime import UTC, date, datetime

import pytest

from generator.telegram.executive_order import parse_executive_order

SENT = datetime(2008, 2, 14, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "number", "value", "until"),
    [
        ("E.O. 12958: DECL: 02/14/2018", "12958", "DECL: 02/14/2018", date(2018, 2, 14)),
        ("EO 12958 DECL: 02/14/2018", "12958", "DECL: 02/14/2018", date(2018, 2, 14)),
        ("E.O. 13526: DECL: 2020/02/14", "13526", "DECL: 2020/02/14", date(2020, 2, 14)),
        ("E.O. 12958: DECL: 2018-02-14", "12958", "DECL: 2018-02-14", date(2018, 2, 14)),
        ("E.O. 12958: DECL: 2/14/18", "12958", "DECL: 2/14/18", date(2018, 2, 14)),
        ("E.O. 12958: 02/14/2018", "12958", "02/14/2018", date(2018, 2, 14)),
        ("E.O. 12958: Declassify on 2/14/2018", "12958", "Declassify on 2/14/2018", date(2018, 2, 14)),
        ("e.o. 12958: decl: 02/14/2018", "12958", "decl: 02/14/2018", date(2018, 2, 14)),
        ("E.O. 12958: N/A", "12958", "N/A", None),
        ("E.O. 12356: DECL: OADR", "12356", "DECL: OADR", None),
        ("E.O. 11652: GDS", "11652", "GDS", None),
        ("E.O. 11652: XGDS-1", "11652", "XGDS-1", None),
        ("E.O. 10501: GROUP 4", "10501", "GROUP 4", None),
        ("E.O. 12958: DECL: X1, X6", "12958", "DECL: X1, X6", None),
        ("E.O. 12958: DECL: UPON SIGNATURE OF TREATY", "12958", "DECL: UPON SIGNATURE OF TREATY", None),
        (
            "E.O. 12958: DNG: CO 02/14/2018",
            "12958",
            "DNG: CO 02/14/2018",
            None,
        ),  # downgraded, not declassified
        ("E.O. 12958: DECL: 02/30/2018", "12958", "DECL: 02/30/2018", None),
        ("E.O. 12958: DECL: 02/14/1998", "12958", "DECL: 02/14/1998", None),  # before the telegram
    ],
)
def test_an_eo_line_gives_order_and_date(written: str, number: str, value: str, until: date | None) -> None:
    order = parse_executive_order(written, SENT)
    assert order is not None
    assert (order.number, order.value, order.declassify_on, order.swapped) == (number, value, until, False)


def test_day_and_month_are_swapped_where_only_that_makes_a_date() -> None:
    order = parse_executive_order("E.O. 12958: DECL: 14/02/2018", SENT)
    assert order is not None
    assert (order.declassify_on, order.swapped) == (date(2018, 2, 14), True)


def test_two_digits_of_a_year_lie_up_to_fifty_years_ahead() -> None:
    order = parse_executive_order("E.O. 12065: GDS 2/14/84 (PELHAM, J.)", datetime(1978, 2, 14, tzinfo=UTC))
    assert order is not None
    assert order.declassify_on == date(1984, 2, 14)


def test_a_field_on_the_same_line_is_handed_on() -> None:
    order = parse_executive_order("E.O. 11652: N/A TAGS: PFOR, QR", SENT)
    assert order is not None
    assert (order.value, order.rest) == ("N/A", "TAGS: PFOR, QR")


@pytest.mark.parametrize("text", ["", "TAGS: PGOV", "E.O. SENT A NOTE"])
def test_another_line_is_none(text: str) -> None:
    assert parse_executive_order(text, SENT) is None
