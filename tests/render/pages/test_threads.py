"""Threads and neighbours as a reader sees them: on the pages of cables, and on those of threads."""

import re
from pathlib import Path

import pytest
from site_tools import Document, broken_links, build, read_page, snapshot, telegram, write_files

SITE = {
    "01.txt": telegram(1, dtg="140800Z JAN 08", subject="THE SALT ROAD <CLOSED>"),
    "02.txt": telegram(2, dtg="150800Z JAN 08", subject="SNOW " * 20, ref="A. STRELSAU 1 B. 06 ZENDA 9 C. STRELSAU 7"),
    "03.txt": telegram(3, dtg="160800Z JAN 08", ref="STRELSAU 1"),
    "04.txt": telegram(4, dtg="010800Z FEB 08", ref="STRELSAU 1", tags="ECON PGOV"),
    "05.txt": telegram(5, dtg="020800Z FEB 08", ref="STRELSAU 2", post="ZENDA"),
    "06.txt": telegram(6, dtg="030800Z FEB 08"),
    "07.txt": "---\nwithhold: true\nshow: card\nreason: names a source\n---\n" + telegram(7, dtg="130800Z JAN 08"),
    **{f"{n}.txt": telegram(n, dtg=f"{n}0800Z MAR 08", ref="STRELSAU 7") for n in (11, 12, 13)},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("threads")
    write_files(project / "content", SITE)
    build(project)
    return project / "site"


def cable(site: Path, number: int, month: str, post: str = "STRELSAU") -> Document:
    return read_page(site / f"cable/2008/{month}/08{post}{number}.html")


def part(page: Document, begin: str, end: str) -> str:
    """What stands between two words of a page, in one line."""
    return " ".join(page.text.partition(f"\n{begin}")[2].partition(end)[0].split())


def test_a_cable_tells_what_it_cites_what_cites_it_and_what_cites_the_same(site: Path) -> None:
    page = cable(site, 2, "01")
    assert part(page, "Refers to", "Cited by") == (
        "A. STRELSAU 1 2008-01-14 THE SALT ROAD <CLOSED> B. 06 ZENDA 9, not in this archive C. STRELSAU 7, not published"
    )
    assert part(page, "Thread", "Citing the same").endswith("Cited by 08ZENDA5 2008-02-02 THE SALT ROAD")
    assert part(page, "Citing the same", "Whole") == "08STRELSAU3 2008-01-16 08STRELSAU4 2008-02-01"
    assert "../../../thread/08STRELSAU1.html" in page.links
    assert "cited-by" in page.ids


def test_a_long_subject_is_only_a_hint(site: Path) -> None:
    assert (
        "STRELSAU 2 2008-01-15 SNOW SNOW SNOW SNOW SNOW SNOW SNOW ...\n" in cable(site, 5, "02", "ZENDA").text
    )


def test_a_cable_without_references_has_no_thread(site: Path) -> None:
    assert "Thread" not in cable(site, 6, "02").text


def test_the_picture_has_what_it_cites_what_cites_it_and_what_cites_the_same(site: Path) -> None:
    data = (site / "cable/2008/01/08STRELSAU2.html").read_text("utf-8")
    picture = data[data.index("<svg") : data.index("</svg>")]
    assert re.findall(r"<text[^>]*>(08[^<]*)", picture) == [
        "08STRELSAU7", "08STRELSAU1", "08STRELSAU2", "08STRELSAU3", "08STRELSAU4", "08ZENDA5",
    ]  # fmt: skip
    assert "<a" not in picture  # the lists have the links
    assert re.findall(r"<text[^>]* class=here>([^<]*)", picture) == ["08STRELSAU2"]


def test_the_foot_leads_on_in_the_archive_at_the_post_in_the_thread_and_under_each_tag(site: Path) -> None:
    page = cable(site, 4, "02")
    assert part(page, "Previous", "Reading list").split("Next ")[1] == (
        "Archive08STRELSAU3, January 200808ZENDA5 in February 2008 "
        "STRELSAU08STRELSAU308STRELSAU6 Thread08STRELSAU3 PGOV08STRELSAU308ZENDA5"
    )
    data = (site / "cable/2008/02/08STRELSAU4.html").read_text("utf-8")
    assert re.findall(r'rel=(prev|next) href="([^"]*)"', data) == [
        ("prev", "../01/08STRELSAU3.html"),
        ("next", "08ZENDA5.html"),
    ]


def test_tags_with_the_same_neighbours_share_a_row(tmp_path: Path) -> None:
    write_files(
        tmp_path / "content",
        {f"{n}.txt": telegram(n, dtg=f"0{n}0800Z FEB 08", tags="PGOV ECON") for n in (1, 2, 3)},
    )
    build(tmp_path)
    assert "PGOV, ECON08STRELSAU108STRELSAU3\n" in cable(tmp_path / "site", 2, "02").text


def test_a_thread_has_a_page_with_who_cites_whom(site: Path) -> None:
    page = read_page(site / "thread/08STRELSAU1.html")
    assert "Cited by 3 cables of this archive." in page.text
    text = " ".join(page.text.partition("Cables\n")[2].split())
    assert text.startswith(
        "06ZENDA9 not in this archive 08STRELSAU7 not published 08STRELSAU1 2008-01-14 THE SALT ROAD <CLOSED> "
        "08STRELSAU2 2008-01-15 SNOW"
    )
    assert (
        "Cites 06ZENDA9, 08STRELSAU7, 08STRELSAU1 08STRELSAU3 2008-01-16 THE SALT ROAD Cites 08STRELSAU1"
        in text
    )
    assert {"../cable/2008/01/08STRELSAU2.html", "#n1", "#n2", "#n3", "index.html"} <= set(page.links)


def test_a_cable_that_is_not_published_has_no_thread_however_many_cite_it(site: Path) -> None:
    assert sorted(path.name for path in (site / "thread").iterdir()) == ["08STRELSAU1.html", "index.html"]


def test_threads_are_listed_and_no_link_is_broken(site: Path) -> None:
    index = read_page(site / "thread/index.html")
    assert "08STRELSAU1.html" in index.links
    assert "08STRELSAU1 2008-01-14 THE SALT ROAD <CLOSED> 3" in " ".join(index.text.split())
    assert list(broken_links(site)) == []


def test_an_archive_without_threads_says_so(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {"a.txt": telegram(1)})
    build(tmp_path)
    assert "This archive has none yet." in read_page(tmp_path / "site/thread/index.html").text


def test_thousands_that_cite_one_are_cut_to_few(tmp_path: Path) -> None:
    """The page of a cable that many cite, and the page of its thread, stay as short as they are said to be."""
    cited = {
        f"{n}.txt": telegram(n, dtg=f"{n % 28 + 1:02d}0800Z MAR 08", ref="STRELSAU 1") for n in range(2, 250)
    }
    write_files(tmp_path / "content", {"1.txt": telegram(1, dtg="140800Z JAN 08"), **cited})
    build(tmp_path)
    files = snapshot(tmp_path / "site")
    page = files["cable/2008/01/08STRELSAU1.html"].decode()
    assert "<dd>245 more\n" in page
    thread = files["thread/08STRELSAU1.html"].decode()
    assert thread.count('<li id="n') == 200
    assert "Listed here are the first 199 of the 248 cables that cite it." in thread
    assert "<svg" not in thread


@pytest.mark.parametrize(("element", "most"), [("section", 1500), ("nav", 1400)])
def test_what_stands_on_each_page_is_short(tmp_path: Path, element: str, most: int) -> None:
    """A cable in the midst of long threads, with other neighbours under each of its TAGS."""
    tags = ["PGOV", "ECON", "EAIR", "ETRD", "PREL", "PHUM", "KDEM"]
    cited = " ".join(
        f"{letter}. 07 STRELSAU {n}" for letter, n in zip("ABCDE", range(1001, 1006), strict=True)
    )
    subject = "THE SALT ROAD OVER THE HOFBAU PASS AND WHAT IT CARRIES IN WINTER AND IN SUMMER"
    both = f"{cited} F. 08 STRELSAU 1500"
    rows = [(1001 + n, f"0{n + 1}0800Z MAR 07", "PTER", "") for n in range(5)]
    rows += [(1101 + n, f"0{n + 1}0800Z APR 07", tag, cited) for n, tag in enumerate(tags)]
    rows += [(1201 + n, f"0{n + 1}0800Z JUL 09", tag, both) for n, tag in enumerate(tags)]
    rows += [
        (1301 + n, f"0{n + 1}0800Z {month} 08", "PTER", cited)
        for n, month in enumerate(["JAN", "FEB", "MAR"])
    ]
    rows += [(1500, "050800Z FEB 08", " ".join(tags), cited)]
    files = {
        f"{n}.txt": telegram(n, dtg=dtg, subject=subject, ref=ref, tags=tag) for n, dtg, tag, ref in rows
    }
    write_files(tmp_path / "content", files)
    build(tmp_path)
    data = (tmp_path / "site/cable/2008/02/08STRELSAU1500.html").read_text("utf-8")
    begin = data.rindex(f"<{element}")
    assert most * 0.8 < len(data[begin : data.index(f"</{element}>", begin)].encode()) < most
