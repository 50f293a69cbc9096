"""A rule of the ledger: what it applies to, what it does, how it shows; and how a rule is read and faulted.

The ledger file and a cable's front matter hold the same words, so one reader serves both. Front matter knows only
text, which is why a date, a number and a yes may be written in quotes here too.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date as Day  # noqa: N812 - a date in words of the calendar
from datetime import datetime
from typing import Any, Literal, cast, get_args

from generator.lexicon import builtin_lexicon
from generator.release.folding import fold
from generator.release.levels import LEVELS, level_named
from generator.release.terms import PatternError, check_pattern
from generator.settings.values import UnfitError, shown
from generator.telegram.reference_id import canonical_id

Deed = Literal["withhold", "embargo", "redact", "withdraw"]
Manner = Literal["silent", "card", "tombstone"]

DEEDS: tuple[Deed, ...] = get_args(Deed)
MANNERS: tuple[Manner, ...] = get_args(Manner)

# Of several rules that hold a cable back, the one that shows least decides.
_SHOWS_LEAST = {"silent": 0, "card": 1, "tombstone": 2}

_YES = ("true", "yes", "on", "y", "1")
NO = ("false", "no", "off", "n", "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Which cables a rule applies to: all that is named must hold, and of a list any one. Nothing named: every cable."""

    cable: tuple[str, ...] = ()  # ids, canonical
    cables: tuple[str, ...] = ()  # patterns of ids, '08STRELSAU*', upper case
    tag: tuple[str, ...] = ()  # codes, upper case
    origin: tuple[str, ...] = ()  # posts or lines of origin, letters and digits alone, upper case
    classification: tuple[str, ...] = ()  # levels, 'SECRET'
    source: tuple[str, ...] = ()  # paths below content/, '*' and '?' stand for letters

    @property
    def is_everything(self) -> bool:
        """Whether the rule applies to every cable."""
        return not any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the ledger."""

    deed: Deed
    line: int  # of the ledger; 0 for front matter
    applies: Conditions = Conditions()
    until: Day | None = None  # of an embargo: the first day on which the cable is cleared
    term: str | None = None  # of a redaction: exactly one of these four
    passage: str | None = None
    regex: str | None = None
    paragraph: int | None = None
    within_words: bool = False  # a term is sought inside longer words too
    show: Manner = "silent"
    show_reason: bool = False
    show_count: bool = False
    reason: str = ""
    by: str = ""
    when: Day | None = None

    @property
    def words(self) -> str | None:
        """The literal text that a redaction seeks."""
        return self.term or self.passage


def least_shown(manners: Iterable[Manner]) -> Manner:
    """Of several manners the one that shows least."""
    return min(manners, key=_SHOWS_LEAST.__getitem__)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("a text in quotes")
    return " ".join(value.split())


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value:
        return tuple(_text(one) for one in value)
    return (_text(value),)


def _ids(value: object) -> tuple[str, ...]:
    ids = [canonical_id(one, builtin_lexicon()) for one in _texts(value)]
    if None in ids:
        raise UnfitError("a reference id such as '08STRELSAU123'; a pattern of ids goes under 'cables'")
    return tuple(id_ for id_ in ids if id_)


def _patterns(value: object) -> tuple[str, ...]:
    patterns = tuple(re.sub(r"[\s.'-]", "", one).upper() for one in _texts(value))
    if not all(re.fullmatch(r"[A-Z0-9*?]+", one) and re.search(r"[A-Z0-9]", one) for one in patterns):
        raise UnfitError("a pattern of ids such as '08STRELSAU*'")
    return patterns


def _codes(value: object) -> tuple[str, ...]:
    return tuple(one.upper() for one in _texts(value))


def _origins(value: object) -> tuple[str, ...]:
    origins = tuple(squeezed_name(one) for one in _texts(value))
    if not all(origins):
        raise UnfitError("a post such as 'STRELSAU' or a line of origin such as 'AMEMBASSY STRELSAU'")
    return origins


def _levels(value: object) -> tuple[str, ...]:
    return tuple(read_level(one) for one in _texts(value))


def read_level(value: object) -> str:
    """A level of classification, without handling words. Raises UnfitError."""
    level = level_named(value) if isinstance(value, str) else None
    if level is not None:
        return level
    near = difflib.get_close_matches(str(value).upper(), LEVELS, n=1)
    raise UnfitError(f"{near[0]!r}" if near else f"one of {', '.join(LEVELS)}")


def read_yes_or_no(value: object) -> bool:
    """True or false, as TOML or as front matter writes it. Raises UnfitError."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in (*_YES, *NO):
        return value.strip().lower() in _YES
    raise UnfitError("true or false")


