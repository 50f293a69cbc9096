"""Which file of the site an address asks for. Whatever is odd about an address is refused, not mended.

A browser has put an address in order before it asks ('..', backslashes, letters that need escaping), so that an honest
one has one spelling.
"""

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

_PRINTABLE = re.compile(r"[!-~]+")
_WRONG_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

INDEX = "index.html"


class BadAddressError(Exception):
    """An address that no browser sends; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands at an address: a file, or a redirection to `location`."""

    file: Path | None = None
    location: str | None = None


def look_up(site: Path, target: str) -> Found | None:
    """The file below `site` that a request's target asks for; None where there is none.

    A folder gives its index.html, and is redirected to where a slash is missing. Links that lead out of the site,
    hidden files, and what is no regular file are not there. Raises BadAddressError.
    """
    if not _PRINTABLE.fullmatch(target):
        raise BadAddressError("an address is of printable ASCII letters")
    path, _, query = target.partition("#")[0].partition("?")
    segments = segments_of(path)
    is_folder = segments[-1] == ""
    names = segments[:-1] if is_folder else segments
    if any(not name or name.startswith(".") for name in names):
        return None
    root = _resolved(site)
    file = _resolved(site.joinpath(*names, *([INDEX] if is_folder else [])))
    if root is None or file is None or not file.is_relative_to(root):
        return None
    try:
        mode = file.stat().st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return Found(file=file)
    if stat.S_ISDIR(mode) and not is_folder:
        location = "/" + "/".join(quote(name, safe="") for name in names) + "/"
        return Found(location=f"{location}?{query}" if query else location)
    return None


def segments_of(path: str) -> list[str]:
    """The decoded parts between the slashes of an address's path, the last one '' for a folder.

    Raises BadAddressError.
    """
    if not path.startswith("/"):
        raise BadAddressError("an address begins with '/'")
    if _WRONG_ESCAPE.search(path):
        raise BadAddressError("a '%' is followed by two hexadecimal digits")
    return [_decoded(segment) for segment in path[1:].split("/")]


def _decoded(segment: str) -> str:
    try:
        name = unquote_to_bytes(segment).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadAddressError("an address is UTF-8") from error
    if name in (".", ".."):
        raise BadAddressError("an address has no '..'")
    if "/" in name or "\\" in name or _CONTROL.search(name):
        raise BadAddressError("a name has no slash, backslash or control character")
    return name


def _resolved(path: Path) -> Path | None:
    """Where a path leads through all links; None where it leads nowhere."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):  # a loop of links is either, by version
        return None
