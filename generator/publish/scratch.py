"""A scratch repository, in which a site becomes a commit, and the branch of the remote is looked at.

Nothing of a publication is ever in the repository of the project: no branch, no object, whatever becomes of it. The scratch
repository has the settings of that one, so that it reaches the remote in the same way, and is gone in the end.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.publish.git import Git
from generator.publish.repository import ProjectRepository, Remote

# No remote of a project is called so.
REMOTE = "cablepress-publication"

# What is packed goes over the wire as it is. Packing harder takes longer than a wire saves.
_SETTINGS = """
[core]
\tbare = true
\thooksPath = /dev/null
\tlogAllRefUpdates = false
\tcompression = 6
\tfsync = none
\tfsyncObjectFiles = false
[fetch]
\trecurseSubmodules = false
[gc]
\tauto = 0
[log]
\tshowSignature = false
[maintenance]
\tauto = false
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scratch:
    """A repository of its own, for the time of a publication."""

    git: Git
    repository: Path
    folder: Path  # for whatever else is needed as long

    @property
    def objects(self) -> Path:
        """Where its objects lie."""
        return self.repository / "objects"

    def clear(self) -> None:
        """Remove it; of many parts, each takes as much room as its site."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def cleared(folder: Path) -> Iterator[None]:
    """Have a folder be gone at the end, and what a publication that was killed has left in it at the beginning."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_repository(project: ProjectRepository, remote: Remote, folder: Path) -> Iterator[Scratch]:
    """A scratch repository below a folder, which is made and removed."""
    folder.mkdir(parents=True)
    repository = folder / "site.git"
    try:
        kind = [] if project.objects == "sha1" else [f"--object-format={project.objects}"]
        project.git.do("init", "--quiet", "--bare", "--template=", *kind, str(repository))
        config = repository / "config"
        own = config.read_text("utf-8")
        included = "".join(f"[include]\n\tpath = {_quoted(str(file))}\n" for file in project.configs)
        url = f'[remote "{REMOTE}"]\n\turl = {_quoted(remote.address)}\n'
        config.write_text(included + own + _SETTINGS + url, "utf-8")
        environment = {**project.git.environment, "GIT_DIR": str(repository)}
        git = Git(folder=project.git.folder, asks=project.git.asks, environment=environment)
        yield Scratch(git=git, repository=repository, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quoted(text: str) -> str:
    """A value as a file of git's settings has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
