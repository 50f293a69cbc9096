"""What the archive keeps of a cable: all that lists, links and questions ask, and digests of the rest.

Entries are made where cables are read, in any process, and are small; the cables themselves are not kept.
"""

import hashlib

import msgspec

from generator.archive.address import cable_address, name_from_path
from generator.archive.aliases import Alias
from generator.archive.gist import gist_of
from generator.archive.length import length_class
from generator.archive.sections import is_whole, sections_held
from generator.archive.words import uses_of
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.telegram.cable import DatePrecision
from generator.telegram.citations import cited_ids
from generator.telegram.post import post_key
from generator.telegram.reference_id import other_name

NO_SUBJECT = "No subject"

# Stands between the parts of an order; smaller than any character of an address or a path.
_SEPARATOR = "\x1f"
# Behind all dates: the undated come last.
_UNDATED = "~"

_DIGEST = 16  # bytes of a SHA-256, for which processors have instructions
_WHITE = b" \t\r\n\f\v"


class Entry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A cable as the archive knows it."""

    path: str
    id: str | None
    name: str  # the id, or a name made of the path
    plain_address: str  # before it is known whether others claim it
    place: str  # in the order of all cables: date, name of its page, path
    subject: str
    gist: str  # its first sentence, '' for none
    date: str | None  # ISO 8601 in UTC, to the minute
    date_precision: DatePrecision | None
    year: int  # 0 where there is none
    month: int  # 0 where there is none
    day: int  # of the calendar, 1 for 1 January of the year 1; 0 where there is none
    post: str | None
    classification: str | None
    paragraphs: int  # how many there are, numbered from 1 without a gap
    addressed: str  # ' STATE ZENDA ': the posts it was sent to
    uses: str  # the words of it that are explained, by their anchors in the glossary: see `words`
    sections: int
    held: str  # '1,3', the sections that it holds; '' for all
    words: bytes  # a digest of its words, whatever the white space between them
    digest: bytes  # of everything that was cleared
    # '1 2 -3 5': the numbers of its paragraphs, with '-' before those that release took out; '' where they are just those
    # that `paragraphs` counts.
    numbers: str
    length: int  # the class of its text: see `length`
    updated: str | None  # as `date`, when it came out, else when it was sent: what feeds go by
    noindex: bool  # search engines are asked not to list it
    tags: tuple[str, ...]  # each once
    # Ids of its REF line and its text, each once and its own left out, and the same by another name of the post.
    cites: tuple[tuple[str, str | None], ...]
    aliases: tuple[Alias, ...] = ()


def entry_of(cable: ClearedCable, encoded: bytes, lexicon: Lexicon, aliases: tuple[Alias, ...] = ()) -> Entry:
    """The entry of a cable; `encoded` is what `encode_cleared` makes of it alone."""
    name = cable.id or name_from_path(cable.path)
    plain_address = cable_address(name, cable.date, cable.date_precision)
    date = cable.date.isoformat(timespec="minutes") if cable.date else None
    cites = dict.fromkeys([reference.id for reference in cable.references])
    cites.update(dict.fromkeys(cited_ids(cable, lexicon)))
    posts = dict.fromkeys([post_key(addressee.name, lexicon) for addressee in (*cable.action, *cable.info)])
    return Entry(
        path=cable.path,
        id=cable.id,
        name=name,
        plain_address=plain_address,
        place=_place(date, plain_address, cable.path),
        subject=cable.subject or NO_SUBJECT,
        gist=gist_of(cable),
        date=date,
        date_precision=cable.date_precision,
        year=cable.date.year if cable.date else 0,
        month=cable.date.month if cable.date and cable.date_precision != "year" else 0,
        day=cable.date.toordinal() if cable.date else 0,
        post=cable.post,
        classification=cable.classification,
        paragraphs=_paragraphs(cable),
        tags=tuple(dict.fromkeys([tag.code for tag in cable.tags])),
        cites=tuple(
            [(id_, other_name(id_, lexicon)) for id_ in cites if id_ is not None and id_ != cable.id]
        ),
        addressed=f" {' '.join(posts)} ",
        uses=uses_of(cable, lexicon),
        sections=cable.sections,
        held="" if is_whole(cable) else ",".join(map(str, sorted(sections_held(cable)))),
        words=_digest_of_words(cable),
        digest=hashlib.sha256(encoded).digest()[:_DIGEST],
        numbers=_numbers(cable),
        length=length_class(cable.body),
        updated=cable.released.isoformat(timespec="minutes") if cable.released else date,
        noindex=cable.noindex,
        aliases=aliases,
    )


def _place(date: str | None, plain_address: str, path: str) -> str:
    """The order of a cable among all, in short, since the lists of TAGS and all references have it too."""
    page = plain_address[plain_address.rfind("/") + 1 : -len(".html")]
    return _SEPARATOR.join((date or _UNDATED, page, path))


def _paragraphs(cable: ClearedCable) -> int:
    anchors = {block.anchor for block in cable.body}
    count = 0
    while f"par{count + 1}" in anchors:
        count += 1
    return count


def _numbers(cable: ClearedCable) -> str:
    numbers = [
        -block.number if block.kind == "gap" else block.number
        for block in cable.body
        if block.number is not None
    ]
    return "" if numbers == list(range(1, len(numbers) + 1)) else " ".join(map(str, numbers))


def _digest_of_words(cable: ClearedCable) -> bytes:
    text = "".join([part.text for part in cable.parts]).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text.translate(None, _WHITE)).digest()[:_DIGEST]
