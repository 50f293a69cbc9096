"""The related cables of content/: whether a historian's kin are among them, and whether each reason can be checked."""

import re
import shutil
import sys
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from shared_builds import Specimens

from generator.archive.catalogue import Catalogue
from generator.archive.kin import Kin, load_kin
from generator.archive.state import State
from generator.release.cleared import MARK
from generator.search.tokens import tokens
from generator.settings import load_settings, project_lexicon

ROOT = Path(__file__).parents[2]
ENOUGH = 0.8  # of the thirty cables have a true kin among their five

TRUE_KIN = {
    cells[1]: set(cells[2].split(", "))
    for line in (ROOT / "tests/archive/kin.md").read_text("utf-8").splitlines()
    if (cells := [cell.strip() for cell in line.split("|")]) and re.match(r"\| \d\d", line)
}

MOST_BYTES = 1_250  # of the section of a page


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory, specimens: Specimens) -> Catalogue:
    copied = shutil.copy(specimens.state, tmp_path_factory.mktemp("related"))
    state = State.open(Path(copied))
    assert state is not None
    return Catalogue(state.db, project_lexicon(load_settings(ROOT)))


@pytest.fixture(scope="module")
def related(catalogue: Catalogue) -> Mapping[str, tuple[Kin, ...]]:
    """The related cables of each cable, by its path."""
    return load_kin(catalogue.db, [path for (path,) in catalogue.db.execute("SELECT path FROM cable")])


@pytest.fixture(scope="module")
def sections(specimens: Specimens, catalogue: Catalogue) -> Mapping[str, str]:
    """The section of related cables on the page of each cable, by its path."""
    found = {}
    for path, address in catalogue.db.execute("SELECT path, address FROM cable"):
        page = (specimens.site / unquote(address)).read_text("utf-8")
        section = re.search(r'<section class="after kin">.*?</section>', page, re.DOTALL)
        found[path] = section[0] if section else ""
    return found


def test_thirty_cables_have_kin_that_were_fixed_by_hand() -> None:
    assert len(TRUE_KIN) == 30
    assert all(1 <= len(kin) <= 4 for kin in TRUE_KIN.values())


def test_a_true_kin_is_among_the_five(
    catalogue: Catalogue, related: Mapping[str, tuple[Kin, ...]], sections: Mapping[str, str]
) -> None:
    reached, ways = 0, {"cited": 0, "tags": 0, "words": 0}
    for name, true in TRUE_KIN.items():
        (row,) = catalogue.find(name)
        listed = re.findall(r"<dd class=quiet>(\S+),", sections[row.path])
        assert listed == [one.row.name for one in related.get(row.path, ())]
        found = [one.shared for one in related.get(row.path, ()) if one.row.name in true]
        reached += bool(found)
        for way in ways:
            ways[way] += any(getattr(shared, way) for shared in found)
        if not found:
            sys.stdout.write(
                f"missed: {name} lists {', '.join(listed)}; a true kin is {', '.join(sorted(true))}\n"
            )
    sys.stdout.write(f"{reached} of {len(TRUE_KIN)} reached; by {ways}\n")
    assert reached >= ENOUGH * len(TRUE_KIN)


def test_no_kin_of_the_thirty_cites_the_cable_or_is_cited_by_it(catalogue: Catalogue) -> None:
    for name, true in TRUE_KIN.items():
        (row,) = catalogue.find(name)
        around = catalogue.around([row.path])
        linked = {one.name for one in (*around.cites(row.path), *around.cited_by(name))}
        assert not linked & true, name
        assert all(catalogue.find(one) for one in true), name


def test_nothing_is_listed_that_the_page_links_as_cited_or_citing(
    catalogue: Catalogue, related: Mapping[str, tuple[Kin, ...]]
) -> None:
    for path, kin in related.items():
        around = catalogue.around([path])
        row = around.row(path)
        linked = {one.path for one in (*around.cites(path), *around.cited_by(row.id or ""))}
        assert not linked & {one.row.path for one in kin}
        assert path not in {one.row.path for one in kin}


def test_each_reason_can_be_checked_in_both_cables(
    specimens: Specimens, catalogue: Catalogue, related: Mapping[str, tuple[Kin, ...]]
) -> None:
    tags: dict[str, set[str]] = {}
    for path, code in catalogue.db.execute(
        "SELECT path, value FROM listed JOIN list ON list.number = listed.list JOIN cable ON cable.number = listed.cable "
        "WHERE facet = 'tag'"
    ):
        tags.setdefault(path, set()).add(code)
    words = {}
    for path, address in catalogue.db.execute("SELECT path, address FROM cable"):
        page = (specimens.site / unquote(address)).read_text("utf-8")
        page = re.sub(r'<section class="after kin">.*?</section>|<del.*?</del>', "", page, flags=re.DOTALL)
        words[path] = set(tokens(unescape(re.sub(r"<[^>]*>", "", page))))
    cites = {path: set(catalogue.around([path]).cited_ids(path)) for path in words}
    for path, kin in related.items():
        for one in kin:
            shared = one.shared
            assert shared.cited or shared.tags or shared.words
            for both in (path, one.row.path):
                assert set(shared.words) <= words[both], (path, one)
                assert set(shared.tags) <= tags.get(both, set())
                assert set(shared.cited) <= cites[both]
            assert not any("x" * 5 in word or MARK in word or "redacted" in word for word in shared.words)


def test_the_section_is_short(sections: Mapping[str, str]) -> None:
    sizes = sorted(len(section.encode()) for section in sections.values() if section)
    assert len(sizes) > 0.9 * len(sections)
    assert sizes[-1] <= MOST_BYTES
    assert sum(sizes) / len(sizes) < 900
