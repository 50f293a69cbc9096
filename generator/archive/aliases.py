"""Aliases: addresses that a cable or page had once, which lead to it now.

They come from front matter; and a cable of a post with two names has one that nobody needs to write, its address under the
other id. An alias takes nobody's place: not that of a page or file of the site, in whatever case a file system takes its name,
nor of an alias that came before it, by the order of sources; those of front matter come before those of ids.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from generator.archive.address import (
    HEADERS,
    REDIRECTS,
    RESERVED,
    asset_address,
    is_device,
    page_address,
    shared_address,
)
from generator.problem import Problem

# Letters that every file system and every web server takes as they are.
_PART = re.compile(r"[A-Za-z0-9_~=+@-][A-Za-z0-9._~=+@-]*")
_PAGE = re.compile(r".+\.html?", re.IGNORECASE)
_INDEX = "index.html"
_LONGEST_PART = 120  # letters
_LONGEST = 400

# The one folder of ours in which cables had other addresses.
_CABLES = "cable"
# Files of the site at its top, beside those of RESERVED.
_FILES = frozenset(("feed.xml", "humans.txt", "manifest-sha256.txt", "robots.txt", HEADERS, REDIRECTS))

_EXPECTED = "an alias is an address below the site's root, such as /old/08ASTANA2165.html or /old/"


class Alias(msgspec.Struct, frozen=True, array_like=True):
    """An address that leads to a cable or page."""

    address: str
    line: int | None = None  # of its source, None for that of an id by another name


class BadAlias(Exception):
    """A text that is no alias; it says what would be."""


def alias_address(written: str) -> str:
    """The address in the site that an alias stands for. Raises BadAlias.

    '/old/x.html' is 'old/x.html'; '/old/x' and '/old/x/' are 'old/x/index.html', as web servers have it.
    """
    if any(mark in written for mark in "?#:\\") or written.startswith("//"):
        raise BadAlias(f"{_EXPECTED}; web servers give no page for an address with '?', '#', ':' or '\\'")
    parts = written.removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1] = _INDEX
    elif "." not in parts[-1]:
        parts.append(_INDEX)
    *folders, name = parts
    if ".." in parts or "." in parts or "" in parts:
        raise BadAlias(f"{_EXPECTED}, without '.', '..' or empty parts")
    if not all(map(_PART.fullmatch, parts)):
        raise BadAlias(f"{_EXPECTED}, of letters a to z, digits and -._~=+@")
    if not _PAGE.fullmatch(name) or any(map(_PAGE.fullmatch, folders)):
        raise BadAlias(f"{_EXPECTED}; it ends in .html or in no ending")
    if any(len(part) > _LONGEST_PART or part.endswith(".") or is_device(part) for part in parts):
        raise BadAlias(f"{_EXPECTED}; not every system can hold a file of this name")
    if len("/".join(parts)) > _LONGEST:
        raise BadAlias(f"{_EXPECTED}, of {_LONGEST} letters at most")
    top = parts[0].lower()
    is_of_cable = parts[0] == _CABLES and len(parts) > 1
    if (top.partition(".")[0] in RESERVED or top in _FILES or top.startswith("sitemap")) and not is_of_cable:
        raise BadAlias(f"{parts[0]} is kept for the site's own pages; {_EXPECTED}")
    return "/".join(parts)


def folded(address: str) -> str:
    """An address as a file system that does not mind capitals takes it; aliases and addresses are ASCII."""
    return address.lower()


def settle_aliases(db: sqlite3.Connection) -> None:
    """Say of each alias in a state whether something else has its place, in the column `lost`."""
    if db.execute("SELECT 1 FROM alias LIMIT 1").fetchone() is None:
        return
    db.execute("UPDATE alias SET lost = NULL WHERE lost IS NOT NULL")
    db.execute(
        "UPDATE alias SET lost = 'a cable' WHERE EXISTS (SELECT 1 FROM cable WHERE cable.address = alias.address) "
        "OR EXISTS (SELECT 1 FROM cable WHERE plain_address = alias.address) "
        "OR address IN (SELECT address FROM card)"
    )
    if db.execute("SELECT 1 FROM alias WHERE line IS NOT NULL AND folded LIKE 'cable/%' LIMIT 1").fetchone():
        db.execute(
            "UPDATE alias SET lost = 'a cable' WHERE folded IN (SELECT lower(address) FROM cable UNION ALL "
            "SELECT lower(plain_address) FROM cable UNION ALL SELECT lower(address) FROM card)"
        )
    for address in _addresses_of_files(db):
        one = folded(address)
        db.execute(
            "UPDATE alias SET lost = 'another page or file' WHERE folded = ?1 OR (folded > ?1 || '/' AND folded < ?1 || '0')",
            (one,),
        )
        above = one.rpartition("/")[0]
        while above:
            if _PAGE.fullmatch(above):
                db.execute("UPDATE alias SET lost = 'a folder' WHERE folded = ?", (above,))
            above = above.rpartition("/")[0]
    db.execute(
        "UPDATE alias SET lost = 'another alias' WHERE lost IS NULL AND EXISTS ("
        "SELECT 1 FROM alias AS other JOIN unit ON unit.number = other.unit, unit AS own "
        "WHERE own.number = alias.unit AND other.folded = alias.folded AND other.lost IS NULL AND "
        "(other.line IS NULL, unit.key, other.place) < (alias.line IS NULL, own.key, alias.place))"
    )


def _addresses_of_files(db: sqlite3.Connection) -> Iterator[str]:
    """Where the pages and files stand that someone wrote, also should two of them take one address."""
    found = db.execute("SELECT key, kind FROM unit WHERE kind IN ('markdown', 'asset') AND title IS NOT NULL")
    for key, kind in found.fetchall():
        if kind == "asset":
            yield asset_address(key)
        else:
            address = page_address(key)
            yield address
            yield shared_address(address, key)


def alias_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """The aliases of front matter whose place something else has."""
    found = db.execute(
        "SELECT coalesce(cable.path, key), line, alias.address, lost FROM alias JOIN unit ON unit.number = alias.unit "
        "LEFT JOIN cable ON cable.number = alias.cable WHERE lost IS NOT NULL AND line IS NOT NULL ORDER BY key, alias.place"
    ).fetchall()
    for path, line, address, lost in found:
        yield Problem(
            code="alias-taken",
            severity="warning",
            source=path,
            line=line or None,
            message=f"the alias /{address} is the address of {lost}",
            next_step="it was left out; take it out of the front matter, or rename what stands there",
        )


def bad_alias(path: str, line: int | None, written: str, reason: str) -> Problem:
    """What is said of a text that is no alias."""
    return Problem(
        code="alias-unfit",
        severity="warning",
        source=path,
        line=line,
        message=f"{written!r} is no alias",
        next_step=f"it was left out; {reason}",
    )


def rows_of_aliases(
    unit: int, cable: int | None, aliases: Iterable[Alias], place: int
) -> Iterator[tuple[object, ...]]:
    """Rows of the table of aliases, counted from a place."""
    for at, alias in enumerate(aliases, place):
        yield unit, at, cable, alias.address, folded(alias.address), alias.line, None
