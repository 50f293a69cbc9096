"""What the page of statistics asks of the archive: cables by time, level and post, who wrote to whom, TAGS, lengths.

Time comes in years, or in months where the years are few. Of posts, addressees and TAGS the largest are named and the rest
counted together, so that the answers stay small whatever the archive.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.archive.periods import MonthCount

_FEWEST_YEARS = 3  # below which time comes in months

# A part of the time with fewer cables says nothing of its TAGS; a code that fewer cables of both parts have, neither.
_FEWEST_CABLES = 10
FEWEST_OF_TAG = 5
_LEAST_CHANGE = 100  # one in so many: a percentage point


class Series(Struct, frozen=True, kw_only=True):
    """Cables of a value by time."""

    value: str  # '' for those without one, or for all that are not named
    counts: Mapping[str, int]  # by period, '2008' or '2008-11'; those with none are left out
    values: int = 1  # how many values it is about

    @property
    def total(self) -> int:
        """How many cables of it have a place in time."""
        return sum(self.counts.values())


class Correspondence(Struct, frozen=True, kw_only=True):
    """Who wrote to whom: for each sender and each addressee the cables from the one to the other."""

    senders: tuple[str, ...]  # keys of posts, those with most cables first
    other_senders: int  # how many are not named; their cables are the last row, if there are any
    addressees: tuple[str, ...]
    other_addressees: int  # the last column holds cables to any of them
    cells: tuple[tuple[int, ...], ...]
    sent: tuple[int, ...]  # by row: cables that have an addressee, each once
    nameless: int  # cables with an addressee that no post is known to have sent
    origins: frozenset[str]  # of all these, those that the archive has cables from


class TagChange(Struct, frozen=True, kw_only=True):
    """A TAGS code, and how many cables of two parts of the time have it."""

    code: str
    first: int
    last: int


class Change(Struct, frozen=True, kw_only=True):
    """What became of TAGS from the first years to the last."""

    first: tuple[str, str]  # the first and the last period of a part
    last: tuple[str, str]
    first_count: int  # cables
    last_count: int
    is_halved: bool  # the two are all of the time
    rose: tuple[TagChange, ...]  # those whose share grew most, in that order
    fell: tuple[TagChange, ...]


class Statistics(Struct, frozen=True, kw_only=True):
    """The answers."""

    total: int  # cables
    periods: tuple[str, ...]  # each from the first to the last with a cable
    all: Series
    levels: tuple[Series, ...]  # in the order of their names, last those of none
    posts: tuple[Series, ...]  # those with most cables in time first; last all others together
    correspondence: Correspondence
    change: Change | None  # None where the time, or a part of it, is too short
    lengths: Mapping[int, int]  # class of a length -> cables, in order
    longest: tuple[CableRow, ...]  # the first cables of the last class


def ask_statistics(catalogue: Catalogue, *, posts: int, tags: int, longest: int) -> Statistics:
    """Ask all; so many posts, so many TAGS that rose or fell, and so many of the longest cables are named."""
    months = catalogue.months_of_all()
    years = [month.year for month in months if month.year is not None]
    by_month = bool(years) and max(years) - min(years) + 1 < _FEWEST_YEARS
    every = Series(value="", counts=_by_period(months, by_month=by_month))
    periods = _all_periods(every.counts)
    return Statistics(
        total=catalogue.total,
        periods=periods,
        all=every,
        levels=_levels(catalogue, every, by_month=by_month),
        posts=_posts(catalogue, posts, by_month=by_month),
        correspondence=_correspondence(catalogue, posts),
        change=_change(catalogue, periods, every.counts, tags),
        lengths=dict(
            catalogue.db.execute(
                "SELECT length, count(*) FROM cable GROUP BY length ORDER BY length"
            ).fetchall()
        ),
        longest=catalogue.select(
            "FROM cable WHERE length = (SELECT max(length) FROM cable) ORDER BY place LIMIT ?", longest
        ),
    )


# Time


def _by_period(months: Iterable[MonthCount], *, by_month: bool) -> dict[str, int]:
    """Cables by year or by month; what has no place there is left out."""
    counts: dict[str, int] = {}
    for month in months:
        if month.year is not None and (month.month is not None or not by_month):
            period = f"{month.year:04d}-{month.month:02d}" if by_month else f"{month.year:04d}"
            counts[period] = counts.get(period, 0) + month.count
    return counts


def _all_periods(counts: Mapping[str, int]) -> tuple[str, ...]:
    """All years, or all months, from the first with cables to the last."""
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == len("2008"):
        return tuple(f"{year:04d}" for year in years)
    months = [f"{year:04d}-{month:02d}" for year in years for month in range(1, 13)]
    return tuple(month for month in months if first <= month <= last)


def _levels(catalogue: Catalogue, every: Series, *, by_month: bool) -> tuple[Series, ...]:
    levels = [
        Series(value=level.value, counts=_by_period(catalogue.months("classification", level.value), by_month=by_month))
        for level in catalogue.values("classification")
    ]  # fmt: skip
    return (*levels, Series(value="", counts=_rest(every.counts, levels)))


def _posts(catalogue: Catalogue, most: int, *, by_month: bool) -> tuple[Series, ...]:
    found = catalogue.db.execute(
        "SELECT value FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'origin' AND year > 0 AND month >= ? GROUP BY value ORDER BY sum(count) DESC, value",
        (int(by_month),),
    ).fetchall()
    posts = [
        Series(value=post, counts=_by_period(catalogue.months("origin", post), by_month=by_month))
        for (post,) in found[:most]
    ]
    if len(found) <= most:
        return tuple(posts)
    months = catalogue.db.execute(
        "SELECT year, month, sum(count) FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'origin' AND year > 0 GROUP BY year, month ORDER BY year, month"
    )
    counts = _by_period(
        (MonthCount(year=year, month=month or None, count=count) for year, month, count in months),
        by_month=by_month,
    )
    return (*posts, Series(value="", counts=_rest(counts, posts), values=len(found) - most))


def _rest(all_: Mapping[str, int], parts: Sequence[Series]) -> dict[str, int]:
    """What is in none of the parts."""
    rest = {
        period: count - sum(part.counts.get(period, 0) for part in parts) for period, count in all_.items()
    }
    return {period: count for period, count in rest.items() if count}


# Who wrote to whom

_SENT = "SELECT post, addressed FROM cable WHERE addressed != '  '"


def _correspondence(catalogue: Catalogue, most: int) -> Correspondence:
    """Walk through all cables twice: first it is found out who wrote and was written to most."""
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    nameless = 0
    for post, addressed in catalogue.db.execute(_SENT):
        if post is None:
            nameless += 1
            continue
        sent[post] = sent.get(post, 0) + 1
        for addressee in addressed.split():
            received[addressee] = received.get(addressee, 0) + 1
    senders, addressees = _largest(sent, most), _largest(received, most)
    other_senders, other_addressees = len(sent) - len(senders), len(received) - len(addressees)
    rows = {post: row for row, post in enumerate(senders)}
    columns = {post: column for column, post in enumerate(addressees)}
    cells = [
        [0] * (len(addressees) + bool(other_addressees)) for _ in range(len(senders) + bool(other_senders))
    ]
    for post, addressed in catalogue.db.execute(_SENT):
        if post is not None:
            row = cells[rows.get(post, len(senders))]
            for column in {columns.get(addressee, len(addressees)) for addressee in addressed.split()}:
                row[column] += 1
    in_rows = [sent[post] for post in senders]
    return Correspondence(
        senders=senders,
        other_senders=other_senders,
        addressees=addressees,
        other_addressees=other_addressees,
        cells=tuple(tuple(row) for row in cells),
        sent=(*in_rows, *([sum(sent.values()) - sum(in_rows)] if other_senders else [])),
        nameless=nameless,
        origins=catalogue.posts & {*senders, *addressees},
    )


def _largest(counts: Mapping[str, int], most: int) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda value: (-counts[value], value))[:most])


# What rises and falls


def _change(
    catalogue: Catalogue, periods: Sequence[str], counts: Mapping[str, int], most: int
) -> Change | None:
    parts = _first_and_last(periods, counts)
    if parts is None:
        return None
    first, last, is_halved = parts
    first_count, last_count = (
        sum(counts.get(period, 0) for period in periods if low <= period <= high)
        for low, high in (first, last)
    )
    if min(first_count, last_count) < _FEWEST_CABLES:
        return None
    found = catalogue.db.execute(
        "SELECT value, sum(iif(year * 100 + month BETWEEN ?1 AND ?2, count, 0)) AS first, "
        "sum(iif(year * 100 + month BETWEEN ?3 AND ?4, count, 0)) AS last "
        "FROM list JOIN list_month ON list_month.list = list.number "
        "WHERE facet = 'tag' AND year > 0 AND month >= ?5 GROUP BY value HAVING first + last >= ?6 ORDER BY value",
        (*_bounds(*first), *_bounds(*last), int(len(periods[0]) > len("2008")), FEWEST_OF_TAG),
    )
    tags = [TagChange(code=code, first=in_first, last=in_last) for code, in_first, in_last in found]
    # How far the shares are apart, as whole numbers.
    grown = {tag.code: tag.last * first_count - tag.first * last_count for tag in tags}
    least = first_count * last_count / _LEAST_CHANGE
    rose = sorted(
        (tag for tag in tags if grown[tag.code] >= least), key=lambda tag: (-grown[tag.code], tag.code)
    )
    fell = sorted(
        (tag for tag in tags if grown[tag.code] <= -least), key=lambda tag: (grown[tag.code], tag.code)
    )
    return Change(
        first=first,
        last=last,
        first_count=first_count,
        last_count=last_count,
        is_halved=is_halved,
        rose=tuple(rose[:most]),
        fell=tuple(fell[:most]),
    )


def _first_and_last(
    periods: Sequence[str], counts: Mapping[str, int]
) -> tuple[tuple[str, str], tuple[str, str], bool] | None:
    """The fewest first periods that hold a third of the cables, and the fewest last ones; two halves where these would meet.

    Archives have few cables of their early years, and a cable that was misdated: a third of the years says little.
    """
    total = sum(counts.values())
    filled = [period for period in periods if counts.get(period)]
    if len(filled) < 2:
        return None
    until: list[int] = []  # cables up to the end of a period
    for period in filled:
        until.append((until[-1] if until else 0) + counts[period])
    first = next(place for place, count in enumerate(until) if 3 * count >= total)
    last = next(
        place
        for place in reversed(range(len(filled)))
        if 3 * (total - until[place] + counts[filled[place]]) >= total
    )
    is_halved = first >= last
    if is_halved:
        first = min(range(len(filled) - 1), key=lambda place: (abs(2 * until[place] - total), place))
        last = first + 1
    return (filled[0], filled[first]), (filled[last], filled[-1]), is_halved


def _bounds(first: str, last: str) -> tuple[int, int]:
    """The months of a span of time as numbers, 200811; a month that is not known is 0."""
    year, _, month = last.partition("-")
    low = first.replace("-", "") if "-" in first else f"{first}00"
    return int(low), int(year) * 100 + int(month or 99)
