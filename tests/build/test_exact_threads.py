"""Threads after edits: byte for byte those of a clean build, and no more pages due than show what changed.

Here most cables cite one of a few, so that each has more of them about it than its page shows.
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_tools import broken_links, build, snapshot, telegram, write_files

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

HUBS = ["STRELSAU 1", "STRELSAU 2", "KIEV 3", "KYIV 3", "ZENDA 99", "STRELSAU 12"]
WITHHELD = "---\nwithhold: true\nshow: card\nreason: names a source\n---\n"


def draw(random: random.Random, number: int) -> str:
    """A cable with some references to what many cite."""
    refs = random.sample(HUBS, random.choice([0, 1, 1, 2, 3]))
    written = telegram(
        number,
        post="KYIV"
        if number == 3
        else random.choice(["STRELSAU", "STRELSAU", "ZENDA"])
        if number > 12
        else "STRELSAU",
        dtg=f"{random.randint(1, 28):02d}{random.choice(['0800', '1230'])}Z {random.choice(['JAN', 'FEB'])} 08",
        tags=random.choice(["PGOV", "ECON", "PGOV ECON"]),
        subject=random.choice(["THE SALT ROAD", "SNOW"]),
        ref=" ".join(f"{'ABC'[n]}. {ref}" for n, ref in enumerate(refs)),
    )
    return f"{WITHHELD}{written}" if random.random() < 0.06 else written


@pytest.mark.parametrize("seed", range(40 if IS_PROOF else 3))
def test_threads_are_those_of_a_clean_build_after_any_edits(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    project, clean = tmp_path / "edited", tmp_path / "clean"
    write_files(project / "content", {f"{n:02d}.txt": draw(choose, n) for n in range(1, 25)})
    build(project)
    for _ in range(12):
        number = choose.randint(1, 26)
        file = project / f"content/{number:02d}.txt"
        if file.exists() and choose.random() < 0.3:
            file.unlink()
        else:
            write_files(project / "content", {file.name: draw(choose, number)})
        build(project)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(project / "content", clean / "content")
        build(clean)
        assert snapshot(project / "site") == snapshot(clean / "site")
    assert list(broken_links(project / "site")) == []


REFS = {
    1: "",
    10: "A. STRELSAU 1 B. STRELSAU 5",
    27: "STRELSAU 26",
    **dict.fromkeys((28, 29, 30), "STRELSAU 27"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Thirty cables, one a day; most cite the first, the tenth also the fifth; the last three one that cites the 26th."""
    write_files(
        tmp_path / "content",
        {
            f"{n:02d}.txt": telegram(
                n,
                dtg=f"{n - 1 or 31:02d}1230Z {'MAR' if n > 1 else 'JAN'} 08",
                subject=f"REPORT {n}",
                ref=REFS.get(n, "STRELSAU 1"),
            )
            for n in range(1, 31)
        },
    )
    build(tmp_path)
    return tmp_path


def written(project: Path) -> Iterator[str]:
    """The pages of cables and threads that a build writes, by their names."""
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.html")}
    build(project)
    for path in (project / "site").rglob("*.html"):
        if before.get(path) != path.stat().st_mtime_ns and path.parts[-2] in ("01", "02", "03", "thread"):
            yield f"{path.parts[-2]}/{path.stem.removeprefix('08STRELSAU')}"


@pytest.mark.parametrize(
    ("number", "old", "new", "expected"),
    [
        pytest.param(20, "It snowed", "It thawed", {"03/20"}, id="words"),
        # Its own page, and the thread; none of the others that cite the same shows its subject.
        pytest.param(20, "REPORT 20", "REPORT TWENTY", {"03/20", "thread/1"}, id="the subject of one that cites"),
        pytest.param(3, "REPORT 3", "REPORT THREE", {"03/3", "01/1", "thread/1"}, id="of one that is shown as citing"),
        # The thread of the first does not show the subject of what its members cite, unless that cites it too.
        pytest.param(5, "REPORT 5", "REPORT FIVE", {"03/5", "03/10", "thread/1"}, id="of one that is cited"),
        pytest.param(20, "191230Z", "191231Z", {"03/20"}, id="the minute, which no other shows"),
        # Those beside it, there and here, and what shows its date or its address.
        pytest.param(
            20, "191230Z MAR", "191230Z FEB",
            {"02/20", "01/1", "03/2", "03/19", "03/21", "thread/1"},
            id="the month",
        ),
        pytest.param(
            26, "251230Z MAR", "251230Z FEB",
            {"02/26", "01/1", "03/2", "03/25", "03/27", "thread/1", "thread/27"},
            id="the month of one that the first of another thread cites",
        ),
    ],
)  # fmt: skip
def test_no_more_is_written_than_the_edit_needs(
    project: Path, number: int, old: str, new: str, expected: set[str]
) -> None:
    file = project / f"content/{number:02d}.txt"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert set(written(project)) == expected
