"""A text as the words that can be searched for; `tokens()` in templates/assets/lookup.js does the same.

Letters are compared without their marks and small: NFKD, less what is of category M, in lower case. A small sigma is the
same at the end of a word and within, since which of the two a capital becomes depends on all that stands around it.
"""

import re
import unicodedata

LONGEST = (
    32  # letters of a token that are kept: a piece is named by its first word, and names of files have an end
)

# What follows the first letter of an abbreviation, '.S.' of 'U.S.'; that it begins with a point makes the search quick. A
# letter here is what is no decimal digit: an Ethiopic number is one too.
_ABBREVIATION = re.compile(r"\.(?<=\b[^\W\d]\.)(?:[^\W\d]\.)+")


class _Kept(dict[int, str]):
    """What becomes of a small letter once its marks stand apart; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)[0]
        kept = letter if category in "LN" or letter == "." else "" if category == "M" else " "
        self[code] = kept
        return kept


_KEPT = _Kept({ord("\u03c2"): "\u03c3"})
_KEPT_OF_ASCII = "".join([_KEPT[ord(chr(code).lower())] for code in range(128)])


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order: 'The U.S. Embassy' is the, us, embassy."""
    plain = text.translate(_KEPT_OF_ASCII) if text.isascii() else _without_marks(text)
    if "." in plain:
        plain = _ABBREVIATION.sub(_without_points, plain).replace(".", " ")
    found = plain.split()
    if max(map(len, found), default=0) > LONGEST:
        return [token[:LONGEST] for token in found]
    return found


def _without_marks(text: str) -> str:
    return unicodedata.normalize("NFKD", text).lower().translate(_KEPT)


def _without_points(abbreviation: re.Match[str]) -> str:
    return abbreviation[0].replace(".", "") + " "
