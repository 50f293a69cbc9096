"""Reads what people write about the cables: pages, collections and notes, and what each asks of the archive.

They go without what is redacted everywhere, notes also without what is redacted in their cable. A unit notes of them what
the archive must know; their text is read again where their page is made.
"""

from collections.abc import Mapping
from typing import Any

from generator.archive.address import is_reserved, page_address
from generator.archive.notes import Note
from generator.archive.unit import Unit
from generator.build.addressing import lines_of, publication_of_page, read_aliases, with_lines
from generator.build.job import Job
from generator.intake.note import read_note
from generator.intake.read import NoteSource, PageSource
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.release.ledger import Ledger
from generator.release.own_rules import is_draft
from generator.release.release import redact_text
from generator.release.use import LedgerUse
from generator.render.pages.asking import WrittenLines, asked_by, asked_by_note
from generator.render.pages.text_page import TextSource, read_text_source
from generator.render.text.page_links import page_links


def read_page(unit: Unit, source: PageSource, job: Job, lexicon: Lexicon) -> None:
    """Note a Markdown page, without what is redacted everywhere."""
    front_matter = source.front_matter
    in_path = redact_text(source.path, ledger=job.ledger)[1]
    if (is_draft(front_matter) and not job.drafts) or in_path:
        unit.withheld += 1
        if in_path:
            unit.tell([named_by_a_redaction(source.path)])
        return
    page, uses = page_of(source, front_matter, job.ledger)
    if uses:
        unit.use = LedgerUse()
        unit.use.note(uses)
    unit.title = page.title
    lines = WrittenLines(source.text, source.first_line, source.lines)
    asked = asked_by(page, lines, lexicon)
    unit.asks = list(asked.asks)
    unit.collection = asked.collection
    unit.tell(asked.problems)
    written = "\n\n".join([page.text, *asked.comments])
    unit.page_links = page_links(written, page.path, source=source.text, first_line=source.first_line)
    if is_reserved(source.path):
        unit.tell([_reserved(source.path)])
    said = publication_of_page(front_matter, job.ledger)
    unit.noindex = said.noindex
    find_line = lines_of(front_matter, source.lines)
    aliases, problems = read_aliases(said.aliases, source.path, find_line)
    unit.aliases = list(aliases)
    unit.tell([*with_lines(said.problems(source.path), find_line), *problems])


def read_editors_note(unit: Unit, source: NoteSource, job: Job, lexicon: Lexicon) -> None:
    """Note a note of the editor, without what is redacted."""
    read, problems = read_note(source, lexicon)
    unit.tell(problems)
    if is_draft(source.front_matter) and not job.drafts:
        unit.withheld += 1
    elif read is not None:
        ids = [id_ for id_ in (read.id, read.other) if id_ is not None]
        uses: dict[int, int] = {}
        cleared: list[str] = []
        for text in (read.text, read.by, read.date):
            words, used = redact_text(text, ledger=job.ledger, ids=ids)
            cleared.append(words)
            uses |= {rule: uses.get(rule, 0) + places for rule, places in used.items()}
        if uses:
            unit.use = LedgerUse()
            unit.use.note(uses)
        text, by, date = cleared
        lines = WrittenLines(source.text, source.first_line, source.lines)
        asked = asked_by_note(source.path, text, lines, lexicon)
        unit.asks = list(asked.asks)
        unit.tell(asked.problems)
        unit.notes.append(
            Note(
                source=source.path,
                id=read.id,
                other=read.other,
                paragraph=read.paragraph,
                by=by,
                date=date,
                text=text,
                cable_line=read.cable_line,
                paragraph_line=read.paragraph_line,
            )
        )


def page_of(
    source: PageSource, front_matter: Mapping[str, Any], ledger: Ledger
) -> tuple[TextSource, dict[int, int]]:
    """A Markdown page without what is redacted everywhere, and what rules did in it."""
    text, uses = redact_text(source.text, ledger=ledger)
    cleared = {key: _redacted(value, ledger) for key, value in front_matter.items()}
    said = publication_of_page(front_matter, ledger)
    return read_text_source(source.path, text, cleared, noindex=said.noindex), dict(uses)


def _redacted(value: Any, ledger: Ledger) -> Any:
    """A value of front matter without what is redacted everywhere."""
    if isinstance(value, list):
        return [_redacted(one, ledger) for one in value]
    if isinstance(value, dict):
        return {_redacted(name, ledger): _redacted(one, ledger) for name, one in value.items()}
    return redact_text(value, ledger=ledger)[0] if isinstance(value, str) else value


def named_by_a_redaction(path: str) -> Problem:
    """What is said of a page or picture whose own name holds redacted words."""
    return Problem(
        code="name-redacted",
        severity="warning",
        source=path,
        message="the name of the file holds words that the ledger redacts everywhere",
        next_step="it was left out; rename it",
    )


def _reserved(path: str) -> Problem:
    """What is said of a page that has the name of one of the site's own."""
    return Problem(
        code="address-reserved",
        severity="info",
        source=path,
        message="the site has a page or a folder of this name already",
        next_step=f"it stands at {page_address(path)}; rename the file if that should be otherwise",
    )
