"""Pieces: the files of the index, as scripts that hand values over, and their names. README.md says what is in which."""

import json
import math
from collections.abc import Iterable

import numpy as np

FOLDER = "search"

_BITS = 7  # of a character that stands for bytes


class Packed(str):
    """Bytes as text, which a string of JavaScript holds nearly as they are."""


def piece_address(name: str) -> str:
    """Where a piece stands in the site."""
    return f"{FOLDER}/{name}.js"


def piece(name: str, *values: object) -> bytes:
    """A piece that hands over some values, which are JSON or Packed."""
    return f"cablepress.piece({','.join(map(_written, (name, *values)))});\n".encode("utf-8", "surrogatepass")


def _written(value: object) -> str:
    if isinstance(value, Packed):
        for character, escape in _ESCAPES:
            value = value.replace(character, escape)
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))


def values_of(data: bytes) -> list[str]:
    """The texts that a piece hands over. Raises ValueError for what is no whole piece."""
    text = data.decode("utf-8", "surrogatepass")
    begin, end = "cablepress.piece(", ");\n"
    if not (text.startswith(begin) and text.endswith(end)):
        raise ValueError("a piece is not whole")
    # Packed text has control characters, which JSON allows in a string only if asked to.
    values = json.loads(f"[{text[len(begin) : -len(end)]}]", strict=False)
    return [value for value in values[1:] if isinstance(value, str)]


def part_name(first: str) -> str:
    """The name of a piece by the first text that would belong to it, as the last part of an address: 'as' is 'as-'."""
    return "".join(letter if letter in _PLAIN else f"_{ord(letter):x}_" for letter in first) + "-"


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def pack_text(data: bytes) -> Packed:
    """Bytes as text."""
    bits = np.unpackbits(np.frombuffer(data, np.uint8))
    count = -(-len(bits) // _BITS)
    rows = np.zeros((count, 8), np.uint8)
    padded = np.zeros(count * _BITS, np.uint8)
    padded[: len(bits)] = bits
    rows[:, 8 - _BITS :] = padded.reshape(-1, _BITS)
    return Packed(np.packbits(rows).tobytes().decode("ascii"))


def unpack_text(text: str) -> bytes:
    """The bytes of a text, and perhaps one of zeros behind them. Raises ValueError for what is no such text."""
    rows = np.unpackbits(np.frombuffer(text.encode("ascii"), np.uint8)).reshape(-1, 8)
    bits = rows[:, 8 - _BITS :].ravel()
    return np.packbits(bits[: len(bits) // 8 * 8]).tobytes()


def length_codes(lengths: Iterable[int]) -> str:
    """A character for the length of each cable: ten of them to a doubling, from 16 tokens on."""
    return "".join([chr(_FIRST_CODE + _length_code(length)) for length in lengths])


def _length_code(length: int) -> int:
    return min(max(round(10 * math.log2(max(length, 1) / 16)), 0), _CODES - 1)


_FIRST_CODE = 35  # '#'
_CODES = 92
