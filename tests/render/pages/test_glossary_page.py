"""The glossary: what the archive uses, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import html5lib
import pytest
from site_tools import broken_links, build, read_page, snapshot, telegram, write_files

from generator.lexicon import Abbreviation
from generator.settings import LexiconAdditions, Settings

CABLES = {
    "08STRELSAU1.txt": telegram(1, tags="PGOV ZZQX", text="1. (U) Poloff met the UN."),
    "08STRELSAU2.txt": telegram(2, dtg="011230Z FEB 08", text="1. (U) Poloff met P5+1."),
    "08STRELSAU3.txt": telegram(3, level="S E C R E T", text="1. (S) POLOFF.\n\n2. (U) It snowed on Poloff."),
    "07ZENDA4.txt": telegram(4, post="ASTANA", dtg="011230Z FEB 07", tags="KZ", text="1. (U) No Poloff."),
    "letter.txt": "Dear Poloff,\n",
}


def glossary(folder: Path, files: Mapping[str, str | bytes], settings: Settings | None = None) -> str:
    write_files(folder / "content", files)
    build(folder, settings)
    assert list(broken_links(folder / "site")) == []
    page = folder / "site/glossary.html"
    html5lib.HTMLParser(strict=True).parse(page.read_bytes())
    return " ".join(read_page(page).text.split())


def test_an_archive_of_nothing_has_a_page(tmp_path: Path) -> None:
    assert "uses no words that need an explanation" in glossary(tmp_path, {"release.toml": ""})


@pytest.mark.parametrize(
    "said",
    [
        # The three earliest are named, those without a date last.
        "P P5+1 P5 plus Germany in 1 cable: 08STRELSAU2 POLOFF political officer in 4 cables: 07ASTANA4, 08STRELSAU2, 08STRELSAU1",
        "U UN United Nations in 1 cable: 08STRELSAU1",
        "Captions SIPDIS May be placed on SIPRNet, the network that other agencies read. in 4 cables:",
        "Levels UNCLASSIFIED Holds nothing whose disclosure would damage national security. in 3 cables SECRET",
        "PRIORITY Handled ahead of routine traffic, within hours. in 4 cables:",
        "E.O. 12958 In force 1995 to 2010:",
        "N/A Not applicable: nothing in the telegram is classified. in 4 cables:",
        "KZ Kazakhstan in 1 cable PGOV Internal Governmental Affairs in 3 cables Posts",
        "ASTANA Embassy Astana, Kazakhstan 1 cable from it",
        "STATE Secretary of State, United States 4 cables to it",
    ],
)
def test_a_word_has_its_meaning_its_uses_and_where(tmp_path: Path, said: str) -> None:
    assert said in glossary(tmp_path, CABLES)


@pytest.mark.parametrize("word", ["GOK", "NODIS", "TOP SECRET", "ZZQX", "12356", "ALMATY", "Handling"])
def test_what_nobody_uses_or_knows_is_left_out(tmp_path: Path, word: str) -> None:
    assert word not in glossary(tmp_path, CABLES)


def test_its_bar_leads_to_letters_and_kinds_and_its_words_to_lists_and_cables(tmp_path: Path) -> None:
    glossary(tmp_path, CABLES)
    page = read_page(tmp_path / "site/glossary.html")
    assert {
        "#letter-P",
        "#of-tag",
        "tag/PGOV.html",
        "classification/SECRET.html",
        "origin/ASTANA.html",
    } <= set(page.links)
    assert {"POLOFF", "P5_2B1", "tag-PGOV", "level-SECRET", "post-STATE", "order-12958"} <= set(page.ids)
    assert "cable/2007/02/07ASTANA4.html" in page.links


def test_nothing_of_what_is_held_back_counts(tmp_path: Path) -> None:
    held = {"release.toml": '[[redact]]\nterm = "Poloff"\n\n[[withhold]]\ncable = "08STRELSAU2"\n'}
    words = glossary(tmp_path, CABLES | held)
    assert "POLOFF" not in words
    assert "P5" not in words
    assert "08STRELSAU2" not in words


def test_an_archive_explains_words_of_its_own(tmp_path: Path) -> None:
    own = LexiconAdditions(
        abbreviations=(Abbreviation(term="ZQX", expansion="<b>zinc</b>", context="archive"),)
    )
    said = glossary(tmp_path, {"a.txt": telegram(text="1. (U) ZQX.")}, Settings(lexicon=own))
    assert "Z ZQX <b>zinc</b> in 1 cable: 08STRELSAU123" in said


def test_a_page_of_the_same_name_gives_way(tmp_path: Path) -> None:
    glossary(tmp_path, {"glossary.md": "# Our words\n"})
    assert {"_glossary.html", "glossary.html"} <= set(snapshot(tmp_path / "site"))
