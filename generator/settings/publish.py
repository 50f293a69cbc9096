"""What a project may set of its publication: `[publish]` of the settings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.settings.values import (
    UnfitError,
    ValueReader,
    matching,
    read_flag,
    read_folder,
    read_site_url,
)

_REMOTE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock\Z|/\Z|\.\Z))[A-Za-z0-9_][A-Za-z0-9._/-]*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

SPLITS = ("year", "decade", "origin")

_PART = "{part}"
_ANY_PART = "1970s"  # in the place of which a part's name will stand


def _read_split(value: object) -> str:
    if value not in SPLITS:
        raise UnfitError(f"one of {', '.join(SPLITS)}")
    return str(value)


def _read_part_url(value: object) -> str:
    """An absolute address in which the name of a part can be put."""
    expected = "an address that begins with http:// or https:// and has {part} in it"
    if not isinstance(value, str) or _PART not in value or set("{}") & set(value.replace(_PART, "")):
        raise UnfitError(expected)
    try:
        read_site_url(value.replace(_PART, _ANY_PART))
    except UnfitError as error:
        raise UnfitError(expected) from error
    return value.rstrip("/") + "/"


def _read_part_remote(value: object) -> str:
    """The address of a git repository in which the name of a part can be put."""
    if (
        not isinstance(value, str)
        or _PART not in value
        or value.startswith("-")
        or not value.isprintable()
        or any(map(str.isspace, value))
    ):
        raise UnfitError("the address of a git repository with {part} in it")
    return value


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
    split: str = field(
        default="",
        metadata={
            "about": "Publish the archive as several sites, its parts, by year, decade or origin (the post that sent a\n"
            "cable), and a portal over all. For archives past what one site may hold. It needs `site_url`,\n"
            "which is then that of the portal.",
            "example": ['split = "decade"'],
        },
    )
    part_url: str = field(  # ends in '/'
        default="",
        metadata={
            "about": "Where a part will be served; {part} stands for its name, '1974', '1970s' or 'astana'. Without\n"
            "it, beside the portal: site_url with '-{part}' behind its name.",
            "example": ['part_url = "https://example.org/cables-{part}/"'],
        },
    )
    part_remote: str = field(
        default="",
        metadata={
            "about": "The git repository of a part, to which `cablepress publish` pushes it.",
            "example": ['part_remote = "git@github.com:example/cables-{part}.git"'],
        },
    )
    parts: str = field(
        default="parts",
        metadata={
            "about": "The folder that parts are written to, a folder for each.",
            "example": ['parts = "parts"'],
        },
    )
    headers: bool = field(
        default=False,
        metadata={
            "about": "Whether the site has a file `_headers`, which tells hosts that read it, such as Cloudflare Pages and\n"
            "Netlify, what to say beside each file: what a page may load, of what type a file is.",
            "example": ["headers = false"],
        },
    )
    redirects: bool = field(
        default=False,
        metadata={
            "about": "Whether old addresses stand in a file `_redirects`, for hosts that read it, instead of having a page\n"
            "each. Where the host does not, they lead nowhere.",
            "example": ["redirects = false"],
        },
    )


PUBLISH_READERS: Mapping[str, ValueReader] = {
    "remote": matching(_REMOTE, "the name of a git remote, such as 'origin'"),
    "branch": matching(_BRANCH, "the name of a git branch, such as 'gh-pages'"),
    "domain": matching(_DOMAIN, "a domain in small letters, such as 'cables.example.org'"),
    "history": read_flag,
    "split": _read_split,
    "part_url": _read_part_url,
    "part_remote": _read_part_remote,
    "parts": read_folder,
    "headers": read_flag,
    "redirects": read_flag,
}


def split_fault(publish: PublishSettings, site_url: str | None) -> str:
    """What is missing for an archive to be split, and what to set; '' for nothing.

    It is no matter of the settings file alone: the address of the site may be known from elsewhere.
    """
    if not publish.split:
        return ""
    if site_url is None:
        return "publish.split needs site_url, from which the addresses of the parts are made; set it to that of the portal"
    if not publish.part_url and not urlsplit(site_url).path.strip("/"):
        return (
            f"publish.split needs part_url here, since nothing can stand beside {site_url}; set part_url to an address with "
            "{part} in it, such as 'https://{part}.example.org/'"
        )
    return ""


def settings_at_odds(publish: PublishSettings) -> Iterator[tuple[str, str]]:
    """What cannot be set together, each with the key that it is about."""
    if publish.split and publish.redirects:
        yield (
            "redirects",
            "publish.redirects is for an archive that is one site; take it out, and each part has pages that lead on",
        )
