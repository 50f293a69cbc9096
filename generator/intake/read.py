"""Reads one source: decodes it, takes its front matter off, and says whether it is a cable or a page.

A `.txt` or `.cable` file is a cable. An `.md` file is a page, unless its front matter says `kind: cable`, or it
holds a telegram and its front matter does not say `kind: page`: a telegram must never be run through Markdown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.intake.decode import decode, is_binary
from generator.intake.find import SourceFile
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
        return _problem(
            file, "unreadable", f"cannot be read: {error.strerror}", "error", "mend the permission"
        )
    if not data.strip():
        return _problem(
            file, "empty", "the file is empty", "warning", "it was left out; remove it or fill it"
        )
    if is_binary(data):
        return _problem(
            file,
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
                file,
                "large",
                f"the file has {len(data) / 1_000_000:.0f} MB, a telegram 0.1 MB at most",
                "warning",
                "it is published whole; if it holds many telegrams, cut it into one file each",
            )
        )
    if decoded.encoding == "cp1252":
        problems.append(
            _problem(file, "encoding", "the file is not UTF-8; it was read as Windows-1252", "info")
        )
    if decoded.mojibake:
        message = f"{decoded.mojibake} letters had been decoded wrongly and were repaired"
        problems.append(_problem(file, "mojibake", message, "info"))
    if decoded.entities:
        problems.append(_problem(file, "entities", f"{decoded.entities} HTML entities were decoded", "info"))
    if front.fault:
        problems.append(
            Problem(
                code="front-matter",
                severity="warning",
                source=file.path,
                line=front.fault_line,
                message=front.fault,
                next_step="mend it; until then it is read as part of the text",
            )
        )
    source = CableSource if _is_cable(file, front) else PageSource
    return source(
        path=file.path,
        text=front.text,
        first_line=front.first_line,
        front_matter=front.fields,
        problems=tuple(problems),
    )


def _is_cable(file: SourceFile, front: FrontMatter) -> bool:
    kind = front.fields.get("kind")
    if file.kind == "cable" or kind == "cable":
        return True
    return kind != "page" and looks_like_telegram(front.text)


def _problem(file: SourceFile, code: str, message: str, severity: Severity, next_step: str = "") -> Problem:
    return Problem(code=code, severity=severity, source=file.path, message=message, next_step=next_step)
