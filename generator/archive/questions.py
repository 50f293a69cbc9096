"""What an archive asks its editor: which cables have no date, which are cited and not there, which stand twice.

The answers come from cleared cables alone, so that nothing which is held back can be inferred from them; they are
shown by `cablepress check` and on the site's page on the health of the archive. Every answer is fully ordered, the
most important first, and cut to what will be shown, its true length beside it.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.problem import Severity

T = TypeVar("T")

_MANY = 5_000  # cables

_WITH_TAG = (
    "SELECT cable FROM listed WHERE list = (SELECT number FROM list WHERE facet = 'tag' AND value = ?)"
)

_GRAVEST_FIRST = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[T]):
    """The first of a list, and how long it is."""

    count: int
    first: tuple[T, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """A kind of problem, and the cables that have it."""

    code: str
    severity: Severity
    count: int  # how often it was told; a cable may have it several times
    cables: Listed[CableRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTag:
    """A TAGS code that no table explains."""

    code: str
    cables: Listed[CableRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedId:
    """A reference id that several cables have."""

    id: str
    is_same_text: bool
    cables: Listed[CableRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """A cable that others cite and the archive does not have."""

    id: str
    cited_by: Listed[CableRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSections:
    """A telegram of which not all sections are there."""

    cables: Listed[CableRow]  # the sources that hold some of it
    sections: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to all questions."""

    problems: tuple[ProblemCount, ...]  # the gravest first, and those that most cables have
    undated: Listed[CableRow]
    without_id: Listed[CableRow]
    unknown_tags: Listed[UnknownTag]  # the most used first
    shared_ids: Listed[SharedId]
    same_texts: Listed[Listed[CableRow]]  # under different ids or without one
    not_held: Listed[NotHeld]  # the most cited first
    missing_sections: Listed[MissingSections]


