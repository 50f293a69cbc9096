"""The REF line: which telegrams, and what else, a telegram refers to.

    refs = 'REF' [':'] entry+        entry = [LABEL] [YEAR] POST SERIAL [NOTE] ((',' | ';' | 'AND') [POST] SERIAL)*

Labels count up from A, which is how a label is told from an initial. An entry without a year is of the
cable's own year, one without a post of the post before it. What is no cable (an e-mail, a memo, a
newspaper) is kept with its text and without an id.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from generator.lexicon import Lexicon
from generator.problem import Severity
from generator.telegram.cable import Reference
from generator.telegram.dtg import full_year
from generator.telegram.post import is_known_post, mended_key, post_key
from generator.telegram.reference_id import LONGEST_SERIAL, make_id, split_id

_KEYWORD = re.compile(r"\s*REF(?:ERENCES?)?(?:\(S\)|(?:TELS?|S)?\b)\s*[:;.]?\s*", re.IGNORECASE)

# A block without a blank line below it runs on into the next field.
_NEXT_FIELD = re.compile(r"\bCLASS(?:IFIED|\.)\s*BY\b|\bDERIVED\s+FROM\b|\bREASONS?\s*:", re.IGNORECASE)
_NOTHING = re.compile(r"(?:N/A|NONE|NIL)\.?", re.IGNORECASE)

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# 'A.', '(A)', 'A)', 'A:', 'REF A', 'A -', at the start or behind a blank, perhaps with a paragraph sign; without any
# point only before what looks like a cable.
_LABEL = re.compile(
    r"[\s;,.)](?:REF(?:TEL)?\s+)?¶?\s?"
    r"(?:\(\s?(?P<enclosed>[A-Z])\s?\)[.:]?"
    r"|(?P<pointed>[A-Z])\s?(?:[.):]|-(?=\s))(?=[\s\d'\u2019(¶]|[A-Z]{3}|\Z)"
    r"|(?P<bare>[A-Z])(?=\s+(?:'?(?:\d{4}|\d\d)\s+)?[A-Z]{3}[A-Z.' ]{0,24}\d))",
    re.IGNORECASE,
)
# What stands before an initial: 'E-MAIL FROM F. KENNEDY'.
_BEFORE_INITIAL = re.compile(r"(?:\b(?:FROM|TO|BY|OF|WITH|MRS?|MS|DR)\.?|[-/])\Z", re.IGNORECASE)
_LONGEST_BEFORE_INITIAL = 6  # characters, one before it included

_MONTHS = (
    "JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    "|NOV(?:EMBER)?|DEC(?:EMBER)?"
)
_MONTH = re.compile(rf"(?:{_MONTHS})\b", re.IGNORECASE)

_CABLE = re.compile(
    r"(?:(?:AND|SEE|ALSO|REF(?:TEL)?|CABLE)\b[ :]*){0,3}"
    r"(?:\(?['\u2019\u2018]?(?P<year>\d{4}|\d\d)\)?(?![\d)])[ -]*(?=[A-Z])(?!(?:AND|OR)\b))?"
    r"(?:(?P<post>[A-Z][A-Z.'\u2019-]{0,24}(?: [A-Z][A-Z.'\u2019-]{0,24}){0,4})[ -]*#?)?"
    r"(?P<serial>\d{1,10})(?![\dA-Z:/]|-\d)"
    r"(?: ?\(['\u2019]?(?P<late_year>\d{4}|\d\d)\))?",
    re.IGNORECASE,
)

# A word that says that what follows it is no cable, or none with a reference id.
_OTHER_THINGS = frozenset(
    (
        "EMAIL EMAILS E-MAIL E-MAILS MAIL MAILS MEMO MEMOS MEMORANDUM MEMCON MEMCONS TELCON TELCONS TELECON TELECONS "
        "PHONE PHONECON PHONCON CALL CONVERSATION LETTER LETTERS LTR FAX NOTE REPORT IIR TD TDX CR CRS WWW HTTP HTTPS "
        "ARTICLE PRESS DAILY GAZETTE TIMES NEWS FBIS DEPTEL EMBTEL CONTEL LEGTEL CIRCULAR CIRTEL AIRGRAM OM SECTO TOSEC "
        "PARTO TOPAR TOAID AIDTO TOUSIA USITO UNGA UNSC UNSCR RES RESOLUTION PARA PARAS PARAGRAPH FAM FAH CFR USC SEPTEL "
        "SEPTELS NIACT INFO DATED DTD NSC NSDM NSSM NSPD FLIGHT ARTICLES SECTION VOLUME TREATY LAW BILL S/ES A/RES S/RES"
    ).split()
)
_OTHER_MARK = re.compile(r"@|://|\bWWW\.|\b[A-Z]{1,2}-\d", re.IGNORECASE)
_AIRGRAM = re.compile(r"\b[A-Z]{1,2}-\d", re.IGNORECASE)
_WORD = re.compile(r"[A-Z][A-Z/-]*[A-Z]")
_NUMBERING = frozenset(
    {"NO", "NO.", "NR", "NR.", "CABLE", "TEL", "TELEGRAM"}
)  # between a post and its serial

_NOTE = re.compile(
    r"\s*(?:[(\[]\s*[^()\[\]\d]{1,40}[)\]]|NOTAL\b|,?\s*\(?PARAS?(?:GRAPHS?)?\.?\s*\d+(?:\s*[-,]\s*\d+)*\)?"
    r"|\s+TO\s+(?:THE\s+)?(?:DEPARTMENT|DEPT|STATE|SECSTATE)\b|,?\s*\(?(?:AND|&|PLUS)\s+(?:PREVIOUS|PRECEDING)\b(?:\s+(?:TELS?|CABLES?|MESSAGES?|TELEGRAMS?)\b)?\)?)",
    re.IGNORECASE,
)
_DAY = rf"(?:\d{{1,2}}[ -]?(?:{_MONTHS})\b\.?|(?:{_MONTHS})\b\.?\s*\d{{1,2}}(?!\d)|\d{{1,2}}/\d{{1,2}}(?!\d))"
_DATE_NOTE = re.compile(
    rf"\s*,?\s*\(?(?:OF|DATED|DTD\.?)\s+{_DAY}(?:[\s,/-]*(?P<year>\d{{4}}|\d\d)(?![\d/]))?\)?", re.IGNORECASE
)
# A line that was broken before its serial.
_BROKEN = re.compile(r"(?:['\u2019]?(?:\d{4}|\d\d)[\s-]+)?\D*\Z")
_SEPARATOR = re.compile(r"\s*(?:[,;&]|\bAND\b|\bOR\b)\s*(?:AND\s+)?", re.IGNORECASE)
_ENTRY_ENDS = re.compile(r"\s*(?:\Z|[,;.&]|(?:AND|OR)\b)", re.IGNORECASE)
_NUMBER_FOLLOWS = re.compile(
    r"(?:['\u2019]?\d{2,4}[\s-]*)?(?:[A-Z][A-Z.'\u2019-]{0,24}[\s-]*){0,5}\d", re.IGNORECASE
)

_LONGEST_CLAUSE = 60
_SMALL_ID = re.compile(r"(?:\d\d){1,2}[a-z]{3,}\d{1,7}")  # '08strelsau123'
_SHORTEST_POST = 3  # letters of a post that no table has
_MOST_WORDS = 3  # of the same
_LAST_MONTH_OF_DOUBT = 3


class ReferenceRemark(msgspec.Struct, frozen=True, kw_only=True):
    """What is doubtful about an entry, or was repaired."""

    code: (
        str  # 'reference-post-repaired', 'reference-year-doubtful', 'reference-to-self' or 'reference-unread'
    )
    severity: Severity
    text: str  # the entry as written
    message: str
    next_step: str = ""


class ReferenceBlock(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of a REF line, and remarks on the doubtful ones."""

    references: tuple[Reference, ...]
    remarks: tuple[ReferenceRemark, ...]


