"""What a note of the editor says of itself: the cable it is on, the paragraph, who wrote it and when.

---
kind: note
cable: 08ASTANA2165
paragraph: 7
by: F. Tarlenheim
date: March 2026
---
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.read import NoteSource
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.reference_id import canonical_id, other_name

_MOST = 9999  # the highest number that a paragraph can have


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """A note, as it is written."""

    id: str  # of its cable, canonical
    other: str | None  # the same by another name of the post
    paragraph: int | None
    by: str
    date: str
    text: str
    cable_line: int
    paragraph_line: int


def read_note(source: NoteSource, lexicon: Lexicon) -> tuple[ReadNote | None, tuple[Problem, ...]]:
    """A note with what is wrong with it; None where it cannot be shown."""
    id_ = canonical_id(_field(source, "cable"), lexicon)
    paragraph = _number(_field(source, "paragraph"))
    problems = tuple(_problems(source, id_, paragraph))
    if id_ is None or not source.text.strip():
        return None, problems
    cable_line = _line(source, "cable")
    note = ReadNote(
        id=id_,
        other=other_name(id_, lexicon),
        paragraph=paragraph,
        by=_field(source, "by"),
        date=_field(source, "date"),
        text=source.text,
        cable_line=cable_line,
        paragraph_line=source.lines.get("paragraph", cable_line),
    )
    return note, problems


def _field(source: NoteSource, name: str) -> str:
    """The words of a field; '' where there are none, and where it is a list."""
    value = source.front_matter.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(written: str) -> int | None:
    if not (written.isascii() and written.isdigit()) or len(written) > len(str(_MOST)):
        return None
    return int(written) or None


def _line(source: NoteSource, name: str) -> int:
    """The line of a field; where it is not there, the line that says what the source is."""
    return source.lines.get(name) or source.lines.get("kind", 1)


def _problems(source: NoteSource, id_: str | None, paragraph: int | None) -> Iterator[Problem]:
    cable = _field(source, "cable")
    if id_ is None:
        yield Problem(
            code="note-cable",
            severity="warning",
            source=source.path,
            line=_line(source, "cable"),
            message=f"{cable!r} is no reference id"
            if cable
            else "the note does not say on which cable it is",
            next_step="the note is not shown; write the id of the cable, 'cable: 08STRELSAU123'",
        )
    # A field that is no text is told with the fields of all kinds.
    written = _field(source, "paragraph")
    if written and paragraph is None:
        yield Problem(
            code="note-paragraph",
            severity="warning",
            source=source.path,
            line=_line(source, "paragraph"),
            message=f"{written!r} is no number of a paragraph",
            next_step="the note stands above the text; write the number alone, 'paragraph: 7'",
        )
    if not source.text.strip():
        yield Problem(
            code="note-empty",
            severity="warning",
            source=source.path,
            line=source.first_line,
            message="the note has no words",
            next_step="it is not shown; write them below the front matter, or remove the file",
        )
