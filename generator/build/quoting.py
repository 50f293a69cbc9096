"""Reads the cables that pages quote once more, and clears them as for their own pages: the archive keeps no text."""

from generator.archive.cable_row import CableRow
from generator.build.gathering import unit_tasks
from generator.build.job import Desk
from generator.build.reading import Reader
from generator.release.cleared import ClearedCable


class QuotedCables:
    """The cables that some pages quote, each read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cables: dict[str, ClearedCable] = {}  # by path

    def read(self, row: CableRow) -> ClearedCable | None:
        """The cable of a row; None where its source has changed or gone since, which the next build will see."""
        if row.path not in self._cables:
            desk = self._desk
            units = desk.catalogue.db.execute("SELECT unit FROM cable WHERE path = ?", (row.path,)).fetchall()
            reader = Reader(desk)
            reader.again(unit_tasks(desk.catalogue.db, (unit for (unit,) in units), desk.job.content))
            self._cables.update({cable.path: cable for cable in reader.cables})
        return self._cables.get(row.path)
