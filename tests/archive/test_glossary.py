"""What a glossary asks of the archive."""

from site_tools import catalogue_of, cleared, telegram

from generator.archive.glossary import WordUse, word_uses
from generator.telegram.parse import parse_cable


def test_every_word_is_counted_once_a_cable_and_the_earliest_are_named() -> None:
    texts = {
        "a.txt": telegram(1, dtg="031230Z FEB 08", text="1. (U) Poloff met Poloff, and SIPDIS."),
        "b.txt": telegram(2, dtg="011230Z FEB 08", text="1. (U) Poloff."),
        "c.txt": telegram(3, dtg="021230Z FEB 08").replace("SECSTATE WASHDC", "AMEMBASSY ASTANA"),
        "d.txt": telegram(4, dtg="041230Z FEB 08", text="1. (U) The GOK."),
        "e.txt": "Dear Rosa,\n",
    }
    cables = [cleared(parse_cable(text, source=path), path=path) for path, text in texts.items()]
    uses = word_uses(catalogue_of(cables), examples=2)
    first, second, third, fourth = (
        (f"08STRELSAU{number}", f"cable/2008/02/08STRELSAU{number}.html") for number in (2, 3, 1, 4)
    )
    above = WordUse(count=4, first=[first, second])
    assert uses.words == {
        "POLOFF": WordUse(count=2, first=[first, third]),
        "GOK": WordUse(count=1, first=[fourth]),
        "caption-SIPDIS": above,
        "prec-PRIORITY": above,
        "order-12958": above,
        "decl-N/A": above,
    }
    assert uses.addressed == {"STATE": 3, "ASTANA": 1, "ZENDA": 4}
