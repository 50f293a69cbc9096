import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.telegram.recognise import looks_like_telegram


@pytest.mark.parametrize(
    "text",
    [
        "VZCZCXRO1443\nPP RUEHAG RUEHAST\nDE RUEHTA #2165/01 3080856\n",
        "\n\nP 030856Z NOV 08\nFM AMEMBASSY STRELSAU\n",
        "UNCLAS STRELSAU 002165\n\nE.O. 12958: N/A\n",
        "S E C R E T SECTION 01 OF 02 PORT TARLENHEIM 000123\nEO 12958 DECL: 02/14/2018\n",
        "Tuesday, 14 February 2008, 12:30\nTAGS PGOV, PREL\nSUBJECT: SALT\n",
        "TAGS: [PGOV](#) [PREL](#)\n\nSUBJECT: SALT\n",
        "  FM AMEMBASSY STRELSAU\r\n  TAGS: PREL\r\n",
        "This record is a partial extract of the original cable.\n\nE.O. 11652: GDS\nTAGS: PFOR\n",
    ],
)
def test_two_kinds_of_header_line_make_a_telegram(text: str) -> None:
    assert looks_like_telegram(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# About this archive\n\nIt holds telegrams from Strelsau.\n",
        "SUBJECT: a letter\n\nDear Sir,\n",
        "# Reading a telegram\n\n```\nVZCZCXRO1443\nPP RUEHAG RUEHAST\nFM AMEMBASSY STRELSAU\n```\n\nThen follows ...\n",
        "Reading a telegram\n\n    FM AMEMBASSY STRELSAU\n    TAGS: PREL\n",
        "| word | meaning |\n| TAGS: PREL | subjects |\n| FM AMEMBASSY | who |\n",
        "The line FM AMEMBASSY STRELSAU names the post.\nThe line TAGS: PREL the subject.\n",
        "\n" * 100 + "FM AMEMBASSY STRELSAU\nTAGS: PREL\n",
    ],
)
def test_a_page_that_only_speaks_of_telegrams_is_none(text: str) -> None:
    assert not looks_like_telegram(text)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    looks_like_telegram(text)


@pytest.mark.parametrize("line", ["SECRET " + "A" * 200_000, "SECRET" + " 01 OF 02" * 20_000, "Z " * 100_000])
def test_a_very_long_line_is_no_trouble(line: str) -> None:
    assert not looks_like_telegram(line)
