"""What the inspection found, as problems: where it is, what was found, what to do next.

Files keep what is wrong with them in few words. Here they become sentences, and get the line of the page, for which the
page is read once more: so much is done for a number of problems, and no more, since a style sheet that is missing is
missed by every page.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.archive.address import COLLECTIONS, RESERVED
from generator.inspection.looking import Fault, from_base, is_page, links_of, way_of
from generator.inspection.markup import find_ids, find_links, read_tags
from generator.inspection.memory import FileFaults, SiteMemory
from generator.inspection.validity import in_words, place_of
from generator.problem import Problem, Severity

_MOST_FOUND = 1000  # problems that get a line
_MOST_FAULTS_FOUND = 100  # of these the ones for which a page is parsed again and again
_LONGEST = 160  # letters of what is quoted

# Which template makes the pages of a folder; what stands in none of these was written by people.
_TEMPLATES = {
    "cable": "cable.html",
    "tag": "list.html",
    "date": "list.html",
    "origin": "list.html",
    "classification": "list.html",
    "country": "country.html",
    "day": "day.html",
    "thread": "thread.html",
    "data": "data.html",
}


class Teller:
    """Tells what is wrong with files."""

    def __init__(self, site: Path, memory: SiteMemory, site_url: bytes) -> None:
        self._site = site
        self._memory = memory
        self._site_url = site_url
        self._found = 0
        self._faults_found = 0

    def problems(self, wrong: FileFaults) -> Iterator[Problem]:
        """All that is wrong with one file."""
        page = _Page(self._site, wrong.address, self._site_url)
        for fault in wrong.faults:
            yield self._of_fault(fault, page)
        for address, id_ in wrong.lost:
            yield self._of_lost(address, id_.strip(b"\n"), page)

    def _of_fault(self, fault: Fault, page: "_Page") -> Problem:
        about = fault.about.decode("utf-8", "replace")
        match fault.code:
            case "html-invalid":
                span = page.fault(fault.number) if self._may_find(parses=True) else None
                return page.problem("html-invalid", in_words(about), severity="warning", span=span)
            case "element-id-twice":
                span = page.id(fault.about) if self._may_find() else None
                message = f"the id {about!r} stands on the page once more"
                return page.problem("element-id-twice", message, severity="warning", span=span)
            case "link-without-place":
                message = f"the page itself has no id {about.removeprefix('#')!r}"
                return page.problem(
                    "link-without-place", message, severity="error", span=self._link(fault, page)
                )
            case "link-from-root":
                message = f"{about!r} begins at the root of the domain, and not of the site"
                return page.problem(
                    "link-from-root",
                    message,
                    severity="error",
                    span=self._link(fault, page),
                    first=f"write it as it is seen from the page: {page.seen_from(about)!r}",
                )
            case "link-out-of-site":
                message = f"{about!r} leads out of the folder of the site"
                return page.problem(
                    "link-out-of-site", message, severity="error", span=self._link(fault, page)
                )
            case "site-unreadable":
                return Problem(
                    code="site-unreadable",
                    severity="error",
                    source=shown(page.address),
                    message=f"it cannot be read: {about}",
                    next_step="give yourself permission to read it: chmod u+r",
                )
            case "file-is-link":
                return Problem(
                    code="file-is-link",
                    severity="error",
                    source=shown(page.address),
                    message=about,
                    next_step="put a copy of the file in its place, or take it away",
                )
            case "path-long":
                return Problem(
                    code="path-long",
                    severity="warning",
                    source=shown(page.address),
                    message=about,
                    next_step="give it, or its folder, a shorter name",
                )
            case _:
                return Problem(
                    code="name-impossible",
                    severity="error",
                    source=shown(page.address),
                    message=about,
                    next_step="rename the file, and what links to it",
                )

    def _link(self, fault: Fault, page: "_Page") -> tuple[int, int] | None:
        return page.link(fault.about) if self._may_find() else None

    def _of_lost(self, address: bytes, id_: bytes, page: "_Page") -> Problem:
        """What is said of a link to a place that is not there."""
        span = page.link_to(address, id_) if self._may_find() else None
        name = address.decode("utf-8", "replace")
        if id_ and self._memory.has(address):
            message = f"{name} has no id {id_.decode('utf-8', 'replace')!r}"
            return page.problem("link-without-place", message, severity="error", span=span)
        if self._memory.has(address + b"/index.html"):
            message = f"{name} is a folder"
            first = f"link to {name}/index.html"
            return page.problem("link-to-folder", message, severity="warning", span=span, first=first)
        alike = next(iter(self._memory.like(name)), None)
        if alike is None and self._memory.has(address + b".html"):
            alike = f"{name}.html"
        first = f"{alike} was perhaps meant" if alike else ""
        return page.problem(
            "link-broken", f"there is no file {name}", severity="error", span=span, first=first
        )

    def _may_find(self, *, parses: bool = False) -> bool:
        """Whether there is still time to find the line of a problem."""
        if parses:
            self._faults_found += 1
            return self._faults_found <= _MOST_FAULTS_FOUND
        self._found += 1
        return self._found <= _MOST_FOUND


def shown(address: str) -> str:
    """An address as it may be printed, though it be no text."""
    return address.encode("utf-8", "backslashreplace").decode()


def place_in_words(address: bytes, id_: bytes) -> str:
    """'tag/PGOV.html', 'tag/PGOV.html#par7'."""
    place = id_.strip(b"\n")
    return (address + b"#" + place if place else address).decode("utf-8", "backslashreplace")


def collision(addresses: list[str], *, are_folders: bool) -> Problem:
    """What is said of names that become one on Windows or macOS."""
    others = shown(", ".join(addresses[1:4])) + (", ..." if len(addresses) > 4 else "")
    kind = "folder" if are_folders else "file"
    return Problem(
        code="names-collide",
        severity="error",
        source=shown(addresses[0]),
        message=f"on Windows and macOS it is the same {kind} as {others}",
        next_step="rename one of them",
    )


def maker_of(address: str) -> str:
    """What has most likely made a page: a template, or a page in content/."""
    first, slash, _ = address.partition("/")
    if not is_page(address):
        return "see what has put it there" if address.startswith("assets/") else "see what makes it"
    if address == "index.html":
        return "see home.html in your templates, or index.md in content/"
    if slash and address == COLLECTIONS:
        return "see collections.html in your templates"
    if template := _TEMPLATES.get(first if slash else ""):
        return f"see {template} in your templates"
    if first.removesuffix(".html") in RESERVED and not slash:
        return f"see {first} in your templates"
    return f"see {address.rpartition('.')[0]}.md in content/, or what has put the page there"


class _Page:
    """A file with which something is wrong, read once, if at all."""

    def __init__(self, site: Path, address: str, site_url: bytes) -> None:
        self._path = site / address
        self.address = address
        self._key = address.encode("utf-8", "surrogatepass")
        self._site_url = site_url
        self._data: bytes | None = None
        self._links: list[tuple[bytes, int, int]] | None = None

    @property
    def data(self) -> bytes:
        if self._data is None:
            try:
                self._data = self._path.read_bytes()
            except OSError:
                self._data = b""
        return self._data

    def problem(
        self,
        code: str,
        message: str,
        *,
        severity: Severity,
        span: tuple[int, int] | None,
        first: str = "",
    ) -> Problem:
        """Something that is wrong in a span; `first` is what else to do before looking for who wrote it."""
        return Problem(
            code=code,
            severity=severity,
            source=shown(self.address),
            line=self.line(span),
            excerpt=self.excerpt(span),
            message=message,
            next_step="; ".join(filter(None, [first, maker_of(self.address)])),
        )

    def seen_from(self, link: str) -> str:
        """A link from the root of the site as it is seen from here."""
        return "../" * self.address.count("/") + link.lstrip("/")

    def line(self, span: tuple[int, int] | None) -> int | None:
        """The line of a span of bytes."""
        return None if span is None else self.data.count(b"\n", 0, span[0]) + 1

    def excerpt(self, span: tuple[int, int] | None) -> str:
        """What stands in a span, in one line."""
        if span is None:
            return ""
        words = re.sub(r"\s+", " ", self.data[span[0] : span[1]].decode("utf-8", "replace")).strip()
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}..."

    def fault(self, number: int) -> tuple[int, int] | None:
        """Where the page is not valid."""
        return place_of(self.data, number)

    def id(self, id_: bytes) -> tuple[int, int] | None:
        """Where an id stands for the second time."""
        places = [(begin, end) for found, begin, end in find_ids(self.data) if found == id_]
        return places[1] if len(places) > 1 else None

    def link(self, link: bytes) -> tuple[int, int] | None:
        """Where a link stands."""
        return next(((begin, end) for found, begin, end in self._all_links() if found == link), None)

    def link_to(self, address: bytes, id_: bytes) -> tuple[int, int] | None:
        """Where a link stands that leads to a place."""
        for link, begin, end in self._all_links():
            if way_of(self._key, link, self._site_url) == ("file", address, id_):
                return begin, end
        return None

    def _all_links(self) -> list[tuple[bytes, int, int]]:
        if self._links is None:
            if is_page(self.address):
                base = read_tags(self.data).base
                self._links = [
                    (link if base is None else from_base(base, link), begin, end)
                    for link, begin, end in find_links(self.data)
                ]
            else:
                self._links = [
                    (link, begin, begin + len(link))
                    for link in links_of(self.address, self.data, self._site_url)
                    if (begin := self.data.find(link)) >= 0
                ]
        return self._links
