"""Text as a person compares it: letters and digits alone, without case, accents, marks and what stands between.

`squeeze` is what a whole site goes through, so it is made of a few calls that are fast; `Places` says of each of its bytes
where in the text it came from, and is asked only where something was found.
"""

import re
import string
import unicodedata
from array import array
from bisect import bisect_right
from functools import lru_cache

_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f]+")

# Letters that Unicode does not take apart, though a reader does.
_LOOKS_LIKE = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "ł": "l",
        "ŧ": "t",
        "þ": "th",
    }
)

_SHORT_RUN = 16  # characters; longer ones hardly come back
_STRETCH = 256  # characters

_KEPT = (string.ascii_letters + string.digits).encode()
_DROPPED = bytes(byte for byte in range(128) if byte not in _KEPT)
_CAPITALS = bytes.maketrans(string.ascii_lowercase.encode(), string.ascii_uppercase.encode())
_PLAIN = frozenset(string.ascii_letters + string.digits)


def squeeze(text: str) -> bytes:
    """The letters and digits of a text in one spelling: 'Café  O-Neil' is b'CAFEONEIL'.

    Letters of other scripts stay, in small letters and UTF-8.
    """
    if not text.isascii():
        text = _OTHER_THAN_ASCII.sub(_folded_run, text)
    return text.encode().translate(_CAPITALS, _DROPPED)


def squeeze_with_places(text: str) -> tuple[bytes, "array[int]"]:
    """What `squeeze` gives, and for each byte the index in `text` of the character it came from."""
    folded = bytearray()
    places = array("L")
    for index, character in enumerate(text):
        if character in _PLAIN:
            folded.append(ord(character.upper()))
            places.append(index)
        elif not character.isascii():
            piece = fold_character(character).encode().translate(_CAPITALS)
            folded += piece
            places.extend([index] * len(piece))
    return bytes(folded), places


def _folded_run(run: re.Match[str]) -> str:
    return _folded(run[0]) if len(run[0]) <= _SHORT_RUN else "".join(map(fold_character, run[0]))


@lru_cache(maxsize=4096)
def _folded(run: str) -> str:
    return "".join(map(fold_character, run))


class Places:
    """Where in a text the bytes come from that `squeeze` makes of it.

    Each character is squeezed by itself, so that of most of the text only the lengths of its stretches are needed.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._begins = array("L")  # the first byte of each stretch
        at = 0
        for begin in range(0, len(text), _STRETCH):
            self._begins.append(at)
            at += len(squeeze(text[begin : begin + _STRETCH]))
        self._known: tuple[int, array[int]] = -1, array("L")  # the stretch that was asked for last

    def spot(self, start: int, end: int) -> "array[int]":
        """For each byte from `start` to `end` the index of its character."""
        number = bisect_right(self._begins, start) - 1
        first = self._begins[number]
        places = self._of_stretch(number)[:]
        while first + len(places) < end:
            number += 1
            places.extend(self._of_stretch(number))
        return places[start - first : end - first]

    def _of_stretch(self, number: int) -> "array[int]":
        if self._known[0] != number:
            begin = number * _STRETCH
            _, found = squeeze_with_places(self._text[begin : begin + _STRETCH])
            self._known = number, array("L", [begin + place for place in found])
        return self._known[1]


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The letters and digits of one character: 'é' is 'e', 'ß' is 'ss', a quotation mark or an accent is ''."""
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_LOOKS_LIKE)).casefold()
    return "".join(
        letter
        for letter in plain.translate(_LOOKS_LIKE)
        if letter.isalnum() and unicodedata.category(letter) != "Lm"  # an apostrophe may be such a 'letter'
    )


def is_letter(character: str) -> bool:
    """Whether a character counts where texts are compared."""
    return character in _PLAIN or (not character.isascii() and fold_character(character) != "")
