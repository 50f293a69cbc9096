from collections.abc import Iterator

import pytest
from site_tools import catalogue_of, cleared

from generator import parse_cable
from generator.archive.catalogue import Catalogue
from generator.archive.periods import MonthCount
from generator.archive.surroundings import Pair
from generator.archive.whole_threads import most_cited
from generator.lexicon import builtin_lexicon
from generator.release.cleared import ClearedCable

LEXICON = builtin_lexicon()


def cable(
    id_: str,
    dtg: str,
    *,
    tags: str = "PGOV",
    ref: str = "",
    path: str = "",
    level: str = "UNCLAS",
    words: str = "Text.",
) -> ClearedCable:
    """A short telegram: '08STRELSAU1' sent at '141230Z FEB 08'."""
    post, serial = id_[2:].rstrip("0123456789"), id_[2:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    text = f"FM AMEMBASSY {post}\n\n{level} {post} {int(serial):06d}\n\nTAGS: {tags}\nSUBJECT: {id_}\n{ref}\n1. (U) {words}\n"
    text = (f"P {dtg}\n" if dtg else "") + text
    return cleared(parse_cable(text), path=path or f"{id_}.txt")


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    catalogue = catalogue_of(
        [
            cable("08STRELSAU1", "141230Z JAN 08"),
            cable("08ZENDA5", "151230Z JAN 08", tags="PGOV ECON", ref="REF: STRELSAU 1, ZENDA 5"),
            cable("07STRELSAU9", "141230Z DEC 07", level="S E C R E T"),
            cable(
                "08STRELSAU3", "141230Z FEB 08", ref="REF: A. STRELSAU 1 B. STRELSAU 1 (NOTAL) C. SLAVNA 4"
            ),
            cable("08ZENDA1", "", path="undated.txt"),
            cable("08SLAVNA2", "011230Z FEB 08", path="one.txt"),
            cable("08SLAVNA2", "011230Z MAR 08", path="two.txt"),
        ]
    )
    yield catalogue
    catalogue.close()


def test_cables_are_counted_and_dated(catalogue: Catalogue) -> None:
    assert catalogue.total == 7
    span = catalogue.span
    assert span is not None
    assert [f"{moment:%Y-%m-%d}" for moment in span] == ["2007-12-14", "2008-03-01"]
    assert [row.name for row in catalogue.newest(2)] == ["08SLAVNA2", "08STRELSAU3"]


def test_an_id_leads_to_its_cable(catalogue: Catalogue) -> None:
    assert catalogue.link_for("08STRELSAU1") == "cable/2008/01/08STRELSAU1.html"
    assert catalogue.link_for("08SLAVNA4") is None
    assert [row.path for row in catalogue.find("08ZENDA5")] == ["08ZENDA5.txt"]


def test_sources_that_share_an_id_are_all_kept_and_listed_at_the_plain_addresses(
    catalogue: Catalogue,
) -> None:
    addresses = [row.address for row in catalogue.find("08SLAVNA2")]
    assert len(set(addresses)) == 2
    assert [address.partition("-")[0] for address in addresses] == [
        "cable/2008/02/08SLAVNA2",
        "cable/2008/03/08SLAVNA2",
    ]
    for plain in ("cable/2008/02/08SLAVNA2.html", "cable/2008/03/08SLAVNA2.html"):
        assert [row.path for row in catalogue.shared_at(plain)] == ["one.txt", "two.txt"]
    assert catalogue.link_for("08SLAVNA2") == "cable/2008/02/08SLAVNA2.html"
    (problem,) = catalogue.problems()
    assert (problem.code, problem.message) == ("id-shared", "2 sources are 08SLAVNA2: one.txt, two.txt")


def test_a_cable_is_cited_once_by_each_that_refers_to_it_and_never_by_itself(catalogue: Catalogue) -> None:
    assert [row.name for row in catalogue.cited_by("08STRELSAU1")] == ["08ZENDA5", "08STRELSAU3"]
    assert catalogue.cited_by("08ZENDA5") == ()


def test_what_is_cited_in_the_text_is_cited() -> None:
    catalogue = catalogue_of(
        [
            cable("07STRELSAU9", "141230Z DEC 07"),
            cable("08STRELSAU3", "141230Z FEB 08", words="As 07 STRELSAU 9 said. 08 STRELSAU 3 is this one."),
        ]
    )
    assert [row.name for row in catalogue.cited_by("07STRELSAU9")] == ["08STRELSAU3"]
    assert catalogue.cited_by("08STRELSAU3") == ()


def test_a_post_that_was_renamed_is_one_post_to_references() -> None:
    catalogue = catalogue_of(
        [
            cable("06KYIV12", "141230Z DEC 06"),
            cable("08STRELSAU3", "141230Z FEB 08", ref="REF: A. 06 KIEV 12 B. 06 KIEV 13"),
        ]
    )
    assert catalogue.link_for("06KIEV12") == "cable/2006/12/06KYIV12.html"
    assert [row.name for row in catalogue.find("06KIEV12")] == ["06KYIV12"]
    assert [row.name for row in catalogue.cited_by("06KYIV12")] == ["08STRELSAU3"]
    assert catalogue.link_for("06KIEV13") is None


@pytest.mark.parametrize(
    ("id_", "number", "there"),
    [
        ("08STRELSAU1", 1, True),
        ("08STRELSAU1", 2, False),
        ("08STRELSAU1", 0, False),
        ("08SLAVNA2", 1, False),  # two sources share the id, and their page is a list
        ("08NOWHERE1", 1, False),
    ],
)
def test_a_paragraph_can_be_asked_for(catalogue: Catalogue, id_: str, number: int, there: bool) -> None:
    assert catalogue.around((), [id_]).has_paragraph(id_, number) is there


def test_neighbours_stand_before_and_after_by_date_the_undated_last(catalogue: Catalogue) -> None:
    around = catalogue.around(["08STRELSAU1.txt", "undated.txt"])
    near = around.neighbours("08STRELSAU1.txt")
    assert names_of(near.in_archive) == ("07STRELSAU9", "08ZENDA5")
    assert names_of(near.at_post) == ("07STRELSAU9", "08STRELSAU3")
    last = around.neighbours("undated.txt")
    assert last.in_archive.next is None
    assert last.in_archive.previous is not None
    assert last.in_archive.previous.path == "two.txt"


def test_a_cable_has_neighbours_under_each_of_its_tags() -> None:
    catalogue = catalogue_of(
        [
            cable("08STRELSAU1", "011230Z JAN 08", tags="PGOV"),
            cable("08STRELSAU2", "021230Z JAN 08", tags="ECON PGOV"),
            cable("08STRELSAU3", "031230Z JAN 08", tags="PGOV ECON QR"),
            cable("08STRELSAU4", "031230Z MAR 08", tags="ECON"),
            cable("08STRELSAU5", "", tags="ECON"),
        ]
    )
    near = catalogue.around(["08STRELSAU3.txt", "08STRELSAU4.txt"])
    assert {tag: names_of(pair) for tag, pair in near.neighbours("08STRELSAU3.txt").by_tag.items()} == {
        "PGOV": ("08STRELSAU2", None),
        "ECON": ("08STRELSAU2", "08STRELSAU4"),
        "QR": (None, None),
    }
    assert names_of(near.neighbours("08STRELSAU4.txt").by_tag["ECON"]) == ("08STRELSAU3", "08STRELSAU5")


def names_of(pair: Pair) -> tuple[str | None, str | None]:
    return (pair.previous.name if pair.previous else None, pair.next.name if pair.next else None)


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("tag", [("ECON", 1), ("PGOV", 7)]),
        ("date", [("2007", 1), ("2008", 5), ("undated", 1)]),
        ("origin", [("SLAVNA", 2), ("STRELSAU", 3), ("ZENDA", 2)]),
        ("classification", [("SECRET", 1), ("UNCLASSIFIED", 6)]),
    ],
)
def test_each_facet_has_its_values(catalogue: Catalogue, facet: str, values: list[tuple[str, int]]) -> None:
    assert [(value.value, value.count) for value in catalogue.values(facet)] == values  # type: ignore[arg-type]


