"""The pages of the site, those of cables apart: which there are, and which are due.

A list becomes pages by `periods`; one of them is due when a cable of its period changed, the page above the periods with
any of them. What else a site has is given by its owner, with a digest of what the archive does not know. Pages that are
planned no longer are stale: their files have still to be removed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from generator.archive.address import Facet, facet_address
from generator.archive.catalogue import Catalogue
from generator.archive.periods import plan_periods, plan_year
from generator.archive.state import State


class PlannedPage(msgspec.Struct, frozen=True):
    """A page that the site has."""

    address: str
    kind: str  # 'home', 'tag', 'text', ...
    key: str = ""  # the value of a facet, the path of a source, ...
    part: str = ""  # a period of the list
    digest: bytes | None = None  # of what the page shows and the archive does not know


class Pages:
    """The pages in a state, as they are planned."""

    def __init__(self, state: State) -> None:
        self._db = state.db

    def plan(self, kind: str, planned: Iterable[PlannedPage], *, due: Collection[str] = ()) -> None:
        """All pages of a kind; new ones, those of another digest and those of the keys in `due` are due."""
        self._plan(planned, self._known("kind = ?", kind), lambda page: page.key in due)

    def plan_keys(
        self, kind: str, keys: Collection[str], planned: Iterable[PlannedPage], *, due: Collection[str]
    ) -> None:
        """The pages of a kind with some keys, and no others."""
        known: dict[str, bytes | None] = {}
        for key in keys:
            known.update(self._known("kind = ? AND key = ?", kind, key))
        self._plan(planned, known, lambda page: page.key in due)

    def plan_list(
        self,
        catalogue: Catalogue,
        facet: Facet,
        value: str,
        *,
        limit: int,
        months: Collection[tuple[int, int]] | None,
    ) -> None:
        """The pages of a value of a facet; `months` are those with changes, None where all are due."""
        known = self._known("kind = ? AND key = ?", facet, value)
        counts = catalogue.months(facet, value)
        if not counts:
            self._plan([], known, lambda _: False)
            return
        plan = plan_year(counts, limit) if facet == "date" else plan_periods(counts, limit)
        pages = [
            PlannedPage(facet_address(facet, value, period.period), facet, value, period.period)
            for period in plan
        ]
        periods = None if months is None else {"", *_periods(months)}
        self._plan(pages, known, lambda page: periods is None or page.part in periods)

    def make_due(self, kinds: Iterable[str]) -> None:
        """All pages of some kinds are due."""
        self._db.executemany("UPDATE page SET size = NULL WHERE kind = ?", [(kind,) for kind in kinds])

    def due(self) -> Iterator[PlannedPage]:
        """The pages that are due, those of a list together; last those that ask most of the archive.

        Pieces of the search, data files and the manifest are none: they are made of all cables together.
        """
        for values in self._db.execute(
            "SELECT address, kind, key, part, digest FROM page WHERE size IS NULL "
            "AND kind NOT IN ('piece', 'data', 'data-page', 'manifest') "
            "ORDER BY kind IN ('glossary', 'health', 'statistics'), kind, key, part"
        ):
            yield PlannedPage(*values)

    def _known(self, where: str, *parameters: str) -> dict[str, bytes | None]:
        return dict(
            self._db.execute(
                f"SELECT address, digest FROM page WHERE {where}",  # noqa: S608
                parameters,
            ).fetchall()
        )

    def _plan(
        self,
        planned: Iterable[PlannedPage],
        known: dict[str, bytes | None],
        is_due: Callable[[PlannedPage], bool],
    ) -> None:
        for page in planned:
            if page.address not in known:
                self._db.execute(
                    "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, NULL, NULL)",
                    (page.address, page.kind, page.key, page.part, page.digest),
                )
            elif known.pop(page.address) != page.digest or is_due(page):
                self._db.execute(
                    "UPDATE page SET kind = ?, key = ?, part = ?, digest = ?, size = NULL WHERE address = ?",
                    (page.kind, page.key, page.part, page.digest, page.address),
                )
        self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(address,) for address in known])
        self._db.executemany("DELETE FROM page WHERE address = ?", [(address,) for address in known])


def _periods(months: Collection[tuple[int, int]]) -> Iterator[str]:
    """The periods in which some months lie."""
    for year, month in months:
        if year:
            yield f"{year:04d}"
            yield f"{year:04d}-{month:02d}"
        else:
            yield "undated"
