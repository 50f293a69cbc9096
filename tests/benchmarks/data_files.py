"""What the data files cost: builds with them and without, as whole processes, and the memory that the stage takes by itself.

    python tests/benchmarks/data_files.py [--rounds 3] [COUNT ...]        builds (default 10000)
    python tests/benchmarks/data_files.py --stage [COUNT ...]             the stage alone (default 10000 100000)

README.md, beside this, says how to read it. The stage alone works with a few hundred telegrams, each many times over with other
ids and dates, so that its memory and time are seen without those of reading.
"""

import argparse
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

import msgspec
from cost import Cost, measure
from telegrams import as_telegram, draft, identify, path_of, write_telegrams

PROGRAM = str(Path(sys.executable).with_name("cablepress"))

_SETTLED = 3.0  # seconds after which a build believes the times of files that were just written

BARE = "a build without data"
WHOLE = "a build with CSV and JSON Lines"
BARE_EDIT = "one cable edited, without"
EDIT = "one cable edited, with them"
DATABASE = "with SQLite too"
ROWS = (BARE, WHOLE, DATABASE, BARE_EDIT, EDIT)

_OPTIONS = "[data]\nsqlite = true\n"
# Of the stage alone.
_DIFFERENT = 500  # telegrams
_BATCH = 250
_STATE = "state/state.sqlite"
_TODAY = Day(2026, 1, 1)


class Archive:
    """An archive of one size, and what was measured of it."""

    def __init__(self, work: Path, count: int) -> None:
        self.count = count
        self.costs: dict[str, list[Cost]] = defaultdict(list)
        self.sizes: dict[str, int] = {}
        self._work = work
        self._folder = work / "ours"
        self.size = write_telegrams(self._folder / "content", count)
        time.sleep(_SETTLED)

    def run_round(self, number: int, *, with_database: bool) -> None:
        """Each run once."""
        for row, options in ((BARE, ["--no-data"]), (WHOLE, [])):
            self._clear()
            self._build(row, options)
            self._edit(number)
            self._build(BARE_EDIT if row == BARE else EDIT, options)
        self._weigh()
        if with_database:
            self._clear()
            (self._folder / "cablepress.toml").write_text(_OPTIONS)
            self._build(DATABASE, [])
            self._weigh()
            (self._folder / "cablepress.toml").unlink()

    def _clear(self) -> None:
        for folder in ("site", ".cablepress"):
            shutil.rmtree(self._folder / folder, ignore_errors=True)

    def _weigh(self) -> None:
        for file in sorted((self._folder / "site/data").iterdir()):
            kind = file.suffix[1:]
            if kind in ("csv", "jsonl", "sqlite"):
                self.sizes[kind] = sum(
                    one.stat().st_size for one in file.parent.iterdir() if one.suffix == file.suffix
                )

    def _build(self, row: str, options: list[str]) -> None:
        command = [PROGRAM, "build", "--quiet", "--no-search", *options]
        cost = measure(command, self._folder, self._work / "log")
        self.costs[row].append(cost)
        print(f"  {row:<34} {cost.cpu:8.2f} s of CPU", file=sys.stderr, flush=True)

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
            "| | CPU s | seconds | peak MB | others' CPU s |",
            "|---|--:|--:|--:|--:|",
        ]
        for row in ROWS:
            if costs := self.costs[row]:
                cells = (
                    f"{statistics.median(cost.cpu for cost in costs):.2f}",
                    f"{statistics.median(cost.seconds for cost in costs):.2f}",
                    f"{statistics.median(cost.memory for cost in costs) / 1e6:,.0f}",
                    f"{statistics.median(cost.others for cost in costs):.1f}",
                )
                lines.append(f"| {row} | {' | '.join(cells)} |")
        return "\n".join([*lines, "", *self._conclusions()]) + "\n"

    def _conclusions(self) -> list[str]:
        more = self._more(WHOLE, BARE)
        share = more / statistics.median(cost.cpu for cost in self.costs[BARE])
        return [
            f"CSV and JSON Lines: {more:.2f} s of CPU, {more / self.count * 1e6:,.0f} microseconds a cable, "
            f"{share:.0%} of a build without; after an edit {self._more(EDIT, BARE_EDIT):.2f} s.",
            *(
                f"Size of {kind}: {size / 1e6:,.1f} MB, {size / self.size:.3f} of the telegrams."
                for kind, size in self.sizes.items()
            ),
        ]

    def _more(self, row: str, other: str) -> float:
        """By how many seconds of CPU a run takes longer than another of the same round."""
        pairs = zip(self.costs[row], self.costs[other], strict=True)
        return statistics.median(one.cpu - another.cpu for one, another in pairs)


