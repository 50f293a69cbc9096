"""What is wrong with the sources that someone is editing, kept until it is mended.

A build counts the problems of a whole archive; an editor wants to see those of the file just saved. Only they are read
again, and they pass the release first, so that nothing is shown of what is held back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.build.pieces import may_be_piece
from generator.build.written import page_of
from generator.intake.find import kind_by_name, readable_name, unreadable
from generator.intake.note import read_note
from generator.intake.read import CableSource, NoteSource, PageSource, understand
from generator.lexicon import Lexicon
from generator.preview.places import Places
from generator.problem import Problem
from generator.release.ledger import Ledger
from generator.release.own_rules import is_draft
from generator.release.release import release
from generator.render.pages.asking import WrittenLines, asked_by
from generator.telegram.messages import parse_messages

# Of more files at once nobody is the editor: a checkout, an import.
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How sources are read and released."""

    lexicon: Lexicon
    ledger: Ledger
    today: Day
    drafts: bool


class EditedSources:
    """The sources that were saved while the preview ran, with their problems."""

    def __init__(self) -> None:
        """None so far."""
        self._problems: dict[Path, tuple[Problem, ...]] = {}

    def look_at(self, paths: Collection[Path], places: Places, reading: Reading) -> None:
        """Read what was just saved, and once more what was wrong before."""
        saved = sorted(paths) if len(paths) <= _MOST else []
        wrong = [path for path, problems in self._problems.items() if problems]
        self._problems = {
            path: tuple(problems_of(path, places, reading))
            for path in dict.fromkeys([*saved, *wrong])
            if path.is_file() and places.kind(path) == "content"
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with them."""
        return tuple(problem for problems in self._problems.values() for problem in problems)


def problems_of(path: Path, places: Places, reading: Reading) -> Iterator[Problem]:
    """What a build tells of one source, given by its absolute path."""
    name = "/".join(readable_name(part) for part in path.relative_to(places.content).parts)
    kind = kind_by_name(path.name.lower())
    if kind == "asset":
        return
    try:
        source = understand(path.read_bytes(), path=name, kind=kind)
    except OSError as error:
        yield unreadable(name, error)
        return
    if isinstance(source, Problem):
        yield source
        return
    yield from source.problems
    if isinstance(source, NoteSource):
        yield from read_note(source, reading.lexicon)[1]
    if isinstance(source, PageSource) and (reading.drafts or not is_draft(source.front_matter)):
        page, _ = page_of(source, source.front_matter, reading.ledger)
        lines = WrittenLines(source.text, source.first_line, source.lines)
        yield from asked_by(page, lines, reading.lexicon).problems
    if not isinstance(source, CableSource):
        return
    for cable in parse_messages(
        source.text, source=name, first_line=source.first_line, lexicon=reading.lexicon
    ):
        if may_be_piece(cable):  # other sources have the rest of it, and only together they are whole
            continue
        outcome = release(
            cable,
            path=name,
            front_matter=source.front_matter,
            ledger=reading.ledger,
            today=reading.today,
            drafts=reading.drafts,
        )
        yield from outcome.problems
        if outcome.cleared is not None:
            yield from outcome.cleared.warnings
