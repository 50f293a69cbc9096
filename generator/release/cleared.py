"""The type that says a cable may be published, and what may be said of one that may not.

Archive, render and search take a ClearedCable and nothing else, so that no uncleared text can reach a page by
mistake. Only `release` makes one; `decode_cleared` gives back what was made before.
"""

from collections.abc import Sequence
from datetime import date as Day  # noqa: N812 - `date` is a field here, as in Cable
from datetime import datetime

import msgspec

from generator.release.rule import Manner
from generator.telegram.cable import Cable, DatePrecision

# What stands for redacted words: the same for a name and for a page, so that its width tells nothing. Two half blocks
# around it set it apart from bars that a telegram may hold itself; a telegram that holds this very mark was redacted
# by this program before.
MARK = "\u2590\u2588\u2588\u2588\u258c"

# The text of a gap block that stands for a paragraph which may not be published; other gaps name missing sections.
WITHHELD_GAP = "withheld"


class RedactionNote(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What the ledger lets a page say about redactions in a cable."""

    reason: str = ""  # '' where it is not to be shown
    count: int | None = None  # places; None where it is not to be shown


class ClearedCable(Cable, frozen=True, kw_only=True, array_like=True):
    """A cable that may be published as it stands here."""

    path: (
        str  # its source below content/, by which the catalogue knows it; a made-up one where that would tell
    )
    redactions: tuple[RedactionNote, ...] = ()
    # What its front matter says beside: addresses that it had, whether search engines are not to list it, when it came out.
    aliases: tuple[str, ...] = ()
    noindex: bool = False
    released: datetime | None = None


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """A cable that is not published: all that may be shown of it, which for a silent one is nothing."""

    manner: Manner = "silent"
    id: str | None = None  # of a card or tombstone, never None there
    reason: str = ""
    by: str = ""
    when: Day | None = None
    date: datetime | None = None  # of a tombstone alone, whose page stays where it was
    date_precision: DatePrecision | None = None


def encode_cleared(cable: ClearedCable) -> bytes:
    """A cable as MessagePack."""
    return _ENCODER.encode(cable)


def join_encoded(cables: Sequence[bytes]) -> bytes:
    """A batch of encoded cables."""
    return _ENCODER.encode([msgspec.Raw(cable) for cable in cables])


def decode_cleared(data: bytes) -> list[ClearedCable]:
    """The cables that `join_encoded` has put together."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()


_DECODER = msgspec.msgpack.Decoder(list[ClearedCable])
