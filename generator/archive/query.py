"""The questions that a page which people write may ask: `tag:PGOV from:astana 2007..2009`, and what the archive answers.

query = WORD...; all its words must hold, but of several days or periods, and of several ids, one is enough.

    tag:PGOV        class:secret        from:astana, from:"port louis", from:kazakhstan        country:KZ
    2007  2007-03  2007-03-14  2007..2009  1974-05..  ..1975  (also behind `date:`)        08ASTANA2165
    -tag:PGOV       what it names is left out        limit:20        no more than these are shown

The words are those of the browser's search where it has them, and mean the same, but that here `class:` knows levels alone,
and `country:`, bare years and `limit:` there is nothing of. What cannot be read is a `QueryFault`: a page shows no
list that means something else than was written.
"""

import json
import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from datetime import date as Day  # noqa: N812 - a day of the calendar
from typing import Literal

from msgspec import Struct

from generator.archive.cable_row import CableRow
from generator.archive.catalogue import Catalogue
from generator.lexicon import Lexicon
from generator.telegram.reference_id import canonical_id
from generator.telegram.spelling import distance

Field = Literal["tag", "from", "class", "country"]
FIELDS: tuple[Field, ...] = ("tag", "from", "class", "country")

LIMIT = 30  # cables that are shown, if the query does not say how many
MOST = 500

_OTHERS = ("date", "limit")
# Operators of the browser's search that ask what the catalogue does not know.
_OF_SEARCH = frozenset({"to", "signer", "has"})

_TERM = re.compile(
    r"(?=\S)(?P<minus>-?)(?:(?P<field>[A-Za-z]+):)?(?:\"(?P<quoted>[^\"]*)(?P<end>\"?)|(?P<bare>[^\s\"]*))"
)
_MOST_PERIODS = 32
_LISTED = "number IN (SELECT cable FROM listed WHERE list IN (SELECT value FROM json_each(?)))"
_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_LIKE_A_DATE = re.compile(r"[0-9.-]+")
_LAST_DAY = Day.max.toordinal()
_SHORT = 4  # letters of a word in which one may be wrong; in a longer one two


class Word(Struct, frozen=True, kw_only=True):
    """`tag:PGOV`, or `-tag:PGOV`."""

    field: Field
    value: str
    is_excluded: bool = False


class Period(Struct, frozen=True, kw_only=True):
    """From a day up to another, as numbers: 1 is the first of the year 1."""

    written: str  # '2007..2009'
    first: int
    last: int


