"""Whether the files of a site are those that its manifest lists, byte for byte.

It needs nothing but the folder: a copy on another machine is looked at as well as what a build has just written. Workers read
the files, some at a time; what is told of them is counted, and the first few of each kind are kept.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from generator.archive.address import MANIFEST
from generator.archive.manifest import ListedFile, read_line
from generator.problem import Problem

Progress = Callable[[str, int, int], None]

_AT_ONCE = 200  # files
_BLOCK = 1 << 20  # bytes
_LONGEST_LINE = 1 << 16  # bytes
_LONGEST_EXCERPT = 200  # letters
_SHOWN = 12  # digits of a checksum

_TEMPORARY = ".cablepress-new"
# At the top of a copy that git keeps: its own folder, and the domain, which comes in when a site is sent to its branch.
_GIT = ".git"
_DOMAIN = "CNAME"


class Compared(msgspec.Struct, frozen=True, array_like=True):
    """What became of some files."""

    size: int  # bytes that were read
    missing: list[str]
    changed: list[tuple[str, str]]  # and what is the case


# Some files as they are listed, and the folder of the site.
Batch = tuple[str, list[ListedFile]]

# Has `compare_files` done with each batch, and gives what came of it, in order.
Compare = Callable[[Iterable[Batch]], Iterator[Compared]]


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """All problems of one kind."""

    code: str
    count: int
    first: list[Problem]


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """How a site compares with its manifest."""

    files: int  # that are listed
    size: int  # bytes that were read
    wrong: list[Wrong]


def verify_manifest(site: Path, compare: Compare, *, most: int, progress: Progress) -> Verified:
    """Compare a site with its manifest; `most` are the problems of each kind that are kept.

    Raises OSError where the disk does not let it read.
    """
    told = _Told(most)
    if not (site / MANIFEST).is_file():
        told.add(_problem("manifest-missing", MANIFEST, "there is no such file"))
        return Verified(files=0, size=0, wrong=told.wrong())
    listing = _Listing(site, told)
    size = done = 0
    for compared in compare(listing.batches()):
        size += compared.size
        for address in compared.missing:
            told.add(_missing(address))
        for address, what in compared.changed:
            told.add(_problem("manifest-file-changed", address, what))
        done += _AT_ONCE
        progress("Verifying files", min(done, listing.total), listing.total)
    for address in sorted(listing.unlisted - {_DOMAIN}):
        is_left = address.endswith(_TEMPORARY)
        what = "a build that was not finished left it" if is_left else "the manifest does not list it"
        told.add(_problem("manifest-file-unknown", address, what))
    return Verified(files=listing.files, size=size, wrong=told.wrong())


def compare_files(site: str, files: list[ListedFile]) -> Compared:
    """Read some files and compare them with what is listed of them."""
    size = 0
    missing: list[str] = []
    changed: list[tuple[str, str]] = []
    for file in files:
        path = f"{site}/{file.address}"
        try:
            if not _is_file(path):
                changed.append((file.address, "it is a link, or something else that is no file"))
                continue
            read, sha256 = _read(path)
        except FileNotFoundError:
            missing.append(file.address)
            continue
        size += read
        if sha256 != file.sha256:
            begins, listed = (digest.hex()[:_SHOWN] for digest in (sha256, file.sha256))
            changed.append((file.address, f"its SHA-256 begins with {begins}, not {listed}"))
    return Compared(size, missing, changed)


def _read(path: str) -> tuple[int, bytes]:
    """Size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half as dear as by Path
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.digest()


class _Listing:
    """The manifest of a site, read line by line, beside the names of the files that are there."""

    def __init__(self, site: Path, told: "_Told") -> None:
        self._site = site
        self._told = told
        self._there = set(_walk(site))
        self._there.discard(MANIFEST)
        self.unlisted = set(self._there)  # those of which no line was read yet
        self.total = len(self._there)
        self.files = 0

    def batches(self) -> Iterator[Batch]:
        """The files that are listed and there, some at a time; of all else is told."""
        waiting: list[ListedFile] = []
        for file in self._listed():
            waiting.append(file)
            if len(waiting) == _AT_ONCE:
                yield os.fspath(self._site), waiting
                waiting = []
        if waiting:
            yield os.fspath(self._site), waiting

    def _listed(self) -> Iterator[ListedFile]:
        for number, line in self._lines():
            file = read_line(line)
            if file is None:
                self._tell(number, line, "it is not 64 hexadecimal digits, two blanks and a path in the site")
                continue
            self.files += 1
            if file.address in self.unlisted:
                self.unlisted.discard(file.address)
                yield file
            elif file.address in self._there or file.address == MANIFEST:
                self._tell(number, line, "it lists a file a second time, or the manifest itself")
            else:
                self._told.add(_missing(file.address))

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines with their numbers, without their ends."""
        with (self._site / MANIFEST).open("rb") as manifest:
            number = 0
            while line := manifest.readline(_LONGEST_LINE):
                number += 1
                line = line.removesuffix(b"\n")
                if line.endswith(b"\r"):
                    line = line[:-1]
                    self._tell(number, line, "it ends in CR LF, as git and some editors make it")
                yield number, line

    def _tell(self, number: int, line: bytes, what: str) -> None:
        excerpt = line.decode("utf-8", "replace")[:_LONGEST_EXCERPT]
        self._told.add(_problem("manifest-line", MANIFEST, what, line=number, excerpt=excerpt))


class _Told:
    """What was found, by kind."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[str, int] = {}
        self._first: dict[str, list[Problem]] = {}

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self._counts[problem.code] = self._counts.get(problem.code, 0) + 1
        first = self._first.setdefault(problem.code, [])
        if len(first) < self._most:
            first.append(problem)

    def wrong(self) -> list[Wrong]:
        """All kinds of which there is one, by code."""
        return [
            Wrong(code=code, count=count, first=self._first[code])
            for code, count in sorted(self._counts.items())
        ]


def _missing(address: str) -> Problem:
    return _problem("manifest-file-missing", address, "it is not in the site")


def _problem(code: str, address: str, message: str, *, line: int | None = None, excerpt: str = "") -> Problem:
    return Problem(code=code, severity="error", source=address, line=line, message=message, excerpt=excerpt)


def _walk(site: Path) -> Iterator[str]:
    """The addresses of all files in a site, and of links to folders, which are not followed."""
    root = os.fspath(site)
    for folder, folders, files in os.walk(root, onerror=_refuse):
        below = folder[len(root) :].replace(os.sep, "/").strip("/")
        links = [name for name in folders if os.path.islink(f"{folder}/{name}")]  # noqa: PTH114
        names = [*files, *links]
        if not below:
            folders[:] = [name for name in folders if name != _GIT]
            names = [name for name in names if name != _GIT]
        yield from (f"{below}/{name}" if below else name for name in names)


def _refuse(error: OSError) -> None:
    raise error


def _is_file(path: str | Path) -> bool:
    """Whether a file stands there; a link is none. Raises FileNotFoundError for a file of which nothing is there."""
    return stat.S_ISREG(os.lstat(path).st_mode)
