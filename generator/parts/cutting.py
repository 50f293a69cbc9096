"""Cuts a site into the parts of a split archive: after a build, and of what the build has written alone.

    files of the site -> which part has each, and what changed -> (commit) -> batches of files -> files of the parts
      -> what each part has of its own -> remove what is stale -> (commit)

A file of a part is due when the file of the site that it is made of was written anew, or what else it is made of changed. So a
cut after an edit gives the bytes that a cut of all would give. Each file is written whole or not at all, none that is not ours
is removed, and what a killed cut has left is taken up by the next.
"""

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from generator.archive.catalogue import Catalogue
from generator.archive.layout import PART, PORTAL, Layout
from generator.build.engine import STATE_FOLDER
from generator.build.lock import locked
from generator.build.look import INPUTS
from generator.build.reading import batches
from generator.build.report import BuildFailed, BuildRefused, Progress, near
from generator.build.workers import in_order
from generator.build.writing import Writer, is_temporary, remove, settle_on_disk, walk
from generator.parts.choosing import count_cables, stamp_of, wanted_files
from generator.parts.memory import CutMemory, MadeFile
from generator.parts.own_files import MANIFEST, OwnFiles, put_on_maps
from generator.parts.relink import Relinker
from generator.parts.tasks import CutJob, cut_files, decode_made, hosts_of
from generator.render.public import layout_of
from generator.render.template_files import template_folders
from generator.render.templates import Templates
from generator.render.theme import logo_address
from generator.settings import Settings, project_lexicon

