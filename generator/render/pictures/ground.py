"""What lies under the marks of a map: the land, and a grid of degrees, as paths of an SVG.

The land is in `coastline.txt` beside this module, which `tests/render/make_coastline.py` made.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import ceil, floor
from pathlib import Path

from generator.render.pictures.projection import HEIGHT, WIDTH, Point, View

# Longitude and latitude of points in tenths of a degree; the last is joined to the first.
Ring = tuple[tuple[int, int], ...]

COASTLINE = Path(__file__).with_name("coastline.txt")

_NUMBER = re.compile(r"-?\d+")
_FEWEST_CORNERS = 3
_POLE = 90.0
_PIECE = 10.0  # degrees; a meridian of the whole earth is bent


@cache
def coastline() -> tuple[Ring, ...]:
    """The rings of all land but Antarctica; a ring within another is a sea."""
    lines = COASTLINE.read_text("utf-8").splitlines()
    return tuple(tuple(_points(line)) for line in lines if not line.startswith("#"))


def _points(line: str) -> Iterator[tuple[int, int]]:
    numbers = [int(number) for number in _NUMBER.findall(line)]
    x = y = 0
    for across, up in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + up
        yield x, y


def land_path(view: View) -> str:
    """The land of a view, as the `d` of a path to be filled by the rule 'evenodd'."""
    return "".join(f"{path}z" for ring in coastline() if (path := _path(_corners(ring, view))))


def _corners(ring: Ring, view: View) -> list[Point]:
    """The points of a ring; none where it lies outside the picture."""
    points = [view.point((x / 10, y / 10)) for x, y in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    if min(across) > WIDTH or max(across) < 0 or min(down) > HEIGHT or max(down) < 0:
        return []
    # What is far outside may be drawn nearer: its lines fall together there, and the path gets shorter.
    near = [(_clamped(x, WIDTH), _clamped(y, HEIGHT)) for x, y in points]
    corners = [near[0], *(after for before, after in pairwise(near) if after != before)]
    return corners if len(corners) >= _FEWEST_CORNERS else []


def _clamped(value: int, length: int) -> int:
    return min(max(value, -length), 2 * length)


def grid_path(view: View) -> str:
    """Meridians and parallels of a view, as the `d` of a path to be drawn."""
    south, north = max(view.south, -_POLE), min(view.north, _POLE)
    latitudes = [south, *_multiples(_PIECE, south, north), north]
    longitudes = [view.west, *_multiples(view.step, view.west, view.east), view.east]
    lines = [[(longitude, latitude) for latitude in latitudes] for longitude in longitudes]
    lines += [
        [(view.west, latitude), (view.east, latitude)] for latitude in _multiples(view.step, south, north)
    ]
    return "".join(_path([view.point(place) for place in line]) for line in lines)


def _multiples(step: float, low: float, high: float) -> Iterable[float]:
    return [step * n for n in range(ceil(low / step), floor(high / step) + 1)]


def _path(points: Sequence[Point]) -> str:
    """Points as a path: 'M12 34l5-6 7 8'."""
    if not points:
        return ""
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    # No blank is needed before a minus.
    return f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}".replace(" -", "-")
