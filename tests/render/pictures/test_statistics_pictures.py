"""The pictures of the statistics: what is as long as what, and what is told where."""

from collections.abc import Sequence

import pytest

from generator.render.pictures.class_bars import make_class_bars
from generator.render.pictures.matrix import make_matrix
from generator.render.pictures.scale import percent, round_step, rounded, ticks
from generator.render.pictures.share_line import make_share_line, share_in_words
from generator.render.pictures.time_bars import TimeBars, make_time_bars


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (1, (1,)),
        (3, (1, 2, 3)),
        (5, (2, 4)),
        (9, (5,)),
        (10, (5, 10)),
        (212, (100, 200)),
        (40_000, (10_000, 20_000, 30_000, 40_000)),
    ],
)
def test_lines_stand_at_round_numbers(most: int, lines: tuple[int, ...]) -> None:
    assert ticks(most) == lines


@pytest.mark.parametrize(
    ("least", "step"), [(0.1, 1), (1, 1), (1.5, 2), (3, 5), (6, 10), (11, 20), (501, 1000)]
)
def test_steps_are_round(least: float, step: int) -> None:
    assert round_step(least) == step


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 8, "12.5%"), (1, 3, "33.33%"), (2, 2, "100%"), (0, 0, "0%")]
)
def test_widths_are_shares_with_two_decimals_at_most(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said
    assert rounded(100.0) == "100"


def bars(first: str, last: str, narrowest: int = 200, **layers: dict[str, int]) -> TimeBars:
    if "-" in first:
        years = range(int(first[:4]), int(last[:4]) + 1)
        every = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
        periods = [month for month in every if first <= month <= last]
    else:
        periods = [str(year) for year in range(int(first), int(last) + 1)]
    return make_time_bars(periods, layers or {"": {first: 1}}, name="Cables", height=100, narrowest=narrowest)


def test_layers_stand_upon_each_other_as_high_as_their_cables() -> None:
    picture = bars("2006", "2008", low={"2006": 1, "2008": 6}, high={"2008": 2, "2007": 4})
    assert [(layer.name, layer.path) for layer in picture.layers] == [
        ("low", "M0 100v-12.5h8v12.5zM20 100v-75h8v75z"),
        ("high", "M10 100v-50h8v50zM20 25v-25h8v25z"),
    ]
    assert (picture.peak.text, picture.peak.anchor) == ("8", "middle")


def test_what_is_too_low_to_be_seen_is_a_pixel_high() -> None:
    picture = bars("2007", "2008", some={"2007": 1, "2008": 9_999}, others={"2007": 1})
    assert [layer.path for layer in picture.layers] == [
        "M0 100v-0.5h8v0.5zM10 100v-100h8v100z",
        "M0 99.5v-0.5h8v0.5z",
    ]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2008", "2008", ["2008"]),
        ("2006", "2008", ["2006 to 2008"]),
        ("1966", "2009", ["1966", "1980", "1990", "2009"]),
        ("1912", "2009", ["1912", "1940", "1960", "1980", "2009"]),
        ("1000", "3000", ["1000", "2000", "3000"]),
        ("2007-11", "2008-02", ["Nov 2007 to Feb 2008"]),
        ("2007-01", "2008-12", ["Jan 2007", "Dec 2008"]),
    ],
)
def test_labels_of_the_time_do_not_meet(first: str, last: str, labels: list[str]) -> None:
    assert [label.text for label in bars(first, last).labels] == labels


def test_where_there_is_room_a_january_has_its_label() -> None:
    assert [label.text for label in bars("2006-01", "2008-12", 400).labels] == [
        "Jan 2006", "Jan 2007", "Jan 2008", "Dec 2008",
    ]  # fmt: skip


def test_texts_stay_in_the_picture() -> None:
    picture = bars("1966", "2009")
    assert [(label.x, label.anchor) for label in picture.labels][::3] == [("0%", "start"), ("99.55%", "end")]
    assert picture.peak.anchor == "start" or picture.peak.text == "1"


@pytest.mark.parametrize(
    ("counts", "shades"),
    [
        ([[100, 50, 49], [13, 12, 1]], [4, 4, 3, 3, 2, 1]),
        ([[1, 0, 1], [1, 1, 1]], [4, 4, 4, 4, 4]),  # no cell where there is no cable
    ],
)
def test_the_more_cables_the_stronger_the_shade(counts: Sequence[Sequence[int]], shades: list[int]) -> None:
    rows, columns = [("Zenda", ""), ("Slavna", "")], [("A", ""), ("B", ""), ("C", "")]
    picture = make_matrix(rows, columns, counts, shaded=(2, 3), name="Cables")
    assert [cell.shade for cell in picture.cells] == shades
    assert [cell.count for cell in picture.cells] == [str(count) for row in counts for count in row if count]


def test_what_several_posts_have_together_has_no_shade() -> None:
    picture = make_matrix(
        [("Zenda", ""), ("9 others", "")],
        [("A", ""), ("B", "")],
        [[2, 900], [70, 8_000]],
        shaded=(1, 1),
        name="",
    )
    assert [(cell.count, cell.shade) for cell in picture.cells] == [
        ("2", 4),
        ("900", 0),
        ("70", 0),
        ("8,000", 0),
    ]


def test_a_matrix_has_room_for_its_names() -> None:
    picture = make_matrix([("W" * 24, "")], [("W" * 24, "")], [[1]], shaded=(1, 1), name="")
    assert picture.rows[0].x >= 200
    assert picture.columns[0].y >= 140
    assert picture.width - picture.columns[0].x >= 140


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 3, "33%"), (2, 3, "67%"), (1, 11, "9.1%"), (1, 10, "10%"), (995, 10_000, "10%"), (1, 99_999, "below 0.1%")],
)  # fmt: skip
def test_shares_in_words(count: int, whole: int, said: str) -> None:
    assert share_in_words(count, whole) == said


def test_a_share_goes_from_where_it_was_to_where_it_came() -> None:
    line = make_share_line((3, 24), (15, 30), most=0.5)
    assert (line.first, line.last, line.is_rise) == ("25%", "100%", True)
    assert line.name == "From 13% to 50%"
    assert not make_share_line((15, 30), (3, 24), most=0.5).is_rise


def test_classes_are_as_long_as_their_numbers_and_one_is_marked() -> None:
    picture = make_class_bars([("0 to 99", 4), ("100 to 199", 8)], marked=1, mark=", the middle", name="")
    assert [(bar.width, bar.count, bar.is_marked) for bar in picture.bars] == [
        ("50%", "4", False),
        ("100%", "8, the middle", True),
    ]
