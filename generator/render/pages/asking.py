"""What a Markdown page asks of the archive, found by rendering it once for nobody, when it is read.

So that what is asked for is what the page will show, and nothing that only looks like it, in code say. Whether the
archive has it is not known yet; what cannot be read of it is told here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape
from msgspec import Struct

from generator.archive.asks import Ask, AskKind, Listed, ask_for_cable, parse_quote
from generator.archive.query import QueryFault, nearest, parse_query
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.render.pages.collection_source import read_collection
from generator.render.pages.text_page import TextSource, is_fed_by
from generator.render.text.apparatus import CableLink
from generator.render.text.cable_markdown import BLOCK_LINE, ID_IN_TEXT
from generator.render.text.markup import render_line, render_markdown
from generator.telegram.reference_id import canonical_id

BLOCKS = ("quote", "list", "timeline")

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ID = re.compile(ID_IN_TEXT)


class Asked(Struct, frozen=True, kw_only=True):
    """What a page asks for."""

    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...]
    collection: Listed | None
    comments: tuple[str, ...]  # on the cables of a collection, which are Markdown too


class WrittenLines:
    """The lines of a source, in which it is looked up where something stands."""

    def __init__(self, text: str, first_line: int, of_front_matter: Mapping[str, int]) -> None:
        """`text` begins with a line of that number; the lines of front matter are known by what stands there."""
        self._first_line = first_line
        self._of_front_matter = of_front_matter
        self._prose = list(_without_code(_LINE_END.split(text)))
        self._blocks: dict[str, list[int]] = {}
        for number, line in enumerate(self._prose, first_line):
            for found in BLOCK_LINE.finditer(re.sub(r"^[ >]+", "", line)):
                self._blocks.setdefault(" ".join(found["inside"].split()), []).append(number)

    def of_block(self, name: str, words: str) -> int | None:
        """Where a block stands; of several that are alike, the next."""
        lines = self._blocks.get(" ".join(f"{name} {words}".split()), [])
        return lines.pop(0) if len(lines) > 1 else next(iter(lines), None)

    def of_id(self, written: str, paragraph: int | None) -> int | None:
        """Where an id first stands in the text."""
        wanted = (written, str(paragraph) if paragraph is not None else None)
        for number, line in enumerate(self._prose, self._first_line):
            if any((found["id"], found["paragraph"]) == wanted for found in _ID.finditer(line)):
                return number
        return None

    def of_front_matter(self, place: str) -> int | None:
        """Where a field or an entry of front matter stands: 'title', 'cables.0'."""
        return self._of_front_matter.get(place)


def _without_code(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those of fenced code blank."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1] == fence:
            fence = ""
        elif not fence:
            yield line
            continue
        yield ""


def asked_by(page: TextSource, lines: WrittenLines, lexicon: Lexicon) -> Asked:
    """What a page asks for."""
    listener = _Listener(page.path, lines, lexicon)
    listed = None
    comments: tuple[str, ...] = ()
    if page.is_collection:
        collection = read_collection(page.path, page.title, page.front_matter, lexicon)
        for fault in collection.faults:
            line = lines.of_front_matter(fault.place)
            listener.problem(fault.code, line, fault.message, fault.next_step)
        for cable in collection.cables:
            line = lines.of_front_matter(cable.place)
            listener.ask("listed", cable.id, None, line)
            render_line(cable.comment, listener.at(line))
        if collection.query:
            listener.query(collection.query, lines.of_front_matter("query"))
        listener.at(None)
        comments = tuple(cable.comment for cable in collection.cables if cable.comment)
        listed = Listed(
            description=collection.description,
            ids=tuple(cable.id for cable in collection.cables),
            query=collection.query,
            is_fed=is_fed_by(page),
        )
    render_markdown(page.text, listener)
    return Asked(
        asks=tuple(listener.asks.values()),
        problems=tuple(listener.told),
        collection=listed,
        comments=comments,
    )


def asked_by_note(path: str, text: str, lines: WrittenLines, lexicon: Lexicon) -> Asked:
    """What a note of the editor asks for: the cables that it names."""
    listener = _NoteListener(path, lines, lexicon)
    render_markdown(text, listener)
    return Asked(
        asks=tuple(listener.asks.values()), problems=tuple(listener.told), collection=None, comments=()
    )


class _Listener:
    """An apparatus that notes what it is asked, and answers nothing."""

    def __init__(self, path: str, lines: WrittenLines, lexicon: Lexicon) -> None:
        self._path = path
        self._lines = lines
        self._lexicon = lexicon
        self._line: int | None = None  # of all that is asked, where that is known
        self.asks: dict[tuple[str, str, int | None, str], Ask] = {}
        self.told: list[Problem] = []

    def at(self, line: int | None) -> "_Listener":
        self._line = line
        return self

    def link(self, id_: str, paragraph: int | None) -> CableLink | None:
        line = self._line or self._lines.of_id(id_, paragraph)
        self.ask("link", canonical_id(id_, self._lexicon) or id_, paragraph, line)
        return None

    def block(self, name: str, words: str) -> Markup | None:
        line = self._lines.of_block(name, words)
        if name == "quote":
            quoted = parse_quote(words, self._lexicon)
            if quoted is None:
                said = f"'{words}' names no paragraph of a cable"
                self.problem("block-unread", line, said, "write [[quote 08LONDON123 par 7]]")
            else:
                self.ask("quote", *quoted, line)
        elif name in BLOCKS:
            self.query(words, line)
        else:
            meant = nearest(name, BLOCKS)
            step = (
                f"perhaps [[{meant} ...]]"
                if meant
                else f"there are {', '.join(f'[[{one} ...]]' for one in BLOCKS)}"
            )
            self.problem("block-unread", line, f"there is no block [[{name} ...]]", step)
        return escape("")

    def ask(self, kind: AskKind, id_: str, paragraph: int | None, line: int | None) -> None:
        ask = ask_for_cable(kind, id_, paragraph, line=line, lexicon=self._lexicon)
        self.asks.setdefault((kind, id_, paragraph, ""), ask)

    def query(self, written: str, line: int | None) -> None:
        _, faults = parse_query(written, self._lexicon)
        for fault in faults:
            self._tell_query(fault, line)
        if not faults:
            self.asks.setdefault(("query", "", None, written), Ask(kind="query", line=line, query=written))

    def _tell_query(self, fault: QueryFault, line: int | None) -> None:
        self.problem("query-unread", line, fault.message, fault.next_step)

    def problem(self, code: str, line: int | None, message: str, next_step: str) -> None:
        self.told.append(
            Problem(
                code=code,
                severity="warning",
                source=self._path,
                line=line,
                message=message,
                next_step=next_step,
            )
        )


class _NoteListener(_Listener):
    """The same for a note, which stands on the page of a cable and sets nothing in."""

    def block(self, name: str, words: str) -> Markup | None:
        line = self._lines.of_block(name, words)
        said = f"a note has no [[{name} ...]]"
        self.problem("block-unread", line, said, "name the cable by its id, or write it on a page")
        return None
