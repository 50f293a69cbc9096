"""What the index takes from a cable, made where the cable is at hand: its tokens in their places, its head and its marks."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import msgspec

from generator.lexicon import Lexicon
from generator.release.cleared import MARK, ClearedCable
from generator.search.tokens import tokens
from generator.settings.search import SearchSettings
from generator.telegram.cable import Addressee, block_text

NOWHERE = ""  # the word of a place on which none stands
_WORDLESS = ("rule", "gap")  # kinds of blocks
_WIDE = 1 << 16  # so many different words need wider numbers


class Reading(msgspec.Struct, array_like=True):
    """The tokens of a cable. Rows are of places in `words`, two bytes each, or four where there are very many."""

    words: list[str]  # each once; the first is NOWHERE
    text: bytes  # the row of subject and body
    subject: int  # how many places of it are the subject's
    summary: list[tuple[int, int]]  # from which place up to which it is the summary
    head: bytes  # the row of words without places
    marks: list[str]  # each once
    length: int  # tokens in text and head


def encode_reading(reading: Reading) -> bytes:
    """A reading as MessagePack."""
    return _ENCODER.encode(reading)


def decode_reading(data: bytes) -> Reading:
    """What `encode_reading` has written."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Reading)


class ReadingMaker:
    """Makes readings."""

    def __init__(self, lexicon: Lexicon, settings: SearchSettings) -> None:
        self._lexicon = lexicon
        self._fields = frozenset(settings.fields)

    def read(self, cable: ClearedCable) -> Reading:
        """The reading of a cable."""
        fields = self._fields
        row: list[str] = []
        if "subject" in fields and cable.subject:
            row += _places(cable.subject)
        subject = len(row)
        summary: list[tuple[int, int]] = []
        for block in cable.body:
            is_summary = block.role == "summary"
            if not ("text" in fields or ("summary" in fields and is_summary)) or block.kind in _WORDLESS:
                continue
            found = _places(block_text(block))
            if not found:
                continue
            row.append(NOWHERE)
            if "summary" in fields and is_summary:
                summary.append((len(row), len(row) + len(found)))
            row += found
        head = [token for text in self._head(cable) for token in _tokens(text)]
        numbers: defaultdict[str, int] = defaultdict(count(1).__next__, {NOWHERE: 0})
        text_row = list(map(numbers.__getitem__, row))
        head_row = list(map(numbers.__getitem__, head))
        code = "H" if len(numbers) <= _WIDE else "I"
        return Reading(
            words=list(numbers),
            text=array(code, text_row).tobytes(),
            subject=subject,
            summary=summary,
            head=array(code, head_row).tobytes(),
            marks=list(dict.fromkeys(self._marks(cable))),
            length=len(row) - text_row.count(0) + len(head),
        )

    def _head(self, cable: ClearedCable) -> Iterator[str]:
        """The texts of the head."""
        fields = self._fields
        if "signer" in fields and cable.signer:
            yield cable.signer
        if "tags" in fields:
            yield from (tag.code for tag in cable.tags)
        if "ids" in fields:
            if cable.id:
                yield cable.id
            yield from (reference.text for reference in cable.references)

    def _marks(self, cable: ClearedCable) -> Iterator[str]:
        for tag in cable.tags:
            yield f"tag:{_squeezed(tag.code)}"
        for text in self._sender(cable):
            yield from (f"from:{token}" for token in _tokens(text))
        for addressee in _addressees(cable):
            yield from (f"to:{token}" for token in _tokens(addressee.name))
        if cable.signer:
            yield from (f"signer:{token}" for token in _tokens(cable.signer))
        for level in (cable.classification, *cable.handling, *cable.captions):
            if level:
                yield f"class:{_squeezed(level)}"
        if cable.references:
            yield "has:refs"

    def _sender(self, cable: ClearedCable) -> Iterator[str]:
        """What its origin is called."""
        if cable.origin:
            yield cable.origin
        if cable.post:
            yield cable.post
            yield self._lexicon.post_name(cable.post)
            post = self._lexicon.posts.get(cable.post)
            country = post and post.country and self._lexicon.tag_name(post.country)
            if country:
                yield country


def _places(text: str) -> list[str]:
    """The tokens of a text, NOWHERE for each of the program's bars."""
    first, *others = text.split(MARK)
    row = tokens(first)
    for other in others:
        row.append(NOWHERE)
        row += tokens(other)
    return row


def _addressees(cable: ClearedCable) -> tuple[Addressee, ...]:
    return (*cable.action, *cable.info)


# Names of posts and codes come again with every cable.
@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


def _squeezed(text: str) -> str:
    """The letters and digits of a code, as marks have them: TOP SECRET is 'topsecret'."""
    return "".join(_tokens(text))
