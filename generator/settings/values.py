"""The values that settings may have: each read by one function that says what it expected.

A reader takes what TOML gave and returns the value as the program uses it, or raises UnfitError; which key it
was, and where, is the caller's to tell.
"""

import difflib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import cast, get_args
from urllib.parse import urlsplit

from generator.lexicon import PostKind

ValueReader = Callable[[object], object]

# A page of fewer rows would cut an archive into crumbs.
FEWEST_ROWS = 10

_HOST = re.compile(r"[^\s/?#@\\]+")

_LONGEST_SHOWN = 40  # characters of a wrong value that a message repeats


class UnfitError(Exception):
    """A value that its key cannot have; the text says what was expected."""


def read_text(value: object) -> str:
    """A text that is not empty; line breaks and runs of blanks become one blank."""
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("a text in quotes")
    return " ".join(value.split())


def read_text_or_nothing(value: object) -> str:
    """A text that may be empty."""
    return "" if value == "" else read_text(value)


def matching(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    """A reader of texts of one shape."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise UnfitError(expected)
        return value

    return read


def read_folder(value: object) -> str:
    """A folder of the project, as a path relative to it with '/' between its parts."""
    expected = "the name of a folder inside the project"
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise UnfitError(expected)
    path = PurePath(value)
    if path.is_absolute() or not path.parts or ".." in path.parts:
        raise UnfitError(expected)
    return path.as_posix()


def read_site_url(value: object) -> str:
    """An absolute address, made to end in '/'."""
    expected = "an address that begins with http:// or https://"
    if not isinstance(value, str):
        raise UnfitError(expected)
    try:
        url = urlsplit(value)
        has_host = url.hostname is not None and (url.port or 0) >= 0
    except ValueError as error:
        raise UnfitError(expected) from error
    if url.scheme not in ("http", "https") or not has_host or not _HOST.fullmatch(url.netloc):
        raise UnfitError(expected)
    if url.query or url.fragment or any(map(str.isspace, value)):
        raise UnfitError(f"{expected} and ends with a path, without '?', '#' or blanks")
    return value.rstrip("/") + "/"


def read_flag(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def read_rows(value: object) -> int:
    """How many rows a page may have."""
    if not isinstance(value, int) or isinstance(value, bool) or value < FEWEST_ROWS:
        raise UnfitError(f"a whole number, {FEWEST_ROWS} or more")
    return value


def read_post_kind(value: object) -> str:
    """One of the kinds of posts."""
    kinds = get_args(PostKind)
    if value not in kinds:
        near = difflib.get_close_matches(str(value), kinds, n=1)
        raise UnfitError(f"{near[0]!r}" if near else f"one of {', '.join(kinds)}")
    return cast(str, value)


def degrees(most: float) -> Callable[[object], float]:
    """A reader of latitudes or longitudes."""

    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
            raise UnfitError(f"a number of degrees from {-most:g} to {most:g}")
        return float(value)

    return read


def read_table(value: object) -> Mapping[str, object]:
    """A table, its content not looked at."""
    if not isinstance(value, dict):
        raise UnfitError("a table")
    return value


def shown(value: object) -> str:
    """A wrong value as a message repeats it."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else str(value)
    return written if len(written) <= _LONGEST_SHOWN else written[: _LONGEST_SHOWN - 4] + " ..."
