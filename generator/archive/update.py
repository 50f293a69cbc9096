"""An update of the archive: units that were read anew take the place of what they held, and what that touches is due.

A cable's page is due when the cable changed, and when something changed that the page shows of others: the cables beside
it, those it cites, those that cite it and those near it that cite the same, a post it can link to, a note on it. A list is due
when a cable that it shows changed, came or went. Nothing else is: a corrected word in a paragraph is one page.

    update = Update(state, lexicon)
    update.replace(unit) ...; update.remove(key) ...
    update.settle()          addresses, numbers by month, and what is due
"""

import json
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import astuple

from generator.archive.address import shared_address, withheld_address
from generator.archive.aliases import rows_of_aliases
from generator.archive.countries import countries_of
from generator.archive.entry import Entry
from generator.archive.neighbours import mark_beside
from generator.archive.notes import NoteMark, mark_noted, mark_of, row_of
from generator.archive.records import mark_moved, mark_record
from generator.archive.state import State
from generator.archive.threads import mark_citing
from generator.archive.touched import FACE, IN_LISTS, Face, Touched, face_of
from generator.archive.unit import Unit, sections_key
from generator.lexicon import Lexicon
from generator.telegram.reference_id import other_name

_POSTS = "posts"


class _Cable(msgspec.Struct):
    """A cable of the state, as far as a change of it matters to others."""

    face: Face
    address: str
    digest: bytes
    words: bytes
    sections: tuple[int, str]  # how many, and which it holds
    explained: tuple[str, ...]  # what the glossary needs of it beside its face
    counted: tuple[str, int]  # the same for the statistics
    size: int | None  # of its page; None while that is due
    sha256: bytes | None  # of its page
    day: int


