"""Citations: where the text of a telegram names other telegrams.

A paragraph cites by id ('08 ASTANA 680', 'STATE 98765'), by the letter of a REF entry ('REF B', 'refs A and C') or by
'reftel'. What looks like an id is believed only of a known post, and where nothing else can be meant: a missed citation
is a pity, a false one is an error. Most paragraphs cite nothing, so the first look at a text must be quick.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.lexicon import Lexicon
from generator.telegram.cable import Block, Cable
from generator.telegram.dtg import full_year
from generator.telegram.post import is_known_post, post_key
from generator.telegram.reference_id import make_id, split_id

# A number behind a blank, or a whole id; the blank in front makes the search quick.
_NUMBER = re.compile(
    r" (?P<digits>[0-9]{1,7})(?:-?(?P<post>[A-Z]{3,24})-?(?P<serial>[0-9]{1,7}))?(?![\w/:%]|[.,-][0-9])"
)
_DIGITS = "0123456789"
_WORD_OF_POST = re.compile(r"[A-Z][A-Z.'\u2019-]*")
_YEAR = re.compile(r"[(]?['\u2019]?(\d{4}|\d\d)")
_MOST_WORDS = 5
_WITHIN = 60  # characters before a serial in which its post and year stand

_NEXT_WORD = re.compile(r" ([A-Za-z]+)")
# In a text of capitals any place may stand before any number, so the next word must be one that follows a citation.
_MAY_FOLLOW = frozenset(
    "AND OR FOR WHICH ON IN TO AS IS WAS WITH BY FROM THAT REPORTED NOTED REQUESTED PARA PARAS PARAGRAPH PARAGRAPHS".split()
)
_QUANTITIES = frozenset(
    (
        "MILLION BILLION TRILLION THOUSAND HUNDRED PERCENT PCT PER PEOPLE PERSONS DOLLARS EUROS TONS KM KILOMETERS MILES "
        "YEARS YEAR MONTHS WEEKS DAYS DAY HOURS MINUTES KILLED WOUNDED TROOPS SOLDIERS MEMBERS TIMES SEATS VOTES JAN JANUARY "
        "FEB FEBRUARY MAR MARCH APR APRIL MAY JUN JUNE JUL JULY AUG AUGUST SEP SEPT SEPTEMBER OCT OCTOBER NOV NOVEMBER DEC "
        "DECEMBER"
    ).split()
)
_SHORTEST_NAME = 4  # letters; 'KL 200' is an airline
_YEARS = range(1900, 2050)
_SMALLEST_IN_CAPITALS = 100
_SMALLEST = 10

_LABEL = r"(?:\([A-Z]\)|[A-Z](?!\w))"
_REF = re.compile(
    rf"\bref(?P<tel>tel)?(?P<plural>s)?\b(?:\.? ?(?P<labels>{_LABEL}(?:(?:, (?:and |or )?| and | or | & |-){_LABEL})*))?"
    r"(?:,? \(?(?:at )?(?:paras?|paragraphs?|\u00b6)\.? ?(?P<paragraph>\d{1,3})(?!\d|\.\d))?",
    re.IGNORECASE,
)
_ONE_LABEL = re.compile(r"(?P<opened>\()?\b(?P<letter>[A-Za-z])\b")
_BEHIND_SMALL_LETTER = frozenset({"", ",", ".", ";", ":", ")", "]"})
_PARAGRAPH_BEFORE = re.compile(r"\b(?:paras?|paragraphs?)\.? (\d{1,3})(?: of| in)? \Z", re.IGNORECASE)
_NUMBERED = re.compile(r"[.:#/]")  # 'Ref. 12', 'REF: 8/4': somebody else's reference


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a text that names other telegrams."""

    start: int
    end: int
    ids: tuple[str, ...]  # one, or all that 'reftels' means
    paragraph: int | None = None  # of the cited telegram, 'REF A paragraph 3'


class CitationContext(msgspec.Struct, frozen=True, kw_only=True):
    """What the words of a telegram's text refer to."""

    own_id: str | None
    year: int | None
    posts: frozenset[str]  # its own, and those of its REF line
    ids_of: Mapping[str, tuple[str, ...]]  # label of a REF entry -> the ids it names
    ids: tuple[str, ...]  # all of the REF line
    lexicon: Lexicon


def citation_context(cable: Cable, lexicon: Lexicon) -> CitationContext:
    """What 'REF A', 'reftel' and an id without a year mean in a cable."""
    ids_of: dict[str, tuple[str, ...]] = {}
    posts = {cable.post} if cable.post else set()
    for reference in cable.references:
        if reference.id is not None:
            ids_of[reference.label] = (*ids_of.get(reference.label, ()), reference.id)
            posts.add(split_id(reference.id)[1])
    return CitationContext(
        own_id=cable.id,
        year=cable.year,
        posts=frozenset(posts),
        ids_of=ids_of,
        ids=tuple(dict.fromkeys(id_ for ids in ids_of.values() for id_ in ids)),
        lexicon=lexicon,
    )


def find_citations(text: str, context: CitationContext) -> tuple[Citation, ...]:
    """The citations in a paragraph, in order, none of the cable itself and none over another."""
    found = [*_ids_in(text, context)] if _has_digit(text) else []
    if context.ids and _may_say_ref(text):
        found.extend(_letters_in(text, context))
        found.sort(key=lambda citation: citation.start)
        ends = [0, *(citation.end for citation in found)]
        found = [citation for citation, end in zip(found, ends, strict=False) if citation.start >= end]
    return tuple(found)


def cited_ids(cable: Cable, lexicon: Lexicon) -> tuple[str, ...]:
    """The ids that the text of a cable cites, each once, in order."""
    context = citation_context(cable, lexicon)
    ids: dict[str, None] = {}
    for text in citing_texts(cable.body):
        for citation in find_citations(text, context):
            ids.update(dict.fromkeys(citation.ids))
    return tuple(ids)


