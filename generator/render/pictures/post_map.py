"""The map of posts: a circle for each, larger the more cables it sent, and names for the largest.

Posts that lie on top of each other are moved apart, as little as it takes, the larger ones first. All numbers are units of
the picture: some four to a pixel, where it is as wide as a page.
"""

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.render.pictures.ground import grid_path, land_path
from generator.render.pictures.projection import HEIGHT, WIDTH, Place, Point, view_of
from generator.render.words import counted, place_of_post

# Circles by number of cables: from so many on, so large.
_SIZES = ((1, 16), (10, 26), (100, 40), (1_000, 58), (10_000, 80))

_REACH = 52  # around the middle, for fingers: 24 pixels across
_GAP = 4  # between circles
_CELL = 2 * _SIZES[-1][1] + _GAP  # circles that touch lie in cells that touch

# A post moves along a spiral of so many places, which ends some 20 pixels away.
_TRIES = 60
_SPIRAL = 12.0
_GOLDEN = math.pi * (3 - math.sqrt(5))

_NAMES, _TRIED = 12, 40  # so many, of the largest
_LETTER, _LINE = 24, 52  # of a name: how wide a letter is about, and how high all are
_LONGEST_NAME = 24  # letters


_Box = tuple[int, int, int, int]  # west, north, east, south


class PostPlace(Struct, frozen=True, kw_only=True):
    """A post that is on the map."""

    href: str
    name: str  # 'Embassy Astana'
    place: Place
    count: int  # cables


class Mark(Struct, frozen=True, kw_only=True):
    """A circle that leads to a post."""

    href: str
    title: str  # 'Embassy Astana: 12 cables'
    x: int
    y: int
    radius: int
    reach: int  # radius of what can be clicked


class Name(Struct, frozen=True, kw_only=True):
    """The name of a place beside its circle."""

    text: str  # 'Astana'
    x: int
    y: int  # of the line it stands on
    anchor: str  # 'start', 'end', 'middle': which part of it is at x


class SizeOfMark(Struct, frozen=True, kw_only=True):
    """What a size of circles says."""

    radius: int
    label: str  # '10 to 99'


class PostMap(Struct, frozen=True, kw_only=True):
    """What a map draws, from the bottom up."""

    width: int
    height: int
    grid: str  # the `d` of a path
    land: str
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    sizes: tuple[SizeOfMark, ...]  # those that occur


def make_post_map(posts: Sequence[PostPlace]) -> PostMap | None:
    """The map of some posts; None without any."""
    if not posts:
        return None
    ranked = sorted(posts, key=lambda post: (-post.count, post.name, post.href))
    view = view_of([post.place for post in ranked])
    radii = [_radius(post.count) for post in ranked]
    field = _Field()
    points = [field.put(view.point(post.place), radius) for post, radius in zip(ranked, radii, strict=True)]
    marks = tuple(
        Mark(
            href=post.href,
            title=f"{post.name}: {counted(post.count, 'cable')}",
            x=x,
            y=y,
            radius=radius,
            reach=max(radius, min(_REACH, field.room((x, y)))),
        )
        for post, (x, y), radius in zip(ranked, points, radii, strict=True)
    )
    return PostMap(
        width=WIDTH,
        height=HEIGHT,
        grid=grid_path(view),
        land=land_path(view),
        marks=marks,
        names=tuple(_names(ranked, marks)),
        sizes=tuple(_sizes(set(radii))),
    )


def _radius(count: int) -> int:
    return max(radius for least, radius in _SIZES if count >= least)


def _sizes(radii: set[int]) -> Iterator[SizeOfMark]:
    for n, (least, radius) in enumerate(_SIZES):
        if radius in radii:
            most = _SIZES[n + 1][0] - 1 if n + 1 < len(_SIZES) else None
            yield SizeOfMark(radius=radius, label=f"{least:,} to {most:,}" if most else f"{least:,} and more")


class _Field:
    """The circles that were put onto the map, by cells of it."""

    def __init__(self) -> None:
        self._cells: dict[Point, list[tuple[int, int, int]]] = {}

    def put(self, point: Point, radius: int) -> Point:
        """Put a circle at a point, or as near to it as there is room; with no room near it lies on others."""
        put = next(
            (near for near in _spiral(point, radius) if self._is_free(near, radius)), _within(point, radius)
        )
        self._cells.setdefault(_cell(put), []).append((*put, radius))
        return put

    def room(self, point: Point) -> int:
        """Half the way from the middle of a circle to the nearest other one."""
        far = 2 * _REACH
        ways = [math.dist(point, (x, y)) for x, y, _ in self._near(point) if (x, y) != point]
        return int(min([far, *ways]) / 2)

    def _is_free(self, point: Point, radius: int) -> bool:
        return all(math.dist(point, (x, y)) >= radius + other + _GAP for x, y, other in self._near(point))

    def _near(self, point: Point) -> Iterator[tuple[int, int, int]]:
        column, row = _cell(point)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                yield from self._cells.get((x, y), ())


def _cell(point: Point) -> Point:
    return point[0] // _CELL, point[1] // _CELL


def _spiral(point: Point, radius: int) -> Iterator[Point]:
    """A point and those around it, farther and farther away."""
    for n in range(_TRIES):
        way, angle = _SPIRAL * math.sqrt(n), n * _GOLDEN
        x, y = point[0] + round(way * math.cos(angle)), point[1] + round(way * math.sin(angle))
        yield _within((x, y), radius)


def _within(point: Point, radius: int) -> Point:
    """A point at which a circle is inside the picture."""
    x, y = point
    return min(max(x, radius), WIDTH - radius), min(max(y, radius), HEIGHT - radius)


def _names(posts: Sequence[PostPlace], marks: Sequence[Mark]) -> Iterator[Name]:
    """Names of the largest, beside their circles, where they cover neither each other nor a circle."""
    taken = [
        (mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
        for mark in marks
    ]
    named = 0
    for post, mark in zip(posts[:_TRIED], marks[:_TRIED], strict=True):
        text = place_of_post(post.name)
        if len(text) > _LONGEST_NAME:
            continue
        for name, box in _places_of_name(text, mark):
            is_inside = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT
            if is_inside and not any(_meet(box, other) for other in taken):
                yield name
                taken.append(box)
                named += 1
                break
        if named == _NAMES:
            return


def _places_of_name(text: str, mark: Mark) -> Iterator[tuple[Name, _Box]]:
    """A name at the right, at the left, above and below a circle, each with the room that it takes."""
    length, away = len(text) * _LETTER, mark.radius + _LETTER // 2
    for anchor, x, west, middle in (
        ("start", mark.x + away, mark.x + away, mark.y),
        ("end", mark.x - away, mark.x - away - length, mark.y),
        ("middle", mark.x, mark.x - length // 2, mark.y - mark.radius - _LINE // 2),
        ("middle", mark.x, mark.x - length // 2, mark.y + mark.radius + _LINE // 2),
    ):
        box = (west, middle - _LINE // 2, west + length, middle + _LINE // 2)
        yield Name(text=text, x=x, y=middle + _LINE // 4, anchor=anchor), box


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
