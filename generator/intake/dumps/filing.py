"""Files cables in content/: one source each, named, sealed, and never twice.

    content/2008/02/08STRELSAU123.txt   a month that is known
    content/undated/08STRELSAU123.txt   none

A source carries a seal: a digest of itself as the import wrote it. While the seal holds, nobody has touched the
source, and it follows its dump; once it is broken, the source is its editor's and is left alone. Files are written
beside their place and moved into it, so that each is whole or not there.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Literal

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.archive_metadata import without_collection
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue, filled
from generator.intake.dumps.front_matter_text import front_matter_text
from generator.intake.dumps.holdings import Holding, Holdings
from generator.intake.front_matter import split_front_matter
from generator.lexicon import Lexicon
from generator.problem import Problem
from generator.telegram.parse import parse_cable
from generator.telegram.recognise import looks_like_telegram
from generator.telegram.reference_id import canonical_id

# written: new. rewritten: the dump had changed. there: nothing to do. edited: left alone, since it was edited.
Outcome = Literal["written", "rewritten", "there", "edited"]

UNDATED = "undated"

_SEAL = "import_digest"
_SEAL_LINE = re.compile(rb"^import_digest: ([0-9a-f]{64})\r?\n", re.MULTILINE)
_FENCE = "---\n"

# The document number of electronic records: the post is cut after six letters, so it is no reference id.
_CUT_ID = re.compile(r"\d{4}[A-Z]{1,6}\d{5}")

# All that tells id and date stands in the headers.
_HEADERS = 12_000  # characters

_UNSAFE = re.compile(r"[^A-Za-z0-9_.]+")
_LONGEST_NAME = 100  # letters; file systems allow 255 bytes
_SHORTEST_DIGEST = 6

_WHITE_SPACE = b" \t\r\n\f\v"

_TEMPORARY = ".cablepress-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of a cable."""

    outcome: Outcome
    path: str  # below content/
    is_telegram: bool  # a telegram was recognised; else the text is kept verbatim
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a cable is called, and where it belongs."""

    name: str
    folder: str
    has_id: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Existing:
    """A source that may be of the same cable."""

    path: str
    is_same: bool  # byte for byte
    source: object  # what its front matter says it was made of
    seal: bytes  # b'' where there is none
    is_sealed: bool  # and the seal holds
    words: bytes


class FilingCabinet:
    """content/, and how cables get into it."""

    def __init__(self, content: Path, lexicon: Lexicon, *, dry_run: bool) -> None:
        """Open `content`; a dry run finds out all the same things and writes nothing."""
        self._content = content
        self._lexicon = lexicon
        self._dry_run = dry_run
        self._holdings = Holdings(content)
        self._folders: set[Path] = set()

    def __enter__(self) -> "FilingCabinet":
        """Use the cabinet as a context, so that what it has noted is let go."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go what was noted."""
        self._holdings.close()

    def file(self, cable: DumpedCable) -> Filed:
        """File a cable. Raises OSError where the disk refuses."""
        place = self._place(cable)
        is_telegram = looks_like_telegram(cable.text)
        data, seal = sealed_source(cable)
        words = _words(cable.text)
        named = self._holdings.named(place.name)
        problem = None
        if any(holding.words == words for holding in named):
            path = next(holding.path for holding in named if holding.words == words)
            return Filed(outcome="there", path=path, is_telegram=is_telegram)
        existing = _best_match(
            [self._look(held, data) for held in named if held.words is None], cable.source, words
        )
        if existing is None:
            path = self._free_path(place, words, named)
            outcome: Outcome = "written"
            problem = _id_twice(cable, place.name, path) if named and place.has_id else None
        else:
            path = existing.path
            outcome = _outcome(existing, cable.source)
            problem = _edited(cable, path, has_changed=existing.seal != seal) if outcome == "edited" else None
        if outcome in ("written", "rewritten") and not self._dry_run:
            self._write(path, data)
        self._holdings.add(path, words)
        return Filed(outcome=outcome, path=path, is_telegram=is_telegram, problem=problem)

    def _place(self, cable: DumpedCable) -> _Place:
        """Name and folder, from what the dump says, else from the text, else from the dump's own file names."""
        day = cable.created
        id_ = _id_of_source(cable.source_id, self._lexicon)
        if day is None or id_ is None:
            stem = PurePosixPath(cable.source.partition("#")[0]).name
            parsed = parse_cable(cable.text[:_HEADERS], source=stem, lexicon=self._lexicon)
            id_ = (
                id_
                or parsed.id
                or (
                    canonical_id(PurePosixPath(stem).stem, self._lexicon) if "#" not in cable.source else None
                )
            )
            if day is None and parsed.date is not None and parsed.date_precision != "year":
                day = parsed.date.date()
        return _Place(
            name=id_ or _safe_name(cable.source_id or _without_ending(cable.source)),
            folder=_folder(day),
            has_id=id_ is not None,
        )

    def _look(self, holding: Holding, data: bytes) -> _Existing:
        """What a source of the same name is."""
        try:
            found = (self._content / holding.path).read_bytes()
        except FileNotFoundError:
            found = b""  # a link to nothing
        if found == data:
            return _Existing(
                path=holding.path, is_same=True, source=None, seal=b"", is_sealed=True, words=b""
            )
        front = split_front_matter(decode_unrepaired(found).text)
        seal = _SEAL_LINE.search(found)
        is_sealed = seal is not None and _digest(found[: seal.start()] + found[seal.end() :]) == seal[1]
        return _Existing(
            path=holding.path,
            is_same=False,
            source=front.fields.get("source"),
            seal=seal[1] if seal else b"",
            is_sealed=is_sealed,
            words=_words(front.text),
        )

    def _free_path(self, place: _Place, words: bytes, named: list[Holding]) -> str:
        """Where a new source goes: under its name, or told apart from the others of that name."""
        if not named:
            return f"{place.folder}/{place.name}.txt"
        taken = {holding.path.casefold() for holding in named}
        digest = words.hex()
        return next(
            path
            for length in range(_SHORTEST_DIGEST, len(digest) + 1)
            if (path := f"{place.folder}/{place.name}-{digest[:length]}.txt").casefold() not in taken
        )

    def _write(self, path: str, data: bytes) -> None:
        target = self._content / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        temporary = target.with_name(_TEMPORARY)
        try:
            temporary.write_bytes(data)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def sealed_source(cable: DumpedCable) -> tuple[bytes, bytes]:
    """The file of a cable, and the seal in it."""
    own: dict[str, FieldValue] = filled({"source": cable.source, "source_id": cable.source_id or ""})
    given = {name: value for name, value in cable.fields.items() if name != _SEAL}
    clashing = {name: value for name, value in given.items() if name in own}
    fields = {**own, **{name: value for name, value in given.items() if name not in own}}
    if clashing:
        extra = fields.get("extra")
        fields["extra"] = {**(extra if isinstance(extra, Mapping) else {}), **clashing}
    front = (_FENCE + front_matter_text(fields)).encode()
    rest = (_FENCE + cable.text).encode()
    seal = _digest(front + rest)
    return front + f"{_SEAL}: ".encode() + seal + b"\n" + rest, seal


