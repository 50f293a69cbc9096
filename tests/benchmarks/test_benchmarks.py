"""What the benchmarks rest on: telegrams that resemble an archive, the same for both programs, and nothing left behind."""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cost import Failed, measure
from hugo_site import as_markdown
from playwright.sync_api import Browser
from reading_bytes import Reader, served
from site_tools import build
from telegrams import Draft, as_telegram, draft, identify, write_telegrams

from generator import parse_cable

DRAFTS = [draft(number) for number in range(1, 1001)]

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")


def test_their_sizes_are_those_of_an_archive() -> None:
    sizes = [len(as_telegram(drawn)) for drawn in DRAFTS]
    assert 7_000 < statistics.mean(sizes) < 9_000
    assert 5_400 < statistics.median(sizes) < 6_600
    assert 30_000 < max(sizes) <= 63_000


def test_a_telegram_is_the_same_by_itself_and_in_an_archive(tmp_path: Path) -> None:
    write_telegrams(tmp_path, 20)
    assert {path.stem for path in tmp_path.rglob("*.txt")} == {identify(number).id for number in range(1, 21)}
    (path,) = tmp_path.rglob(f"{identify(7).id}.txt")
    assert path.read_text() == as_telegram(draft(7))


@pytest.mark.parametrize("drawn", DRAFTS[::100], ids=lambda drawn: drawn.identity.id)
def test_both_programs_get_the_same_cable(drawn: Draft) -> None:
    cable = parse_cable(as_telegram(drawn))
    markdown = as_markdown(drawn)
    front = re.findall(r"^(\w+): (.+)$", markdown.split("---\n")[1], re.MULTILINE)
    assert cable.warnings == ()
    assert cable.date is not None
    assert {name: json.loads(value) for name, value in front} == {
        "title": cable.subject,
        "date": cable.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cable": cable.id,
        "sender": cable.origin,
        "info": [addressee.name for addressee in cable.info],
        "refs": [reference.text for reference in cable.references],
        "tags": [tag.code for tag in cable.tags],
        "origins": [cable.post],
        "classifications": [cable.classification],
    }
    words = " ".join(markdown.split())
    assert all(block.text in words for block in cable.body if block.kind in ("paragraph", "heading"))


def test_what_a_reader_downloads_is_counted_until_it_is_shown(browser: Browser, tmp_path: Path) -> None:
    write_telegrams(tmp_path / "content", 20)
    build(tmp_path)
    site = tmp_path / "site"
    with served(site) as root:
        reader = Reader(browser, site, root)
        first, final = reader.search("harbor bridge")
        id_ = reader.look_up(identify(7).id)
    scripts = ("search.js", "lookup.js")
    assert id_.requests == 4
    assert id_.bytes > sum((site / "assets" / name).stat().st_size for name in scripts)
    assert id_.bytes < 40_000
    assert first.by_kind["search.html"] == (site / "search.html").stat().st_size
    assert {"words", "cables", "assets/find.js"} <= first.by_kind.keys()
    assert {"facets", "assets/facets.js", "search/names.js"}.isdisjoint(final.by_kind)
    assert first.bytes <= final.bytes


@linux
def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    hold = "import time; held = bytearray(50_000_000); time.sleep(1)"
    twice = (
        "import subprocess, sys;"
        f"both = [subprocess.Popen([sys.executable, '-c', {hold!r}]) for _ in range(2)];"
        "[one.wait() for one in both]"
    )
    cost = measure([sys.executable, "-c", twice], tmp_path, tmp_path / "log")
    assert 100_000_000 < cost.memory < 180_000_000


@linux
def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"ended with 3:\nbecause"):
        measure([sys.executable, "-c", "print('because'); raise SystemExit(3)"], tmp_path, tmp_path / "log")


@linux
@pytest.mark.parametrize(("end", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_half_way_it_leaves_neither_files_nor_processes(
    tmp_path: Path, end: signal.Signals, status: int
) -> None:
    program = Path(__file__).with_name("run.py")
    child = subprocess.Popen(
        [sys.executable, str(program), "--work", str(tmp_path), "500"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while child.poll() is None and not list(tmp_path.glob("*/ours/.cablepress")):
        time.sleep(0.05)
    child.send_signal(end)
    child.communicate(timeout=60)
    assert child.returncode == status
    assert list(tmp_path.iterdir()) == []
    assert [folder for folder in _working_folders() if folder.startswith(str(tmp_path))] == []


def _working_folders() -> list[str]:
    folders = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            folders.append(os.readlink(process / "cwd"))  # noqa: PTH115 - of a folder that is no more
        except OSError:
            continue
    return folders
