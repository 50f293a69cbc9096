"""The transmission header: what the communications center put above the text.

    header = identification? routing* station? security? DTG? FM? TO? INFO? 'BT'?

Any of these lines may be missing, blank lines may stand between them, and exports put lines of their own
among them. The header ends at the classification line; finding that line is part of reading the header,
since nothing else tells where a list of addressees ends. Source: ACP 126 and 127; 5 FAH-2 H-220.
"""

import re

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.addressees import parse_addressees
from generator.telegram.cable import Addressee, PartKind
from generator.telegram.captions import parse_caption_line
from generator.telegram.classification import ClassificationLine, parse_classification_line
from generator.telegram.dtg import Dtg, parse_dtg, parse_weekday_line
from generator.telegram.source_text import SourceText

_IDENTIFICATION = re.compile(r"\s*(VZCZC[A-Z]{0,4}\d*)")
_ROUTING = re.compile(r"(?:ZZ|OO|PP|RR|YY)(?:\s+(?:ZZ|OO|PP|RR))?\s+R[A-Z]{3,7}\b")
_INDICATORS = re.compile(r"(?:R[A-Z]{3,7}|Z[A-Z]{2}|\s)+\Z")
_STATION = re.compile(r"DE\s+R[A-Z]{3,7}\b")
_SECURITY = re.compile(r"ZN[RY]\s+[A-Z]{5}\b|ZN[RY]\b")
_FROM = re.compile(r"FM\s+(?P<origin>\S.*)|FROM:?\s+(?P<other>(?:AM|US|SEC)[A-Z]+\s.*)")
_ACTION = re.compile(r"TO(?:\s+(?P<first>\S.*))?\Z")
_INFO = re.compile(r"INFO(?:\s+(?P<first>\S.*))?\Z")
_BREAK = re.compile(r"BT\Z")
_NOISE = re.compile(r"PAGE\s+\d\d\s+\S")
_DISTRIBUTION = re.compile(r"(?:ACTION|ORIGIN|INFO)?\s*[A-Z]{1,6}-\d\d\b")
_DISTRIBUTION_TAIL = re.compile(
    r"[\s-]*-{3,}[\s\dZ/A-Z]*\Z|(?:\s*[A-Z0-9]{1,6}-\d\d\b)+|\s*/\d{2,3}\s?[A-Z]\b|\d\d\Z"
)
_ADDRESSEE = re.compile(
    r"\s*(?:R[A-Z]{3,7}\s*/\s*\S|XMT\s|(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USINT|USLO|USDEL|USOFFICE|AIT|SECSTATE|SECDEF"
    r"|USEU|USNATO|USOSCE|USUN|EMBASSY|DEPT OF|JOINT STAFF|CIA|DIA|NSC|JCS|ALL\s)\b|.*\b(?:COLLECTIVE|POSTS|MEMBER STATES)\b)"
)
_MESSAGE_HEADER = re.compile(
    r"\s*(?:E\.?\s?O\.?\s*:?\s*\d{5}"
    r"|TAGS?\b\s*[:;,]?\s*\S|SUBJ(?:ECT)?\b\s*[:;]?|REF(?:S|TELS?)?\b\s*[:;]|CLASS(?:IFIED|\.)? BY\b)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\s{0,3}¶?\s?\d{1,3}\.\s*\(?[A-Z]|\s{0,3}¶")
_EXTRACT = re.compile(r"this record is a partial extract", re.IGNORECASE)

_ROUTED = re.compile(r"R[A-Z]{3,7}\s*/\s*\S")
_WEEKDAY_STARTS = frozenset("MTWFSmtwfs")

# By its first letter, what a line may be.
_LINES: dict[str, tuple[tuple[PartKind, re.Pattern[str]], ...]] = {
    "V": (("transmission-id", _IDENTIFICATION),),
    "Z": (("routing", _ROUTING), ("security", _SECURITY)),
    "O": (("routing", _ROUTING),),
    "P": (("routing", _ROUTING), ("noise", _NOISE)),
    "R": (("routing", _ROUTING),),
    "Y": (("routing", _ROUTING),),
    "D": (("station", _STATION),),
    "F": (("from", _FROM),),
    "B": (("break", _BREAK),),
}

# Where nothing else stands, the classification line is looked for so far.
_LONGEST_PREAMBLE = 60


class TransmissionHeader(msgspec.Struct, kw_only=True):
    """What the transmission header says; filled while its lines are read."""

    kinds: list[PartKind]  # for each line of the header
    message_id: str | None = None
    routing: tuple[str, ...] = ()
    station: str | None = None  # the DE line as written
    security: str | None = None  # 'CCCCC'
    dtg: Dtg | None = None
    dtg_index: int | None = None
    weekday_line: str | None = None
    origin: str | None = None
    action: tuple[Addressee, ...] = ()
    info: tuple[Addressee, ...] = ()
    empty_list: int | None = None  # index of a TO or INFO line with nothing behind it
    classification: ClassificationLine | None = None  # its line is the last of `kinds`
    is_extract: bool = False
    is_empty: bool = True  # nothing of a telegram was found so far


