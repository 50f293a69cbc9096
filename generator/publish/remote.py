"""Where a repository lies, and where GitHub Pages serves what its branch holds.

An address of a remote is whatever git takes: `https://github.com/OWNER/NAME.git`, `ssh://git@github.com/OWNER/NAME`,
`git@github.com:OWNER/NAME.git`, a path. Only what lies at github.com has a known address of its pages; an own server, GitHub
Enterprise among them, may serve anything anywhere.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.publish.git import Git, GitMissing

# https://github.com/..., https://name:password@www.github.com/..., ssh://git@ssh.github.com:443/..., git+ssh://
_WITH_SCHEME = re.compile(
    r"(?:https?|git|ssh|git\+ssh|ssh\+git)://(?:[^/@\s]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/(?P<path>[^?#\s]+)",
    re.IGNORECASE,
)
# git@github.com:OWNER/NAME.git, github.com:/OWNER/NAME
_LIKE_SCP = re.compile(r"(?:[^/@:\s]+@)?(?:ssh\.)?github\.com:(?P<path>[^\s]+)", re.IGNORECASE)
_PATH = re.compile(
    r"/*(?P<owner>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/+(?P<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?/*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A repository at GitHub."""

    owner: str
    name: str

    @property
    def pages_address(self) -> str:
        """Where GitHub Pages serves it: a repository named for its owner's host is the site of the owner."""
        host = f"{self.owner.lower()}.github.io"
        return f"https://{host}/" if self.name.lower() == host else f"https://{host}/{self.name}/"

    @property
    def settings_address(self) -> str:
        """The page where GitHub Pages is switched on."""
        return f"https://github.com/{self.owner}/{self.name}/settings/pages"


def github_repository(address: str) -> Repository | None:
    """The repository that an address of a remote names; None where it lies elsewhere."""
    found = _WITH_SCHEME.fullmatch(address.strip()) or _LIKE_SCP.fullmatch(address.strip())
    parts = _PATH.fullmatch(found["path"]) if found else None
    if parts is None or parts["name"] in (".", "..") or parts["owner"].endswith("-"):
        return None
    return Repository(owner=parts["owner"], name=parts["name"])


def pages_address_of(folder: Path, remote: str) -> str | None:
    """Where GitHub Pages serves the repository that a folder lies in; None where no remote of that name says so.

    Git is asked only where a repository is in sight, since every build asks.
    """
    here = folder.resolve()
    if not any((above / ".git").exists() for above in (here, *here.parents)):
        return None
    try:
        repository = repository_of(Git(folder=here), remote)
    except (GitMissing, OSError):
        return None
    return repository.pages_address if repository else None


def repository_of(git: Git, remote: str) -> Repository | None:
    """The repository at GitHub that a remote of git names: as it is written, or as git is told to read that."""
    for words in (("config", "--get", f"remote.{remote}.url"), ("remote", "get-url", "--", remote)):
        repository = github_repository(git.ask(*words) or "")
        if repository is not None:
            return repository
    return None
