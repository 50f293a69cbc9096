import pytest
from case_files import Case, read_cases

from generator.telegram.addressees import parse_addressee, parse_addressees


def show(case: Case) -> list[str]:
    """Each addressee: routing, name, precedence, serial, and whom XMT takes out."""
    return [
        f"{found.routing or '-'} | {found.name} | {found.precedence or '-'} | {found.serial or '-'}"
        + (f" | without {', '.join(found.excluded)}" if found.excluded else "")
        for found in parse_addressees(case.lines)
    ]


@pytest.mark.parametrize("case", read_cases("addressees"))
def test_addressees(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    ("written", "routing", "name", "precedence", "serial"),
    [
        ("RUEHC/SECSTATE WASHDC PRIORITY 3716", "RUEHC", "SECSTATE WASHDC", "PRIORITY", "3716"),
        ("RUEHQZ/AMCONSUL ZENDA 0012", "RUEHQZ", "AMCONSUL ZENDA", None, "0012"),
        ("RUCNRUR/RURITANIA COLLECTIVE", "RUCNRUR", "RURITANIA COLLECTIVE", None, None),
        ("SECSTATE WASHDC 1234", None, "SECSTATE WASHDC", None, "1234"),
        ("SECSTATE WASHDC NIACT IMMEDIATE 1234", None, "SECSTATE WASHDC", "NIACT IMMEDIATE", "1234"),
        ("RUEHC/SECSTATE WASHDC PIORITY 3716", "RUEHC", "SECSTATE WASHDC", "PRIORITY", "3716"),  # mistyped
        ("RUEHQK/AMEMBASSY SLAVNA FLASH", "RUEHQK", "AMEMBASSY SLAVNA", "FLASH", None),
        (
            "DEPT OF PORTS WASHINGTON DC//ABC//1234",
            None,
            "DEPT OF PORTS WASHINGTON DC//ABC//1234",
            None,
            None,
        ),
        ("AMEMBASSY PORT TARLENHEIM", None, "AMEMBASSY PORT TARLENHEIM", None, None),  # no PRIORITY in PORT
        ("IMMEDIATE", None, "IMMEDIATE", None, None),  # a name is never emptied
    ],
)
def test_an_addressee_is_read_from_its_end(
    written: str, routing: str | None, name: str, precedence: str | None, serial: str | None
) -> None:
    addressee = parse_addressee(written)
    assert (addressee.routing, addressee.name, addressee.precedence, addressee.serial) == (
        routing,
        name,
        precedence,
        serial,
    )
