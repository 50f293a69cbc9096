"""Builds the preview: what has changed, with the engine that is there.

The one place that knows how the engine is called. All of a `Rebuilder` is used from one thread.
"""

import os
from collections.abc import Callable
from datetime import date as Day  # noqa: N812 - a day of the calendar
from pathlib import Path

from generator.build.engine import Engine
from generator.build.report import BuildReport, Progress
from generator.build.workers import Processes, default_workers
from generator.preview.changes import MOST
from generator.preview.edited import Reading
from generator.preview.places import Places
from generator.release.ledger import load_ledger
from generator.settings import Settings, SettingsError, load_settings, project_lexicon


class Rebuilder:
    """Builds a project into `folder`, reading its settings again when they have changed."""

    def __init__(
        self,
        project: Path,
        folder: Path,
        *,
        content: Path | None,
        drafts: bool,
        today: Callable[[], Day],
        read_settings: Callable[[Path], Settings] = load_settings,
    ) -> None:
        """`content` overrules the settings, which `read_settings` reads; `today` gives the day by which embargoes end."""
        self.site = folder / "site"
        self._project = project
        self._state = folder / "state"
        self._content = content
        self._drafts = drafts
        self._today = today
        self._read_settings = read_settings
        self._workers = Processes(default_workers())
        self._engine: Engine | None = None
        self._owed: frozenset[Path] | None = None  # what the next build must look at; None for everything
        self.has_settings = True  # whether they could be read
        try:
            self._use(read_settings(project))
        except SettingsError:  # the first build will tell
            self._use(Settings())
            self.has_settings = False

    @property
    def content(self) -> Path:
        """The folder of the telegrams, as the caller or the settings name it."""
        return self._content or Path(self._settings.content)

    @property
    def places(self) -> Places:
        """Where the project's files lie by the last settings that could be read; may be asked from any thread."""
        return self._places

    def _use(self, settings: Settings) -> None:
        self._settings = settings
        self._places = Places(
            project=self._project,
            content=Path(os.path.abspath(self._project / self.content)),  # noqa: PTH100 - a link stays one
            templates=self._project / settings.templates,
        )

    def build(self, changed: frozenset[Path] | None, progress: Progress) -> BuildReport:
        """Build what these absolute paths may have changed, or look at everything where it is None.

        What could not be built is owed: the next build looks at it too. Raises SettingsError, and what the engine raises.
        """
        self._owe(changed)
        engine = self._engine or self._new_engine()
        try:
            report = engine.build(
                today=self._today(),
                progress=progress,
                changed=self._owed,
                defers_search=self._owed is not None,
            )
        finally:
            # Most edits are one page, which this process makes; workers would wait for the next great change in vain.
            self._workers.rest()
        self._owed = frozenset()
        return report

    def index(self, progress: Progress) -> None:
        """Bring the search index up to date, which builds of a few changes leave as it was. Raises what they raise."""
        engine = self._engine or self._new_engine()
        try:
            engine.build(today=self._today(), progress=progress, changed=())
        finally:
            self._workers.rest()

    def reading(self) -> Reading:
        """How the last build has read its sources. Raises LedgerError."""
        return Reading(
            lexicon=project_lexicon(self._settings),
            ledger=load_ledger(self.places.content),
            today=self._today(),
            drafts=self._drafts,
        )

    def _owe(self, changed: frozenset[Path] | None) -> None:
        kinds = {self.places.kind(path) for path in changed or ()}
        if "settings" in kinds:
            self._engine = None
        is_small = changed is not None and kinds <= {"content"} and len(changed) <= MOST
        if not is_small or self.places.content in (changed or ()):
            self._owed = None
        if self._owed is not None and changed is not None:
            self._owed |= changed

    def _new_engine(self) -> Engine:
        self._use(self._read_settings(self._project))
        self._engine = Engine(
            self._project,
            self._settings,
            content=self.places.content,
            site=self.site,
            state=self._state,
            executor=self._workers,
            workers=default_workers(),
            drafts=self._drafts,
            is_lasting=False,
        )
        self._owed = None
        return self._engine
