"""The histogram: cables by year, or by month where the years are few, as bars that lead there."""

from collections.abc import Callable, Container, Sequence

from msgspec import Struct

from generator.archive.address import Facet, facet_address, relative
from generator.archive.periods import MonthCount
from generator.render.words import counted, period_in_words

# A histogram needs a few bars before it says anything.
_FEWEST_BARS = 3
_FEWEST_YEARS = 3  # of a span, below which there is a bar for each month
_BAR_HEIGHT = 100  # units of the picture
_SMALLEST_BAR = 2
_STEP = 14  # from one bar to the next
_BAR_WIDTH = 11
_NARROWEST = 616  # 44 bars; fewer stand at the left, as wide as others

# The page that a period leads to, and what the name of its bar says of that: 'among all of 2008', '' for the period itself.
Lead = Callable[[str], tuple[str, str]]


class Bar(Struct, frozen=True, kw_only=True):
    """A year or a month of a histogram, in units of its picture."""

    href: str  # '' where there is no cable
    title: str  # '2008: 12 cables'
    period: str  # '2008'
    count: str  # '12'
    label: str  # '2008' under the first, the last and each tenth bar; '' else
    x: int
    middle: int  # of the bar, from the left
    y: int
    height: int


class Histogram(Struct, frozen=True, kw_only=True):
    """Cables by year or month; each between the first and the last has its place."""

    title: str  # 'Cables by year'
    most: str  # 'most in 2008: 12'
    unit: str  # 'Year'
    bars: tuple[Bar, ...]
    step: int  # from one bar to the next
    bar_width: int
    width: int
    height: int


def lead_to_dates(here: str) -> Lead:
    """Bars that lead to the pages of their years and months."""

    def lead(period: str) -> tuple[str, str]:
        return relative(here, facet_address("date", period[:4], _below_year(period))), ""

    return lead


def lead_to_all(here: str, label: str) -> Lead:
    """Bars of a part of the cables, which has no pages of its periods; they lead to those of all cables of the time."""

    def lead(period: str) -> tuple[str, str]:
        return (
            relative(here, facet_address("date", period[:4], _below_year(period))),
            f" of {label}, among all of {period_in_words(period)}",
        )

    return lead


def lead_to_periods(here: str, facet: Facet, value: str, label: str, periods: Container[str]) -> Lead:
    """Bars that lead to a list's own pages of their periods, where it has them, else to those of all cables of the time."""
    otherwise = lead_to_all(here, label)

    def lead(period: str) -> tuple[str, str]:
        for own in (period, period[:4]):
            if own in periods:
                among = f", among those of {own}" if own != period else ""
                return relative(here, facet_address(facet, value, own)), f" of {label}{among}"
        return otherwise(period)

    return lead


def _below_year(period: str) -> str:
    return period if "-" in period else ""


def make_histogram(months: Sequence[MonthCount], lead: Lead) -> Histogram | None:
    """Cables by year, or by month if they span less than three years; None for fewer than three bars with cables."""
    years = [month.year for month in months if month.year is not None]
    if not years:
        return None
    by_month = max(years) - min(years) + 1 < _FEWEST_YEARS
    counts: dict[str, int] = {}
    for month in months:
        if month.year is not None and (month.month is not None or not by_month):
            period = f"{month.year:04d}-{month.month:02d}" if by_month else f"{month.year:04d}"
            counts[period] = counts.get(period, 0) + month.count
    if len(counts) < _FEWEST_BARS:
        return None
    periods = _all_periods(min(counts), max(counts))
    most = max(counts.values())
    # The first of those that have most.
    top = next(period for period in periods if counts.get(period) == most)
    return Histogram(
        title=f"Cables by {'month' if by_month else 'year'}",
        most=f"most in {period_in_words(top)}: {most:,}",
        unit="Month" if by_month else "Year",
        bars=tuple(
            [
                _bar(place, period, periods, counts.get(period, 0) / most, counts.get(period, 0), lead)
                for place, period in enumerate(periods)
            ]
        ),
        step=_STEP,
        bar_width=_BAR_WIDTH,
        width=max(_NARROWEST, len(periods) * _STEP),
        height=_BAR_HEIGHT,
    )


def _all_periods(first: str, last: str) -> list[str]:
    """All years, or all months, from the first to the last."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == len("2008"):
        return [f"{year:04d}" for year in years]
    months = [f"{year:04d}-{month:02d}" for year in years for month in range(1, 13)]
    return [month for month in months if first <= month <= last]


def _bar(place: int, period: str, periods: Sequence[str], share: float, count: int, lead: Lead) -> Bar:
    height = max(_SMALLEST_BAR, round(share * _BAR_HEIGHT)) if count else 0
    href, among = lead(period) if count else ("", "")
    words = period_in_words(period)
    return Bar(
        href=href,
        title=f"{words}: {counted(count, 'cable')}{among}",
        period=words,
        count=f"{count:,}",
        label=_label(place, period, periods),
        x=place * _STEP,
        middle=place * _STEP + _BAR_WIDTH // 2,
        y=_BAR_HEIGHT - height,
        height=height,
    )


def _label(place: int, period: str, periods: Sequence[str]) -> str:
    """What stands under a bar: the first and the last year and full decades; under Januaries, or a first month long before."""
    if len(period) > len("2008"):
        is_first = place == 0 and period[5:] < "09"
        return period[:4] if is_first or period.endswith("-01") else ""
    is_end = place in (0, len(periods) - 1)
    is_decade = period.endswith("0") and 4 < place < len(periods) - 5
    return period if is_end or is_decade else ""
