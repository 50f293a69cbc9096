"""The index that a build writes is the one that README.md describes, byte for byte, and stays it after every edit."""

import os
import random
from pathlib import Path

import pytest
from search.archives import SMALL, plain_cables, some_telegrams, use_limits, write_telegrams
from search.plain_index import Limits, plain_index
from site_tools import build, telegram

from generator.archive.catalogue import Catalogue
from generator.lexicon import builtin_lexicon

LEXICON = builtin_lexicon()


def pieces_of(project: Path) -> dict[str, str]:
    """The pieces in the site, by name."""
    folder = project / "site/search"
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_bytes().decode("utf-8")
        for path in folder.rglob("*.js")
    }


def expected(project: Path, limits: Limits, *, positions: bool = True) -> dict[str, str]:
    catalogue = Catalogue.open(project / ".cablepress/state.sqlite", LEXICON)
    try:
        return plain_index([*plain_cables(project, catalogue, LEXICON)], limits=limits, positions=positions)
    finally:
        catalogue.close()


def assert_is_plain(project: Path, limits: Limits, *, positions: bool = True) -> None:
    found, plain = pieces_of(project), expected(project, limits, positions=positions)
    # What posts are called, and ids by other names of their posts, the plain index does not know.
    aside = ("names", "ids/")
    assert sorted(name for name in found if not name.startswith("ids/")) == sorted(
        name for name in plain if not name.startswith("ids/")
    )
    differing = [
        name for name in plain if not name.startswith((*aside, "start")) and found[name] != plain[name]
    ]
    assert differing == []


@pytest.mark.parametrize("limits", [Limits(), SMALL], ids=["as it is", "small"])
@pytest.mark.parametrize("count", [0, 1, 8, 9, 70])
def test_a_build_writes_the_index_that_the_readme_describes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits, count: int
) -> None:
    use_limits(monkeypatch, limits)
    write_telegrams(tmp_path, some_telegrams(count, seed=count))
    (tmp_path / "content").mkdir(exist_ok=True)
    build(tmp_path)
    assert_is_plain(tmp_path, limits)


IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

ODD_TEXTS = {
    "no text": "",
    "one word of 50 KB": f"1. (U) {'a' * 50_000} end.",
    "many words": "1. (U) " + " ".join(f"w{number:x}q" for number in range(100_000 if IS_PROOF else 15_000)),
    "digits": "1. (U) 1 22 333 4,444 5.5 1976-77",
    "emoji": "1. (U) \N{GOAT}\N{GOAT} \N{FACE WITH TEARS OF JOY}",
    "combining marks": "1. (U) e\u0301le\u0300ve \u0301\u0301 a\u0308\u0304",
    "cyrillic and arabic": "1. (U) Москва Нұрсұлтан الجزائر مُحَمَّد",
    "a word over and over": "1. (U) " + "salt " * 30_000,
}


def test_odd_texts_are_indexed_as_the_readme_says(tmp_path: Path) -> None:
    write_telegrams(
        tmp_path,
        {f"content/{at}.txt": telegram(at, text=text) for at, text in enumerate(ODD_TEXTS.values(), 1)},
    )
    build(tmp_path)
    assert_is_plain(tmp_path, Limits())
    edited(tmp_path, "content/1.txt")
    build(tmp_path)
    assert_is_plain(tmp_path, Limits())


def test_without_places_the_lists_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_limits(monkeypatch, SMALL)
    write_telegrams(tmp_path, some_telegrams(60, seed=1))
    (tmp_path / "cablepress.toml").write_text("[search]\npositions = false\n")
    build(tmp_path)
    assert_is_plain(tmp_path, SMALL, positions=False)
    assert not any(name.startswith("places/") for name in pieces_of(tmp_path))


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edit_the_index_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    use_limits(monkeypatch, SMALL)
    rng = random.Random(seed)
    write_telegrams(tmp_path, some_telegrams(60, seed=seed))
    build(tmp_path)
    for step in range(5):
        others = some_telegrams(90, seed=100 * seed + step)
        for path in rng.sample(sorted(others), rng.choice([1, 2, 20])):
            if rng.random() < 0.2:
                (tmp_path / path).unlink(missing_ok=True)
            else:
                (tmp_path / path).write_text(others[path], "utf-8")
        build(tmp_path)
        assert_is_plain(tmp_path, SMALL)


