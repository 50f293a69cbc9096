"""What workers do of a cut: the files of parts, each made of one file of the site.

A page has its links laid anew; a script that knows its site is told how the archive is split; all else is copied.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import FileIO
from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.archive.address import DEVICES, PARTS_SCRIPT
from generator.archive.layout import PART, PORTAL, Layout
from generator.build.long_files import NewFile
from generator.build.writing import Writer
from generator.parts.memory import MadeFile, WantedFile
from generator.parts.policy import permitting
from generator.parts.relink import Relinker

# The ways in which a file is made.
PAGE, INLINED, HEADERS, COPY = "page", "inlined", "headers", "copy"

_LONG = 1 << 20  # bytes, above which a file is copied bit by bit
_AT_ONCE = 1 << 18

_POLICY = re.compile(rb"^([ \t]*Content-Security-Policy:[ \t]*)([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_RELINKERS = 4  # a batch has files of one part, or of a few


@dataclass(frozen=True, slots=True, kw_only=True)
class CutJob:
    """What one cut works with; its paths hold on every machine that takes part."""

    layout: Layout
    parts: tuple[str, ...]  # all of them, the portal first
    site: Path
    folder: Path  # of all parts
    everywhere: frozenset[str]  # what every part has, beside what the layout knows
    is_searched: bool


def cut_files(job: CutJob, files: Sequence[WantedFile]) -> bytes:
    """Make some files; gives what is known of them then, encoded."""
    made: list[MadeFile] = []
    writer = Writer(job.folder)
    for file in files:
        source = job.site / file.address
        if file.way == COPY and source.stat().st_size > _LONG:
            made.append(_copied(job, file, source))
            continue
        data = _DEEDS[file.way](job, file, source.read_bytes())
        is_new = writer.write(f"{file.folder}/{file.address}", data)
        made.append(
            MadeFile(file.folder, file.address, len(data), hashlib.sha256(data).digest(), is_new=is_new)
        )
    return _ENCODER.encode(made)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[MadeFile])


def decode_made(sent: bytes) -> list[MadeFile]:
    """What `cut_files` gave."""
    return _DECODER.decode(sent)


def _copied(job: CutJob, file: WantedFile, source: Path) -> MadeFile:
    with NewFile(job.folder, f"{file.folder}/{file.address}") as new, source.open("rb", buffering=0) as old:
        written = new.write(_pieces(old))
        new.take_its_place()
    return MadeFile(file.folder, file.address, written.size, written.digest, is_new=True)


def _pieces(file: FileIO) -> Iterator[bytes]:
    while piece := file.read(_AT_ONCE):
        yield piece


def _page(job: CutJob, file: WantedFile, data: bytes) -> bytes:
    return _relinker(job, file.part).relinked(data, file.address)


@lru_cache(maxsize=_RELINKERS)
def _relinker(job: CutJob, part: str) -> Relinker:
    return Relinker(
        layout=job.layout,
        part=part,
        hosts=hosts_of(job),
        everywhere=job.everywhere,
        is_searched=job.is_searched,
    )


@lru_cache(maxsize=_RELINKERS)
def hosts_of(job: CutJob) -> tuple[str, ...]:
    """The hosts of all parts, each once."""
    return tuple(sorted({job.layout.origin_of(part) for part in job.parts}))


def _inlined(job: CutJob, file: WantedFile, data: bytes) -> bytes:
    table = json.dumps(table_of(job.layout, file.part), separators=(",", ":"))
    parts = (job.site / PARTS_SCRIPT).read_bytes()
    return f"globalThis.cablepressSplit = {table};\n".encode() + parts + b"\n" + data


def table_of(layout: Layout, part: str) -> dict[str, object]:
    """What scripts of a part are told; addresses are as seen from its root."""
    portal, url = layout.portal_url, layout.part_url
    if layout.is_side_by_side:
        portal = f"../{quote(layout.folder_of(PORTAL))}/"
        url = f"../{layout.folder_of(PART)}/"
    return {
        "split": layout.split,
        "part": part,
        "portal": portal,
        "url": url,
        "reserved": layout.reserved,
        "devices": sorted(name.lower() for name in DEVICES if name.isalpha()),
    }


def _headers(job: CutJob, file: WantedFile, data: bytes) -> bytes:
    """What a host says beside each file: no page may need more than it permits."""
    own, portal = job.layout.origin_of(file.part), job.layout.origin_of(PORTAL)
    asked = {("connect-src", host) for host in hosts_of(job) if host != own and not file.part}
    if portal != own:
        asked |= {(what, portal) for what in ("form-action", "script-src", "img-src", "media-src")}

    def permitted(found: re.Match[bytes]) -> bytes:
        return found[1] + permitting(found[2].decode(), asked).encode()

    return _POLICY.sub(permitted, data) if asked else data


def _copy(_job: CutJob, _file: WantedFile, data: bytes) -> bytes:
    return data


_DEEDS = {PAGE: _page, INLINED: _inlined, HEADERS: _headers, COPY: _copy}
