"""Clears cables for publication.

For now everything is cleared but what its own front matter holds back. The ledger of an archive (withhold, embargo,
redact) will be applied here, before anything else sees the text.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from generator.release.cleared import ClearedCable
from generator.telegram.cable import Cable

_TRUE = ("true", "yes", "on", "1", "y")  # front matter is read as text

_FIELDS = tuple(field.name for field in fields(Cable))


def is_draft(front_matter: Mapping[str, Any]) -> bool:
    """Whether front matter holds its source back: `draft: true`, in any of YAML's spellings of true."""
    return str(front_matter.get("draft", "")).strip().lower() in _TRUE


def release(cable: Cable, *, path: str, front_matter: Mapping[str, Any]) -> ClearedCable | None:
    """The cable as it may be published, or None where nothing of it may be."""
    if is_draft(front_matter):
        return None
    return ClearedCable(path=path, **{name: getattr(cable, name) for name in _FIELDS})
