"""Clears cables for publication.

For now everything is cleared but what its own front matter holds back. The ledger of an archive (withhold, embargo,
redact) will be applied here, before anything else sees the text.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.release.cleared import ClearedCable
from generator.telegram.cable import Cable

# Front matter is read as text. What is not one of these holds back, so that a slip of the pen publishes nothing.
_NO = ("false", "no", "off", "n", "0")


def is_draft(front_matter: Mapping[str, Any]) -> bool:
    """Whether front matter holds its source back: `draft`, with any value that is no plain 'no'."""
    drafts = [value for key, value in front_matter.items() if key.lower() == "draft"]
    return any(not isinstance(value, str) or value.strip().lower() not in _NO for value in drafts)


def release(cable: Cable, *, path: str, front_matter: Mapping[str, Any]) -> ClearedCable | None:
    """The cable as it may be published, or None where nothing of it may be."""
    if is_draft(front_matter):
        return None
    return ClearedCable(path=path, **msgspec.structs.asdict(cable))
