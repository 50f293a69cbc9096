"""Countries: which a cable belongs to, and what the archive has of each.

A country is a geographic TAGS code. It gathers the cables that were sent from its posts and those that have the code; the
archive lists them as it lists those of a facet, so that each is counted once. Regions have codes of the same kind.
"""

import json
from collections.abc import Iterable

from msgspec import Struct

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue, FacetCount
from generator.lexicon import Lexicon


def countries_of(post: str | None, tags: Iterable[str], lexicon: Lexicon) -> dict[str, None]:
    """The countries that a cable belongs to, each once: that of its post, and those of its TAGS.

    A code of two letters that no table has is a slip of the pen as often as a country, and stands for none.
    """
    found: dict[str, None] = {}
    sender = lexicon.posts.get(post) if post else None
    if sender is not None and sender.country is not None:
        found[sender.country] = None
    for code in tags:
        tag = lexicon.tags.get(code)
        if tag is not None and tag.kind == "geographic":
            found[code] = None
    return found


class Country(Struct, frozen=True, kw_only=True):
    """A country that the archive has cables from or about."""

    code: str  # 'KZ'
    name: str  # 'Kazakhstan'; the code where no table has it
    count: int  # cables from its posts or with its code, each once


class Countries:
    """What a catalogue has of each country."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon) -> None:
        self._catalogue = catalogue
        self._lexicon = lexicon

    def all(self) -> tuple[Country, ...]:
        """Every country, by name."""
        found = [self._country(country) for country in self._catalogue.values("country")]
        return tuple(sorted(found, key=lambda country: (country.name.casefold(), country.code)))

    def country(self, code: str) -> Country:
        """The country of a code; one without cables too."""
        return self._country(FacetCount(value=code, count=self._catalogue.count("country", code)))

    def _country(self, found: FacetCount) -> Country:
        name = self._lexicon.tag_name(found.value) or found.value
        return Country(code=found.value, name=name, count=found.count)

    def posts(self, code: str) -> tuple[FacetCount, ...]:
        """The posts of a country that sent cables, by name."""
        counts = [
            FacetCount(value=post.key, count=self._catalogue.count("origin", post.key))
            for post in self._lexicon.posts.values()
            if post.country == code
        ]
        return tuple(
            sorted(
                (post for post in counts if post.count),
                key=lambda post: (self._lexicon.post_name(post.value).casefold(), post.value),
            )
        )

    def newest(self, code: str, number: int) -> tuple[CableRow, ...]:
        """The cables of a country that were sent last, the newest first; undated ones are none of them."""
        rows: list[CableRow] = []
        for month in reversed(self._catalogue.months("country", code)):
            if month.year is None:
                continue
            period = f"{month.year:04d}-{month.month or 0:02d}"
            rows += reversed(self._catalogue.rows("country", code, period))
            if len(rows) >= number:
                break
        return tuple(rows[:number])

    def tags_from(self, posts: Iterable[str], number: int) -> tuple[FacetCount, ...]:
        """The TAGS that the cables of some posts have most often, and how many of those cables have each."""
        # CROSS JOIN keeps the order: begun from the TAGS, it would go through the whole archive for each country.
        found = self._catalogue.db.execute(
            "SELECT value, count(*) AS count FROM listed AS sent CROSS JOIN listed AS tagged CROSS JOIN list "
            "WHERE tagged.cable = sent.cable AND list.number = tagged.list AND list.facet = 'tag' AND sent.list IN "
            "(SELECT number FROM list WHERE facet = 'origin' AND value IN (SELECT value FROM json_each(?))) "
            "GROUP BY tagged.list ORDER BY count DESC, value LIMIT ?",
            (json.dumps(sorted(posts)), number),
        )
        return tuple(FacetCount(value=value, count=count) for value, count in found)
