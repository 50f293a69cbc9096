"""The fictional archive in content/: whole, valid, and with every form and damage it is meant to show."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from shared_builds import Specimens
from site_tools import broken_links, pages_of, read_page

from generator import Cable, parse_cable
from generator.intake.decode import decode
from generator.intake.find import find_sources
from generator.intake.read import CableSource, read_source
from generator.settings import load_settings, project_lexicon

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def cables() -> dict[str, Cable]:
    return dict(_parsed())


def _parsed() -> Iterator[tuple[str, Cable]]:
    lexicon = project_lexicon(load_settings(ROOT))
    for file in find_sources(CONTENT).files:
        source = read_source(file)
        if isinstance(source, CableSource):
            cable = parse_cable(
                source.text, source=source.path, first_line=source.first_line, lexicon=lexicon
            )
            yield source.path, cable


def test_every_cable_is_published_and_every_link_leads_somewhere(specimens: Specimens) -> None:
    assert specimens.report.cables >= 80
    assert specimens.report.withheld == 4  # by the specimen ledger, content/release.toml
    assert list(broken_links(specimens.site)) == []


def test_its_pages_ask_for_nothing_that_is_not_there(specimens: Specimens) -> None:
    in_vain = {
        "cable-unknown",
        "paragraph-unknown",
        "query-empty",
        "query-unread",
        "block-unread",
        "link-unknown",
    }
    assert [group.example for group in specimens.report.problems if group.code in in_vain] == []


def test_every_page_is_valid_html_with_one_heading_and_a_title_of_its_own(specimens: Specimens) -> None:
    parser = html5lib.HTMLParser(strict=True)
    titles: Counter[str] = Counter()
    for name, text in pages_of(specimens.site):
        parser.parse(text)
        assert text.count("<h1") == 1, name
        titles.update(re.findall("<title>(.*?)</title>", text)[:1])  # a histogram has titles too
    # Only the two copies of 07ZENDA51 and their listing may be called alike.
    assert {title for title, count in titles.items() if count > 1 and "07ZENDA51" not in title} == set()


# One page of each kind, so that what is said of every page is said of every kind.
KINDS = (
    "index.html", "about.html", "docs/index.html", "health.html", "statistics.html", "glossary.html", "data/index.html", "map.html", "reading-list.html", "search.html",
    "search-help.html", "404.html", "salt-road.html",
    "tag/index.html", "tag/by-count.html", "tag/PREL.html", "origin/index.html", "origin/STRELSAU.html", "classification/index.html",
    "classification/SECRET.html", "date/index.html", "date/2008.html", "date/2008-02.html", "date/undated.html",
    "collection/index.html", "collections/a-town-under-water.html",
    "country/index.html", "country/by-count.html", "country/QR.html", "day/index.html", "day/06-27.html", "day/06-28.html",
    "thread/index.html", "thread/66STRELSAU412.html", "cable/2008/06/08STRELSAU777.html", "cable/2007/06/07ZENDA51.html",
    "cable/withheld/02SLAVNA318.html",
)  # fmt: skip


def test_there_is_a_page_of_every_kind(specimens: Specimens) -> None:
    assert [kind for kind in KINDS if not (specimens.site / kind).exists()] == []


def test_the_about_page_says_that_all_of_it_is_fiction(specimens: Specimens) -> None:
    assert "Every telegram here is invented." in read_page(specimens.site / "about.html").text


def test_nothing_is_sent_from_a_real_post(cables: dict[str, Cable]) -> None:
    invented = {"STRELSAU", "ZENDA", "HENTZAU", "SLAVNA", "EDELWEISS", "PORTTARLENHEIM", "DANORCOMMISSION"}
    assert {cable.post for cable in cables.values() if cable.post} <= invented


def test_the_file_is_named_after_the_cable(cables: dict[str, Cable]) -> None:
    for path, cable in cables.items():
        if cable.is_telegram:
            assert Path(path).stem.partition("-")[0] == cable.id


def test_dates_agree_with_filing_times_and_folders(cables: dict[str, Cable]) -> None:
    for path, cable in cables.items():
        codes = {problem.code for problem in cable.warnings}
        assert not codes & {"dtg-differs-from-filing", "weekday-differs", "id-differs-from-name"}, path
        if cable.date is not None:
            assert path.startswith(f"{cable.date.year}/"), path


def test_serials_rise_through_the_year_at_each_post(cables: dict[str, Cable]) -> None:
    dated = sorted(
        (cable.post, cable.date, cable.serial)
        for cable in cables.values()
        if cable.post and cable.date and cable.serial and cable.date_precision == "minute"
    )
    for (post, earlier, serial), (next_post, later, next_serial) in pairwise(dated):
        if (post, earlier.year) == (next_post, later.year):
            assert serial <= next_serial, (post, earlier)


def test_most_references_lead_to_a_cable_of_the_archive(cables: dict[str, Cable]) -> None:
    held = {cable.id for cable in cables.values()}
    cited = [reference.id for cable in cables.values() for reference in cable.references if reference.id]
    assert sum(id_ in held for id_ in cited) / len(cited) > 0.8


def test_every_line_of_every_telegram_is_kept(cables: dict[str, Cable]) -> None:
    for path, cable in cables.items():
        kept = "".join(part.text for part in cable.parts)
        source = decode((CONTENT / path).read_bytes()).text.replace("\r\n", "\n")
        assert source.endswith(kept)
        assert source == kept or source.startswith("---\n"), path


def test_the_archive_shows_every_level_and_era(cables: dict[str, Cable]) -> None:
    levels = {cable.classification for cable in cables.values()}
    assert {"UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "TOP SECRET"} <= levels
    orders = {cable.executive_order for cable in cables.values()}
    assert {"11652", "12065", "12356", "12958"} <= orders
    decades = Counter(cable.date.year // 10 for cable in cables.values() if cable.date)
    assert set(decades) == {196, 197, 198, 199, 200}


def test_the_archive_shows_every_kind_of_repair_and_of_block(cables: dict[str, Cable]) -> None:
    codes = {problem.code for cable in cables.values() for problem in cable.warnings}
    assert codes >= {
        "classification-repaired", "control-characters", "dtg-impossible", "dtg-missing", "dtg-zone", "false-pilcrow",
        "noise-in-header", "not-a-telegram", "numbering-repaired", "paragraph-number-duplicate",
        "paragraph-number-missing", "sentence-rejoined", "subject-missing", "tag-repaired", "tag-unknown",
    }  # fmt: skip
    kinds = {block.kind for cable in cables.values() for block in cable.body}
    assert kinds == {"heading", "paragraph", "list", "table", "quote", "rule", "verbatim"}
    assert any(addressee.excluded for cable in cables.values() for addressee in (*cable.action, *cable.info))
    assert any(cable.is_extract for cable in cables.values())
