"""A matrix of who wrote to whom: a cell for each sender and each addressee, the more cables the darker, with their number."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.render.pictures.scale import text_width

# Units of the picture, which are pixels: it scrolls where there is no room for it.
_CELL_WIDTH, _CELL_HEIGHT = 52, 26
_SLANT = 0.72  # of a name's length, above and beside the cells: names of columns rise at 45 degrees
_GAP = 8

# The shades, from the darkest: cells with at least so much of the largest.
_SHADES = ((4, 2), (3, 8), (2, 32), (1, 0))


class Head(Struct, frozen=True, kw_only=True):
    """The name of a row or a column."""

    text: str
    href: str  # '' for one without a page
    x: int
    y: int


class Cell(Struct, frozen=True, kw_only=True):
    """The cables from one to another; there are some."""

    x: int
    y: int
    middle: int  # of its number
    foot: int
    shade: int  # 1 to 4; 0 for one of a row or a column that is not of one post
    count: str


class Matrix(Struct, frozen=True, kw_only=True):
    """Rows of senders, columns of addressees."""

    name: str  # what the picture shows, for those who do not see it
    width: int
    height: int
    left: int  # where the cells begin
    cell_width: int
    cell_height: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    lines: tuple[int, ...]  # below the names of columns, and below each row
    cells: tuple[Cell, ...]


def make_matrix(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    counts: Sequence[Sequence[int]],
    *,
    shaded: tuple[int, int],
    name: str,
) -> Matrix:
    """A matrix of some rows and columns, each with its name and its page; of each row the cables by column.

    So many of the rows and columns are `shaded`; those behind them are several posts together.
    """
    left = round(max(text_width(text) for text, _ in rows)) + _GAP
    rise = round(max(text_width(text) for text, _ in columns) * _SLANT)
    top = rise + _GAP
    # The last name leans out of the picture.
    lean = max(
        (place - len(columns)) * _CELL_WIDTH + _CELL_WIDTH // 2 + round(text_width(text) * _SLANT) + _GAP
        for place, (text, _) in enumerate(columns)
    )
    return Matrix(
        name=name,
        width=left + len(columns) * _CELL_WIDTH + max(lean, 0),
        height=top + len(rows) * _CELL_HEIGHT + 2,
        left=left,
        cell_width=_CELL_WIDTH,
        cell_height=_CELL_HEIGHT,
        rows=tuple(
            Head(text=text, href=href, x=left - _GAP, y=top + place * _CELL_HEIGHT + 17)
            for place, (text, href) in enumerate(rows)
        ),
        columns=tuple(
            Head(text=text, href=href, x=left + place * _CELL_WIDTH + _CELL_WIDTH // 2 + 2, y=top - _GAP)
            for place, (text, href) in enumerate(columns)
        ),
        lines=tuple(top + place * _CELL_HEIGHT for place in range(len(rows) + 1)),
        cells=tuple(_cells(counts, shaded, left, top)),
    )


def _cells(counts: Sequence[Sequence[int]], shaded: tuple[int, int], left: int, top: int) -> Iterator[Cell]:
    rows, columns = shaded
    most = max(count for row in counts[:rows] for count in row[:columns])
    for place, row in enumerate(counts):
        for column, count in enumerate(row):
            if count:
                x, y = left + column * _CELL_WIDTH, top + place * _CELL_HEIGHT
                yield Cell(
                    x=x,
                    y=y,
                    middle=x + _CELL_WIDTH // 2,
                    foot=y + 17,
                    shade=_shade(count, most) if place < rows and column < columns else 0,
                    count=f"{count:,}",
                )


def _shade(count: int, most: int) -> int:
    return next(shade for shade, part in _SHADES if not part or part * count >= most)
