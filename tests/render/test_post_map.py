"""The map of posts: the earth laid flat, the land, and circles that do not cover each other."""

import math
import random
import re
from itertools import combinations

import pytest

from generator.lexicon import builtin_lexicon
from generator.render.pictures.ground import COASTLINE, coastline, grid_path, land_path
from generator.render.pictures.post_map import PostMap, PostPlace, make_post_map
from generator.render.pictures.projection import (
    HEIGHT,
    WIDTH,
    NearView,
    Place,
    View,
    WorldView,
    place_at,
    view_of,
)


def is_land(latitude: float, longitude: float) -> bool:
    """Whether a place lies within an odd number of rings."""
    x, y = (value * 10 for value in place_at(latitude, longitude))
    crossings = 0
    for ring in coastline():
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "land"),
    [
        ("Madrid", 40.4, -3.7, True),
        ("Denver", 39.7, -105.0, True),
        ("Alice Springs", -23.7, 133.9, True),
        ("Anadyr", 66.0, 178.0, True),
        ("Uelen, beyond 180 degrees", 66.1, -171.0, True),
        ("the Atlantic", 30.0, -40.0, False),
        ("the Caspian Sea", 41.0, 51.0, False),
        ("the Pacific", 0.0, -140.0, False),
        ("Antarctica, which is left out", -85.0, 0.0, False),
    ],
)
def test_the_land_is_where_it_is(name: str, latitude: float, longitude: float, land: bool) -> None:
    assert is_land(latitude, longitude) is land, name


def test_the_coastline_is_small_and_on_the_earth() -> None:
    assert COASTLINE.stat().st_size < 20_000
    assert all(-1720 <= x <= 1905 and -600 < y <= 900 for ring in coastline() for x, y in ring)
    assert all(len(ring) >= 3 for ring in coastline())


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        (0, 10, (WIDTH / 2, 966)),
        (0, -170, (0, 966)),
        (0, -170.1, (WIDTH, 966)),  # the earth is round
        (84, 10, (WIDTH / 2, 0)),
        (90, 10, (WIDTH / 2, 966 - 1.3173627591574133 * WIDTH / 5.412759424399596)),
        (0, 100, (WIDTH * 3 / 4, 966)),
        (90, 190, (WIDTH / 2 + WIDTH / 2 * 0.5925, 966 - 1.3173627591574133 * WIDTH / 5.412759424399596)),
    ],
)
def test_the_whole_earth_is_drawn_by_equal_earth(
    latitude: float, longitude: float, point: tuple[float, float]
) -> None:
    x, y = WorldView().point(place_at(latitude, longitude))
    assert abs(x - point[0]) <= 1
    assert abs(y - point[1]) <= 1


@pytest.mark.parametrize(
    ("places", "is_near"),
    [
        ([(13, 47)], True),
        ([(13, 47), (14, 46)], True),
        ([(-17, 14), (38, -1)], True),  # Dakar and Nairobi
        ([(-99, 19), (13, 47)], False),
        ([(20, -30), (20, 60)], False),
        ([place_at(-18.1, 178.4), place_at(-13.8, -171.8)], True),  # Suva and Apia are neighbours
        ([(0, 90)], True),
    ],
)
def test_the_map_shows_the_part_of_the_earth_where_the_posts_are(places: list[Place], is_near: bool) -> None:
    view = view_of(places)
    assert isinstance(view, NearView) is is_near
    for place in places:
        x, y = view.point(place)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


@pytest.mark.parametrize("view", [WorldView(), view_of([(13, 47)]), view_of([(175, -40), (188, -14)])])
def test_paths_are_whole_numbers_and_stay_near_the_picture(view: View) -> None:
    for path in (land_path(view), grid_path(view)):
        assert re.fullmatch(r"(?:M-?\d+ ?-?\d+l[-\d ]+z?)*", path)
        x = y = 0
        for letter, numbers in re.findall(r"([Ml])([-\d ]+)", path):
            values = [int(number) for number in re.findall(r"-?\d+", numbers)]
            if letter == "M":
                x = y = 0
            for across, up in zip(values[::2], values[1::2], strict=True):
                x, y = x + across, y + up
                assert -WIDTH <= x <= 2 * WIDTH
                assert -HEIGHT <= y <= 2 * HEIGHT


