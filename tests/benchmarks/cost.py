"""What a command costs as a whole process: seconds, CPU, and the memory of all processes that it starts.

Memory is the proportional set size, summed over the tree: a page that ten processes share counts once. It is looked
at while the command runs, so that a peak of some milliseconds may go unseen. Linux only.
"""

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_SHORTEST, _LONGEST = 0.01, 0.2  # seconds between two looks
_DEAREST = 0.04  # share of a core that looking may take
_RESERVE = 700_000_000  # bytes that the machine must have left


class OutOfMemory(Exception):
    """The command was ended, since the machine had no memory left."""


class Failed(Exception):
    """The command ended with another status than 0; holds the end of what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took."""

    seconds: float
    cpu: float  # seconds, of all its processes
    memory: int  # bytes at the peak, of all its processes
    others: float  # seconds of CPU that other programs of the machine took meanwhile


def measure(command: list[str], folder: Path, log: Path) -> Cost:
    """Run a command in a folder; what it says goes to a file.

    The command has a session of its own, by which its processes are found, and which ends with it, whatever happens.
    """
    busy = _busy()
    began = time.perf_counter()
    with log.open("wb") as said:
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(child.pid)
        try:
            watch.start()
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
        finally:
            watch.stop()
            _end(child.pid)
    cpu = usage.ru_utime + usage.ru_stime
    if watch.ran_out:
        raise OutOfMemory
    if child.returncode:
        raise Failed(
            f"{' '.join(command)} ended with {child.returncode}:\n{log.read_text('utf-8', 'replace')[-2000:]}"
        )
    others = max(0.0, _busy() - busy - cpu - watch.cpu)
    return Cost(seconds=seconds, cpu=cpu, memory=watch.peak, others=others)


class _Watch(threading.Thread):
    """Looks at the memory of a session until it is told to stop."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.ran_out = False
        self.cpu = 0.0
        self._session = session
        self._over = threading.Event()

    def run(self) -> None:
        pause = _SHORTEST
        while not self._over.wait(pause):
            began = time.thread_time()
            self.peak = max(self.peak, _memory_of(self._session))
            if _available() < _RESERVE:
                self.ran_out = True
                _end(self._session)
            took = time.thread_time() - began
            self.cpu += took
            pause = max(took / _DEAREST, min(_LONGEST, pause * 1.2))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _memory_of(session: int) -> int:
    """Bytes of all processes of a session."""
    total = 0
    for name in os.listdir("/proc"):  # noqa: PTH208 - many times a second
        if not name.isdigit():
            continue
        try:
            fields = _read(f"/proc/{name}/stat").rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += next(
                    int(line.split()[1]) * 1024
                    for line in _read(f"/proc/{name}/smaps_rollup").splitlines()
                    if line.startswith("Pss:")
                )
        except (OSError, StopIteration):
            continue  # it has ended meanwhile
    return total


def _available() -> int:
    """Bytes of memory that the machine can still give."""
    for line in _read("/proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return _RESERVE


def _busy() -> float:
    """Seconds of CPU that the machine has spent on anything so far."""
    user, nice, system, _idle, _wait, *interrupts = map(
        int, _read("/proc/stat").split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts)) / _TICKS


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - read many times a second
        return file.read()


def _end(session: int) -> None:
    """End every process that the command has left behind."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)
