"""Looks for secrets in every byte of a site: names and contents of all files, hidden and left behind ones too."""

import mmap
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.leaks.packed import (
    WINDOW,
    Bytes,
    PackedError,
    Window,
    base64_texts,
    database_rows,
    is_database,
    unpacked,
    without_checksums,
    without_numbers,
)
from generator.leaks.search import Secret, SecretKind, SecretSearch
from generator.leaks.views import views

# Packed things in packed things, as a zip file of gzip files; deeper is told as not searched.
_DEEPEST = 4

# A secret may be spelt with tags and escapes between its letters; so much longer may it be than itself.
_SPELT_OUT = 24
_LEAST_OVERLAP = 1 << 16

IN_NAME = "the name"
A_FOLDER = "a folder"  # what one is called that cannot be read: its name may be a secret

# Bytes that no text has.
_BINARY = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_MANIFEST = "manifest-sha256.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A secret that stands in a site. What it is, is not said."""

    file: str  # address in the site; a part of it that holds a secret is named by its place among its neighbours
    offset: (
        int | None
    )  # byte of the file where it begins, or where what it is packed in begins; None in a name
    kind: SecretKind
    why: str  # of the secret
    where: str = (
        ""  # 'the name', 'gzip', 'a row of the table cables'; '' for the bytes of the file as they are
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsearched:
    """A file, or a part of one, that could not be looked into."""

    file: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a look at a whole site found."""

    leaks: tuple[Leak, ...]
    unsearched: tuple[Unsearched, ...]
    files: int
    size: int  # bytes of all files


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a file, or in its name, a secret stands; the fields are those of a leak."""

    secret: Secret
    offset: int | None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found in a file and its name."""

    spots: tuple[Spot, ...] = ()
    cannot: tuple[str, ...] = ()  # why something in it could not be looked into


def scan_site(site: Path, search: SecretSearch) -> ScanReport:
    """Look for every secret in every file below a folder, one file at a time."""
    leaks: list[Leak] = []
    unsearched: list[Unsearched] = []
    files = size = 0
    names = Names(site, search)
    for path, address in _walk(site, unsearched):
        shown = names.shown(address)
        if path.is_dir():
            leaks.extend(leaks_of(shown, search_name(address, search)))
            continue
        files += 1
        try:
            size += path.stat().st_size
            searched = search_file(site, address, search)
        except OSError as error:
            leaks.extend(leaks_of(shown, search_name(address, search)))
            unsearched.append(unreadable(shown, error))
            continue
        leaks.extend(leaks_of(shown, searched.spots))
        unsearched.extend(Unsearched(file=shown, why=why) for why in searched.cannot)
    return ScanReport(leaks=tuple(leaks), unsearched=tuple(unsearched), files=files, size=size)


def leaks_of(shown: str, spots: Iterable[Spot]) -> list[Leak]:
    """What is told of the spots in a file, each once."""
    return list(
        dict.fromkeys(
            Leak(
                file=shown,
                offset=spot.offset,
                kind=spot.secret.kind,
                why=spot.secret.why,
                where=spot.where,
            )
            for spot in spots
        )
    )


def unreadable(shown: str, error: OSError) -> Unsearched:
    """What is told of a file or folder that the system does not show."""
    return Unsearched(file=shown, why=f"cannot be read: {error.strerror or error}")


def search_file(site: Path, address: str, search: SecretSearch) -> Searched:
    """Look into a file, and at its name. Raises OSError where it cannot be read."""
    scan = _FileScan(address, search)
    scan.read(site / address)
    return Searched(
        spots=(*search_name(address, search), *dict.fromkeys(scan.spots)),
        cannot=tuple(dict.fromkeys(scan.cannot)),
    )


def search_name(address: str, search: SecretSearch) -> tuple[Spot, ...]:
    """The secrets in an address that are not in the folder above it already."""
    found = secrets_in(address, address, search)
    if not found:
        return ()
    above = secrets_in(address.rpartition("/")[0], address, search)
    return tuple(Spot(secret=secret, offset=None, where=IN_NAME) for secret in found if secret not in above)


def secrets_in(text: str, address: str, search: SecretSearch) -> dict[Secret, None]:
    """The secrets of an address in a part of it, each once."""
    return {
        finding.secret: None
        for view in views(text, at_start=False)
        for finding in search.find(view.text, address=address)
    }


def _walk(site: Path, unsearched: list[Unsearched]) -> Iterator[tuple[Path, str]]:
    """Every file and folder with its address, in order; a folder that links reach twice, once."""
    seen: set[tuple[int, int]] = set()

    def tell(error: OSError) -> None:
        unsearched.append(unreadable(A_FOLDER, error))

    for folder, folders, files in os.walk(site, followlinks=True, onerror=tell):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders.sort()
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            yield path, path.relative_to(site).as_posix()


class Names:
    """How the name of a file or folder is shown: one that holds a secret is not repeated."""

    def __init__(self, site: Path, search: SecretSearch) -> None:
        self._site = site
        self._search = search

    def shown(self, address: str) -> str:
        """The address, each part that holds a secret as 'name 3 of 7'; every part where they do so together."""
        if not secrets_in(address, address, self._search):
            return address
        parts = address.split("/")
        hidden = [bool(secrets_in(part, address, self._search)) for part in parts]
        if not any(hidden):
            hidden = [True] * len(parts)
        folders = [self._site.joinpath(*parts[:depth]) for depth in range(len(parts))]
        return "/".join(
            _by_number(folder, part) if hide else part
            for folder, part, hide in zip(folders, parts, hidden, strict=True)
        )


def _by_number(folder: Path, name: str) -> str:
    names = sorted({*os.listdir(folder), name})  # noqa: PTH208 - names are all that is wanted
    return f"[name {names.index(name) + 1} of {len(names)}]"


class _FileScan:
    """One file, and what was found in it."""

    def __init__(self, address: str, search: SecretSearch) -> None:
        self.spots: list[Spot] = []
        self.cannot: list[str] = []
        self._address = address
        self._search = search
        self._overlap = max(_LEAST_OVERLAP, search.longest * _SPELT_OUT)

    def read(self, path: Path) -> None:
        """Look into a file. Raises OSError where it cannot be read."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= WINDOW:
                self._look_into(file.read(), path)
            else:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    self._look_into(data, path)

    def _look_into(self, data: Bytes, path: Path) -> None:
        data = without_checksums(data) if self._address == _MANIFEST else without_numbers(data)
        step = WINDOW
        binary = False
        for at in range(0, max(len(data), 1), step):
            window = data[at : at + step + self._overlap]
            binary |= self._look(window, at, start=at == 0)
        self._look_deeper(data, path, binary=binary, depth=0, at=None, where="")

    def _look(self, data: bytes, at: int, *, start: bool, inside: str = "") -> bool:
        """Look at bytes as texts in every encoding they may have. Returns whether they are no plain text.

        `at` is where in the file they begin; or, `inside` something packed, where that begins.
        """
        binary = len(data.translate(None, _BINARY)) < len(data)
        try:
            text, broken = data.decode("utf-8"), False
        except UnicodeDecodeError:
            text, broken = data.decode("utf-8", "surrogateescape"), True
        self._look_at(text, "utf-8", at, start=start, binary=binary or broken, inside=inside)
        if broken:
            self._look_at(data.decode("latin-1"), "latin-1", at, start=start, binary=binary, inside=inside)
        if b"\0" in data:
            for encoding in ("utf-16-le", "utf-16-be"):
                for shift in (0, 1):
                    wide = data[shift:].decode(encoding, "replace")
                    self._look_at(wide, encoding, at + shift, start=start, binary=binary, inside=inside)
        return binary or broken

    def _look_at(self, text: str, encoding: str, at: int, *, start: bool, binary: bool, inside: str) -> None:
        for view in views(text, at_start=start):
            found = list(
                self._search.find(view.text, address=self._address, binary=binary and encoding == "utf-8")
            )
            length = last = 0  # bytes and characters in front
            for finding, place in zip(found, view.places([one.start for one in found]), strict=True):
                # In UTF-16 every character but the rarest has two bytes; what was no character has them too.
                errors = "surrogateescape" if encoding == "utf-8" else "replace"
                length += len(text[last:place].encode(encoding, errors))
                last = place
                self._tell(finding.secret, at if inside else at + length, inside)

    def _tell(self, secret: Secret, offset: int, where: str) -> None:
        self.spots.append(Spot(secret=secret, offset=offset, where=where))

    def _look_deeper(
        self, data: Bytes, path: Path | None, *, binary: bool, depth: int, at: int | None, where: str
    ) -> None:
        """Look into what `data` holds in another shape: base64, the rows of a database, compressed streams."""
        for window in base64_texts(data):
            self._look_into_window(window, depth=depth, at=at, where=where)
        if not binary:
            return
        if is_database(data):
            self._look_at_rows(path if path is not None else bytes(data), at or 0, where)
        try:
            for window in unpacked(data, overlap=self._overlap, bare=depth == 0):
                self._look_into_window(window, depth=depth, at=at, where=where)
        except PackedError as error:
            self._cannot(str(error))

    def _look_at_rows(self, source: bytes | Path, at: int, where: str) -> None:
        try:
            for table, row in database_rows(source):
                self._look(row, at, start=False, inside=_inside(where, f"a row of {self._named(table)}"))
        except PackedError as error:
            self._cannot(str(error))

    def _named(self, table: str) -> str:
        """A table as it may be said: its name may be a secret too."""
        return "a table" if any(self._search.find(table, address=self._address)) else f"the table {table}"

    def _look_into_window(self, window: Window, *, depth: int, at: int | None, where: str) -> None:
        place = window.offset if at is None else at
        inside = _inside(where, window.what)
        binary = self._look(window.data, place, start=window.start, inside=inside)
        if depth == _DEEPEST:
            self._cannot(f"something in it is packed more than {_DEEPEST} times")
        elif window.start and not window.whole and is_database(window.data):
            self._cannot(f"the database packed at byte {place} is too big to be read row by row")
        else:
            self._look_deeper(window.data, None, binary=binary, depth=depth + 1, at=place, where=inside)

    def _cannot(self, why: str) -> None:
        self.cannot.append(why)


def _inside(where: str, what: str) -> str:
    return f"{what} in {where}" if where else what
