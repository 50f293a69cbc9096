"""Bytes to text, by what the bytes are; and the repair of what earlier conversions did to the text.

UTF-8 is usual, Windows-1252 what is left; UTF-16 shows itself by its byte order mark. A repair is made only
where it cannot be wrong: a few wrong letters are kept rather than guessed at.
"""

import codecs
import html
import re

import msgspec
from msgspec.structs import replace

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Controls that no text has. Those of line and page ends and of old word processors do occur in one.
_CONTROLS = bytes(set(range(0x20)) - set(b"\b\t\n\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.02  # of the bytes looked at; fewer are removed where the text is read
_FEWEST_CONTROLS = 8
_LOOKED_AT = 8192  # bytes

# Windows-1252 has no letter for five bytes; they become the control characters of Latin-1.
_UNDEFINED = re.compile(rb"([\x81\x8d\x8f\x90\x9d]+)")
_LETTERS = {bytes([byte]).decode("cp1252", errors="ignore") or chr(byte): byte for byte in range(0x80, 0x100)}

# UTF-8 read as Windows-1252: a Latin letter or the pilcrow seen as two letters, the punctuation of word
# processors as three. Other leading bytes are letters too common in front of a quotation mark to be sure of.
_FOLLOWING = "".join(letter for letter, byte in _LETTERS.items() if byte < 0xC0)
_MOJIBAKE = re.compile(f"[\u00c2\u00c3][{_FOLLOWING}]|\u00e2[\u20ac\u201a\u201e][{_FOLLOWING}]")
_MOJIBAKE_STARTS = "\u00c2\u00c3\u00e2"
_DAMAGED = re.compile(f"\u00e2\u20ac(?![{_FOLLOWING}])")

# Entities that an export from HTML has left; '&D;' in 'R&D;' is none of them.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|para|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A text, and what had to be done to get it."""

    text: str
    encoding: str  # 'utf-8', 'utf-16-le', 'utf-16-be' or 'cp1252'
    replaced: int = 0  # letters that could not be had from broken UTF-16, U+FFFD in the text
    mojibake: int = 0  # sequences repaired
    is_damaged: bool = False  # there is mojibake that cannot be repaired, so none was


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text at all."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    start = data[:_LOOKED_AT]
    if not any(map(start.__contains__, _CONTROLS)):
        return False
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > max(_FEWEST_CONTROLS, len(start) * _MOST_CONTROLS)


def decode(data: bytes) -> Decoded:
    """Decode a source; never fails, and drops nothing but a byte order mark."""
    plain = decode_unrepaired(data)
    if plain.encoding.startswith("utf-16") or plain.text.isascii():
        return plain
    # One letter is looked for in no time, and other letters than those of ASCII are mostly right.
    if not any(map(plain.text.__contains__, _MOJIBAKE_STARTS)):
        return plain
    if _DAMAGED.search(plain.text):
        return replace(plain, is_damaged=True)
    text, mojibake = _MOJIBAKE.subn(_repaired, plain.text)
    return replace(plain, text=text, mojibake=mojibake)


def decode_unrepaired(data: bytes) -> Decoded:
    """Decode a source and leave its letters as they are, also those that were decoded wrongly before."""
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return Decoded(text=text, encoding=encoding, replaced=text.count("\ufffd"))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        return Decoded(text=_from_windows(data), encoding="cp1252")


def decode_entities(text: str) -> tuple[str, int]:
    """Decode HTML entities once, and count them: '&amp;amp;' becomes '&amp;'."""
    if "&" not in text:
        return text, 0
    return _ENTITY.subn(lambda found: html.unescape(found[0]), text)


def _from_windows(data: bytes) -> str:
    pieces = _UNDEFINED.split(data)
    return "".join(piece.decode("latin-1" if index % 2 else "cp1252") for index, piece in enumerate(pieces))


def _repaired(found: re.Match[str]) -> str:
    return bytes(_LETTERS[letter] for letter in found[0]).decode("utf-8")
