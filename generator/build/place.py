"""What the builds of one site have in common."""

import os
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from generator.settings import Settings

_STATE = "state.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a site is built, of what, and by whom; all paths are absolute."""

    settings: Settings
    content: Path
    site: Path
    folder: Path  # of the state
    templates: tuple[Path, ...]
    executor: Executor
    workers: int
    drafts: bool  # whether drafts are built
    is_lasting: bool  # what is written is to outlast a power cut

    @property
    def state(self) -> Path:
        """The state file."""
        return self.folder / _STATE

    @property
    def way_to_site(self) -> bytes:
        """The way from the state to the site, by which a state knows its own: it is the same when both are moved."""
        return os.fsencode(os.path.relpath(self.site.resolve(), self.folder.resolve()))
