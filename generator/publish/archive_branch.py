"""The branch that an archive is pushed to, as far as its repository tells: the one whose pushes run the workflow."""

from pathlib import Path

from generator.publish.git import Git, GitMissing
from generator.publish.workflow import BRANCH, WORKFLOW, WorkflowRefused

_REMOTE_HEAD = "refs/remotes/origin/HEAD"


def archive_branch(project: Path) -> str:
    """Give the default branch of the remote, else the one that is checked out, else 'main'.

    Raises WorkflowRefused where the project lies further down in a repository: GitHub reads no workflow there.
    """
    git = Git(folder=project.resolve())
    try:
        below = git.ask("rev-parse", "--show-prefix")
        of_remote = git.ask("symbolic-ref", "--quiet", "--short", _REMOTE_HEAD)
        checked_out = git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    except GitMissing:
        return BRANCH
    if below:
        raise WorkflowRefused(
            f"this folder is {below} of a repository, and GitHub reads {WORKFLOW} only at its root; "
            "make a repository of this folder alone: git init"
        )
    return of_remote.partition("/")[2] if of_remote else checked_out or BRANCH
