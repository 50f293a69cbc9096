"""What the archive answers to the page of statistics; each figure here was counted by hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from msgspec.structs import replace
from site_tools import catalogue_of, cleared, telegram

from generator.archive.entry import entry_of
from generator.archive.state import State
from generator.archive.statistics import Statistics, TagChange, ask_statistics
from generator.archive.unit import Unit
from generator.archive.update import Update
from generator.lexicon import Lexicon, builtin_lexicon
from generator.release.cleared import ClearedCable, encode_cleared
from generator.telegram.parse import parse_cable


def cable(number: int, *, to: str = "", words: int = 3, **written: str) -> ClearedCable:
    text = telegram(number, text="1. (U) " + "Snow. " * words, **written)
    header = "".join(f"{line}\n" for line in to.split(", ") if line)
    text = text.replace("TO SECSTATE WASHDC 0001\nINFO AMCONSUL ZENDA\n", header)
    return cleared(parse_cable(text), path=f"{number}.txt")


def asked(cables: Sequence[ClearedCable], *, posts: int = 2, tags: int = 8, longest: int = 2) -> Statistics:
    return ask_statistics(catalogue_of(cables), posts=posts, tags=tags, longest=longest)


# Three posts in four years: 1974 (3), 1975 (1), 2007 (2), 2008 (4); and one without a date.
ARCHIVE = [
    cable(1, dtg="010800Z MAY 74", level="S E C R E T", to="TO SECSTATE WASHDC, INFO AMEMBASSY ZENDA"),
    cable(2, dtg="020800Z MAY 74", level="S E C R E T", to="TO SECSTATE WASHDC", words=150),
    cable(3, dtg="030800Z JUN 74", post="ZENDA", to="TO SECSTATE WASHDC, INFO AMEMBASSY STRELSAU"),
    cable(4, dtg="010800Z JAN 75", level="C O N F I D E N T I A L", to="TO AMEMBASSY HENTZAU"),
    cable(5, dtg="010800Z JAN 07", post="ZENDA", to="TO AMEMBASSY SLAVNA", words=150),
    cable(6, dtg="010800Z FEB 07", post="HENTZAU", to="TO SECSTATE WASHDC, INFO AMEMBASSY SLAVNA, AMEMBASSY ZENDA"),
    replace(cable(7, dtg="010800Z JAN 08", to="TO AMEMBASSY ZENDA"), classification=None),
    cable(8, dtg="010800Z FEB 08", to="TO AMEMBASSY ZENDA", words=500),
    cable(9, dtg="010800Z MAR 08", to=""),
    cable(10, dtg="010800Z APR 08", to="TO SECSTATE WASHDC", words=450),
    cleared(parse_cable("Dear Rosa,\n\nit snowed.\n"), path="letter.txt"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Statistics:
    return asked(ARCHIVE)


def test_cables_by_time(found: Statistics) -> None:
    assert found.total == 11
    assert found.periods == tuple(str(year) for year in range(1974, 2009))
    assert found.all.counts == {"1974": 3, "1975": 1, "2007": 2, "2008": 4}


def test_cables_by_level_and_time(found: Statistics) -> None:
    assert {level.value: dict(level.counts) for level in found.levels} == {
        "SECRET": {"1974": 2},
        "CONFIDENTIAL": {"1975": 1},
        "UNCLASSIFIED": {"1974": 1, "2007": 2, "2008": 3},
        "": {"2008": 1},
    }


def test_cables_by_post_and_time_those_of_few_cables_together(found: Statistics) -> None:
    assert [(post.value, dict(post.counts), post.values) for post in found.posts] == [
        ("STRELSAU", {"1974": 2, "1975": 1, "2008": 4}, 1),
        ("ZENDA", {"1974": 1, "2007": 1}, 1),
        ("", {"2007": 1}, 1),
    ]


def test_who_wrote_to_whom(found: Statistics) -> None:
    letters = found.correspondence
    assert (letters.senders, letters.other_senders) == (("STRELSAU", "ZENDA"), 1)
    assert (letters.addressees, letters.other_addressees) == (("STATE", "ZENDA"), 3)
    assert letters.cells == (
        (3, 3, 1),  # Strelsau to Washington, to Zenda, to Hentzau
        (1, 0, 2),  # Zenda to Washington, to Strelsau and Slavna
        (1, 1, 1),  # Hentzau
    )
    assert letters.sent == (6, 2, 1)  # the cable without addressees is none of them
    assert letters.nameless == 0
    assert letters.origins == {"STRELSAU", "ZENDA"}


def test_lengths(found: Statistics) -> None:
    assert found.lengths == {0: 7, 1: 2, 3: 2}
    assert [row.id for row in found.longest] == ["08STRELSAU8", "08STRELSAU10"]


def test_a_cable_of_an_unknown_sender_is_counted_apart() -> None:
    text = "TO AMEMBASSY ZENDA\n\nUNCLAS\n\nSUBJECT: SALT\n\n1. (U) Snow.\n"
    letters = asked([cleared(parse_cable(text), path="a.txt")]).correspondence
    assert (letters.senders, letters.cells, letters.nameless) == ((), (), 1)


def test_a_short_time_comes_in_months() -> None:
    found = asked(
        [cable(n, dtg=f"010800Z {month}") for n, month in enumerate(["NOV 07", "FEB 08", "FEB 08"], 1)]
    )
    assert found.periods == ("2007-11", "2007-12", "2008-01", "2008-02")
    assert found.all.counts == {"2007-11": 1, "2008-02": 2}
    assert [dict(post.counts) for post in found.posts] == [{"2007-11": 1, "2008-02": 2}]


@pytest.mark.parametrize(
    ("cables", "total", "periods"),
    [([], 0, 0), (ARCHIVE[-1:], 1, 0), (ARCHIVE[:1], 1, 1)],
    ids=["none", "undated", "one"],
)
def test_there_may_be_little_to_count(cables: Sequence[ClearedCable], total: int, periods: int) -> None:
    found = asked(cables)
    assert (found.total, len(found.periods), found.change) == (total, periods, None)
    assert sum(found.lengths.values()) == total


def in_years(**tags: Mapping[int, int]) -> Iterator[ClearedCable]:
    """Cables by TAGS and year: so many of each year have the code."""
    number = 0
    for code, years in tags.items():
        for year, count in years.items():
            for _ in range(count):
                number += 1
                yield cable(number, dtg=f"010800Z JAN {year % 100:02d}", tags=code)


def change(**tags: Mapping[int, int]) -> Statistics:
    return asked([*in_years(**tags)])


def test_tags_rise_and_fall_from_the_first_third_of_the_cables_to_the_last() -> None:
    # 40, 20, 15 and 25 cables: the first third is 1990, the last 2002 and 2003.
    found = change(
        PGOV={1990: 20, 2000: 10, 2002: 1, 2003: 1},
        PREL={1990: 10, 2000: 10, 2002: 10, 2003: 20},
        ECON={1990: 10, 2002: 4, 2003: 0},
        SENV={2003: 4},
    ).change
    assert found is not None
    assert (found.first, found.last) == (("1990", "1990"), ("2002", "2003"))
    assert (found.first_count, found.last_count, found.is_halved) == (40, 40, False)
    assert found.rose == (TagChange(code="PREL", first=10, last=30),)  # SENV has too few
    assert found.fell == (TagChange(code="PGOV", first=20, last=2), TagChange(code="ECON", first=10, last=4))


def test_two_years_are_compared_with_each_other() -> None:
    found = change(PGOV={1990: 10, 1999: 1}, PREL={1999: 30}).change
    assert found is not None
    assert (found.first, found.last, found.is_halved) == (("1990", "1990"), ("1999", "1999"), True)
    assert (found.first_count, found.last_count) == (10, 31)


def test_one_misdated_cable_is_no_third_of_the_time() -> None:
    found = change(PGOV={1966: 1, 1990: 20, 1991: 20, 1992: 20}, PREL={1992: 1}).change
    assert found is not None
    assert (found.first, found.last) == (("1966", "1990"), ("1992", "1992"))
    assert (found.first_count, found.last_count) == (21, 21)


@pytest.mark.parametrize(
    "years", [{1990: 40}, {1990: 9, 1999: 9}, {1990: 100, 1999: 9}], ids=["one time", "few", "few at the end"]
)
def test_where_there_is_little_to_compare_nothing_rises(years: Mapping[int, int]) -> None:
    assert change(PGOV=years).change is None


def test_a_share_that_hardly_changes_neither_rises_nor_falls() -> None:
    found = change(PGOV={1990: 100, 1991: 101}, PREL={1990: 1, 1991: 1}).change
    assert found is not None
    assert (found.rose, found.fell) == ((), ())


@pytest.mark.parametrize(
    ("changed", "is_counted"),
    [
        ({"subject": "SNOW"}, False),
        ({"ref": "08 ZENDA 1"}, False),
        ({"words": 90}, False),
        ({"words": 110}, True),
        ({"to": "TO AMEMBASSY ZENDA"}, True),
        ({"level": "S E C R E T"}, True),
        ({"tags": "PREL"}, True),
        ({"post": "ZENDA"}, True),
        ({"dtg": "010800Z FEB 08"}, True),
    ],
    ids=str,
)
def test_the_page_is_due_only_when_something_is_counted_otherwise(
    changed: dict[str, Any], is_counted: bool
) -> None:
    state, lexicon = State.new(), builtin_lexicon()
    written: dict[str, Any] = {"dtg": "010800Z JAN 08", "to": "TO SECSTATE WASHDC"}
    first = Update(state, lexicon, is_first=True, seen=0)
    first.replace([unit_of(cable(1, **written), lexicon)])
    first.settle()
    update = Update(state, lexicon, is_first=False, seen=1)
    update.replace([unit_of(cable(1, **(written | changed)), lexicon)])
    update.settle()
    assert update.touched.is_counted is is_counted


def unit_of(cable: ClearedCable, lexicon: Lexicon) -> Unit:
    return Unit(key=cable.path, kind="cable", entries=[entry_of(cable, encode_cleared(cable), lexicon)])
