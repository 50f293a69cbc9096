"""Reads one source: decodes it, takes its front matter off, and says whether it is a cable or a page.

A `.txt` or `.cable` file is a cable. An `.md` file is a page, unless its front matter says `kind: cable`, or it
holds a telegram and its front matter does not say `kind: page`: a telegram must never be run through Markdown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.intake.decode import decode, is_binary
from generator.intake.find import SourceFile, SourceKind, unreadable
from generator.intake.front_matter import FrontMatter, split_front_matter
from generator.problem import Problem, Severity
from generator.telegram.recognise import looks_like_telegram

_LARGE = 10_000_000  # bytes; a telegram has 66,000 at most


@dataclass(frozen=True, slots=True, kw_only=True)
class CableSource:
    """A source that holds a telegram, or a text to be kept as if it were one."""

    path: str
    text: str
    first_line: int  # of the text, 1-based
    front_matter: Mapping[str, Any]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A Markdown page that someone wrote about the cables."""

    path: str
    text: str
    first_line: int
    front_matter: Mapping[str, Any]
    problems: tuple[Problem, ...]


def read_source(file: SourceFile) -> CableSource | PageSource | Problem:
    """Read a cable or Markdown file; a Problem where there is nothing to publish."""
    try:
        data = Path(file.absolute).read_bytes()
    except OSError as error:
        return unreadable(file.path, error)
    return understand(data, path=file.path, kind=file.kind)


def understand(data: bytes, *, path: str, kind: SourceKind) -> CableSource | PageSource | Problem:
    """What the bytes of a source are; `kind` is what its name says."""
    if not data.strip():
        return _problem(
            path, "empty", "the file is empty", "warning", "it was left out; remove it or fill it"
        )
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
    problems: list[Problem] = []
    if len(data) > _LARGE:
        problems.append(
            _problem(
                path,
                "large",
                f"the file has {len(data) / 1_000_000:.0f} MB, a telegram 0.1 MB at most",
                "warning",
                "it is published whole; if it holds many telegrams, cut it into one file each",
            )
        )
    if decoded.encoding == "cp1252":
        problems.append(
            _problem(path, "encoding", "the file is not UTF-8; it was read as Windows-1252", "info")
        )
    if decoded.mojibake:
        message = f"{decoded.mojibake} letters had been decoded wrongly and were repaired"
        problems.append(_problem(path, "mojibake", message, "info"))
    if decoded.entities:
        problems.append(_problem(path, "entities", f"{decoded.entities} HTML entities were decoded", "info"))
    if front.fault:
        problems.append(
            Problem(
                code="front-matter",
                severity="warning",
                source=path,
                line=front.fault_line,
                message=front.fault,
                next_step="mend it; until then it is read as part of the text",
            )
        )
    source = CableSource if _is_cable(kind, front) else PageSource
    return source(
        path=path,
        text=front.text,
        first_line=front.first_line,
        front_matter=front.fields,
        problems=tuple(problems),
    )


def _is_cable(kind: SourceKind, front: FrontMatter) -> bool:
    said = front.fields.get("kind")
    if kind == "cable" or said == "cable":
        return True
    return said != "page" and looks_like_telegram(front.text)


def _problem(path: str, code: str, message: str, severity: Severity, next_step: str = "") -> Problem:
    return Problem(code=code, severity=severity, source=path, message=message, next_step=next_step)
