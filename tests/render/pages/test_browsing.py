"""The pages by which a reader browses, of whole small sites: home, lists, indexes and days."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, catalogue_of, cleared, read_page, telegram, write_files

from generator import parse_cable
from generator.archive.catalogue import Catalogue
from generator.lexicon import builtin_lexicon
from generator.lexicon.lexicon import TagMeaning
from generator.render.pages.day_page import DayPage, make_day_page
from generator.render.pages.index_page import BY_COUNT, IndexPage, make_index_page
from generator.render.pages.list_pages import ListPage, ListPages
from generator.render.pages.values import value_explanation
from generator.settings import Settings

LEXICON = builtin_lexicon()


def archive(texts: Iterable[str]) -> Catalogue:
    return catalogue_of(
        cleared(parse_cable(text, source=f"{n}.txt"), path=f"{n}.txt") for n, text in enumerate(texts)
    )


def pages(
    catalogue: Catalogue, facet: str, value: str, periods: Iterable[str], *, rows_per_page: int = 500
) -> Mapping[str, ListPage]:
    lists = ListPages(catalogue, LEXICON, Settings(rows_per_page=rows_per_page))
    made = lists.value_pages(facet, value, set(periods))  # type: ignore[arg-type]
    return {address: page for address, _, page in made}


def days_of(*years: int, day: str = "03", month: str = "NOV") -> Iterable[str]:
    return [telegram(n, dtg=f"{day}1230Z {month} {year % 100:02d}") for n, year in enumerate(years, start=1)]


def day_page(catalogue: Catalogue, day: str) -> DayPage:
    return make_day_page(day, catalogue, LEXICON, Settings())[1]


def index_page(catalogue: Catalogue, order: str = "") -> IndexPage:
    return make_index_page("tag", order, catalogue, LEXICON, Settings())[2]


# What values mean


@pytest.mark.parametrize(
    ("facet", "value", "said"),
    [
        ("tag", "PGOV", "A code for a subject."),
        (
            "tag",
            "QT",
            "A code for a country or a region; no longer in use by 2010; its meaning could not be confirmed.",
        ),
        ("tag", "ZZQX", "By its shape a code for a subject; what it stands for is not known here."),
        ("origin", "ACCRA", "An embassy at 5.6° N, 0.2° W; its cables are cited as ACCRA."),
        ("origin", "NOWHERE", "Its cables are cited as NOWHERE."),
        ("classification", "SECRET", ""),
    ],
)
def test_a_value_is_explained_in_words(facet: str, value: str, said: str) -> None:
    old = TagMeaning(code="QT", kind="geographic", name="Old", historic=True, unsure=True)
    lexicon = LEXICON.with_additions(tags=[old])
    assert value_explanation(facet, value, lexicon) == said  # type: ignore[arg-type]


def test_a_post_that_was_renamed_tells_its_other_name() -> None:
    assert value_explanation("origin", "KYIV", LEXICON).endswith("are cited as KYIV, in other years KIEV.")


# Lists


def test_a_list_says_what_occurs_with_it_and_a_short_one_does_not() -> None:
    catalogue = archive([telegram(n, tags="PGOV ECON" if n < 3 else "PGOV SNAR KZ") for n in range(6)])
    (page,) = pages(catalogue, "tag", "PGOV", [""]).values()
    assert [(group.title, [(line.label, line.count) for line in group.lines]) for group in page.related] == [
        ("TAGS of the same cables", [("ECON", "3"), ("KZ", "3"), ("SNAR", "3")]),
        ("Posts that sent them", [("STRELSAU", "6")]),
    ]
    assert [line.href for line in page.related[0].lines] == ["ECON.html", "KZ.html", "SNAR.html"]
    few = archive([telegram(1, tags="PGOV ECON"), telegram(2, tags="PGOV ECON")])
    (page,) = pages(few, "tag", "PGOV", [""]).values()
    assert page.related == ()


def test_an_overview_keeps_histogram_related_and_newest_and_its_periods_have_rows_alone() -> None:
    catalogue = archive(telegram(n, dtg=f"{n:02d}1230Z JAN {n % 3 + 6:02d}") for n in range(1, 25))
    made = pages(catalogue, "tag", "PGOV", ["", "2007"], rows_per_page=10)
    whole, period = made["tag/PGOV.html"], made["tag/PGOV/2007.html"]
    assert whole.histogram is not None
    assert [bar.href for bar in whole.histogram.bars] == [line.href for line in whole.periods]
    assert [len(whole.related), len(whole.newest), len(whole.rows)] == [1, 8, 0]
    assert (period.histogram, period.related, period.newest, len(period.rows)) == (None, (), (), 8)


def test_a_year_is_a_calendar_whose_days_lead_into_its_months(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            "a.txt": telegram(1, dtg="031230Z NOV 08"),
            "b.txt": telegram(2, dtg="031330Z NOV 08"),
            "c.txt": telegram(3, dtg="311230Z NOV 08"),
        },
    )
    build(tmp_path)
    year = read_page(tmp_path / "site/date/2008.html")
    assert {"2008-11.html#d03", "2008-11.html", "2008-00.html"} <= set(year.links)
    assert "3(2 cables)" in year.text
    month = read_page(tmp_path / "site/date/2008-11.html")
    assert "d03" in month.ids
    assert "3 November 2008" in month.text
    assert "08STRELSAU3" in read_page(tmp_path / "site/date/2008-00.html").text
    assert list(broken_links(tmp_path / "site")) == []


def test_a_row_tells_the_first_sentence(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content", {"a.txt": telegram(text="1. (U) It <snowed> & froze.\n\n2. (U) Sapt left.")}
    )
    build(tmp_path)
    for address in ("index.html", "tag/PGOV.html", "date/2008-02.html", "day/02-14.html"):
        page = (tmp_path / "site" / address).read_text("utf-8")
        assert "<p>It &lt;snowed&gt; &amp; froze.</p>" in page
        assert "Sapt" not in page


# Indexes


def test_an_index_by_count_begins_with_the_most_used() -> None:
    catalogue = archive(
        [telegram(1, tags="PGOV ECON"), telegram(2, tags="SNAR ECON"), telegram(3, tags="ECON")]
    )
    by_name, by_count = index_page(catalogue), index_page(catalogue, BY_COUNT)
    assert [line.label for group in by_name.groups for line in group.lines] == ["ECON", "PGOV", "SNAR"]
    (group,) = by_count.groups
    assert [(line.label, line.count) for line in group.lines] == [("ECON", "3"), ("PGOV", "1"), ("SNAR", "1")]
    assert [(order.href, order.is_here) for order in by_name.orders] == [
        ("index.html", True),
        ("by-count.html", False),
    ]
    assert [order.is_here for order in by_count.orders] == [False, True]


@pytest.mark.parametrize(("count", "letters"), [(60, []), (61, ["Z", "Other"])])
def test_more_than_sixty_values_have_a_bar_of_letters(count: int, letters: list[str]) -> None:
    codes = [f"Z{n:03d}X" for n in range(count - 1)]
    catalogue = archive([telegram(1, tags=f"{' '.join(codes)} 9ABC")])
    (group,) = index_page(catalogue).groups
    assert sorted(letter.label for letter in group.letters) == sorted(letters)
    anchors = [line.anchor for line in group.lines if line.anchor]
    assert [letter.href for letter in group.letters] == [f"#{anchor}" for anchor in anchors]


# Days


def test_a_day_has_the_cables_of_all_years_under_their_years() -> None:
    page = day_page(archive(days_of(2008, 1975, 2008)), "11-03")
    assert (page.title, page.count) == ("3 November", "3 cables in 2 years")
    assert [(year.title, year.href, len(year.rows), year.more) for year in page.years] == [
        ("1975", "../date/1975-11.html#d03", 1, None),
        ("2008", "../date/2008-11.html#d03", 2, None),
    ]


def test_a_day_of_many_cables_shows_the_first_of_each_year_and_leads_to_the_rest() -> None:
    catalogue = archive(days_of(*[2007] * 150, *[2008] * 60, 2009))
    years = day_page(catalogue, "11-03").years
    assert [(year.title, len(year.rows)) for year in years] == [("2007", 66), ("2008", 60), ("2009", 1)]
    assert years[0].more is not None
    assert (years[0].more.label, years[0].more.href) == ("All 150 of this day", "../date/2007-11.html#d03")
    assert (years[1].more, years[2].more) == (None, None)


@pytest.mark.parametrize(
    ("day", "previous", "following"),
    [
        ("02-29", "02-28.html", "03-01.html"),
        ("01-01", "12-31.html", "01-02.html"),
        ("12-31", "12-30.html", "01-01.html"),
    ],
)
def test_a_day_without_cables_leads_on_to_those_beside_it(day: str, previous: str, following: str) -> None:
    page = day_page(archive([]), day)
    assert (page.years, page.count) == ((), "")
    assert (page.previous.href, page.next.href) == (previous, following)


# Home, and the way back to it


def test_home_shows_the_ways_in_and_what_is_cited_most(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {
            "a.txt": telegram(1, subject="THE OLD ROAD"),
            "b.txt": telegram(2, dtg="151230Z FEB 08", ref="STRELSAU 1"),
            "c.txt": telegram(3, dtg="161230Z FEB 08", ref="A. STRELSAU 1 B. STRELSAU 2 C. ZENDA 9"),
        },
    )
    build(tmp_path)
    home = read_page(tmp_path / "site/index.html")
    assert {
        "date/index.html",
        "date/2008.html",
        "day/index.html",
        "origin/index.html",
        "tag/index.html",
    } <= set(home.links)
    cited = re.sub(r"\s+", " ", home.text.partition("Most cited")[2])
    assert cited.startswith(
        " 08STRELSAU1 THE OLD ROAD cited by 2 08STRELSAU2 THE SALT ROAD cited by 1 Origins"
    )


def test_the_home_page_of_an_empty_archive_leads_nowhere(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {})
    (tmp_path / "content").mkdir()
    build(tmp_path)
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "Ways in" not in page
    assert list(broken_links(tmp_path / "site")) == []


@pytest.mark.parametrize(
    ("address", "trail"),
    [
        ("cable/2008/02/08STRELSAU1.html", ["Home", "2008", "February 2008", "08STRELSAU1"]),
        ("cable/undated/08STRELSAU2.html", ["Home", "2008", "2008, month unknown", "08STRELSAU2"]),
        ("cable/undated/=letter.html", ["Home", "Undated", "letter"]),
        ("tag/PGOV.html", ["Home", "TAGS", "PGOV"]),
        ("tag/PGOV/2008.html", ["Home", "TAGS", "PGOV", "2008"]),
        ("tag/index.html", ["Home", "TAGS"]),
        ("tag/by-count.html", ["Home", "TAGS", "By number of cables"]),
        ("date/2008-02.html", ["Home", "Dates", "2008", "February 2008"]),
        ("day/02-14.html", ["Home", "On this day", "14 February"]),
        ("health.html", ["Home", "Health of the archive"]),
        ("about.html", ["Home", "About"]),
        ("index.html", []),
    ],
)
def test_breadcrumbs_lead_from_home_to_the_page_itself(
    breadcrumbs: Mapping[str, list[str]], address: str, trail: list[str]
) -> None:
    assert breadcrumbs[address] == trail


@pytest.fixture(scope="module")
def breadcrumbs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """The trail of each page of a small site, valid throughout."""
    folder = tmp_path_factory.mktemp("trails")
    write_files(
        folder / "content",
        {f"{n}.txt": telegram(n + 2) for n in range(1, 12)}
        | {
            "a.txt": telegram(1),
            "b.txt": telegram(2, dtg="311230Z FEB 08"),
            "letter.txt": "Dear Rosa,\n",
            "about.md": "# About\n",
        },
    )
    build(folder, Settings(rows_per_page=10))
    site = folder / "site"
    assert list(broken_links(site)) == []
    trails: dict[str, list[str]] = {}
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        found = re.search(r"<nav class=trail aria-label=Breadcrumbs><ol>(.*?)</ol></nav>", text)
        steps = re.findall(r"<li( aria-current=page)?>(?:<a [^>]*>)?([^<]*)", found[1] if found else "")
        assert [is_here != "" for is_here, _ in steps] == [n == len(steps) for n in range(1, len(steps) + 1)]
        trails[path.relative_to(site).as_posix()] = [label for _, label in steps]
    return trails
