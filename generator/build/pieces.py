"""Telegrams whose sections are sources of their own, put together.

Pieces of one reference id become one cable, in the order of their sections; a piece without others is a cable by itself.
Nothing is cleared before it is whole, since a word may reach from one section into the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.archive.sections import is_whole
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.cable import Cable
from generator.telegram.parse import parse_cable


def may_be_piece(cable: Cable) -> bool:
    """Whether other sources may hold sections of the same telegram: one of several, and its end is not there."""
    return cable.id is not None and cable.sections > 1 and (cable.signer is None or not is_whole(cable))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A cable that may be a part of one, and the front matter of its source."""

    cable: Cable
    front_matter: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """What some pieces make together."""

    cable: Cable
    pieces: tuple[Piece, ...]  # in the order of their sections

    def problems(self, told: Sequence[Problem], path: str) -> Iterator[Problem]:
        """What is told of the cleared cable, each problem at the source and line where an editor finds it.

        `path` is the cleared cable's; where it is no longer that of the first piece, no piece may be named.
        """
        first = self.pieces[0].cable
        if len(self.pieces) == 1 or path != first.source:
            yield from told
            return
        sections = ", ".join(str(piece.cable.section) for piece in self.pieces)
        sources = ", ".join(piece.cable.source for piece in self.pieces)
        yield Problem(
            code="sections-joined",
            severity="info",
            source=path,
            message=f"sections {sections} of {first.id} were joined: {sources}",
        )
        starts = _starts([_text(piece.cable) for piece in self.pieces])
        for problem in told:
            yield _in_its_piece(problem, self.pieces, starts)


def telegrams_of(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[Telegram]:
    """The telegrams that the pieces of one id make: one, and each piece that is a copy of another's section."""
    chosen, copies = _one_of_each_section(pieces)
    if len(chosen) > 1:
        yield _joined(chosen, lexicon)
    else:
        copies = list(pieces)
    for piece in copies:
        yield Telegram(cable=piece.cable, pieces=(piece,))


def _one_of_each_section(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The first piece of each section, in the order of sections, and the pieces that are copies of those."""
    chosen: dict[int, Piece] = {}
    copies: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.cable.source):
        if piece.cable.section in chosen:
            copies.append(piece)
        else:
            chosen[piece.cable.section] = piece
    return [chosen[section] for section in sorted(chosen)], copies


def _joined(pieces: Sequence[Piece], lexicon: Lexicon) -> Telegram:
    """One cable of several pieces, which stands under the path of the first."""
    text = "".join(_text(piece.cable) for piece in pieces)
    cable = parse_cable(text, source=pieces[0].cable.source, lexicon=lexicon)
    return Telegram(cable=cable, pieces=tuple(pieces))


def _text(cable: Cable) -> str:
    """The text of a piece, a line end at its end."""
    text = "".join(part.text for part in cable.parts)
    return text if text.endswith("\n") else text + "\n"


def _starts(texts: Sequence[str]) -> list[int]:
    """The line of the joined text at which each piece begins, from 1."""
    starts = [1]
    for text in texts[:-1]:
        starts.append(starts[-1] + text.count("\n"))
    return starts


def _in_its_piece(problem: Problem, pieces: Sequence[Piece], starts: Sequence[int]) -> Problem:
    """The problem at the source and line where an editor finds it."""
    if problem.line is None:
        return problem
    number = max(at for at, start in enumerate(starts) if start <= problem.line)
    piece = pieces[number].cable
    line = problem.line - starts[number] + piece.parts[0].line
    return replace(problem, source=piece.source, line=line)
