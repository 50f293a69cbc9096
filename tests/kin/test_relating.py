"""After any edits the related cables are those that are found anew; and those are what the plainest way finds.

A machine lays vectors of small random cables where a build does, runs that part of the build alone, and compares.
"""

import os
import shutil
import tempfile
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from kin import plain_kin
from site_tools import nothing

from generator.archive.kin import load_kin
from generator.archive.state import State
from generator.build import kin_stage
from generator.build.job import Job
from generator.build.kin_stage import Relating
from generator.build.place import Place
from generator.build.workers import InThisProcess
from generator.kin import finding, rarity, terms
from generator.kin.vector import Vector, encode_vector, vector_of
from generator.release.ledger import Ledger
from generator.search.reading import Reading
from generator.settings import Settings
from generator.settings.related import RelatedSettings

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

WORDS = "salt plum eel bear toll tuba ferry lamp crown horse silt goat".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9)
TAGS = st.lists(st.sampled_from(["EFIS", "KCRM", "PGOV"]), max_size=2, unique=True)
NAMES = st.integers(1, 14)
CITES = st.lists(NAMES, max_size=2, unique=True)
DAYS = st.integers(1, 3)


def vector(name: int, text: list[str], tags: list[str], cites: list[int]) -> Vector:
    words = ["", *dict.fromkeys(text)]
    row = b"".join(words.index(word).to_bytes(2, "little") for word in text)
    reading = Reading(words, row, min(2, len(text)), [], b"", [], len(text))
    return vector_of(
        (f"08ZENDA{name}", None), tags, [(f"08ZENDA{one}", None) for one in cites if one != name], reading
    )


