"""Telegrams whose sections are sources of their own, put together once all sources are read.

What may be such a piece waits in a temporary file, with nothing but its place in memory. Pieces of one reference id
become one cable, in the order of their sections; a piece without others is published as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import msgspec

from generator.archive.sections import is_whole
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release import ClearedCable, Ledger, Release, decode_cleared, encode_cleared, release
from generator.telegram.parse import parse_cable


def may_be_piece(cable: ClearedCable) -> bool:
    """Whether other sources may hold sections of the same telegram: one of several, and its end is not there."""
    return cable.id is not None and cable.sections > 1 and (cable.signer is None or not is_whole(cable))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    start: int  # in the file
    size: int


class Pieces:
    """The pieces of an archive, gathered while it is read."""

    def __init__(self) -> None:
        """No pieces so far."""
        self._file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - closed by telegrams()
        self._places: dict[str, list[_Place]] = {}

    def add(self, cable: ClearedCable) -> None:
        """Keep a piece until all sources are read."""
        data = encode_cleared([cable])
        place = _Place(start=self._file.tell(), size=len(data))
        self._file.write(data)
        self._places.setdefault(cast(str, cable.id), []).append(place)

    def telegrams(
        self, lexicon: Lexicon, ledger: Ledger, today: Day
    ) -> Iterator[tuple[Release, tuple[Problem, ...]]]:
        """Each telegram, whole as far as its pieces go, and what is to be told of it; the file is gone then."""
        with self._file:
            for id_ in sorted(self._places):
                pieces = [self._read(place) for place in self._places[id_]]
                chosen, copies = _one_of_each_section(pieces)
                if len(chosen) > 1:
                    yield _joined(chosen, lexicon, ledger, today)
                else:
                    copies = pieces
                for cable in copies:
                    yield Release(cleared=cable, uses={}), cable.warnings

    def _read(self, place: _Place) -> ClearedCable:
        self._file.seek(place.start)
        return decode_cleared(self._file.read(place.size))[0]


def _one_of_each_section(pieces: Sequence[ClearedCable]) -> tuple[list[ClearedCable], list[ClearedCable]]:
    """The first piece of each section, in the order of sections, and the pieces that are copies of those."""
    chosen: dict[int, ClearedCable] = {}
    copies: list[ClearedCable] = []
    for piece in sorted(pieces, key=lambda cable: cable.path):
        if piece.section in chosen:
            copies.append(piece)
        else:
            chosen[piece.section] = piece
    return [chosen[section] for section in sorted(chosen)], copies


def _joined(
    pieces: Sequence[ClearedCable], lexicon: Lexicon, ledger: Ledger, today: Day
) -> tuple[Release, tuple[Problem, ...]]:
    """One cable of several pieces, which stands under the path of the first.

    Each piece was cleared; the whole is cleared again, since a word may reach from one into the next.
    """
    texts = ["".join(part.text for part in piece.parts) for piece in pieces]
    texts = [text if text.endswith("\n") else text + "\n" for text in texts]
    first = pieces[0]
    cable = parse_cable("".join(texts), source=first.path, lexicon=lexicon)
    outcome = release(cable, path=first.path, front_matter={}, ledger=ledger, today=today)
    if outcome.cleared is None:
        return outcome, ()
    notes = tuple(dict.fromkeys(note for part in (*pieces, outcome.cleared) for note in part.redactions))
    cleared = msgspec.structs.replace(outcome.cleared, redactions=notes)
    told = Problem(
        code="sections-joined",
        severity="info",
        source=first.path,
        message=f"sections {_listed(pieces)} of {first.id} were joined: {', '.join(piece.path for piece in pieces)}",
    )
    starts = _starts(texts)
    problems = (told, *(_in_its_piece(problem, pieces, starts) for problem in cleared.warnings))
    return replace(outcome, cleared=cleared), problems


def _listed(pieces: Sequence[ClearedCable]) -> str:
    return ", ".join(str(piece.section) for piece in pieces)


def _starts(texts: Sequence[str]) -> list[int]:
    """The line of the joined text at which each piece begins, from 1."""
    starts = [1]
    for text in texts[:-1]:
        starts.append(starts[-1] + text.count("\n"))
    return starts


def _in_its_piece(problem: Problem, pieces: Sequence[ClearedCable], starts: Sequence[int]) -> Problem:
    """The problem at the source and line where an editor finds it."""
    if problem.line is None:
        return problem
    number = max(at for at, start in enumerate(starts) if start <= problem.line)
    piece = pieces[number]
    line = problem.line - starts[number] + piece.parts[0].line
    return replace(problem, source=piece.path, line=line)
