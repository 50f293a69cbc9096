"""How large a site is beside what GitHub Pages takes, how long it may take to deploy, and what would make it smaller.

GitHub publishes a site of at most 1 GB, and gives a deployment ten minutes; git refuses a file of more than 100 MB. How
long a deployment takes it does not say. The estimate supposes a quarter of a minute to begin, and then five megabytes
of the tar file and a thousand files a second; in a tar file each file has a header of 512 bytes and is filled up to a
multiple of 512.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Literal

PAGES_LIMIT = 1_000_000_000  # bytes that GitHub Pages publishes
DEPLOY_LIMIT = 600  # seconds that a deployment may take
FILE_LIMIT = 100_000_000  # bytes of a file that git pushes to GitHub
LARGE_FILE = 50_000_000  # from which GitHub warns

NEAR = 0.8  # of the limit

_BLOCK = 512  # bytes of a tar file
_PADDING = _BLOCK // 2  # that a file is filled up with, in the mean
_BEGINNING = 15.0  # seconds
_BYTES_A_SECOND = 5_000_000
_FILES_A_SECOND = 1_000

_MOST = 5  # folders and files that are named

# A file of the data and the search of a site, by the setting that leaves it out.
_SETTINGS = {
    "data/*.jsonl": "[data] jsonl = false",
    "data/*.csv": "[data] csv = false",
    "data/*.sqlite": "[data] sqlite = false",
    "search/": "[search] enabled = false",
}
_RELATED = "[related] enabled = false"
_RELATED_SIZE = (
    750  # bytes of the related cables on the page of one, in the mean of a thousand synthetic telegrams
)

Level = Literal["fits", "near", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A file, or a folder with all that is in it."""

    address: str  # of a folder with '/' behind it
    files: int
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What a site would be without."""

    setting: str  # as it stands in the settings: '[search] enabled = false'
    size: int  # bytes; an estimate where they stand in pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How large a site is, and where."""

    files: int
    size: int  # bytes
    folders: tuple[Weight, ...] = ()  # at the top of the site, the largest first, a few of them
    largest: tuple[Weight, ...] = ()  # files, a few of them
    heavy: tuple[Weight, ...] = ()  # all files that git or GitHub minds, the largest first
    savings: tuple[Saving, ...] = ()  # what can be switched off, the largest first

    @property
    def share(self) -> float:
        """How much of what GitHub Pages takes the site is."""
        return self.size / PAGES_LIMIT

    @property
    def level(self) -> Level:
        """Whether the site fits."""
        return "over" if self.share > 1 else "near" if self.share >= NEAR else "fits"

    @property
    def is_accepted(self) -> bool:
        """Whether GitHub takes the site, and git each of its files."""
        return self.level != "over" and all(weight.size <= FILE_LIMIT for weight in self.heavy)

    @property
    def largest_part(self) -> "Budget":
        """The same of the largest folder alone, where each folder is a site of its own."""
        return replace(self, files=self.folders[0].files, size=self.folders[0].size) if self.folders else self

    @property
    def deploy_seconds(self) -> float:
        """How long a deployment may take, by the estimate."""
        return deploy_seconds(self.files, self.size)


def deploy_seconds(files: int, size: int) -> float:
    """How long a deployment to GitHub Pages may take: an estimate, of what this module supposes."""
    return _BEGINNING + tar_size(files, size) / _BYTES_A_SECOND + files / _FILES_A_SECOND


def tar_size(files: int, size: int) -> int:
    """How large the tar file of a site is about."""
    return size + files * (_BLOCK + _PADDING)


def weigh(sizes: Iterable[tuple[str, int]]) -> Budget:
    """Weigh the files of a site: addresses and sizes, in any order."""
    folders: dict[str, list[int]] = {}
    savings = dict.fromkeys([*_SETTINGS.values(), _RELATED], 0)
    largest: list[Weight] = []
    heavy: list[Weight] = []
    files = total = 0
    for address, size in sizes:
        files += 1
        total += size
        first, slash, _ = address.partition("/")
        if slash:
            folder = folders.setdefault(first + slash, [0, 0])
            folder[0] += 1
            folder[1] += size
        if setting := _setting_of(address):
            savings[setting] += size
        elif address.startswith("cable/"):
            savings[_RELATED] += min(size, _RELATED_SIZE)
        if len(largest) < _MOST or (-size, address) < _by_size(largest[-1]):
            weight = Weight(address=address, files=1, size=size)
            largest = _largest([*largest, weight])
            if size >= LARGE_FILE:
                heavy.append(weight)
        elif size >= LARGE_FILE:
            heavy.append(Weight(address=address, files=1, size=size))
    return Budget(
        files=files,
        size=total,
        folders=tuple(
            _largest(Weight(address=name, files=count, size=size) for name, (count, size) in folders.items())
        ),
        largest=tuple(largest),
        heavy=tuple(sorted(heavy, key=_by_size)),
        savings=tuple(
            Saving(setting=setting, size=size)
            for setting, size in sorted(savings.items(), key=lambda saving: (-saving[1], saving[0]))
            if size
        ),
    )


def _setting_of(address: str) -> str | None:
    if address.startswith("search/"):
        return _SETTINGS["search/"]
    if address.startswith("data/"):
        return _SETTINGS.get(f"data/*.{address.rpartition('.')[2]}")
    return None


def _largest(weights: Iterable[Weight]) -> list[Weight]:
    return nsmallest(_MOST, weights, key=_by_size)


def _by_size(weight: Weight) -> tuple[int, str]:
    return -weight.size, weight.address
