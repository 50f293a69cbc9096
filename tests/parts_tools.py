"""Looks at the parts of a split archive as readers find them: every link of every page, whichever part it leads to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from site_tools import build, nothing

from generator.build.workers import InThisProcess
from generator.parts.cutting import CutReport, Part, cut_site
from generator.settings import load_settings

_ADDRESSES = ("href", "src", "action", "cite", "poster")
_NAMES_A_PAGE = re.compile(r"<loc>([^<]+)</loc>|(?:href|<id)[=>]\"?(https?://[^\"<]+)")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.links += [values[name] for name in _ADDRESSES if name in values]
        if values.get("http-equiv", "").lower() == "refresh":
            self.links.append(values["content"].partition("url=")[2])
        if id_ := values.get("id"):
            self.ids.add(id_)


@dataclass
class Links:
    """What a walk found."""

    inside: int = 0  # links within a part
    across: int = 0  # links to another part
    broken: list[str] = field(default_factory=list)


def walk_links(parts: tuple[Part, ...]) -> Links:
    """Follow every link of every page of all parts, as if each was served at its address; anchors and letters' case count."""
    files = {part.url: _files(part.folder) for part in parts}
    ids: dict[Path, set[str]] = {}
    found = Links()
    for part in parts:
        for address in sorted(files[part.url]):
            if not address.endswith((".html", ".xml", "robots.txt")):
                continue
            text = (part.folder / address).read_text("utf-8")
            for link in _links(address, text):
                here = part.url + address
                target, anchor = urldefrag(urljoin(here, link))
                other = _part_at(target, parts)
                if other is None:
                    continue
                if other.name == part.name:
                    found.inside += 1
                else:
                    found.across += 1
                to = unquote(urlsplit(target[len(other.url) :]).path) or "index.html"
                to += "index.html" if to.endswith("/") else ""
                if to not in files[other.url]:
                    found.broken.append(f"{here} -> {link}")
                elif anchor and to.endswith(".html") and unquote(anchor) not in _ids(other.folder / to, ids):
                    found.broken.append(f"{here} -> {link} (no such place)")
    return found


def _links(address: str, text: str) -> Iterator[str]:
    if address.endswith(".html"):
        reader = _Reader()
        reader.feed(text)
        yield from (link for link in reader.links if link)
    elif address.endswith("robots.txt"):
        yield from re.findall(r"^Sitemap: (\S+)", text, re.MULTILINE)
    else:
        yield from (one or other for one, other in _NAMES_A_PAGE.findall(text))


def _part_at(url: str, parts: tuple[Part, ...]) -> Part | None:
    """The part that is served there; where one lies below another, the inner."""
    found = [part for part in parts if url.startswith(part.url)]
    return max(found, key=lambda part: len(part.url), default=None)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _ids(page: Path, known: dict[Path, set[str]]) -> set[str]:
    if page not in known:
        reader = _Reader()
        reader.feed(page.read_text("utf-8"))
        known[page] = reader.ids
    return known[page]


def build_parts(project: Path) -> CutReport:
    """Build the project in a folder with its own settings, and cut its site."""
    build(project)
    return cut(project)


def cut(project: Path, *, state: Path | None = None, folder: Path | None = None) -> CutReport:
    """Cut the site of a project that was built."""
    report = cut_site(
        project,
        load_settings(project),
        site=project / "site",
        progress=nothing,
        executor=InThisProcess(),
        workers=1,
        state=state,
        folder=folder,
        is_lasting=False,
    )
    assert report is not None
    return report
