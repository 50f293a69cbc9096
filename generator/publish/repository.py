"""The git repository that a project lies in, and the remote that its site is sent to."""

import os
import re
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from generator.publish.git import NEEDED, Git, GitFailed, GitMissing, without_password
from generator.publish.refusals import NO_GIT, NO_IDENTITY, PublishRefused, failure, no_remote, no_repository
from generator.publish.remote import Repository, repository_of

_IDENTITY = re.compile(r"(?P<name>.+?) <(?P<email>[^>]+)> \d+ [+-]\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRepository:
    """The repository of a project. Nothing in it is changed by a publication."""

    git: Git  # at work where its remotes' addresses begin, if they are relative
    project: Path
    objects: str  # how its objects are named: 'sha1', 'sha256'
    configs: tuple[Path, ...]  # the files of its own settings
    head: str | None  # the commit that is checked out; None where there is none yet
    head_is_detached: bool
    is_changed: bool  # whether sources or settings have changes that are not committed
    name: str  # of who commits
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Where a site is sent to."""

    name: str
    address: str  # as git takes it; it may hold a password
    repository: Repository | None  # at GitHub; None where it lies elsewhere

    @property
    def label(self) -> str:
        """The name and the address, which are one where a part of an archive has a repository."""
        return self.name if self.name == self.shown else f"{self.name} ({self.shown})"

    @property
    def shown(self) -> str:
        """The address, as it may be shown."""
        return without_password(self.address)


def open_repository(project: Path, sources: tuple[Path, ...], *, asks: bool) -> ProjectRepository:
    """The repository that a project lies in; of `sources` it is looked whether all is committed. Raises PublishRefused."""
    here = Git(folder=project.resolve(), asks=asks)
    try:
        version = here.version()
        if version < NEEDED:
            needed = ".".join(map(str, NEEDED))
            raise PublishRefused(f"git {version[0]}.{version[1]} is too old; {needed} or later is needed")
        found = here.run("rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-object-format")
        if found.status:
            if "not a git repository" in found.err:
                raise PublishRefused(no_repository(os.fspath(project.resolve())))
            raise PublishRefused(str(failure("git does not open the repository of this folder", found.err)))
        git_folder, common, objects = found.text.split("\n")
        top = here.ask("rev-parse", "--show-toplevel")
        git = replace(here, folder=Path(top) if top else Path(git_folder))
        git = replace(git, environment=_mute(git) if not asks else {})
        name, email = _identity(git)
        return ProjectRepository(
            git=git,
            project=project,
            objects=objects,
            configs=tuple(
                file
                for file in (here.folder / common / "config", Path(git_folder, "config.worktree"))
                if file.is_file()
            ),
            head=git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}"),
            head_is_detached=git.ask("symbolic-ref", "--quiet", "HEAD") is None,
            is_changed=top is not None and _is_changed(here, sources),
            name=name,
            email=email,
        )
    except GitMissing as error:
        raise PublishRefused(NO_GIT) from error
    except GitFailed as error:
        raise PublishRefused(str(error)) from error


def remote_of(repository: ProjectRepository, name: str) -> Remote:
    """The remote of a name. Raises PublishRefused."""
    found = repository.git.run("remote", "get-url", "--push", "--all", "--", name)
    if found.status:
        raise PublishRefused(no_remote(name, repository.git.ask("remote") or ""))
    addresses = found.text.split("\n")
    if len(addresses) > 1:
        raise PublishRefused(
            f"the git remote {name} pushes to {len(addresses)} addresses, and a site is published at one; "
            "add a remote with one address, and name it with --remote"
        )
    return Remote(name=name, address=addresses[0], repository=repository_of(repository.git, name))


def checked_out(repository: ProjectRepository, branch: str) -> str | None:
    """The folder in which a branch is checked out; None where it is in none."""
    git = repository.git
    if git.ask("symbolic-ref", "--quiet", "HEAD") == f"refs/heads/{branch}":
        return os.fspath(git.folder)
    return git.ask("for-each-ref", "--format=%(worktreepath)", f"refs/heads/{branch}") or None


def _identity(git: Git) -> tuple[str, str]:
    """Who commits: by the environment, or the settings of git; git's own guess is none."""
    said = git.run("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    found = _IDENTITY.fullmatch(said.text) if said.status == 0 else None
    if found is None:
        raise PublishRefused(NO_IDENTITY)
    return found["name"], found["email"]


def _is_changed(git: Git, sources: tuple[Path, ...]) -> bool:
    there = [os.fspath(path.absolute()) for path in sources if path.exists()]
    said = git.run("--no-optional-locks", "status", "--porcelain", "--ignore-submodules", "--", *there)
    return bool(said.out) or said.status != 0


def _mute(git: Git) -> dict[str, str]:
    """What keeps ssh from asking, where nobody is there to answer; a program of the user's own is left as it is."""
    if "GIT_SSH" in os.environ:
        return {}
    command = os.environ.get("GIT_SSH_COMMAND") or git.ask("config", "core.sshCommand") or "ssh"
    try:
        program = Path(shlex.split(command)[0]).name
    except (ValueError, IndexError):
        return {}
    return {"GIT_SSH_COMMAND": f"{command} -o BatchMode=yes"} if program in ("ssh", "ssh.exe") else {}