class _Sender(msgspec.Struct, frozen=True, kw_only=True):
    """What a list entry takes over from the entry before it."""

    year: int | None
    post: str


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    """A cable that an entry names."""

    sender: _Sender
    serial: int
    year_written: bool
    misspelled: str | None  # the post as written, where it had to be repaired
    end: int  # behind serial and notes


class _Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the cable whose references are read."""

    year: int | None
    own: tuple[int, str, int] | None  # year, post and serial
    lexicon: Lexicon


def is_reference_label(line: str, letter: str) -> bool:
    """Whether a line opens with the given label, 'B. ' or '¶B.'; used to see whether a list goes on."""
    found = _LABEL.match(f" {line.strip()}")
    return found is not None and _letter(found) == letter


def next_label(lines: Sequence[str]) -> str:
    """The label that would continue the list in these lines; '' when they have none."""
    labels = [label for label, _ in _entries(_text_of(lines))]
    return _ALPHABET[_ALPHABET.index(labels[-1]) + 1] if labels and "" != labels[-1] != "Z" else ""


def read_references(
    lines: Sequence[str],
    *,
    year: int | None,
    lexicon: Lexicon,
    own_id: str | None = None,
    sent: datetime | None = None,
) -> ReferenceBlock:
    """Read the lines of a REF block, the word REF among them, and remark on what is doubtful.

    `year` is the cable's own and four digits; None leaves the ids of entries without a year unknown. `own_id` and
    `sent` only serve the remarks, and `own_id` names a post that needs not be in the lexicon.
    """
    reader = _Reader(year=year, own=split_id(own_id) if own_id else None, lexicon=lexicon)
    references: list[Reference] = []
    remarks: list[ReferenceRemark] = []
    sender: _Sender | None = None
    for label, entry in _entries(_text_of(lines)):
        for piece in [entry] if label else _rejoin(entry.split("\n")):
            written = " ".join(piece.split())
            for text, named in _cables(
                written.upper() if _SMALL_ID.fullmatch(written) else written, sender, reader
            ):
                id_ = None
                if named is not None:
                    sender = named.sender
                    if sender.year is not None:
                        id_ = make_id(sender.year, sender.post, named.serial)
                references.append(Reference(label=label, id=id_, text=text if text in written else written))
                remarks.extend(_remarks(text, named, reader, sent))
    return ReferenceBlock(references=tuple(references), remarks=tuple(remarks))


def _text_of(lines: Sequence[str]) -> str:
    """The lines as one text without the word REF, and without a field that follows on the last line.

    A line end stands before it, as before every line.
    """
    text = "\n".join([line.strip() for line in lines])
    if found := _KEYWORD.match(text):
        text = text[found.end() :]
    upper = text.upper()
    if ("CLASS" in upper or "REASON" in upper or "DERIVED" in upper) and (found := _NEXT_FIELD.search(text)):
        text = text[: found.start()]
    return "" if _NOTHING.fullmatch(text.strip()) else f"\n{text}"


def _letter(label: re.Match[str]) -> str:
    return (label["enclosed"] or label["pointed"] or label["bare"]).upper()


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Cut a REF block at its labels, which must come in order; one entry without label where there is none."""
    label, start, due = "", 0, 0
    for found in _LABEL.finditer(text):
        letter = _letter(found)
        if due == 0 and letter == "B" and found[0][0] == "\n" and found.start():
            due = 1  # the first entry has lost its label
        if letter != _ALPHABET[due]:
            continue
        before = text[start : found.start() + 1]
        words = before.strip()
        if (due == 0 and words) or (label and not words):
            continue
        if words and _BEFORE_INITIAL.search(words[-_LONGEST_BEFORE_INITIAL:]):
            continue
        if words:
            yield label, _without_second_label(label, before)
        label, start = letter, found.end()
        due += 1
        if due == len(_ALPHABET):
            break
    if text[start:].strip():
        yield label, _without_second_label(label, text[start:])


