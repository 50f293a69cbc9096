"""Bytes to text, by what the bytes are: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""

import codecs
import html
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A text of more NULs than this is no text.
_MOST_NULS = 0.01
_LOOKED_AT = 8192

# UTF-8 read as Windows-1252: a letter of two or three bytes seen as two or three letters.
_MOJIBAKE = re.compile(
    r"[\u00c2\u00c3][\u0080-\u00bf\u20ac\u2018-\u203a\u0160\u0161\u0152\u0153\u017d\u017e\u0178\u0192\u02c6\u02dc]|\u00e2\u20ac[^\s\w]|\u00e2\u20ac[\u0153\u0080-\u00bf]"
)

# Entities that an export from HTML has left; '&D;' in 'R&D;' is none of them.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|para|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_FEWEST_ENTITIES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, and what had to be done to get it."""

    text: str
    encoding: str  # 'utf-8', 'utf-16-le', 'cp1252'
    mojibake: int = 0  # sequences repaired
    entities: int = 0  # HTML entities decoded


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text at all."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    start = data[:_LOOKED_AT]
    return start.count(0) > len(start) * _MOST_NULS


def decode(data: bytes) -> Decoded:
    """Decode a source; never fails. A few wrong letters are kept rather than guessed at."""
    text, encoding = _decode(data)
    repaired, mojibake = _repair_mojibake(text)
    entities = len(_ENTITY.findall(repaired)) if "&" in repaired else 0
    if entities >= _FEWEST_ENTITIES:
        repaired = _ENTITY.sub(lambda found: html.unescape(found[0]), repaired)
    return Decoded(text=repaired, encoding=encoding, mojibake=mojibake, entities=entities)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; they become the control characters of Latin-1.
        return "".join(
            piece.decode("cp1252") if index % 2 == 0 else piece.decode("latin-1")
            for index, piece in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d]+)", data))
        ), "cp1252"


def _repair_mojibake(text: str) -> tuple[str, int]:
    """Undo UTF-8 that was read as Windows-1252, but only if all of it comes out clean."""
    if text.isascii():
        return text, 0
    suspicious = _MOJIBAKE.findall(text)
    if not suspicious:
        return text, 0
    repaired: list[str] = []
    at = 0
    for found in _MOJIBAKE.finditer(text):
        try:
            letters = found[0].encode("cp1252").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text, 0
        repaired += [text[at : found.start()], letters]
        at = found.end()
    return "".join([*repaired, text[at:]]), len(suspicious)
