import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Error

from generator.telegram.lexer import TelegramLexer

TELEGRAM = """\
VZCZCXRO0042
PP RUEHAA RUEHBB RUEHCC
RUEHDD
DE RUEHXX #0123/01 0451230
ZNR UUUUU ZZH
O P 141230Z FEB 08 ZDK
FM AMEMBASSY STRELSAU
TO RUEHC/SECSTATE WASHDC PRIORITY 0456
INFO RUCNRUR/RURITANIA COLLECTIVE
RUEHXZ/AMCONSUL ZENDA NIACT IMMEDIATE 0012
BT

C O N F I D E N T I A L SECTION 01 OF 02 PORT TARLENHEIM 000123

SIPDIS

STATE FOR EUR/RUR

E.O. 12958: DECL: 02/14/2018
TAGS: PREL, UNGA/C-1 QQ
SUBJECT: (C) THE TARIFF LAW AND WHAT IT
MEANS FOR EXPORTERS

REF: STATE 9876

1. (C/NF) SUMMARY: The law passed.
TO the surprise of all.

PORT TARLENHEIM 00000123  002.1 OF 002

COMMENT
-------
"""


def tokens(text: str) -> list[tuple[str, str]]:
    """Token type without the leading 'Token.' and text, white space left out."""
    found = TelegramLexer().get_tokens(text)
    return [(str(kind)[6:], value.strip()) for kind, value in found if value.strip()]


@pytest.mark.parametrize(
    "token",
    [
        ("Name.Label", "VZCZCXRO0042"),
        ("Keyword", "PP"),
        ("Name.Namespace", "RUEHAA RUEHBB RUEHCC"),
        ("Name.Namespace", "RUEHDD"),
        ("Name.Namespace", "RUEHXX"),
        ("Literal.Number.Integer", "#0123/01"),
        ("Literal.Date", "0451230"),
        ("Keyword.Reserved", "ZNR"),
        ("Keyword.Type", "UUUUU"),
        ("Keyword", "O P"),
        ("Literal.Date", "141230Z FEB 08"),
        ("Text", "ZDK"),
        ("Keyword.Reserved", "FM"),
        ("Name.Class", "AMEMBASSY STRELSAU"),
        ("Name.Namespace", "RUEHC"),
        ("Name.Class", "SECSTATE WASHDC"),
        ("Keyword", "PRIORITY"),
        ("Literal.Number.Integer", "0456"),
        ("Keyword.Reserved", "INFO"),
        ("Name.Class", "RURITANIA COLLECTIVE"),
        ("Keyword", "NIACT IMMEDIATE"),
        ("Keyword.Reserved", "BT"),
        ("Keyword.Type", "C O N F I D E N T I A L"),
        ("Name.Class", "PORT TARLENHEIM"),
        ("Literal.Number.Integer", "000123"),
        ("Name.Decorator", "SIPDIS"),
        ("Text", "STATE FOR EUR/RUR"),
        ("Keyword.Reserved", "E.O. 12958"),
        ("Keyword.Reserved", "TAGS:"),
        ("Name.Tag", "UNGA/C-1"),
        ("Keyword.Reserved", "SUBJECT:"),
        ("Literal.String", "MEANS FOR EXPORTERS"),
        ("Keyword.Reserved", "REF:"),
        ("Generic.Subheading", "1."),
        ("Name.Decorator", "(C/NF)"),
        ("Text", "TO the surprise of all."),
        ("Comment", "PORT TARLENHEIM 00000123  002.1 OF 002"),
        ("Punctuation", "-------"),
    ],
)
def test_each_part_of_a_telegram_has_its_token(token: tuple[str, str]) -> None:
    assert token in tokens(TELEGRAM)


