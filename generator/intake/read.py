"""Reads one source: decodes it, takes its front matter off, and says whether it is a cable, a page or a note.

A `.txt` or `.cable` file is a cable. An `.md` file is a page, unless its front matter says `kind: cable`, or it
holds a telegram and its front matter does not say that it is a page of some kind: a telegram must never be run through
Markdown. Whatever says `kind: note` is a note: it may quote a telegram, and must not become a page of its own.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.intake.decode import Decoded, decode, decode_entities, is_binary
from generator.intake.find import SourceFile, SourceKind, unreadable
from generator.intake.front_matter import FrontMatter, split_front_matter
from generator.intake.front_matter_keys import Kind, field_problems, kind_problems, speaks_of_release
from generator.problem import Problem, Severity
from generator.telegram.recognise import looks_like_telegram

_FENCE_LINE = re.compile(r"^```[^\r\n]*", re.MULTILINE)

# Kinds that people write; a telegram in one is quoted there.
_WRITTEN = ("page", "collection", "note")

_LARGE = 10_000_000  # bytes; a telegram has 66,000 at most


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of any source."""

    path: str
    text: str
    first_line: int  # of the text, 1-based
    front_matter: Mapping[str, Any]
    problems: tuple[Problem, ...]
    # Of the file, by what stands there in front matter: see `FrontMatter.lines`.
    lines: Mapping[str, int] = {}


class CableSource(_Read, frozen=True, kw_only=True):
    """A source that holds a telegram, or a text to be kept as if it were one."""


class PageSource(_Read, frozen=True, kw_only=True):
    """A Markdown page that someone wrote about the cables."""


class NoteSource(_Read, frozen=True, kw_only=True):
    """A note of the editor on a cable, in Markdown."""


Source = CableSource | PageSource | NoteSource


def read_source(file: SourceFile) -> Source | Problem:
    """Read a cable or Markdown file; a Problem where there is nothing to publish."""
    try:
        data = Path(file.absolute).read_bytes()
    except OSError as error:
        return unreadable(file.path, error)
    return understand(data, path=file.path, kind=file.kind)


def understand(data: bytes, *, path: str, kind: SourceKind) -> Source | Problem:
    """What the bytes of a source are; `kind` is what its name says."""
    if not data or data.isspace():
        return _empty(path)
    if is_binary(data):
        return _problem(
            path,
            "binary",
            "the file holds bytes that are no text",
            "warning",
            "it was left out; keep texts only",
        )
    decoded = decode(data)
    front = split_front_matter(decoded.text)
    problems = [*_size_problems(path, len(data)), *_decoding_problems(path, decoded)]
    problems += _front_matter_problems(path, front)
    said = _kind_said(front.fields)
    if said == "note":
        problems += _field_problems(path, front, said, "note")
        return NoteSource(
            path=path,
            text=front.text,
            first_line=front.first_line,
            front_matter=_understood(front.fields, said),
            problems=tuple(problems),
            lines=front.lines,
        )
    unfenced = without_fences(front.text) if kind == "markdown" else front.text
    # Entities are what an export has left in a telegram; in Markdown they are the author's.
    text, entities = decode_entities(unfenced)
    if not _is_cable(kind, said, text):
        problems += _field_problems(path, front, said, "collection" if said == "collection" else "page")
        return PageSource(
            path=path,
            text=front.text,
            first_line=front.first_line,
            front_matter=_understood(front.fields, said),
            problems=tuple(problems),
            lines=front.lines,
        )
    if not text or text.isspace():
        return _empty(path)
    if entities:
        problems.append(_problem(path, "entities", f"{entities} HTML entities were decoded", "info"))
    if unfenced != front.text:
        problems.append(_problem(path, "fence", "the fences of Markdown code were taken off", "info"))
    problems += _field_problems(path, front, said, "cable")
    return CableSource(
        path=path,
        text=text,
        first_line=front.first_line,
        front_matter=front.fields,
        problems=tuple(problems),
        lines=front.lines,
    )


def _kind_said(front_matter: Mapping[str, Any]) -> str:
    """The kind that front matter names; '' where it names none."""
    said = front_matter.get("kind")
    return said.strip().lower() if isinstance(said, str) else ""


def _is_cable(kind: SourceKind, said: str, text: str) -> bool:
    if kind == "cable" or said == "cable":
        return True
    return said not in _WRITTEN and looks_like_telegram(text)


def _field_problems(path: str, front: FrontMatter, said: str, read_as: Kind) -> Iterator[Problem]:
    """What is wrong with the fields of front matter."""
    if front.fields:
        if said:
            yield from kind_problems(said, read_as, path, front.lines.get("kind"))
        yield from field_problems(front.fields, read_as, path, front.lines)


def _understood(front_matter: Mapping[str, Any], said: str) -> Mapping[str, Any]:
    """The fields of a page or note, its kind in small letters; one that speaks of release, which is for cables, is a draft."""
    kind = {"kind": said} if said else {}
    draft = {"draft": "true"} if speaks_of_release(front_matter) else {}
    return {**front_matter, **kind, **draft}


def without_fences(text: str) -> str:
    """The text of a Markdown file that opens with a code block, the lines that fence code left blank.

    Archives that went through another site generator keep their telegrams, or the headers of them, in one. A
    page that shows a telegram has words of its own above it.
    """
    return _FENCE_LINE.sub("", text) if text.lstrip().startswith("```") else text


def _empty(path: str) -> Problem:
    return _problem(path, "empty", "the file is empty", "warning", "it was left out; remove it or fill it")


def _size_problems(path: str, size: int) -> Iterator[Problem]:
    if size > _LARGE:
        yield _problem(
            path,
            "large",
            f"the file has {size / 1_000_000:.0f} MB, a telegram 0.1 MB at most",
            "warning",
            "it is published whole; if it holds many telegrams, cut it into one file each",
        )


def _decoding_problems(path: str, decoded: Decoded) -> Iterator[Problem]:
    """What had to be done to get text out of bytes."""
    if decoded.encoding == "cp1252":
        yield _problem(path, "encoding", "the file is not UTF-8; it was read as Windows-1252", "info")
    if decoded.replaced:
        yield _problem(
            path,
            "encoding-damaged",
            f"{decoded.replaced} letters are no valid UTF-16",
            "warning",
            "U+FFFD stands in their place; save the file again, as UTF-8",
        )
    if decoded.mojibake:
        message = f"{decoded.mojibake} letters had been decoded wrongly and were repaired"
        yield _problem(path, "mojibake", message, "info")
    if decoded.is_damaged:
        yield _problem(
            path,
            "mojibake-damaged",
            "letters had been decoded wrongly, and some of them have lost a part",
            "warning",
            "the text is published as it stands; mend it by hand",
        )


def _front_matter_problems(path: str, front: FrontMatter) -> Iterator[Problem]:
    if front.fault:
        meanwhile = (
            f"the source is held back, since it speaks of {front.speaks_of}"
            if front.speaks_of
            else "it is read as part of the text"
        )
        yield Problem(
            code="front-matter",
            severity="warning",
            source=path,
            line=front.fault_line,
            message=front.fault,
            next_step=f"mend it; until then {meanwhile}",
        )


def _problem(path: str, code: str, message: str, severity: Severity, next_step: str = "") -> Problem:
    return Problem(code=code, severity=severity, source=path, message=message, next_step=next_step)