def _without_second_label(label: str, entry: str) -> str:
    """`A. (A) STATE 9876` names its label twice."""
    entry = entry.strip(" \n\t;,")
    found = _LABEL.match(f" {entry}") if label else None
    return entry[found.end() - 1 :].strip() if found and _letter(found) == label else entry


def _rejoin(lines: Sequence[str]) -> Iterator[str]:
    """Unlabelled lines are entries of their own, unless one was broken before its serial or its note."""
    entry = ""
    for line in lines:
        if not line:
            continue
        if entry and (
            (_BROKEN.match(entry) and not _is_other_thing(entry))
            or line.startswith(("(", "[", "AND ", "and ", "& ", "NOTAL"))
            or entry.endswith((",", " AND", " and", "&", " OF", " DATED"))
        ):
            entry = f"{entry} {line}"
        else:
            if entry:
                yield entry
            entry = line
    if entry:
        yield entry


def _cables(text: str, before: _Sender | None, reader: _Reader) -> Iterator[tuple[str, _Named | None]]:
    """What one entry names, in order: `ZENDA 12, 13 AND 15` three cables, `SMITH E-MAIL` none."""
    sender = before if text[:1].isdigit() else None
    at = 0
    while at < len(text):
        named = _cable_at(text, at, sender, reader)
        if named is not None:
            sender = named.sender
            if named.end == len(text):
                yield text[at:].strip(" ,;."), named
                return
            separator = _SEPARATOR.match(text, named.end)
            if separator is None or not _NUMBER_FOLLOWS.match(text, separator.end()):
                separator = _next_separator(text, named.end, reader)
        else:
            separator = _next_separator(text, at, reader)
        stop = separator.start() if separator else len(text)
        if written := text[at:stop].strip(" ,;."):
            yield written, named
        if separator is None:
            return
        at = separator.end()


def _next_separator(text: str, at: int, reader: _Reader) -> re.Match[str] | None:
    """Where what is no cable ends: at a semicolon, before another such thing, or before a cable of a known post."""
    for found in _SEPARATOR.finditer(text, at):
        if ";" in found[0]:
            return found
        if _is_other_thing(_clause(text, found.end())):
            return found
        named = _cable_at(text, found.end(), None, reader)
        if named is not None and named.misspelled is None and _is_familiar(named.sender.post, reader):
            return found
    return None


