"""Small whole sites for tests: telegrams to build from, and a look at what was built."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import json

from generator.archive.catalogue import Catalogue
from generator.archive.entry import entry_of
from generator.archive.state import State
from generator.archive.unit import Told, Unit
from generator.archive.update import Update
from generator.build.engine import build_site
from generator.build.report import BuildReport
from generator.lexicon import builtin_lexicon
from generator.problem import Problem
from generator.release.cleared import ClearedCable, encode_cleared
from generator.release.ledger import Ledger
from generator.release.release import release
from generator.settings import Settings, load_settings
from generator.telegram.cable import Cable


def telegram(
    number: int = 123,
    *,
    post: str = "STRELSAU",
    dtg: str = "141230Z FEB 08",
    level: str = "UNCLAS",
    tags: str = "PGOV",
    subject: str = "THE SALT ROAD",
    ref: str = "",
    text: str = "1. (U) It snowed.",
) -> str:
    """A telegram with what a test asks for."""
    ref_line = f"REF: {ref}\n" if ref else ""
    return (
        f"P {dtg}\nFM AMEMBASSY {post}\nTO SECSTATE WASHDC 0001\nINFO AMCONSUL ZENDA\n\n{level} {post} {number:06d}\n\n"
        f"SIPDIS\n\nE.O. 12958: N/A\nTAGS: {tags}\nSUBJECT: {subject}\n{ref_line}\n{text}\n\nRASSENDYLL\n"
    )


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def nothing(stage: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


TODAY = Day(2026, 1, 1)


def build(
    project: Path, settings: Settings | None = None, *, today: Day = TODAY, reads_all: bool = False
) -> BuildReport:
    """Build the project in a folder, with its own settings unless others are given."""
    return build_site(
        project,
        settings or load_settings(project),
        content=project / "content",
        site=project / "site",
        today=today,
        progress=nothing,
        reads_all=reads_all,
    )


def cleared(cable: Cable, *, path: str) -> ClearedCable:
    """The cable as an archive without a ledger publishes it."""
    outcome = release(cable, path=path, front_matter={}, ledger=Ledger(), today=TODAY)
    assert outcome.cleared is not None
    return outcome.cleared


def catalogue_of(cables: Iterable[ClearedCable], told: Iterable[Problem] | None = None) -> Catalogue:
    """The catalogue of some cables, each a source of its own; `told` are all problems, else what the cables warn of."""
    state, lexicon = State.new(), builtin_lexicon()
    update = Update(state, lexicon, is_first=True, seen=0)
    for cable in cables:
        problems = cable.warnings if told is None else [one for one in told if one.source == cable.path]
        entry = entry_of(cable, encode_cleared(cable), lexicon)
        kept = [Told(one.severity, one.code, one.source, json.encode(one)) for one in problems]
        update.replace([Unit(key=cable.path, kind="cable", entries=[entry], problems=kept)])
    update.settle()
    return Catalogue(state.db, lexicon)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by address."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages_of(site: Path) -> Iterator[tuple[str, str]]:
    """The pages of a site, each with its address; a big one does not fit into memory.

    Three hundred days without a cable have the same page but for its date: those on which a month begins stand for them.
    """
    for path in sorted(site.rglob("*.html")):
        page = path.read_text("utf-8")
        if path.parent.name != "day" or path.stem.endswith("-01") or _NO_CABLE not in page:
            yield path.relative_to(site).as_posix(), page


_NO_CABLE = "No cable of this archive was sent on this day."


@dataclass
class Document:
    """What a page links to and can be linked at."""

    links: list[str]
    ids: list[str]
    text: str  # as it reads, without what is there only as it was sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document([], [], "")
        self._is_cut = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._is_cut = self._is_cut or tag == "del"
        for name in ("href", "src"):
            if value := values.get(name):
                self.document.links.append(value)
        if target := values.get("popovertarget"):
            self.document.links.append(f"#{target}")
        if id_ := values.get("id"):
            self.document.ids.append(id_)

    def handle_endtag(self, tag: str) -> None:
        self._is_cut = self._is_cut and tag != "del"

    def handle_data(self, data: str) -> None:
        if not self._is_cut:
            self.document.text += data


def read_page(path: Path) -> Document:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.document


def broken_links(site: Path) -> Iterator[str]:
    """Every link of a site that leads nowhere, with the page it stands on; anchors and letters' case count."""
    files = set(snapshot(site))
    pages = {name: read_page(site / name) for name in files if name.endswith(".html")}
    for name, document in pages.items():
        for link in document.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                unquote(urlsplit(urljoin(f"http://site/{name}", parts.path)).path).lstrip("/")
                if parts.path
                else name
            )
            if str(PurePosixPath(target)) not in files:
                yield f"{name} -> {link}"
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                yield f"{name} -> {link} (no such place)"
