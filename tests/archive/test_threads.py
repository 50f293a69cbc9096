"""What cites what about a cable; 'S3' here is 08STRELSAU3, sent on the third of its month."""

from collections.abc import Mapping

import pytest
from site_tools import catalogue_of, cleared

from generator import parse_cable
from generator.archive.catalogue import Catalogue
from generator.archive.surroundings import Thread
from generator.archive.threads import FEWEST
from generator.archive.whole_threads import load_whole_thread, most_cited, thread_ids
from generator.lexicon import builtin_lexicon
from generator.release.cleared import ClearedCable

LEXICON = builtin_lexicon()


def cable(name: str, cites: str = "", *, path: str = "") -> ClearedCable:
    """A cable 'S3' that cites 'S1 S2 X9', or one whose whole id is given: '06KYIV12'."""
    id_ = id_of(name)
    post, serial = id_[2:].rstrip("0123456789"), id_[2:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    refs = ", ".join(id_of(cited) for cited in cites.split())
    ref = f"REF: {refs}\n" if refs else ""
    text = (
        f"P {int(serial) % 28 + 1:02d}1230Z JAN {id_[:2]}\nFM AMEMBASSY {post}\n\nUNCLAS {post} {int(serial):06d}\n\n"
        f"TAGS: PGOV\nSUBJECT: {name}\n{ref}\n1. (U) Text.\n"
    )
    return cleared(parse_cable(text), path=path or f"{name}.txt")


def id_of(name: str) -> str:
    posts = {"S": "08STRELSAU", "X": "08NOWHERE"}
    return posts[name[0]] + name[1:] if name[0] in posts else name


def archive(cites: Mapping[str, str]) -> Catalogue:
    return catalogue_of([cable(name, cited) for name, cited in cites.items()])


def thread_of(catalogue: Catalogue, name: str) -> Thread:
    return catalogue.around([f"{name}.txt"]).thread(f"{name}.txt")


def test_a_cable_that_cites_nothing_and_that_nothing_cites_has_nothing() -> None:
    thread = thread_of(archive({"S1": "", "S2": "S9", "S3": ""}), "S1")
    assert (thread.cites, thread.cited_by, thread.siblings, thread.hubs) == ((), (), (), ())


def test_what_it_cites_stands_in_order_what_is_absent_by_its_year() -> None:
    catalogue = archive({"S1": "", "S2": "", "07ZENDA5": "", "S4": "S2 X9 S1 07ZENDA5 06ZENDA1"})
    assert thread_of(catalogue, "S4").cites == (
        "06ZENDA1", "07ZENDA5", "08NOWHERE9", "08STRELSAU1", "08STRELSAU2",
    )  # fmt: skip


def test_of_what_cites_it_the_first_are_shown_and_all_counted() -> None:
    thread = thread_of(archive({"S1": "", **{f"S{n}": "S1" for n in range(2, 9)}}), "S1")
    assert [row.name for row in thread.cited_by] == ["08STRELSAU2", "08STRELSAU3", "08STRELSAU4"]
    assert thread.cited_by_count == 7


@pytest.mark.parametrize(
    ("name", "siblings"),
    [
        ("S5", ["08STRELSAU4", "08STRELSAU6"]),
        ("S2", ["08STRELSAU3", "08STRELSAU4"]),  # none before it
        ("S8", ["08STRELSAU6", "08STRELSAU7"]),  # none behind it
    ],
)
def test_of_those_that_cite_the_same_the_nearest_are_siblings(name: str, siblings: list[str]) -> None:
    catalogue = archive({"S1": "", **{f"S{n}": "S1" for n in range(2, 9)}})
    assert [row.name for row, _ in thread_of(catalogue, name).siblings] == siblings


def test_siblings_cite_the_same_also_where_the_archive_does_not_have_it() -> None:
    catalogue = archive({"S2": "X1 X2", "S3": "X2", "S4": "X1 X2"})
    assert same_of(thread_of(catalogue, "S3")) == {"08STRELSAU2": ["2"], "08STRELSAU4": ["2"]}
    assert same_of(thread_of(catalogue, "S2"))["08STRELSAU4"] == ["1", "2"]


def same_of(thread: Thread) -> dict[str, list[str]]:
    """The siblings, and the numbers of what of NOWHERE they cite too."""
    return {row.name: sorted(id_.removeprefix("08NOWHERE") for id_ in same) for row, same in thread.siblings}


def test_what_is_cited_or_citing_is_no_sibling() -> None:
    catalogue = archive({"S1": "", "S2": "S1", "S3": "S1 S2", "S4": "S1 S3"})
    assert thread_of(catalogue, "S3").siblings == ()


@pytest.mark.parametrize(("citing", "has_thread"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_cable_that_three_cite_has_a_thread(citing: int, has_thread: bool) -> None:
    catalogue = archive({"S1": "", **{f"S{n}": "S1 X9" for n in range(2, 2 + citing)}})
    hubs = ("08STRELSAU1",) if has_thread else ()
    assert thread_ids(catalogue.db, LEXICON, ["08STRELSAU1", "08STRELSAU2", "08NOWHERE9"]) == set(hubs)
    for name in ("S1", "S2"):
        assert thread_of(catalogue, name).hubs == hubs


def test_the_thread_of_a_cable_is_the_one_that_began_first() -> None:
    catalogue = archive({"S1": "", "S3": "S1", "S5": "S3 S1", "S6": "S3 S1", "S7": "S3"})
    thread = thread_of(catalogue, "S3")
    assert thread.hubs == ("08STRELSAU1", "08STRELSAU3")
    assert thread.beside.previous is not None
    assert thread.beside.next is not None
    assert (thread.beside.previous.name, thread.beside.next.name) == ("08STRELSAU1", "08STRELSAU5")
    last = thread_of(catalogue, "S7")
    assert (last.hubs, last.beside.next) == (("08STRELSAU3",), None)


def test_a_post_that_was_renamed_is_one_post_to_threads() -> None:
    cites = {"06KYIV1": "", "S2": "06KIEV1", "S3": "06KYIV1", "S4": "06KIEV1 06KYIV1"}
    catalogue = archive(cites)
    assert thread_of(catalogue, "S4").cites == ("06KYIV1",)
    assert thread_of(catalogue, "S4").hubs == ("06KYIV1",)
    assert thread_of(catalogue, "06KYIV1").cited_by_count == 3
    assert [row.name for row, _ in thread_of(catalogue, "S2").siblings] == ["08STRELSAU3", "08STRELSAU4"]
    assert most_cited(catalogue.db, LEXICON) == [("06KYIV1", 3)]
    both = archive({**cites, "06KIEV1": ""})
    assert thread_of(both, "06KYIV1").cited_by_count == 2
    assert most_cited(both.db, LEXICON) == []


def test_no_post_had_two_earlier_names() -> None:
    later = list(LEXICON.earlier_posts.values())
    assert len(set(later)) == len(later)
    assert not set(later) & LEXICON.earlier_posts.keys()


def members_of(catalogue: Catalogue, name: str, most: int = 200) -> list[tuple[str, list[str]]]:
    """The members of a thread, each with the members that it cites."""
    members = load_whole_thread(catalogue, id_of(name), LEXICON, most=most).members
    return [
        (
            member.name.removeprefix("08STRELSAU"),
            [members[cited].name.removeprefix("08STRELSAU") for cited in member.cites],
        )
        for member in members
    ]


def test_a_whole_thread_is_a_cable_what_cites_it_and_what_these_cite() -> None:
    catalogue = archive(
        {"S1": "", "S2": "S1", "S3": "S2 X9", "S4": "S2", "S5": "S2 S3", "S6": "S5", "S7": "S1"}
    )
    assert members_of(catalogue, "S2") == [
        ("08NOWHERE9", []),
        ("1", []),
        ("2", ["1"]),
        ("3", ["08NOWHERE9", "2"]),
        ("4", ["2"]),
        ("5", ["2", "3"]),
    ]


@pytest.mark.parametrize(
    ("most", "names", "left_out"),
    [
        (4, ["2", "3", "4", "5"], 2),  # first the cable and what cites it
        (5, ["1", "2", "3", "4", "5"], 1),  # then what is cited most
        (3, ["2", "3", "4"], 2),  # the first that cite it
    ],
)
def test_a_long_thread_is_cut(most: int, names: list[str], left_out: int) -> None:
    catalogue = archive({"S1": "", "S2": "S1 X9", "S3": "S2 S1", "S4": "S2", "S5": "S2 S3"})
    assert [name for name, _ in members_of(catalogue, "S2", most)] == names
    thread = load_whole_thread(catalogue, id_of("S2"), LEXICON, most=most)
    assert (thread.citing_count, thread.left_out) == (3, left_out)


def test_threads_stand_by_how_many_cite_them() -> None:
    catalogue = archive(
        {
            "S1": "",
            "S2": "S1",
            "S3": "S1 S2",
            "S4": "S1 S2",
            "S5": "S1 S2",
            "S6": "X9 S1",
            "S7": "X9",
            "S8": "X9",
        }
    )
    assert most_cited(catalogue.db, LEXICON) == [("08STRELSAU1", 5), ("08STRELSAU2", 3)]
