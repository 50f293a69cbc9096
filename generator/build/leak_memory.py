"""What is remembered of the search for leaks: which files were looked through, with which secrets, and what was found.

A file is looked through again when it changed, and when something is a secret in it that was none. For that the memory
knows the secrets of the whole site, and for each address those that are secrets there alone, or are none there. Of a secret
it keeps a digest. A new secret of the whole site has all files looked through again; one that is a secret no more, none.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from generator.build.leak_tasks import FileSearched, Found
from generator.inspection.stamps import Changes, Stamps, address_of, key_of, open_memory
from generator.leaks import Secret, Spot, counts_in

_READER = "leaks"
_DIGEST = 16  # bytes

_TABLES = """
CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epoch (number INTEGER);
CREATE TABLE IF NOT EXISTS apart (address BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (address BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""


class _Apart(msgspec.Struct, array_like=True):
    """What is otherwise at an address than in the whole site."""

    bound: list[bytes] = []  # secrets there alone
    free: list[bytes] = []  # secrets of the whole site, but not there


class _Spot(msgspec.Struct, frozen=True, array_like=True):
    key: bytes  # of the secret
    offset: int | None
    where: str


class _Kept(msgspec.Struct, array_like=True):
    spots: list[_Spot] = []
    cannot: list[str] = []


class LeakMemory:
    """The memory of one site, in a file; nothing is kept but by `commit`."""

    def __init__(self, file: Path, site: Path, secrets: Sequence[Secret], *, program: str) -> None:
        """Open it for the secrets that there are now; another `program`, or another site, begins anew."""
        self._db = open_memory(file)
        try:
            self._begin(site, secrets, program)
        except BaseException:
            self._db.close()
            raise

    def _begin(self, site: Path, secrets: Sequence[Secret], program: str) -> None:
        # What was found must not be lost to a power cut while the stamps are kept.
        self._db.execute("PRAGMA synchronous = FULL")
        for statement in _TABLES.split(";"):
            self._db.execute(statement)
        self._site = site
        self._keys = [_key(secret) for secret in secrets]
        self._secrets: dict[bytes, list[Secret]] = {}
        for key, secret in zip(self._keys, secrets, strict=True):
            self._secrets.setdefault(key, []).append(secret)
        whole = {key for key, secret in zip(self._keys, secrets, strict=True) if secret.only_in is None}
        epoch = self._epoch(whole)
        self.stamps = Stamps(self._db, _READER, f"{program} {epoch} {site.resolve()}")
        if self.stamps.is_new:
            self._db.execute("DELETE FROM found")
            self._db.execute("DELETE FROM apart")
        self._settle_apart(whole)
        self.commit()

    def _epoch(self, whole: set[bytes]) -> int:
        """A number for the secrets of the whole site that all known files were looked through for."""
        known = {key for (key,) in self._db.execute("SELECT key FROM known")}
        epoch = int(self._db.execute("SELECT total(number) FROM epoch").fetchone()[0])
        if known != whole:
            self._db.execute("DELETE FROM known")
            self._db.executemany("INSERT INTO known VALUES (?)", ((key,) for key in sorted(whole)))
        if not whole <= known:
            epoch += 1
            self._db.execute("DELETE FROM epoch")
            self._db.execute("INSERT INTO epoch VALUES (?)", (epoch,))
        return epoch

    def _settle_apart(self, whole: set[bytes]) -> None:
        """Note what is apart now, and forget the files in which something is a secret that was none."""
        now = self._apart()
        was = {
            address_of(key): msgspec.msgpack.decode(data, type=_Apart)
            for key, data in self._db.execute("SELECT address, data FROM apart")
        }
        nothing = _Apart()
        due = [
            address
            for address in now.keys() | was.keys()
            if _is_due(was.get(address, nothing), now.get(address, nothing), whole)
        ]
        self.stamps.note(Changes(gone=[file for address in due for file in self._files(address)]))
        self._db.execute("DELETE FROM apart")
        self._db.executemany(
            "INSERT INTO apart VALUES (?, ?)",
            ((key_of(address), msgspec.msgpack.encode(apart)) for address, apart in now.items()),
        )

    def _apart(self) -> Mapping[str, _Apart]:
        """What is apart, by address; of a folder, '/' stands behind its name."""
        apart: dict[str, _Apart] = {}
        for key, secrets in self._secrets.items():
            for secret in secrets:
                for address in secret.only_in or ():
                    apart.setdefault(address, _Apart([], [])).bound.append(key)
                for address in (*secret.not_in, *([secret.not_below] if secret.not_below else ())):
                    apart.setdefault(address, _Apart([], [])).free.append(key)
        return apart

    def _files(self, address: str) -> Iterator[str]:
        """An address, or those of the files in a folder."""
        if not address.endswith("/"):
            yield address
            return
        for path in (self._site / address).rglob("*"):
            yield path.relative_to(self._site).as_posix()

    def note(self, changes: Changes, searched: Iterable[FileSearched]) -> None:
        """Note what was found in files that were looked through, which are `changes`."""
        unread = {one.address for one in searched if one.unread is not None}
        self.stamps.note(
            Changes(
                changed=[stamp for stamp in changes.changed if stamp.address not in unread],
                gone=[*changes.gone, *unread],
            )
        )
        self._db.executemany(
            "DELETE FROM found WHERE address = ?",
            [
                (key_of(address),)
                for address in (*changes.gone, *(stamp.address for stamp in changes.changed))
            ],
        )
        self._db.executemany(
            "INSERT INTO found VALUES (?, ?)",
            [
                (key_of(one.address), msgspec.msgpack.encode(self._kept(one.found, one.cannot)))
                for one in searched
                if one.unread is None
            ],
        )

    def _kept(self, found: Iterable[Found], cannot: Sequence[str]) -> _Kept:
        spots = [_Spot(self._keys[one.secret], one.offset, one.where) for one in found]
        return _Kept(list(dict.fromkeys(spots)), list(cannot))

    def found(self) -> Iterator[tuple[str, list[Spot], list[str]]]:
        """What is known to be in the files of the site: spots, and why something could not be looked into."""
        for key, data in self._db.execute("SELECT address, data FROM found ORDER BY address"):
            address, kept = address_of(key), msgspec.msgpack.decode(data, type=_Kept)
            yield (
                address,
                [
                    Spot(secret=secret, offset=spot.offset, where=spot.where)
                    for spot in kept.spots
                    for secret in self._secrets.get(spot.key, ())
                    if counts_in(secret, address)
                ],
                kept.cannot,
            )

    def commit(self) -> None:
        """Keep what was noted."""
        self._db.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _key(secret: Secret) -> bytes:
    """What a secret is called in the memory: what is looked for, not where."""
    words = f"{secret.kind}\0{secret.text}"
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _is_due(was: _Apart, now: _Apart, whole: set[bytes]) -> bool:
    """Whether something is a secret at an address that was none when it was looked through."""
    return bool(set(now.bound) - set(was.bound) or (set(was.free) - set(now.free)) & whole)
