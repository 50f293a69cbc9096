"""Notes of the editor as HTML: elements of their own, which say what they are, so that nobody takes them for the telegram's."""

from collections.abc import Iterable

from markupsafe import Markup

from generator.archive.notes import Note
from generator.render.text.apparatus import Apparatus
from generator.render.text.markup import escape_text, render_markdown
from generator.render.text.note_markdown import InNote


def render_notes(notes: Iterable[tuple[str, Note]], apparatus: Apparatus) -> Markup:
    """Some notes in order, each behind its own anchor on the page; `apparatus` says where the ids in them lead."""
    return Markup("".join([_note(anchor, note, apparatus) for anchor, note in notes]))  # noqa: S704 - escaped, or made by Markdown


def _note(anchor: str, note: Note, apparatus: Apparatus) -> str:
    signed = escape_text((f" by {note.by}" if note.by else "") + (f", {note.date}" if note.date else ""))
    label = f"<p class=by><b>Editor's note</b>{signed}</p>"
    text = render_markdown(note.text, apparatus, extensions=[InNote(anchor)])
    return f"<aside class=note id={anchor} role=note>\n{label}\n{text}\n</aside>"
