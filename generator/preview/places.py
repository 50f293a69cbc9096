"""Where everything of a project lies that a preview depends on, and what a changed path is to it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.release.ledger import LEDGER_FILE
from generator.settings import SETTINGS_FILE

Kind = Literal["settings", "templates", "ledger", "content"]

SETTINGS_FILES = (SETTINGS_FILE, "pyproject.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders of a project; all are absolute."""

    project: Path
    content: Path
    templates: Path

    def kind(self, path: Path) -> Kind | None:
        """What an absolute path is; None for what no page depends on, such as a hidden file."""
        if path.parent == self.project and path.name in SETTINGS_FILES:
            return "settings"
        for folder, kind in ((self.templates, "templates"), (self.content, "content")):
            if path.is_relative_to(folder):
                below = path.relative_to(folder)
                if any(part.startswith(".") for part in below.parts):
                    return None
                if kind == "content" and below == Path(LEDGER_FILE):
                    return "ledger"
                return "templates" if kind == "templates" else "content"
        return None

    def label(self, path: Path) -> str:
        """A path as a person calls it: below the project where it lies there."""
        name = path.relative_to(self.project).as_posix() if path.is_relative_to(self.project) else str(path)
        # A name that is no UTF-8 can be shown, but not sent.
        return os.fsencode(name).decode("utf-8", "replace")
