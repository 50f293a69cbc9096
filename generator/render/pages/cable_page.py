"""The page of a cable, as a value: everything in the order and the words in which the template lays it out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.archive.address import UNDATED, facet_address, relative
from generator.archive.entry import NO_SUBJECT
from generator.archive.surroundings import Surroundings
from generator.archive.words import WordKind, post_meaning
from generator.lexicon import Lexicon
from generator.release.cleared import MARK, ClearedCable
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.cable_neighbours import NeighbourRow, make_neighbours
from generator.render.pages.cable_thread import (
    NOT_HELD,
    NOT_PUBLISHED,
    ThreadSection,
    cited_by_in_words,
    make_thread_section,
)
from generator.render.text.body import FindMarks, is_shown_as_sent, render_body
from generator.render.text.markup import Explained, Mark, TextLink, highlight_header, mark_text
from generator.render.text.right_to_left import find_right_to_left
from generator.render.text.terms import Explainer
from generator.render.words import (
    counted,
    date_in_words,
    day_in_words,
    period_in_words,
    short_date,
    shortened,
    time_in_words,
)
from generator.settings import Settings
from generator.telegram.cable import Addressee, DatePrecision, Part, Reference
from generator.telegram.citations import Citation, citation_context, find_citations
from generator.telegram.executive_order import find_code
from generator.telegram.redactions import Redaction, find_redactions
from generator.telegram.reference_id import split_id

# Parts that stand above the text and are shown as they came.
_HEADER_PARTS = frozenset(
    "preamble transmission-id routing station security dtg from action info break weekday classification caption "
    "attention executive-order tags subject references classified-by blank noise".split()
)

# A longer list of addressees is folded away.
_ADDRESSEES_UNFOLDED = 6
_MOST_ADDRESSEES = 60  # of TO and of INFO; all of them stand in the header as sent
_MOST_REPAIRS = 12
_SUBJECT_IN_TITLE = 120  # letters
_SUBJECT_AS_HINT = 40
_LONG_SUBJECT = 160  # letters, which fill four lines of the largest type
_SUBJECTS_OF_REFERENCES = 8


class Term(Struct, frozen=True, kw_only=True):
    """A code: a TAG, a caption, a handling word, a reason."""

    code: str
    anchor: str = ""  # id of the popover that explains it, '' where nobody knows it
    name: str = ""  # what a TAGS code stands for
    href: str = ""  # the page of a TAGS code


class AddresseeLine(Struct, frozen=True, kw_only=True):
    """An addressee as the page lists it."""

    name: str  # what the post is called; of another, and of a post that nobody knows, the name as it was sent
    href: str  # page of the post, where the archive has cables from it
    post: str  # key of the post, where a popover may explain it
    anchor: str  # id of that popover, where it does
    note: str  # its precedence, where that is not the telegram's, and what is excluded


class ReferenceLine(Struct, frozen=True, kw_only=True):
    """An entry of the REF line."""

    label: str
    text: str
    href: str  # '' where the archive does not hold the cable
    note: str  # ' 2008-02-14 THE SALT ROAD', or why there is no link


class Repair(Struct, frozen=True, kw_only=True):
    """Something the parser repaired or doubted."""

    line: int | None
    message: str
    next_step: str


class CablePage(Struct, frozen=True, kw_only=True):
    """What `cable.html` receives as `page`."""

    name: str
    source: str  # its full address; its place in the site, where settings do not know the site's
    subject: str
    is_subject_long: bool  # too long for the type of a heading
    subject_marking: str | None
    date: str
    time: str
    machine_date: str  # for <time datetime>, '' where there is none
    origin: str
    origin_href: str
    origin_meaning: str  # what the post is called, else the line of origin, else the post of the id
    recipient: (
        str  # to whom it was sent, in words: 'Secretary of State and 2 others'; '' where that is unknown
    )
    classification: str | None
    classification_href: str
    classification_anchor: str  # id of the popover that explains the level
    level: str  # 'secret': a class of the stylesheet
    controls: tuple[Term, ...]  # handling words and captions
    tags: tuple[Term, ...]
    precedence: Term | None
    action: tuple[AddresseeLine, ...]
    info: tuple[AddresseeLine, ...]
    info_count: str
    fold_info: bool
    more_info: str  # '340 more, as sent': those that are left out, '' for none
    attention: tuple[str, ...]
    executive_order: Markup  # with what is explained in it
    declassify_on: str
    classified_by: str
    reasons: tuple[Term, ...]
    sections: str
    references: tuple[ReferenceLine, ...]
    cited_by: str  # '12 cables of this archive', '' for none
    thread: ThreadSection | None
    header: Markup | None
    # The text, with links to what the archive holds, its redactions marked, and who signed it. Where `is_shown_as_sent`, all
    # that was sent stands in it, out of sight what is no part of the reading.
    body: Markup
    is_shown_as_sent: bool
    redaction_notes: tuple[str, ...]
    repairs: tuple[Repair, ...]  # the first of them
    repairs_count: int
    popovers: Markup  # one for each word that is explained; they stand outside the text
    neighbours: tuple[NeighbourRow, ...]


def make_cable_page(
    cable: ClearedCable, catalogue: Surroundings, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, CablePage]:
    """Frame and value of a cable's page."""
    row = catalogue.row(cable.path)
    here = row.address
    top = "../" * here.count("/")
    near, thread = catalogue.neighbours(cable.path), catalogue.thread(cable.path)
    subject = cable.subject or NO_SUBJECT
    date = date_in_words(cable.date, cable.date_precision)
    year, month = _period(cable.date, cable.date_precision)
    parts = text_parts(cable)
    explainer = Explainer(cable, catalogue.uses(cable.path), top, lexicon)
    frame = make_frame(
        settings,
        here,
        f"{row.name}: {shortened(subject, _SUBJECT_IN_TITLE)}",
        trail=_trail(top, year, month),
        here=row.name,
    )
    page = CablePage(
        name=row.name,
        source=f"{settings.site_url or ''}{here}",
        subject=subject,
        is_subject_long=len(subject) > _LONG_SUBJECT,
        subject_marking=cable.subject_marking,
        date=date,
        time=time_in_words(cable.date, cable.date_precision),
        machine_date=_machine_date(cable),
        origin=cable.origin or "",
        origin_href=relative(here, facet_address("origin", cable.post)) if cable.post else "",
        origin_meaning=_post_meaning(cable.post, lexicon) or cable.origin or cable.post or "",
        recipient=_recipient(cable, lexicon),
        classification=cable.classification,
        classification_href=_level_href(here, cable.classification),
        classification_anchor=explainer.explain("level", cable.classification),
        level=level_class(cable.classification),
        controls=(
            *_terms("handling", cable.handling, explainer),
            *_terms("caption", cable.captions, explainer),
        ),
        tags=tuple([_tag(tag.code, explainer.explain("tag", tag.code), top, lexicon) for tag in cable.tags]),
        precedence=_precedence(cable.precedence, explainer),
        action=_explained(_addressees(cable.action, cable.precedence, top, catalogue, lexicon), explainer),
        info=_addressees(cable.info, cable.precedence, top, catalogue, lexicon),
        info_count=counted(len(cable.info), "addressee"),
        fold_info=len(cable.info) > _ADDRESSEES_UNFOLDED,
        more_info=f"{len(cable.info) - _MOST_ADDRESSEES} more, as sent"
        if len(cable.info) > _MOST_ADDRESSEES
        else "",
        attention=cable.attention,
        executive_order=_executive_order(cable, explainer),
        declassify_on=date_in_words_of_day(cable),
        classified_by=cable.classified_by or "",
        reasons=_terms("reason", cable.reasons, explainer),
        sections=counted(cable.sections, "section") if cable.sections > 1 else "",
        references=_references(cable, here, catalogue),
        cited_by=cited_by_in_words(thread),
        thread=make_thread_section(cable, row, thread, catalogue),
        header=highlight_header(header) if (header := header_as_sent(cable)) else None,
        body=render_body(
            cable.body,
            parts,
            cable.signer,
            *_find_marks(cable, here, catalogue, lexicon, explainer),
        ),
        is_shown_as_sent=is_shown_as_sent(cable.body, parts),
        redaction_notes=_redaction_notes(cable),
        repairs=tuple(
            Repair(line=warning.line, message=warning.message, next_step=warning.next_step)
            for warning in cable.warnings[:_MOST_REPAIRS]
        ),
        repairs_count=len(cable.warnings),
        popovers=explainer.popovers,  # behind all that explains
        neighbours=make_neighbours(cable, row, near, thread),
    )
    return frame, page


