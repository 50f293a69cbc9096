"""The reading stage, which `build` and `check` share: sources in, cleared cables out, batch by batch.

Each batch is noted where all later stages look things up (catalogue, questions, problem log) and then handed on;
nothing of it is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from generator.archive.catalogue import Catalogue
from generator.archive.questions import Questions
from generator.build.pieces import Pieces, may_be_piece
from generator.build.report import BuildRefused, ProblemLog, Progress
from generator.intake import Found, SourceFile, read_source
from generator.intake.read import CableSource
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release import ClearedCable, is_draft, release
from generator.render.text_page import TextSource, read_text_source
from generator.telegram.messages import parse_messages

T = TypeVar("T")

_BATCH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBatch:
    """What a batch of sources turned out to be."""

    cables: tuple[ClearedCable, ...]
    problems: tuple[Problem, ...]
    pages: tuple[TextSource, ...] = ()
    withheld: int = 0


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
    *,
    catalogue: Catalogue,
    questions: Questions,
    log: ProblemLog,
    progress: Progress,
) -> Iterator[ReadBatch]:
    """Read all sources; the catalogue is settled and everything is logged once the last batch was taken."""
    sources = [file for file in found.files if file.kind != "asset"]
    log.add(found.problems)
    done = 0
    pieces = Pieces()
    for files in batches(sources):
        batch = _read_batch(files, lexicon, pieces)
        _note(batch, catalogue, questions, log)
        yield batch
        done += len(files)
        progress("Reading", done, len(sources))
    for telegrams in batches(pieces.telegrams(lexicon)):
        problems = tuple(problem for _, told in telegrams for problem in told)
        batch = ReadBatch(cables=tuple(cable for cable, _ in telegrams), problems=problems)
        _note(batch, catalogue, questions, log)
        yield batch
    catalogue.settle()
    log.add(catalogue.problems())


def _note(batch: ReadBatch, catalogue: Catalogue, questions: Questions, log: ProblemLog) -> None:
    catalogue.add(batch.cables)
    questions.add(batch.cables, batch.problems)
    log.add(batch.problems)


def _read_batch(files: Sequence[SourceFile], lexicon: Lexicon, pieces: Pieces) -> ReadBatch:
    """Read a batch of sources: cables parsed and released, pages as their authors wrote them."""
    cables: list[ClearedCable] = []
    pages: list[TextSource] = []
    problems: list[Problem] = []
    withheld = 0
    for file in files:
        source = read_source(file)
        if isinstance(source, Problem):
            problems.append(source)
            continue
        problems.extend(source.problems)
        if isinstance(source, CableSource):
            for cable in parse_messages(
                source.text, source=source.path, first_line=source.first_line, lexicon=lexicon
            ):
                cleared = release(cable, path=cable.source, front_matter=source.front_matter)
                if cleared is None:
                    withheld += 1
                elif may_be_piece(cleared):
                    pieces.add(cleared)
                else:
                    # What is told of a telegram quotes it, so that of a withheld one is not even logged.
                    problems.extend(cleared.warnings)
                    cables.append(cleared)
        elif is_draft(source.front_matter):
            withheld += 1
        else:
            pages.append(read_text_source(source.path, source.text, source.front_matter))
    return ReadBatch(cables=tuple(cables), pages=tuple(pages), problems=tuple(problems), withheld=withheld)


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Cut a sequence into lists of a batch's size."""
    iterator = iter(things)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
