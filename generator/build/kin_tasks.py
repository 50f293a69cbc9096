"""The work that finds related cables, as functions for any process.

vectors (of the spool, or kept beside the state) -> groups of vectors -> signatures -> the kin of each cable
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.archive.kin import encode_kin
from generator.build.job import Job, desk_of
from generator.build.parcel import receive, send
from generator.build.reading import BatchRead, Reader, Worded
from generator.build.tasks import ReadTask, SectionsTask
from generator.build.writing import naming
from generator.kin.finding import NOBODY, Cited, Finder, Postings
from generator.kin.group import NO_VECTOR, Group, decode_group, encode_group
from generator.kin.rarity import WEIGHT
from generator.kin.shared import shared_with
from generator.kin.signatures import Rows, sign
from generator.kin.terms import BUCKETS, buckets_of
from generator.kin.vector import Vector, decode_vector

# Names of arrays in the folder of the spool that workers read them from: the bits of counts, the buckets of which those
# are others now, and what a Finder is made of.
BITS = "bits"
CROSSED = "crossed"
_SIGNATURES = ("sizes", "terms", "weights")
_POSTINGS = ("posted", "starts", "slots", "posted-weights")
_CITED = ("own", "cited-sizes", "cited")
_RANKS = "ranks"


class GroupTask(msgspec.Struct):
    """A group some of whose cables came, went or changed."""

    kept: str | None  # the file that has it as it was
    file: str  # that is to have it
    gone: list[int]  # slots whose vectors are no more, or others now
    fresh: list[
        tuple[int, Worded | None]
    ]  # slots with where their new vectors lie; None for one that could not be read


class GroupDone(msgspec.Struct):
    """What changed in a group; rows of terms lie one behind the other."""

    gone_terms: bytes
    slots: list[int] = []  # of the new vectors
    sizes: list[int] = []
    own: bytes = b""
    terms: bytes = b""


def keep_vectors(job: Job, tasks: Sequence[GroupTask]) -> bytes | str:
    """Write some groups; gives a list of GroupDone, as a parcel. Raises OSError and MsgspecError where one is lost."""
    return send(_ENCODER.encode([_keep(job, task) for task in tasks]), job.spool)


def decode_groups(job: Job, sent: bytes | str) -> list[GroupDone]:
    """What `keep_vectors` gave."""
    return _GROUPS.decode(receive(sent, job.spool))


def _keep(job: Job, task: GroupTask) -> GroupDone:
    group = read_group(job, task.kept) if task.kept is not None else Group.of({})
    _, gone, _ = group.terms_of(group.places(task.gone))
    without = set(task.gone)
    vectors = {slot: vector for slot, vector in group.vectors() if slot not in without}
    fresh = _fresh(_spool(job), task.fresh)
    file = vectors_folder(job.state) / task.file
    with naming(file):
        file.write_bytes(encode_group(Group.of(vectors | fresh)))
    return GroupDone(
        gone.tobytes(),
        list(fresh),
        [len(vector.times) for vector in fresh.values()],
        b"".join([vector.own for vector in fresh.values()]),
        b"".join([vector.terms for vector in fresh.values()]),
    )


def _fresh(spool: Path, pieces: Sequence[tuple[int, Worded | None]]) -> dict[int, Vector]:
    """Vectors of the spool by their slots; of one file there are many."""
    found: dict[int, Vector] = {}
    name, data = "", b""
    for slot, at in pieces:
        if at is None:
            found[slot] = NO_VECTOR
            continue
        if at.name != name:
            name, data = at.name, (spool / at.name).read_bytes()
        found[slot] = decode_vector(data[at.at : at.at + at.size])
    return found


def read_group(job: Job, name: str) -> Group:
    """A group that is kept."""
    return decode_group((vectors_folder(job.state) / name).read_bytes())


def read_vectors(job: Job, name: str, tasks: Sequence[ReadTask | SectionsTask]) -> bytes | str:
    """Read some units once more, for the vectors of their cables; gives a BatchRead without units, as a parcel."""
    reader = Reader(desk_of(job))
    reader.again(tasks)
    return send(_ENCODER.encode(BatchRead(vectored=reader.leave_vectors(name))), job.spool)


class SignTask(msgspec.Struct):
    """A group of which some cables need a signature: those that are named, and those with a term whose rarity changed."""

    file: str
    slots: list[int] | None  # None for all
    cables: int  # of the archive


class SignDone(msgspec.Struct):
    """Signatures; rows lie one behind the other."""

    slots: list[int]
    sizes: bytes
    terms: bytes
    weights: bytes


def sign_cables(job: Job, tasks: Sequence[SignTask]) -> bytes | str:
    """Make signatures; gives a list of SignDone, as a parcel."""
    return send(_ENCODER.encode([_sign(job, task) for task in tasks]), job.spool)


def decode_signed(job: Job, sent: bytes | str) -> list[SignDone]:
    """What `sign_cables` gave."""
    return _SIGNED.decode(receive(sent, job.spool))


def _sign(job: Job, task: SignTask) -> SignDone:
    group = read_group(job, task.file)
    folder = arrays_folder(_spool(job))
    if task.slots is None:
        places = np.arange(len(group.slots))
    else:
        crossed = load_marks(folder, CROSSED)
        has = np.repeat(np.arange(len(group.slots)), group.sizes)[crossed[buckets_of(group.all_terms)]]
        places = np.union1d(group.places(task.slots), has)
    rows = sign(*group.terms_of(places), load_marks(folder, BITS), task.cables)
    return SignDone(
        [group.slots[place] for place in places.tolist()],
        rows.sizes.tobytes(),
        rows.terms.tobytes(),
        rows.weights.tobytes(),
    )


class FindTask(msgspec.Struct):
    """Cables of a group whose kin are to be found."""

    file: str
    slots: list[int]


class FindDone(msgspec.Struct):
    """The kin of some cables."""

    slots: list[int]
    fives: bytes  # rows of slots
    scores: bytes
    encoded: list[bytes | None]  # as the state keeps them


def find_kin(job: Job, tasks: Sequence[FindTask]) -> bytes | str:
    """Find the kin of cables; gives a list of FindDone, as a parcel."""
    return send(_ENCODER.encode([_find(job, task) for task in tasks]), job.spool)


def decode_found(job: Job, sent: bytes | str) -> list[FindDone]:
    """What `find_kin` gave."""
    return _FOUND.decode(receive(sent, job.spool))


def _find(job: Job, task: FindTask) -> FindDone:
    finder = _finder(job.token, arrays_folder(_spool(job)))
    signatures = finder.signatures
    group = read_group(job, task.file)
    fives = finder.fives(np.array(task.slots))
    encoded: list[bytes | None] = []
    places = group.places(task.slots).tolist()
    for slot, place, five in zip(task.slots, places, fives.slots.tolist(), strict=True):
        start = int(signatures.starts[slot])
        row = slice(start, start + int(signatures.sizes[slot]))
        own = dict(
            zip(signatures.terms[row].tolist(), (signatures.weights[row] & WEIGHT).tolist(), strict=True)
        )
        kin = [other for other in five if other != NOBODY]
        encoded.append(encode_kin(shared_with(own, signatures, kin, group.texts_of(place))) if kin else None)
    return FindDone(task.slots, fives.slots.tobytes(), fives.scores.tobytes(), encoded)


@lru_cache(maxsize=1)
def _finder(_token: str, folder: Path) -> Finder:
    """What finds kin by the arrays in a folder of the spool; the token names those arrays."""
    own, sizes, terms = [load_array(folder, name) for name in _CITED]
    return Finder(
        Rows(*[load_array(folder, name) for name in _SIGNATURES]),
        Postings(*[load_array(folder, name) for name in _POSTINGS]),
        Cited(own, Rows(sizes, terms, np.zeros(len(terms), np.uint8))),
        load_array(folder, _RANKS),
    )


def forget_arrays() -> None:
    """Let go of what this process has open."""
    _finder.cache_clear()


def leave_arrays(spool: Path, finder: Finder) -> None:
    """Leave in the spool what workers need to find kin."""
    signatures, postings, cited = finder.signatures, finder.postings, finder.cited
    arrays: list[NDArray[Any]] = [
        *(signatures.sizes, signatures.terms, signatures.weights),
        *(postings.terms, postings.starts, postings.slots, postings.weights),
        *(cited.own, cited.rows.sizes, cited.rows.terms),
        finder.ranks,
    ]
    for name, array in zip((*_SIGNATURES, *_POSTINGS, *_CITED, _RANKS), arrays, strict=True):
        leave_array(arrays_folder(spool), name, array)


def leave_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array to where workers read it."""
    file = folder / f"{name}.npy"
    with naming(file), file.open("wb") as opened:
        # Into a file as such numpy writes by itself, and does not say why a disk refuses.
        np.save(SimpleNamespace(write=opened.write), array)


