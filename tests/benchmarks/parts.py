"""Rehearses the publication of an archive in parts: builds it, cuts it, and follows every link of every part.

    python tests/benchmarks/parts.py [--split year] [--keep FOLDER] [COUNT]       (default 5000, by decade)

Telegrams are synthetic, the same each time. It ends with status 1 where a part is too large for GitHub Pages or a link between
parts leads nowhere. Links are found and followed by code of its own, as if each part was served at its address.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from cost import Cost, measure
from telegrams import identify, path_of, write_telegrams

from generator.parts.cutting import Part, parts_of
from generator.settings import load_settings

PROGRAM = str(Path(sys.executable).with_name("cablepress"))
LIMIT = 1_000_000_000  # bytes that GitHub Pages takes as one site
_SETTLED = 3.0  # seconds after which a build believes the times of files that were just written
_AT_ONCE = 500  # pages

_TAG = re.compile(r"<[A-Za-z][^<>]*>")  # in pages of ours no '<' or '>' stands in an attribute
_LINK = re.compile(r"""\s(?:href|src|action)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_REFRESH = re.compile(r"""\scontent="0; url=([^"]*)\"""")
_LOCATION = re.compile(r"<loc>([^<]*)</loc>|<link rel=\"[a-z]+\"[^>]* href=\"([^\"]*)\"")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_ID = re.compile(r"""\sid=(?:"([^"]*)"|([^\s>]+))""")


@dataclass
class Found:
    """What was found of links."""

    inside: int = 0
    across: int = 0
    broken: list[str] = field(default_factory=list)
    anchors: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # by part and address


