import time
from datetime import UTC, datetime

import pytest
from case_files import Case, read_cases

from generator.telegram.executive_order import parse_executive_order

SENT = "2008-02-14"


def show(case: Case) -> list[str]:
    """What an E.O. line says, in a telegram of 14 February 2008 unless the file says otherwise."""
    sent = datetime.fromisoformat(case.given.get("sent", SENT)).replace(tzinfo=UTC)
    order = parse_executive_order("\n".join(case.lines), sent)
    if order is None:
        return ["no E.O. line"]
    fields = {
        "order": order.number,
        "value": order.value,
        "declassify on": order.declassify_on,
        "code": order.code,
        "downgrade on": order.downgrade_on,
        "day and month": "swapped" if order.swapped else None,
        "rest": order.rest or None,
    }
    return [f"{name}: {value}" for name, value in fields.items() if value]


@pytest.mark.parametrize("case", read_cases("executive_order"))
def test_executive_order(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize("unit", ["DECL ", "1/", "N ", " ", "TAGS "])
def test_a_line_of_a_million_letters_takes_no_longer_than_its_length_asks(unit: str) -> None:
    began = time.perf_counter()
    parse_executive_order("E.O. 12958: " + unit * (1_000_000 // len(unit)) + "x", None)
    assert time.perf_counter() - began < 10
