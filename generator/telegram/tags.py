"""The TAGS line: Traffic Analysis by Geography and Subject.

    tags = ('TAGS' | 'TAG') [':'] code ((' ' | ',') code)*

A code is repaired only where exactly one known code can have been meant, and each repair is told; what
is not known stays as written. Names of persons and firms may stand among the codes, in parentheses or
after them. Source: 5 FAH-3.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.cable import Tag
from generator.telegram.spelling import KnownWords

_LABEL = re.compile(r"\s*TAGS?\b\s*[:;,.]?\s*", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,80})\]\([^()\s]*\)")
_HTML_LINK = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_TOKEN = re.compile(r"\((?P<name>[^()]*)(?:\)|\Z)|(?P<word>[^\s,;()]+)")
_NEXT_FIELD = re.compile(
    r"\s(?=(?:SUBJ(?:ECT)?|REF(?:S|TELS?)?)\s*[:;]|E\.?\s?O\.?:?\s*\d{5}\b|CLASSIFIED\s+BY\b)", re.IGNORECASE
)

# Words of neighbouring fields that a lost line end has swept into the TAGS.
_STRAY = frozenset(
    {
        "SIPDIS",
        "NOFORN",
        "REASON",
        "REASONS",
        "SENSITIVE",
        "PAGE",
        "TAGS",
        "NOTAL",
        "SUBJECT",
        "SUBJ",
        "REF",
        "E.O",
        "EO",
    }
)
_NOTHING = frozenset(
    {"N/A", "NONE", "AND", "&", "-", "--", "/", "+", "|", "\u00b7", "\u2022"}
)  # between codes, or instead
_AROUND = ".:*_\"'[]\u201c\u201d"  # what exports have put around a code
_JOINTS = re.compile(r"[/:.+&-]")

_CODE = 4  # letters of a subject or program code
_SHORTEST_NAME = 3  # letters of a surname among the codes
_LONGEST_GLUED = 24


class TagRemark(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one word of the TAGS line that was no known code as it stood."""

    code: str  # 'tag-repaired', 'tag-unknown' or 'tag-rejected'
    raw: str  # the word as written
    message: str