def posts_of(*posts: tuple[str, float, float, int]) -> list[PostPlace]:
    return [
        PostPlace(href=f"origin/{name}.html", name=name, place=place_at(latitude, longitude), count=count)
        for name, latitude, longitude, count in posts
    ]


def drawn(posts: list[PostPlace]) -> PostMap:
    drawn = make_post_map(posts)
    assert drawn is not None
    return drawn


def everywhere() -> list[PostPlace]:
    """All posts of the tables, with cables as unequal as those of an archive."""
    chance = random.Random(7)
    return posts_of(
        *(
            (post.name, post.latitude, post.longitude, int(chance.paretovariate(0.5)))
            for post in builtin_lexicon().posts.values()
            if post.latitude is not None and post.longitude is not None
        )
    )


def test_without_a_place_there_is_no_map() -> None:
    assert make_post_map([]) is None


def test_a_circle_says_how_many_cables_and_is_larger_for_more() -> None:
    picture = drawn(posts_of(("Embassy Oslo", 59.9, 10.8, 1), ("Embassy Bern", 46.9, 7.4, 1_200)))
    assert [(mark.title, mark.href) for mark in picture.marks] == [
        ("Embassy Bern: 1,200 cables", "origin/Embassy Bern.html"),
        ("Embassy Oslo: 1 cable", "origin/Embassy Oslo.html"),
    ]
    assert picture.marks[0].radius > picture.marks[1].radius
    assert [size.label for size in picture.sizes] == ["1 to 9", "1,000 to 9,999"]


def test_posts_of_one_city_stand_beside_each_other_and_near_it() -> None:
    picture = drawn(posts_of(*((f"US Mission Geneva {n}", 46.2, 6.1, 40) for n in range(5))))
    for one, other in combinations(picture.marks, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius
        assert math.dist((one.x, one.y), (other.x, other.y)) <= 200


def test_a_post_at_the_pole_is_inside_the_picture() -> None:
    picture = drawn(posts_of(("Pole", -90, 0, 20_000), ("Embassy Oslo", 59.9, 10.8, 1)))
    for mark in picture.marks:
        assert mark.radius <= mark.x <= WIDTH - mark.radius
        assert mark.radius <= mark.y <= HEIGHT - mark.radius


def test_what_can_be_clicked_is_large_where_there_is_room_and_never_a_neighbour_s() -> None:
    alone = drawn(posts_of(("Embassy Suva", -18.1, 178.4, 1))).marks[0]
    assert 2 * alone.reach * 960 / WIDTH >= 24
    crowded = drawn(everywhere()).marks
    for one, other in combinations(crowded, 2):
        way = math.dist((one.x, one.y), (other.x, other.y))
        if way >= one.radius + other.radius:
            assert min(one.reach, other.reach) <= way / 2 + 1


def test_the_order_of_posts_makes_no_difference() -> None:
    posts = everywhere()
    shuffled = random.Random(1).sample(posts, len(posts))
    assert drawn(posts) == drawn(shuffled)


def test_names_stand_at_the_largest_and_cover_nothing() -> None:
    picture = drawn(everywhere())
    assert 3 <= len(picture.names) <= 12
    boxes = []
    for name in picture.names:
        length = len(name.text) * 24
        west = name.x - {"start": 0, "middle": length // 2, "end": length}[name.anchor]
        boxes.append((west, name.y - 39, west + length, name.y + 13))
    circles = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in picture.marks]
    for n, box in enumerate(boxes):
        for other in [*circles, *boxes[n + 1 :]]:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1], (
                picture.names[n]
            )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Embassy Port-au-Prince", "Port-au-Prince"),
        ("Consulate Zenda", "Zenda"),
        ("US Mission to the Danor Commission", "Danor Commission"),
        ("US Mission Geneva", "Geneva"),
        ("Mission USNATO", "USNATO"),
        ("US Interests Section Havana", "Havana"),
        ("Regional Embassy Office Mosul", "Mosul"),
        ("American Institute Taiwan, Taipei", "Taipei"),
        ("Embassy", "Embassy"),
        ("Secretary of State", "Secretary of State"),
    ],
)
def test_the_map_names_the_place_of_a_post(name: str, shown: str) -> None:
    assert [one.text for one in drawn(posts_of((name, 20, 20, 5))).names] == [shown]
