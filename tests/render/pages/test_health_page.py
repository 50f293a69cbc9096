"""The page on the health of the archive: what a reader may see, and nothing of what is held back."""

from collections.abc import Mapping
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, snapshot, telegram, write_files

PUBLISHED = {
    "08STRELSAU1.txt": telegram(1, tags="PGOV ZZQX", ref="A. SLAVNA 7 B. ZENDA 9"),
    "08STRELSAU2.txt": telegram(2, ref="SLAVNA 7", text="1. (U) One.\n\n3. (U) Three."),
    "other-name.txt": telegram(2, ref="SLAVNA 7", dtg="151230Z FEB 08", subject="CORRECTED"),
    "letter.txt": "Dear Rosa,\n",
    "below/letter.txt": "Dear Rosa,\n",
    "part.txt": telegram(5).replace("UNCLAS STREL", "UNCLAS SECTION 02 OF 03 STREL"),
}


def health(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    write_files(folder / "content", files)
    build(folder)
    assert list(broken_links(folder / "site")) == []
    page = folder / "site/health.html"
    html5lib.HTMLParser(strict=True).parse(page.read_bytes())
    return page


def words(page: Path) -> str:
    return " ".join(read_page(page).text.split())


def test_an_archive_in_order_has_a_short_page(tmp_path: Path) -> None:
    assert "Nothing was found to be wrong." in words(health(tmp_path, {"08STRELSAU123.txt": telegram()}))
    assert "health.html" in read_page(tmp_path / "site/index.html").links


@pytest.mark.parametrize(
    "said",
    [
        "Doubtful Nothing of a telegram was found in a text. The text is published verbatim. "
        "In 2 cables: below/letter, letter A paragraph number is left out.",
        "Repaired or noted A word on the TAGS line is in no table of TAGS.",
        "Undated 2 Nothing in these texts tells when they were sent. below/letter Dear Rosa letter Dear Rosa",
        "Without a reference id 2",
        "TAGS without an explanation 1",
        "ZZQX in 1 cable",
        "08STRELSAU2 different texts: 08STRELSAU2 of 2008-02-14, 08STRELSAU2 of 2008-02-15",
        "These cables are word for word the same. Dear Rosa below/letter, letter",
        "Cited, but not in this archive 2 The most cited come first. "
        "08SLAVNA7 cited by 3 cables: 08STRELSAU1, 08STRELSAU2, 08STRELSAU2 08ZENDA9 cited by 1 cable: 08STRELSAU1",
        "Sections missing 1",
        "08STRELSAU5 section 1 of 3 is missing",
    ],
)  # fmt: skip
def test_what_was_doubtful_and_what_is_missing(tmp_path: Path, said: str) -> None:
    assert said in words(health(tmp_path, PUBLISHED))


def test_it_leads_to_the_cables_and_shows_no_files_of_the_editor(tmp_path: Path) -> None:
    page = health(tmp_path, PUBLISHED)
    assert {"cable/2008/02/08STRELSAU1.html", "tag/ZZQX.html", "cable/2008/02/08STRELSAU2.html"} <= set(
        read_page(page).links
    )
    for name in ("other-name", ".txt", str(tmp_path), "TAGS: PGOV ZZQX"):
        assert name not in page.read_text("utf-8")


HELD_BACK: dict[str, str | bytes] = {
    "a draft with problems of its own": telegram(
        900, tags="QQQX", ref="SLAVNA 11", text="1. (U) A.\n\n5. (U) B."
    ),
    "a draft that others cite": telegram(7, post="SLAVNA"),
    "a draft of an id that is published": telegram(1, subject="SOMETHING ELSE"),
    "a draft of the same text": "Dear Rosa,\n",
    "a draft of the missing section": telegram(5).replace("UNCLAS STREL", "UNCLAS SECTION 01 OF 03 STREL"),
    "a draft that is not UTF-8": telegram(901, subject="CAF\u00c9").encode("cp1252"),
    "a draft undated and without id": "Dear Flavia,\n",
}


@pytest.mark.parametrize("draft", HELD_BACK.values(), ids=HELD_BACK)
def test_what_is_held_back_leaves_no_trace_in_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, draft: str | bytes
) -> None:
    text = draft if isinstance(draft, bytes) else draft.encode()
    page = health(tmp_path, {**PUBLISHED, "zz.txt": b"---\ndraft: true\n---\n" + text})
    without = health(tmp_path_factory.mktemp("without"), PUBLISHED)
    assert page.read_bytes() == without.read_bytes()


def test_problems_of_files_that_are_no_cables_are_no_readers_business(tmp_path: Path) -> None:
    others = {"dump.csv": "id,date\n", "empty.txt": "", "page.md": "---\n a: [\n---\n# A page"}
    assert "Nothing was found to be wrong." in words(health(tmp_path, {**others, "a.txt": telegram()}))


def test_a_problem_that_one_cable_has_many_times_is_one_link(tmp_path: Path) -> None:
    page = health(tmp_path, {"a.txt": telegram(tags="ZZQX QX7 XX9")})
    assert "In 1 cable, 3 times: 08STRELSAU123" in words(page)


def test_long_lists_are_cut_and_what_is_left_is_counted(tmp_path: Path) -> None:
    files = {f"letter-{n:02d}.txt": f"Dear Rosa {n},\n" for n in range(53)}
    page = health(tmp_path, files)
    assert "In 53 cables: letter-00, letter-01, letter-02, letter-03, letter-04 and 48 more" in words(page)
    assert "letter-49 Dear Rosa 49 and 3 more: all of them" in words(page)
    assert "date/undated.html" in read_page(page).links


def test_text_is_never_markup(tmp_path: Path) -> None:
    page = health(tmp_path, {"<script>x.txt": "<script>alert(1)</script> {{ 7*7 }}\n"})
    assert page.read_text("utf-8").lower().count("<script") == 1  # the site's own
    assert "{{ 7*7 }}" in words(page)


def test_a_page_of_that_name_does_not_take_its_place(tmp_path: Path) -> None:
    health(tmp_path, {"health.md": "# Our health", "a.txt": telegram()})
    assert "Our health" in words(tmp_path / "site/_health.html")
    assert "_health.html" in snapshot(tmp_path / "site")