def load_array(folder: Path, name: str) -> NDArray[Any]:
    """Such an array, of which is read what is asked for."""
    file = folder / f"{name}.npy"
    array: NDArray[Any] = np.load(file, mmap_mode="r" if file.stat().st_size > _HEADER else None)
    return np.asarray(array)  # slices of it are made sooner


def leave_marks(folder: Path, name: str, marks: NDArray[Any]) -> None:
    """The same for an array of all buckets, most of which are nought."""
    buckets = np.flatnonzero(marks != 0)  # as in Counts.encode
    leave_array(folder, f"{name}-buckets", buckets.astype(np.uint32))
    leave_array(folder, name, marks[buckets])


def load_marks(folder: Path, name: str) -> NDArray[Any]:
    """Such an array, whole."""
    marked = load_array(folder, name)
    marks = np.zeros(BUCKETS, marked.dtype)
    marks[load_array(folder, f"{name}-buckets")] = marked
    return marks


_HEADER = 128  # bytes of the file of an empty array, which cannot be mapped


def arrays_folder(spool: Path) -> Path:
    """Where arrays lie while kin are found."""
    return spool / "kin"


def vectors_folder(state: Path) -> Path:
    """Where the vectors of cables are kept between builds."""
    return state.parent / "kin"


def _spool(job: Job) -> Path:
    if job.spool is None:
        raise ValueError("a job without a spool finds no kin")
    return job.spool


_ENCODER = msgspec.msgpack.Encoder()
_GROUPS = msgspec.msgpack.Decoder(list[GroupDone])
_SIGNED = msgspec.msgpack.Decoder(list[SignDone])
_FOUND = msgspec.msgpack.Decoder(list[FindDone])
