"""The lines of a body as they are put together, and the places where a page line may cut them."""

from dataclasses import dataclass, field

from truth.draft import BlockTruth
from truth.form import UNSURE, Piece
from truth.page_forms import ABOVE_HEADING, BETWEEN, HYPHEN, ITEMS, SENTENCE
from truth.passage_forms import PLAIN

Marked = tuple[str, str]  # a line, and the form that wrote it


@dataclass(slots=True)
class BodyLines:
    """The body's lines, and where a page line may cut them."""

    lines: list[Marked] = field(default_factory=list)
    blocks: list[tuple[str, BlockTruth]] = field(default_factory=list)
    cuts: dict[str, list[int]] = field(default_factory=dict)  # by place, indexes of the line below the cut
    unsure: bool = False

    def add(self, form: str, piece: Piece, *, apart: bool) -> None:
        if not piece.lines:
            return
        if self.lines and apart:
            self.lines.append(("", form))
        start = len(self.lines)
        self.lines += [(words, form) for words in piece.lines]
        body = piece.truth.get("body", [])
        if body is UNSURE:
            self.unsure = True
        else:
            self.blocks += [(form, block) for block in body]
        self._find_cuts(form, piece, start)

    def _find_cuts(self, form: str, piece: Piece, start: int) -> None:
        if form == PLAIN:
            for at in range(1, len(piece.lines)):
                if not piece.lines[at - 1].endswith((".", ":", ")")):
                    self.cuts.setdefault(SENTENCE, []).append(start + at)
        if form in (PLAIN, "summary/closed") and start:
            self.cuts.setdefault(BETWEEN, []).append(start)
        if form == "passage/list-dashes":
            self.cuts.setdefault(ITEMS, []).append(start + len(piece.lines) - 1)
        if form == "passage/hyphen-at-line-end":
            self.cuts.setdefault(HYPHEN, []).append(start + 1)
        if form == "heading/rule-below":
            self.cuts.setdefault(ABOVE_HEADING, []).append(start)

    def insert(self, at: int, lines: list[Marked]) -> None:
        self.lines[at:at] = lines
