"""The seal of an imported source: a digest of it in its own front matter.

While the seal holds, nobody has touched the source since the import wrote it, and it may follow its dump. Once it
is broken, the source is its editor's. A source without a seal was always someone's own.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.intake.decode import decode_unrepaired
from generator.intake.dumps.dumped_cable import DumpedCable, FieldValue, filled
from generator.intake.dumps.front_matter_text import front_matter_text
from generator.intake.front_matter import split_front_matter

_NAME = "import_digest"
_LINE = re.compile(rb"^import_digest: ([0-9a-f]{64})\r?\n", re.MULTILINE)
_FENCE = "---\n"
_DRAFT = "true"

_WHITE_SPACE = b" \t\r\n\f\v"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSource:
    """The file of a cable, as the import writes it."""

    data: bytes
    seal: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingSource:
    """A source that stands in content/."""

    path: str
    data: bytes
    source: object  # of what it was made, as its front matter says
    seal: bytes  # b'' where there is none
    is_sealed: bool  # there is a seal, and it holds
    draft: object  # what it says of being one; None where it says nothing
    words: bytes


def sealed_source(cable: DumpedCable, *, is_draft: bool = False) -> SealedSource:
    """The file of a cable; a draft is published by no build."""
    own: dict[str, FieldValue] = filled({"source": cable.source, "source_id": cable.source_id or ""})
    given = {name: value for name, value in cable.fields.items() if name != _NAME}
    if is_draft and given.get("draft") != _DRAFT:
        own["draft"] = _DRAFT
    clashing = {name: value for name, value in given.items() if name in own}
    fields = {**own, **{name: value for name, value in given.items() if name not in own}}
    if clashing:
        extra = fields.get("extra")
        fields["extra"] = {**(extra if isinstance(extra, Mapping) else {}), **clashing}
    front = (_FENCE + front_matter_text(fields)).encode()
    rest = (_FENCE + cable.text).encode()
    seal = _digest(front + rest)
    return SealedSource(data=front + f"{_NAME}: ".encode() + seal + b"\n" + rest, seal=seal)


def seals_of(cable: DumpedCable) -> tuple[bytes, ...]:
    """The seals that the file of a cable can have had."""
    return tuple(sealed_source(cable, is_draft=is_draft).seal for is_draft in (False, True))


def read_standing(content: Path, path: str) -> StandingSource:
    """Read a source that stands in content/; a link to nothing is empty. Raises OSError where it cannot be read."""
    try:
        data = (content / path).read_bytes()
    except FileNotFoundError:
        data = b""
    front = split_front_matter(decode_unrepaired(data).text)
    seal = _LINE.search(data)
    return StandingSource(
        path=path,
        data=data,
        source=front.fields.get("source"),
        seal=seal[1] if seal else b"",
        is_sealed=seal is not None and _digest(data[: seal.start()] + data[seal.end() :]) == seal[1],
        draft=front.fields.get("draft"),
        words=words_digest(front.text),
    )


def is_made_draft(standing: StandingSource) -> bool:
    """Whether a source is a draft in the way that the import makes one."""
    return standing.draft == _DRAFT


def words_digest(text: str) -> bytes:
    """A digest of a text's words: dumps of one cable may differ in white space."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass").translate(None, _WHITE_SPACE)).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
