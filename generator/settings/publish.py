"""What a project may set of its publication: `[publish]` of the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.settings.values import ValueReader, matching, read_flag

_REMOTE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock\Z|/\Z|\.\Z))[A-Za-z0-9_][A-Za-z0-9._/-]*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """The publication of a site. `about` in a field's metadata is its documentation."""

    remote: str = field(
        default="origin",
        metadata={
            "about": "The git remote that `cablepress publish` pushes to.",
            "example": ['remote = "origin"'],
        },
    )
    branch: str = field(
        default="gh-pages",
        metadata={
            "about": "The branch that holds the site, and nothing else.",
            "example": ['branch = "gh-pages"'],
        },
    )
    domain: str = field(
        default="",
        metadata={
            "about": "The domain of your own at which GitHub Pages serves the site; it becomes the file CNAME. Without\n"
            "it, a CNAME that the branch has is kept.",
            "example": ['domain = "cables.example.org"'],
        },
    )
    history: bool = field(
        default=False,
        metadata={
            "about": "Whether the branch keeps what was published before. A repository with a history grows by\n"
            "whatever changes, and shows what has been withheld since.",
            "example": ["history = false"],
        },
    )


PUBLISH_READERS: Mapping[str, ValueReader] = {
    "remote": matching(_REMOTE, "the name of a git remote, such as 'origin'"),
    "branch": matching(_BRANCH, "the name of a git branch, such as 'gh-pages'"),
    "domain": matching(_DOMAIN, "a domain in small letters, such as 'cables.example.org'"),
    "history": read_flag,
}
