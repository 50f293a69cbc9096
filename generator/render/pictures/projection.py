"""How the map lays the earth flat: all of it, or the part where an archive's posts are.

Places are longitude and latitude in degrees; longitudes go from 170 degrees west, between Asia and America, eastwards to
190. What comes out are whole units of the picture, WIDTH by HEIGHT, y downwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 4000, 1760

Place = tuple[float, float]  # longitude, latitude
Point = tuple[int, int]

# The whole earth, as far as people live.
_WEST, _MIDDLE, _EAST = -170.0, 10.0, 190.0
_NORTH, _SOUTH = 84.0, -58.0

# Equal Earth, by Savric, Patterson and Jenny (2018): its polynomial, and half the width of the earth in it.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = math.sqrt(3) / 2
_HALF = math.pi / (_ROOT * _A1)

# A part of the earth: never so small that no coast would be seen, and never so large that it would be distorted.
_NARROWEST, _WIDEST = 40.0, 100.0  # degrees of longitude
_MARGIN = 1.4  # times as wide as the posts lie apart
_FLATTEST = 0.2  # the cosine of the highest latitude that a part is true to


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldView:
    """The earth by Equal Earth, which shows every country in its true size."""

    west: float = _WEST
    east: float = _EAST
    south: float = _SOUTH
    north: float = _NORTH
    step: float = 30.0  # degrees between the lines of its grid

    def point(self, place: Place) -> Point:
        """Where a place is in the picture."""
        longitude, latitude = place
        x, y = _equal_earth(longitude - _MIDDLE, latitude)
        scale = WIDTH / (2 * _HALF)
        return round(WIDTH / 2 + x * scale), round((_equal_earth(0.0, _NORTH)[1] - y) * scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearView:
    """A part of the earth, its degrees of longitude as wide as they are in its middle."""

    west: float
    east: float
    south: float
    north: float
    step: float = 10.0

    def point(self, place: Place) -> Point:
        """Where a place is in the picture."""
        longitude, latitude = place
        return (
            round((longitude - self.west) / (self.east - self.west) * WIDTH),
            round((self.north - latitude) / (self.north - self.south) * HEIGHT),
        )


View = WorldView | NearView


def view_of(places: Sequence[Place]) -> View:
    """What shows some places, one at least: the part of the earth round them, or all of it where they lie far apart."""
    longitudes, latitudes = [place[0] for place in places], [place[1] for place in places]
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    flatness = max(_FLATTEST, math.cos(math.radians(middle[1])))
    height_of_width = HEIGHT / WIDTH * flatness
    width = max(
        _NARROWEST,
        (max(longitudes) - min(longitudes)) * _MARGIN,
        (max(latitudes) - min(latitudes)) * _MARGIN / height_of_width,
    )
    if width > _WIDEST:
        return WorldView()
    height = width * height_of_width
    return NearView(
        west=middle[0] - width / 2,
        east=middle[0] + width / 2,
        south=middle[1] - height / 2,
        north=middle[1] + height / 2,
    )


def place_at(latitude: float, longitude: float) -> Place:
    """The place of a latitude and a longitude as they are written, from 180 degrees west to 180 degrees east."""
    return (longitude if longitude >= _WEST else longitude + 360.0), latitude


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    t = math.asin(_ROOT * math.sin(math.radians(latitude)))
    square = t * t
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    return (
        math.radians(longitude) * math.cos(t) / (_ROOT * slope),
        t * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)),
    )