def test_a_value_is_counted_by_month(catalogue: Catalogue) -> None:
    assert catalogue.months("origin", "ZENDA") == (
        MonthCount(year=2008, month=1, count=1),
        MonthCount(year=None, month=None, count=1),
    )


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("", ["07STRELSAU9", "08STRELSAU1", "08ZENDA5", "08SLAVNA2", "08STRELSAU3", "08SLAVNA2", "undated"]),
        ("2008", ["08STRELSAU1", "08ZENDA5", "08SLAVNA2", "08STRELSAU3", "08SLAVNA2"]),
        ("2008-01", ["08STRELSAU1", "08ZENDA5"]),
        ("undated", ["undated"]),
    ],
)
def test_the_cables_of_a_value_come_in_order_and_by_period(
    catalogue: Catalogue, period: str, names: list[str]
) -> None:
    assert [row.name for row in catalogue.rows("tag", "PGOV", period)] == names


def test_the_order_of_arrival_makes_no_difference() -> None:
    cables = [cable(f"08STRELSAU{n}", f"{n:02d}1230Z JAN 08") for n in range(1, 6)]
    assert catalogue_of(cables).rows("tag", "PGOV") == catalogue_of(cables[::-1]).rows("tag", "PGOV")


def test_cables_are_counted_by_the_day_of_any_year(catalogue: Catalogue) -> None:
    assert catalogue.days() == {"01-14": 1, "01-15": 1, "02-01": 1, "02-14": 1, "03-01": 1, "12-14": 1}
    assert catalogue.days_of_year("2007") == {"12-14": 1}
    assert catalogue.days_of_year("undated") == {}


