"""A site compared with its manifest: whatever is another is told, and nothing else."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from site_tools import build, nothing, snapshot, telegram, write_files

from generator.inspection.manifest import Batch, Compared, Verified, compare_files, verify_manifest

PROGRAM = Path(sys.executable).with_name("cablepress")
MANIFEST = "manifest-sha256.txt"
FILES = {"index.html": "<p>One", "tag/PGOV.html": "<p>Two", ".nojekyll": "", "data/100%.csv": "a,b\n"}


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


LISTED = "".join(
    f"{sum_of(FILES[name])}  {name.replace('%', '%25')}\n" for name in (".nojekyll", "data/100%.csv", "index.html", "tag/PGOV.html")
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(tmp_path / "site", {**FILES, MANIFEST: LISTED})
    return tmp_path / "site"


def in_this_process(batches: Iterable[Batch]) -> Iterator[Compared]:
    return (compare_files(*batch) for batch in batches)


def verified(site: Path, *, most: int = 10) -> Verified:
    return verify_manifest(site, in_this_process, most=most, progress=nothing)


def told(site: Path) -> list[tuple[str, list[str]]]:
    """What is told of a site: each kind with where it was found."""
    return [(wrong.code, [problem.location for problem in wrong.first]) for wrong in verified(site).wrong]


def test_a_site_as_it_was_written_is_verified(site: Path) -> None:
    assert verified(site) == Verified(files=4, size=sum(map(len, FILES.values())), wrong=[])


def append(site: Path, line: bytes) -> None:
    (site / MANIFEST).write_bytes(LISTED.encode() + line)


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def link_to(file: Path, target: Path) -> None:
    if file.exists():
        file.rename(target)
    file.symlink_to(target)


DAMAGES: dict[str, tuple[Callable[[Path], object], list[tuple[str, list[str]]]]] = {
    "a file changed": (
        lambda site: (site / "index.html").write_text("<p>Ten"),
        [("manifest-file-changed", ["index.html"])],
    ),
    "line ends changed, as git does": (
        lambda site: (site / "data/100%.csv").write_bytes(b"a,b\r\n"),
        [("manifest-file-changed", ["data/100%.csv"])],
    ),
    "a file removed": (
        lambda site: (site / "tag/PGOV.html").unlink(),
        [("manifest-file-missing", ["tag/PGOV.html"])],
    ),
    "a folder in the place of a file": (
        lambda site: make_folder(site / "index.html"),
        [("manifest-file-missing", ["index.html"])],
    ),
    "files added": (
        lambda site: write_files(site, {"tag/CNAME": "x", "tag/.hidden": "x", "x.cablepress-new": "half a p"}),
        [("manifest-file-unknown", ["tag/.hidden", "tag/CNAME", "x.cablepress-new"])],
    ),
    "a link to the very file": (
        lambda site: link_to(site / "tag/PGOV.html", site.parent / "PGOV"),
        [("manifest-file-changed", ["tag/PGOV.html"])],
    ),
    "a link to a folder": (
        lambda site: link_to(site / "more", site.parent),
        [("manifest-file-unknown", ["more"])],
    ),
    "a name that is no text": (
        lambda site: (site / os.fsdecode(b"\xff.html")).write_text("x"),
        [("manifest-file-unknown", ["\udcff.html"])],
    ),
    "the folder of git": (lambda site: write_files(site, {".git/HEAD": "x"}), []),
    "git in a file": (lambda site: write_files(site, {".git": "gitdir: x"}), []),
    "the domain of a published branch": (lambda site: write_files(site, {"CNAME": "cables.example"}), []),
    "an end without a line end": (
        lambda site: (site / MANIFEST).write_text(LISTED.rstrip()),
        [],
    ),
    "another order and capitals": (
        lambda site: (site / MANIFEST).write_text(
            "".join(f"{line[:64].upper()}{line[64:]}\n" for line in reversed(LISTED.splitlines()))
        ),
        [],
    ),
    "a broken line": (
        lambda site: append(site, b"\xffzz\n\n"),
        [("manifest-line", [f"{MANIFEST}:5", f"{MANIFEST}:6"])],
    ),
    "a file listed twice, and the manifest": (
        lambda site: append(site, f"{sum_of('x')}  index.html\n{sum_of('x')}  {MANIFEST}\n".encode()),
        [("manifest-line", [f"{MANIFEST}:5", f"{MANIFEST}:6"])],
    ),
    "a path that leads out": (
        lambda site: append(site, f"{sum_of('x')}  ../secret\n{sum_of('x')}  /etc/passwd\n".encode()),
        [("manifest-line", [f"{MANIFEST}:5", f"{MANIFEST}:6"])],
    ),
    "line ends of the manifest changed": (
        lambda site: (site / MANIFEST).write_bytes(LISTED.replace("\n", "\r\n").encode()),
        [("manifest-line", [f"{MANIFEST}:{line}" for line in (1, 2, 3, 4)])],
    ),
    "a manifest that is cut": (
        lambda site: (site / MANIFEST).write_text(LISTED[: -len(".html\n")]),
        [("manifest-file-missing", ["tag/PGOV"]), ("manifest-file-unknown", ["tag/PGOV.html"])],
    ),
    "an empty manifest": (
        lambda site: (site / MANIFEST).write_bytes(b""),
        [("manifest-file-unknown", sorted(FILES))],
    ),
    "no manifest": (lambda site: (site / MANIFEST).unlink(), [("manifest-missing", [MANIFEST])]),
    "a manifest that is a folder": (
        lambda site: make_folder(site / MANIFEST),
        [("manifest-missing", [MANIFEST])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_another_is_told(site: Path, damage: str) -> None:
    do, expected = DAMAGES[damage]
    do(site)
    assert told(site) == expected


def test_of_many_problems_the_first_are_kept_and_all_are_counted(site: Path) -> None:
    for name in ("index.html", "tag/PGOV.html", "data/100%.csv"):
        (site / name).write_text("another")
    (wrong,) = verified(site, most=2).wrong
    assert (wrong.count, [problem.source for problem in wrong.first]) == (3, ["data/100%.csv", "index.html"])


def test_files_of_many_batches_are_all_compared(site: Path) -> None:
    many = {f"{number}.html": f"{number}" for number in range(1000)}
    write_files(site, many)
    append(site, "".join(f"{sum_of(text)}  {name}\n" for name, text in many.items()).encode())
    assert verified(site).wrong == []
    (site / "777.html").write_text("x")
    assert told(site) == [("manifest-file-changed", ["777.html"])]


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), "check", "--manifest", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80"},
        timeout=120,
        check=False,
    )


def test_a_damaged_site_is_told_and_mended_as_it_says(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/08STRELSAU1.txt": telegram(1)})
    build(tmp_path)
    site = tmp_path / "site"
    clean = snapshot(site)
    said = check(tmp_path)
    size = sum(map(len, clean.values())) - len(clean[MANIFEST])
    assert said.stdout == (
        f"Verified by {MANIFEST}: {len(clean) - 1} files of site, {size / 1_000_000:.1f} MB\n"
    )
    assert (said.returncode, said.stderr) == (0, f"Verifying files: 200 of {len(clean) - 1}\n")
    write_files(site, {"tag/PGOV.html": "x", "seal.svg": "<svg/>"})
    (site / "404.html").unlink()
    said = check(tmp_path)
    was = hashlib.sha256(clean["tag/PGOV.html"]).hexdigest()
    assert said.returncode == 1
    assert said.stdout.startswith(
        f"""\