def read_transmission(text: SourceText, lexicon: Lexicon) -> TransmissionHeader:
    """Read the lines down to the classification line, or to where the message header begins without one."""
    kinds: list[PartKind] = []
    header = TransmissionHeader(kinds=kinds)
    lists: dict[PartKind, list[str]] = {"action": [], "info": []}
    opened: dict[PartKind, int] = {}
    state: PartKind | None = None  # the field that the next line may continue
    blank_before = False
    for index, line in enumerate(text.lines):
        stripped = line.strip()
        if not stripped:
            kinds.append("blank")
            blank_before = True
            continue
        # Most lines of a header are addressees with a routing indicator.
        if state in lists and stripped[0] == "R" and _ROUTED.match(stripped):
            lists[state].append(stripped)
            kinds.append(state)
            blank_before = False
            continue
        kind = _kind_of(stripped, state)
        if kind is None:
            classification = parse_classification_line(stripped, lexicon)
            if classification is not None and _closes_header(classification, header, text, index):
                kinds.append("classification")
                header.classification = classification
                header.is_empty = False
                break
            if state in lists and _continues_list(stripped, blank_before=blank_before):
                kind = state
            elif _ends_without_classification(stripped, header, index) or (
                "action" in kinds and blank_before and _opens_caption_block(text, index, lexicon)
            ):
                break
            else:
                kind = "preamble"
        _take(kind, stripped, index, header, lists, opened)
        kinds.append(kind)
        if kind not in ("noise", "weekday"):
            state = kind
        blank_before = False
    header.action = parse_addressees(lists["action"])
    header.info = parse_addressees(lists["info"])
    header.empty_list = next((opened[kind] for kind in opened if not lists[kind]), None)
    if header.is_empty and not message_header_follows(text, len(header.kinds)):
        header.kinds = []
    return header


def is_transmission_line(line: str) -> bool:
    """Whether a line can only belong to a transmission header; used where a later section repeats it."""
    stripped = line.strip()
    return _ADDRESSEE.match(stripped) is not None or _kind_of(stripped, None) not in (None, "preamble")


def _kind_of(line: str, state: PartKind | None) -> PartKind | None:
    """Which line of the header this can only be, by its first word and by what stood above; None if none."""
    first = line[0]
    for kind, pattern in _LINES.get(first, ()):
        if pattern.match(line):
            return kind
    if (line[1:2] in " \t" or first.isdigit()) and parse_dtg(line) is not None:
        return "dtg"
    if first in _WEEKDAY_STARTS and parse_weekday_line(line) is not None:
        return "weekday"
    if state in (None, "preamble") and (_DISTRIBUTION.match(line) or _DISTRIBUTION_TAIL.match(line)):
        return "preamble"
    if first == "T" and _ACTION.match(line):
        return "action"
    if first == "I" and _INFO.match(line):
        return "info"
    return "routing" if state == "routing" and _INDICATORS.match(line) else None


def _continues_list(line: str, *, blank_before: bool) -> bool:
    """Whether a line is the next addressee; behind a blank line only what cannot be anything else."""
    if _ADDRESSEE.match(line):
        return True
    return (
        not blank_before and line.isupper() and not _MESSAGE_HEADER.match(line) and not _PARAGRAPH.match(line)
    )


def _closes_header(
    found: ClassificationLine, header: TransmissionHeader, text: SourceText, index: int
) -> bool:
    """A classification word alone is the line only where no line with a message number follows soon."""
    if found.number is not None:
        return True
    if header.origin is None and header.dtg is None and index:
        # In electronic records the level stands above the header as well.
        return message_header_follows(text, index + 1)
    following = [line for line in text.lines[index + 1 : index + 8] if line]
    return bool(following) and message_header_follows(text, index + 1)


def message_header_follows(text: SourceText, start: int) -> bool:
    """Whether an E.O., TAGS or SUBJECT line stands below, with no transmission line before it."""
    for line in text.lines[start : start + _LONGEST_PREAMBLE]:
        stripped = line.strip()
        if _MESSAGE_HEADER.match(stripped):
            return True
        if stripped and (_FROM.match(stripped) or parse_dtg(stripped) is not None):
            return False
    return False


def _ends_without_classification(line: str, header: TransmissionHeader, index: int) -> bool:
    """Whether the message header or the body begins here although no classification line was found."""
    if _MESSAGE_HEADER.match(line) or _PARAGRAPH.match(line):
        return True
    return index >= _LONGEST_PREAMBLE and header.is_empty


def _opens_caption_block(text: SourceText, index: int, lexicon: Lexicon) -> bool:
    """Whether captions or passing lines stand here, below the addressees, and no classification line follows."""
    caption = parse_caption_line(text.lines[index], lexicon)
    if caption is None or not caption.is_known:
        return False
    for line in text.lines[index + 1 : index + _LONGEST_PREAMBLE]:
        if _MESSAGE_HEADER.match(line):
            return True
        if (found := parse_classification_line(line.strip(), lexicon)) is not None and found.number:
            return False
    return False


def _take(
    kind: PartKind,
    line: str,
    index: int,
    header: TransmissionHeader,
    lists: dict[PartKind, list[str]],
    opened: dict[PartKind, int],
) -> None:
    """Note what a line of the header says; the first of its kind counts."""
    if kind != "preamble":
        header.is_empty = False
    match kind:
        case "transmission-id":
            found = _IDENTIFICATION.match(line)
            header.message_id = header.message_id or (found[1] if found else None)
        case "action" | "info":
            found = (_ACTION if kind == "action" else _INFO).match(line)
            entry = found["first"] if found else line
            if found and not lists[kind]:
                opened.setdefault(kind, index)
            if entry:
                lists[kind].append(entry)
        case "routing":
            header.routing += tuple([word for word in line.split() if word[0] == "R" and len(word) > 3])
        case "station":
            header.station = header.station or line
        case "security":
            words = line.split()
            header.security = header.security or (words[1] if len(words) > 1 else None)
        case "dtg":
            if header.dtg is None:
                header.dtg, header.dtg_index = parse_dtg(line), index
        case "weekday":
            header.weekday_line = header.weekday_line or line
        case "from":
            found = _FROM.match(line)
            if found and header.origin is None:
                header.origin = " ".join((found["origin"] or found["other"]).split())
        case "preamble":
            header.is_extract = header.is_extract or _EXTRACT.search(line) is not None
        case _:
            pass