class Questions:
    """Asks a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Questions to a settled catalogue."""
        self._catalogue = catalogue
        self._db = catalogue.db

    def answers(self, known_tags: Container[str], *, most: int, examples: int) -> Answers:
        """Ask all questions; lists are cut to `most` entries, the cables of one entry to `examples`."""
        return Answers(
            problems=tuple(self._problems(examples)),
            undated=self._cables(most, "FROM cable WHERE place >= '~'"),
            without_id=self._cables(most, "FROM cable WHERE id IS NULL"),
            unknown_tags=self._unknown_tags(known_tags, most, examples),
            shared_ids=self._shared_ids(most, examples),
            same_texts=self._same_texts(most, examples),
            not_held=self._not_held(most, examples),
            missing_sections=self._missing_sections(most, examples),
        )

    def _cables(self, most: int, source: str, *parameters: object) -> Listed[CableRow]:
        """The cables that a FROM clause finds, by date, the undated last."""
        count = self._db.execute(f"SELECT count(*) {source}", parameters).fetchone()[0]
        rows = self._catalogue.select(f"{source} ORDER BY place LIMIT ?", *parameters, most)
        return Listed(count=count, first=rows)

    def _problems(self, examples: int) -> Iterator[ProblemCount]:
        found = self._db.execute(
            "SELECT code, severity, count(*), count(DISTINCT cable) FROM problem WHERE cable IS NOT NULL "  # noqa: S608
            f"GROUP BY severity, code ORDER BY {_GRAVEST_FIRST}, count(DISTINCT cable) DESC, code"
        ).fetchall()
        for code, severity, count, cables in found:
            # The first of many are soon met in the order of all cables; few are sooner gathered and put into order.
            condition = (
                "EXISTS (SELECT 1 FROM problem WHERE code = ? AND severity = ? AND cable = cable.number)"
                if cables > _MANY
                else "number IN (SELECT cable FROM problem WHERE code = ? AND severity = ?)"
            )
            first = self._catalogue.select(
                f"FROM cable WHERE {condition} ORDER BY place LIMIT ?", code, severity, examples
            )
            yield ProblemCount(
                code=code, severity=severity, count=count, cables=Listed(count=cables, first=first)
            )

    def _unknown_tags(self, known: Container[str], most: int, examples: int) -> Listed[UnknownTag]:
        # The names of persons and firms may stand among the TAGS: they are no codes, and mostly of several words.
        codes = [
            tag
            for tag in self._catalogue.values("tag")
            if tag.value not in known and " " not in tag.value and self._is_doubted(tag.value)
        ]
        codes.sort(key=lambda tag: (-tag.count, tag.value))
        return Listed(
            count=len(codes),
            first=tuple(
                UnknownTag(
                    code=tag.value,
                    cables=self._cables(examples, f"FROM cable WHERE number IN ({_WITH_TAG})", tag.value),
                )
                for tag in codes[:most]
            ),
        )

    def _is_doubted(self, code: str) -> bool:
        """Whether a TAGS code was told to be unknown in a cable that has it."""
        found = self._db.execute(
            "SELECT 1 FROM problem WHERE code = 'tag-unknown' AND cable IN "  # noqa: S608
            f"({_WITH_TAG}) LIMIT 1",
            (code,),
        )
        return found.fetchone() is not None

    def _shared_ids(self, most: int, examples: int) -> Listed[SharedId]:
        found = self._db.execute(
            "SELECT id, count(DISTINCT words) FROM cable WHERE id IN "
            "(SELECT id FROM cable WHERE address != plain_address AND id IS NOT NULL) "
            "GROUP BY id HAVING count(*) > 1 ORDER BY count(*) DESC, id"
        ).fetchall()
        return Listed(
            count=len(found),
            first=tuple(
                SharedId(
                    id=id_,
                    is_same_text=texts == 1,
                    cables=self._cables(examples, "FROM cable WHERE id = ?", id_),
                )
                for id_, texts in found[:most]
            ),
        )

    def _same_texts(self, most: int, examples: int) -> Listed[Listed[CableRow]]:
        found = self._db.execute(
            "SELECT words FROM cable WHERE words IN (SELECT words FROM cable GROUP BY words HAVING count(*) > 1) "
            "GROUP BY words HAVING count(DISTINCT coalesce(id, path)) > 1 ORDER BY count(*) DESC, min(place)"
        ).fetchall()
        source = "FROM cable WHERE words = ?"
        return Listed(
            count=len(found),
            first=tuple(self._cables(examples, source, words) for (words,) in found[:most]),
        )

    def _not_held(self, most: int, examples: int) -> Listed[NotHeld]:
        found = self._db.execute(
            "SELECT id, count(*) OVER () FROM reference WHERE NOT EXISTS "
            "(SELECT 1 FROM cable WHERE cable.id IN (reference.id, reference.other)) "
            "GROUP BY id ORDER BY count(*) DESC, id LIMIT ?",
            (most,),
        ).fetchall()
        count = found[0][1] if found else 0
        citing = "FROM reference JOIN cable ON cable.number = reference.cable WHERE reference.id = ?"
        return Listed(
            count=count,
            first=tuple(NotHeld(id=id_, cited_by=self._cables(examples, citing, id_)) for id_, _ in found),
        )

    def _missing_sections(self, most: int, examples: int) -> Listed[MissingSections]:
        """Telegrams of which no source holds all sections, nor do all sources of their id together."""
        found = self._db.execute(
            "SELECT id, path, sections, held FROM cable WHERE held != '' AND (id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM cable AS other WHERE other.id = cable.id AND other.held = '')) "
            "ORDER BY id IS NULL, id, path"
        )
        count = 0
        first: list[MissingSections] = []
        for _, group in groupby(found, key=lambda row: row[0] or row[1]):
            sources = list(group)
            id_, path = sources[0][:2]
            sections = max(row[2] for row in sources)
            held = {int(number) for row in sources for number in row[3].split(",")}
            missing = tuple(number for number in range(1, sections + 1) if number not in held)
            count += bool(missing)
            if missing and count <= most:
                where = "id" if id_ is not None else "path"
                cables = self._cables(examples, f"FROM cable WHERE {where} = ?", id_ or path)
                first.append(MissingSections(cables=cables, sections=sections, missing=missing))
        return Listed(count=count, first=tuple(first))
