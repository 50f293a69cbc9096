"""The body as it is drafted: numbered paragraphs with their marks, and the blocks that they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from truth.form import Piece
from truth.scene import MARKS, Scene

BlockTruth = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """How paragraph numbers are written, and which numbers they are."""

    sign: Callable[[int], str]  # the number as written, with what follows it: '¶3. '
    number: Callable[[int], int | None] = lambda ordinal: ordinal  # of the first, second, ... paragraph
    least: int = 0  # how many paragraphs there must be for it to be readable
    alone: bool = False  # the number stands on a line of its own
    indent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A portion marking as written, and normalised; both empty where a paragraph has none."""

    written: str
    value: str | None


class Draft:
    """The body that is being written."""

    def __init__(self, scene: Scene, numbering: Numbering, mark: Callable[[Scene, int], Marking]) -> None:
        self.scene = scene
        self.numbering = numbering
        self.mark = mark
        self.ordinal = 0

    def open(self) -> tuple[str, int | None, str | None]:
        """What the next paragraph opens with; its number; its marking."""
        self.ordinal += 1
        written, number = self.numbering.sign(self.ordinal), self.numbering.number(self.ordinal)
        marking = self.mark(self.scene, self.ordinal)
        return f"{written}{marking.written}", number, marking.value

    def open_unmarked(self) -> tuple[str, int | None]:
        """The same without a marking."""
        self.ordinal += 1
        return self.numbering.sign(self.ordinal), self.numbering.number(self.ordinal)

    def lines(self, opening: str, text: str) -> list[str]:
        """A paragraph's lines, wrapped."""
        if self.numbering.alone:
            number, _, rest = opening.partition(" ")
            return [number, *self.scene.wrap(rest + text)]
        return self.scene.wrap(opening + text, first=self.numbering.indent)

    def paragraph(self, text: str, *, role: str | None = None) -> Piece:
        """The next paragraph."""
        opening, number, marking = self.open()
        block = paragraph(text, number, marking, role)
        return Piece(lines=tuple(self.lines(opening, text)), truth={"body": [block]})

    def written(self, texts: Sequence[str]) -> Piece:
        """The next paragraph, its line breaks given: the first text follows the number."""
        opening, number, marking = self.open()
        words = paragraph(" ".join(" ".join(texts).split()), number, marking)
        return Piece(lines=(opening + texts[0], *texts[1:]), truth={"body": [words]})


def paragraph(
    text: str, number: int | None = None, marking: str | None = None, role: str | None = None
) -> BlockTruth:
    words = " ".join(text.split())
    block = {"kind": "paragraph", "number": number, "marking": marking, "text": words}
    return block | ({"role": role} if role else {})


def heading(text: str, number: int | None = None, marking: str | None = None) -> BlockTruth:
    return {"kind": "heading", "number": number, "marking": marking, "text": text}


def items(*entries: tuple[str, int, str]) -> BlockTruth:
    """A list of marker, level and text."""
    return {"kind": "list", "items": [{"marker": m, "level": n, "text": t} for m, n, t in entries]}


def level_mark(scene: Scene) -> str:
    return MARKS.get(scene.level, "U")


def join(*pieces: Piece, apart: bool = True, **truth: Any) -> Piece:
    """Pieces one after the other, a blank line between them."""
    lines: list[str] = []
    for piece in pieces:
        lines += [""] if lines and apart else []
        lines += piece.lines
    blocks = [block for piece in pieces for block in piece.truth.get("body", [])]
    return Piece(lines=tuple(lines), truth={"body": blocks} | truth, told=pieces[0].told)


def alone(*lines: str, block: BlockTruth | None = None) -> Piece:
    """Lines that stand for themselves."""
    return Piece(lines=lines, truth={"body": [block] if block else []})
