"""The indexing of spans and the merge of letters, as work for any process.

words of cables (of the spool, or kept beside the state) -> rows of a span -> its index
one letter of the indexes of all spans -> pieces, in the spool
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.build.job import Job, desk_of
from generator.build.parcel import receive, send
from generator.build.reading import BatchRead, Reader, Worded
from generator.build.tasks import ReadTask, SectionsTask
from generator.build.writing import naming
from generator.search.cut import Leaf
from generator.search.lists import PIECE, Entry, words_name, words_piece
from generator.search.merge import cut_words, merge_letter, write_chapters
from generator.search.pieces import length_codes
from generator.search.rows import Fresh, Kept, SpanRows, gather, words_of
from generator.search.spans import Indexed, index_span


class SpanTask(msgspec.Struct):
    """A span to be indexed."""

    day: int
    members: list[tuple[str, bytes]]  # path and digest of each cable, in order
    fresh: dict[str, Worded]  # where the words of those lie that were read in this build
    kept: list[str]  # files that may have the words of the others
    compared: str | None  # that of these which has a span of this day
    file: str  # that is to have them all
    is_whole: bool  # all of it is wanted, as chapters; else what is another than in the span that it is compared with


class SpanDone(msgspec.Struct):
    """A span that was indexed, unless the words of some cables were missing."""

    day: int
    missing: list[str] = []  # paths
    words: int = 0
    lengths: str = ""
    letters: list[str] = []  # of its chapters
    changed: dict[str, Indexed] = {}
    affected: list[str] | None = None  # words that changed, or went; None for all of the span


def index_spans(job: Job, tasks: Sequence[SpanTask]) -> bytes | str:
    """Index some spans; gives a list of SpanDone, as a parcel."""
    return send(_ENCODER.encode([_index(job, task) for task in tasks]), job.spool)


def decode_spans(job: Job, sent: bytes | str) -> list[SpanDone]:
    """What `index_spans` gave."""
    return _SPANS.decode(receive(sent, job.spool))


def _index(job: Job, task: SpanTask) -> SpanDone:
    folder = words_folder(job.state)
    kept = {name: rows for name in task.kept if (rows := read_rows(folder / name)) is not None}
    found = {
        (cable.key, cable.digest): Kept(rows, at)
        for rows in kept.values()
        for at, cable in enumerate(rows.cables)
    }
    members: list[Fresh | Kept] = []
    missing: list[str] = []
    for path, digest in task.members:
        if path in task.fresh:
            members.append(Fresh(path, digest, _reading(_spool(job), task.fresh[path])))
        elif (path, digest) in found:
            members.append(found[path, digest])
        else:
            missing.append(path)
    if missing:
        return SpanDone(task.day, missing)
    rows = gather(members)
    file = folder / task.file
    with naming(file):
        file.write_bytes(_ENCODER.encode(rows))
    done = SpanDone(
        task.day,
        words=sum(cable.length for cable in rows.cables),
        lengths=length_codes(cable.length for cable in rows.cables),
    )
    positions = job.settings.search.positions
    if task.is_whole:
        done.letters = write_chapters(
            chapters_file(_spool(job), task.day), index_span(task.day, rows, with_places=positions)
        )
        return done
    compared = kept.get(task.compared or "")
    done.affected = _affected(compared, rows) if compared is not None else None
    done.changed = index_span(
        task.day, rows, with_places=positions, only=None if done.affected is None else set(done.affected)
    )
    return done


def _affected(old: SpanRows, new: SpanRows) -> list[str] | None:
    """The words that some cable has or had which is another now; None where cables have other places in the span."""
    if [cable.key for cable in old.cables] != [cable.key for cable in new.cables]:
        return None
    changed = [at for at, cable in enumerate(new.cables) if cable.digest != old.cables[at].digest]
    return sorted({word for rows in (old, new) for at in changed for word in words_of(rows, at)})


def _reading(spool: Path, worded: Worded) -> bytes:
    with (spool / worded.name).open("rb") as words:
        words.seek(worded.at)
        return words.read(worded.size)


def read_rows(file: Path) -> SpanRows | None:
    """The rows that were kept of a span; None where there are none any more."""
    try:
        return _ROWS.decode(file.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None


def read_words(job: Job, name: str, tasks: Sequence[ReadTask | SectionsTask]) -> bytes | str:
    """Read some units once more, for words and records of their cables; gives a BatchRead without units, as a parcel."""
    reader = Reader(desk_of(job))
    reader.again(tasks)
    batch = BatchRead(worded=reader.leave_words(name), recorded=reader.leave_records(name))
    return send(_ENCODER.encode(batch), job.spool)


class Merged(msgspec.Struct):
    """The words of some letters, merged."""

    pieces: list[str] = []  # names of those that lie in the spool
    leaves: dict[str, list[Leaf]] = {}  # how rows of pieces are cut
    heavy: dict[str, int] = {}  # letters of which there are pieces, and how many bytes all of them have
    light: dict[str, list[Entry]] = {}  # all entries of the letters that one piece can hold


def merge_letters(job: Job, days: Sequence[int], letters: Sequence[str]) -> bytes | str:
    """Merge all words that begin with some letters; gives a Merged, as a parcel."""
    merged = Merged()
    files = [(day, chapters_file(_spool(job), day)) for day in days]
    for letter in letters:
        entries: list[Entry] = []
        for entry, pieces in merge_letter(files, letter):
            entries.append(entry)
            for piece in pieces:
                merged.leaves.setdefault(piece.row, []).append(piece.leaf)
                _leave(job, merged, piece.name, piece.text)
        weight = sum(entry.weight for entry in entries)
        if weight <= PIECE:
            merged.light[letter] = entries
            continue
        merged.heavy[letter] = weight
        for leaf, inside in cut_words(entries):
            merged.leaves.setdefault(f"words/{letter}", []).append(leaf)
            _leave(job, merged, words_name(leaf.first), words_piece(leaf.first, inside))
    return send(_ENCODER.encode(merged), job.spool)


def decode_merged(job: Job, sent: bytes | str) -> Merged:
    """What `merge_letters` gave."""
    return _MERGED.decode(receive(sent, job.spool))


def _leave(job: Job, merged: Merged, name: str, text: bytes) -> None:
    merged.pieces.append(name)
    file = piece_file(_spool(job), name)
    with naming(file):
        file.write_bytes(text)


def piece_file(spool: Path, name: str) -> Path:
    """Where a piece lies before it comes into the site."""
    return spool / f"{name.replace('/', '=')}.piece"


def chapters_file(spool: Path, day: int) -> Path:
    """Where the index of a span lies before it is merged with the others."""
    return spool / f"{day}.chapters"


def words_folder(state: Path) -> Path:
    """Where the words of cables are kept between builds."""
    return state.parent / "search"


def _spool(job: Job) -> Path:
    if job.spool is None:
        raise ValueError("a job without a spool indexes nothing")
    return job.spool


_ENCODER = msgspec.msgpack.Encoder()
_ROWS = msgspec.msgpack.Decoder(SpanRows)
_SPANS = msgspec.msgpack.Decoder(list[SpanDone])
_MERGED = msgspec.msgpack.Decoder(Merged)
