"""The engine: sources in, site out, in batches.

    find -> read, parse, release (a batch) -> catalogue, spool -> render (a batch) -> write -> remove what is not due

A cable is read once; between the two passes it waits in a spool file of its batch, since a page can only be made
when the catalogue knows every cable. Each stage is a function of a batch and keeps nothing of it.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.archive.address import FACETS, asset_address, shared_address
from generator.archive.catalogue import Catalogue
from generator.archive.questions import Answers, Questions
from generator.build.memory import STATE_FOLDER, fingerprint, forget, recall, remember
from generator.build.output import Output, all_there
from generator.build.reading import Rules, batches, check_content, named_by_a_redaction, read_archive
from generator.build.report import BuildFailed, BuildRefused, BuildReport, ProblemLog, Progress, few
from generator.intake import Found, SourceFile, find_sources
from generator.intake.find import unreadable
from generator.problem import Problem
from generator.release import Ledger, decode_cleared, encode_cleared, load_ledger, redact_text
from generator.render import SiteRenderer, read_assets
from generator.render.health_page import EXAMPLES, MOST
from generator.render.site import Page
from generator.render.templates import template_folders
from generator.render.text_page import TextSource
from generator.settings import Settings, project_lexicon

# GitHub Pages runs Jekyll, which drops names with '_', unless this file is there.
_MARKER = ".nojekyll"


def build_site(
    project: Path, settings: Settings, *, content: Path, site: Path, today: Day, progress: Progress
) -> BuildReport:
    """Build the site of the project in `project`; `today` is the day by which embargoes end.

    Raises LedgerError, and BuildRefused for folders that cannot be used, with site/ as it was; BuildFailed where the
    disk does not let it finish, and TemplateProblem for a broken template.
    """
    _check_folders(content, site)
    rules = Rules(ledger=load_ledger(content), today=today)
    found = find_sources(content)
    folders = template_folders(project / settings.templates)
    state = project / STATE_FOLDER
    try:
        state.mkdir(exist_ok=True)
        site.mkdir(parents=True, exist_ok=True)
        inputs = fingerprint(found, settings, rules.ledger, folders)
        report = recall(state, inputs, today)
        if report is not None and all_there(site, state):
            return replace(report, nothing_to_do=True, written=0, removed=0)
        forget(state)
        report, has_embargoes = _build(found, settings, rules, folders, site, state, progress)
        remember(state, inputs, report, today if has_embargoes else None)
    except OSError as error:
        raise BuildFailed(f"{error.filename or site}: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        raise BuildFailed(f"{state}: {error}") from error
    return report


def _check_folders(content: Path, site: Path) -> None:
    """Refuse folders that would have the build read what it writes."""
    check_content(content)
    inner, outer = site.resolve(), content.resolve()
    if inner == outer or outer in inner.parents or inner in outer.parents:
        raise BuildRefused(f"the site ({site}) and the telegrams ({content}) must not lie in each other")
    if site.exists() and not site.is_dir():
        raise BuildRefused(f"{site} is a file; name a folder for the site")


def _build(
    found: Found,
    settings: Settings,
    rules: Rules,
    folders: Sequence[Path],
    site: Path,
    state: Path,
    progress: Progress,
) -> tuple[BuildReport, bool]:
    """The report, and whether another day may give another site."""
    lexicon = project_lexicon(settings)
    assets = [file for file in found.files if file.kind == "asset"]
    spool = _fresh_folder(state / "spool")
    catalogue = Catalogue(state / "catalogue.sqlite", lexicon)
    questions = Questions(catalogue)
    output = Output(site, state)
    pages: list[TextSource] = []
    withheld = 0
    has_embargoes = any(rule.deed == "embargo" for rule in rules.ledger.rules)
    with ProblemLog(state / "problems.jsonl") as log:
        reading = read_archive(
            found, lexicon, rules, catalogue=catalogue, questions=questions, log=log, progress=progress
        )
        for number, batch in enumerate(reading):
            if batch.cables:
                (spool / f"{number:06d}").write_bytes(encode_cleared(batch.cables))
            pages.extend(batch.pages)
            withheld += len(batch.withheld)
            has_embargoes |= batch.has_embargoes
        pages = _with_own_addresses(pages)

        answers = questions.answers(lexicon.tags, most=MOST, examples=EXAMPLES)
        renderer = SiteRenderer(catalogue, lexicon, settings, folders)
        total, done = catalogue.total, 0
        for spooled in sorted(spool.iterdir()):
            cables = decode_cleared(spooled.read_bytes())
            output.write([_encoded(renderer.cable(cable)) for cable in cables])
            spooled.unlink()
            done += len(cables)
            progress("Writing cables", done, total)
        for batch_of_pages in batches(_other_pages(renderer, catalogue, answers, pages, progress)):
            output.write([_encoded(page) for page in batch_of_pages])
        output.write([*read_assets(folders), (_MARKER, b"")])
        for file in assets:
            data = _read_asset(file, rules.ledger)
            if isinstance(data, Problem):
                log.add([data])
            else:
                output.write([(asset_address(file.path), data)])
        removed, foreign = output.finish()
        spool.rmdir()
        catalogue.close()
        report = BuildReport(
            cables=total,
            withheld=withheld,
            pages=output.files,
            written=output.written,
            removed=removed,
            size=output.size,
            foreign=few(foreign),
            foreign_count=len(foreign),
            problems=log.groups(),
        )
        return report, has_embargoes


def _read_asset(file: SourceFile, ledger: Ledger) -> bytes | Problem:
    """An image or other file that is copied as it is."""
    if redact_text(file.path, ledger=ledger)[1]:
        return named_by_a_redaction(file.path)
    try:
        return Path(file.absolute).read_bytes()
    except OSError as error:
        return unreadable(file.path, error)


def _other_pages(
    renderer: SiteRenderer,
    catalogue: Catalogue,
    answers: Answers,
    pages: Sequence[TextSource],
    progress: Progress,
) -> Iterator[Page]:
    """Every page but those of cables."""
    yield renderer.home(pages)
    yield renderer.health(answers)
    yield from renderer.withheld_pages()
    yield renderer.not_found()
    yield from renderer.text_pages(pages)
    yield from renderer.index_pages()
    values = [(facet, value.value) for facet in FACETS for value in catalogue.values(facet)]
    for done, (facet, value) in enumerate(values, start=1):
        yield from renderer.value_pages(facet, value)
        progress("Writing indexes", done, len(values))


def _with_own_addresses(pages: Iterable[TextSource]) -> list[TextSource]:
    """The Markdown pages by path, those that would take one address told apart by a digest of their path."""
    ordered = sorted(pages, key=lambda page: page.path)
    taken: set[str] = set()
    kept: list[TextSource] = []
    for page in ordered:
        own = shared_address(page.address, page.path) if page.address in taken else page.address
        taken.add(own)
        kept.append(replace(page, address=own))
    return kept


def _encoded(page: Page) -> tuple[str, bytes]:
    # A lone surrogate, from a file name that is no UTF-8, has no place in a page.
    return page.address, page.text.encode("utf-8", "replace")


def _fresh_folder(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder
