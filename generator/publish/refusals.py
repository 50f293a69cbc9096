"""What is said where a site is not published: why, and the next step. Nothing is half-published then."""

import re


class PublishRefused(Exception):
    """The call cannot be served: the site, the repository or the branch is not as it must be. Nothing was sent."""


class PublishFailed(Exception):
    """Git or the remote did not do what it was asked; the branch is as it was."""


_MOST_LINES = 12  # of what git has said

# What git says of a remote that cannot be reached or refuses, and what to do; the first that is found counts.
_STEPS: tuple[tuple[str, str], ...] = (
    (
        r"stale info|fetch first|cannot lock ref|reference already exists",
        "somebody has changed the branch meanwhile; look at what is there, and publish again",
    ),
    (
        r"non-fast-forward|protected branch|GH006|cannot force.push",
        "the branch is protected, or may only grow; allow force pushes to it, or publish with --history",
    ),
    (r"GH00[123]|exceeds .*limit", "the repository takes no file of that size; leave it out of the site"),
    (
        r"branch is currently checked out",
        "over there the branch is checked out; publish to a bare repository",
    ),
    (r"hook declined", "a hook over there has declined it, for the reason that is given"),
    (
        r"permission denied \(publickey|host key verification failed",
        "give ssh a key and a host that it knows, and try: git fetch",
    ),
    (
        r"authentication failed|could not read (?:username|password)|terminal prompts disabled|\b401\b",
        "log in first, so that this works: git fetch; a token or an ssh key does it",
    ),
    (
        r"permission to .* denied|\b403\b|permission denied|insufficient permission|unpacker error|remote unpack failed",
        "you may not push there; ask for write access, or name another remote: --remote",
    ),
    (
        r"could not resolve|(?:could not|failed to) connect|connection (?:timed out|refused|reset)|"
        r"network is unreachable|operation timed out|no route to host",
        "the host does not answer; try again later",
    ),
    (
        r"repository .*not found|does not appear to be a git repository|not a git repository|no such file",
        "there is no such repository, or you may not see it; make it, or mend the address: git remote set-url",
    ),
    (r"no space left", "the disk is full; make room"),
    (r"dubious ownership", "the folder belongs to somebody else; if you trust it, say so as git tells"),
)


def next_step(said: str) -> str:
    """What to do about what git has said; '' where nothing is known of it."""
    return next((step for pattern, step in _STEPS if re.search(pattern, said, re.IGNORECASE)), "")


def failure(what: str, said: str, *, otherwise: str = "") -> PublishFailed:
    """A failure in words: what did not work, what to do, and below that what git has said."""
    step = next_step(said) or otherwise
    lines = [line for line in said.split("\n") if line.strip()]
    return PublishFailed(
        "\n".join([f"{what}{'; ' if step else ''}{step}", *(f"  {line}" for line in lines[-_MOST_LINES:])])
    )


NO_GIT = "git is not installed, and it is git that sends a site to its branch; install it: https://git-scm.com/downloads"
NO_IDENTITY = (
    "git does not know who you are, and a commit has a name; say it:\n"
    '  git config --global user.name "Your Name"\n'
    "  git config --global user.email you@example.org"
)


def no_repository(folder: str) -> str:
    """What is said where a folder lies in no repository."""
    return (
        f"{folder} lies in no git repository; make one, and say where it is published:\n"
        "  git init\n"
        "  git remote add origin https://github.com/OWNER/REPOSITORY.git"
    )


def no_remote(name: str, others: str) -> str:
    """What is said where a repository has no remote of a name; `others` are those that it has."""
    if others:
        names = ", ".join(others.split("\n"))
        return f"there is no git remote {name}; name one of these with --remote, or in the settings: {names}"
    return (
        f"there is no git remote {name}; say where the site is published:\n"
        f"  git remote add {name} https://github.com/OWNER/REPOSITORY.git"
    )