@lru_cache(maxsize=1000)
def level_class(classification: str | None) -> str:
    """The stylesheet's class of a level: 'top-secret'; 'unknown' where there is none."""
    return classification.lower().replace(" ", "-") if classification else "unknown"


def date_in_words_of_day(cable: ClearedCable) -> str:
    """The day of declassification, '' where none is set."""
    day = cable.declassify_on
    if day is None:
        return ""
    return day_in_words(day)


def _period(date: object, precision: DatePrecision | None) -> tuple[str, str]:
    """Value and period of the page that lists a cable by date."""
    when = getattr(date, "year", None)
    if when is None or precision is None:
        return "undated", ""
    month = 0 if precision == "year" else getattr(date, "month", 0)
    return f"{when:04d}", f"{when:04d}-{month:02d}"


# The cables of a month have one trail.
@lru_cache(maxsize=5000)
def _trail(top: str, year: str, month: str) -> tuple[Link, ...]:
    """The pages of year and month above a cable; `top` is the way from there to the top of the site."""
    periods = dict.fromkeys(filter(None, (year, month)))
    return tuple(
        Link(
            href=top + facet_address("date", year, period if period != year else ""),
            label=period_in_words(period),
        )
        for period in periods
    )


def _machine_date(cable: ClearedCable) -> str:
    if cable.date is None:
        return ""
    if cable.date_precision == "minute":
        return f"{cable.date.isoformat()[:16]}Z"  # '2008-11-03T08:56Z'
    return short_date(cable.date, cable.date_precision)


