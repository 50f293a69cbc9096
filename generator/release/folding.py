"""A text as a reader takes it in: small letters without accents, nothing invisible; and the way back to the original.

Only what differs is looked at: everything that is not ASCII, and HTML entities that an export has left. The rest of a
text, mostly all of it, keeps its length, so that a place in the folded text leads back by a short list of breaks.
"""

import codecs
import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

# 'R&amp;eacute;mi' too: exports of exports escape what was escaped.
_ENTITY = r"&(?:amp;)*(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)"
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f]"
_CONTROLS = re.compile(_CONTROL)
_BREAK = re.compile(rf"[^\x00-\x7f]|{_CONTROL}|{_ENTITY}")
_BREAK_IN_LINES = re.compile(rf"[^\x00-\x7f]|{_CONTROL}|{_ENTITY}|\s{{2,}}|[\t-\r]")
_BREAK_IN_HYPHENS = re.compile(rf"[^\x00-\x7f]|{_CONTROL}|{_ENTITY}|[-=]\s+|\s{{2,}}|[\t-\r]")

# Letters that Unicode does not take apart, and letters of other scripts that look like Latin ones.
_LIKE = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŋ": "n",
    "ŧ": "t",
    "ĸ": "k",
    "\u0131": "i",
    **dict(zip("авеіјкмнорстухѕԁԛԝ", "abeijkmhopctyxsdqw", strict=True)),
    **dict(zip("αβεζηικμνορτυχγ", "abezhikmnoptuxy", strict=True)),
}
_LETTERS_LIKE = str.maketrans(_LIKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text. `text[a:b]` stands at `original[slice(*span(a, b))]`."""

    text: str
    starts: tuple[int, ...] = ()  # in `text`: where each break's replacement begins
    ends: tuple[int, ...] = ()  # where it ends
    original_starts: tuple[int, ...] = ()
    original_ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of text[start:end], with all that is invisible around it."""
        return self._original(start, at_start=True), self._original(end, at_start=False)

    def _original(self, place: int, *, at_start: bool) -> int:
        if not self.starts:
            return place
        # A start takes in the invisible letters in front of it, an end those behind it.
        if at_start:
            at = bisect_right(self.starts, place) - 1
            while at > 0 and self.starts[at - 1] == place:
                at -= 1
            if at >= 0 and (place < self.ends[at] or self.starts[at] == place):
                return self.original_starts[at]
        else:
            at = bisect_right(self.starts, place) - 1
            if at >= 0 and self.starts[at] == place and self.ends[at] > place:
                at -= 1
            if at >= 0 and place <= self.ends[at]:
                return self.original_ends[at]
        return place if at < 0 else self.original_ends[at] + place - self.ends[at]


def fold(text: str) -> Folded:
    """Fold a text, its line ends and blanks as they are."""
    if text.isascii() and "&" not in text and not _CONTROLS.search(text):
        return Folded(text=text.lower())
    return _folded(text, _BREAK)


def fold_lines(text: str) -> Folded:
    """Fold a text but for its capitals, every run of white space one blank."""
    return _folded(text, _BREAK_IN_LINES, keeps_case=True)


def fold_hyphens(text: str) -> Folded:
    """Fold a text as `fold_lines` does, and make words whole that a hyphen divides at a line's end."""
    return _folded(text, _BREAK_IN_HYPHENS, keeps_case=True)


def letters_of(text: str) -> bytes:
    """The letters and digits of a text, folded, in ASCII; what is left is one word."""
    if "&" in text:
        text = _ENTITIES.sub(lambda found: _fold_break(found[0]), text)
    if not text.isascii():
        for letter, letters in _SEVERAL.items():
            if letter in text:
                text = text.replace(letter, letters)
    return text.encode("latin-1", _FOLDING).translate(_SMALL, _NO_LETTERS)


_ENTITIES = re.compile(_ENTITY)


def _letters_beyond_latin_1(error: UnicodeError) -> tuple[bytes, int]:
    """Fold a run of letters beyond Latin-1; an encoder copies what lies between such runs faster than anything else."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _letters_of_run(error.object[error.start : error.end]), error.end


@lru_cache(maxsize=4096)
def _letters_of_run(run: str) -> bytes:
    """The letters of a run in ASCII; one that has no likeness there as its number, so that no table touches it."""
    letters = filter(str.isalnum, "".join(map(_fold_letter, run)))
    return "".join(letter if letter.isascii() else f"{ord(letter):x}" for letter in letters).encode("ascii")


_FOLDING = "cablepress-letters"
codecs.register_error(_FOLDING, _letters_beyond_latin_1)


def _folded(text: str, breaks: re.Pattern[str], *, keeps_case: bool = False) -> Folded:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    original_starts: list[int] = []
    original_ends: list[int] = []
    done = length = 0
    for found in breaks.finditer(text):
        replacement = _fold_break(found[0])
        pieces += [text[done : found.start()], replacement]
        length += found.start() - done
        starts.append(length)
        length += len(replacement)
        ends.append(length)
        original_starts.append(found.start())
        original_ends.append(found.end())
        done = found.end()
    pieces.append(text[done:])
    folded = "".join(pieces)
    return Folded(
        # Nothing but ASCII has a small letter left to be found, so that no length changes.
        text=folded if keeps_case else folded.lower(),
        starts=tuple(starts),
        ends=tuple(ends),
        original_starts=tuple(original_starts),
        original_ends=tuple(original_ends),
    )


@lru_cache(maxsize=4096)
def _fold_break(piece: str) -> str:
    if piece[0] == "&":
        while "&amp;" in piece:
            piece = piece.replace("&amp;", "&")
        written = html.unescape(piece)
        return written.lower() if written == piece else "".join(map(_fold_letter, written))
    if piece.isascii():
        return " " if piece.isspace() else ""
    return _fold_letter(piece)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    """A letter as small Latin letters where it looks like them; '' for what is not seen."""
    plain = unicodedata.normalize("NFKD", letter).casefold()
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", plain) if unicodedata.category(part) not in _UNSEEN
    )
    plain = plain.translate(_LETTERS_LIKE)
    if plain and not plain.isascii() and not any(part.isalnum() for part in plain):
        category = unicodedata.category(plain[0])
        return "-" if category == "Pd" else " " if category[0] == "Z" else "'"
    return plain


# Combining marks, formats (soft hyphen, zero width, bidirectional), controls.
_UNSEEN = ("Mn", "Me", "Cf", "Cc")

# Latin-1 is folded by a table: a letter that becomes one, those that become none, and the few that become several ('ß').
_LATIN_1 = {chr(byte): _letters_of_run(chr(byte)) for byte in range(256)}
_SMALL = b"".join(letters if len(letters) == 1 else b"?" for letters in _LATIN_1.values())
_NO_LETTERS = bytes(ord(letter) for letter, letters in _LATIN_1.items() if not letters)
_SEVERAL = {letter: letters.decode() for letter, letters in _LATIN_1.items() if len(letters) > 1}
