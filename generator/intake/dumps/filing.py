"""Files cables in content/: one source each, never twice, and never over what someone has written.

    content/2008/02/08STRELSAU123.txt          the first cable of this name
    content/2008/02/08STRELSAU123-3fa9c1.txt   another text with the same id

A cable whose id is that of a draft, or of a source that someone has edited, is filed as a draft: what was taken
out of one copy by hand must not come back with another. Files are written beside their place and moved into it,
so that each is whole or not there.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from generator.intake.dumps.dumped_cable import DumpedCable
from generator.intake.dumps.holdings import Holding, Holdings
from generator.intake.dumps.place import Place, place_of
from generator.intake.dumps.seal import (
    StandingSource,
    is_made_draft,
    read_standing,
    sealed_source,
    seals_of,
    words_digest,
)
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.recognise import looks_like_telegram

# written: new. rewritten: the dump had changed. there: nothing to do. edited: left alone, since it was edited.
Outcome = Literal["written", "rewritten", "there", "edited"]

_SHORTEST_DIGEST = 6  # digits, behind a name that is taken

_TEMPORARY = ".cablepress-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of a cable."""

    outcome: Outcome
    path: str  # below content/
    is_telegram: bool  # a telegram was recognised; else the text is kept verbatim
    problem: Problem | None = None


class FilingCabinet:
    """content/, and how cables get into it."""

    def __init__(self, content: Path, lexicon: Lexicon, *, dry_run: bool) -> None:
        """Open `content`; a dry run finds out all the same things and writes nothing."""
        self._content = content
        self._lexicon = lexicon
        self._dry_run = dry_run
        self._holdings = Holdings(content)
        self._folders: set[Path] = set()

    def __enter__(self) -> "FilingCabinet":
        """Use the cabinet as a context, so that what it has noted is let go."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go what was noted."""
        self._holdings.close()

    def file(self, cable: DumpedCable) -> Filed:
        """File a cable. Raises OSError where the disk refuses."""
        is_telegram = looks_like_telegram(cable.text)
        words = words_digest(cable.text)
        place = place_of(cable, self._lexicon)
        named = self._holdings.named(place.name)
        twin = next((holding for holding in named if holding.words == words), None)
        if twin is not None:
            return Filed(outcome="there", path=twin.path, is_telegram=is_telegram)
        standing = [read_standing(self._content, holding.path) for holding in named if holding.words is None]
        existing = _best_match(standing, cable.source, words)
        is_held = place.has_id and (
            any(holding.is_held for holding in named)
            or any(_is_held(other) for other in standing if other is not existing)
        )
        # What was filed before stays the draft that it was, or was not, whatever has happened to others since.
        is_draft = is_held if existing is None else is_made_draft(existing)
        filed = sealed_source(cable, is_draft=is_draft)
        problem = None
        if existing is None:
            path = _free_path(place, words, named)
            outcome: Outcome = "written"
            if named and place.has_id:
                problem = _id_twice(cable, place.name, path, is_held=is_held)
        else:
            path = existing.path
            outcome = _outcome(existing, cable.source, filed.data)
            is_held = _is_held(existing)
            if outcome == "edited":
                problem = _edited(cable, path, has_changed=existing.seal not in seals_of(cable))
        if outcome in ("written", "rewritten") and not self._dry_run:
            self._write(path, filed.data)
        self._holdings.add(path, words, is_held=is_held or "draft" in cable.fields)
        return Filed(outcome=outcome, path=path, is_telegram=is_telegram, problem=problem)

    def _write(self, path: str, data: bytes) -> None:
        target = self._content / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        temporary = target.with_name(_TEMPORARY)
        try:
            temporary.write_bytes(data)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _best_match(standing: list[StandingSource], source: str, words: bytes) -> StandingSource | None:
    """The source that is this cable: made of the same row or member with the same words, else either of these."""
    ranks = [(found.source == source, found.words == words) for found in standing]
    best = max(ranks, default=(False, False), key=lambda rank: (sum(rank), rank))
    return standing[ranks.index(best)] if any(best) else None


def _is_held(standing: StandingSource) -> bool:
    """Whether someone has laid hands on a source, so that another copy of its cable must wait for a decision."""
    return standing.draft is not None or not standing.is_sealed


def _outcome(existing: StandingSource, source: str, data: bytes) -> Outcome:
    if existing.data == data or existing.source != source:
        return "there"
    return "rewritten" if existing.is_sealed else "edited"


def _free_path(place: Place, words: bytes, named: list[Holding]) -> str:
    """Where a new source goes: under its name, or told apart from the others of that name."""
    if not named:
        return f"{place.folder}/{place.name}.txt"
    taken = {holding.path.casefold() for holding in named}
    digest = words.hex()
    return next(
        path
        for length in range(_SHORTEST_DIGEST, len(digest) + 1)
        if (path := f"{place.folder}/{place.name}-{digest[:length]}.txt").casefold() not in taken
    )


def _id_twice(cable: DumpedCable, name: str, path: str, *, is_held: bool) -> Problem:
    if is_held:
        return Problem(
            code="id-twice-held",
            severity="warning",
            source=cable.source,
            message=f"another text has the id {name} already, and that one is a draft or was edited",
            next_step=f"this one was kept as {path}, as a draft; compare the two, then remove one or its 'draft'",
        )
    return Problem(
        code="id-twice",
        severity="warning",
        source=cable.source,
        message=f"another text has the id {name} already",
        next_step=f"both are kept, this one as {path}; if they are one cable, remove the worse",
    )


def _edited(cable: DumpedCable, path: str, *, has_changed: bool) -> Problem:
    if has_changed:
        return Problem(
            code="edited-and-changed",
            severity="warning",
            source=cable.source,
            message=f"{path} was edited since it was imported, and the dump has another text now",
            next_step="it was left alone; to have the dump's text, move the file away and import again",
        )
    return Problem(
        code="edited",
        severity="info",
        source=cable.source,
        message=f"{path} was edited since it was imported",
        next_step="it was left alone",
    )
