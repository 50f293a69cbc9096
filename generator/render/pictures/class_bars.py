"""Bars that lie: a number for each of some classes, its name before the bar and the number behind it."""

from collections.abc import Sequence

from msgspec import Struct

from generator.render.pictures.scale import percent

_ROW, _BAR = 24, 16  # pixels


class ClassBar(Struct, frozen=True, kw_only=True):
    """A class."""

    label: str  # '200 to 399'
    count: str  # '23', with what else is to be told of it: '23, the middle'
    width: str  # '45.5%'
    y: int
    foot: int  # of its texts
    is_marked: bool


class ClassBars(Struct, frozen=True, kw_only=True):
    """Bars of some classes, from the top down."""

    name: str  # what the picture shows, for those who do not see it
    height: int
    bar_height: int
    bars: tuple[ClassBar, ...]


def make_class_bars(classes: Sequence[tuple[str, int]], *, marked: int, mark: str, name: str) -> ClassBars:
    """Bars of classes by name and number; one of them is marked, and told to be so."""
    most = max(count for _, count in classes)
    return ClassBars(
        name=name,
        height=len(classes) * _ROW,
        bar_height=_BAR,
        bars=tuple(
            ClassBar(
                label=label,
                count=f"{count:,}{mark if place == marked else ''}",
                width=percent(count, most),
                y=place * _ROW + (_ROW - _BAR) // 2,
                foot=place * _ROW + 16,
                is_marked=place == marked,
            )
            for place, (label, count) in enumerate(classes)
        ),
    )