def edited(project: Path, source: str = "content/007.txt") -> None:
    """Put a paragraph more into a cable."""
    path = project / source
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n\nRASSENDYLL", "\n\n9. (U) Perpetua sang.\n\nRASSENDYLL"), "utf-8")


def test_an_edit_writes_only_pieces_that_hold_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_limits(monkeypatch, SMALL)
    write_telegrams(tmp_path, some_telegrams(60, seed=1))
    build(tmp_path)
    before = pieces_of(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "site/search").rglob("*.js")}
    edited(tmp_path)
    build(tmp_path)
    after = pieces_of(tmp_path)
    written = {
        path.relative_to(tmp_path / "site/search").with_suffix("").as_posix()
        for path in (tmp_path / "site/search").rglob("*.js")
        if stamps.get(path) != path.stat().st_mtime_ns
    }
    assert written == {name for name in after if after[name] != before.get(name)}
    assert "perpetua" in " ".join(after[name] for name in written)
    assert len(written) < len(after) / 2


@pytest.mark.parametrize("damage", ["cut short", "emptied", "other", "gone", "words gone"])
def test_a_piece_that_is_not_what_was_written_is_made_again(tmp_path: Path, damage: str) -> None:
    write_telegrams(tmp_path, some_telegrams(30, seed=2))
    build(tmp_path)
    for piece in (tmp_path / "site/search/words").iterdir():
        match damage:
            case "cut short":
                piece.write_bytes(piece.read_bytes()[:-20])
            case "emptied":
                piece.write_bytes(b"")
            case "other":
                piece.write_bytes(b'cablepress.piece("words/-","a b","\x7f\x7f");\n')
            case "gone":
                piece.unlink()
    if damage == "words gone":
        for file in (tmp_path / ".cablepress/search").iterdir():
            file.unlink()
    edited(tmp_path)
    build(tmp_path)
    assert_is_plain(tmp_path, Limits())


def test_the_search_is_left_out_and_comes_back(tmp_path: Path) -> None:
    write_telegrams(tmp_path, some_telegrams(20, seed=3))
    build(tmp_path)
    there = pieces_of(tmp_path)
    (tmp_path / "cablepress.toml").write_text("[search]\nenabled = false\n")
    build(tmp_path)
    assert pieces_of(tmp_path) == {}
    assert not (tmp_path / ".cablepress/search").is_dir() or not [
        *(tmp_path / ".cablepress/search").iterdir()
    ]
    edited(tmp_path)
    build(tmp_path)
    (tmp_path / "cablepress.toml").write_text('title = "Danor papers"\n')
    build(tmp_path)
    assert_is_plain(tmp_path, Limits())
    assert pieces_of(tmp_path).keys() == there.keys()


@pytest.mark.parametrize("fields", [["subject"], ["summary"], ["tags", "ids"], ["text"]])
def test_settings_choose_what_is_searched(tmp_path: Path, fields: list[str]) -> None:
    write_telegrams(
        tmp_path,
        {
            "content/a.txt": telegram(
                1, subject="ALPHA", tags="PGOV", text="1. (U) SUMMARY: Beta. END SUMMARY.\n\n2. (U) Gamma."
            )
        },
    )
    (tmp_path / "cablepress.toml").write_text(f"[search]\nfields = {fields}\n")
    build(tmp_path)
    words = " ".join(
        text.split('"')[3] for name, text in pieces_of(tmp_path).items() if name.startswith("words/")
    )
    held = {"alpha": "subject", "beta": "summary", "gamma": "text", "pgov": "tags", "08strelsau1": "ids"}
    expected = {
        word for word, field in held.items() if field in fields or (word == "beta" and "text" in fields)
    }
    assert set(words.split(" ")) & set(held) == expected


def test_what_is_withheld_is_in_no_piece(tmp_path: Path) -> None:
    sources = {
        "content/a.txt": telegram(1, text="1. (U) Open words."),
        "content/b.txt": telegram(2, subject="HUSHHUSH", text="1. (S) Perpetua sang. Hentzau listened."),
        "content/c.txt": telegram(3, text="1. (U) Perpetua wept beside the road."),
        "content/release.toml": '[[withhold]]\ncable = "08STRELSAU2"\n\n[[redact]]\nterm = "Perpetua"\n',
    }
    write_telegrams(tmp_path, sources)
    build(tmp_path)
    all_of_it = "".join(pieces_of(tmp_path).values()).lower()
    assert "beside" in all_of_it
    for word in ("perpetua", "hushhush", "hentzau", "08strelsau2"):
        assert word not in all_of_it