class Query(Struct, frozen=True, kw_only=True):
    """What is asked for."""

    words: tuple[Word, ...] = ()
    periods: tuple[Period, ...] = ()
    ids: tuple[str, ...] = ()
    limit: int | None = None  # None where the query does not say

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing to look for."""
        return not (self.periods or self.ids or any(not word.is_excluded for word in self.words))


class QueryFault(Struct, frozen=True, kw_only=True):
    """What cannot be read of a query."""

    word: str
    message: str
    next_step: str


class Answer(Struct, frozen=True, kw_only=True):
    """What the archive has of a query."""

    total: int
    rows: tuple[CableRow, ...]  # the first of them, in the order of all cables


def parse_query(text: str, lexicon: Lexicon) -> tuple[Query, tuple[QueryFault, ...]]:
    """Read a query, and what of it cannot be read."""
    words: list[Word] = []
    periods: list[Period] = []
    ids: list[str] = []
    faults: list[QueryFault] = []
    limit: int | None = None
    for term in _TERM.finditer(text):
        field, value = (term["field"] or "").lower(), term["quoted"] if term["bare"] is None else term["bare"]
        known: Field | None = next((name for name in FIELDS if name == field), None)
        if term["end"] == "":
            faults.append(_fault(term[0], "a quotation mark is not closed", "close it"))
        elif known and value:
            words.append(Word(field=known, value=value, is_excluded=bool(term["minus"])))
        elif term["minus"]:
            faults.append(
                _fault(
                    term[0],
                    f"{term[0]} leaves nothing out",
                    "a minus stands before tag:, from:, class: and country:",
                )
            )
        elif field == "limit" and value.isdecimal() and value.isascii() and 0 < int(value[:6]) <= MOST:
            limit = int(value)
        elif field == "limit":
            faults.append(_fault(term[0], f"{term[0]} is no number from 1 to {MOST}", f"write limit:{LIMIT}"))
        elif field in ("", "date") and (period := parse_period(value)):
            periods.append(period)
            if len(periods) > _MOST_PERIODS:
                faults.append(_fault(term[0], f"it has more than {_MOST_PERIODS} periods", "name fewer"))
        elif not field and (id_ := canonical_id(value, lexicon)):
            ids.append(id_)
        else:
            faults.append(_unread(term[0], field, value, lexicon))
    query = Query(words=tuple(words), periods=tuple(periods), ids=tuple(dict.fromkeys(ids)), limit=limit)
    if query.is_empty and not faults:
        faults.append(
            _fault(
                text.strip(),
                "it names no cables",
                "say which: tag:PGOV, from:london, class:secret, country:FR or 2008",
            )
        )
    return query, tuple(faults)


def parse_period(text: str) -> Period | None:
    """'2007', '2007-03', '2007-03-14', '2007..2009', '1974-05..', '..1975'; None for anything else."""
    first, dots, last = text.partition("..")
    if text == "..":
        return None
    start = _days(first) if first or not dots else (1, 1)
    end = _days(last) if last else (start if not dots else (_LAST_DAY, _LAST_DAY))
    if start is None or end is None or start[0] > end[1]:
        return None
    return Period(written=text, first=start[0], last=end[1])


def _days(text: str) -> tuple[int, int] | None:
    """First and last day of a year, a month or a day."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[name]) if found[name] else 0 for name in ("year", "month", "day"))
    try:
        last_month = month or 12
        return (
            Day(year, month or 1, day or 1).toordinal(),
            Day(year, last_month, day or monthrange(year, last_month)[1]).toordinal(),
        )
    except (ValueError, IndexError):
        return None


def _fault(word: str, message: str, next_step: str) -> QueryFault:
    return QueryFault(word=word, message=message, next_step=next_step)


def _unread(word: str, field: str, value: str, lexicon: Lexicon) -> QueryFault:
    """What to say of a word that means nothing here."""
    operators = f"what can be asked for are {', '.join(f'{name}:' for name in FIELDS)}, dates and ids"
    if field == "date" or (not field and _LIKE_A_DATE.fullmatch(value)):
        return _fault(word, f"{value or word} is no date", "write 2008, 2008-11, 2008-11-03 or 2007..2009")
    if field in _OF_SEARCH:
        return _fault(word, f"lists in pages know no {field}:", operators)
    if field in FIELDS:
        return _fault(
            word, f"nothing stands behind {field}:", f"say what is meant, as in {field}:{_EXAMPLES[field]}"
        )
    if field:
        meant = nearest(field, [*FIELDS, *_OTHERS])
        return _fault(word, f"there is no {field}:", f"perhaps {meant}:{value}" if meant else operators)
    if value.upper() in lexicon.tags:
        return _fault(word, f"{value} says not what it is", f"write tag:{value.upper()}")
    if value.upper() in lexicon.posts:
        return _fault(word, f"{value} says not what it is", f"write from:{value.lower()}")
    tag = nearest(value.upper(), [code for code in lexicon.tags if len(code) >= _SHORT])
    meant = f"perhaps tag:{tag}" if tag and len(value) >= _SHORT else operators
    return _fault(word, f"{word} is no word of a query", meant)