def test_an_older_telegram_lists_its_addressees_without_routing_indicators() -> None:
    text = "FM AMEMBASSY STRELSAU\nTO SECSTATE WASHDC 4567\nINFO AMCONSUL ZENDA\nAMEMBASSY SLAVNA IMMEDIATE\n"
    assert tokens(text + "UNCLAS STRELSAU 1234\nE.O. 11652: N/A\n") == [
        ("Keyword.Reserved", "FM"),
        ("Name.Class", "AMEMBASSY STRELSAU"),
        ("Keyword.Reserved", "TO"),
        ("Name.Class", "SECSTATE WASHDC"),
        ("Literal.Number.Integer", "4567"),
        ("Keyword.Reserved", "INFO"),
        ("Name.Class", "AMCONSUL ZENDA"),
        ("Name.Class", "AMEMBASSY SLAVNA"),
        ("Keyword", "IMMEDIATE"),
        ("Keyword.Type", "UNCLAS"),
        ("Name.Class", "STRELSAU"),
        ("Literal.Number.Integer", "1234"),
        ("Keyword.Reserved", "E.O. 11652"),
        ("Text", ": N/A"),
    ]


def test_what_follows_a_subject_without_a_blank_line_is_no_subject() -> None:
    assert tokens("SUBJ: SALT\nAND TIMBER\nREF: ZENDA 12\n") == [
        ("Keyword.Reserved", "SUBJ:"),
        ("Literal.String", "SALT"),
        ("Literal.String", "AND TIMBER"),
        ("Keyword.Reserved", "REF:"),
        ("Text", "ZENDA 12"),
    ]


def test_a_line_of_sections_needs_no_number_behind_its_post() -> None:
    assert tokens("UNCLAS SECTION 01 OF 12 STRELSAU\n") == [
        ("Keyword.Type", "UNCLAS"),
        ("Text", "SECTION"),
        ("Literal.Number.Integer", "01"),
        ("Text", "OF"),
        ("Literal.Number.Integer", "12"),
        ("Text", "STRELSAU"),
    ]


@pytest.mark.parametrize("state", ["message", "tags", "subject", "addressees", "first-addressee", "body"])
def test_a_telegram_may_be_read_from_any_state(state: str) -> None:
    found = TelegramLexer().get_tokens_unprocessed(TELEGRAM, [state])
    assert "".join(value for _, _, value in found) == TELEGRAM


FRAGMENTS = [
    *TELEGRAM.splitlines(),
    "TO",
    "INFO ",
    "TAGS",
    "SUBJECT",
    "\n",
    " ",
    "\t",
    "¶2. (S//NF",
    "R",
    "\x00",
]


@given(st.lists(st.sampled_from(FRAGMENTS)), st.sampled_from(["", " ", "\n", "\n\n"]))
def test_any_mixture_of_lines_comes_out_as_it_went_in(lines: list[str], between: str) -> None:
    text = between.join(lines)
    found = list(TelegramLexer().get_tokens(text))
    assert "".join(value for _, value in found) == text
    assert not any(kind is Error for kind, _ in found)


@given(st.lists(st.sampled_from(FRAGMENTS)), st.sampled_from(["", " ", "\n"]))
def test_its_tokens_are_those_that_pygments_would_find_with_its_rules(lines: list[str], between: str) -> None:
    lexer, text = TelegramLexer(), between.join(lines)
    assert [*lexer.get_tokens_unprocessed(text)] == [*RegexLexer.get_tokens_unprocessed(lexer, text)]


@given(st.text())
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    found = list(TelegramLexer().get_tokens_unprocessed(text))
    assert "".join(value for _, _, value in found) == text


@pytest.mark.parametrize(
    "text",
    [
        "RUEHC/" + "A " * 100_000,
        "RUEHC/" + " " * 200_000 + "x",
        "RUEHC/" + " PRIORITY" * 50_000,
        "TO " + "PRIORITY 1234 " * 20_000,
        "R" * 200_000 + "1",
        "RAAA " * 50_000 + "1",
        "A " * 100_000,
        "SECRET" * 50_000,
        "1. (S" + "/" * 200_000,
        "STRELSAU " * 30_000 + "00000123",
        "TAGS:" + " PREL" * 50_000,
        "TO\n" * 30_000,
        "SUBJECT: " + "X\n" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_very_long_line_is_no_trouble(text: str) -> None:
    assert "".join(value for _, value in TelegramLexer().get_tokens(text)) == text


def test_pygments_knows_the_lexer() -> None:
    assert isinstance(get_lexer_by_name("telegram"), TelegramLexer)
    assert isinstance(get_lexer_for_filename("08STRELSAU777.cable"), TelegramLexer)


def test_text_is_escaped_by_the_formatter() -> None:
    page = highlight("FM <script>\n", TelegramLexer(), HtmlFormatter())
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