def _best_match(candidates: list[_Existing], source: str, words: bytes) -> _Existing | None:
    """The source that is this cable: the very same, else made of the same row or member, else of the same words."""
    ranks = ((found.is_same, found.source == source, found.words == words) for found in candidates)
    matching = [(rank, found) for rank, found in zip(ranks, candidates, strict=True) if any(rank)]
    return max(matching, key=lambda match: match[0])[1] if matching else None


def _outcome(existing: _Existing, source: str) -> Outcome:
    if existing.is_same or existing.source != source:
        return "there"
    return "rewritten" if existing.is_sealed else "edited"


def _id_of_source(source_id: str | None, lexicon: Lexicon) -> str | None:
    plain = without_collection(source_id or "")
    return None if _CUT_ID.fullmatch(plain) else canonical_id(plain, lexicon)


def _folder(day: date | None) -> str:
    return f"{day.year:04d}/{day.month:02d}" if day else UNDATED


def _without_ending(source: str) -> str:
    """A member's name without its ending; what tells rows and records apart stays."""
    member, mark, part = source.partition("#")
    return str(PurePosixPath(member).with_suffix("")) + mark + part


def _safe_name(written: str) -> str:
    """A name that any file system can hold; whether it is taken is found out elsewhere."""
    name = _UNSAFE.sub("-", written).strip("-.")
    return name[-_LONGEST_NAME:].lstrip("-.") or "cable"


def _words(text: str) -> bytes:
    """A digest of a text's words: dumps of one cable may differ in white space."""
    return hashlib.sha256(text.encode().translate(None, _WHITE_SPACE)).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _id_twice(cable: DumpedCable, name: str, path: str) -> Problem:
    return Problem(
        code="id-twice",
        severity="warning",
        source=cable.source,
        message=f"another text has the id {name} already",
        next_step=f"both are kept, this one as {path}; if they are one cable, remove the worse",
    )


def _edited(cable: DumpedCable, path: str, *, has_changed: bool) -> Problem:
    if has_changed:
        return Problem(
            code="edited-and-changed",
            severity="warning",
            source=cable.source,
            message=f"{path} was edited since it was imported, and the dump has another text now",
            next_step="it was left alone; to have the dump's text, move the file away and import again",
        )
    return Problem(
        code="edited",
        severity="info",
        source=cable.source,
        message=f"{path} was edited since it was imported",
        next_step="it was left alone",
    )
