"""Pictures of what cites what: the threads about a cable, and the cables that cite one, by year.

Labels are set in a font of one width, so that a line can begin where a label ends. A line leads from a cable to what it
cites, at its left. All numbers are units of the picture, whole ones: each page of a cable may have such a picture.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

_LETTER = 7.25  # of the labels' font
_ROW = 18
_GAP = 26  # between a column and the next
_LONGEST = 20  # letters of a label
_RAISED = 4  # the middle of a label above its foot
_STEP = 44  # from a year to the next
_TRUNK = 12  # from the cited cable to the line that leads down


class Node(Struct, frozen=True, kw_only=True):
    """A cable as a picture needs it."""

    label: str
    href: str = ""  # '' for this cable, and for one that the archive does not have
    year: str = ""  # '' where it is not known
    is_here: bool = False  # the cable that the picture is about
    is_absent: bool = False


class Placed(Struct, frozen=True, kw_only=True):
    """A label in a picture; x is its left end, y its foot."""

    x: int
    y: int
    label: str
    href: str = ""
    is_here: bool = False


class ThreadGraph(Struct, frozen=True, kw_only=True):
    """A picture of cables, the older to the left."""

    width: int
    height: int
    edges: str  # the data of a path
    absent: str  # the same: lines below the labels of cables that the archive does not have
    years: tuple[Placed, ...]
    nodes: tuple[Placed, ...]


def draw_generations(columns: Iterable[Mapping[str, Node]], edges: Iterable[tuple[str, str]]) -> ThreadGraph:
    """Cables in columns, each under its years; an edge leads from a cable to one that it cites, both by their keys."""
    filled = [column for column in columns if column]
    rows = max(len(column) for column in filled)
    places: dict[str, Placed] = {}
    years: list[Placed] = []
    absent: list[str] = []
    x = width = 0
    for column in filled:
        y = _ROW + (rows - len(column)) * _ROW // 2
        years.append(Placed(x=x, y=_ROW - 6, label=_years(column.values())))
        for key, node in column.items():
            y += _ROW
            place = _placed(node, x, y)
            places[key] = place
            width = max(width, _end(place))
            if node.is_absent:
                absent.append(f"M{x} {y + 3}H{_end(place)}")
        x = width + _GAP
    lines = [
        f"M{places[citing].x - 3} {places[citing].y - _RAISED}L{_end(places[cited]) + 3} {places[cited].y - _RAISED}"
        for citing, cited in edges
        if citing in places and cited in places
    ]
    return ThreadGraph(
        width=width,
        height=(rows + 1) * _ROW + 6,
        edges="".join(lines),
        absent="".join(absent),
        years=tuple([year for year in years if year.label]),
        nodes=tuple(places.values()),
    )


def draw_years(hub: Node, citing: Sequence[Node]) -> ThreadGraph:
    """A cable and those that cite it, each in a row of its own and under its year; they are given in order."""
    here = _placed(hub, 0, 2 * _ROW)
    trunk = _end(here) + _TRUNK
    years = {
        year: trunk + _TRUNK + n * _STEP for n, year in enumerate(dict.fromkeys(one.year for one in citing))
    }
    nodes = [_placed(one, years[one.year], (n + 2) * _ROW) for n, one in enumerate(citing)]
    last = nodes[-1].y - _RAISED
    lines = [f"M{_end(here) + 3} {here.y - _RAISED}H{trunk}V{last}"]
    lines += [f"M{trunk} {node.y - _RAISED}H{node.x - 3}" for node in nodes]
    heads = [Placed(x=x, y=_ROW - 6, label=year) for year, x in years.items() if year]
    return ThreadGraph(
        width=max(_end(node) for node in nodes),
        height=last + _ROW,
        edges="".join(lines),
        absent="",
        years=tuple(heads if not hub.year else [Placed(x=0, y=_ROW - 6, label=hub.year), *heads]),
        nodes=(here, *nodes),
    )


def _placed(node: Node, x: int, y: int) -> Placed:
    label = node.label if len(node.label) <= _LONGEST else f"{node.label[: _LONGEST - 3]}..."
    return Placed(x=x, y=y, label=label, href=node.href, is_here=node.is_here)


def _end(place: Placed) -> int:
    return place.x + round(len(place.label) * _LETTER)


def _years(nodes: Iterable[Node]) -> str:
    """'2008', '2006-2008', '' where none is known."""
    years = sorted({node.year for node in nodes if node.year})
    return "-".join(dict.fromkeys((years[0], years[-1]))) if years else ""
