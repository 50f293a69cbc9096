"""The page of a cable, as a value: everything in the order and the words in which the template lays it out."""

from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from generator.archive.address import facet_address, relative
from generator.archive.entry import NO_SUBJECT
from generator.archive.surroundings import Surroundings
from generator.archive.words import WordKind, post_meaning
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.render.citing.citation import make_citation
from generator.render.frame import Frame, Link, make_frame
from generator.render.pages.cable_addressees import (
    MOST_ADDRESSEES,
    UNFOLDED,
    AddresseeLine,
    addressee_lines,
    explained,
    recipient_in_words,
)
from generator.render.pages.cable_citation import CablePageCitation, make_page_citation
from generator.render.pages.cable_neighbours import NeighbourRow, make_neighbours
from generator.render.pages.cable_notes import NoteApparatus, place_notes
from generator.render.pages.cable_references import ReferenceLine, make_finders, reference_lines
from generator.render.pages.cable_related import RelatedCable, make_related
from generator.render.pages.cable_thread import (
    ThreadSection,
    cited_by_in_words,
    make_thread_section,
)
from generator.render.public import public_address
from generator.render.text.body import is_shown_as_sent, render_body
from generator.render.text.markup import Explained, Mark, highlight_header, mark_text
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
from generator.telegram.cable import DatePrecision, Part
from generator.telegram.executive_order import find_code

# Parts that stand above the text and are shown as they came.
_HEADER_PARTS = frozenset(
    "preamble transmission-id routing station security dtg from action info break weekday classification caption "
    "attention executive-order tags subject references classified-by blank noise".split()
)

_MOST_REPAIRS = 12
_SUBJECT_IN_TITLE = 120  # letters
_LONG_SUBJECT = 160  # letters, which fill four lines of the largest type


class Term(Struct, frozen=True, kw_only=True):
    """A code: a TAG, a caption, a handling word, a reason."""

    code: str
    anchor: str = ""  # id of the popover that explains it, '' where nobody knows it
    name: str = ""  # what a TAGS code stands for
    href: str = ""  # the page of a TAGS code


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
    notes: Markup | None  # of the editor, those that are on no paragraph
    related: tuple[RelatedCable, ...]
    header: Markup | None
    # The text, with links to what the archive holds, its redactions marked, the editor's notes on its paragraphs, and who
    # signed it. Where `is_shown_as_sent`, all that was sent stands in it, out of sight what is no part of the reading.
    body: Markup
    is_shown_as_sent: bool
    redaction_notes: tuple[str, ...]
    repairs: tuple[Repair, ...]  # the first of them
    repairs_count: int
    popovers: Markup  # one for each word that is explained; they stand outside the text
    neighbours: tuple[NeighbourRow, ...]
    citation: CablePageCitation


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
    machine_date = _machine_date(cable)
    parts = text_parts(cable)
    notes = place_notes(catalogue.notes(cable.path), cable.body, NoteApparatus(here, catalogue, lexicon))
    explainer = Explainer(cable, catalogue.uses(cable.path), top, lexicon)
    frame = make_frame(
        settings,
        here,
        f"{row.name}: {shortened(subject, _SUBJECT_IN_TITLE)}",
        trail=_trail(top, year, month),
        here=row.name,
        noindex=cable.noindex,
    )
    page = CablePage(
        name=row.name,
        source=public_address(settings, here) or here,
        subject=subject,
        is_subject_long=len(subject) > _LONG_SUBJECT,
        subject_marking=cable.subject_marking,
        date=date,
        time=time_in_words(cable.date, cable.date_precision),
        machine_date=machine_date,
        origin=cable.origin or "",
        origin_href=relative(here, facet_address("origin", cable.post)) if cable.post else "",
        origin_meaning=_post_meaning(cable.post, lexicon) or cable.origin or cable.post or "",
        recipient=recipient_in_words(cable, lexicon),
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
        action=explained(addressee_lines(cable.action, cable.precedence, top, catalogue, lexicon), explainer),
        info=addressee_lines(cable.info, cable.precedence, top, catalogue, lexicon),
        info_count=counted(len(cable.info), "addressee"),
        fold_info=len(cable.info) > UNFOLDED,
        more_info=f"{len(cable.info) - MOST_ADDRESSEES} more, as sent"
        if len(cable.info) > MOST_ADDRESSEES
        else "",
        attention=cable.attention,
        executive_order=_executive_order(cable, explainer),
        declassify_on=date_in_words_of_day(cable),
        classified_by=cable.classified_by or "",
        reasons=_terms("reason", cable.reasons, explainer),
        sections=counted(cable.sections, "section") if cable.sections > 1 else "",
        references=reference_lines(cable, here, catalogue),
        cited_by=cited_by_in_words(thread),
        thread=make_thread_section(cable, row, thread, catalogue),
        notes=notes.above,
        related=make_related(here, catalogue.kin(cable.path)),
        header=highlight_header(header) if (header := header_as_sent(cable)) else None,
        body=render_body(
            cable.body,
            parts,
            cable.signer,
            *make_finders(cable, here, catalogue, lexicon, explainer),
            notes.behind,
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
        citation=make_page_citation(make_citation(cable, here, lexicon, settings), machine_date, settings),
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


def _redaction_notes(cable: ClearedCable) -> tuple[str, ...]:
    """What the ledger lets a reader know: '3 places redacted: protects a source'."""
    notes: list[str] = []
    for note in cable.redactions:
        places = f"{counted(note.count, 'place')} redacted" if note.count is not None else "Redacted"
        notes.append(f"{places}: {note.reason}" if note.reason else places)
    return tuple(notes)


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