def _day(value: object) -> Day:
    if isinstance(value, datetime):
        raise UnfitError("a day such as 2030-01-01, without a time")
    if isinstance(value, Day):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip(), re.ASCII):
        try:
            return Day.fromisoformat(value.strip())
        except ValueError as error:
            raise UnfitError("a day that exists, such as 2030-01-01") from error
    raise UnfitError("a day such as 2030-01-01")


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 4:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise UnfitError("the number of a paragraph, 1 or more")
    return value


def _manner(value: object) -> str:
    if value in MANNERS:
        return cast(str, value)
    near = difflib.get_close_matches(str(value).lower(), MANNERS, n=1)
    raise UnfitError(f"{near[0]!r}" if near else f"one of {', '.join(MANNERS)}")


def _words(value: object) -> str:
    words = _text(value)
    if not any(letter.isalnum() for letter in fold(words).text):
        raise UnfitError("a text with a letter or a digit in it")
    return words


def _regex(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise UnfitError("a regular expression in quotes")
    try:
        check_pattern(value)
    except PatternError as error:
        raise UnfitError(f"a regular expression that {error}") from error
    return value


_Reader = Callable[[object], object]

_CONDITIONS: Mapping[str, _Reader] = {
    "cable": _ids,
    "cables": _patterns,
    "tag": _codes,
    "origin": _origins,
    "classification": _levels,
    "source": _texts,
}
_ACCOUNT: Mapping[str, _Reader] = {"reason": _text, "by": _text, "when": _day}
_SOUGHT: Mapping[str, _Reader] = {"term": _words, "passage": _words, "regex": _regex, "paragraph": _number}

_KEYS: Mapping[Deed, Mapping[str, _Reader]] = {
    "withhold": {**_CONDITIONS, **_ACCOUNT, "show": _manner},
    "embargo": {**_CONDITIONS, **_ACCOUNT, "show": _manner, "until": _day},
    "redact": {
        **_CONDITIONS,
        **_SOUGHT,
        **_ACCOUNT,
        "within_words": read_yes_or_no,
        "show_reason": read_yes_or_no,
        "show_count": read_yes_or_no,
    },
    "withdraw": {**_CONDITIONS, **_ACCOUNT, "show": _manner},
}

# Every key that some rule may have.
RULE_KEYS = frozenset(key for readers in _KEYS.values() for key in readers)


def read_rule(
    deed: Deed,
    table: Mapping[str, Any],
    tell: Callable[[str, str], None],
    *,
    line: int,
    place: str,
    of_one_cable: bool = False,
) -> Rule | None:
    """Read a rule; None where it has a fault, and every fault is told by its key ('' for the whole rule) and a sentence.

    `place` is what a message calls the table, '[[redact]]'. A rule `of_one_cable` stands in that cable's front matter
    and needs no condition.
    """
    told: list[str] = []

    def fault(key: str, message: str) -> None:
        told.append(key)
        tell(key, message)

    readers = _KEYS[deed]
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in readers:
            fault(key, f"unknown key {key!r} in {place}; {nearest(key, readers)}")
            continue
        try:
            found[key] = readers[key](value)
        except UnfitError as expected:
            fault(key, f"{key} in {place} must be {expected}, not {shown(value)}")
    named = [key for key in _CONDITIONS if key in table]
    # A misspelled key explains what is missing.
    is_spelt = all(key in readers for key in table)
    if deed == "embargo" and "until" not in table and is_spelt:
        fault("", f"{place} has no 'until'; say the day from which the cable is cleared, until = 2030-01-01")
    if deed != "redact" and not named and not of_one_cable and is_spelt:
        fault("", f"{place} names no cable; give it one of {', '.join(_CONDITIONS)}")
    if deed == "redact":
        sought = [key for key in _SOUGHT if key in table]
        if len(sought) > 1 or (not sought and is_spelt):
            what = f"has {' and '.join(sought)}" if sought else "does not say what to redact"
            fault(sought[1] if sought else "", f"{place} {what}; give it one of {', '.join(_SOUGHT)}")
        if "paragraph" in table and not {"cable", "source"} & {*named} and not of_one_cable:
            fault("paragraph", f"a paragraph in {place} needs 'cable' or 'source' to say whose it is")
    if told:
        return None
    applies = Conditions(**{key: found.pop(key) for key in _CONDITIONS if key in found})
    if deed == "withdraw":
        found.setdefault("show", "card")
    return Rule(deed=deed, line=line, applies=applies, **found)


def nearest(word: str, known: Iterable[str]) -> str:
    """What to try in place of an unknown word."""
    known = list(known)
    near = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"


def squeezed_name(name: str) -> str:
    """A name by its letters and digits alone, upper case: 'Amembassy Port Tarlenheim' is AMEMBASSYPORTTARLENHEIM."""
    return "".join(letter for letter in name.upper() if letter.isalnum())
