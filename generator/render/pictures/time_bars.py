"""Bars over time: cables by year or month, each bar whole or in layers, with its largest number told.

The bars are one path for each layer, in a picture of its own that stretches with the page; texts stand around it and keep
their size.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.render.pictures.scale import percent, round_step, rounded, text_width, ticks
from generator.render.words import MONTH_NAMES

_STEP, _BAR = 10, 8  # from one bar to the next, and how wide it is
_FEWEST_STEPS = 16  # fewer bars stand at the left, as wide as others
_LOWEST = 1  # pixels, of a bar with any cable

_GAP = 10  # pixels between labels


class Layer(Struct, frozen=True, kw_only=True):
    """What a part of all bars is about."""

    name: str  # of a class: 'secret', '' where there is but one
    path: str  # the `d` of it


class Told(Struct, frozen=True, kw_only=True):
    """What a bar tells when it is pointed at."""

    x: int
    text: str  # '2008: 12 cables'


class Label(Struct, frozen=True, kw_only=True):
    """A text below or above the bars."""

    x: str  # '12.5%'
    y: str  # pixels
    anchor: str  # 'start', 'middle', 'end'
    text: str


class Tick(Struct, frozen=True, kw_only=True):
    """A line across the picture at a round number of cables."""

    y: str
    text: str  # '100'


class TimeBars(Struct, frozen=True, kw_only=True):
    """Bars, with room for a line of text above them and one below."""

    name: str  # what the picture shows, for those who do not see it
    width: int  # of the bars, in their own units
    height: int  # of the bars, pixels
    step: int
    end: str  # where the bars end, '100%' where they take all the width
    layers: tuple[Layer, ...]  # from the foot up
    told: tuple[Told, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]  # of the time
    peak: Label  # above the highest bar


def make_time_bars(
    periods: Sequence[str],
    layers: Mapping[str, Mapping[str, int]],
    *,
    name: str,
    height: int,
    narrowest: int,
    told: Mapping[str, str] | None = None,
    has_ticks: bool = False,
    peak_with_time: bool = False,
) -> TimeBars:
    """Bars for each of some periods, '2008' or '2008-11', in order; of each layer the cables by period.

    `narrowest` are the pixels in which the labels must not meet.
    """
    steps = max(len(periods), _FEWEST_STEPS)
    totals = {period: sum(counts.get(period, 0) for counts in layers.values()) for period in periods}
    most = max(totals.values())
    top = next(place for place, period in enumerate(periods) if totals[period] == most)
    peak = f"{most:,} in {short_period(periods[top])}" if peak_with_time else f"{most:,}"
    return TimeBars(
        name=name,
        width=steps * _STEP,
        height=height,
        step=_STEP,
        end=percent(len(periods) - 1 + _BAR / _STEP, steps),
        layers=tuple(_layers(periods, layers, totals, height)),
        told=tuple(
            Told(x=place * _STEP, text=told[period])
            for place, period in enumerate(periods)
            if told and period in told
        ),
        ticks=tuple(
            Tick(y=rounded(height * (1 - tick / most)), text=f"{tick:,}")
            for tick in (ticks(most) if has_ticks else ())
        ),
        labels=tuple(_labels(periods, steps, height, narrowest)),
        peak=_label(peak, top, steps, -4, _anchor(peak, top, steps, narrowest)),
    )


def _layers(
    periods: Sequence[str], layers: Mapping[str, Mapping[str, int]], totals: Mapping[str, int], height: int
) -> Iterator[Layer]:
    most = max(totals.values())
    # Pixels for a cable in each bar: those that would be too low to be seen are drawn higher.
    scales = {
        period: max(height * total / most, _LOWEST) / total for period, total in totals.items() if total
    }
    feet = dict.fromkeys(periods, 0.0)
    for name, counts in layers.items():
        path = []
        for place, period in enumerate(periods):
            if count := counts.get(period, 0):
                foot, tall = feet[period], count * scales[period]
                feet[period] = foot + tall
                path.append(
                    f"M{place * _STEP} {rounded(height - foot)}v-{rounded(tall)}h{_BAR}v{rounded(tall)}z"
                )
        if path:
            yield Layer(name=name, path="".join(path))


def short_period(period: str) -> str:
    """'2008', 'Nov 2008'."""
    year, _, month = period.partition("-")
    year = year.lstrip("0") or "0"
    return f"{MONTH_NAMES[int(month) - 1][:3]} {year}" if month else year


def _label(text: str, place: int, steps: int, y: int, anchor: str) -> Label:
    at = {"start": 0.0, "middle": _BAR / _STEP / 2, "end": _BAR / _STEP}[anchor]
    return Label(x=percent(place + at, steps), y=rounded(y), anchor=anchor, text=text)


def _anchor(text: str, place: int, steps: int, narrowest: int) -> str:
    """Which part of a text stands at its bar, so that it stays in the picture."""
    half, middle = text_width(text) / 2, (place + _BAR / _STEP / 2) * narrowest / steps
    if middle < half:
        return "start"
    return "end" if middle > narrowest - half else "middle"


def _labels(periods: Sequence[str], steps: int, height: int, narrowest: int) -> Iterator[Label]:
    """The first and the last period, and round years or Januaries between them where there is room."""
    first, last = short_period(periods[0]), short_period(periods[-1])
    step, y = narrowest / steps, height + 15
    end = (len(periods) - 1 + _BAR / _STEP) * step
    if end < text_width(first + last) + _GAP:
        # Too few bars for two texts: one says both.
        yield _label(first if first == last else f"{first} to {last}", 0, steps, y, "start")
        return
    yield _label(first, 0, steps, y, "start")
    free = text_width(first) + _GAP
    end -= text_width(last) + _GAP
    for place in _round_places(periods, steps, narrowest):
        text = short_period(periods[place])
        half, middle = text_width(text) / 2, (place + _BAR / _STEP / 2) * step
        if free <= middle - half and middle + half <= end:
            yield _label(text, place, steps, y, "middle")
            free = middle + half + _GAP
    yield _label(last, len(periods) - 1, steps, y, "end")


def _round_places(periods: Sequence[str], steps: int, narrowest: int) -> Iterable[int]:
    """The places of Januaries, or of years that are multiples of a round number, far enough apart for their names."""
    if "-" in periods[0]:
        return [place for place, period in enumerate(periods) if period.endswith("-01")]
    length = (text_width("2008") + _GAP) * steps / narrowest
    step = round_step(length)
    return [place for place, period in enumerate(periods) if int(period) % step == 0]
