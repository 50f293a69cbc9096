"""The related cables on a cable's page: up to five, and for each the reason, which a reader can check in both."""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from generator.archive.address import UNDATED, relative
from generator.archive.kin import Kin, Shared
from generator.render.words import shortened

_SUBJECT = 48  # letters


class RelatedCable(Struct, frozen=True, kw_only=True):
    """A cable that has something in common with another."""

    href: str
    subject: str
    about: str  # '08ZENDA13, 2008-02-05'
    reason: str  # 'both cite 66STRELSAU412, and speak of customs, fire and wind'


def make_related(here: str, kin: Sequence[Kin]) -> tuple[RelatedCable, ...]:
    """The related cables of the page at an address, the nearest first."""
    return tuple(
        [
            RelatedCable(
                href=relative(here, one.row.address),
                subject=related_subject(one.row.subject),
                about=f"{one.row.name}, {one.row.day or UNDATED}",
                reason=reason_in_words(one.shared),
            )
            for one in kin
        ]
    )


def related_subject(subject: str) -> str:
    """A subject as the list has it."""
    return shortened(subject, _SUBJECT)


def reason_in_words(shared: Shared) -> str:
    """'both cite 66STRELSAU412, have the rare TAGS PBTS, and speak of customs, fire and wind'."""
    words = [unicodedata.normalize("NFC", word) for word in shared.words]
    reasons = [
        f"{says} {_listed(what)}"
        for says, what in (("cite", shared.cited), ("have the rare TAGS", shared.tags), ("speak of", words))
        if what
    ]
    *before, last = reasons
    return f"both {', '.join(before)}, and {last}" if before else f"both {last}"


def _listed(words: Sequence[str]) -> str:
    """'customs', 'customs and fire', 'customs, fire and wind'."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
