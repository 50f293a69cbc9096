"""Lists in the text: items with a dash, a letter or a number, nested by indentation or by kind of marker.

A marker counts only at the start of a line, and a letter or number only in its order: '(C)' behind '(B)' is an
item, elsewhere it is a portion marking, and ' -- ' in running text is a dash.
"""

import re

import msgspec

from generator.telegram.cable import ListItem

_MARKER = re.compile(
    r"(?P<indent>\s*)(?P<marker>--+|-|\*|•|o(?=\s)|\((?P<inner>[A-Za-z]|\d{1,2}|[ivx]{1,4})\)|(?P<bare>[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)])\s+(?=\S)"
)

_MAY_PRECEDE = (":", ";", ".", ",", "-", ")", "?", "!")


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """The start of an item."""

    written: str  # '(a)'
    style: str  # '--', '(a)', 'A.', '1)': what items of one level share
    ordinal: int  # 1 for a, A, 1, i; 0 for a dash
    indent: int
    end: int  # where the item's text begins


def parse_marker(line: str) -> Marker | None:
    """Read the marker at the start of a line; None when there is none. Roman numbers count as letters."""
    found = _MARKER.match(line)
    if found is None:
        return None
    written = found["marker"]
    label = found["inner"] or found["bare"]
    style, ordinal = (written[:2], 0)
    if label:
        style, ordinal = (
            written.replace(label, "1" if label.isdigit() else ("a" if label.islower() else "A")),
            _ordinal(label),
        )
    return Marker(
        written=written,
        style=style,
        ordinal=ordinal,
        indent=len(found["indent"].expandtabs()),
        end=found.end(),
    )


def _ordinal(label: str) -> int:
    if label.isdigit():
        return int(label)
    if len(label) > 1:
        return {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}.get(label, 0)
    return ord(label.lower()) - ord("a") + 1


class ListReader:
    """Gathers the items of one list while its lines go by."""

    def __init__(self) -> None:
        self._items: list[tuple[str, list[str], int]] = []
        self._open: list[tuple[str, int, int]] = []  # style, indent, last ordinal of each open level

    def accepts(self, marker: Marker) -> bool:
        """Whether a marker goes on with this list or opens it: order is asked of letters and numbers."""
        if marker.ordinal == 0:
            return True
        last = next((ordinal for style, _, ordinal in reversed(self._open) if style == marker.style), 0)
        # 'i.' may be the first Roman number as well as the ninth letter.
        return marker.ordinal == last + 1 or (last == 0 and marker.written.strip("().") == "i")

    def add(self, marker: Marker, text: str) -> None:
        """Open the next item."""
        while self._open and not self._is_same_level(marker) and self._reopens(marker):
            self._open.pop()
        if self._open and self._is_same_level(marker):
            self._open[-1] = (marker.style, marker.indent, marker.ordinal)
        else:
            self._open.append((marker.style, marker.indent, marker.ordinal))
        self._items.append((marker.written, [text], len(self._open) - 1))

    def extend(self, text: str) -> None:
        """Add a line to the item that is open."""
        self._items[-1][1].append(text)

    def items(self) -> tuple[ListItem, ...]:
        """The items in order."""
        return tuple(
            ListItem(marker=marker, text=" ".join(" ".join(lines).split()), level=level)
            for marker, lines, level in self._items
        )

    def _is_same_level(self, marker: Marker) -> bool:
        style, indent, _ = self._open[-1]
        return style == marker.style and (indent == marker.indent or marker.ordinal > 0)

    def _reopens(self, marker: Marker) -> bool:
        """Whether the marker belongs to a level further out."""
        return (
            any(
                style == marker.style and (indent == marker.indent or marker.ordinal > 0)
                for style, indent, _ in self._open[:-1]
            )
            or marker.indent < self._open[-1][1]
        )


def may_open_list(marker: Marker, above: str) -> bool:
    """Whether a list may begin here: order, and a line above that does not run on into this one."""
    first = marker.ordinal in (0, 1) or marker.written.strip("().") == "i"
    return first and (not above.strip() or above.rstrip().endswith(_MAY_PRECEDE))


def is_spacer(line: str) -> bool:
    """A line of one dash, which older telegrams put for a blank line."""
    return line[-1:] == "-" and line.strip() == "-"
