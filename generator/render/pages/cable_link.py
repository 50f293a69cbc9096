"""Where the id of a cable leads that somebody wrote into a text, and what is shown when it is pointed at."""

from generator.archive.address import relative
from generator.archive.asks import has_paragraph
from generator.archive.cable_row import CableRow
from generator.archive.surroundings import Surroundings
from generator.lexicon import Lexicon
from generator.render.pages.cable_thread import NOT_PUBLISHED
from generator.render.text.apparatus import CableLink
from generator.render.text.markup import fit_for_page
from generator.render.words import counted, date_in_words, shortened
from generator.telegram.reference_id import canonical_id

LONGEST_HINT = 120  # letters of a subject


def link_to_cable(
    here: str, id_: str, paragraph: int | None, around: Surroundings, lexicon: Lexicon
) -> CableLink | None:
    """Where an id leads on the page `here`; a card or a list of cables with that id has no paragraphs."""
    id_ = canonical_id(id_, lexicon) or id_
    address = around.link_for(id_)
    if address is None:
        return None
    rows = around.find(id_)
    is_there = (
        paragraph is not None and len(rows) == 1 and has_paragraph(around.db, rows[0].path, paragraph, "link")
    )
    href = relative(here, address, f"par{paragraph}" if is_there else "")
    if len(rows) > 1:
        return CableLink(href=href, title=counted(len(rows), "cable"))
    return CableLink(href=href, title=_hint(rows[0]) if rows else NOT_PUBLISHED)


def _hint(row: CableRow) -> str:
    hint = f"{shortened(row.subject, LONGEST_HINT)}, {date_in_words(row.date, row.date_precision)}"
    return str(fit_for_page(hint))  # Markdown has marks of its own, which a subject could hold
