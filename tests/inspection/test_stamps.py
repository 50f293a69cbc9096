"""What is known of files that were looked at before."""

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.inspection.stamps import Stamps, open_memory, version_of, walk

OLD = 1_600_000_000


def put(site: Path, address: str, words: str = "salt", when: int = OLD) -> None:
    """A file that was written long ago."""
    path = site / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")
    os.utime(path, (when, when))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # A file that was made for a test was made just now, which its ctime tells.
    monkeypatch.setattr("generator.inspection.stamps.TICK", -3_600_000_000_000)
    return tmp_path / "site"


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return open_memory(tmp_path / "memory" / "check.sqlite")


def look(stamps: Stamps, site: Path, batch: int = 2) -> tuple[list[str], list[str]]:
    """What changed and what is gone, which is noted."""
    changed: list[str] = []
    gone: list[str] = []
    for changes in stamps.changed(site, batch=batch):
        changed += [found.address for found in changes.changed]
        gone += changes.gone
        stamps.note(changes)
    return changed, gone


def test_a_file_is_told_until_it_is_noted_and_again_once_it_changed(
    site: Path, db: sqlite3.Connection
) -> None:
    for address in ("index.html", "tag/PGOV.html", "tag-.html", "tag/a/b.html"):
        put(site, address)
    stamps = Stamps(db, "links", "1")
    assert look(stamps, site) == (["index.html", "tag-.html", "tag/PGOV.html", "tag/a/b.html"], [])
    assert look(stamps, site) == ([], [])
    assert stamps.totals() == (4, 16)
    put(site, "tag/PGOV.html", "pepper")
    put(site, "zinc.html")
    (site / "tag-.html").unlink()
    assert look(stamps, site) == (["tag/PGOV.html", "zinc.html"], ["tag-.html"])
    assert look(stamps, site) == ([], [])


def test_a_file_of_the_same_size_and_time_is_another_where_it_was_replaced(
    site: Path, db: sqlite3.Connection
) -> None:
    put(site, "index.html")
    stamps = Stamps(db, "links", "1")
    look(stamps, site)
    put(site, "new", "sand")
    (site / "new").replace(site / "index.html")
    assert look(stamps, site) == (["index.html"], [])


def test_a_file_that_was_written_just_before_the_look_is_looked_at_once_more(tmp_path: Path) -> None:
    put(tmp_path / "site", "index.html")
    stamps = Stamps(open_memory(tmp_path / "check.sqlite"), "links", "1")
    assert look(stamps, tmp_path / "site") == look(stamps, tmp_path / "site") == (["index.html"], [])


def test_each_reader_knows_what_it_has_read_itself(site: Path, db: sqlite3.Connection) -> None:
    put(site, "index.html")
    look(Stamps(db, "links", "1"), site)
    assert look(Stamps(db, "leaks", "1"), site) == (["index.html"], [])


def test_another_version_of_a_reader_knows_nothing(site: Path, db: sqlite3.Connection) -> None:
    put(site, "index.html")
    assert Stamps(db, "links", "1").is_new
    look(Stamps(db, "links", "1"), site)
    assert not Stamps(db, "links", "1").is_new
    assert Stamps(db, "links", "2").is_new
    assert look(Stamps(db, "links", "2"), site) == (["index.html"], [])


def test_the_version_of_a_program_is_that_of_its_files(tmp_path: Path) -> None:
    put(tmp_path, "program/rules.py")
    versions = [version_of(tmp_path / "program"), version_of(tmp_path / "program", words="secrets")]
    put(tmp_path, "program/rules.py", when=OLD + 1)
    versions.append(version_of(tmp_path / "program"))
    put(tmp_path, "program/__pycache__/rules.pyc")
    assert versions[-1] == version_of(tmp_path / "program")
    assert len(set(versions)) == 3


def test_what_is_no_memory_is_made_anew(site: Path, tmp_path: Path) -> None:
    put(site, "index.html")
    (tmp_path / "check.sqlite").write_bytes(b"no database" * 1000)
    assert look(Stamps(open_memory(tmp_path / "check.sqlite"), "links", "1"), site) == (["index.html"], [])


def test_a_link_is_told_and_followed_only_where_that_is_asked(site: Path, tmp_path: Path) -> None:
    put(site, "a/index.html")
    put(tmp_path, "elsewhere/page.html")
    (site / "a" / "above").symlink_to(site)
    (site / "b").symlink_to(tmp_path / "elsewhere")
    (site / "c").symlink_to(tmp_path / "nowhere")
    told: list[str] = []
    assert [(found.address, found.is_link) for found in walk(site)] == [
        ("a/above", True),
        ("a/index.html", False),
        ("b", True),
        ("c", True),
    ]
    followed = walk(site, follows_links=True, on_error=lambda address, _: told.append(address))
    assert [found.address for found in followed] == ["a/index.html", "b/page.html"]
    assert told == ["c"]


NAMES = st.text("ab/.-0é\U0001f600\udcff", min_size=1, max_size=6).filter(
    lambda name: all(part.strip(".") for part in name.split("/"))
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sets(NAMES, max_size=8), min_size=1, max_size=3), st.integers(1, 4))
def test_after_any_edits_those_files_are_told_that_differ(archives: list[set[str]], batch: int) -> None:
    """The walk and the table are read side by side, whatever the names are."""
    stamps = Stamps(sqlite3.connect(":memory:"), "links", "1")
    before: set[str] = set()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.inspection.stamps.TICK", -3_600_000_000_000)
        for names in archives:
            now = {name for name in names if not any(other.startswith(f"{name}/") for other in names)}
            for name in before - now:
                Path(folder, name).unlink()
            for path in sorted(Path(folder).rglob("*"), reverse=True):
                if path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
            for name in now - before:
                put(Path(folder), name)
            changed, gone = look(stamps, Path(folder), batch)
            assert (set(changed), set(gone)) == (now - before, before - now)
            assert len(changed) == len(set(changed))
            before = now
