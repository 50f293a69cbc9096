"""The histogram: cables by year, as bars that lead to the years."""

from collections.abc import Sequence

from msgspec import Struct

from generator.archive.address import facet_address, relative
from generator.archive.periods import MonthCount
from generator.render.words import counted

# A histogram needs a few years before it says anything.
_FEWEST_BARS = 3
_BAR_HEIGHT = 60.0  # units of the picture
_SMALLEST_BAR = 1.5
_STEP = 14.0  # from one year to the next
_NARROWEST = 616.0  # 44 years; fewer stand at the left, as wide as others


class Bar(Struct, frozen=True, kw_only=True):
    """A year of a histogram, in units of its picture."""

    href: str
    title: str  # '2008: 12 cables'
    label: str  # '2008' under the first, the last and each fifth bar; '' else
    x: float
    y: float
    width: float
    height: float


class Histogram(Struct, frozen=True, kw_only=True):
    """Cables by year; every year between the first and the last has its place."""

    bars: tuple[Bar, ...]
    width: float
    height: float


def make_histogram(here: str, months: Sequence[MonthCount]) -> Histogram | None:
    """Cables by year as bars that lead to the years; None for fewer than three years."""
    years: dict[int, int] = {}
    for month in months:
        if month.year is not None:
            years[month.year] = years.get(month.year, 0) + month.count
    if len(years) < _FEWEST_BARS:
        return None
    first, last, most = min(years), max(years), max(years.values())
    bars = []
    for year in range(first, last + 1):
        count = years.get(year, 0)
        height = max(_SMALLEST_BAR, count / most * _BAR_HEIGHT) if count else 0.0
        bars.append(
            Bar(
                href=relative(here, facet_address("date", str(year))) if count else "",
                title=f"{year}: {counted(count, 'cable')}",
                label=str(year)
                if year in (first, last) or (year % 10 == 0 and first + 3 < year < last - 3)
                else "",
                x=(year - first) * _STEP,
                y=round(_BAR_HEIGHT - height, 1),
                width=_STEP - 3,
                height=round(height, 1),
            )
        )
    width = max(_NARROWEST, (last - first + 1) * _STEP)
    return Histogram(bars=tuple(bars), width=width, height=_BAR_HEIGHT)