def _clause(text: str, at: int) -> str:
    """What stands up to the next comma or semicolon; its first words, where that is far."""
    return re.split("[,;]", text[at : at + _LONGEST_CLAUSE], maxsplit=1)[0]


def _is_familiar(post: str, reader: _Reader) -> bool:
    return is_known_post(post, reader.lexicon) or (reader.own is not None and post == reader.own[1])


def _cable_at(text: str, at: int, sender: _Sender | None, reader: _Reader) -> _Named | None:
    """Which cable stands at a place, post and year taken over where they are left out; None if none."""
    found = _CABLE.match(text, at)
    if found is None:
        return None
    year, words, written_serial, late_year = found.groups()
    serial = int(written_serial)
    if not serial or serial >= 10**LONGEST_SERIAL:
        return None
    if "-" in found[0] and _AIRGRAM.search(found[0]):
        return None
    end, digits = found.end(), year or late_year
    if end < len(text):
        if _MONTH.match(text, end + 1):
            return None
        if note := _DATE_NOTE.match(text, end):
            end, digits = note.end(), digits or note["year"]
        while note := _NOTE.match(text, end):
            end = note.end()
    if words is None:
        if sender is None or year:
            return None
        if late_year:
            sender = _Sender(year=full_year(late_year), post=sender.post)
        return _Named(sender=sender, serial=serial, year_written=True, misspelled=None, end=end)
    post = _post_of(words, reader.own[1] if reader.own else "", reader.lexicon)
    if post is None:
        return None
    key, misspelled = post
    # A post that no table has is believed where nothing but another entry follows: 'BOX 9 AS SEALED' is none.
    if (misspelled or not _is_familiar(key, reader)) and not _ENTRY_ENDS.match(text, end):
        return None
    return _Named(
        sender=_Sender(year=full_year(digits) if digits else reader.year, post=key),
        serial=serial,
        year_written=bool(digits),
        misspelled=misspelled,
        end=end,
    )


@lru_cache(maxsize=8192)
def _post_of(written: str, own: str, lexicon: Lexicon) -> tuple[str, str | None] | None:
    """The key of the post that these words name, and the words where they were misspelled; None if none.

    `own` is the post of the cable, '' where it has none. Kept, since an archive names few posts over and over.
    """
    key = post_key(written, lexicon)
    if key == own or is_known_post(key, lexicon):
        return key, None
    words = written.split()
    while len(words) > 1 and words[-1].upper() in _NUMBERING:
        words.pop()
    upper = [word.upper().strip(".") for word in words]
    if not _OTHER_THINGS.isdisjoint(upper) or any(_MONTH.fullmatch(word) for word in upper):
        return None
    for first in range(len(words)):
        key = post_key(" ".join(words[first:]), lexicon)
        if key == own or is_known_post(key, lexicon):
            return key, None
    written = " ".join(words)
    key = post_key(written, lexicon)
    if mended := mended_key(key, lexicon):
        return mended, written
    if written.isupper() and len(key) >= _SHORTEST_POST and len(words) <= _MOST_WORDS and key.isalpha():
        return key, None
    return None


def _remarks(
    text: str, named: _Named | None, reader: _Reader, sent: datetime | None
) -> Iterator[ReferenceRemark]:
    if named is None:
        if not _is_other_thing(text):
            yield ReferenceRemark(
                code="reference-unread",
                severity="info",
                text=text,
                message=f"{text[:60]} names no cable that could be read",
                next_step="it is shown as written",
            )
        return
    if named.misspelled:
        yield ReferenceRemark(
            code="reference-post-repaired",
            severity="warning",
            text=text,
            message=f"{named.misspelled} was read as {named.sender.post}",
        )
    if reader.own is None or named.sender.post != reader.own[1] or named.sender.year != reader.own[0]:
        return
    if named.serial == reader.own[2]:
        yield ReferenceRemark(
            code="reference-to-self", severity="info", text=text, message=f"{text} is the cable itself"
        )
    elif (
        named.serial > reader.own[2]
        and not named.year_written
        and sent is not None
        and sent.month <= _LAST_MONTH_OF_DOUBT
    ):
        yield ReferenceRemark(
            code="reference-year-doubtful",
            severity="warning",
            text=text,
            message=f"{text} has a higher serial than the cable itself, and is perhaps of the year before",
            next_step="the cable's own year is assumed",
        )


def _is_other_thing(text: str) -> bool:
    """Whether a text says of itself that it is no cable: an e-mail, a memo, an address."""
    if _OTHER_MARK.search(text):
        return True
    return not _OTHER_THINGS.isdisjoint(_WORD.findall(text.upper()))