class TagsLine(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of a TAGS line, and remarks on the doubtful ones."""

    tags: tuple[Tag, ...]
    remarks: tuple[TagRemark, ...]
    rest: str = ""  # a field that follows on the same line, 'SUBJECT: PORTS'


def strip_label(line: str) -> str:
    """A TAGS line without the word TAGS; '' for a line that is none."""
    found = _LABEL.match(line)
    return line[found.end() :] if found else ""


def clean_links(text: str) -> str:
    """Codes that an export turned into links, `[PGOV](#)` or `<a href=...>PGOV</a>`, as plain words."""
    if "[" in text:
        text = _MARKDOWN_LINK.sub(r"\1 ", text)
    return _HTML_LINK.sub(" ", text) if "<" in text else text


def only_known_codes(line: str, lexicon: Lexicon) -> bool:
    """Whether a line is made of known codes alone, so that it continues the TAGS."""
    first = line.split(None, 1)[0].rstrip(",;") if line.strip() else ""
    if first not in lexicon.tags and first[:1] not in ("[", "<", "("):
        return False
    words = [found["word"] for found in _TOKEN.finditer(clean_links(line))]
    return bool(words) and all(word is None or word in lexicon.tags for word in words) and any(words)


def parse_tags(text: str, lexicon: Lexicon) -> TagsLine:
    """Read the codes of a TAGS line, its label taken off and its lines joined by line ends."""
    text = clean_links(text)
    words = text.replace(",", " ").split()
    known = lexicon.tags
    if all(word in known for word in words):
        return TagsLine(tags=tuple([_known_tag(code) for code in dict.fromkeys(words)]), remarks=())
    rest = ""
    if found := _NEXT_FIELD.search(text):
        text, rest = text[: found.start()], text[found.end() :]
    tags, remarks = _read_doubtful(text, lexicon)
    return TagsLine(tags=tags, remarks=remarks, rest=rest)


@lru_cache(maxsize=2048)
def _known_tag(code: str) -> Tag:
    return Tag(code=code, raw=code)


def _read_doubtful(text: str, lexicon: Lexicon) -> tuple[tuple[Tag, ...], tuple[TagRemark, ...]]:
    """Read a line in which not every word is a known code."""
    tags: list[Tag] = []
    remarks: list[TagRemark] = []
    names: list[str] = []  # words of a name that is being gathered

    def flush() -> None:
        if names:
            name = " ".join(names).strip(" ,")
            tags.append(Tag(code=name.upper(), raw=name))
            names.clear()

    tokens = list(_tokens(text))
    position = 0
    while position < len(tokens):
        word, is_name, comma = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        position += 1
        if is_name:
            flush()
            tags.append(Tag(code=word.upper(), raw=word))
            continue
        if word in lexicon.tags:
            flush()
            tags.append(Tag(code=word, raw=word))
            continue
        if word.upper() in _NOTHING:
            flush()
            continue
        spaced = _letters_apart(tokens[position - 1 : position - 1 + _LONGEST_GLUED])
        if len(spaced) >= _CODE and (codes := repair_code("".join(spaced), lexicon)):
            flush()
            raw = " ".join(spaced)
            tags.extend(Tag(code=code, raw=raw) for code in codes)
            remarks.append(_repaired(raw, " ".join(codes)))
            position += len(spaced) - 1
            continue
        if _is_stray(word):
            flush()
            remarks.append(TagRemark(code="tag-rejected", raw=word, message=f"{word} is no TAGS code"))
            continue
        split = word + following[0] if following and not following[1] and not comma else ""
        if split.upper() in lexicon.tags and following and following[0] not in lexicon.tags:
            flush()
            raw = f"{word} {following[0]}"
            tags.append(Tag(code=split.upper(), raw=raw))
            remarks.append(_repaired(raw, split.upper()))
            position += 1
            continue
        codes = repair_code(word, lexicon)
        if codes:
            flush()
            tags.extend(Tag(code=code, raw=word) for code in codes)
            remarks.append(_repaired(word, " ".join(codes)))
        elif len(word) >= _SHORTEST_NAME and word.isalpha() and (len(word) != _CODE or names or comma):
            names.append(word + ("," if comma else ""))
        else:
            flush()
            tags.append(Tag(code=word.upper(), raw=word))
            remarks.append(_unknown(word))
    if len(names) == 1 and "," not in names[0]:
        remarks.append(_unknown(names[0]))
    flush()
    once: dict[str, Tag] = {}
    for tag in tags:
        once.setdefault(tag.code, tag)
    return tuple(once.values()), tuple(remarks)


@lru_cache(maxsize=4096)
def repair_code(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The known codes that a word stands for: itself in capitals, glued codes, or one mistyped code.

    'pgov' is PGOV, 'PGOVPREL' is PGOV PREL, 'PGVO' is PGOV. Empty when nothing or several things fit.
    """
    upper = word.upper()
    if upper in lexicon.tags:
        return (upper,)
    if len(upper) > _CODE and len(upper) <= _LONGEST_GLUED:
        pieces = [_unglue(piece, lexicon) for piece in _JOINTS.split(upper) if piece]
        if pieces and all(pieces):
            return tuple(code for piece in pieces for code in piece)
    # A program code that no table has (K and three letters) is likelier new than mistyped.
    if (
        len(upper) not in (_CODE, _CODE + 1)
        or not upper.isalpha()
        or (len(upper) == _CODE and upper[0] == "K")
    ):
        return ()
    near = _codes_of_four(lexicon).near(upper)
    return near if len(near) == 1 else ()


@lru_cache(maxsize=4)
def _codes_of_four(lexicon: Lexicon) -> KnownWords:
    return KnownWords((code for code in lexicon.tags if len(code) == _CODE and code.isalpha()), 1)


def _unglue(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Cut a word into known codes of four and two letters, longest first; the whole word must fit."""
    codes: list[str] = []
    at = 0
    while at < len(word):
        for length in (_CODE, 2):
            piece = word[at : at + length]
            if len(piece) == length and piece in lexicon.tags:
                codes.append(piece)
                at += length
                break
        else:
            return ()
    return tuple(codes)


def _tokens(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Words of the line: the word, whether it is a name in parentheses, whether a comma follows."""
    for found in _TOKEN.finditer(text):
        comma = text[found.end() : found.end() + 1] == ","
        if found["word"] is None:
            if name := " ".join(found["name"].split()):
                yield name, True, comma
        elif word := found["word"].strip(_AROUND):
            yield word, False, comma


def _letters_apart(tokens: list[tuple[str, bool, bool]]) -> list[str]:
    """The letters with which a run of words begins: 'P G O V'."""
    return [token[0] for token in takewhile(_is_letter, tokens)]


def _is_letter(token: tuple[str, bool, bool]) -> bool:
    return len(token[0]) == 1 and token[0].isalpha() and not token[1]


def _is_stray(word: str) -> bool:
    return word.upper() in _STRAY or not any(map(str.isalpha, word))


def _repaired(raw: str, code: str) -> TagRemark:
    return TagRemark(code="tag-repaired", raw=raw, message=f"{raw} was read as {code}")


def _unknown(raw: str) -> TagRemark:
    return TagRemark(code="tag-unknown", raw=raw, message=f"{raw} is not in the TAGS table")