_EXAMPLES: dict[str, str] = {"tag": "PGOV", "from": "london", "class": "secret", "country": "FR"}


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant; None where none is near."""
    most = 1 if len(word) <= _SHORT else 2
    near = sorted((away, one) for one in words if (away := distance(word, one)) <= most)
    return near[0][1] if near else None


# What the archive answers


def answer(
    query: Query,
    catalogue: Catalogue,
    lexicon: Lexicon,
    *,
    most: int = LIMIT,
    without: Collection[str] = (),
) -> Answer:
    """The cables that a query asks for: how many, and the first of them, as many as it says or else `most`.

    `without` are the paths of cables that are not to be among them.
    """
    clauses, parameters = ["1"], list[object]()
    for word in query.words:
        lists = json.dumps(
            [_number(catalogue, word.field, value) for value in values_of(word, catalogue, lexicon)]
        )
        clauses.append(f"NOT {_LISTED}" if word.is_excluded else _LISTED)
        parameters.append(lists)
    if query.periods:
        # A cable of which only the year is known is of a period that has all of the year.
        clauses.append(
            "("
            + " OR ".join(
                ["day BETWEEN ? AND ? AND (date_precision != 'year' OR year <= ?)"] * len(query.periods)
            )
            + ")"
        )
        for period in query.periods:
            parameters += [max(period.first, 1), period.last, _last_whole_year(period)]
    if query.ids:
        around = catalogue.around((), query.ids)
        clauses.append("id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(sorted({row.id or "" for id_ in query.ids for row in around.find(id_)})))
    if without:
        clauses.append("path NOT IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(sorted(without)))
    where = f"FROM cable WHERE {' AND '.join(clauses)}"
    total = catalogue.db.execute(f"SELECT count(*) {where}", parameters).fetchone()[0]
    rows = catalogue.select(
        f"{where} ORDER BY place LIMIT ?", *parameters, most if query.limit is None else query.limit
    )
    return Answer(total=total, rows=rows)


def _last_whole_year(period: Period) -> int:
    last = Day.fromordinal(period.last)
    return last.year if (last.month, last.day) == (12, 31) else last.year - 1


def values_of(word: Word, catalogue: Catalogue, lexicon: Lexicon) -> tuple[str, ...]:
    """The values of a facet, or the countries, that a word means, of those that the archive has."""
    return tuple(
        value
        for value, names in _values(word.field, catalogue, lexicon)
        if _is_meant(word.value, names, word.field)
    )


def unknown_words(query: Query, catalogue: Catalogue, lexicon: Lexicon) -> Iterator[QueryFault]:
    """The words of a query that mean nothing of what the archive has."""
    for word in query.words:
        known = _values(word.field, catalogue, lexicon)
        if any(_is_meant(word.value, names, word.field) for _, names in known):
            continue
        squeezed = {_squeezed(name): name for _, names in known for name in names}
        meant = nearest(_squeezed(word.value), squeezed)
        yield QueryFault(
            word=f"{word.field}:{word.value}",
            message=f"no cable of the archive has {word.field}:{word.value}",
            next_step=f"perhaps {word.field}:{_quoted(squeezed[meant])}"
            if meant
            else "see whether it is spelled right",
        )


def _values(field: Field, catalogue: Catalogue, lexicon: Lexicon) -> list[tuple[str, tuple[str, ...]]]:
    """Each value that the archive has, and what it is called."""
    match field:
        case "tag":
            return [(value.value, (value.value,)) for value in catalogue.values("tag")]
        case "class":
            return [(value.value, (value.value,)) for value in catalogue.values("classification")]
        case "country":
            return [
                (value.value, (value.value, lexicon.tag_name(value.value) or value.value))
                for value in catalogue.values("country")
            ]
        case "from":
            return [
                (value.value, _names_of_post(value.value, lexicon)) for value in catalogue.values("origin")
            ]


def _names_of_post(key: str, lexicon: Lexicon) -> tuple[str, ...]:
    post = lexicon.posts.get(key)
    names = [key, lexicon.other_post_key(key), lexicon.post_name(key)]
    names.append(lexicon.tag_name(post.country) if post and post.country else None)
    return tuple(name for name in names if name)


def _is_meant(written: str, names: Iterable[str], field: Field) -> bool:
    if field != "from":
        return any(_squeezed(written) == _squeezed(name) for name in names)
    # As the search has it: each word is one of those that the post, or its country, is called.
    words = {word for name in names for word in _words(name)} | {_squeezed(name) for name in names}
    asked = _words(written)
    return bool(asked) and all(word in words for word in asked)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _squeezed(text: str) -> str:
    return "".join(_words(text))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _number(catalogue: Catalogue, field: Field, value: str) -> int:
    facet = {"from": "origin", "class": "classification"}.get(field, field)
    found = catalogue.db.execute(
        "SELECT number FROM list WHERE facet = ? AND value = ?", (facet, value)
    ).fetchone()
    return int(found[0])
