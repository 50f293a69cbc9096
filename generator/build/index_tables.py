"""What the state says of cables for those pieces of the search index that are no lists of words."""

import sqlite3
from collections.abc import Iterator, Sequence

from generator.archive.surroundings import CARDS
from generator.lexicon import Lexicon
from generator.search.tables import Listed, Span, id_line
from generator.telegram.reference_id import other_name


class IndexTables:
    """Asks the state, which nobody else writes meanwhile."""

    def __init__(self, db: sqlite3.Connection, lexicon: Lexicon) -> None:
        self._db = db
        self._lexicon = lexicon

    def listed(self, low: int, high: int) -> list[Listed]:
        """The cables of some days as results show them, in order."""
        tags: dict[int, list[str]] = {}
        for number, tag in self._db.execute(
            "SELECT cable, value FROM listed JOIN list ON list.number = listed.list WHERE facet = 'tag' "
            "AND cable IN (SELECT number FROM cable WHERE day BETWEEN ? AND ?) ORDER BY value",
            (low, high),
        ):
            tags.setdefault(number, []).append(tag)
        return [
            Listed(
                name,
                subject,
                _shown_date(date, precision),
                post or "",
                level or "",
                address,
                day,
                tuple(tags.get(number, ())),
            )
            for number, name, subject, date, precision, post, level, address, day in self._db.execute(
                "SELECT number, name, subject, date, date_precision, post, classification, address, day FROM cable "
                "WHERE day BETWEEN ? AND ? ORDER BY day, place",
                (low, high),
            )
        ]

    def ids(self, low: int, high: int) -> list[str]:
        """The lines of the ids that the cables of some days have, each once."""
        found = self._db.execute(
            "SELECT id, plain_address FROM cable WHERE day BETWEEN ? AND ? AND id IS NOT NULL ORDER BY day, place",
            (low, high),
        )
        return list(dict.fromkeys(id_line(id_, address) for id_, address in found))

    def id_lines(self, known: Sequence[Span]) -> Iterator[str]:
        """The lines of all ids: of cables and cards, and of cables by another name of their post."""
        lines = [line for span in known for line in span.ids.split(",") if line] + self.card_lines()
        yield from lines
        ids = {line.partition(" ")[0] for line in lines}
        for line in lines:
            id_, folder, *address = line.split(" ")
            other = other_name(id_, self._lexicon)
            if other is not None and other not in ids:
                at = address[0] if address else f"cable/{folder.replace('-', '/')}/{id_}.html"
                yield f"{other} {folder} {at}"

    def card_lines(self) -> list[str]:
        """The lines of the ids of cards."""
        cards = self._db.execute(f"SELECT id, address FROM {CARDS} ORDER BY id")  # noqa: S608
        return [id_line(id_, address) for id_, address in cards]

    def names(self) -> tuple[dict[str, str], dict[str, tuple[str, str]], list[str]]:
        """What TAGS codes and posts are called, and levels from the lowest up."""
        lexicon = self._lexicon
        found: dict[str, list[str]] = {"tag": [], "origin": [], "classification": []}
        for facet, value in self._db.execute(
            "SELECT facet, value FROM list WHERE facet IN ('tag', 'origin', 'classification') "
            "AND EXISTS (SELECT 1 FROM list_month WHERE list_month.list = list.number) ORDER BY value"
        ):
            found[facet].append(value)
        posts = {}
        for post in found["origin"]:
            at = lexicon.posts.get(post)
            country = lexicon.tag_name(at.country) if at is not None and at.country else None
            posts[post] = (lexicon.post_name(post), country or "")
        return (
            {code: lexicon.tag_name(code) or "" for code in found["tag"]},
            posts,
            [level for level in lexicon.classifications if level in found["classification"]],
        )


def _shown_date(date: str | None, precision: str | None) -> str:
    """A date as far as it is known: '2008-11-03T08:56', '2008-11-03', '2008' or ''."""
    return date[: _LETTERS_OF_DATE.get(precision or "", 0)] if date else ""


_LETTERS_OF_DATE = {"minute": 16, "hour": 10, "day": 10, "year": 4}
