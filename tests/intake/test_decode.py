import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.decode import decode, decode_entities, is_binary


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"plain", "plain", "utf-8"),
        (b"", "", "utf-8"),
        ("¶1. “Zürich”".encode(), "¶1. “Zürich”", "utf-8"),
        (codecs.BOM_UTF8 + "¶1.".encode(), "¶1.", "utf-8"),
        (codecs.BOM_UTF8 + b"\xb61.", "¶1.", "cp1252"),  # a mark that is wrong
        (codecs.BOM_UTF16_LE + "¶1.".encode("utf-16-le"), "¶1.", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "¶1.".encode("utf-16-be"), "¶1.", "utf-16-be"),
        (b"\xb61. \x93Z\xfcrich\x94", "¶1. “Zürich”", "cp1252"),
        (b"\x80\x81\x8d\x8f\x90\x9d\xff", "€\x81\x8d\x8f\x90\x9dÿ", "cp1252"),
    ],
)
def test_bytes_are_read_by_what_they_are(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_half_a_letter_of_utf16_is_told() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00\xd8x")
    assert decoded.text.startswith("ab")
    assert decoded.replaced == decoded.text.count("\ufffd") > 0


LATIN_AND_PUNCTUATION = "¶ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ«»§°–—‘’“”…•™\u00a0"  # noqa: RUF001


@pytest.mark.parametrize("letter", LATIN_AND_PUNCTUATION)
def test_a_letter_that_was_decoded_wrongly_is_repaired(letter: str) -> None:
    seen = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in letter.encode())
    decoded = decode(f"Foreign {seen} Minister".encode())
    assert (decoded.text, decoded.mojibake) == (f"Foreign {letter} Minister", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Åland, São Paulo, Ñuñoa, Nürnberg, Tromsø",
        "“Déjà vu”, « café », naïveté—and so on…",
        "ÂME, ÃO, â, Ã, Â",
        "5 € and 10 £",
        "Москва, 東京",
    ],
)
def test_a_text_that_is_right_is_left_alone(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.mojibake, decoded.is_damaged) == (text, 0, False)


def test_nothing_is_repaired_where_something_cannot_be() -> None:
    text = "itâ€™s â€ broken"
    decoded = decode(text.encode())
    assert (decoded.text, decoded.mojibake, decoded.is_damaged) == (text, 0, True)


@pytest.mark.parametrize(
    ("written", "text", "count"),
    [
        ("R&amp;D", "R&D", 1),
        ("&quot;no&quot;", '"no"', 2),
        ("&#182;1. &para;2. &#xB6;3.", "¶1. ¶2. ¶3.", 3),
        ("one&#x000A;two", "one\ntwo", 1),
        ("&lt;b&gt;", "<b>", 2),
        ("&amp;amp;", "&amp;", 1),
        ("R&D; AT&T; &D; &c; & more", "R&D; AT&T; &D; &c; & more", 0),
        ("&eacute;", "&eacute;", 0),
        ("&#1;", "&#1;", 0),
    ],
)
def test_entities_are_decoded_once(written: str, text: str, count: int) -> None:
    assert decode_entities(written) == (text, count)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", False),
        (b"\x00", False),
        (b"FM AMEMBASSY STRELSAU\x00\x00\x1a", False),
        (b"FM AMEMBASSY STRELSAU\r\n\x0c\x1b[0m" * 9, False),
        (codecs.BOM_UTF16_LE + "FM AMEMBASSY".encode("utf-16-le"), False),
        ("FM AMEMBASSY STRELSAU".encode("utf-16-le"), True),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00", True),
        (bytes(range(256)), True),
        (b"text " * 2000 + bytes(range(256)), False),
    ],
)
def test_what_is_full_of_control_characters_is_no_text(data: bytes, expected: object) -> None:
    assert is_binary(data) is expected


@given(st.binary())
def test_any_bytes_become_text_that_can_be_stored(data: bytes) -> None:
    assert decode(data).text.encode("utf-8") is not None
    is_binary(data)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_in_utf8_comes_out_as_it_went_in(text: str) -> None:
    decoded = decode(text.encode())
    if not text.startswith("\ufeff") and not text.startswith("ÿþ"):
        assert decoded.mojibake or decoded.text == text


@given(st.text())
def test_decoding_entities_never_fails(text: str) -> None:
    decode_entities(text)
