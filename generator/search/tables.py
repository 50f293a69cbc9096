"""The pieces that are no lists of words: what cables are called and where they stand, what they have, how long they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.search.cut import Cut, day_key, day_of, halve, word_key, word_of
from generator.search.pieces import part_name, piece

LENGTHS = 4_096  # cables of a piece
FACETS = 2_048
IDS = 256
CABLES = 32  # of a span, in a piece


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A cable as results show it."""

    name: str
    subject: str
    date: str  # '2008-11-03T08:56', '2008-11-03', '2008' or ''
    post: str
    level: str
    address: str
    day: int
    tags: tuple[str, ...]


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A span, as the tables need it."""

    day: int  # with which it begins
    cables: int
    words: int  # tokens of them all
    lengths: str  # the codes of their lengths
    ids: str  # lines of the pieces of ids, parted by commas


def cable_pieces(day: int, cables: Sequence[Listed]) -> Iterator[tuple[str, bytes]]:
    """What the cables of a span are called; names and texts."""
    for part, start in enumerate(range(0, len(cables), CABLES)):
        rows = []
        for cable in cables[start : start + CABLES]:
            row = [cable.name, cable.subject, cable.date, cable.post, cable.level]
            if cable.address != f"cable/{cable.date[:7].replace('-', '/')}/{cable.name}.html":
                row.append(cable.address)
            rows.append(row)
        name = f"cables/{day}-{part}"
        yield name, piece(name, rows)


def id_line(id_: str, address: str) -> str:
    """The line of an id in a piece of ids."""
    folder, _, page = address.removeprefix("cable/").rpartition("/")
    line = f"{id_} {folder.replace('/', '-')}"
    return line if page == f"{id_}.html" else f"{line} {address}"


def facets_name(day: int) -> str:
    """The name of a piece of facets, by its first day."""
    return f"facets/{day}"


def facets_piece(name: str, cables: Sequence[Listed]) -> bytes:
    """What the cables of some spans have of each facet."""
    posts, levels, tags = _Values(), _Values(), _Values()
    before, days = 0, []
    for cable in cables:
        days.append(cable.day - before)
        before = cable.day
    value = {
        "days": days,
        "posts": posts.all,
        "post": [posts.place(cable.post) for cable in cables],
        "levels": levels.all,
        "level": [levels.place(cable.level) for cable in cables],
        "tags": tags.all,
        "tag": [[tags.place(tag) for tag in cable.tags] for cable in cables],
    }
    return piece(name, value)


class _Values:
    """Values, each with its place."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, value: str) -> int:
        """The place of a value; -1 for ''."""
        if not value:
            return -1
        place = self._places.get(value)
        if place is None:
            place = self._places[value] = len(self.all)
            self.all.append(value)
        return place


def cut_spans(spans: Sequence[Span], limit: int) -> list[Cut]:
    """Spans in ranges of so many cables."""
    return halve([day_key(span.day) for span in spans], [span.cables for span in spans], limit)


def facet_cuts(spans: Sequence[Span]) -> list[Cut]:
    """The spans of each piece of facets."""
    return cut_spans(spans, FACETS)


def length_pieces(spans: Sequence[Span]) -> Iterator[tuple[str, bytes]]:
    """The pieces of lengths."""
    for cut in cut_spans(spans, LENGTHS):
        name = f"lengths/{day_of(cut.first)}"
        yield name, piece(name, "".join([span.lengths for span in spans[cut.start : cut.stop]]))


def id_pieces(lines: Iterable[str]) -> tuple[list[str], list[tuple[str, bytes]]]:
    """The first keys of the pieces of ids, and the pieces; of lines that are equal one stays."""
    keyed = sorted({(_id_key(line), line) for line in lines})
    keys = [word_key(key) for key, _ in keyed]
    firsts, pieces = [], []
    for cut in halve(keys, [1] * len(keys), IDS):
        first = word_of(cut.first)
        name = f"ids/{part_name(first)}"
        firsts.append(first)
        pieces.append((name, piece(name, ",".join([line for _, line in keyed[cut.start : cut.stop]]))))
    return firsts, pieces


def _id_key(line: str) -> str:
    """Post and serial of an id, small, by which ids are sorted: '08ASTANA2165' is 'astana2165'."""
    return line.partition(" ")[0][2:].lower()


def table_names(spans: Sequence[Span]) -> Iterator[str]:
    """The names of all these pieces but those of ids."""
    yield from ("start", "words", "names")
    yield from (f"cables/{span.day}-{part}" for span in spans for part in range(-(-span.cables // CABLES)))
    yield from (facets_name(day_of(cut.first)) for cut in facet_cuts(spans))
    yield from (f"lengths/{day_of(cut.first)}" for cut in cut_spans(spans, LENGTHS))


def names_piece(
    tags: Mapping[str, str], posts: Mapping[str, tuple[str, str]], levels: Sequence[str]
) -> tuple[str, bytes]:
    """What TAGS codes and posts are called, with their countries, and levels from the lowest up."""
    return "names", piece("names", {"tags": tags, "posts": posts, "levels": levels})


def start_piece(
    spans: Sequence[Span], *, positions: bool, fields: Sequence[str], ids: Sequence[str]
) -> tuple[str, bytes]:
    """What is read first."""
    return "start", piece(
        "start",
        {
            "cables": sum(span.cables for span in spans),
            "words": sum(span.words for span in spans),
            "positions": positions,
            "fields": list(fields),
            "ids": list(ids),
        },
    )


def words_table(spans: Sequence[Span], firsts: Iterable[str]) -> tuple[str, bytes]:
    """What a question for words needs to find its pieces."""
    return "words", piece(
        "words",
        {
            "spans": [number for span in spans for number in (span.day, span.cables)],
            "words": list(firsts),
            "lengths": [day_of(cut.first) for cut in cut_spans(spans, LENGTHS)],
            "facets": [day_of(cut.first) for cut in cut_spans(spans, FACETS)],
        },
    )
