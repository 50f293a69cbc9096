"""Moves: the old addresses that lead on, where to, and which of them a host is told of in one file.

Each has a page of its own that leads on. Where settings ask for `_redirects`, the host answers instead, and the page is
not needed; but no host reads a file of any length, and who has the most old addresses is not to lose the last of them: what
the file has no room for keeps its page.
"""

import sqlite3
from collections.abc import Container, Iterator, Sequence
from urllib.parse import quote

from msgspec import Struct

from generator.archive.address import HOME, HOME_SOURCE
from generator.problem import Problem

# What Cloudflare Pages reads, which has the lowest limits of all hosts that read the file.
MOST_LINES = 2_000
LONGEST_LINE = 1_000  # letters

# What stands in paths as browsers send them, of all that an alias may have.
_SAFE = "/-._~=+@"


class Move(Struct, frozen=True, kw_only=True):
    """An old address that leads to a page."""

    address: str
    target: str
    name: str  # what stands there


class Rule(Struct, frozen=True, kw_only=True):
    """A line of `_redirects`: paths from the root of the host, as URLs have them."""

    path: str
    target: str

    @property
    def line(self) -> str:
        """As it is written: moved for good."""
        return f"{self.path} {self.target} 301"


def find_moves(db: sqlite3.Connection, *, other_names: bool) -> list[Move]:
    """The aliases that have their place; first those that someone wrote, then, if asked for, those of ids by another name."""
    others = "" if other_names else " AND line IS NOT NULL"
    found = db.execute(
        # Those of one id lead to the page that lists them.
        "SELECT alias.address, CASE WHEN line IS NULL THEN cable.plain_address ELSE cable.address END, name, line IS NULL "  # noqa: S608
        f"FROM alias JOIN cable ON cable.number = alias.cable WHERE lost IS NULL{others} UNION ALL "
        "SELECT alias.address, page.address, unit.title, 0 FROM alias JOIN unit ON unit.number = alias.unit "
        "JOIN page ON page.key = unit.key AND page.kind != 'file' WHERE lost IS NULL AND alias.cable IS NULL "
        "UNION ALL SELECT alias.address, page.address, unit.title, 0 FROM alias JOIN unit ON unit.number = alias.unit "
        f"JOIN page ON page.kind = 'home' WHERE lost IS NULL AND unit.key = '{HOME_SOURCE}' ORDER BY 4, 1, 2"
    )
    return [Move(address=address, target=target, name=name) for address, target, name, _ in found]


def divide(db: sqlite3.Connection, moves: Sequence[Move]) -> tuple[list[Rule], list[Move]]:
    """The lines of `_redirects`, and the moves that it has no room for, which keep their pages."""
    rules: list[Rule] = []
    left: list[Move] = []
    addresses = {move.address for move in moves}
    for move in moves:
        target = _path(move.target)
        its = [Rule(path=path, target=target) for path in _paths(db, move, addresses)]
        if len(rules) + len(its) > MOST_LINES or any(len(rule.line) > LONGEST_LINE for rule in its):
            left.append(move)
        else:
            rules += its
    return rules, left


def _paths(db: sqlite3.Connection, move: Move, addresses: Container[str]) -> list[str]:
    """How an old address is asked for; `addresses` are all that lead on.

    That of a folder is asked for with the stroke at its end, by the name of its page, and without the stroke. Some hosts call a
    page so, 'wiki/salt' for 'wiki/salt.html': where there is one, it keeps that name.
    """
    path = _path(move.address)
    if not path.endswith("/"):
        return [path]
    folder = path.removesuffix("/")
    beside = f"{move.address.rpartition('/')[0]}.html"
    is_taken = beside in addresses or _is_page(db, beside)
    return [*([] if is_taken else [folder]), path, path + HOME]


def _path(address: str) -> str:
    """The path of a page as browsers ask for it, from the root of a host; that of an index without its name."""
    folder, slash, name = address.rpartition("/")
    return quote(f"/{folder}{slash}{'' if name == HOME else name}", safe=_SAFE)


def _is_page(db: sqlite3.Connection, address: str) -> bool:
    """Whether the site has a page at an address, other than one that leads on."""
    page = "SELECT 1 FROM page WHERE address = ?1 AND kind != 'redirect' UNION ALL SELECT 1 FROM cable WHERE address = ?1"
    return db.execute(page, (address,)).fetchone() is not None


def move_problems(db: sqlite3.Connection, *, other_names: bool) -> Iterator[Problem]:
    """What `_redirects` has no room for."""
    _, left = divide(db, find_moves(db, other_names=other_names))
    if left:
        yield Problem(
            code="redirects-many",
            severity="info",
            source="[publish]",
            message=f"{len(left):,} old addresses, /{left[0].address} the first of them, are more than `_redirects` may hold",
            next_step=f"these have pages that lead on; hosts read {MOST_LINES:,} lines",
        )
