"""Notes of the editor on the page of a cable: those on the whole above its text, the others behind their paragraphs."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.archive.notes import Note
from generator.archive.surroundings import Surroundings
from generator.lexicon import Lexicon
from generator.render.pages.cable_link import link_to_cable
from generator.render.text.apparatus import Apparatus, CableLink
from generator.render.text.notes import render_notes
from generator.telegram.cable import Block

# What belongs to the sentence of the paragraph above it, so that a note comes after it.
_CONTINUING = frozenset({"list", "table"})


class PlacedNotes(Struct, frozen=True, kw_only=True):
    """The notes of a cable, where they stand."""

    above: Markup | None = None
    behind: Mapping[int, Markup] = {}  # by the number of a block, counted from 0


NO_NOTES = PlacedNotes()


class NoteApparatus:
    """What the archive says to the notes on one page: where ids lead."""

    def __init__(self, here: str, around: Surroundings, lexicon: Lexicon) -> None:
        self._here = here
        self._around = around
        self._lexicon = lexicon

    def link(self, id_: str, paragraph: int | None) -> CableLink | None:
        """Where an id leads."""
        return link_to_cable(self._here, id_, paragraph, self._around, self._lexicon)

    def block(self, name: str, words: str) -> Markup | None:  # noqa: ARG002 - the shape of an apparatus
        """Nothing: it stays text, and that was told."""
        return None


def place_notes(notes: Sequence[Note], body: Sequence[Block], apparatus: Apparatus) -> PlacedNotes:
    """Where the notes of a cable stand. One on a paragraph that release took out stands nowhere."""
    if not notes:
        return NO_NOTES
    shown = [note for note in notes if not _is_withheld(note.paragraph, body)]
    above: list[tuple[str, Note]] = []
    behind: dict[int, list[tuple[str, Note]]] = {}
    for number, note in enumerate(shown, start=1):
        place = _last_block(note.paragraph, body)
        of_place = above if place is None else behind.setdefault(place, [])
        of_place.append((f"note{number}", note))
    return PlacedNotes(
        above=render_notes(above, apparatus) if above else None,
        behind={place: render_notes(of_place, apparatus) for place, of_place in behind.items()},
    )


def _is_withheld(paragraph: int | None, body: Sequence[Block]) -> bool:
    return paragraph is not None and any(block.kind == "gap" and block.number == paragraph for block in body)


def _last_block(paragraph: int | None, body: Sequence[Block]) -> int | None:
    """The last block of a paragraph: it with its list or table; None where the cable has none of that number."""
    if paragraph is None:
        return None
    at = next((at for at, block in enumerate(body) if block.number == paragraph), None)
    while at is not None and at + 1 < len(body) and body[at + 1].kind in _CONTINUING:
        at += 1
    return at
