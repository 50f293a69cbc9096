"""The REF line: which telegrams, and what else, a telegram refers to.

    refs = 'REF' [':'] entry+        entry = [LABEL] [YEAR] POST SERIAL [NOTE]

Labels count up from A, which is how a label is told from an initial. An entry without a year is of the
cable's own year, one without a post of the post before it. What is no cable (an e-mail, a memo, a
newspaper) is kept with its text and without an id.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.lexicon import Lexicon
from generator.telegram.cable import Reference
from generator.telegram.dtg import MONTHS, full_year
from generator.telegram.reference_id import LONGEST_SERIAL, make_id

_KEYWORD = re.compile(r"\s*REF(?:ERENCE)?(?:\(S\)|(?:TELS?|S)?\b)\s*[:;]?\s*", re.IGNORECASE)

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# 'A.', '(A)', 'A)', 'A:', 'REF A', each at the start or behind a blank, perhaps with a paragraph sign.
_LABEL = {
    letter: re.compile(
        rf"(?:^|(?<=[\s;,]))(?:REF\s+)?¶?\(?{letter}(?:[.):]\)?|\s-)(?=\s|\d|'|\(|[A-Z]{{3}}|$)"
    )
    for letter in _ALPHABET
}

_CABLE = re.compile(
    r"(?P<before>[\s,;&]*(?:AND\s+)?(?:REF(?:TEL)?\s+)?)"
    r"(?:'?(?P<year>\d{4}|\d\d)[\s-]*(?!AND\b)(?=[A-Z]))?"
    r"(?:(?P<post>(?!AND\b)[A-Z][A-Z.'/ -]{0,30}?[A-Z.])[\s-]*)?"
    r"(?P<serial>\d{1,10})(?![\d/:])"
    r"(?:\s*\((?P<late_year>\d{4}|\d\d)\))?",
    re.IGNORECASE,
)

_LONGEST_MONTH = 10

_NOT_A_CABLE = re.compile(
    r"\b(?:E-?MAILS?|MAIL|MEMO\w*|MEMCON|TELCON|TELECON|PHONE|CALL|LETTER|LTR|FAX|NOTE|REPORT|IIR|TD|CRS?|WWW|HTTPS?|"
    r"ARTICLE|PRESS|DAILY|GAZETTE|TIMES|NEWS|DEPTEL|EMBTEL|CONTEL|CIRCULAR|CIRTEL|AIRGRAM|OM|SECTO|TOSEC|PARTO|UNGA|UNSC|"
    r"RES|RESOLUTION|PARA|PARAGRAPH|FAM|FAH|CFR|USC|SEPTEL|NIACT|INFO|PUBLIC LAW|DATED|DTD)\b|[A-Z]-\d|@",
    re.IGNORECASE,
)

_MONTH = re.compile(r"\s*(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)", re.IGNORECASE)
_PREVIOUS = re.compile(r"\s*,?\s*(?:AND|&)\s+PREVIOUS\b(?:\s+\w+)?", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*(?:\((?:NOTAL|EXDIS|NODIS|LIMDIS|STADIS|NOFORN|SIPDIS|C|S|U|SBU)\)|NOTAL\b)", re.IGNORECASE
)
_LIST_GOES_ON = re.compile(
    r"\s*(?:,|;|&|\bAND\b|/)\s*(?:AND\s+)?(?=(?:'?\d{2,4}[\s-]*)?(?:[A-Z][A-Z.' -]*?\s*)?\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sender:
    """What a list entry takes over from the entry before it."""

    year: int | None
    post: str


def is_reference_label(line: str, letter: str) -> bool:
    """Whether a line opens with the given label, 'B. ' or '¶B.'; used to see whether a list goes on."""
    return letter in _LABEL and _LABEL[letter].match(line.strip()) is not None


def next_label(lines: Sequence[str]) -> str:
    """The label that would continue the list in these lines; '' when they have none."""
    text = _KEYWORD.sub("", "\n".join(lines), count=1)
    labels = [label for label, _ in _split_labels(text)]
    return _ALPHABET[_ALPHABET.index(labels[-1]) + 1] if labels and "" != labels[-1] != "Z" else ""


def parse_references(lines: Sequence[str], *, year: int | None, lexicon: Lexicon) -> tuple[Reference, ...]:
    """Read the lines of a REF block, the word REF among them.

    `year` is the cable's own and four digits; None leaves the ids of entries without a year unknown.
    """
    text = _KEYWORD.sub("", "\n".join(line.strip() for line in lines), count=1)
    references: list[Reference] = []
    for label, entry in _split_labels(text):
        pieces = [entry] if label else [piece for piece in entry.split("\n") if piece.strip()]
        for piece in _rejoin(pieces):
            references.extend(_parse_entry(label, " ".join(piece.split()), year, lexicon))
    return tuple(references)


def _split_labels(text: str) -> Iterator[tuple[str, str]]:
    """Cut a REF block at its labels, which must come in order; one entry without label where there is none."""
    found = _LABEL["A"].match(text)
    if found is None:
        if text.strip():
            yield "", text
        return
    label, start = "A", found.end()
    for letter in _ALPHABET[1:]:
        following = _LABEL[letter].search(text, start)
        if following is None:
            break
        yield label, _without_second_label(label, text[start : following.start()])
        label, start = letter, following.end()
    yield label, _without_second_label(label, text[start:])


def _without_second_label(label: str, entry: str) -> str:
    """`A. (A) STATE 9876` names its label twice."""
    entry = entry.strip(" \n\t;,")
    found = _LABEL[label].match(entry)
    return entry[found.end() :].strip() if found else entry


def _rejoin(lines: Sequence[str]) -> Iterator[str]:
    """Unlabelled lines are entries of their own, unless one was broken before its serial or its note."""
    entry = ""
    for line in lines:
        if entry and (
            not any(map(str.isdigit, entry))
            or line.lstrip().startswith("(")
            or entry.endswith((",", "AND", " OF", " DATED"))
        ):
            entry = f"{entry} {line}"
        else:
            if entry:
                yield entry
            entry = line
    if entry:
        yield entry


def _parse_entry(label: str, text: str, own_year: int | None, lexicon: Lexicon) -> Iterator[Reference]:
    """Read one entry, which may list several cables: `ZENDA 12, 13 AND 15`."""
    sender: _Sender | None = None
    at = 0
    while at < len(text):
        found = _CABLE.match(text, at)
        parsed = _resolve(found, sender, own_year, lexicon, text) if found else None
        if found is None or parsed is None:
            break
        sender, serial = parsed
        end = _end_of_notes(text, found.end())
        following = _LIST_GOES_ON.match(text, end)
        id_ = make_id(sender.year, sender.post, serial) if sender.year is not None else None
        stop = following.start() if following else len(text)
        yield Reference(label=label, id=id_, text=text[at:stop].strip(" ,;"))
        if following is None:
            return
        at = following.end()
    rest = text[at:].strip(" ,;.")
    if rest:
        yield Reference(label=label, id=None, text=rest)


def _resolve(
    found: re.Match[str], sender: _Sender | None, own_year: int | None, lexicon: Lexicon, text: str
) -> tuple[_Sender, int] | None:
    """Which cable a match names, post and year taken over where they are left out; None if none."""
    serial = int(found["serial"])
    if not serial or serial >= 10**LONGEST_SERIAL or _MONTH.match(text, found.end()):
        return None
    post = found["post"]
    if post is None:
        if sender is None or found["year"]:
            return None
        return sender, serial
    if _NOT_A_CABLE.search(found[0]) or not post.replace(" ", "").replace(".", "").isalpha():
        return None
    key = lexicon.post_key(post)
    if key[:3] in MONTHS and len(key) < _LONGEST_MONTH:
        return None
    if key not in lexicon.posts and (post != post.upper() or len(key) < 3):
        return None
    digits = found["year"] or found["late_year"]
    year = full_year(digits) if digits else own_year
    return _Sender(year=year, post=key), serial


def _end_of_notes(text: str, at: int) -> int:
    """Where the notes behind a serial end: '(NOTAL)', 'AND PREVIOUS'."""
    while found := _NOTE.match(text, at) or _PREVIOUS.match(text, at):
        at = found.end()
    return at
