"""What a project may set of its related cables: `[related]` of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.settings.values import ValueReader, read_flag


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedSettings:
    """The related cables of a site. `about` in a field's metadata is its documentation."""

    enabled: bool = field(
        default=True,
        metadata={
            "about": "Whether the page of a cable lists others that cite the same, share rare TAGS or speak of the same.",
            "example": ["enabled = true"],
        },
    )


RELATED_READERS: Mapping[str, ValueReader] = {"enabled": read_flag}
