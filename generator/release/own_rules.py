r"""The rules that a cable's own front matter holds, in the words of the ledger.

    withhold: true                      withdraw: true
    embargo: 2030-01-01                 redact: [Rassendyll, {regex: 'gate \d+'}, {paragraph: 7}]
    reason: names a source              by: F. Tarlenheim
    when: 2026-03-01                    show: card

`reason`, `by`, `when`, `show`, `show_reason` and `show_count` belong to all of them. What cannot be read holds the cable
back, and a misspelled `witheld` does so too.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.release.rule import DEEDS, NO, RULE_KEYS, Deed, Rule, read_rule

# A rule of front matter stands in no line of the ledger.
_NO_LINE = 0

_FOR_ALL = ("reason", "by", "when")
_FOR_REDACTIONS = ("show_reason", "show_count", "within_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules:
    """What front matter says of the release of its cable."""

    rules: tuple[Rule, ...] = ()
    faults: tuple[str, ...] = ()  # sentences without a full stop; with any the cable is withheld


def is_draft(front_matter: Mapping[str, Any]) -> bool:
    """Whether front matter holds its source back: `draft`, with any value that is no plain 'no'."""
    drafts = [value for key, value in front_matter.items() if key.lower() == "draft"]
    return any(not _is_no(value) for value in drafts)


def _is_no(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in NO


def read_own_rules(front_matter: Mapping[str, Any]) -> OwnRules:
    """The rules of a cable's front matter."""
    fields = {key.strip().lower().replace("-", "_"): value for key, value in front_matter.items()}
    faults = [
        f"{key!r} is no word of the ledger; did you mean {meant!r}?"
        for key in fields
        if (meant := _meant_by(key))
    ]
    rules: list[Rule] = []
    for deed in DEEDS:
        if deed not in fields:
            continue
        for table in _tables(deed, fields[deed], fields):
            rule, keys = _read(deed, table)
            faults += [_fault(deed, key) for key in keys]
            if rule is not None:
                rules.append(rule)
    return OwnRules(rules=tuple(rules), faults=tuple(faults))


def _tables(deed: Deed, value: object, fields: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a field of front matter says, as the ledger would say it."""
    shared = {key: fields[key] for key in _FOR_ALL if fields.get(key) not in (None, "")}
    if deed == "redact":
        # Words belong to the redactions, and `show` to what holds back.
        shared |= {key: fields[key] for key in _FOR_REDACTIONS if key in fields}
        for one in value if isinstance(value, list) else [value]:
            yield shared | (dict(one) if isinstance(one, dict) else {"term": one})
    elif not _is_no(value):
        shared |= {"show": fields["show"]} if "show" in fields else {}
        yield shared | ({"until": value} if deed == "embargo" else {})


def _read(deed: Deed, table: Mapping[str, Any]) -> tuple[Rule | None, list[str]]:
    """A rule, and the keys at fault; not their values, which may be the very words that must not be shown."""
    keys: list[str] = []

    def note(key: str, _: str) -> None:
        keys.append(key)

    return read_rule(deed, table, note, line=_NO_LINE, place="front matter", of_one_cable=True), keys


def _fault(deed: Deed, key: str) -> str:
    if key in ("", "until") or key not in RULE_KEYS:
        return f"{deed!r} does not say what the ledger would accept"
    return f"{key!r}, which belongs to {deed!r}, does not say what the ledger would accept"


@lru_cache(maxsize=4096)
def _meant_by(key: str) -> str | None:
    """The word of release that a key misspells."""
    if key in DEEDS:
        return None
    near = difflib.get_close_matches(key, DEEDS, n=1, cutoff=0.8)
    return near[0] if near else None
