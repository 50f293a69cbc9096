"""What the branch of a remote holds before a site is published there: nothing, earlier publications, or work of others.

A publication says in its message that it is one. A commit that changes nothing but CNAME is no work of others either: GitHub
makes it when the domain is set under Settings > Pages. Whatever else is on top of the last publication is somebody's.
"""

import re
from dataclasses import dataclass

from generator.publish.git import Git
from generator.publish.refusals import failure
from generator.publish.repository import ProjectRepository, Remote
from generator.publish.scratch import REMOTE, Scratch

# A line of the message of every publication.
MARK = "Published-by: cablepress"

_MARKED = re.compile(rf"^{re.escape(MARK)}\b", re.MULTILINE)
_DEEP = 50  # commits that are looked at
_SEEN = "refs/cablepress/seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit, as a person knows it."""

    id: str
    author: str
    day: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch of a remote."""

    name: str
    tip: str | None = None  # the commit on top; None where there is no such branch
    tree: str | None = None  # of the tip
    cname: str | None = None  # what its file CNAME says
    others: tuple[Commit, ...] = ()  # commits above the last publication, the newest first


def look_at_branch(
    project: ProjectRepository, remote: Remote, name: str, scratch: Scratch, *, with_trees: bool
) -> Branch:
    """Look at a branch of a remote; `with_trees` also brings what a commit on top of it needs. Raises PublishFailed."""
    found = project.git.run("ls-remote", "--", remote.address, f"refs/heads/{name}")
    if found.status:
        raise failure(f"the remote {remote.label} cannot be reached", found.err)
    if f"\trefs/heads/{name}" not in (line[line.find("\t") :] for line in found.text.split("\n")):
        return Branch(name=name)
    git = scratch.git
    fetched = git.run(
        *("fetch", "--quiet", "--no-tags", f"--depth={_DEEP}"),
        f"--filter={'blob:none' if with_trees else 'tree:0'}",
        *(REMOTE, f"+refs/heads/{name}:{_SEEN}"),
    )
    if fetched.status:
        raise failure(f"the branch {name} of {remote.name} cannot be looked at", fetched.err)
    tip = git.do("rev-parse", _SEEN)  # somebody may just have pushed
    return Branch(
        name=name,
        tip=tip,
        tree=git.do("rev-parse", f"{tip}^{{tree}}"),
        cname=_cname(git, tip),
        others=tuple(_others(git, tip)),
    )


def is_publication(message: str) -> bool:
    """Whether a commit of this message was made by cablepress."""
    return _MARKED.search(message) is not None


def _cname(git: Git, tip: str) -> str | None:
    if not git.do("ls-tree", tip, "CNAME"):
        return None
    return git.do("cat-file", "blob", f"{tip}:CNAME").strip()


def _others(git: Git, tip: str) -> list[Commit]:
    """The commits above the last publication that change anything but CNAME."""
    others: list[Commit] = []
    log = git.do("log", "-z", "--first-parent", "--format=%H%n%an%n%cs%n%s%n%P%n%B", tip)
    for entry in filter(None, log.split("\0")):
        id_, author, day, subject, parents, message = (*entry.split("\n", 5), "")[:6]
        if is_publication(message):
            return others
        if not (parents and _changes_cname_alone(git, id_)):
            others.append(Commit(id=id_, author=author, day=day, subject=subject))
    return others


def _changes_cname_alone(git: Git, commit: str) -> bool:
    changed = git.ask("diff-tree", "--name-only", f"{commit}^", commit)
    return changed is not None and set(changed.split("\n")) == {"CNAME"}