class Walk:
    """Follows links; it knows the files of all parts."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = sorted(
            parts, key=lambda part: -len(part.url)
        )  # where one lies below another, the inner first
        self.files = {
            part.name: {
                os.path.relpath(os.path.join(folder, name), part.folder)  # noqa: PTH118
                for folder, _, names in os.walk(part.folder)
                for name in names
            }
            for part in parts
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            for address in sorted(self.files[part.name]):
                if address.endswith((".html", ".xml")):
                    yield part.name, address

    def follow(self, pages: list[tuple[str, str]]) -> Found:
        found = Found()
        parts = {part.name: part for part in self.parts}
        for name, address in pages:
            here = parts[name].url + address
            for link in set(links_of(parts[name].folder / address)):
                target, anchor = urldefrag(urljoin(here, link))
                part = next((one for one in self.parts if target.startswith(one.url)), None)
                if part is None:
                    continue
                to = unquote(target[len(part.url) :].partition("?")[0])
                to += "index.html" if to == "" or to.endswith("/") else ""
                if part.name == name:
                    found.inside += 1
                else:
                    found.across += 1
                if to not in self.files[part.name]:
                    found.broken.append(f"{here} -> {link}")
                elif anchor and (part.name, to) != (name, address):
                    found.anchors.setdefault((part.name, to), set()).add(unquote(anchor))
        return found

    def lacking(self, anchors: dict[tuple[str, str], set[str]]) -> Iterator[str]:
        """The places to which links lead, and which are not there."""
        folders = {part.name: part.folder for part in self.parts}
        for (name, address), wanted in anchors.items():
            text = (folders[name] / address).read_text("utf-8")
            ids = {unescape(one or other) for one, other in _ID.findall(text)}
            yield from (f"{name or 'portal'}/{address}#{anchor}" for anchor in sorted(wanted - ids))


def links_of(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    if file.suffix == ".xml":
        yield from (unescape(one or other) for one, other in _LOCATION.findall(text))
        return
    for tag in _TAG.findall(_SCRIPT.sub(lambda found: found[0].partition(">")[0] + ">", text)):
        for link in _LINK.findall(tag):
            yield unescape("".join(link))
        yield from map(unescape, _REFRESH.findall(tag))


_walk: Walk


def _begin(parts: tuple[Part, ...]) -> None:
    global _walk
    _walk = Walk(parts)


def _follow(pages: list[tuple[str, str]]) -> Found:
    return _walk.follow(pages)


def follow_all(parts: tuple[Part, ...]) -> Found:
    """Follow every link of every page."""
    walk = Walk(parts)
    whole = Found()
    anchors: dict[tuple[str, str], set[str]] = defaultdict(set)
    pages = walk.pages()
    batches = list(iter(lambda: list(islice(pages, _AT_ONCE)), []))
    with ProcessPoolExecutor(os.cpu_count(), initializer=_begin, initargs=(parts,)) as pool:
        for found in pool.map(_follow, batches):
            whole.inside += found.inside
            whole.across += found.across
            whole.broken += found.broken
            for target, wanted in found.anchors.items():
                anchors[target] |= wanted
    whole.broken += walk.lacking(anchors)
    return whole


def rehearse(work: Path, count: int, split: str) -> bool:
    """Build, cut, look; gives whether all is well."""
    size = write_telegrams(work / "content", count)
    (work / "cablepress.toml").write_text(
        f'site_url = "https://example.github.io/cables/"\n[publish]\nsplit = "{split}"\n', "utf-8"
    )
    time.sleep(_SETTLED)
    print(f"{count:,} telegrams, {size / 1e6:,.1f} MB, split by {split}\n", flush=True)
    print(f"{'':<34}{'seconds':>9}{'CPU':>9}{'peak MB':>9}{'cut':>9}", flush=True)
    _tell("build and cut", *_built(work))
    _tell("nothing to do", *_built(work))
    path = work / "content" / path_of(identify(count // 2), ".txt")
    path.write_bytes(path.read_bytes().replace(b"\nSUBJECT: ", b"\nSUBJECT: CORRECTED ", 1))
    time.sleep(_SETTLED)
    _tell("one cable edited", *_built(work))
    parts = parts_of(work, load_settings(work))
    print(f"\n{'part':<16}{'files':>10}{'MB':>10}{'of 1 GB':>9}")
    for part in parts:
        share = part.size / LIMIT
        print(
            f"{part.name or 'portal':<16}{part.files:>10,}{part.size / 1e6:>10,.1f}{share:>9.1%}{'  TOO LARGE' if share > 1 else ''}"
        )
    print(
        f"{'all':<16}{sum(part.files for part in parts):>10,}{sum(part.size for part in parts) / 1e6:>10,.1f}",
        flush=True,
    )
    began = time.perf_counter()
    found = follow_all(parts)
    print(f"\n{'links within a part':<34}{found.inside:>12,}\n{'links across parts':<34}{found.across:>12,}")
    print(f"{'broken':<34}{len(found.broken):>12,}   ({time.perf_counter() - began:,.0f} s to follow them)")
    for link in found.broken[:20]:
        print(f"  {link}")
    return not found.broken and found.across > 0 and all(part.size < LIMIT for part in parts)


def _built(work: Path) -> tuple[Cost, str]:
    """What a build cost, and the seconds in which it cut."""
    log = work / "output.txt"
    cost = measure([PROGRAM, "build", "--profile"], work, log)
    cut = re.search(r"^cut into parts +([0-9.,]+)", log.read_text("utf-8"), re.MULTILINE)
    return cost, cut[1] if cut else "?"


def _tell(what: str, cost: Cost, cut: str) -> None:
    print(f"{what:<34}{cost.seconds:>9,.1f}{cost.cpu:>9,.1f}{cost.memory / 1e6:>9,.0f}{cut:>9}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=5000)
    parser.add_argument("--split", choices=("year", "decade", "origin"), default="decade")
    parser.add_argument(
        "--keep", type=Path, help="work in this folder, which must not be there yet, and leave it"
    )
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True)
    work = options.keep or Path(tempfile.mkdtemp(prefix="cablepress-parts-"))
    try:
        is_well = rehearse(work, options.count, options.split)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
