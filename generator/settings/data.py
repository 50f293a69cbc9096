"""What a project may set of the data that its site offers: `[data]` of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.settings.values import ValueReader, read_flag


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSettings:
    """The data files of a site. `about` in a field's metadata is its documentation."""

    csv: bool = field(
        default=True,
        metadata={
            "about": "Whether there is a table of all cables, one row each, without their text: 0.4 KB a cable.",
            "example": ["csv = true"],
        },
    )
    jsonl: bool = field(
        default=True,
        metadata={
            "about": "Whether there is all of each cable, its text too, as a line of JSON: a third more than the telegrams.",
            "example": ["jsonl = true"],
        },
    )
    sqlite: bool = field(
        default=False,
        metadata={
            "about": "Whether there is a database of all cables, to be searched with SQLite or Datasette. It has\n"
            "half as much again as the telegrams, and is made anew whenever a cable changes.",
            "example": ["sqlite = false"],
        },
    )

    @property
    def is_any(self) -> bool:
        """Whether the site offers data at all."""
        return self.csv or self.jsonl or self.sqlite


DATA_READERS: Mapping[str, ValueReader] = {"csv": read_flag, "jsonl": read_flag, "sqlite": read_flag}
