"""The proof of a release: nothing that the ledger holds back lies in any byte of the site.

`held_back` says what is looked for, workers look, and `leak_memory` knows what was looked through before; what stands in the
site by right is no leak.
"""

import os
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

from generator.archive.catalogue import Catalogue
from generator.archive.state import is_broken
from generator.build.by_right import subjects_of_others, without
from generator.build.held_back import redacted_alone, secrets_of
from generator.build.leak_memory import LeakMemory
from generator.build.leak_tasks import FileSearched, LeakJob, pack_secrets, search_files
from generator.build.report import Progress
from generator.build.workers import in_order
from generator.inspection.stamps import Changes, Stamp
from generator.leaks import (
    A_FOLDER,
    Leak,
    Names,
    ScanReport,
    SecretSearch,
    Unsearched,
    leaks_of,
    search_name,
    unreadable,
)
from generator.release.ledger import Ledger

_MEMORY = "leaks.sqlite"

_BATCH = 8 << 20  # bytes of the files that a worker is given at once
_KEPT_EVERY = 2.0  # seconds


class Proof:
    """One search of a site for what an archive holds back."""

    def __init__(
        self,
        site: Path,
        ledger: Ledger,
        catalogue: Catalogue,
        *,
        memory: Path,
        program: str,
        executor: Executor,
        workers: int,
        progress: Progress,
    ) -> None:
        """`memory` is the folder of what is remembered; `program` changes with all that searches."""
        self._site = site.absolute()
        self._catalogue = catalogue
        self._executor = executor
        self._workers = workers
        self._progress = progress
        self._memory = memory / _MEMORY
        self._program = program
        self._secrets = secrets_of(catalogue, ledger)
        self._search = SecretSearch(self._secrets)
        self._names = Names(self._site, self._search)
        self._leaks: list[tuple[str, Leak]] = []
        self._unsearched: list[tuple[str, Unsearched]] = []
        self._unread = 0
        self._waiting: deque[Changes] = deque()

    def run(self) -> ScanReport:
        """Look through what changed, and tell all that is known. A memory that is broken is made anew."""
        try:
            return self._run()
        except sqlite3.DatabaseError as error:
            if not is_broken(error):
                raise
            self._memory.unlink(missing_ok=True)
            return self._run()

    def _run(self) -> ScanReport:
        self._leaks.clear()
        self._unsearched.clear()
        self._waiting.clear()
        self._unread = 0
        memory = LeakMemory(self._memory, self._site, self._secrets, program=self._program)
        try:
            total = self._look_at_folders()
            self._look_at_files(memory, total)
            self._tell(memory)
            files, size = memory.stamps.totals()
        finally:
            memory.close()
        return ScanReport(
            leaks=tuple(leak for _, leak in sorted(self._leaks, key=lambda told: _order(told[0]))),
            unsearched=tuple(
                cannot for _, cannot in sorted(self._unsearched, key=lambda told: _order(told[0]))
            ),
            files=files + self._unread,
            size=int(size),
        )

    def _look_at_folders(self) -> int:
        """Look at the names of folders; gives how many files there are."""
        count = 0
        seen: set[tuple[int, int]] = set()
        for folder, below, files in os.walk(self._site, followlinks=True):
            status = Path(folder).stat()
            if (status.st_dev, status.st_ino) in seen:
                below.clear()
                continue
            seen.add((status.st_dev, status.st_ino))
            count += len(files)
            for name in below:
                address = Path(folder, name).relative_to(self._site).as_posix()
                if spots := search_name(address, self._search):
                    leaks = leaks_of(self._names.shown(address), spots)
                    self._leaks += [(address, leak) for leak in leaks]
        return count

    def _look_at_files(self, memory: LeakMemory, total: int) -> None:
        job = LeakJob(site=str(self._site), secrets=pack_secrets(self._secrets))
        total -= memory.stamps.totals()[0]
        done, kept = 0, time.monotonic()
        calls = ((job, addresses) for addresses in self._batches(memory))
        for searched in in_order(self._executor, self._workers, search_files, calls):
            changes = self._waiting.popleft()
            memory.note(changes, searched)
            self._note_unread(searched)
            done += len(changes.changed)
            if time.monotonic() - kept > _KEPT_EVERY:
                memory.commit()
                kept = time.monotonic()
            self._progress("Looking for leaks", done, max(total, done))
        memory.commit()

    def _batches(self, memory: LeakMemory) -> Iterator[list[str]]:
        """The addresses of files to be looked through, a worker's share at a time; `_waiting` has the same as changes."""
        for changes in memory.stamps.changed(self._site, follows_links=True, on_error=self._cannot_walk):
            stamps = [stamp for stamp in changes.changed if self._is_file(stamp)]
            for number, share in enumerate(_shares(stamps)):
                self._waiting.append(Changes(changed=share, gone=[] if number else changes.gone))
                yield [stamp.address for stamp in share]

    def _is_file(self, stamp: Stamp) -> bool:
        if not stamp.is_file:
            self._cannot(stamp.address, "is neither a file nor a folder")
            self._unread += 1
        return stamp.is_file

    def _cannot_walk(self, address: str, error: OSError) -> None:
        if not address or address.endswith("/"):
            self._unsearched.append((address, unreadable(A_FOLDER, error)))
        else:
            self._unsearched.append((address, unreadable(self._names.shown(address), error)))
            self._unread += 1
            leaks = leaks_of(self._names.shown(address), search_name(address, self._search))
            self._leaks += [(address, leak) for leak in leaks]

    def _note_unread(self, searched: list[FileSearched]) -> None:
        for one in searched:
            if one.unread:
                self._cannot(one.address, f"cannot be read: {one.unread}")
                self._unread += 1

    def _cannot(self, address: str, why: str) -> None:
        shown = self._names.shown(address)
        self._unsearched.append((address, Unsearched(file=shown, why=why)))
        self._leaks += [(address, leak) for leak in leaks_of(shown, search_name(address, self._search))]

    def _tell(self, memory: LeakMemory) -> None:
        """Note all that is known of files, without what stands there by right."""
        paths = {
            address: path
            for pages in redacted_alone(self._catalogue).values()
            for address, path in pages.items()
        }
        for address, spots, cannot in memory.found():
            shown = self._names.shown(address)
            path = paths.get(address)
            others = subjects_of_others(self._site, address, path, self._catalogue) if path and spots else ()
            spots_left = without(spots, self._site / address, others)
            self._leaks += [(address, leak) for leak in leaks_of(shown, spots_left)]
            self._unsearched += [(address, Unsearched(file=shown, why=why)) for why in cannot]


def _shares(stamps: list[Stamp]) -> Iterator[list[Stamp]]:
    """Files in batches of some bytes; one empty batch where there are none."""
    share: list[Stamp] = []
    size = 0
    for stamp in stamps:
        if share and size + stamp.size > _BATCH:
            yield share
            share, size = [], 0
        share.append(stamp)
        size += stamp.size
    yield share


def _order(address: str) -> tuple[tuple[str, ...], str]:
    """Files of a folder come before those of the folders in it."""
    *folders, name = address.removesuffix("/").split("/")
    return tuple(folders), name
