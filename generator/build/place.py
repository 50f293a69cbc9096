"""What the builds of one site have in common."""

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
