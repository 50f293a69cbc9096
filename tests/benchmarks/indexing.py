"""What the search index costs: builds with it and without, in turn with Pagefind over the same pages, as whole processes.

    python tests/benchmarks/indexing.py [--rounds 3] [--alone] [COUNT ...]      (default 10000)

README.md, beside this, says how to read it. With --alone, Pagefind is left out: it wants half a megabyte of memory a page.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from cost import Cost, Failed, OutOfMemory, measure
from telegrams import identify, path_of, write_telegrams

PROGRAM = str(Path(sys.executable).with_name("cablepress"))

_SETTLED = 3.0  # seconds after which a build believes the times of files that were just written

BARE = "a build without the index"
WHOLE = "a build with it"
BARE_EDIT = "one cable edited, without"
EDIT = "one cable edited, with it"
PAGEFIND = "Pagefind, the pages of cables"
ROWS = (BARE, WHOLE, BARE_EDIT, EDIT, PAGEFIND)


class Archive:
    """An archive of one size, and what was measured of it."""

    def __init__(self, work: Path, count: int, *, alone: bool) -> None:
        self.count = count
        self.costs: dict[str, list[Cost]] = defaultdict(list)
        self.sizes: dict[str, int] = {}
        self._work = work
        self._folder = work / "ours"
        self._is_alone = alone
        self.size = write_telegrams(self._folder / "content", count)
        time.sleep(_SETTLED)

    def run_round(self, number: int) -> None:
        """Each run once."""
        for row, options in ((BARE, ["--no-search", "--no-data"]), (WHOLE, ["--no-data"])):
            for folder in ("site", ".cablepress"):
                shutil.rmtree(self._folder / folder, ignore_errors=True)
            self._build(row, options)
            self._edit(number)
            self._build(BARE_EDIT if row == BARE else EDIT, options)
        self.sizes["the index"] = _size(self._folder / "site/search")
        if not self._is_alone:
            out = self._work / "pagefind"
            shutil.rmtree(out, ignore_errors=True)
            command = ["--site", "site", "--output-path", str(out), "--glob", "cable/**/*.html"]
            self._run(PAGEFIND, [sys.executable, "-m", "pagefind", *command, "--root-selector", "article"])
            self.sizes["Pagefind's files"] = _size(out)

    def _build(self, row: str, options: list[str]) -> None:
        self._run(row, [PROGRAM, "build", "--quiet", *options])

    def _run(self, row: str, command: list[str]) -> None:
        try:
            cost = measure(command, self._folder, self._work / "log")
        except (Failed, OutOfMemory) as error:
            print(f"{row}: {error}", file=sys.stderr)
            return
        self.costs[row].append(cost)
        print(f"  {row:<32} {cost.seconds:8.2f} s", file=sys.stderr, flush=True)

    def _edit(self, number: int) -> None:
        """Put a sentence into the body of a cable, another one each time."""
        path = self._folder / "content" / path_of(identify(self.count * 3 // 4 + number), ".txt")
        body, signer = path.read_text().rsplit("\n\n", 1)
        path.write_text(f"{body} It snowed in round {number}.\n\n{signer}")

    def table(self) -> str:
        """Medians, as Markdown."""
        lines = [
            f"**{self.count:,} cables**, {self.size / 1e6:,.0f} MB of telegrams; medians of {len(self.costs[WHOLE])}",
            "",
            "| | seconds | CPU s | peak MB | others' CPU s |",
            "|---|--:|--:|--:|--:|",
        ]
        for row in ROWS:
            costs = self.costs[row]
            if costs:
                cells = (
                    f"{statistics.median(cost.seconds for cost in costs):.2f}",
                    f"{statistics.median(cost.cpu for cost in costs):.2f}",
                    f"{statistics.median(cost.memory for cost in costs) / 1e6:,.0f}",
                    f"{statistics.median(cost.others for cost in costs):.1f}",
                )
                lines.append(f"| {row} | {' | '.join(cells)} |")
        return "\n".join([*lines, "", *self._conclusions()]) + "\n"

    def _conclusions(self) -> list[str]:
        index = self._more(WHOLE, BARE)
        edit = self._more(EDIT, BARE_EDIT)
        said = [
            f"The index: {index:.2f} s, {index / self.count * 1e6:,.0f} microseconds a cable; after an edit {edit:.2f} s."
        ]
        pagefind = self.costs[PAGEFIND]
        if pagefind:
            ratio = statistics.median(cost.seconds for cost in pagefind) / index
            said.append(f"Pagefind takes {ratio:.1f} times as long.")
        said += [
            f"Size of {what}: {size / 1e6:,.1f} MB, {size / self.size:.3f} of the telegrams."
            for what, size in self.sizes.items()
        ]
        return said

    def _more(self, row: str, other: str) -> float:
        """By how many seconds a run takes longer than another of the same round."""
        pairs = zip(self.costs[row], self.costs[other], strict=True)
        return statistics.median(one.seconds - another.seconds for one, another in pairs)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000], metavar="COUNT")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="leave Pagefind out")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"))
    options = parser.parse_args()
    for count in options.counts:
        with tempfile.TemporaryDirectory(dir=options.work, prefix="cablepress-bench-") as work:
            archive = Archive(Path(work), count, alone=options.alone)
            for number in range(1, options.rounds + 1):
                archive.run_round(number)
            print(archive.table(), flush=True)


if __name__ == "__main__":
    main()
