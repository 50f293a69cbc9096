"""`make bench`: builds synthetic archives as whole processes and prints cables per second and peak memory.

    python tests/bench/run.py [COUNT ...]      (default 1000 10000)

Absolute times differ from machine to machine; compare the rows of one run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from telegrams import make_archive

MEMORY_FOLDER = Path("/dev/shm")


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB, of the largest process) of a command."""
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} failed")
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return time.perf_counter() - began, usage.ru_maxrss / scale


def main(counts: list[int]) -> None:
    work = Path(
        tempfile.mkdtemp(prefix="cablepress-bench-", dir=MEMORY_FOLDER if MEMORY_FOLDER.is_dir() else None)
    )
    program = [str(Path(sys.executable).with_name("cablepress")), "build", "--quiet"]
    print(f"{'cables':>8} {'run':<12} {'seconds':>8} {'cables/s':>9} {'peak MB':>8}")
    try:
        for count in counts:
            project = work / str(count)
            make_archive(project / "content", count)
            for run in ("cold", "unchanged"):
                seconds, peak = measure(program, project)
                print(
                    f"{count:>8} {run:<12} {seconds:>8.2f} {count / seconds:>9.0f} {peak:>8.0f}", flush=True
                )
            shutil.rmtree(project)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1000, 10000])
