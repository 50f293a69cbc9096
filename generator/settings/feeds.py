"""What a project may set of feeds, search engines and old addresses: `[feeds]`, `[robots]`, `[redirects]` of the settings."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.settings.values import UnfitError, ValueReader, read_flag

# Kinds of pages that can be kept from search engines, called as the folder in which a reader finds them; 'page' are those
# that someone wrote.
PAGE_KINDS = ("cable", "tag", "date", "origin", "classification", "country", "day", "thread", "page")

# A feed of more would be read by nobody, and loaded by many.
_MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """The feeds of a site. `about` in a field's metadata is its documentation."""

    enabled: bool = field(
        default=True,
        metadata={
            "about": "Whether the site has feeds; they also need `site_url`.",
            "example": ["enabled = true"],
        },
    )
    entries: int = field(
        default=50,
        metadata={
            "about": f"The most cables that a feed holds, those that came last; {_MOST_ENTRIES} at most.",
            "example": ["entries = 50"],
        },
    )
    fewest: int = field(
        default=10,
        metadata={
            "about": "A TAGS code and an origin have a feed of their own if they have so many cables, or more.\n"
            "With 0, the feed of the whole is the only one.",
            "example": ["fewest = 10"],
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsSettings:
    """What search engines are asked. `about` in a field's metadata is its documentation."""

    noindex: tuple[str, ...] = field(
        default=(),  # WHOLE_SITE for all
        metadata={
            "about": "What search engines are asked not to list: true for the whole site, or kinds of pages, of\n"
            f"{', '.join(PAGE_KINDS)}.",
            "example": ['noindex = ["date", "day"]'],
        },
    )

    @property
    def is_all(self) -> bool:
        """Whether nothing of the site is to be listed."""
        return WHOLE_SITE in self.noindex

    def hides(self, kind: str) -> bool:
        """Whether pages of a kind are not to be listed."""
        return bool(self.noindex) and (kind in self.noindex or WHOLE_SITE in self.noindex)


# Stands for `noindex = true`; no page is of this kind.
WHOLE_SITE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectSettings:
    """Which old addresses still lead to a cable. `about` in a field's metadata is its documentation."""

    other_names: bool = field(
        default=True,
        metadata={
            "about": "Whether a cable of a post with two names can also be reached by its id with the other one:\n"
            "08KIEV12 by 08KYIV12.",
            "example": ["other_names = true"],
        },
    )


def read_noindex(value: object) -> tuple[str, ...]:
    """The kinds of pages that are not to be listed."""
    if isinstance(value, bool):
        return (WHOLE_SITE,) if value else ()
    expected = f"true, false, or a list of some of {', '.join(PAGE_KINDS)}"
    if not isinstance(value, list):
        raise UnfitError(expected)
    for kind in value:
        if kind not in PAGE_KINDS:
            near = difflib.get_close_matches(str(kind), PAGE_KINDS, n=1)
            hint = f"; did you mean {json.dumps(near[0])}?" if near else ""
            raise UnfitError(f"{expected}{hint}")
    return tuple(kind for kind in PAGE_KINDS if kind in value)


def read_entries(value: object) -> int:
    """How many cables a feed may have."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_ENTRIES:
        raise UnfitError(f"a whole number from 1 to {_MOST_ENTRIES}")
    return value


def read_fewest(value: object) -> int:
    """How many cables a value must have."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UnfitError("a whole number, 0 or more")
    return value


FEED_READERS: Mapping[str, ValueReader] = {
    "enabled": read_flag,
    "entries": read_entries,
    "fewest": read_fewest,
}

ROBOTS_READERS: Mapping[str, ValueReader] = {"noindex": read_noindex}

REDIRECT_READERS: Mapping[str, ValueReader] = {"other_names": read_flag}