def _post_meaning(post: str | None, lexicon: Lexicon) -> str:
    known = lexicon.posts.get(post or "")
    return post_meaning(known, lexicon) if known else ""


def _recipient(cable: ClearedCable, lexicon: Lexicon) -> str:
    """To whom a cable was sent, in words."""
    everybody = len(cable.action) + len(cable.info)
    if not everybody:
        return ""
    first = (cable.action or cable.info)[0].name
    others = everybody - 1
    known = lexicon.posts.get(_post_key(first, lexicon))
    name = known.name if known else first
    return f"{name} and {counted(others, 'other')}" if others else name


def _level_href(here: str, classification: str | None) -> str:
    return relative(here, facet_address("classification", classification)) if classification else ""


def _terms(kind: WordKind, words: tuple[str, ...], explainer: Explainer) -> tuple[Term, ...]:
    return tuple([Term(code=word, anchor=explainer.explain(kind, word)) for word in words])


# The pages of cables lie at two depths, and have the same TAGS again and again.
@lru_cache(maxsize=5000)
def _tag(code: str, anchor: str, top: str, lexicon: Lexicon) -> Term:
    """A TAG on a page; `top` is the way from there to the top of the site, '../../../'."""
    return Term(
        code=code,
        anchor=anchor,
        name=lexicon.tag_name(code) or "",
        href=top + relative("", facet_address("tag", code)),
    )


def _precedence(precedence: str | None, explainer: Explainer) -> Term | None:
    return Term(code=precedence, anchor=explainer.explain("precedence", precedence)) if precedence else None


# A few hundred posts are what most cables are addressed to.
@lru_cache(maxsize=5000)
def _post_key(name: str, lexicon: Lexicon) -> str:
    return lexicon.post_key(name)


def _addressees(
    addressees: Sequence[Addressee],
    precedence: str | None,
    top: str,
    catalogue: Surroundings,
    lexicon: Lexicon,
) -> tuple[AddresseeLine, ...]:
    """The first addressees of a list; `precedence` is the telegram's own."""
    return tuple(
        [
            _addressee(addressee, precedence, top, catalogue, lexicon)
            for addressee in addressees[:_MOST_ADDRESSEES]
        ]
    )


def _explained(lines: Iterable[AddresseeLine], explainer: Explainer) -> tuple[AddresseeLine, ...]:
    """The same with popovers for posts that have no page."""
    return tuple(
        [
            replace(line, anchor=anchor)
            if line.post and (anchor := explainer.explain_post(line.post))
            else line
            for line in lines
        ]
    )


