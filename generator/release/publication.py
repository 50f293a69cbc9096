"""What front matter says of how a cable or page is published, beside whether it is.

    released: 2011-08-30              the day it was made public; '2011-08-30 01:44' and '2011-08-30T01Z' too
    noindex: true                     search engines are asked not to list it
    aliases: [/old/path.html]         addresses that it had, which lead to it

An alias is an editor's own text, and stands in the name of a file: what is redacted must not be read in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from generator.problem import Problem
from generator.release.rule import NO

RELEASED, NOINDEX, ALIASES = "released", "noindex", "aliases"

_MOMENT = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ,]+(\d\d?)(?::(\d\d)(?::\d\d)?)?)?Z?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What front matter says of how its source is published."""

    aliases: tuple[
        str, ...
    ] = ()  # as they are written, percent signs read; none of them says what is redacted
    aliases_left_out: int = 0  # that would have said it
    noindex: bool = False
    released: datetime | None = None
    is_released_unclear: bool = False  # it says so in no way that can be read

    def problems(self, path: str) -> Iterator[Problem]:
        """What is wrong with it; a redacted word is not repeated."""
        if self.aliases_left_out:
            yield Problem(
                code="alias-redacted",
                severity="warning",
                source=path,
                message=f"aliases in the front matter ({self.aliases_left_out}) hold words that the ledger redacts",
                next_step="they were left out; take the words out of them",
            )
        if self.is_released_unclear:
            yield Problem(
                code="released-unclear",
                severity="warning",
                source=path,
                message="'released' in the front matter is no day that can be read",
                next_step="write it as 2011-08-30; until then feeds have the day on which the cable was sent",
            )


NO_PUBLICATION = Publication()


def read_publication(front_matter: Mapping[str, Any], is_clean: Callable[[str], bool]) -> Publication:
    """What some front matter says; `is_clean` says whether a text holds nothing that is redacted."""
    fields = {key.strip().lower(): value for key, value in front_matter.items()}
    if fields.keys().isdisjoint((RELEASED, NOINDEX, ALIASES)):
        return NO_PUBLICATION
    written = [unquote(alias) for alias in _texts(fields.get(ALIASES, ()))]
    aliases = tuple(dict.fromkeys(alias for alias in written if is_clean(alias)))
    released = _moment(fields.get(RELEASED))
    return Publication(
        aliases=aliases,
        aliases_left_out=sum(not is_clean(alias) for alias in written),
        noindex=NOINDEX in fields and not _is_no(fields[NOINDEX]),
        released=released,
        is_released_unclear=released is None and fields.get(RELEASED, "") != "",
    )


def _texts(value: object) -> list[str]:
    """The texts of a list, or a text alone; of what is neither, its words, for a problem to name."""
    listed = value if isinstance(value, list) else [value] if value else []
    return [one.strip() if isinstance(one, str) else str(one) for one in listed if one != ""]


def _is_no(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in NO


def _moment(value: object) -> datetime | None:
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
