"""The type that says a cable may be published.

Archive, render and search take a ClearedCable and nothing else, so that no uncleared text can reach a page by
mistake. Only `release` makes one; `decode_cleared` gives back what was made before.
"""

from collections.abc import Sequence

import msgspec

from generator.telegram.cable import Cable


class ClearedCable(Cable, frozen=True, kw_only=True):
    """A cable that may be published as it stands here."""

    path: str  # its source below content/, by which the catalogue knows it


def encode_cleared(cables: Sequence[ClearedCable]) -> bytes:
    """A batch of cables as MessagePack."""
    return msgspec.msgpack.encode(cables)


def decode_cleared(data: bytes) -> list[ClearedCable]:
    """A batch that `encode_cleared` has written."""
    return _DECODER.decode(data)


_DECODER = msgspec.msgpack.Decoder(list[ClearedCable])