def fill(count: int, work: Path) -> None:
    """Fill a state and a spool as a build does."""
    from generator.archive.entry import entry_of
    from generator.archive.state import State
    from generator.archive.unit import Unit
    from generator.archive.update import Update
    from generator.build.gathering import note_words
    from generator.build.reading import BatchRead, Recorded
    from generator.data.records import Record, record_of
    from generator.lexicon import builtin_lexicon
    from generator.release.cleared import ClearedCable, encode_cleared
    from generator.release.ledger import Ledger
    from generator.release.release import release
    from generator.telegram.parse import parse_cable

    lexicon = builtin_lexicon()
    known: list[tuple[ClearedCable, Record]] = []
    for index in range(_DIFFERENT):
        parsed = parse_cable(as_telegram(draft(index)), source="a.txt")
        cable = release(parsed, path="a.txt", front_matter={}, ledger=Ledger(), today=_TODAY).cleared
        if cable is not None:
            known.append((cable, record_of(cable, (), 1)))
    state = State.new(work / _STATE)
    update = Update(state, lexicon, is_first=True, seen=0)
    state.db.execute("BEGIN")
    for start in range(0, count, _BATCH):
        recorded: list[Recorded] = []
        units: list[Unit] = []
        at = 0
        file = work / "spool" / f"{start:06d}.records"
        with file.open("wb") as records:
            for number in range(start, min(start + _BATCH, count)):
                cable, one = known[number % len(known)]
                path = f"{number:06d}.txt"
                cable = msgspec.structs.replace(cable, path=path, id=f"08STRELSAU{number}")
                entry = entry_of(cable, encode_cleared(cable), lexicon)
                units.append(Unit(key=path, kind="cable", entries=[entry]))
                row, line = len(one.row), len(one.line)
                recorded.append(Recorded(path, entry.year, entry.month, file.name, at, row, line))
                records.write(one.row + one.line)
                at += row + line
        update.replace(units)
        note_words(state, BatchRead(recorded=recorded))
    update.settle()
    state.db.execute("COMMIT")
    state.close()


def run_stage(count: int, work: Path) -> None:
    """Run the stage, and print what it took; what fills its state is a process of its own, so that it leaves no memory."""
    from generator.archive.state import State
    from generator.build.data_files import DataFiles
    from generator.build.job import Job
    from generator.build.place import Place
    from generator.build.workers import InThisProcess
    from generator.lexicon import builtin_lexicon
    from generator.release.ledger import Ledger
    from generator.render.template_files import builtin_templates
    from generator.settings import Settings

    for name in (Path(_STATE).parent.name, "spool", "site"):
        (work / name).mkdir()
    filling = multiprocessing.get_context("fork").Process(target=fill, args=(count, work))
    filling.start()
    filling.join()
    place = Place(
        settings=Settings(),
        content=work,
        site=work / "site",
        folder=(work / _STATE).parent,
        templates=(builtin_templates(),),
        executor=InThisProcess(),
        workers=1,
        drafts=False,
        is_lasting=False,
    )
    job = Job(
        token="data",
        settings=place.settings,
        ledger=Ledger(),
        today=_TODAY,
        drafts=False,
        content=work,
        templates=place.templates,
        theme="",
        state=place.state,
        spool=work / "spool",
        site=place.site,
    )
    state = State(place.state)
    before, began = _memory("VmHWM"), time.process_time()
    DataFiles(state, place, job, builtin_lexicon(), "data", lambda *_: None).run()
    took = time.process_time() - began
    size = sum(file.stat().st_size for file in (place.site / "data").iterdir())
    print(
        f"| {count:,} | {size / 1e6:,.0f} | {took:.2f} | {took / count * 1e6:,.0f} | {before / 1e3:,.0f} | "
        f"{_memory('VmHWM') / 1e3:,.0f} |",
        flush=True,
    )


def _memory(key: str) -> int:
    """Kilobytes of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stage", action="store_true", help="the stage alone, and its memory")
    parser.add_argument("--database", action="store_true", help="builds with SQLite, too")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"))
    options = parser.parse_args()
    if options.stage and not options.inner:
        print("| cables | MB written | CPU s | microseconds a cable | MB before | MB at its peak |")
        print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for count in options.counts or ([10_000, 100_000] if options.stage else [10_000]):
        with tempfile.TemporaryDirectory(dir=options.work, prefix="cablepress-bench-") as work:
            if options.inner:
                run_stage(count, Path(work))
            elif options.stage:
                # A process of its own: what another count has left would not be taken again.
                command = [
                    sys.executable,
                    __file__,
                    "--stage",
                    "--inner",
                    "--work",
                    str(options.work),
                    str(count),
                ]
                subprocess.run(command, check=True)
            else:
                archive = Archive(Path(work), count)
                for number in range(1, options.rounds + 1):
                    archive.run_round(number, with_database=options.database)
                print(archive.table(), flush=True)


if __name__ == "__main__":
    main()
