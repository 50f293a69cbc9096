"""What it costs to publish a site, in turn with the same files added, committed and pushed by hand.

    python tests/benchmarks/publish.py [--rounds 3] [COUNT]        (default 10000)

Both go to a bare repository on the same disk, which is empty each time. README.md, beside this, says how to read it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from cost import Cost, measure
from telegrams import write_telegrams

PROGRAM = str(Path(sys.executable).with_name("cablepress"))

HAND = "git add, commit and push by hand"
FIRST = "cablepress publish, nothing checked before"
AGAIN = "cablepress publish, checked before"
LOOK = "of that, look and check (--dry-run)"
SAME = "cablepress publish, the same site again"
ROWS = (HAND, FIRST, AGAIN, LOOK, SAME)

_OF_NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Fritz",
    "GIT_AUTHOR_EMAIL": "fritz@example.org",
    "GIT_COMMITTER_NAME": "Fritz",
    "GIT_COMMITTER_EMAIL": "fritz@example.org",
}


def main(work: Path, count: int, rounds: int) -> None:
    project, hand, remote, log = work / "ours", work / "hand", work / "remote.git", work / "log"
    write_telegrams(project / "content", count)
    subprocess.run([PROGRAM, "build", "--quiet"], cwd=project, check=True)
    shutil.copytree(project / "site", hand)
    git(project, "init", "--quiet")
    git(project, "remote", "add", "origin", str(remote))
    costs: dict[str, list[Cost]] = defaultdict(list)

    def run(row: str, folder: Path, *command: str) -> None:
        costs[row].append(measure(list(command), folder, log))

    for number in range(1, rounds + 1):
        empty(remote)
        shutil.rmtree(hand / ".git", ignore_errors=True)
        git(hand, "init", "--quiet", "--initial-branch=gh-pages")
        git(hand, "remote", "add", "origin", str(remote))
        by_hand = "git add -A && git commit --quiet -m site && git push --quiet origin gh-pages"
        run(HAND, hand, "sh", "-c", by_hand)
        pushed = size_of(remote)
        empty(remote)
        shutil.rmtree(project / ".cablepress/check", ignore_errors=True)
        run(FIRST, project, PROGRAM, "publish", "--yes")
        empty(remote)
        run(AGAIN, project, PROGRAM, "publish", "--yes")
        run(LOOK, project, PROGRAM, "publish", "--dry-run")
        run(SAME, project, PROGRAM, "publish", "--yes")
        print(
            f"round {number}: the remote has {pushed:.1f} MB by hand, {size_of(remote):.1f} MB by us",
            flush=True,
        )
    files = [path for path in (project / "site").rglob("*") if path.is_file()]
    print(
        f"{count:,} cables, {len(files):,} files, {sum(path.stat().st_size for path in files) / 1e6:,.1f} MB"
    )
    print(
        f"{'':<44}{'seconds':>9}{'beside hand':>13}{'CPU s':>8}{'beside hand':>13}{'peak MB':>9}{'others CPU':>12}"
    )
    for row in ROWS:
        seconds, cpu = ([getattr(cost, name) for cost in costs[row]] for name in ("seconds", "cpu"))
        beside = [
            statistics.median(
                getattr(cost, name) / getattr(by_hand_cost, name)
                for cost, by_hand_cost in zip(costs[row], costs[HAND], strict=True)
            )
            for name in ("seconds", "cpu")
        ]
        print(
            f"{row:<44}{statistics.median(seconds):>9.2f}{beside[0]:>13.2f}{statistics.median(cpu):>8.2f}{beside[1]:>13.2f}"
            f"{max(cost.memory for cost in costs[row]) / 1e6:>9.0f}{max(cost.others for cost in costs[row]):>12.1f}"
        )


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def empty(remote: Path) -> None:
    """A bare repository with nothing in it."""
    shutil.rmtree(remote, ignore_errors=True)
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)


def size_of(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"), help="where all of it lies")
    wished = parser.parse_args()
    os.environ.update(_OF_NOBODY)
    with tempfile.TemporaryDirectory(dir=wished.work) as folder:
        main(Path(folder), wished.count, wished.rounds)
