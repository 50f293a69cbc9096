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
from pathlib import Path

import msgspec

from generator.archive.layout import PART, PORTAL, Layout
from generator.archive.state import connect_to_read
from generator.build.engine import STATE_FOLDER
from generator.build.lock import locked
from generator.build.look import INPUTS
from generator.build.report import BuildFailed, BuildRefused, Progress, near
from generator.parts.choosing import count_cables, stamp_of, wanted_files
from generator.parts.memory import DONE, NAMES, CutMemory
from generator.parts.tasks import CutJob
from generator.render.public import layout_of
from generator.render.theme import logo_address
from generator.settings import Settings

STATE = "state.sqlite"
MEMORY = "parts.sqlite"


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
    if not (state / STATE).is_file():
        raise BuildRefused("there is no site to be cut into parts; build it: cablepress build")
    with _telling_failures(state), locked(state, "a build"):
        parts.mkdir(parents=True, exist_ok=True)
        memory = CutMemory(state / MEMORY)
        try:
            cut = _Cut(
                memory,
                layout,
                settings,
                state=state / STATE,
                site=site.absolute(),
                folder=parts.absolute(),
                templates=project / settings.templates,
            )
            return cut.run(progress, executor, workers, is_lasting=is_lasting)
        finally:
            memory.close()


def parts_of(project: Path, settings: Settings) -> tuple[Part, ...]:
    """The parts of an archive, the portal first, as the last build has cut them; none where it is not split, or not cut yet."""
    layout = layout_of(settings)
    file = project / STATE_FOLDER / MEMORY
    if layout is None or not file.is_file():
        return ()
    memory = CutMemory(file)
    try:
        return _parts(memory, layout, settings, project / settings.publish.parts)
    finally:
        memory.close()


def stamp_of_cut(state: Path, folder: Path, site: Path) -> str:
    """What names a cut: of which state, of which site, and where its parts lie."""
    return f"{stamp_of(state)} {folder} {site}"


def _parts(memory: CutMemory, layout: Layout, settings: Settings, folder: Path) -> tuple[Part, ...]:
    sizes = memory.sizes()
    names = memory.recall(NAMES).split()
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
    """A look at what a cut has to do, and the way to it."""

    def __init__(
        self,
        memory: CutMemory,
        layout: Layout,
        settings: Settings,
        *,
        state: Path,
        site: Path,
        folder: Path,
        templates: Path,
    ) -> None:
        self._memory = memory
        self._settings = settings
        self._state = state
        self._templates = templates
        self._db = connect_to_read(state)
        self._cables = count_cables(self._db, layout)
        logo = logo_address(settings)
        self._job = CutJob(
            layout=layout,
            parts=tuple(self._cables),
            site=site,
            folder=folder,
            everywhere=frozenset([logo] if logo else []),
            is_searched=settings.search.enabled,
        )

    def run(self, progress: Progress, executor: Executor, workers: int, *, is_lasting: bool) -> CutReport:
        memory, job = self._memory, self._job
        stamp = stamp_of_cut(self._state, job.folder, job.site)
        try:
            memory.want(wanted_files(self._db, job, self._program()))
        finally:
            self._db.close()
        memory.find_due()
        memory.make_due(self._lost())
        is_same = memory.recall(DONE) == stamp and not memory.count_due()
        written = removed = 0
        if not is_same:
            # The rest of the program is needed only now.
            from generator.parts.making import Making

            making = Making(memory, self._state, job, self._cables, self._templates, self._settings)
            written, removed = making.run(stamp, progress, executor, workers, is_lasting=is_lasting)
        return CutReport(
            parts=_parts(memory, job.layout, self._settings, job.folder),
            written=written,
            removed=removed,
            nothing_to_do=is_same,
        )

    def _program(self) -> str:
        """What names the program that made the site."""
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (INPUTS,)).fetchone()
        if found is None:
            raise BuildRefused("there is no site to be cut into parts; build it: cablepress build")
        return msgspec.json.decode(found[0], type=_Made).program

    def _lost(self) -> Iterator[tuple[str, str]]:
        """The files that are known to be there, and are not."""
        root = os.fspath(self._job.folder)
        for folder, address, size in self._memory.known():
            try:
                is_there = os.lstat(f"{root}/{folder}/{address}").st_size == size
            except OSError:
                is_there = False
            if not is_there:
                yield folder, address


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
