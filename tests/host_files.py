"""Reads `_headers` and `_redirects` as hosts of static sites do, by the rules that Cloudflare Pages and Netlify give for them.

What only one of the two understands is an error here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_RULES = 100  # of _headers, at Cloudflare Pages
LONGEST_LINE = 2_000
MOST_REDIRECTS = 2_000
LONGEST_REDIRECT = 1_000

_NAME = re.compile(r"[A-Za-z][A-Za-z-]*")
_PATH = re.compile(r"/(?:[A-Za-z0-9._~=+@/-]|%[0-9A-F]{2})*")


class Unread(Exception):
    """A line that not every host understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRule:
    """A path, with '*' in it for anything, and what is said beside the files that it fits."""

    path: str
    headers: dict[str, str]

    def fits(self, path: str) -> bool:
        return re.fullmatch(re.escape(self.path).replace(r"\*", ".*"), path) is not None


def read_headers(text: str) -> list[HeaderRule]:
    """The rules of `_headers`."""
    rules: list[HeaderRule] = []
    for line in _lines(text, LONGEST_LINE):
        if not line[0].isspace():
            if not _PATH.fullmatch(line.replace("*", "")) or line.count("*") > 1:
                raise Unread(line)
            rules.append(HeaderRule(path=line, headers={}))
            continue
        name, colon, value = line.strip().partition(":")
        if (
            not rules
            or not colon
            or not _NAME.fullmatch(name)
            or not value.strip()
            or name in rules[-1].headers
        ):
            raise Unread(line)
        rules[-1].headers[name] = value.strip()
    if len(rules) > MOST_RULES or any(not rule.headers for rule in rules):
        raise Unread(f"{len(rules)} rules")
    return rules


def headers_of(rules: list[HeaderRule], path: str) -> dict[str, str]:
    """What is said beside a path. Hosts differ in what they do if two rules say the same header of it."""
    said: dict[str, str] = {}
    for rule in rules:
        if rule.fits(path):
            for name, value in rule.headers.items():
                if name in said:
                    raise Unread(f"two rules say {name} of {path}")
                said[name] = value
    return said


def read_redirects(text: str) -> dict[str, str]:
    """The lines of `_redirects`: where each path leads."""
    found: dict[str, str] = {}
    for line in _lines(text, LONGEST_REDIRECT):
        words = line.split()
        if len(words) != 3 or words[2] != "301" or not all(map(_PATH.fullmatch, words[:2])):
            raise Unread(line)
        if words[0] in found:
            raise Unread(f"{words[0]} twice")
        found[words[0]] = words[1]
    if len(found) > MOST_REDIRECTS:
        raise Unread(f"{len(found)} redirects")
    return found


def _lines(text: str, longest: int) -> Iterator[str]:
    """The lines that say something."""
    for line in text.split("\n"):
        if len(line) > longest or not line.isprintable():
            raise Unread(line)
        if line.strip() and not line.lstrip().startswith("#"):
            yield line
