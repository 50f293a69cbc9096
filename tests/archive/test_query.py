"""The queries of lists in pages: how they are read, what is said of those that cannot be, and what they find."""

from datetime import date as Day  # noqa: N812 - a day of the calendar

import pytest
from site_tools import catalogue_of, cleared, telegram

from generator import parse_cable
from generator.archive.catalogue import Catalogue
from generator.archive.query import Query, answer, parse_period, parse_query, unknown_words
from generator.lexicon import builtin_lexicon

LEXICON = builtin_lexicon()


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> tuple[int, int]:
    return Day(*first).toordinal(), Day(*last).toordinal()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2007", days((2007, 1, 1), (2007, 12, 31))),
        ("2008-02", days((2008, 2, 1), (2008, 2, 29))),
        ("2007-03-14", days((2007, 3, 14), (2007, 3, 14))),
        ("2007..2009", days((2007, 1, 1), (2009, 12, 31))),
        ("2007-11..2008-02-03", days((2007, 11, 1), (2008, 2, 3))),
        ("1974-05..", days((1974, 5, 1), (9999, 12, 31))),
        ("..1975", days((1, 1, 1), (1975, 12, 31))),
    ],
)
def test_a_period_is_from_its_first_day_to_its_last(written: str, expected: tuple[int, int]) -> None:
    period = parse_period(written)
    assert period is not None
    assert (period.first, period.last) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "..",
        "07",
        "2007-13",
        "2007-02-30",
        "0000",
        "2009..2007",
        "2007-1",
        "2007..x",
        "2007...2009",
        "200\u0667",
    ],
)
def test_what_never_was_is_no_period(written: str) -> None:
    assert parse_period(written) is None


def words(query: Query) -> list[str]:
    signs = {True: "-", False: ""}
    return [f"{signs[word.is_excluded]}{word.field}:{word.value}" for word in query.words]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tag:PGOV from:astana", ["tag:PGOV", "from:astana"]),
        ('from:"port louis" -class:secret', ["from:port louis", "-class:secret"]),
        ("TAG:pgov", ["tag:pgov"]),
        ("country:KZ", ["country:KZ"]),
        ("  tag:PGOV\t2008 ", ["tag:PGOV"]),
    ],
)
def test_a_query_is_words_in_any_order(written: str, expected: list[str]) -> None:
    query, faults = parse_query(written, LEXICON)
    assert (words(query), faults) == (expected, ())


def test_ids_and_dates_need_no_operator() -> None:
    query, faults = parse_query("08ASTANA2165 2007 date:2008-11 08astana002165 06-LONDON-12 limit:5", LEXICON)
    assert faults == ()
    assert query.ids == ("08ASTANA2165", "06LONDON12")
    assert [period.written for period in query.periods] == ["2007", "2008-11"]
    assert query.limit == 5


OPERATORS = "what can be asked for are tag:, from:, class:, country:, dates and ids"


@pytest.mark.parametrize(
    ("written", "message", "next_step"),
    [
        ("tga:PGOV", "there is no tga:", "perhaps tag:PGOV"),
        ("origin:astana", "there is no origin:", OPERATORS),
        ("to:secstate", "lists in pages know no to:", OPERATORS),
        ("PGOV", "PGOV says not what it is", "write tag:PGOV"),
        ("astana", "astana says not what it is", "write from:astana"),
        ("PGVO", "PGVO is no word of a query", "perhaps tag:PGOV"),
        ("salt", "salt is no word of a query", OPERATORS),
        ("tag:", "nothing stands behind tag:", "say what is meant, as in tag:PGOV"),
        ("tag:PGOV 2008-13", "2008-13 is no date", "write 2008, 2008-11, 2008-11-03 or 2007..2009"),
        ("date:soon", "soon is no date", "write 2008, 2008-11, 2008-11-03 or 2007..2009"),
        ("tag:PGOV limit:0", "limit:0 is no number from 1 to 500", "write limit:30"),
        ("tag:PGOV limit:many", "limit:many is no number from 1 to 500", "write limit:30"),
        (
            "tag:PGOV -2008",
            "-2008 leaves nothing out",
            "a minus stands before tag:, from:, class: and country:",
        ),
        ('from:"port louis', "a quotation mark is not closed", "close it"),
        (
            "",
            "it names no cables",
            "say which: tag:PGOV, from:london, class:secret, country:FR or 2008",
        ),
        (
            "-tag:PGOV",
            "it names no cables",
            "say which: tag:PGOV, from:london, class:secret, country:FR or 2008",
        ),
    ],
)
def test_of_what_cannot_be_read_it_is_said_what_would_be_right(
    written: str, message: str, next_step: str
) -> None:
    _, faults = parse_query(written, LEXICON)
    assert [(fault.message, fault.next_step) for fault in faults] == [(message, next_step)]


