"""What a citation of a cable says, as one value, from which every style and format is made.

`assets/cite.js` reads the same value in the page, as CSL-JSON, and makes the styles and formats anew for one paragraph.
"""

from functools import lru_cache

from msgspec import Struct

from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.render.public import public_address
from generator.render.text.markup import fit_for_page
from generator.settings import Settings

_MOST_NAMED = 3  # recipients; of more the first is named, and the others are counted


class Citation(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of a cable to those who cite it; texts are on one line, and fit for a page."""

    key: str  # names it in BibTeX, RIS and CSL-JSON: the name of its page, '08ASTANA2165'
    genre: str  # 'Telegram'; 'Document' where it is none
    number: str  # its id, '' for none
    title: str  # its subject; without one 'Telegram 08ASTANA2165'
    has_subject: bool
    sender: str  # 'Embassy Astana', '' where that is unknown
    recipients: tuple[str, ...]  # 'Secretary of State'
    other_recipients: int  # how many are not named
    date: tuple[int, ...]  # year, month and day; the year alone; nothing
    machine_date: str  # '2008-11-03', '1975', ''
    tags: tuple[str, ...]
    archive: str  # its title
    url: str  # full address, '' where settings do not know the site's


def make_citation(cable: ClearedCable, address: str, lexicon: Lexicon, settings: Settings) -> Citation:
    """The citation of a cable whose page is at an address."""
    genre = "Telegram" if cable.is_telegram else "Document"
    subject = _on_one_line(cable.subject or "")
    number = _on_one_line(cable.id or "")
    what = f"{genre} {number}".rstrip()
    addressees = cable.action or cable.info  # for information alone where nobody was to act
    named = addressees[: _MOST_NAMED if len(addressees) <= _MOST_NAMED else 1]
    when = cable.date if cable.date_precision else None
    day = when.isoformat()[: len("2008-11-03")] if when else ""
    if cable.date_precision == "year":
        day = day[: len("1975")]
    return Citation(
        # No sign of a file's name is one of BibTeX, but for this.
        key=address[address.rfind("/") + 1 : -len(".html")].replace("=", "+"),
        genre=genre,
        number=number,
        title=subject or what,
        has_subject=subject not in ("", what),
        sender=_post(cable.post, lexicon) or _on_one_line(cable.origin or cable.post or ""),
        recipients=tuple(filter(None, [_addressee(one.name, lexicon) for one in named])),
        other_recipients=len(addressees) - len(named),
        date=tuple(map(int, day.split("-"))) if day else (),
        machine_date=day,
        tags=tuple([_on_one_line(tag.code) for tag in cable.tags]),
        archive=_on_one_line(settings.title),
        url=public_address(settings, address),
    )


def recipients_in_words(citation: Citation) -> tuple[str, ...]:
    """'Secretary of State', '4 others'."""
    others = citation.other_recipients
    return (*citation.recipients, f"{others} others") if others else citation.recipients


def number_of_paragraph(anchor: str) -> str:
    """'7' for the paragraph at '#par7', and for '7-2', the second that has this number."""
    return anchor.partition("-")[0]


# A few hundred posts are what most cables are addressed to.
@lru_cache(maxsize=5000)
def _addressee(name: str, lexicon: Lexicon) -> str:
    return _post(lexicon.post_key(name), lexicon) or _on_one_line(name)


def _post(key: str | None, lexicon: Lexicon) -> str:
    known = lexicon.posts.get(key or "")
    return _on_one_line(known.name) if known else ""


def _on_one_line(text: str) -> str:
    """A text without line ends of any kind, and without what no page can hold."""
    # What is printable has no white space but blanks.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(str(fit_for_page(text)).split())
