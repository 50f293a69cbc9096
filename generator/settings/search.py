"""What a project may set of its search: `[search]` of the settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.settings.values import UnfitError, ValueReader, read_flag

# What of a cable can be searched, in the order in which the index knows it.
SEARCH_FIELDS = ("subject", "summary", "text", "signer", "addressees", "tags", "ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSettings:
    """The search of a site. `about` in a field's metadata is its documentation."""

    enabled: bool = field(
        default=True,
        metadata={
            "about": "Whether the site can be searched; without it, there is no index and no box on the pages.",
            "example": ["enabled = true"],
        },
    )
    fields: tuple[str, ...] = field(
        default=SEARCH_FIELDS,  # and always in that order
        metadata={
            "about": "What of a cable is searched. The summary is a part of the text.",
            "example": [f"fields = {json.dumps(SEARCH_FIELDS)}"],
        },
    )
    positions: bool = field(
        default=True,
        metadata={
            "about": "Whether the index knows where words stand, which phrases need. Without, it has half the size.",
            "example": ["positions = true"],
        },
    )


def read_search_fields(value: object) -> tuple[str, ...]:
    """Some of the fields, each once."""
    if not isinstance(value, list) or not value or not all(name in SEARCH_FIELDS for name in value):
        raise UnfitError(f"a list of some of {', '.join(SEARCH_FIELDS)}")
    return tuple(name for name in SEARCH_FIELDS if name in value)


SEARCH_READERS: Mapping[str, ValueReader] = {
    "enabled": read_flag,
    "fields": read_search_fields,
    "positions": read_flag,
}