def _addressee(
    addressee: Addressee, precedence: str | None, top: str, catalogue: Surroundings, lexicon: Lexicon
) -> AddresseeLine:
    name = addressee.name
    key = _post_key(name, lexicon)
    post = key if catalogue.has_post(key) else None
    own = addressee.precedence if addressee.precedence != precedence else None
    return _addressee_line(name, own, addressee.excluded, post, top, lexicon)


@lru_cache(maxsize=5000)
def _addressee_line(
    name: str,
    precedence: str | None,
    excluded: tuple[str, ...],
    post: str | None,
    top: str,
    lexicon: Lexicon,
) -> AddresseeLine:
    """An addressee on a page; it leads to the page of `post`, `top` is the way to the top of the site."""
    key = _post_key(name, lexicon)
    notes = [precedence] if precedence else []
    if excluded:
        notes.append(f"without {', '.join(excluded)}")
    return AddresseeLine(
        name=lexicon.posts[key].name if key in lexicon.posts else name,
        href=top + relative("", facet_address("origin", post)) if post else "",
        post="" if post else key,
        anchor="",
        note=", ".join(notes),
    )


def _executive_order(cable: ClearedCable, explainer: Explainer) -> Markup:
    """The order and what follows it, 'E.O. 12356: DECL: OADR', both explained."""
    order = f"E.O. {cable.executive_order}" if cable.executive_order else ""
    text = ": ".join(filter(None, [order, cable.declassification]))
    marks: list[Mark] = []
    if anchor := explainer.explain("order", cable.executive_order):
        marks.append(Explained(start=0, end=len(order), anchor=anchor))
    code = cable.declassification_code
    capitals = text.upper() if code is not None else ""
    if code is not None and len(capitals) == len(text) and (found := find_code(capitals)) is not None:
        written, start, end = found
        if written == code and (anchor := explainer.explain("declassification", code)):
            marks.append(Explained(start=start, end=end, anchor=anchor))
    return mark_text(text, marks)


def _references(cable: ClearedCable, here: str, catalogue: Surroundings) -> tuple[ReferenceLine, ...]:
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
            note += f" {shortened(cited[0].subject, _SUBJECT_AS_HINT)}"
    elif reference.id:
        note = f", {NOT_HELD}"
    return ReferenceLine(
        label=reference.label, text=reference.text, href=relative(here, address) if address else "", note=note
    )


def _find_marks(
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


# 'ref', 'refs', 'reftel', and no reform.
_may_cite = re.compile(r"ref(?:tel)?s?(?!\w)").search


def _our_redactions(text: str) -> Iterator[Redaction]:
    """The marks that the archive's own release has put into a text."""
    at = text.find(MARK)
    while at >= 0:
        yield Redaction(start=at, end=at + len(MARK), is_of_source=False)
        at = text.find(MARK, at + len(MARK))


def _redaction_notes(cable: ClearedCable) -> tuple[str, ...]:
    """What the ledger lets a reader know: '3 places redacted: protects a source'."""
    notes: list[str] = []
    for note in cable.redactions:
        places = f"{counted(note.count, 'place')} redacted" if note.count is not None else "Redacted"
        notes.append(f"{places}: {note.reason}" if note.reason else places)
    return tuple(notes)


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
    title = (
        f"{rows[0].name}: {shortened(rows[0].subject, _SUBJECT_AS_HINT)}"
        if rows
        else f"{id_}: {NOT_PUBLISHED}"
    )
    return TextLink(start=citation.start, end=citation.end, href=href, title=title)


def header_as_sent(cable: ClearedCable) -> str:
    """Everything above the text of a cable, as it came."""
    return "".join([part.text for part in cable.parts[: _header_length(cable)]]).strip("\n")


def text_parts(cable: ClearedCable) -> tuple[Part, ...]:
    """The parts from the first line of the text on."""
    return cable.parts[_header_length(cable) :]


def _header_length(cable: ClearedCable) -> int:
    """How many parts stand above the text."""
    return next(
        (at for at, part in enumerate(cable.parts) if part.kind not in _HEADER_PARTS), len(cable.parts)
    )
