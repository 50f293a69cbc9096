"""Feeds, maps and old addresses after edits: byte for byte those of a clean build.

Few cables share many aliases, some with the addresses of pages and of one another, and a file of the sitemap has room for few.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
from site_tools import broken_links, build, snapshot, telegram, write_files

from generator.archive import moves
from generator.render import maps

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

ALIASES = [
    "/old/a.html",
    "/Old/A.html",
    "/b/",
    "/about/",
    "/essays/salt.html",
    "/cable/08STRELSAU1.html",
    "/cable/2008/01/08STRELSAU2.html",
    "/cable/2008/01/08KYIV3.html",
    "/mr-sapt.html",
    "/../x.html",
]
FRONTS = [
    "noindex: true",
    "released: 2011-08-30",
    "released: soon",
    "draft: true",
    "redact: Sapt",
    "withhold: true\nshow: card",
]
SETTINGS = [
    "",
    'site_url = "https://example.org/cables/"\n',
    'site_url = "https://example.org/cables/"\n[feeds]\nfewest = 2\nentries = 3\n',
    'site_url = "https://example.org/"\n[robots]\nnoindex = ["tag", "page"]\n[redirects]\nother_names = false\n',
    'site_url = "https://example.org/"\n[lexicon.tags]\nPGOV = "Government, as we call it"\n',
    "publish.redirects = true\n",
    "publish.redirects = true\npublish.headers = true\n[redirects]\nother_names = false\n",
]
COLLECTION = "---\nkind: collection\ncables: [08STRELSAU2, 08KYIV3]\nquery: tag:ECON\n---\n"
NO_SEARCH = "search.enabled = false\n"
LEDGERS = ["", '[[redact]]\nterm = "Sapt"\n', '[[withhold]]\ncable = "08STRELSAU2"\nshow = "tombstone"\n']


def front(choose: random.Random) -> str:
    """Front matter, or none."""
    lines = [choose.choice(FRONTS)] if choose.random() < 0.3 else []
    if choose.random() < 0.5:
        lines.append(f"aliases: [{', '.join(choose.sample(ALIASES, 2))}]")
    block = "\n".join(lines)
    return f"---\n{block}\n---\n" if lines else ""


def cable(choose: random.Random, number: int) -> str:
    return front(choose) + telegram(
        choose.choice([number, number, 2]),
        post="KIEV" if number == 3 else choose.choice(["STRELSAU", "KYIV"]),
        dtg=f"{choose.randint(1, 28):02d}1230Z {choose.choice(['JAN', 'FEB'])} {choose.choice(['07', '08', '08'])}",
        tags=choose.choice(["PGOV", "ECON", "PGOV ECON"]),
        subject=choose.choice(["THE SALT ROAD", "SNOW"]),
    )


def edit(choose: random.Random, project: Path) -> None:
    """One edit of an archive."""
    content = project / "content"
    what = choose.random()
    if what < 0.5:
        number = choose.randint(1, 14)
        write_files(content, {f"{number:02d}.txt": cable(choose, number)})
    elif what < 0.7:
        choose.choice(sorted(content.rglob("*.txt"))).unlink()
    elif what < 0.85:
        path = choose.choice(["essays/salt.md", "old/a.md", "about.md", "index.md"])
        if (content / path).exists() and choose.random() < 0.5:
            (content / path).unlink()
        else:
            above = COLLECTION if path == "about.md" else front(choose)
            write_files(content, {path: f"{above}# {choose.choice(['Salt', 'Snow'])}\n"})
    elif what < 0.93:
        write_files(project, {"cablepress.toml": NO_SEARCH + choose.choice(SETTINGS)})
    else:
        write_files(content, {"release.toml": choose.choice(LEDGERS)})


@pytest.mark.parametrize("seed", range(60 if IS_PROOF else 2))
def test_feeds_maps_and_redirects_are_those_of_a_clean_build_after_any_edits(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half of the archives have one sitemap, the others several.
    monkeypatch.setattr(maps, "MOST_ADDRESSES", 4 if seed % 2 else 50_000)
    monkeypatch.setattr(moves, "MOST_LINES", 5)
    choose = random.Random(seed)
    project, clean = tmp_path / "edited", tmp_path / "clean"
    write_files(project, {"cablepress.toml": NO_SEARCH + SETTINGS[2]})
    write_files(project / "content", {f"{n:02d}.txt": cable(choose, n) for n in range(1, 11)})
    build(project)
    for _ in range(30 if IS_PROOF else 8):
        edit(choose, project)
        report = build(project)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(project / "content", clean / "content")
        shutil.copy(project / "cablepress.toml", clean)
        expected = build(clean)
        assert snapshot(project / "site") == snapshot(clean / "site")
        assert [(kind.code, kind.count) for kind in report.problems] == [
            (kind.code, kind.count) for kind in expected.problems
        ]
        names = [name for name in snapshot(project / "site") if not name.startswith("search/")]
        assert len({name.lower() for name in names}) == len(names)
    assert list(broken_links(project / "site")) == []
