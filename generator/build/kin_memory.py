"""What is kept of related cables between builds, beside what the state has: how often terms are, signatures, the kin found.

Each build writes files of new names, and the state says in the same moment which of them count: a build that is killed
leaves those that counted before.
"""

from pathlib import Path

import msgspec
import numpy as np

from generator.archive.state import State
from generator.build.writing import naming
from generator.kin.finding import MOST_KIN, Cited, Fives
from generator.kin.rarity import Counts
from generator.kin.signatures import Rows

KIN = "kin"  # what the names of the files end with; nothing while there are none


class _Table(msgspec.Struct, array_like=True):
    cables: int
    sizes: bytes
    terms: bytes
    weights: bytes
    own: bytes
    cited_sizes: bytes
    cited: bytes
    fives: bytes
    scores: bytes


class Memory(msgspec.Struct):
    """What is known of all cables, by their slots."""

    cables: int
    counts: Counts
    signatures: Rows
    cited: Cited
    fives: Fives

    @classmethod
    def empty(cls) -> "Memory":
        """That of an archive without cables."""
        return cls(0, Counts(), Rows.empty(), Cited(np.zeros(0, np.uint64), Rows.empty()), Fives.empty(0))


def recall_memory(state: State, folder: Path) -> Memory | None:
    """What is kept; None where that is nothing, or what cannot be read."""
    ending = state.recall(KIN)
    if ending is None:
        return None
    try:
        counts = Counts.decode(_counts(folder, ending.decode()).read_bytes())
        table = _DECODER.decode(_table(folder, ending.decode()).read_bytes())
        cited = np.frombuffer(table.cited, "<u8")
        return Memory(
            table.cables,
            counts,
            Rows(
                np.frombuffer(table.sizes, np.uint8),
                np.frombuffer(table.terms, "<u8"),
                np.frombuffer(table.weights, np.uint8),
            ),
            Cited(
                np.frombuffer(table.own, "<u8"),
                Rows(np.frombuffer(table.cited_sizes, np.uint8), cited, np.zeros(len(cited), np.uint8)),
            ),
            Fives(
                np.frombuffer(table.fives, "<i4").reshape(-1, MOST_KIN),
                np.frombuffer(table.scores, "<i4").reshape(-1, MOST_KIN),
            ),
        )
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def keep_memory(state: State, folder: Path, ending: str, memory: Memory) -> None:
    """Keep it, and have the state know; within a transaction of the caller's."""
    signatures, cited = memory.signatures, memory.cited
    table = _Table(
        memory.cables,
        signatures.sizes.tobytes(),
        signatures.terms.tobytes(),
        signatures.weights.tobytes(),
        cited.own.tobytes(),
        cited.rows.sizes.tobytes(),
        cited.rows.terms.tobytes(),
        memory.fives.slots.tobytes(),
        memory.fives.scores.tobytes(),
    )
    for file, data in (
        (_counts(folder, ending), memory.counts.encode()),
        (_table(folder, ending), _ENCODER.encode(table)),
    ):
        with naming(file):
            file.write_bytes(data)
    state.remember(KIN, ending.encode())


def forget_memory(state: State) -> None:
    """Forget all of it; within a transaction of the caller's."""
    for table in ("kin", "kin_group"):
        state.db.execute(f"DELETE FROM {table}")  # noqa: S608
    state.remember(KIN, None)


def clear_up(state: State, folder: Path) -> None:
    """Remove the files that do not count."""
    if not folder.is_dir():
        return
    counting = {name for (name,) in state.db.execute("SELECT file FROM kin_group")}
    ending = state.recall(KIN)
    if ending is not None:
        counting |= {_counts(folder, ending.decode()).name, _table(folder, ending.decode()).name}
    for file in folder.iterdir():
        if file.name not in counting:
            file.unlink()


def _counts(folder: Path, ending: str) -> Path:
    return folder / f"counts-{ending}"


def _table(folder: Path, ending: str) -> Path:
    return folder / f"table-{ending}"


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Table)