class Update:
    """One update of a state; to be used within a transaction."""

    def __init__(self, state: State, lexicon: Lexicon, *, is_first: bool, seen: int) -> None:
        """Begin; `is_first` where all is due anyway, `seen` is when the sources were looked at, in nanoseconds."""
        self._db = state.db
        self._state = state
        self._lexicon = lexicon
        self._is_first = is_first
        self.seen = seen
        self._lists: dict[tuple[str, str], int] = {
            (facet, value): number
            for number, facet, value in self._db.execute("SELECT number, facet, value FROM list")
        }
        self._next_unit = self._next("unit")
        self._next_cable = self._next("cable")
        # Cables that changed, came or went, by path; one may have moved from a unit to another.
        self._old: dict[str, _Cable] = {}
        self._new: dict[str, Entry] = {}
        self._told: dict[str, list[tuple[str, str]]] = {}  # what was told of units that were taken out
        # Notes that were taken out, and those that came in.
        self._old_notes: set[NoteMark] = set()
        self._new_notes: set[NoteMark] = set()
        self.touched = Touched()

    def _next(self, table: str) -> int:
        return (self._db.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0) + 1  # noqa: S608

    # Units

    def replace(self, units: Sequence[Unit]) -> None:
        """Put what was read in the place of what was known of the same sources."""
        if not self._is_first:
            for unit in units:
                self.remove(unit.key)
        self._insert(units)

    def remove(self, key: str) -> None:
        """Take out all that a unit holds, for good or until it is replaced."""
        found = self._db.execute("SELECT number, kind FROM unit WHERE key = ?", (key,)).fetchone()
        if found is None:
            return
        unit, kind = found
        self.touched.is_any = True
        self.touched.kinds.add(kind)
        for (
            number,
            address,
            digest,
            words,
            sections,
            held,
            uses,
            addressed,
            length,
            size,
            sha256,
            day,
        ) in self._db.execute(
            "SELECT number, address, digest, words, sections, held, uses, addressed, length, size, sha256, day "
            "FROM cable WHERE unit = ?",
            (unit,),
        ).fetchall():
            face = self._face_in_state(number)
            self._old[face["path"]] = _Cable(
                face=face,
                address=address,
                digest=digest,
                words=words,
                sections=(sections, held),
                explained=(uses, addressed),
                counted=(addressed, length),
                size=size,
                sha256=sha256,
                day=day,
            )
            for table in ("reference", "listed"):
                self._db.execute(f"DELETE FROM {table} WHERE cable = ?", (number,))  # noqa: S608
            self._db.executemany(
                "DELETE FROM tagged WHERE list = ? AND place = ? AND cable = ?",
                [(list_, face["place"], number) for list_ in face["lists"]],
            )
        cards = {id_ for (id_,) in self._db.execute("SELECT id FROM card WHERE unit = ?", (unit,))}
        self.touched.ids |= cards
        self.touched.moved |= cards
        telegrams = {id_ for (id_,) in self._db.execute("SELECT id FROM piece WHERE unit = ?", (unit,))}
        told = self._db.execute("SELECT severity, code FROM problem WHERE unit = ? ORDER BY place", (unit,))
        self._told[key] = told.fetchall()
        notes = self._db.execute("SELECT id, other, paragraph, data FROM note WHERE unit = ?", (unit,))
        self._old_notes.update(mark_of(key, note) for note in notes)
        aliases = self._db.execute("SELECT 1 FROM alias WHERE unit = ? LIMIT 1", (unit,)).fetchone()
        self.touched.is_aliased |= aliases is not None
        for table in (
            "cable", "card", "piece", "problem", "page_link", "note", "held_back", "ask", "collection", "alias",
            "redacted_in",
        ):  # fmt: skip
            self._db.execute(f"DELETE FROM {table} WHERE unit = ?", (unit,))  # noqa: S608
        self._db.execute("DELETE FROM unit WHERE number = ?", (unit,))
        for id_ in telegrams:
            # The whole goes with its piece, and comes back when all sources are read.
            self.touched.telegrams.add(id_)
            self.remove(sections_key(id_))

    def _face_in_state(self, number: int) -> Face:
        """What others show of a cable of the state."""
        values = self._db.execute(
            f"SELECT {', '.join(FACE)} FROM cable WHERE number = ?",  # noqa: S608
            (number,),
        ).fetchone()
        face = dict(zip(FACE, values, strict=True))
        cites = self._db.execute("SELECT id FROM reference WHERE cable = ?", (number,))
        face["cites"] = {id_ for (id_,) in cites}
        lists = self._db.execute("SELECT list FROM listed WHERE cable = ?", (number,))
        face["lists"] = {list_ for (list_,) in lists}
        return face

    def _insert(self, units: Iterable[Unit]) -> None:
        unit_rows, cable_rows, problems, cards, pieces = [], [], [], [], []
        references, listed, tagged = [], [], []
        page_links, notes, held_back, asks, collections = [], [], [], [], []
        redacted_in: list[tuple[int, str, int]] = []
        aliases: list[tuple[object, ...]] = []
        for unit in units:
            number, self._next_unit = self._next_unit, self._next_unit + 1
            stamp = unit.stamp or (None, None, None, None)
            use = msgspec.json.encode(unit.use) if unit.use is not None else None
            told = (unit.withheld, unit.redacted, unit.is_dated, use, unit.title, unit.noindex)
            aliases += rows_of_aliases(number, None, unit.aliases, 0)
            unit_rows.append((number, unit.key, *stamp, self.seen, unit.kind, unit.name, unit.digest, *told))
            cables: dict[str, int] = {}
            for entry in unit.entries:
                cable, self._next_cable = self._next_cable, self._next_cable + 1
                cables[entry.path] = cable
                cable_rows.append((cable, number, *astuple(entry)[:-3], *self._placed(entry)))
                if entry.aliases:
                    aliases += rows_of_aliases(number, cable, entry.aliases, len(aliases))
                references += [(id_, entry.place, cable, other) for id_, other in entry.cites]
                lists = self._lists_of(entry)
                listed += [(list_, entry.year, entry.month, cable) for list_ in lists]
                tagged += [(list_, entry.place, cable) for list_ in lists[len(lists) - len(entry.tags) :]]
            kinds = [(problem.severity, problem.code) for problem in unit.problems]
            if self._told.pop(unit.key, []) != kinds:
                self.touched.is_asked = True
            problems += [
                (number, place, problem.severity, problem.code, cables.get(problem.source), problem.data)
                for place, problem in enumerate(unit.problems)
            ]
            cards += [
                (card.id, number, withheld_address(card.id, card.date, card.date_precision), msgspec.json.encode(card))
                for card in unit.cards
                if card.id is not None and card.manner != "silent"
            ]  # fmt: skip
            pieces += [(id_, number) for id_ in unit.pieces]
            page_links += [(number, *astuple(link)) for link in unit.page_links]
            held_back += [(id_, number) for id_ in unit.held_back]
            redacted_in += [(number, path, rule) for path, rule in unit.redacted_in]
            for note in map(row_of, unit.notes):
                notes.append((number, *note))
                if not self._is_first:
                    self._new_notes.add(mark_of(unit.key, note))
            asks += [(number, place, *astuple(ask)) for place, ask in enumerate(unit.asks)]
            if unit.collection is not None:
                collections.append((number, msgspec.json.encode(unit.collection)))
            self.touched.telegrams.update(unit.pieces)
            self.touched.kinds.add(unit.kind)
        insert = self._db.executemany
        insert(f"INSERT INTO unit VALUES ({_marks(16)})", unit_rows)  # noqa: S608
        insert(f"INSERT INTO cable VALUES ({_marks(30)})", cable_rows)  # noqa: S608
        insert("INSERT INTO reference VALUES (?, ?, ?, ?)", references)
        insert("INSERT INTO listed VALUES (?, ?, ?, ?)", listed)
        insert("INSERT INTO tagged VALUES (?, ?, ?)", tagged)
        insert("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?)", problems)
        insert("INSERT OR IGNORE INTO card VALUES (?, ?, ?, ?)", cards)
        insert("INSERT OR IGNORE INTO piece VALUES (?, ?)", pieces)
        insert("INSERT INTO page_link VALUES (?, ?, ?, ?)", page_links)
        insert("INSERT INTO note VALUES (?, ?, ?, ?, ?)", notes)
        insert("INSERT OR IGNORE INTO held_back VALUES (?, ?)", held_back)
        insert(f"INSERT INTO ask VALUES ({_marks(8)})", asks)  # noqa: S608
        insert("INSERT INTO collection VALUES (?, ?)", collections)
        insert("INSERT INTO alias VALUES (?, ?, ?, ?, ?, ?, ?)", aliases)
        insert("INSERT OR IGNORE INTO redacted_in VALUES (?, ?, ?)", redacted_in)
        self.touched.is_aliased |= bool(aliases)
        self.touched.is_any = self.touched.is_any or bool(unit_rows)
        self.touched.ids.update(card[0] for card in cards)
        self.touched.moved.update(card[0] for card in cards)

    def _placed(self, entry: Entry) -> tuple[str, int | None, bytes | None]:
        """Address, size and SHA-256 of the page of a cable that comes in; that of one that is as it was needs no work."""
        if self._is_first:
            return entry.plain_address, None, None
        old = self._old.get(entry.path)
        if old is None or old.face["plain_address"] != entry.plain_address:
            self._new[entry.path] = entry
            return entry.plain_address, None, None
        if old.digest == entry.digest and old.face == face_of(entry, self._lists_of(entry)):
            del self._old[entry.path]
        else:
            self._new[entry.path] = entry
        return old.address, old.size if old.digest == entry.digest else None, old.sha256

    def _lists_of(self, entry: Entry) -> list[int]:
        values = [("date", f"{entry.year:04d}" if entry.year else "undated")]
        if entry.post:
            values.append(("origin", entry.post))
        if entry.classification:
            values.append(("classification", entry.classification))
        values += [("country", code) for code in countries_of(entry.post, entry.tags, self._lexicon)]
        values += [("tag", code) for code in entry.tags]  # last, where `_insert` looks for them
        return [self._list(*value) for value in values]

    def _list(self, facet: str, value: str) -> int:
        number = self._lists.get((facet, value))
        if number is None:
            self._db.execute("INSERT INTO list (facet, value) VALUES (?, ?)", (facet, value))
            number = self._db.execute("SELECT last_insert_rowid()").fetchone()[0]
            self._lists[(facet, value)] = number
        return number

    # What a change of cables touches

    def _compare(self) -> None:
        """Note what others show of the cables that changed, came or went."""
        if any(self._told.values()):
            self.touched.is_asked = True  # of a unit that did not come back
        for path in self._old.keys() | self._new.keys():
            old, entry = self._old.get(path), self._new.get(path)
            self._due(*({old.day} if old else ()), *({entry.day} if entry else ()))
            was = old.face if old else None
            now = face_of(entry, self._lists_of(entry)) if entry else None
            self.touched.changed.update(face["id"] for face in (was, now) if face is not None and face["id"])
            self.touched.map(was, now)
            mark_record(self._db, path, was, now)
            if old is not None and (now is None or now["plain_address"] != old.face["plain_address"]):
                self._stale(old.address)
            if old is None or entry is None or _is_explained(old, entry, now):
                self.touched.is_explained = True
            if old is None or entry is None or _is_counted(old, entry, now):
                self.touched.is_counted = True
            if was is not None and now is not None and old is not None and entry is not None:
                changed = {name for name in was if was[name] != now[name]}
                if changed <= IN_LISTS:
                    self.touched.is_asked |= self._is_asked(old, entry)
                    if changed:
                        self.touched.touch_lists(now)
                    continue
            self.touched.is_asked = True
            for face in (was, now):
                if face is not None:
                    self.touched.touch(face)
            self.touched.compare_standing(was, now)
            if was is None or now is None:
                self.touched.members |= (was or now or {})["lists"]
            elif any(was[name] != now[name] for name in ("lists", "year", "month")):
                self.touched.members |= was["lists"] | now["lists"]

    def _is_asked(self, old: _Cable, entry: Entry) -> bool:
        """Whether a cable that others show as before has other sections, or words that another has or had."""
        if old.sections != (entry.sections, entry.held):
            return True
        if old.words == entry.words:
            return False
        found = self._db.execute(
            "SELECT 1 FROM cable WHERE words IN (?, ?) AND path != ? LIMIT 1",
            (old.words, entry.words, entry.path),
        )
        return found.fetchone() is not None

    def _due(self, *days: int) -> None:
        """Note days of which the search index is due."""
        self._db.executemany("INSERT OR IGNORE INTO day_due VALUES (?)", [(day,) for day in days])

    def _stale(self, address: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (address,))

    # Settling

    def settle(self) -> None:
        """Fix addresses, count the lists by month, and mark the cables whose pages are due."""
        self._state.index()
        if self._is_first:
            self._settle_all_addresses()
            self._db.execute(
                "INSERT INTO list_month SELECT list, year, month, count(*) FROM listed GROUP BY list, year, month"
            )
            self._remember_posts()
            return
        self._compare()
        self._settle_addresses()
        self._count(self.touched.members)
        mark_beside(self._db, self.touched.beside, self.touched.tagged)
        self._mark_citing()
        self._mark_addressed()
        mark_noted(self._db, self._old_notes ^ self._new_notes)

    def _settle_all_addresses(self) -> None:
        """Give each cable of a new archive its address: the plain one, unless others claim that or have its id."""
        shared = self._db.execute(
            "SELECT number, plain_address, path FROM cable WHERE plain_address IN "
            "(SELECT plain_address FROM cable GROUP BY plain_address HAVING count(*) > 1) "
            "OR id IN (SELECT id FROM cable WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)"
        ).fetchall()
        self._db.executemany(
            "UPDATE cable SET address = ? WHERE number = ?",
            [(shared_address(plain, path), number) for number, plain, path in shared],
        )

    def _settle_addresses(self) -> None:
        """The same for those whose address may have become shared, or is shared no longer."""
        found = self._db.execute(
            "SELECT number, plain_address, path, address, day, "
            "(SELECT count(*) FROM cable AS other WHERE other.plain_address = cable.plain_address) > 1 "
            "OR (SELECT count(*) FROM cable AS other WHERE other.id = cable.id) > 1 "
            "FROM cable WHERE id IN (SELECT value FROM json_each(?)) OR plain_address IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(self.touched.ids)), json.dumps(sorted(self.touched.plain))),
        ).fetchall()
        for number, plain, path, address, day, is_shared in found:
            due = shared_address(plain, path) if is_shared else plain
            if due != address:
                self._stale(address)
                self._due(day)
                self.touched.is_explained = True
                self.touched.is_counted = True
                self._db.execute("UPDATE cable SET address = ?, size = NULL WHERE number = ?", (due, number))
                face = self._face_in_state(number)
                self.touched.map(face, None)
                mark_moved(self._db, face)
                self.touched.touch(face)
                self.touched.move(face)

    def _count(self, lists: Iterable[int]) -> None:
        """Count some lists by month again; one without cables is gone."""
        for list_ in lists:
            self._db.execute("DELETE FROM list_month WHERE list = ?", (list_,))
            self._db.execute(
                "INSERT INTO list_month SELECT list, year, month, count(*) FROM listed WHERE list = ? GROUP BY year, month",
                (list_,),
            )

    def _mark_citing(self) -> None:
        """The pages of cables that cite one that changed, are cited by one, or share its id."""
        ids, cited = self._with_other_names(self.touched.ids), self._with_other_names(self.touched.cited)
        self._db.execute(
            "UPDATE cable SET size = NULL WHERE number IN "
            "(SELECT cable FROM reference WHERE id IN (SELECT value FROM json_each(?)))",
            (json.dumps(sorted(ids)),),
        )
        self._db.execute(
            "UPDATE cable SET size = NULL WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(ids | cited)),),
        )
        self.touched.cited |= ids | cited
        mark_citing(
            self._db,
            {
                (name, place)
                for id_, place in self.touched.citing
                for name in (id_, other_name(id_, self._lexicon))
                if name is not None
            },
        )

    def _mark_addressed(self) -> None:
        """The pages that can link to a post, or no longer can, since its first cable came or its last one went."""
        known = set(json.loads(self._state.recall(_POSTS) or b"[]"))
        posts = self._posts()
        for post in known ^ posts:
            self._db.execute("UPDATE cable SET size = NULL WHERE instr(addressed, ?)", (f" {post} ",))
        if known != posts:
            self._remember_posts()

    def _posts(self) -> set[str]:
        """The posts from which the archive has cables."""
        found = self._db.execute(
            "SELECT value FROM list WHERE facet = 'origin' AND EXISTS "
            "(SELECT 1 FROM list_month WHERE list_month.list = list.number)"
        )
        return {post for (post,) in found}

    def _remember_posts(self) -> None:
        self._state.remember(_POSTS, json.dumps(sorted(self._posts())).encode())

    def _with_other_names(self, ids: Iterable[str]) -> set[str]:
        both = set(ids)
        return both | {other for id_ in both if (other := other_name(id_, self._lexicon))}


def _is_explained(old: _Cable, entry: Entry, now: Face | None) -> bool:
    """Whether the glossary may show something else of a cable: the words it uses, its name or its place."""
    return old.explained != (entry.uses, entry.addressed) or any(
        now is None or old.face[name] != now[name] for name in ("name", "plain_address", "place", "lists")
    )


def _is_counted(old: _Cable, entry: Entry, now: Face | None) -> bool:
    """Whether the statistics may show something else of a cable: what it is counted under, or, of a long one, its name."""
    return old.counted != (entry.addressed, entry.length) or any(
        now is None or old.face[name] != now[name]
        for name in ("name", "plain_address", "place", "post", "year", "month", "lists")
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