error manifest-file-changed
    A file of the site has other bytes than its manifest says.
    tag/PGOV.html: its SHA-256 begins with {sum_of("x")[:12]}, not {was[:12]}
    next: Remove the file and build again, which writes it; a copy of a site is
        made again.

error manifest-file-missing
    A file that the manifest lists is not in the site.
    404.html: it is not in the site
    next: Build again, which writes the file; a copy of a site is made again.

error manifest-file-unknown
    A file lies in the site, and the manifest does not list it.
    seal.svg: the manifest does not list it
    next: Remove it; or put it into `content/`, from where a build copies it, if
        it belongs to the site.

Not as manifest-sha256.txt has it: """
    )
    (site / "tag/PGOV.html").unlink()
    (site / "seal.svg").rename(tmp_path / "content/seal.svg")
    build(tmp_path)
    assert check(tmp_path).returncode == 0
    assert snapshot(site)["seal.svg"] == b"<svg/>"


def test_programs_get_one_document(site: Path) -> None:
    (site / "index.html").unlink()
    said = check(site.parent, "--json", "--site", "site")
    document: dict[str, Any] = json.loads(said.stdout)
    assert (said.returncode, said.stderr) == (1, "")
    assert {name: document[name] for name in ("site", "files", "bytes")} == {
        "site": "site",
        "files": 4,
        "bytes": 10,
    }
    (problem,) = document["problems"]
    assert (problem["code"], problem["severity"], problem["count"]) == ("manifest-file-missing", "error", 1)
    assert problem["examples"] == [
        {"source": "index.html", "line": None, "excerpt": "", "message": "it is not in the site"}
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--site", "gone"], 2, "cablepress: there is no folder gone; build the site first: cablepress build\n"),
        (["--site", "site/index.html"], 2, "cablepress: there is no folder site/index.html; build the site first: cablepress build\n"),
    ],
)  # fmt: skip
def test_without_a_site_there_is_nothing_to_compare(
    site: Path, words: list[str], status: int, said: str
) -> None:
    ended = check(site.parent, *words)
    assert (ended.returncode, ended.stderr) == (status, said)
