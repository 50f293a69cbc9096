"""Notes of the editor on cables: which of them a cable's page shows, which pages are due, and what is wrong with them.

A note names its cable by an id, and belongs to every cable that a reference to this id leads to: to all that share it, and
to the one that has it by another name of its post where no cable has it as it is written. It is kept cleared, and asked for
with the cables of a batch; an archive without notes is asked once a batch whether it has any.

What release holds back has no notes: neither a cable, which nobody asks for them, nor a paragraph that was taken out.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

import msgspec

from generator.problem import Problem, Severity


class Note(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A note on a cable, as it may be published."""

    source: str  # path, by which notes are ordered
    id: str  # of the cable, canonical
    other: str | None  # the same by another name of the post
    paragraph: int | None  # None for the cable as a whole
    by: str = ""
    date: str = ""  # as it is written
    text: str  # Markdown
    cable_line: int  # of front matter
    paragraph_line: int


# A row of the table `note` beside the number of its unit.
NoteRow = tuple[str, str | None, int | None, bytes]

# By what an update tells whether a note is as it was: the two ids of its cable, and a digest of all of it.
NoteMark = tuple[str, str | None, bytes]

_HAS_NOTES = "SELECT 1 FROM note LIMIT 1"

# Notes that name a cable by one of the ids `?1`, by path.
_NAMING = (
    "SELECT note.id, other, data FROM note JOIN unit ON unit.number = note.unit "
    "WHERE note.id IN (SELECT value FROM json_each(?1)) OR other IN (SELECT value FROM json_each(?1)) ORDER BY unit.key"
)


def row_of(note: Note) -> NoteRow:
    """What the state keeps of a note."""
    return note.id, note.other, note.paragraph, msgspec.msgpack.encode(note)


def mark_of(key: str, row: NoteRow) -> NoteMark:
    """By what to tell whether the note of a unit is as it was."""
    id_, other, paragraph, data = row
    digest = hashlib.blake2b(repr((key, paragraph, data)).encode("utf-8", "surrogatepass"), digest_size=16)
    return id_, other, digest.digest()


def load_notes(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[Note]]:
    """The notes on cables of some ids, each list in order."""
    if db.execute(_HAS_NOTES).fetchone() is None:
        return {}
    wanted = set(ids)
    notes: dict[str, list[Note]] = {}
    for id_, other, data in db.execute(_NAMING, (json.dumps(sorted(wanted)),)):
        note = _DECODER.decode(data)
        for name in {id_, other} & wanted:
            # Where a cable has the id as it is written, the other name is that of another cable.
            if name == id_ or not _is_held(db, id_):
                notes.setdefault(name, []).append(note)
    return notes


def mark_noted(db: sqlite3.Connection, changed: Collection[NoteMark]) -> None:
    """The pages of cables whose notes changed, came or went, are due."""
    ids = {name for mark in changed for name in mark[:2] if name is not None}
    if ids:
        named = json.dumps(sorted(ids))
        db.execute("UPDATE cable SET size = NULL WHERE id IN (SELECT value FROM json_each(?))", (named,))


def mark_noted_by(db: sqlite3.Connection, keys: Collection[str]) -> None:
    """The pages of cables with notes of some sources are due, since they show something else."""
    if keys:
        db.execute(
            "UPDATE cable SET size = NULL WHERE id IN (SELECT name FROM "
            "(SELECT unit, id AS name FROM note UNION SELECT unit, other FROM note) JOIN unit ON unit.number = unit "
            "WHERE unit.key IN (SELECT value FROM json_each(?)))",
            (json.dumps(sorted(keys)),),
        )


def paragraphs_of(numbers: str, count: int) -> tuple[set[int], set[int]]:
    """The numbers of the paragraphs that a cable shows, and of those that release took out, as its entry has them."""
    if not numbers:
        return set(range(1, count + 1)), set()
    written = [int(number) for number in numbers.split()]
    withheld = {-number for number in written if number < 0}
    return {number for number in written if number > 0} - withheld, withheld


def note_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """What only the whole archive shows of notes: on no cable, on a withheld one, on several, on no paragraph."""
    for (data,) in db.execute(
        "SELECT data FROM note JOIN unit ON unit.number = note.unit ORDER BY unit.key"
    ).fetchall():
        note = _DECODER.decode(data)
        cables = _cables(db, note.id) or (_cables(db, note.other) if note.other else [])
        if not cables:
            yield _not_shown(db, note)
            continue
        if len(cables) > 1:
            yield _note_problem(
                note,
                "note-shared",
                note.cable_line,
                f"{len(cables)} sources are {note.id}: {', '.join(path for path, _, _ in cables)}",
                "the note stands on the page of each; remove the copies that are not wanted",
                severity="info",
            )
        if note.paragraph is not None:
            yield from _paragraph_problems(note, note.paragraph, cables)


def _paragraph_problems(note: Note, paragraph: int, cables: list[tuple[str, str, int]]) -> Iterator[Problem]:
    for path, numbers, count in cables:
        shown, withheld = paragraphs_of(numbers, count)
        where = f"{note.id} ({path})" if len(cables) > 1 else note.id
        if paragraph in withheld:
            yield _note_problem(
                note,
                "note-withheld",
                note.paragraph_line,
                f"paragraph {paragraph} of {where} is withheld",
                "the note is not shown; release the paragraph, or take the note out",
            )
        elif paragraph not in shown:
            last = max(shown, default=0)
            has = f"its last one is {last}" if last else "it has none with a number"
            yield _note_problem(
                note,
                "note-paragraph",
                note.paragraph_line,
                f"{where} has no paragraph {paragraph}; {has}",
                "the note stands above the text; mend the number, or take it out if the whole cable is meant",
            )


def _not_shown(db: sqlite3.Connection, note: Note) -> Problem:
    held = db.execute("SELECT 1 FROM held_back WHERE id IN (?, ?)", (note.id, note.other)).fetchone()
    if held is not None:
        return _note_problem(
            note,
            "note-withheld",
            note.cable_line,
            f"{note.id} is withheld",
            "the note is not shown; release the cable, or take the note out",
        )
    return _note_problem(
        note,
        "note-cable-unknown",
        note.cable_line,
        f"the archive has no cable {note.id}",
        "the note is not shown; see whether the id is spelled right",
    )


def _note_problem(
    note: Note, code: str, line: int, message: str, next_step: str, *, severity: Severity = "warning"
) -> Problem:
    return Problem(
        code=code,
        severity=severity,
        source=note.source,
        line=line,
        message=message,
        next_step=next_step,
    )


def _cables(db: sqlite3.Connection, id_: str) -> list[tuple[str, str, int]]:
    """Path and paragraphs of each cable that has an id."""
    return db.execute(
        "SELECT path, numbers, paragraphs FROM cable WHERE id = ? ORDER BY path", (id_,)
    ).fetchall()


def _is_held(db: sqlite3.Connection, id_: str) -> bool:
    return db.execute("SELECT 1 FROM cable WHERE id = ?", (id_,)).fetchone() is not None


_DECODER = msgspec.msgpack.Decoder(Note)
