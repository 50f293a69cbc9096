"""Text as a person compares it: letters and digits alone, without case, accents, marks and what stands between.

`squeeze` is what a whole site goes through, so it is made of a few calls that are fast; `squeeze_with_places` gives
the same bytes and for each where it came from, and is asked only where something was found.
"""

import re
import string
import unicodedata
from array import array
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
    return "".join(map(fold_character, run[0]))


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
