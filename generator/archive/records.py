"""Which records of the data files are due: those of cables that changed, came, went or moved since the files were made."""

import sqlite3

from generator.archive.touched import Face


def mark_record(db: sqlite3.Connection, path: str, was: Face | None, now: Face | None) -> None:
    """Note a cable that changed, in the months in which it was and is; what is known of the record of one that went is gone."""
    for face in (was, now):
        if face is not None:
            _mark(db, face)
    if now is None:
        db.execute("DELETE FROM record WHERE path = ?", (path,))


def mark_moved(db: sqlite3.Connection, face: Face) -> None:
    """Note a cable that has another address."""
    _mark(db, face)


def _mark(db: sqlite3.Connection, face: Face) -> None:
    db.execute(
        "INSERT OR IGNORE INTO record_due VALUES (?, ?, ?)", (face["path"], face["year"], face["month"])
    )
