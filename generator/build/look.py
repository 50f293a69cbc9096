"""The first step of a build: a look at what changed, which is all of it where nothing did.

This module and what it imports stay small: most builds of an archive that nobody edits end here.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path
from typing import Any

import msgspec

from generator.archive.state import State
from generator.build.inputs import Inputs, inputs_of
from generator.build.place import Place
from generator.build.report import BuildReport
from generator.build.sources import Sources
from generator.build.writing import walk
from generator.problem import Problem
from generator.release.ledger import Ledger

# What is remembered between builds.
INPUTS, REPORT, SITE, TOLD = "inputs", "report", "site", "told"

# If so many sources changed, and more than half of them all, it is sooner done to begin anew.
_MANY = 2_000


@dataclass(slots=True, kw_only=True)
class Look:
    """What a build has before it."""

    inputs: Inputs
    there: set[str] | None  # the files of the site; None where they were not looked at
    state: State | None  # None where there is none of this site
    old: Inputs | None  # of the last build; None where all is to be built anew
    sources: Sources | None = None
    told: list[Problem]  # what was wrong at the last build with files that are no sources
    count: int = 0  # sources to be read
    gone: list[str]  # keys of sources that are there no more
    seen: int  # when the sources were looked at, in nanoseconds since 1970
    is_whole: bool  # all of content/ and site/ was looked at

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed, as far as can be said before the chosen sources are read."""
        return (
            self.sources is not None
            and not self.gone
            and self.sources.problems == self.told
            and _is_same(self.old, self.inputs)
            and self.is_all_there
        )

    @property
    def is_all_there(self) -> bool:
        """Whether every file of the site is still there; without a look at the site it is believed."""
        there = self.there
        return (
            there is None
            or self.state is None
            or all(address in there for address in self.state.addresses(with_stale=False))
        )

    def last_report(self) -> BuildReport | None:
        """What the last build told, if it was finished, as one that has nothing to do tells it."""
        report: BuildReport | None = recall(self.state, REPORT, BuildReport) if self.state else None
        return replace(report, nothing_to_do=True, written=0, removed=0) if report else None


def look(
    place: Place,
    ledger: Ledger,
    today: Day,
    *,
    changed: Collection[Path] | None,
    reads_all: bool,
    is_anew: bool = False,
) -> Look:
    """Look for what changed since the last build; the arguments are those of `Engine.build`.

    With `is_anew` all is to be built, since the state is broken; which files are ours it may still know.
    """
    seen = time.time_ns()
    inputs = inputs_of(
        settings=place.settings,
        ledger=ledger,
        today=today,
        drafts=place.drafts,
        site=place.site,
        templates=place.templates,
    )
    state = State.open(place.state, is_lasting=place.is_lasting)
    if state is not None and state.recall(SITE) != place.way_to_site:
        state.close()
        state = None
    old = recall(state, INPUTS, Inputs) if state is not None and state.is_current and not is_anew else None
    if old is not None and not _goes_on(old, inputs):
        old = None
    if old is not None and (old.release, old.day, old.search) != (inputs.release, inputs.day, inputs.search):
        changed = None  # another day or ledger may change any cable, not only those that were edited
    is_whole = changed is None or old is None
    looked = Look(
        inputs=inputs,
        there=set(walk(place.site, hidden=True)) if is_whole else None,
        state=state,
        old=old,
        told=[],
        gone=[],
        seen=seen,
        is_whole=is_whole,
    )
    if state is not None and old is not None:
        _look_at_sources(looked, state, old, place, changed, reads_all=reads_all)
    return looked


def _look_at_sources(
    looked: Look,
    state: State,
    old: Inputs,
    place: Place,
    changed: Collection[Path] | None,
    *,
    reads_all: bool,
) -> None:
    sources = looked.sources = Sources(state, place.content)
    sources.look(changed)
    is_forced = old.release != looked.inputs.release or _is_searched_otherwise(old, looked.inputs)
    dated = dated_sources(state) if old.day != looked.inputs.day else []
    looked.count = sources.choose(is_forced=is_forced, also=dated, reads_all=reads_all)
    looked.gone = sources.gone()
    looked.told = recall(state, TOLD, list[Problem]) or []
    if changed is not None:
        sources.problems = looked.told
    if is_much(state, looked.count) and not is_forced and not reads_all:
        looked.old = looked.sources = None


def _is_searched_otherwise(old: Inputs, new: Inputs) -> bool:
    """Whether the search reads of each cable what it has not read."""
    return new.search not in ("", old.search)


def recall(state: State, key: str, type_: Any) -> Any:
    """What a state remembers; None where that is nothing that can be read."""
    data = state.recall(key)
    try:
        return msgspec.json.decode(data, type=type_) if data is not None else None
    except msgspec.MsgspecError:
        return None


def _goes_on(old: Inputs, new: Inputs) -> bool:
    """Whether what is remembered is of use for what is to be built."""
    return (old.program, old.site, old.words) == (new.program, new.site, new.words)


def _is_same(old: Inputs | None, new: Inputs) -> bool:
    """Whether nothing but the day is another; what that changes is read by itself."""
    return old is not None and old == msgspec.structs.replace(new, templates=old.templates, day=old.day)


def is_much(state: State, count: int) -> bool:
    """Whether so many sources are to be read that it is sooner done to begin anew."""
    return count > _MANY and count > state.db.execute("SELECT count(*) FROM unit").fetchone()[0] / 2


def dated_sources(state: State) -> list[str]:
    """The sources for which another day may give another outcome."""
    found = state.db.execute(
        "SELECT key FROM unit WHERE is_dated AND kind != 'sections' UNION SELECT key FROM unit WHERE number IN "
        "(SELECT piece.unit FROM piece JOIN unit AS whole ON whole.key = 'sections of ' || piece.id WHERE whole.is_dated)"
    )
    return [key for (key,) in found]