def citing_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of a body that may cite: its paragraphs, headings and list items, those of quoted texts too."""
    for block in blocks:
        if block.kind in ("paragraph", "heading"):
            yield block.text
        elif block.kind == "list":
            yield from (item.text for item in block.items)
        elif block.kind == "quote":
            yield from citing_texts(block.blocks)


def _has_digit(text: str) -> bool:
    # To look for one character takes so little time that ten times of it are less than one pattern.
    return any(map(text.__contains__, _DIGITS))


def _may_say_ref(text: str) -> bool:
    return "ref" in text.lower() and (
        "REF" in text or "ref " in text or "reft" in text or "refs" in text or "Ref" in text
    )


def _ids_in(text: str, context: CitationContext) -> Iterator[Citation]:
    # Behind a blank of its own the first word is like every other, and so is one in parentheses.
    for found in _NUMBER.finditer(" " + text.replace("(", " ")):
        at = found.start()
        if found["post"]:
            start, year, key = at, found["digits"], post_key(found["post"], context.lexicon)
            if len(year) not in (2, 4) or not _is_known(key, context):
                continue
        else:
            if at < 2 or not "A" <= text[at - 2] <= "Z":
                continue
            named = _post_before(text, at - 1, context)
            if named is None:
                continue
            start, year, key = named
        serial = found["serial"] or found["digits"]
        id_ = _id_of(key, year, serial, context)
        if id_ is None or id_ == context.own_id:
            continue
        end = found.end() - 1
        if id_ in context.ids or _is_plain(text, start, end, year, serial):
            yield Citation(start=start, end=end, ids=(id_,))


def _is_known(key: str, context: CitationContext) -> bool:
    return key in context.posts or is_known_post(key, context.lexicon)


def _post_before(text: str, at: int, context: CitationContext) -> tuple[int, str | None, str] | None:
    """The longest name of a known post that ends at a place: its start (of its year, if it has one), year and key."""
    words = text[max(0, at - _WITHIN) : at].split(" ")
    count = 0
    while count < min(_MOST_WORDS, len(words)) and _WORD_OF_POST.fullmatch(words[-count - 1].lstrip("(")):
        count += 1
    for length in range(count, 0, -1):
        name = " ".join(words[-length:]).lstrip("(")
        key = post_key(name, context.lexicon)
        if _is_known(key, context):
            start = at - len(name)
            year = _YEAR.fullmatch(words[-length - 1]) if length < len(words) else None
            if year is not None:
                return start - 1 - len(year[0].lstrip("(")), year[1], key
            return start, None, key
    return None


def _id_of(key: str, digits: str | None, serial: str, context: CitationContext) -> str | None:
    """The id of post and serial; None where the year is unknown, or after the cable's own."""
    year = full_year(digits) if digits else context.year
    if year is None or not int(serial) or (context.year is not None and year > context.year):
        return None
    return make_id(year, key, int(serial))


def _is_plain(text: str, start: int, end: int, year: str | None, serial: str) -> bool:
    """Whether post and number can mean nothing else: 'STATE 10 MILLION' and 'PARIS 1968' can."""
    following = _NEXT_WORD.match(text, end)
    word = following[1] if following else ""
    if word.upper() in _QUANTITIES:
        return False
    if year:
        return True
    number = int(serial)
    name_length = end - start - len(serial) - 1
    if name_length < _SHORTEST_NAME or (number in _YEARS and serial[0] != "0"):
        return False
    if text.isupper():
        return number >= _SMALLEST_IN_CAPITALS and (not word or word in _MAY_FOLLOW)
    return number >= _SMALLEST and (not word.isupper() or word in _MAY_FOLLOW)


def _letters_in(text: str, context: CitationContext) -> Iterator[Citation]:
    """'REF B', 'refs A and C', 'reftel'."""
    for found in _REF.finditer(text):
        before = _PARAGRAPH_BEFORE.search(text, max(0, found.start() - 24), found.start())
        cited = found["paragraph"] or (before[1] if before else None)
        paragraph = int(cited) if cited else None
        labels = _labels(found, text)
        if labels:
            yield from _lettered(found, labels, paragraph, context)
        elif found["labels"] is None and not _is_anothers(found, text):
            ids = context.ids
            if ids and (len(ids) == 1 or found["plural"]):
                yield Citation(start=found.start(), end=found.end(), ids=ids, paragraph=paragraph)


def _is_anothers(found: re.Match[str], text: str) -> bool:
    return found["tel"] is None and _NUMBERED.match(text, found.end()) is not None


def _labels(found: re.Match[str], text: str) -> list[re.Match[str]]:
    """The letters behind REF; a small one only where it can be no article."""
    start, end = found.span("labels")
    labels = list(_ONE_LABEL.finditer(text, start, end)) if start >= 0 else []
    if not labels or labels[0]["letter"].isupper() or labels[0]["opened"] or found["paragraph"]:
        return labels
    return labels if text[end : end + 1] in _BEHIND_SMALL_LETTER else []


def _lettered(
    found: re.Match[str], labels: list[re.Match[str]], paragraph: int | None, context: CitationContext
) -> Iterator[Citation]:
    """A citation for each letter; the word REF belongs to the first, a paragraph to the last."""
    for label in labels:
        first, last = label is labels[0], label is labels[-1]
        ids = context.ids_of.get(label["letter"].upper(), ())
        if not ids:
            continue
        closing = 1 if label["opened"] else 0
        yield Citation(
            start=found.start() if first else label.start(),
            end=found.end() if last else label.end() + closing,
            ids=ids,
            paragraph=paragraph if last else None,
        )