def test_a_cable_of_which_only_the_year_is_known_has_no_day() -> None:
    catalogue = catalogue_of([cable("08STRELSAU1", "311230Z FEB 08")])
    assert [row.day for row in catalogue.rows("date", "2008")] == ["2008"]
    assert catalogue.days() == catalogue.days_of_year("2008") == {}
    assert catalogue.sent_on("01-01", most=9) == ()


def test_the_cables_of_a_day_come_by_year_and_then_in_order() -> None:
    catalogue = catalogue_of(
        [
            cable("08STRELSAU1", "141230Z FEB 08"),
            cable("08STRELSAU2", "140930Z FEB 08"),
            cable("07STRELSAU3", "141230Z FEB 07"),
            cable("08STRELSAU4", "141230Z MAR 08"),
        ]
    )
    assert catalogue.years_of_day("02-14") == {"2007": 1, "2008": 2}
    assert [row.name for row in catalogue.sent_on("02-14", most=9)] == [
        "07STRELSAU3",
        "08STRELSAU2",
        "08STRELSAU1",
    ]
    assert [row.name for row in catalogue.sent_on("02-14", "2008", most=1)] == ["08STRELSAU2"]


def test_the_most_cited_come_first_and_what_is_not_held_is_left_out(catalogue: Catalogue) -> None:
    assert most_cited(catalogue.db, LEXICON, fewest=1) == [("08STRELSAU1", 2)]


def test_a_cable_that_cites_a_renamed_post_by_both_names_counts_once() -> None:
    catalogue = catalogue_of(
        [
            cable("06KYIV12", "141230Z DEC 06"),
            cable("06KIEV12", "141230Z NOV 06"),
            cable("06KYIV13", "151230Z DEC 06"),
            cable("08STRELSAU3", "141230Z FEB 08", ref="REF: A. 06 KIEV 13 B. 06 KYIV 13 C. 06 KYIV 12"),
            cable("08STRELSAU4", "141230Z FEB 08", ref="REF: A. 06 KIEV 13 B. 06 KIEV 12"),
        ]
    )
    found = dict(most_cited(catalogue.db, LEXICON, fewest=1))
    assert found == {"06KYIV13": 2, "06KYIV12": 1, "06KIEV12": 1}
    assert found == {id_: len(catalogue.cited_by(id_)) for id_ in found}


def test_what_occurs_together_is_counted_itself_left_out(catalogue: Catalogue) -> None:
    together = catalogue.together("tag", "PGOV", most=2)
    assert [(value.value, value.count) for value in together["tag"]] == [("ECON", 1)]
    assert [(value.value, value.count) for value in together["origin"]] == [("STRELSAU", 3), ("SLAVNA", 2)]
    assert catalogue.together("origin", "STRELSAU", most=2)["origin"] == ()


def test_all_months_are_counted_the_undated_left_out(catalogue: Catalogue) -> None:
    assert [(month.year, month.month, month.count) for month in catalogue.months_of_all()] == [
        (2007, 12, 1),
        (2008, 1, 2),
        (2008, 2, 2),
        (2008, 3, 1),
    ]
