"""A job: all that a process must be told to work for a build, whichever machine it runs on.

A job is small and can be pickled. What a worker makes of it, a lexicon or compiled templates, it makes once.
"""

import threading
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a day of the calendar
from functools import cached_property, lru_cache
from pathlib import Path

from generator.archive.catalogue import Catalogue
from generator.lexicon import Lexicon
from generator.release.ledger import Ledger
from generator.render.site import SiteRenderer
from generator.render.templates import Templates
from generator.search.reading import ReadingMaker
from generator.settings import LexiconAdditions, Settings, project_lexicon
from generator.settings.search import SearchSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one build works with; its paths hold on every machine that takes part."""

    token: str  # names the build and its stage: no two jobs have the same
    settings: Settings
    ledger: Ledger
    today: Day  # the day by which embargoes end
    drafts: bool  # whether drafts are shown
    content: Path
    templates: tuple[Path, ...]  # folders, in the order in which they are looked into
    theme: str  # names what the templates are now: another text, another name
    state: Path  # the state file
    spool: Path | None  # where cables wait between reading and rendering; None where nothing is rendered
    site: Path


class Desk:
    """What a thread has made of a job."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the archive."""
        return _lexicon(self.job.settings.lexicon)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue; to be asked only while nobody writes it."""
        return Catalogue.open(self.job.state, self.lexicon)

    @cached_property
    def searcher(self) -> ReadingMaker:
        """Who reads cables for the search."""
        return ReadingMaker(self.lexicon, self.job.settings.search)

    @cached_property
    def text_reader(self) -> ReadingMaker:
        """Who reads of cables the words that make them kin: those of subject and text."""
        return ReadingMaker(self.lexicon, SearchSettings(fields=("subject", "text")))

    @cached_property
    def settles_vectors(self) -> bool:
        """Whether what the search reads has those words in it, so that they need not be read twice."""
        return {"subject", "text"} <= set(self.job.settings.search.fields)

    @cached_property
    def renderer(self) -> SiteRenderer:
        """The renderer of pages."""
        templates = _templates(self.job.templates, self.job.theme)
        return SiteRenderer(self.catalogue, self.lexicon, self.job.settings, templates)

    def close(self) -> None:
        """Let go of what is open."""
        if "catalogue" in self.__dict__:
            self.catalogue.close()


# A preview builds again and again: what did not change is not made again.
@lru_cache(maxsize=2)
def _templates(folders: tuple[Path, ...], _theme: str) -> Templates:
    return Templates(folders)


@lru_cache(maxsize=2)
def _lexicon(additions: LexiconAdditions) -> Lexicon:
    return project_lexicon(Settings(lexicon=additions))


class _Room(threading.local):
    """Where the desk stands: a worker of a cluster may have several threads, and each needs one of its own."""

    desk: Desk | None = None


_room = _Room()


def desk_of(job: Job) -> Desk:
    """The desk of this thread for a job; the one of an earlier job is cleared."""
    desk = _room.desk
    if desk is None or desk.job.token != job.token:
        clear_desk()
        desk = _room.desk = Desk(job)
    return desk


def clear_desk() -> None:
    """Forget the desk of this thread."""
    if _room.desk is not None:
        _room.desk.close()
    _room.desk = None
