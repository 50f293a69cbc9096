"""Makes the files of the parts that are due, after a look has found which these are."""

from concurrent.futures import Executor
from hashlib import sha256
from pathlib import Path

from generator.archive.address import MANIFEST
from generator.archive.catalogue import Catalogue
from generator.archive.layout import PORTAL
from generator.archive.manifest import ListedFile, manifest_line
from generator.build.reading import batches
from generator.build.report import Progress
from generator.build.workers import in_order
from generator.build.writing import Writer, is_temporary, remove, settle_on_disk, walk
from generator.parts.memory import DONE, NAMES, CutMemory, MadeFile
from generator.parts.own_files import OwnFiles, put_on_maps
from generator.parts.relink import Relinker
from generator.parts.tasks import CutJob, cut_files, decode_made, hosts_of
from generator.render.template_files import template_folders
from generator.render.templates import Templates
from generator.settings import Settings, project_lexicon

_FEW = 300  # files whose names are kept, to have the system write them out


class Making:
    """One cut, after the look."""

    def __init__(
        self,
        memory: CutMemory,
        state: Path,
        job: CutJob,
        cables: dict[str, int],
        templates: Path,
        settings: Settings,
    ) -> None:
        """`state` is the file of that name; `cables` are all parts, the portal first, and how many cables each has."""
        self._memory = memory
        self._job = job
        self._cables = cables
        self._settings = settings
        self._templates = templates
        self._catalogue = Catalogue.open(state, project_lexicon(settings))
        self._written: list[str] = []  # a few of the files that were written
        self._count = 0

    def run(
        self, stamp: str, progress: Progress, executor: Executor, workers: int, *, is_lasting: bool
    ) -> tuple[int, int]:
        """Make what is due, and remember that all is as the state of that stamp has it.

        Gives how many files were written, and how many removed.
        """
        try:
            return self._run(stamp, progress, executor, workers, is_lasting=is_lasting)
        finally:
            self._catalogue.close()

    def _run(
        self, stamp: str, progress: Progress, executor: Executor, workers: int, *, is_lasting: bool
    ) -> tuple[int, int]:
        memory, folder = self._memory, self._job.folder
        own = self._own_files()
        is_repair = not memory.recall(DONE)
        with memory.transaction():
            memory.remember(DONE, "")
            memory.remember(NAMES, " ".join(part for part in self._cables if part != PORTAL))
            memory.claim()
            for part in self._cables:
                names = [*own.addresses(part), *([MANIFEST] if self._has_manifest() else [])]
                memory.claim_own(self._job.layout.folder_of(part), names)
        leftover = self._leftover() if is_repair else []
        with memory.transaction():
            self._cut(progress, executor, workers)
            self._write_own(own)
            stale = memory.stale()
            removed = remove(folder, [*(f"{of}/{address}" for of, address in stale), *leftover])
            memory.forget(stale)
            self._write_manifests()
            if is_lasting:
                is_little = self._count <= _FEW and not is_repair
                settle_on_disk(folder, [*self._written, *removed] if is_little else None)
            memory.remember(DONE, stamp)
        return self._count, len(removed)

    def _leftover(self) -> list[str]:
        """What a killed cut has not finished."""
        return [
            f"{folder}/{address}"
            for folder in map(self._job.layout.folder_of, self._cables)
            for address in walk(self._job.folder / folder, hidden=True)
            if is_temporary(address)
        ]

    def _own_files(self) -> OwnFiles:
        put_on_maps(self._memory, self._job.layout, self._catalogue, self._cables, self._settings)
        return OwnFiles(
            self._memory,
            self._job.layout,
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
        """Write what each part has of its own, its manifest left for later."""
        writer = Writer(self._job.folder)
        for part in self._cables:
            folder = self._job.layout.folder_of(part)
            relinker = Relinker(
                layout=self._job.layout,
                part=part,
                hosts=hosts_of(self._job),
                everywhere=self._job.everywhere,
                is_searched=self._job.is_searched,
            )
            for address, data in own.files(part, relinker):
                self._write(writer, folder, address, data)

    def _write_manifests(self) -> None:
        """Write which files each part has, and what they hold; once all others are as they are to be."""
        writer = Writer(self._job.folder)
        for folder in map(self._job.layout.folder_of, self._cables if self._has_manifest() else ()):
            lines = (
                manifest_line(ListedFile(address, digest))
                for address, digest in self._memory.sums(folder)
                if address != MANIFEST
            )
            self._write(writer, folder, MANIFEST, b"".join(lines))

    def _write(self, writer: Writer, folder: str, address: str, data: bytes) -> None:
        is_new = writer.write(f"{folder}/{address}", data)
        self._note([MadeFile(folder, address, len(data), sha256(data).digest(), is_new=is_new)])

    def _note(self, made: list[MadeFile]) -> None:
        self._memory.note(made)
        new = [f"{one.folder}/{one.address}" for one in made if one.is_new]
        self._count += len(new)
        if len(self._written) <= _FEW:
            self._written += new
