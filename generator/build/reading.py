"""The reading stage, which `build` and `check` share: sources in, cleared cables out, batch by batch.

Each batch is noted where all later stages look things up (catalogue, questions, problem log) and then handed on;
nothing of it is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - a day of the calendar
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from generator.archive.catalogue import Catalogue
from generator.archive.questions import Questions
from generator.build.pieces import Pieces, Telegram, may_be_piece
from generator.build.proof import Witness
from generator.build.report import BuildRefused, ProblemLog, Progress
from generator.intake import Found, SourceFile, read_source
from generator.intake.read import PageSource
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release import (
    ClearedCable,
    Ledger,
    LedgerUse,
    Release,
    Withheld,
    is_draft,
    redact_text,
    release,
)
from generator.render.text_page import TextSource, read_text_source
from generator.telegram.cable import Cable
from generator.telegram.messages import parse_messages

T = TypeVar("T")

_BATCH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What governs the release of an archive."""

    ledger: Ledger
    today: Day  # the day by which embargoes end


@dataclass(slots=True, kw_only=True)
class ReadBatch:
    """What a batch of sources turned out to be; filled while they are read."""

    cables: list[ClearedCable] = field(default_factory=list)
    pages: list[TextSource] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    use: LedgerUse = field(default_factory=LedgerUse)
    has_embargoes: bool = False  # in front matter


def check_content(content: Path) -> None:
    """Raise BuildRefused where there is no folder to read."""
    if not content.is_dir():
        raise BuildRefused(
            f"there is no folder {content}; put telegrams there as .txt files, "
            "or make a project with: cablepress new my-archive"
        )


def read_archive(
    found: Found,
    lexicon: Lexicon,
    rules: Rules,
    *,
    catalogue: Catalogue,
    questions: Questions,
    log: ProblemLog,
    progress: Progress,
    witness: Witness | None = None,
) -> Iterator[ReadBatch]:
    """Read all sources; the catalogue is settled and everything is logged once the last batch was taken.

    What the ledger did is counted in the batches; rules without any use are logged too.
    """
    sources = [file for file in found.files if file.kind != "asset"]
    log.add(found.problems)
    done = 0
    pieces = Pieces()
    use = LedgerUse()
    for files in batches(sources):
        batch = ReadBatch()
        for file in files:
            _read(file, lexicon, rules, batch, pieces, witness)
        use.merge(batch.use)
        _note(batch, catalogue, questions, log)
        yield batch
        done += len(files)
        progress("Reading", done, len(sources))
    for telegrams in batches(pieces.telegrams(lexicon)):
        batch = ReadBatch()
        for telegram in telegrams:
            _clear_telegram(telegram, rules, batch, witness)
        use.merge(batch.use)
        _note(batch, catalogue, questions, log)
        yield batch
    catalogue.settle()
    log.add(use.problems(rules.ledger))
    log.add(catalogue.problems())


def _note(batch: ReadBatch, catalogue: Catalogue, questions: Questions, log: ProblemLog) -> None:
    catalogue.add(batch.cables)
    catalogue.withhold(batch.withheld)
    questions.add(batch.cables, batch.problems)
    log.add(batch.problems)


def _read(
    file: SourceFile,
    lexicon: Lexicon,
    rules: Rules,
    batch: ReadBatch,
    pieces: Pieces,
    witness: Witness | None,
) -> None:
    """Read a source into a batch: cables parsed and released, pages as their authors wrote them."""
    source = read_source(file)
    if isinstance(source, Problem):
        batch.problems.append(source)
        return
    batch.problems.extend(source.problems)
    batch.has_embargoes |= any(key.lower() == "embargo" for key in source.front_matter)
    if isinstance(source, PageSource):
        _read_page(source, rules.ledger, batch)
        return
    for cable in parse_messages(
        source.text, source=source.path, first_line=source.first_line, lexicon=lexicon
    ):
        if may_be_piece(cable):
            pieces.add(cable, source.front_matter)
        else:
            outcome = _clear(cable, source.front_matter, rules, batch, witness)
            if outcome.cleared is not None:
                batch.problems.extend(outcome.cleared.warnings)


def _clear_telegram(telegram: Telegram, rules: Rules, batch: ReadBatch, witness: Witness | None) -> None:
    """Release what some pieces make together; what the front matter of any of them holds back is held back whole."""
    own: dict[str, Any] = {}
    for piece in telegram.pieces:
        alone = release(
            piece.cable,
            path=piece.cable.source,
            front_matter=piece.front_matter,
            ledger=Ledger(),
            today=rules.today,
        )
        if alone.withheld is not None:
            own = piece.front_matter
            break
        own = _both(own, piece.front_matter)
    outcome = _clear(telegram.cable, own, rules, batch, witness)
    if outcome.cleared is not None:
        batch.problems.extend(telegram.problems(outcome.cleared.warnings, outcome.cleared.path))


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of two pieces: lists together, of anything else what the first says."""
    both = {**other, **one}
    for key in one.keys() & other.keys():
        if one[key] != other[key] and (isinstance(one[key], list) or isinstance(other[key], list)):
            both[key] = [*_listed(one[key]), *_listed(other[key])]
    return both


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _clear(
    cable: Cable, front_matter: Mapping[str, Any], rules: Rules, batch: ReadBatch, witness: Witness | None
) -> Release:
    """Release a cable, and note it, or what may be shown of one that is withheld.

    What is told of a telegram quotes it, so that of a withheld one not even that is noted.
    """
    outcome = release(
        cable, path=cable.source, front_matter=front_matter, ledger=rules.ledger, today=rules.today
    )
    batch.use.add(outcome)
    if witness is not None:
        witness.see(cable, outcome)
    batch.problems.extend(outcome.problems)
    if outcome.cleared is not None:
        batch.cables.append(outcome.cleared)
    elif outcome.withheld is not None:
        batch.withheld.append(outcome.withheld)
    return outcome


def _read_page(source: PageSource, ledger: Ledger, batch: ReadBatch) -> None:
    """Note a Markdown page, without what is redacted everywhere."""
    path, in_path = redact_text(source.path, ledger=ledger)
    if is_draft(source.front_matter) or in_path:
        batch.withheld.append(Withheld())
        if in_path:
            batch.problems.append(named_by_a_redaction(source.path))
        return
    text, uses = redact_text(source.text, ledger=ledger)
    batch.use.note(dict(uses))
    front_matter = {
        key: redact_text(value, ledger=ledger)[0] if isinstance(value, str) else value
        for key, value in source.front_matter.items()
    }
    batch.pages.append(read_text_source(path, text, front_matter))


def named_by_a_redaction(path: str) -> Problem:
    """What is said of a page or picture whose own name holds redacted words."""
    return Problem(
        code="name-redacted",
        severity="warning",
        source=path,
        message="the name of the file holds words that the ledger redacts everywhere",
        next_step="it was left out; rename it",
    )


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Cut a sequence into lists of a batch's size."""
    iterator = iter(things)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
