"""What an archive asks its editor: which cables have no date, which are cited and not there, which stand twice.

The answers come from cleared cables alone, so that nothing which is held back can be inferred from them; they are
shown by `cablepress check` and on the site's page on the health of the archive. Every answer is fully ordered, the
most important first, and cut to what will be shown, its true length beside it.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from generator.archive.catalogue import CableRow, Catalogue
from generator.archive.sections import is_whole, sections_held
from generator.problem import Problem, Severity
from generator.release import ClearedCable

T = TypeVar("T")

_SCHEMA = (
    "CREATE TABLE doubt (code TEXT, severity TEXT, path TEXT, count INTEGER, "
    "PRIMARY KEY (code, path)) WITHOUT ROWID",
    "CREATE TABLE same_text (path TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID",
    # Cables that do not hold all their sections; `held` is '1,3'.
    "CREATE TABLE incomplete (path TEXT PRIMARY KEY, sections INTEGER, held TEXT) WITHOUT ROWID",
)

# Made once all cables are in: filling an index one cable at a time is several times slower.
_INDEX = "CREATE INDEX IF NOT EXISTS same_text_digest ON same_text (digest)"

_DIGEST = 16  # bytes

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
    """Gathers, beside a catalogue and in its file, what the questions need; asks them once it is settled."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Questions to a new catalogue."""
        self._catalogue = catalogue
        self._db = catalogue.database
        for table in _SCHEMA:
            self._db.execute(table)

    def add(self, cables: Iterable[ClearedCable], problems: Iterable[Problem]) -> None:
        """Take in a batch of cables and what was told while it was read; what is told of other sources is left out."""
        paths = set()
        for cable in cables:
            paths.add(cable.path)
            self._db.execute("INSERT INTO same_text VALUES (?, ?)", (cable.path, _digest(cable)))
            if not is_whole(cable):
                held = ",".join(map(str, sorted(sections_held(cable))))
                self._db.execute(
                    "INSERT INTO incomplete VALUES (?, ?, ?)", (cable.path, cable.sections, held)
                )
        self._db.executemany(
            "INSERT INTO doubt VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            [
                (problem.code, problem.severity, problem.source)
                for problem in problems
                if problem.source in paths
            ],
        )

    def answers(self, known_tags: Container[str], *, most: int, examples: int) -> Answers:
        """Ask all questions; lists are cut to `most` entries, the cables of one entry to `examples`."""
        self._db.execute(_INDEX)
        return Answers(
            problems=tuple(self._problems(examples)),
            undated=self._cables(most, "FROM cable WHERE date IS NULL"),
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
        rows = self._catalogue.select(f"{source} ORDER BY position LIMIT ?", *parameters, most)
        return Listed(count=count, first=rows)

    def _problems(self, examples: int) -> Iterator[ProblemCount]:
        found = self._db.execute(
            f"SELECT code, severity, sum(count) FROM doubt GROUP BY code ORDER BY {_GRAVEST_FIRST}, count(*) DESC, code"  # noqa: S608
        ).fetchall()
        for code, severity, count in found:
            cables = self._cables(
                examples,
                "FROM doubt JOIN cable ON cable.path = doubt.path WHERE doubt.code = ?",
                code,
            )
            yield ProblemCount(code=code, severity=severity, count=count, cables=cables)

    def _unknown_tags(self, known: Container[str], most: int, examples: int) -> Listed[UnknownTag]:
        # The names of persons and firms may stand among the TAGS: they are no codes, and mostly of several words.
        found = self._db.execute(
            "SELECT tag.code FROM tag JOIN doubt ON doubt.path = tag.path AND doubt.code = 'tag-unknown' "
            "WHERE tag.code NOT LIKE '% %' GROUP BY tag.code ORDER BY count(*) DESC, tag.code"
        ).fetchall()
        codes = [code for (code,) in found if code not in known]
        return Listed(
            count=len(codes),
            first=tuple(
                UnknownTag(
                    code=code,
                    cables=self._cables(
                        examples, "FROM tag JOIN cable ON cable.path = tag.path WHERE tag.code = ?", code
                    ),
                )
                for code in codes[:most]
            ),
        )

    def _shared_ids(self, most: int, examples: int) -> Listed[SharedId]:
        found = self._db.execute(
            "SELECT cable.id, count(DISTINCT digest) FROM cable JOIN same_text ON same_text.path = cable.path "
            "WHERE cable.id IN (SELECT id FROM cable WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1) "
            "GROUP BY cable.id ORDER BY count(*) DESC, cable.id"
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
            "SELECT digest FROM same_text JOIN cable ON cable.path = same_text.path WHERE digest IN "
            "(SELECT digest FROM same_text GROUP BY digest HAVING count(*) > 1) "
            "GROUP BY digest HAVING count(DISTINCT coalesce(cable.id, cable.path)) > 1 "
            "ORDER BY count(*) DESC, min(position)"
        ).fetchall()
        source = "FROM same_text JOIN cable ON cable.path = same_text.path WHERE digest = ?"
        return Listed(
            count=len(found),
            first=tuple(self._cables(examples, source, digest) for (digest,) in found[:most]),
        )

    def _not_held(self, most: int, examples: int) -> Listed[NotHeld]:
        absent = "FROM reference WHERE NOT EXISTS (SELECT 1 FROM cable WHERE cable.id = reference.id)"
        count = self._db.execute(f"SELECT count(DISTINCT id) {absent}").fetchone()[0]
        found = self._db.execute(
            f"SELECT id {absent} GROUP BY id ORDER BY count(*) DESC, id LIMIT ?",
            (most,),
        ).fetchall()
        citing = "FROM reference JOIN cable ON cable.path = reference.path WHERE reference.id = ?"
        return Listed(
            count=count,
            first=tuple(NotHeld(id=id_, cited_by=self._cables(examples, citing, id_)) for (id_,) in found),
        )

    def _missing_sections(self, most: int, examples: int) -> Listed[MissingSections]:
        """Telegrams of which no source holds all sections, nor do all sources of their id together."""
        found = self._db.execute(
            "SELECT cable.id, cable.path, sections, held FROM incomplete JOIN cable ON cable.path = incomplete.path "
            "WHERE cable.id IS NULL OR NOT EXISTS (SELECT 1 FROM cable AS other "
            "WHERE other.id = cable.id AND other.path NOT IN (SELECT path FROM incomplete)) "
            "ORDER BY cable.id IS NULL, cable.id, cable.path"
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


def _digest(cable: ClearedCable) -> bytes:
    """A digest of a cable's words, whatever the white space between them."""
    words = " ".join("".join(part.text for part in cable.parts).split())
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
