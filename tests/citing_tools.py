"""What tests of citations share: citations of messy telegrams, and readers of what was written, by others where there are any."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import rispy
from hostile.cables import hostile_cable
from pybtex.database import Entry, parse_string
from site_tools import cleared
from truth.telegram import write_telegram

from generator.archive.address import cable_address
from generator.lexicon import builtin_lexicon
from generator.render.citing.citation import Citation, make_citation
from generator.settings import Settings
from generator.telegram.parse import parse_cable

SITE = Settings(title='The "Salt" & {Snow} Archive', site_url="https://cables.example/a_b/")
NOWHERE = Settings(title="The Ruritania Cables")


def citation_of(telegram: str, *, name: str = "", settings: Settings = SITE, path: str = "a.txt") -> Citation:
    """The citation of a telegram; its page is named by its id unless a name is given."""
    cable = cleared(parse_cable(telegram, source=path), path=path)
    address = cable_address(name or cable.id or "a", cable.date, cable.date_precision)
    return make_citation(cable, address, builtin_lexicon(), settings)


def messy_citations(count: int) -> list[Citation]:
    """Of telegrams of every era and form, and of as many that are hostile in every field; each has a key of its own."""
    written = [write_telegram(seed).text for seed in range(count // 2)]
    written += [hostile_cable(seed) for seed in range(count - count // 2)]
    return [
        citation_of(text, name=f"M{number}", settings=SITE if number % 3 else NOWHERE)
        for number, text in enumerate(written)
    ]


# How LaTeX names what cannot stand in a text as it is. Source: 'LaTeX2e font selection', text symbols of every encoding.
_SYMBOLS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}
_TEX = re.compile(r"\{\\([a-z]+)\}|\\([%&$#_])|[{}]")


def read_tex(text: str) -> str:
    """A text as LaTeX would show it."""
    return _TEX.sub(lambda found: _SYMBOLS[found[1]] if found[1] else found[2] or "", text)


def read_bibtex(text: str) -> dict[str, Entry]:
    """Entries by their keys, their texts as LaTeX would show them but for addresses."""
    entries: dict[str, Entry] = dict(parse_string(text, "bibtex").entries)
    for entry in entries.values():
        for name in entry.fields:
            if name != "url":
                entry.fields[name] = read_tex(entry.fields[name])
    return entries


def read_ris(text: str) -> list[dict[str, Any]]:
    """Records as rispy reads them."""
    records: list[dict[str, Any]] = rispy.loads(text)
    return records


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.metas: list[dict[str, str]] = []
        self.linked_data = ""
        self.forms: dict[str, str] = {}
        self._place = ""
        self._name = ""
        self._is_in_cite = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.metas.append(values)
        self._is_in_cite = self._is_in_cite or values.get("id") == "cite"
        if tag in ("dt", "dd"):
            self._place = tag if self._is_in_cite else ""
            self._name = "" if tag == "dt" else self._name
        if tag == "script":
            self._place = values.get("type", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "dl"):
            self._place = ""
        self._is_in_cite = self._is_in_cite and tag != "details"

    def handle_data(self, data: str) -> None:
        if self._place == "dt":
            self._name += data
        elif self._place == "dd":
            self.forms[self._name] = self.forms.get(self._name, "") + data
        elif self._place == "application/ld+json":
            self.linked_data += data


def read_citations(page: str) -> dict[str, str]:
    """The citations of a page by their names, as they read without JavaScript."""
    return {name: text.removesuffix("\n") for name, text in _read(page).forms.items()}


def read_metas(page: str) -> list[dict[str, str]]:
    """The attributes of each <meta>."""
    return _read(page).metas


def read_linked_data(page: str) -> str:
    """The JSON-LD of a page."""
    return _read(page).linked_data


def _read(page: str) -> _Page:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader


def zotero(page: str) -> dict[str, str]:
    """What Zotero's 'Embedded Metadata' makes of the head of a page.

    Of each <meta>, `name` counts, and `property` only where there is none; either may hold several words. Words that begin
    with 'citation_' say what kind of thing it is, and win over Dublin Core, and that over Open Graph. Source:
    zotero/translators, 'Embedded Metadata.js': `detectWeb`, `HIGHWIRE_MAPPINGS`, `addHighwireMetadata`, and 'RDF.js' for the rest.
    """
    highwire = {
        "citation_title": "title",
        "citation_publication_date": "date",
        "citation_technical_report_institution": "institution",
        "citation_technical_report_number": "reportNumber",
        "citation_public_url": "url",
        "citation_author": "creators",
    }
    dublin_core = {"title": "title", "date": "date", "identifier": "url", "creator": "creators"}
    open_graph = {"title": "title", "url": "url", "site_name": "publicationTitle"}
    found: dict[str, str] = {"itemType": "webpage"}
    ranks: dict[str, int] = {}

    def tell(field: str | None, value: str, rank: int) -> None:
        if field and rank > ranks.get(field, 0):
            found[field], ranks[field] = value, rank

    for meta in read_metas(page):
        for word in (meta.get("name") or meta.get("property") or "").split():
            value = " ".join(meta.get("content", "").split())
            prefix, _, name = word.lower().replace(":", ".").partition(".")
            if word in highwire:
                tell(highwire[word], value, 3)
            elif prefix in ("dc", "dcterms"):
                tell(dublin_core.get(name), value, 2)
            elif prefix == "og":
                tell(open_graph.get(name), value, 1)
            if word == "citation_technical_report_institution":
                found["itemType"] = "report"
    return found


def pages_of_cables(site: Any) -> Iterator[tuple[str, str]]:
    """Address and text of each cable's page."""
    for path in sorted(site.glob("cable/**/*.html")):
        page = path.read_text("utf-8")
        if "id=cite" in page:
            yield path.relative_to(site).as_posix(), page
