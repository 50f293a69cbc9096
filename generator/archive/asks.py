"""What the pages that people write ask of the archive: noted where they are read, kept in the table `ask`.

A page is due when what it asks for changed: the face of a cable that it links, any word of one that it quotes, any list
where it shows the answer to a query. What it asks for and the archive has not is told once all cables are known.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Literal

import msgspec

from generator.archive.catalogue import Catalogue
from generator.archive.notes import paragraphs_of
from generator.archive.query import answer, parse_query, unknown_words
from generator.archive.touched import Touched
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.reference_id import canonical_id, other_name

_QUOTE = re.compile(r"(?P<id>[^\s#]+)(?:\s+(?:par|para|paragraph)\s+|#par)(?P<paragraph>[1-9][0-9]{0,2})")

AskKind = Literal["link", "listed", "quote", "query"]


class Ask(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Something that a page asks for."""

    kind: AskKind
    line: int | None = None  # of the source; None where that is not known
    id: str = ""  # of a link, an entry of a collection or a quotation
    other: str | None = None  # the id by another name of the post
    paragraph: int | None = None
    query: str = ""


class Listed(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What the archive keeps of a collection, for the page that lists all of them."""

    description: str
    ids: tuple[str, ...]
    query: str
    is_fed: bool = True  # whether it has a feed


def ask_for_cable(
    kind: AskKind, id_: str, paragraph: int | None, *, line: int | None, lexicon: Lexicon
) -> Ask:
    """An ask for a cable, by its canonical id, or for a paragraph of it."""
    return Ask(kind=kind, line=line, id=id_, other=other_name(id_, lexicon), paragraph=paragraph)


def parse_quote(words: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """The cable and the paragraph that '08ASTANA2165 par 7' names."""
    found = _QUOTE.fullmatch(words)
    id_ = canonical_id(found["id"], lexicon) if found else None
    return (id_, int(found["paragraph"])) if found and id_ else None


def askers(db: sqlite3.Connection, touched: Touched) -> set[str]:
    """The keys of the sources that ask for something which an update touched."""
    shown = touched.ids | touched.rows
    found: set[str] = set()
    for ids, kind in ((shown, "%"), (touched.changed, "quote")):
        found.update(
            key
            for (key,) in db.execute(
                "SELECT unit.key FROM ask JOIN unit ON unit.number = ask.unit WHERE ask.kind LIKE ?2 AND "
                "(id IN (SELECT value FROM json_each(?1)) OR other IN (SELECT value FROM json_each(?1)))",
                (json.dumps(sorted(ids)), kind),
            )
        )
    if touched.months:
        found.update(
            key
            for (key,) in db.execute(
                "SELECT unit.key FROM ask JOIN unit ON unit.number = ask.unit WHERE ask.kind = 'query'"
            )
        )
    return found


def ask_problems(catalogue: Catalogue, lexicon: Lexicon) -> Iterator[Problem]:
    """What pages ask for and the archive has not, by source and place."""
    asks = catalogue.db.execute(
        "SELECT unit.key, ask.kind, ask.line, ask.id, ask.paragraph, ask.query FROM ask "
        "JOIN unit ON unit.number = ask.unit ORDER BY unit.key, ask.place"
    ).fetchall()
    around = catalogue.around((), {id_ for _, _, _, id_, _, _ in asks if id_})
    for key, kind, line, id_, paragraph, query in asks:
        if kind == "query":
            yield from _query_problems(catalogue, lexicon, key, line, query)
            continue
        rows = around.find(id_)
        if not rows and (kind == "quote" or around.link_for(id_) is None):
            yield _absent(key, line, kind, id_)
        elif rows and paragraph and not has_paragraph(catalogue.db, rows[0].path, paragraph, kind):
            yield Problem(
                code="paragraph-unknown",
                severity="warning",
                source=key,
                line=line,
                message=f"{id_} has no paragraph {paragraph} that is published",
                next_step=(
                    "see which paragraph is meant; the page says that it is not in this archive"
                    if kind == "quote"
                    else "see which paragraph is meant; the link leads to the cable"
                ),
            )


def _absent(key: str, line: int | None, kind: AskKind, id_: str) -> Problem:
    next_step = (
        "see whether the id is right, or set it in backticks if it is none; it stands there without a link"
        if kind == "link"
        else "see whether the id is right, or take it out; the page says that it is not in this archive"
    )
    return Problem(
        code="cable-unknown",
        severity="warning",
        source=key,
        line=line,
        message=f"the archive publishes no cable {id_}",
        next_step=next_step,
    )


def has_paragraph(db: sqlite3.Connection, path: str, number: int, kind: AskKind) -> bool:
    """Whether the cable of a source has a paragraph; to be quoted, one that is not withheld."""
    numbers, count = db.execute("SELECT numbers, paragraphs FROM cable WHERE path = ?", (path,)).fetchone()
    shown, withheld = paragraphs_of(numbers, count)
    return number in shown or (kind == "link" and number in withheld)


def _query_problems(
    catalogue: Catalogue, lexicon: Lexicon, key: str, line: int | None, written: str
) -> Iterator[Problem]:
    query, faults = parse_query(written, lexicon)
    if faults:
        return  # told when the page was read
    unknown = list(unknown_words(query, catalogue, lexicon))
    for fault in unknown:
        yield Problem(
            code="query-empty",
            severity="warning",
            source=key,
            line=line,
            message=fault.message,
            next_step=fault.next_step,
        )
    if not unknown and not answer(query, catalogue, lexicon).total:
        yield Problem(
            code="query-empty",
            severity="warning",
            source=key,
            line=line,
            message=f"no cable of the archive is found by {written}",
            next_step="ask for more, or take the list out; the page says that there are none",
        )
