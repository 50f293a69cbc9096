"""Where a cable's page leads to other cables: the entries of its REF line, and the citations marked in its text."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.archive.address import UNDATED, relative
from generator.archive.surroundings import Surroundings
from generator.lexicon import Lexicon
from generator.release.cleared import MARK, ClearedCable
from generator.render.pages.cable_thread import NOT_HELD, NOT_PUBLISHED, subject_hint
from generator.render.text.body import FindMarks
from generator.render.text.markup import Mark, TextLink
from generator.render.text.right_to_left import find_right_to_left
from generator.render.text.terms import Explainer
from generator.telegram.cable import Reference
from generator.telegram.citations import Citation, citation_context, find_citations
from generator.telegram.redactions import Redaction, find_redactions
from generator.telegram.reference_id import split_id

_SUBJECTS_OF_REFERENCES = 8


class ReferenceLine(Struct, frozen=True, kw_only=True):
    """An entry of the REF line."""

    label: str
    text: str
    href: str  # '' where the archive does not hold the cable
    note: str  # ' 2008-02-14 THE SALT ROAD', or why there is no link


def reference_lines(cable: ClearedCable, here: str, catalogue: Surroundings) -> tuple[ReferenceLine, ...]:
    """The entries of the REF line, the first of them with the subjects of what they refer to."""
    return tuple(
        [
            _reference(reference, here, catalogue, has_subject=number < _SUBJECTS_OF_REFERENCES)
            for number, reference in enumerate(cable.references)
        ]
    )


def _reference(
    reference: Reference, here: str, catalogue: Surroundings, *, has_subject: bool
) -> ReferenceLine:
    address = catalogue.link_for(reference.id) if reference.id else None
    note = ""
    if address and reference.id:
        cited = catalogue.find(reference.id)
        note = f" {cited[0].day or UNDATED}" if cited else f", {NOT_PUBLISHED}"
        if cited and has_subject:
            note += f" {subject_hint(cited[0].subject)}"
    elif reference.id:
        note = f", {NOT_HELD}"
    return ReferenceLine(
        label=reference.label, text=reference.text, href=relative(here, address) if address else "", note=note
    )


def make_finders(
    cable: ClearedCable, here: str, catalogue: Surroundings, lexicon: Lexicon, explainer: Explainer
) -> tuple[FindMarks, FindMarks]:
    """What is to be marked in the texts of a cable: citations of what the archive holds, redactions, words it explains.

    The second is for headings, in which nothing is explained, and behind which all may be once more.
    """
    # The entry of the cable knows all that it cites: a text without the number of a cable that has a page need not be read.
    linked = {id_ for id_ in catalogue.cited_ids(cable.path) if catalogue.link_for(id_) is not None}
    serials = {str(split_id(id_)[2]) for id_ in linked}
    context = citation_context(cable, lexicon)
    has_linked_reference = not linked.isdisjoint(context.ids)
    hinted: set[str] = set()

    def find_in_heading(text: str) -> list[Mark]:
        explainer.begin_section()
        return find_others(text)

    def find_marks(text: str) -> list[Mark]:
        marks = find_others(text)
        marks.extend(explainer.find(text, marks))
        return marks

    def find_others(text: str) -> list[Mark]:
        marks: list[Mark] = []
        small = text.lower()
        may_refer = has_linked_reference and "ref" in small and _may_cite(small)
        if may_refer or any(serial in text for serial in serials):
            for citation in find_citations(text, context):
                if (link := _link(citation, here, catalogue)) is not None:
                    # The hint is there to read once.
                    marks.append(link if link.href not in hinted else replace(link, title=""))
                    hinted.add(link.href)
        if "xxxxx" in small or "[" in text or "(" in text:
            marks.extend(find_redactions(text))
        if MARK in text:
            marks.extend(_our_redactions(text))
        marks.extend(find_right_to_left(text))
        return marks

    return find_marks, find_in_heading


def redaction_marks(text: str) -> list[Mark]:
    """What is to be marked in a text that stands on another page than its cable's: redactions alone."""
    return [*find_redactions(text), *_our_redactions(text), *find_right_to_left(text)]


# 'ref', 'refs', 'reftel', and no reform.
_may_cite = re.compile(r"ref(?:tel)?s?(?!\w)").search


def _our_redactions(text: str) -> Iterator[Redaction]:
    """The marks that the archive's own release has put into a text."""
    at = text.find(MARK)
    while at >= 0:
        yield Redaction(start=at, end=at + len(MARK), is_of_source=False)
        at = text.find(MARK, at + len(MARK))


def _link(citation: Citation, here: str, catalogue: Surroundings) -> TextLink | None:
    """A citation as a link; None where it means several cables or one that the archive does not hold."""
    if len(citation.ids) != 1:
        return None
    (id_,) = citation.ids
    address = catalogue.link_for(id_)
    if address is None or address == here:
        return None
    href, rows = relative(here, address), catalogue.find(id_)
    if citation.paragraph and catalogue.has_paragraph(id_, citation.paragraph):
        href += f"#par{citation.paragraph}"
    title = f"{rows[0].name}: {subject_hint(rows[0].subject)}" if rows else f"{id_}: {NOT_PUBLISHED}"
    return TextLink(start=citation.start, end=citation.end, href=href, title=title)
