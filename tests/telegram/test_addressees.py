import pytest

from generator.telegram.addressees import parse_addressee, parse_addressees


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


@pytest.mark.parametrize(
    "lines",
    [
        ["RUCNRUR/RURITANIA COLLECTIVE, XMT AMCONSUL ZENDA"],
        ["RUCNRUR/RURITANIA COLLECTIVE", "XMT AMCONSUL ZENDA"],
    ],
)
def test_xmt_takes_a_post_out_of_the_collective_before_it(lines: list[str]) -> None:
    (collective,) = parse_addressees(lines)
    assert collective.name == "RURITANIA COLLECTIVE"
    assert collective.excluded == ("AMCONSUL ZENDA",)