class Archive:
    """Cables of a state, as far as related cables ask for them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cablepress-kin-"))
        (self.folder / "spool").mkdir()
        self.state = State.new(self.folder / "state.sqlite")
        self.state.index()
        self.builds = 0

    def close(self) -> None:
        self.state.close()
        shutil.rmtree(self.folder)

    def put(self, path: str, day: int, subject: str, vector: Vector) -> None:
        self.remove(path)
        values: dict[str, object] = {
            name: ""
            for _, name, _, is_needed, _, _ in self.state.db.execute("PRAGMA table_info(cable)")
            if is_needed
        }
        values |= {"path": path, "name": path, "address": path, "place": f"{day}\x1f{path}", "day": day}
        values |= {"subject": subject, "digest": encode_vector(vector) + bytes([day]), "size": 1}
        self.state.db.execute(
            f"INSERT INTO cable ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        self.due(day)
        data = encode_vector(vector)
        file = self.folder / "spool" / f"{path}-{self.builds}.vectors"
        file.write_bytes(data)
        self.state.db.execute(
            "INSERT OR REPLACE INTO vectored VALUES (?, ?, 0, ?)", (path, file.name, len(data))
        )

    def remove(self, path: str) -> None:
        for (day,) in self.state.db.execute("SELECT day FROM cable WHERE path = ?", (path,)).fetchall():
            self.due(day)
        self.state.db.execute("DELETE FROM cable WHERE path = ?", (path,))

    def due(self, day: int) -> None:
        self.state.db.execute("INSERT OR IGNORE INTO day_due VALUES (?)", (day,))

    def relate(self, *, enabled: bool = True) -> set[str]:
        """Bring the related cables up to date; gives the paths of pages that are due then."""
        settings = Settings(related=RelatedSettings(enabled=enabled))
        folder = self.folder
        place = Place(
            settings=settings, content=folder, site=folder, folder=folder, templates=(), executor=InThisProcess(), workers=1,
            drafts=False, is_lasting=False,
        )  # fmt: skip
        self.builds += 1
        job = Job(
            token=f"{self.builds}", settings=settings, ledger=Ledger(), today=Day(2026, 1, 1), drafts=False, content=folder,
            templates=(), theme="", state=folder / "state.sqlite", spool=folder / "spool", site=folder,
        )  # fmt: skip
        Relating(self.state, place, job, nothing).run()
        self.state.db.execute("DELETE FROM day_due")
        due = {path for (path,) in self.state.db.execute("SELECT path FROM cable WHERE size IS NULL")}
        self.state.db.execute("UPDATE cable SET size = 1")
        return due

    def shown(self) -> dict[str, list[tuple[object, ...]]]:
        """What the page of each cable shows of its kin."""
        paths = [path for (path,) in self.state.db.execute("SELECT path FROM cable")]
        kin = load_kin(self.state.db, paths)
        return {
            path: [
                (one.row.path, one.row.subject, one.shared.cited, one.shared.tags, one.shared.words)
                for one in kin.get(path, ())
            ]
            for path in paths
        }


class Edits(RuleBasedStateMachine):
    """An archive that is edited, and related again after each edit."""

    def __init__(self) -> None:
        super().__init__()
        # So that a few cables are many, and several terms lie in a bucket.
        self.patch = pytest.MonkeyPatch()
        for module in (terms, rarity, plain_kin):
            self.patch.setattr(module, "BUCKETS", 32)
        self.patch.setattr(finding, "COMMON", 5)
        self.patch.setattr(finding, "_AT_ONCE", 3)
        self.patch.setattr(kin_stage, "GROUP", 4)
        self.patch.setattr(kin_stage, "_MUCH", 2)
        self.archive = Archive()
        self.cables: dict[str, tuple[int, str, Vector]] = {}
        self.seen: dict[str, list[tuple[object, ...]]] = {}
        self.is_lost = False  # whether something that is kept was lost, which may be noticed later

    def teardown(self) -> None:
        self.archive.close()
        self.patch.undo()

    @initialize(texts=st.lists(TEXTS, min_size=10, max_size=14))
    def begin(self, texts: list[list[str]]) -> None:
        for name, text in enumerate(texts):
            self.put(name, name % 3 + 1, "S", vector(name, text, [], []))
        self.relate()

    @rule(name=NAMES, day=DAYS, subject=st.sampled_from("ST"), text=TEXTS, tags=TAGS, cites=CITES)
    def write(
        self, name: int, day: int, subject: str, text: list[str], tags: list[str], cites: list[int]
    ) -> None:
        self.put(name, day, subject, vector(name, text, tags, cites))
        self.relate()

    @rule(name=NAMES, word=st.sampled_from(WORDS))
    def use_a_word_alone(self, name: int, word: str) -> None:
        self.put(name, 1, "S", vector(name, [word] * 3, [], []))
        self.relate()

    @rule(names=st.lists(NAMES, min_size=1, max_size=4))
    def remove(self, names: list[int]) -> None:
        for name in names:
            self.archive.remove(f"{name:02d}.txt")
            self.cables.pop(f"{name:02d}.txt", None)
        self.relate()

    @rule()
    def leave_them_out_for_once(self) -> None:
        self.archive.relate(enabled=False)
        assert not any(self.archive.shown().values())
        for path, (day, subject, of_cable) in self.cables.items():
            self.archive.put(path, day, subject, of_cable)  # their vectors are read again
        self.seen = {}
        self.relate()

    @rule(data=st.data())
    def lose_what_is_kept(self, data: st.DataObject) -> None:
        files = sorted((self.archive.folder / "kin").iterdir())
        lost = data.draw(st.sampled_from(files))
        lost.write_bytes(lost.read_bytes()[:-3])
        for path, (day, subject, of_cable) in self.cables.items():
            self.archive.put(path, day, subject, of_cable)
        self.is_lost = True
        self.relate()

    def put(self, name: int, day: int, subject: str, of_cable: Vector) -> None:
        path = f"{name:02d}.txt"
        self.cables[path] = (day, subject, of_cable)
        self.archive.put(path, day, subject, of_cable)

    def relate(self) -> None:
        due = self.archive.relate()
        shown = self.archive.shown()
        clean = Archive()
        try:
            for path, (day, subject, of_cable) in self.cables.items():
                clean.put(path, day, subject, of_cable)
            clean.relate()
            assert shown == clean.shown()
        finally:
            clean.close()
        vectors = {path: of_cable for path, (_, _, of_cable) in self.cables.items()}
        plain = plain_kin.plain_fives(
            vectors, sorted(vectors, key=lambda path: f"{self.cables[path][0]}\x1f{path}")
        )
        assert {path: [one[0] for one in kin] for path, kin in shown.items()} == {
            path: [other for other, _ in kin] for path, kin in plain.items()
        }
        # Pages that show something else are due, and no others, unless it was forgotten what they showed.
        other = {path for path in shown if shown[path] != self.seen.get(path, [])}
        assert due == other or (self.is_lost and due > other)
        self.seen = shown


TestEdits = Edits.TestCase
TestEdits.settings = hypothesis_settings(
    max_examples=150 if IS_PROOF else 15, stateful_step_count=30 if IS_PROOF else 12, deadline=None
)
