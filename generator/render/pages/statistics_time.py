"""Statistics by time: cables by year or month and classification, and the same by post."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.archive.address import STATISTICS, facet_address, relative
from generator.archive.statistics import Series, Statistics
from generator.lexicon import Lexicon
from generator.render.pages.cable_page import level_class
from generator.render.pages.figures import FigureRow, FigureTable, figures, others
from generator.render.pages.values import value_label
from generator.render.pictures.time_bars import TimeBars, make_time_bars
from generator.render.words import counted, period_in_words

_NO_LEVEL = "No level stated"

_FEWEST_PERIODS = 2  # of a picture


class LevelKey(Struct, frozen=True, kw_only=True):
    """A level, as the bars show it."""

    level: str  # a class: 'secret', 'no-level'
    label: str
    href: str  # '' where it has no page
    count: str


class OverTime(Struct, frozen=True, kw_only=True):
    """Cables by time and level."""

    says: str
    notes: tuple[str, ...]
    bars: TimeBars | None  # None where all cables are of one year or month
    key: tuple[LevelKey, ...]  # from the foot of the bars up
    table: FigureTable


class PostOverTime(Struct, frozen=True, kw_only=True):
    """A post, or all that are not named."""

    label: str
    href: str  # '' for the others
    count: str  # '30 cables'
    bars: TimeBars | None  # None where all cables are of one year or month


class ByPost(Struct, frozen=True, kw_only=True):
    """Cables by post and time."""

    says: str
    notes: tuple[str, ...]
    posts: tuple[PostOverTime, ...]
    table: FigureTable


def over_time(found: Statistics, lexicon: Lexicon) -> OverTime:
    """Cables by time and level, where any has a date."""
    levels = _in_order(found.levels, lexicon)
    says = [_most(found)]
    if levels[0].value:
        largest = max((level for level in levels if level.value), key=lambda level: level.total)
        if largest.total == found.all.total:
            says.append(f"{'All are' if largest.total > 1 else 'It is'} {largest.value}.")
        else:
            says.append(
                f"The most frequent level is {largest.value}: {largest.total:,} of {found.all.total:,}."
            )
    shown = [period for period in found.periods if period in found.all.counts]
    bars = None
    if len(found.periods) >= _FEWEST_PERIODS:
        bars = make_time_bars(
            found.periods,
            {_level_class(level.value): level.counts for level in levels},
            name=f"Cables by {_unit(found)} and classification. {_most(found)}",
            height=180,
            narrowest=240,
            told={period: _told(period, found.all, levels) for period in shown},
            has_ticks=True,
        )
    return OverTime(
        says=" ".join(says),
        notes=tuple(_undated(found, found.total - found.all.total)),
        bars=bars,
        key=tuple(
            LevelKey(
                level=_level_class(level.value),
                label=_level(level.value),
                href=relative(STATISTICS, facet_address("classification", level.value))
                if level.value
                else "",
                count=f"{level.total:,}",
            )
            for level in levels
        ),
        table=_table_of_time(
            found,
            f"Cables by {_unit(found)} and classification",
            [(_level(level.value), level) for level in levels],
        ),
    )


def _in_order(levels: Sequence[Series], lexicon: Lexicon) -> list[Series]:
    """Levels with cables from the lowest up, last those of none."""
    order = list(lexicon.classifications)
    return sorted(
        (level for level in levels if level.total),
        key=lambda level: (
            not level.value,
            order.index(level.value) if level.value in order else len(order),
        ),
    )


def _level(value: str) -> str:
    return value or _NO_LEVEL


def _level_class(value: str) -> str:
    return level_class(value) if value else "no-level"


def _unit(found: Statistics) -> str:
    return "month" if "-" in found.periods[0] else "year"


def _most(found: Statistics) -> str:
    """When the archive has most cables, in a sentence."""
    counts = found.all.counts
    if len(counts) == 1:
        [(period, count)] = counts.items()
        every = "The only cable with a date is" if count == 1 else f"All {count:,} cables with a date are"
        return f"{every} of {period_in_words(period)}."
    most = max(counts.values())
    tops = [period_in_words(period) for period in found.periods if counts.get(period) == most]
    if len(tops) > 2:
        return f"No {_unit(found)} has more than {counted(most, 'cable')}, and {len(tops)} have as many."
    each = " each" if len(tops) > 1 else ""
    return f"In {' and '.join(tops)} the archive has {counted(most, 'cable')}{each}, more than in any other {_unit(found)}."


def _told(period: str, every: Series, levels: Sequence[Series]) -> str:
    of_levels = [
        f"{level.counts[period]:,} {_level(level.value)}" for level in levels if period in level.counts
    ]
    return f"{period_in_words(period)}: {counted(every.counts[period], 'cable')}; {', '.join(of_levels)}"


def _undated(found: Statistics, count: int) -> Iterator[str]:
    """What is not in a picture by time."""
    if count:
        are = "is" if count == 1 else "are"
        yield f"{counted(count, 'cable')} without a {'month' if _unit(found) == 'month' else 'date'} {are} not among them."


def _table_of_time(found: Statistics, caption: str, columns: Sequence[tuple[str, Series]]) -> FigureTable:
    shown = [period for period in found.periods if any(period in series.counts for _, series in columns)]
    rows = [
        FigureRow(
            label=period_in_words(period),
            href=relative(STATISTICS, facet_address("date", period[:4], period if "-" in period else "")),
            cells=tuple(
                figures([series.counts.get(period, 0) for _, series in columns]),
            ),
        )
        for period in shown
    ]
    totals = FigureRow(label="Together", href="", cells=figures([series.total for _, series in columns]))
    return FigureTable(
        caption=caption,
        heads=(_unit(found).capitalize(), *(label for label, _ in columns), "Together"),
        rows=(*rows, totals),
    )


def by_post(found: Statistics, lexicon: Lexicon) -> ByPost:
    """Cables by post and time, where there are several posts."""
    first = found.posts[0]
    number = sum(post.values for post in found.posts)
    columns = [
        (value_label("origin", post.value, lexicon) if post.value else others(post.values, "post"), post)
        for post in found.posts
    ]
    return ByPost(
        says=f"{columns[0][0]} sent {first.total:,} of the {counted(found.all.total, 'cable')} with a date, "
        f"the most of {number:,} posts.",
        notes=(
            "Each picture has a scale of its own: its highest bar says how many cables it stands for.",
            *_undated(found, found.all.total - sum(post.total for post in found.posts)),
        ),
        posts=tuple(_post(label, post, found) for label, post in columns),
        table=_table_of_time(found, f"Cables by {_unit(found)} and post", columns),
    )


def _post(label: str, post: Series, found: Statistics) -> PostOverTime:
    bars = None
    if len(found.periods) >= _FEWEST_PERIODS:
        bars = make_time_bars(
            found.periods,
            {"": post.counts},
            name=f"Cables of {label} by {_unit(found)}",
            height=48,
            narrowest=200,
            peak_with_time=True,
        )
    return PostOverTime(
        label=label,
        href=relative(STATISTICS, facet_address("origin", post.value)) if post.value else "",
        count=counted(post.total, "cable"),
        bars=bars,
    )
