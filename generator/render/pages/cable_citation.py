"""How the page of a cable is cited: each style and format with its name, and what the head of the page says."""

from markupsafe import Markup
from msgspec import Struct

from generator.render.citing.citation import Citation
from generator.render.citing.exchange import bibtex, csl_json, ris
from generator.render.citing.linked_data import linked_data
from generator.render.citing.prose import Prose
from generator.render.text.markup import as_data, as_written
from generator.settings import Settings


class CitedAs(Struct, frozen=True, kw_only=True, gc=False):
    """A citation in one style or format."""

    name: str
    text: Markup
    is_source: bool  # lines that a program reads


class CablePageCitation(Struct, frozen=True, kw_only=True, gc=False):
    """How a cable is cited, and what the head of its page says for programs that cite."""

    title: str
    institution: str
    number: str
    day: str  # '2008-11-03', '1975', ''
    day_with_strokes: str  # the same, '2008/11/03'
    archive: str
    url: str
    linked_data: Markup
    forms: tuple[CitedAs, ...]


def make_page_citation(citation: Citation, sent: str, settings: Settings) -> CablePageCitation:
    """The citations of a page; `sent` is when the cable was sent, as a machine reads it."""
    one = citation
    prose = Prose(one)
    forms = (
        CitedAs(name="Chicago note", text=as_written(prose.chicago_note()), is_source=False),
        CitedAs(name="Chicago bibliography", text=as_written(prose.chicago_bibliography()), is_source=False),
        CitedAs(name="MLA", text=as_written(prose.mla()), is_source=False),
        CitedAs(name="APA", text=as_written(prose.apa()), is_source=False),
        CitedAs(name="BibTeX", text=as_written(bibtex(one)), is_source=True),
        CitedAs(name="RIS", text=as_written(ris(one)), is_source=True),
        CitedAs(name="CSL-JSON", text=as_written(csl_json(one)), is_source=True),  # the script reads it
    )
    return CablePageCitation(
        title=one.title,
        institution=one.sender,
        number=one.number,
        day=one.machine_date,
        day_with_strokes=one.machine_date.replace("-", "/"),
        archive=one.archive,
        url=one.url,
        linked_data=as_data(linked_data(one, sent, settings)),
        forms=forms,
    )
