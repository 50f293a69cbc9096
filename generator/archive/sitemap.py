"""The sitemap: which pages search engines are told of, and in which of its files each stands.

One file while a site has no more pages than a file may have. Past that it is cut as long lists are, by time and never by
counting off: the cables of a year are a file, those of a year too long a file by month, other pages one by kind. So a new
cable changes one file. What even then is too long is cut by the first letters of names.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec

from generator.archive.address import SITEMAP, kind_of_page, sitemap_address

# As sitemaps.org has it.
MOST_ADDRESSES = 50_000

# What no search engine needs: pages that the browser fills, those that lead elsewhere, what is said of the withheld, and
# files that are no pages.
_NOT_FOR_SEARCH_ENGINES = ("404", "asset", "card", "file", "piece", "reading-list", "redirect", "search-page")

_UNDATED = "undated"
_PREFIX = 2  # letters
_CABLES = "cable"
_DIGEST = 16  # bytes

# Says of a page's address whether settings keep it from search engines.
Hidden = Callable[[str], bool]


class SitemapPart(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the sitemap that lists pages."""

    name: (
        str  # '2008', '2008-11', 'undated'; 'tag'; 'undated-08', 'tag-PG' where that was too long; '' for all
    )
    kind: str = ""  # 'cable', or the kind of its pages; '' for all
    period: str = ""  # of cables: '2008', '2008-11', 'undated'
    prefix: str = ""  # with which the names of its pages begin
    digest: bytes = b""  # of the addresses of its pages, those of cables left out

    @property
    def address(self) -> str:
        """Where it stands."""
        return sitemap_address(self.name) if self.name else SITEMAP


def plan_sitemap(db: sqlite3.Connection, hidden: Hidden, most: int) -> list[SitemapPart]:
    """The files that list pages: one, '', or the parts of an index; none where there is nothing to list."""
    groups: dict[str, dict[str, _Group]] = {}  # by the beginnings of names
    for group, address in _pages(db, hidden):
        groups.setdefault(group, {}).setdefault(_name(address)[:_PREFIX], _Group()).add(address)
    months = {} if hidden(f"{_CABLES}/") else _months(db)
    counts = {group: sum(one.count for one in by_prefix.values()) for group, by_prefix in groups.items()}
    total = sum(counts.values()) + sum(months.values())
    if not total:
        return []
    if total <= most:
        every = [one for _, by_prefix in sorted(groups.items()) for one in by_prefix.values()]
        return [SitemapPart(name="", digest=_digest(every))]
    parts = [part for year, periods in _years(months) for part in _cable_parts(db, year, periods, most)]
    for group, by_prefix in sorted(groups.items()):
        if counts[group] <= most:
            parts.append(SitemapPart(name=group, kind=group, digest=_digest(by_prefix.values())))
        else:
            parts += [
                SitemapPart(name=f"{group}-{prefix}", kind=group, prefix=prefix, digest=_digest([one]))
                for prefix, one in sorted(by_prefix.items())
            ]
    return parts


def addresses_of(db: sqlite3.Connection, part: SitemapPart, hidden: Hidden) -> Iterator[str]:
    """The addresses of the pages of a part, in order, one after the other."""
    if part.kind != _CABLES:
        for group, address in _pages(db, hidden):
            if part.kind in ("", group) and _name(address).startswith(part.prefix):
                yield address
    if part.kind in ("", _CABLES) and not hidden(f"{_CABLES}/"):
        year, _, month = part.period.partition("-")
        where, parameters = "", []
        if year == _UNDATED:
            where = " AND listed.month = 0"
        elif year:
            where = " AND listed.year = ? AND listed.month " + ("= ?" if month else "> 0")
            parameters = [int(year), *([int(month)] if month else [])]
        for (address,) in db.execute(
            "SELECT address FROM listed JOIN cable ON cable.number = listed.cable WHERE noindex = 0 AND list IN "  # noqa: S608
            f"(SELECT number FROM list WHERE facet = 'date'){where} ORDER BY address",
            parameters,
        ):
            if _name(address).startswith(part.prefix):
                yield address


def is_touched(part: SitemapPart, months: set[tuple[int, int]]) -> bool:
    """Whether the addresses of cables of some months, which came or went, may stand in a part."""
    if part.kind not in ("", _CABLES):
        return False
    return any(
        part.period in ("", _period(year, month), _period(year, month).partition("-")[0])
        for year, month in months
    )


class _Group:
    """Some pages, as far as it matters which they are."""

    def __init__(self) -> None:
        self.count = 0
        self.digest = hashlib.blake2b(digest_size=_DIGEST)

    def add(self, address: str) -> None:
        self.count += 1
        self.digest.update(address.encode("utf-8", "replace") + b"\n")


def _pages(db: sqlite3.Connection, hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Each page that is no cable's, by address, and before it the group in which it is listed.

    That is its folder, or 'page' for those at the top and those that someone wrote.
    """
    marks = ", ".join("?" * len(_NOT_FOR_SEARCH_ENGINES))
    for kind, address in db.execute(
        f"SELECT kind, address FROM page WHERE kind NOT IN ({marks}) AND address LIKE '%.html' "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM unit WHERE unit.noindex = 1 AND unit.kind = 'markdown' "
        "AND unit.key = CASE page.kind WHEN 'home' THEN 'index.md' ELSE page.key END) ORDER BY address",
        _NOT_FOR_SEARCH_ENGINES,
    ):
        if not hidden(address):
            if kind == "shared":
                yield "shared", address  # among those of cables
            else:
                yield kind_of_page(address) if "/" in address else "page", address


def _months(db: sqlite3.Connection) -> dict[tuple[int, int], int]:
    """How many cables of each month have an address to be listed."""
    counts: dict[tuple[int, int], int] = {}
    for year, month, count in db.execute(
        "SELECT year, month, sum(count) FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'date' GROUP BY year, month UNION ALL "
        "SELECT year, month, -count(*) FROM cable WHERE noindex = 1 GROUP BY year, month"
    ):
        counts[year, month] = counts.get((year, month), 0) + count
    return {month: count for month, count in counts.items() if count}


def _period(year: int, month: int) -> str:
    """The folder of cables of a month: '2008-11', 'undated'."""
    return f"{year:04d}-{month:02d}" if month else _UNDATED


def _years(months: dict[tuple[int, int], int]) -> Iterator[tuple[str, dict[str, int]]]:
    """The periods of each year with their counts, the undated last."""
    years: dict[str, dict[str, int]] = {}
    for (year, month), count in sorted(months.items()):
        period = _period(year, month)
        of_year = years.setdefault(period.partition("-")[0], {})
        of_year[period] = of_year.get(period, 0) + count
    yield from sorted(years.items())


def _cable_parts(
    db: sqlite3.Connection, year: str, periods: dict[str, int], most: int
) -> Iterator[SitemapPart]:
    if sum(periods.values()) <= most:
        yield SitemapPart(name=year, kind=_CABLES, period=year)
        return
    for period, count in periods.items():
        whole = SitemapPart(name=period, kind=_CABLES, period=period)
        if count <= most:
            yield whole
        else:
            prefixes = {_name(address)[:_PREFIX] for address in addresses_of(db, whole, lambda _: False)}
            for prefix in sorted(prefixes):
                yield msgspec.structs.replace(whole, name=f"{period}-{prefix}", prefix=prefix)


def _name(address: str) -> str:
    return address.rpartition("/")[2]


def _digest(groups: Iterable[_Group]) -> bytes:
    return hashlib.blake2b(b"".join([one.digest.digest() for one in groups]), digest_size=_DIGEST).digest()