@pytest.fixture(scope="module")
def archive() -> Catalogue:
    written = {
        "a": telegram(1, post="ASTANA", dtg="141230Z FEB 07", tags="PGOV KZ"),
        "b": telegram(2, post="ASTANA", dtg="141230Z MAR 08", tags="PGOV PREL", level="S E C R E T"),
        "c": telegram(3, post="KYIV", dtg="010000Z JAN 09", tags="PREL"),
        "d": telegram(4, post="PORT LOUIS", dtg="311230Z DEC 09", tags="ECON", level="T O P S E C R E T"),
        # Of which only the year is known.
        "e": telegram(5, post="ASTANA", dtg="321230Z FEB 08", tags="ECON").replace(
            "UNCLAS ASTANA 000005", "UNCLAS ASTANA 08ASTANA5"
        ),
    }
    return catalogue_of(
        cleared(parse_cable(text, source=f"{name}.txt"), path=f"{name}.txt") for name, text in written.items()
    )


def found(archive: Catalogue, written: str) -> str:
    query, faults = parse_query(written, LEXICON)
    assert faults == ()
    answered = answer(query, archive, LEXICON)
    assert answered.total == len(answered.rows)
    return "".join(row.path[0] for row in answered.rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:PGOV", "ab"),
        ("tag:pgov", "ab"),
        ("tag:PGOV tag:PREL", "b"),
        ("tag:PGOV -tag:PREL", "a"),
        ("from:astana 2007..2008-12", "aeb"),
        ("from:kazakhstan", "aeb"),
        ("from:kyiv", "c"),
        ("from:kiev", "c"),
        ('from:"port louis"', "d"),
        ("from:portlouis", "d"),
        ("class:secret", "b"),
        ("class:topsecret", "d"),
        ('class:"top secret"', "d"),
        ("country:KZ", "aeb"),
        ("country:kazakhstan -class:secret", "ae"),
        ("2008", "eb"),
        ("2008-01..2008-12", "eb"),
        ("2008-01", ""),
        ("2008-02..2008-03", "b"),
        ("2009-01-01", "c"),
        ("2007 2009", "acd"),
        ("2009..", "cd"),
        ("..2007", "a"),
        ("08ASTANA2 09KYIV3", "bc"),
        ("09KIEV3", "c"),
        ("08ASTANA2 2009", ""),
        ("tag:ZZZZ", ""),
    ],
)
def test_all_words_must_hold_and_cables_come_in_order(archive: Catalogue, query: str, expected: str) -> None:
    assert found(archive, query) == expected


def test_no_more_are_given_than_asked_for_and_all_are_counted(archive: Catalogue) -> None:
    query, _ = parse_query("2007..2009 limit:2", LEXICON)
    answered = answer(query, archive, LEXICON)
    assert (answered.total, [row.path for row in answered.rows]) == (5, ["a.txt", "e.txt"])
    query, _ = parse_query("2007..2009", LEXICON)
    answered = answer(query, archive, LEXICON, most=1, without=["a.txt", "c.txt"])
    assert (answered.total, [row.path for row in answered.rows]) == (3, ["e.txt"])


@pytest.mark.parametrize(
    ("query", "next_step"),
    [
        ("tag:PGVO", "perhaps tag:PGOV"),
        ("tag:ZZZZ", "see whether it is spelled right"),
        ("from:astanna", "perhaps from:ASTANA"),
        ('from:"port loius"', "perhaps from:PORTLOUIS"),
        ("class:secert", "perhaps class:SECRET"),
        ("country:kazakstan", "perhaps country:Kazakhstan"),
    ],
)
def test_of_a_value_that_no_cable_has_the_nearest_is_named(
    archive: Catalogue, query: str, next_step: str
) -> None:
    faults = list(unknown_words(parse_query(query, LEXICON)[0], archive, LEXICON))
    assert [fault.next_step for fault in faults] == [next_step]
