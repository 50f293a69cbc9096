"""Whether a rule applies to a cable."""

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache

from generator.lexicon import builtin_lexicon
from generator.release.levels import LEVELS, highest_marking
from generator.release.rule import Conditions, squeezed_name
from generator.telegram.cable import Cable
from generator.telegram.reference_id import canonical_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a rule can know a cable by. In doubt a cable has all the names that it may have."""

    ids: frozenset[str]  # of its text and of its file's name
    tags: frozenset[str]
    origins: frozenset[str]
    levels: frozenset[str]  # all of them where its own cannot be read
    path: str


def marks_of(cable: Cable, path: str) -> Marks:
    """What a cable is known by."""
    base = path.rpartition("/")[2].partition("#")[0]
    stem = base.rpartition(".")[0] or base
    named = (canonical_id(name, builtin_lexicon()) for name in {stem, stem.partition("-")[0]})
    origins = {cable.post or "", squeezed_name(cable.origin or "")}
    if cable.origin:
        origins.add(builtin_lexicon().post_key(cable.origin))
    marked = highest_marking(cable)
    level = cable.classification
    return Marks(
        ids=frozenset(filter(None, (cable.id, *named))),
        tags=frozenset({tag.code.upper() for tag in cable.tags} | {tag.raw.upper() for tag in cable.tags}),
        origins=frozenset(origins),
        levels=frozenset(LEVELS)
        if level not in LEVELS or marked >= len(LEVELS)
        else frozenset({level, LEVELS[marked]} if marked >= 0 else {level}),
        path=path,
    )


def applies(conditions: Conditions, marks: Marks) -> bool:
    """Whether all conditions hold."""
    return (
        (not conditions.cable or not marks.ids.isdisjoint(conditions.cable))
        and (not conditions.cables or any(_matches(conditions.cables, id_) for id_ in marks.ids))
        and (not conditions.tag or not marks.tags.isdisjoint(conditions.tag))
        and (not conditions.origin or not marks.origins.isdisjoint(conditions.origin))
        and (not conditions.classification or not marks.levels.isdisjoint(conditions.classification))
        and (not conditions.source or _is_of(conditions.source, marks.path))
    )


def _is_of(patterns: tuple[str, ...], path: str) -> bool:
    file = path.partition("#")[0]
    return any(_matches(patterns, name.upper()) for name in (path, file, f"content/{file}"))


def _matches(patterns: tuple[str, ...], name: str) -> bool:
    return _compiled(patterns).match(name) is not None


@lru_cache(maxsize=4096)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Patterns as one expression. '[' is a letter of a path, not a set."""
    return re.compile("|".join(translate(pattern.upper().replace("[", "[[]")) for pattern in patterns))
