"""The data files of a build: which parts of them are due, and what they are written of.

months with changes -> parts that are due -> records: of the spool, of the part as it was, or read once more -> files

Nothing else keeps the records: the part that the last build wrote is their store, if it still is what was written, and the
lines of cables that did not change are copied from it. A part of another name than before is made of records that are read
again. Every file is whole or not there; a build that ends among them leaves parts that are not as the state remembers.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import FileIO
from uuid import uuid4

from msgspec import Struct

from generator.archive.address import DATA as DATA_PAGE
from generator.archive.address import DATA_PACKAGE, DATABASE, data_address
from generator.archive.state import State
from generator.build.data_memory import DATA, DataMemory, KnownFile, Member
from generator.build.gathering import note_words, unit_tasks
from generator.build.job import Job, desk_of
from generator.build.long_files import NewFile, NotAsWritten, digest_of, verified_lines
from generator.build.place import Place
from generator.build.reading import batches, decode_batch
from generator.build.rendering import Written, write_file
from generator.build.report import Progress
from generator.build.span_tasks import read_words
from generator.build.workers import in_order
from generator.build.writing import Writer
from generator.data.database import write_database
from generator.data.datapackage import data_package
from generator.data.files import DataFile
from generator.data.parts import Month, MonthSize, Part, cut, holds
from generator.data.records import address_of_line, address_of_row, header, placed_line, placed_row
from generator.lexicon import Lexicon
from generator.render.public import layout_of
from generator.settings import Settings

_OPEN = 32  # files of the spool

# What a part is to be written of: the part as it was, if that is of use.
Old = KnownFile | None


class _Form(Struct, frozen=True):
    """One form of a record, and of the files that hold it."""

    ending: str
    place: Callable[[bytes, str], bytes]  # put the address in
    address: Callable[[bytes], str]  # of a line of the file
    header: bytes = b""


_ROWS = _Form("csv", placed_row, address_of_row, header())
_LINES = _Form("jsonl", placed_line, address_of_line)


class _Planned(Struct, frozen=True):
    """A part that the site is to have."""

    address: str
    form: _Form
    part: Part


class DataFiles:
    """Brings the data files up to date with the state."""

    def __init__(
        self, state: State, place: Place, job: Job, lexicon: Lexicon, data: str, progress: Progress
    ) -> None:
        """`data` says which files there are to be, and of what site they tell; '' for none."""
        self._state = state
        self._place = place
        self._job = job
        self._lexicon = lexicon
        self._data = data.encode()
        self._progress = progress
        self._memory = DataMemory(state)
        self._known: dict[str, KnownFile] = {}
        self._files: dict[str, KnownFile] = {}  # as they are now
        self._written: list[Written] = []
        self._is_whole = True  # every cable has its record in every file

    def run(self) -> list[Written]:
        """Bring them up to date; gives the files that were written."""
        with self._state.little_cache():
            return self._bring_up_to_date()

    def _bring_up_to_date(self) -> list[Written]:
        self._known = self._memory.files()
        if not self._data:
            self._leave_out()
            return []
        if self._memory.unrecorded():
            self._read_again()
        due = self._memory.due_months()
        planned = self._plan()
        todo = [one for one in planned if self._is_due(one, due)]
        settings = self._place.settings.data
        wanted = {one.address for one in planned} | {DATA_PACKAGE, DATA_PAGE}
        if settings.sqlite:
            wanted.add(DATABASE)
        is_same = self._state.recall(DATA) == self._data and wanted == self._known.keys()
        if is_same and not due and all(file.size is not None for file in self._known.values()):
            self._memory.forget_due()
            return []
        with self._state.transaction():
            self._memory.announce(wanted)
        self._write_parts(planned, todo)
        if settings.sqlite:
            self._write_database(planned, is_due=bool(due or todo) or not is_same)
        self._describe(planned)
        with self._state.transaction():
            self._memory.remember(list(self._files.values()), self._known.keys() - wanted)
            self._state.remember(DATA, self._data)
            self._memory.forget_due()
        return self._written

    def _leave_out(self) -> None:
        """Have no data files."""
        if self._known or self._state.recall(DATA) is not None:
            with self._state.transaction():
                self._memory.remember([], self._known)
                self._state.remember(DATA, None)
                self._state.db.execute("DELETE FROM record")
        self._memory.forget_due()

    def _plan(self) -> list[_Planned]:
        """The parts of an archive as it is."""
        rows, lines = self._memory.months()
        settings = self._place.settings.data
        forms: list[tuple[_Form, list[MonthSize]]] = []
        if settings.csv:
            forms.append((_ROWS, rows))
        if settings.jsonl:
            forms.append((_LINES, lines))
        return [
            _Planned(data_address(part.name, form.ending), form, part)
            for form, months in forms
            for part in cut(months)
        ]

    def _is_due(self, planned: _Planned, due: Iterable[Month]) -> bool:
        known = self._known.get(planned.address)
        return known is None or known.size is None or any(holds(planned.part.name, month) for month in due)

    # Parts

    def _write_parts(self, planned: list[_Planned], todo: list[_Planned]) -> None:
        due = {one.address for one in todo}
        for one in planned:
            if one.address in due:
                self._write_part(one)
            else:
                self._files[one.address] = self._known[one.address]
            self._progress("Writing data", len(self._files), len(planned))

    def _write_part(self, planned: _Planned) -> None:
        """Write a part; of the part as it was only if that proves to be what was written."""
        known = self._known.get(planned.address)
        if known is not None and known.size is not None and known.digest is not None:
            try:
                self._make_part(planned, known)
            except NotAsWritten:
                pass
            else:
                return
        self._make_part(planned, None)

    def _make_part(self, planned: _Planned, old: Old) -> None:
        self._memory.unread(planned.part.months, due_alone=old is not None)
        self._read_again()
        with NewFile(self._place.site, planned.address) as file:
            made = file.write(self._content(planned, old))
            is_new = old is None or made.digest != old.digest
            if is_new:
                file.take_its_place()
        self._note(
            planned.address, planned.form.ending, planned.part.name, made.size, made.digest, is_new=is_new
        )

    def _content(self, planned: _Planned, old: Old) -> Iterator[bytes]:
        """The lines of a part."""
        form = planned.form
        kept: Iterator[bytes] = iter(())
        if old is not None:
            kept = verified_lines(self._place.site / old.address, old.size or 0, old.digest or b"")
            if form.header and next(kept, None) != form.header:
                raise NotAsWritten(old.address)
        if form.header:
            yield form.header
        for address, line in self._records(form, planned.part.months, kept, is_kept=old is not None):
            yield form.place(line, address) if address else line
        for _ in kept:
            pass  # to its end, where it proves to be what was written

    def _records(
        self, form: _Form, months: Iterable[Month], kept: Iterator[bytes], *, is_kept: bool
    ) -> Iterator[tuple[str, bytes]]:
        """The records of some months, in order, each with the address that is to be put in, '' where it has it."""
        with _Spool(self._job) as spool:
            for month in months:
                for member in self._memory.members(month):
                    if member.name is not None:
                        yield member.address, spool.record(member, is_row=form is _ROWS)
                    elif is_kept and not member.is_due:
                        yield "", _line_of(member.address, form, kept)
                    else:
                        self._is_whole = (
                            False  # its source has changed since, and the next build will read it
                        )

    def _read_again(self) -> None:
        """Read the units once more whose records are not at hand."""
        place, job = self._place, self._job
        tasks = unit_tasks(self._state.db, self._memory.units_unread(), place.content)
        calls = ((job, f"data-{uuid4().hex[:8]}", batch) for batch in batches(tasks))
        for sent in in_order(place.executor, place.workers, read_words, calls):
            with self._state.transaction():
                note_words(self._state, decode_batch(job, sent))

    # What is made of them

    def _write_database(self, planned: list[_Planned], *, is_due: bool) -> None:
        known = self._known.get(DATABASE)
        if known is not None and known.size is not None and not is_due:
            self._files[DATABASE] = known
            return
        parts = [one for one in planned if one.form is _LINES]
        if not parts:
            self._memory.unread(self._months(), due_alone=False)
            self._read_again()
        with NewFile(self._place.site, DATABASE) as file:
            lines = self._lines_of_files(parts) if parts else self._lines_of_spool()
            try:
                write_database(file.temporary, lines, self._lexicon)
            except NotAsWritten:
                for one in parts:
                    self._make_part(one, None)
                file.temporary.unlink(missing_ok=True)
                write_database(file.temporary, self._lines_of_files(parts), self._lexicon)
            made = digest_of(file.temporary)
            is_new = known is None or known.size is None or known.digest != made.digest
            if is_new:
                file.take_its_place()
        self._note(DATABASE, "sqlite", "", made.size, made.digest, is_new=is_new)

    def _months(self) -> list[Month]:
        return [month.month for month in self._memory.months()[0]]

    def _lines_of_files(self, parts: Iterable[_Planned]) -> Iterator[bytes]:
        for one in parts:
            file = self._files[one.address]
            yield from verified_lines(self._place.site / one.address, file.size or 0, file.digest or b"")

    def _lines_of_spool(self) -> Iterator[bytes]:
        for address, line in self._records(_LINES, self._months(), iter(()), is_kept=False):
            yield placed_line(line, address)

    def _describe(self, planned: list[_Planned]) -> None:
        """Write the data package and the page, which tell of all files."""
        cables = {one.address: one.part.cables for one in planned}
        files = [
            DataFile(
                address=file.address,
                ending=file.ending,
                part=file.part,
                cables=cables.get(file.address, self._total()),
                size=file.size or 0,
                sha256=(file.digest or b"").hex(),
            )
            for file in self._files.values()
        ]
        settings = self._place.settings
        writer = Writer(self._place.site)
        page = desk_of(self._job).renderer.data_page(files)
        for address, ending, text in (
            (DATA_PACKAGE, "json", data_package(files, settings, partial(_way_to, settings))),
            (DATA_PAGE, "html", page.text.encode()),
        ):
            made = write_file(writer, address, address, text)
            self._note(address, ending, "", made.size, made.sha256, is_new=made.is_new)

    def _total(self) -> int:
        return int(self._state.db.execute("SELECT count(*) FROM cable").fetchone()[0])

    def _note(self, address: str, ending: str, part: str, size: int, digest: bytes, *, is_new: bool) -> None:
        """Note a file that is as it should be; one that lacks a cable is due at once."""
        self._files[address] = KnownFile(address, ending, part, digest, size if self._is_whole else None)
        if self._is_whole:
            self._written.append(Written(address, address, size, is_new, digest))


def _way_to(settings: Settings, file: DataFile) -> str:
    """The way from the data package to a file; to one that another part of a split archive has, its full address."""
    layout = layout_of(settings)
    return layout.public(file.address) if layout and layout.part_of(file.address) else file.name


def _line_of(address: str, form: _Form, kept: Iterator[bytes]) -> bytes:
    """The line of a cable in a part as it was; those before it are of cables that are no more there."""
    for line in kept:
        if form.address(line) == address:
            return line
    raise NotAsWritten(address)


class _Spool:
    """Reads records from the spool; its files are open, a few at a time."""

    def __init__(self, job: Job) -> None:
        if job.spool is None:
            raise ValueError("a job without a spool has no records")
        self._folder = job.spool
        self._open: dict[str, FileIO] = {}

    def __enter__(self) -> "_Spool":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def record(self, member: Member, *, is_row: bool) -> bytes:
        name = member.name or ""
        file = self._open.get(name)
        if file is None:
            if len(self._open) == _OPEN:
                self._open.pop(next(iter(self._open))).close()
            file = self._open[name] = (self._folder / name).open("rb", buffering=0)
        file.seek(member.at if is_row else member.at + member.row)
        return file.read(member.row if is_row else member.line)