_STATE = "state.sqlite"
_MEMORY = "parts.sqlite"
# What is remembered: of which state the last cut was finished, and the parts that it made.
_DONE, _NAMES = "done", "parts"
_FEW = 300  # files whose names are kept, to have the system write them out


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an archive as it lies on the disk."""

    name: str  # '1974', '1970s', 'astana'; '' for the portal
    folder: Path
    url: str  # where it is served; ends in '/'
    remote: str  # the repository that it is pushed to, '' where settings do not say
    files: int
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReport:
    """What was done."""

    parts: tuple[Part, ...]  # the portal first
    written: int  # files new or changed
    removed: int
    nothing_to_do: bool = False


def cut_site(
    project: Path,
    settings: Settings,
    *,
    site: Path,
    progress: Progress,
    executor: Executor,
    workers: int,
    state: Path | None = None,
    folder: Path | None = None,
    is_lasting: bool = True,
) -> CutReport | None:
    """Cut a site that was just built into its parts; None where the archive is not split.

    `state` is the folder of what the build remembers, `folder` that of the parts, where these are not the project's. Raises
    BuildRefused where there is no site or its parts cannot lie where they should, BuildFailed where the disk does not let it
    finish.
    """
    layout = layout_of(settings)
    if layout is None:
        return None
    state = state or project / STATE_FOLDER
    parts = folder or project / settings.publish.parts
    if parts.exists() and not parts.is_dir():
        raise BuildRefused(f"{near(parts)} is a file; name another folder as publish.parts, or remove it")
    if not (state / _STATE).is_file():
        raise BuildRefused("there is no site to be cut into parts; build it: cablepress build")
    with _telling_failures(state), locked(state, "a build"):
        parts.mkdir(parents=True, exist_ok=True)
        memory = CutMemory(state / _MEMORY)
        catalogue = Catalogue.open(state / _STATE, project_lexicon(settings))
        try:
            cut = _Cut(memory, catalogue, layout, settings, project, state, site.absolute(), parts.absolute())
            return cut.run(progress, executor, workers, is_lasting=is_lasting)
        finally:
            catalogue.close()
            memory.close()


def parts_of(project: Path, settings: Settings) -> tuple[Part, ...]:
    """The parts of an archive, the portal first, as the last build has cut them; none where it is not split, or not cut yet."""
    layout = layout_of(settings)
    file = project / STATE_FOLDER / _MEMORY
    if layout is None or not file.is_file():
        return ()
    memory = CutMemory(file)
    try:
        return _parts(memory, layout, settings, project / settings.publish.parts)
    finally:
        memory.close()


def _parts(memory: CutMemory, layout: Layout, settings: Settings, folder: Path) -> tuple[Part, ...]:
    sizes = memory.sizes()
    names = memory.recall(_NAMES).split()
    remote = settings.publish.part_remote
    return tuple(
        Part(
            name=name,
            folder=folder / layout.folder_of(name),
            url=layout.url_of(name),
            remote=remote.replace(PART, name) if name else "",
            files=sizes.get(layout.folder_of(name), (0, 0))[0],
            size=sizes.get(layout.folder_of(name), (0, 0))[1],
        )
        for name in (PORTAL, *names)
    )


class _Cut:
    """One cut."""

    def __init__(
        self,
        memory: CutMemory,
        catalogue: Catalogue,
        layout: Layout,
        settings: Settings,
        project: Path,
        state: Path,
        site: Path,
        folder: Path,
    ) -> None:
        self._memory = memory
        self._catalogue = catalogue
        self._layout = layout
        self._settings = settings
        self._templates = project / settings.templates
        self._state = state / _STATE
        self._folder = folder
        self._cables = count_cables(catalogue.db, layout)
        logo = logo_address(settings)
        self._job = CutJob(
            layout=layout,
            parts=tuple(self._cables),
            site=site,
            folder=folder,
            everywhere=frozenset([logo] if logo else []),
            is_searched=settings.search.enabled,
        )
        self._written: list[str] = []  # a few of the files that were written
        self._count = 0

    def run(self, progress: Progress, executor: Executor, workers: int, *, is_lasting: bool) -> CutReport:
        memory = self._memory
        done = memory.recall(_DONE)
        stamp = f"{stamp_of(self._state)} {self._folder} {self._job.site}"
        program = msgspec.json.decode(self._recalled(), type=_Made).program
        memory.want(wanted_files(self._catalogue.db, self._job, program))
        memory.find_due()
        memory.make_due(self._lost())
        if done == stamp and not memory.count_due():
            return CutReport(parts=self._parts(), written=0, removed=0, nothing_to_do=True)
        own = self._own_files()
        with memory.transaction():
            memory.remember(_DONE, "")
            memory.remember(_NAMES, " ".join(part for part in self._cables if part != PORTAL))
            memory.claim()
            for part in self._cables:
                names = [*own.addresses(part), *([MANIFEST] if self._has_manifest() else [])]
                memory.claim_own(self._layout.folder_of(part), names)
        leftover = self._leftover() if not done else []
        with memory.transaction():
            self._cut(progress, executor, workers)
            self._write_own(own)
            stale = memory.stale()
            removed = remove(self._folder, [*(f"{folder}/{name}" for folder, name in stale), *leftover])
            memory.forget(stale)
            if is_lasting:
                changed = [*self._written, *removed]
                settle_on_disk(self._folder, changed if self._count <= _FEW and done else None)
            memory.remember(_DONE, stamp)
        return CutReport(parts=self._parts(), written=self._count, removed=len(removed))

    def _recalled(self) -> bytes:
        found = self._catalogue.db.execute("SELECT value FROM meta WHERE key = ?", (INPUTS,)).fetchone()
        if found is None:
            raise BuildRefused("there is no site to be cut into parts; build it: cablepress build")
        return bytes(found[0])

    def _lost(self) -> Iterator[tuple[str, str]]:
        """The files that are known to be there, and are not."""
        root = os.fspath(self._folder)
        for folder, address, size in self._memory.known():
            try:
                is_there = os.lstat(f"{root}/{folder}/{address}").st_size == size
            except OSError:
                is_there = False
            if not is_there:
                yield folder, address

    def _leftover(self) -> list[str]:
        """What a killed cut has not finished."""
        return [
            f"{folder}/{address}"
            for folder in map(self._layout.folder_of, self._cables)
            for address in walk(self._folder / folder, hidden=True)
            if is_temporary(address)
        ]

    def _own_files(self) -> OwnFiles:
        put_on_maps(self._memory, self._layout, self._catalogue, self._cables, self._settings)
        return OwnFiles(
            self._memory,
            self._layout,
            self._cables,
            self._catalogue,
            project_lexicon(self._settings),
            Templates(template_folders(self._templates)),
            self._settings,
        )

    def _has_manifest(self) -> bool:
        """Whether the site has a manifest of its files; then each part has one of its own."""
        query = "SELECT 1 FROM page WHERE address = ?"
        return self._catalogue.db.execute(query, (MANIFEST,)).fetchone() is not None

    def _cut(self, progress: Progress, executor: Executor, workers: int) -> None:
        due = self._memory.count_due()
        calls = ((self._job, batch) for batch in batches(self._memory.due()))
        done = 0
        for sent in in_order(executor, workers, cut_files, calls):
            made = decode_made(sent)
            self._note(made)
            done += len(made)
            progress("Cutting into parts", done, due)

    def _write_own(self, own: OwnFiles) -> None:
        """Write what each part has of its own, its manifest last."""
        writer = Writer(self._folder)
        for part in self._cables:
            folder = self._layout.folder_of(part)
            relinker = Relinker(
                layout=self._layout,
                part=part,
                hosts=hosts_of(self._job),
                everywhere=self._job.everywhere,
                is_searched=self._job.is_searched,
            )
            for address, data in own.files(part, relinker):
                self._write(writer, folder, address, data)
            if self._has_manifest():
                sums = (item for item in self._memory.sums(folder) if item[0] != MANIFEST)
                lines = (f"{digest.hex()}  {address}\n" for address, digest in sums)
                self._write(writer, folder, MANIFEST, "".join(lines).encode())

    def _write(self, writer: Writer, folder: str, address: str, data: bytes) -> None:
        is_new = writer.write(f"{folder}/{address}", data)
        self._note([MadeFile(folder, address, len(data), sha256(data).digest(), is_new=is_new)])

    def _note(self, made: list[MadeFile]) -> None:
        self._memory.note(made)
        new = [f"{one.folder}/{one.address}" for one in made if one.is_new]
        self._count += len(new)
        if len(self._written) <= _FEW:
            self._written += new

    def _parts(self) -> tuple[Part, ...]:
        return _parts(self._memory, self._layout, self._settings, self._folder)


class _Made(msgspec.Struct):
    """Of what a site depends on, what made it."""

    program: str


@contextmanager
def _telling_failures(state: Path) -> Iterator[None]:
    """Have what goes wrong be told as a build tells it."""
    try:
        yield
    except BrokenExecutor as error:
        raise BuildFailed(
            "a worker was ended by the system, perhaps for want of memory; fewer need less: --workers 1"
        ) from error
    except OSError as error:
        where = f"{near(error.filename)}: " if error.filename else ""
        raise BuildFailed(f"{where}{error.strerror or error}") from error
    except sqlite3.DatabaseError as error:
        raise BuildFailed(f"{near(state)}: {error}") from error
