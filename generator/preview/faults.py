"""What is broken, as the browser and the terminal show it: place, lines around it, what to do.

A fault is made of an exception that ended a build, or of a problem of a cable that was just edited.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.build.report import BuildFailed, BuildRefused
from generator.preview.places import Places
from generator.problem import Problem
from generator.release.ledger import LedgerError
from generator.render.template_files import TemplateProblem
from generator.settings import SettingsError

# What ends a build and has a sentence of its own to say.
BUILD_ERRORS = (BuildFailed, BuildRefused, LedgerError, SettingsError, TemplateProblem)

_AROUND = 2  # lines of an excerpt above and below the one that is meant
_LONGEST_LINE = 200  # letters of a line that are shown
_LARGEST = 1_000_000  # bytes of a file of which an excerpt is made

_MEND = "mend it and save; until then the last good pages are shown"

# How messages on settings and on the ledger begin.
_PLACE = re.compile(r"(?P<file>[^:\n]+?)(?::(?P<line>\d+))?: (?P<message>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an excerpt."""

    number: int | None  # None where it is not known
    text: str
    is_meant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is broken."""

    severity: Literal["error", "warning"]
    place: str  # 'content/a.txt:3:7', with as much as is known; '' where it is of no file
    message: str
    excerpt: tuple[Line, ...] = ()
    column: int | None = None  # of the line that is meant, 1-based
    next_step: str = ""


def faults_of_error(error: Exception, places: Places, *, is_private: bool) -> tuple[Fault, ...]:
    """What an exception that ended a build has to say.

    Where others than the editor may look on, lines of the ledger are not quoted: they hold what must not be read.
    """
    match error:
        case TemplateProblem():
            return (_in_file(error.file or Path("templates", error.name), error.line, error.reason, places),)
        case SettingsError():
            return tuple(_from_message(message, places.project, places) for message in error.messages)
        case LedgerError():
            faults = (_from_message(message, places.content, places) for message in error.messages)
            return tuple(fault if is_private else replace(fault, excerpt=()) for fault in faults)
        case BuildFailed() | BuildRefused():
            return (Fault(severity="error", place="", message=str(error)),)
        case _:
            return (
                Fault(
                    severity="error",
                    place="",
                    message=f"cablepress itself went wrong: {type(error).__name__}: {error}",
                    next_step="the terminal shows where; please report it",
                ),
            )


def faults_of_problems(problems: Iterable[Problem], places: Places) -> Iterator[Fault]:
    """What is wrong with cables, notes on repairs left out.

    The excerpt is the problem's own: it went through the release, the file did not.
    """
    for problem in problems:
        if problem.severity != "info":
            line = Line(number=problem.line, text=problem.excerpt, is_meant=True)
            yield Fault(
                severity=problem.severity,
                place=f"{places.label(places.content)}/{problem.location}",
                message=problem.message,
                excerpt=(line,) if problem.excerpt else (),
                column=problem.column,
                next_step=problem.next_step,
            )


def in_short(fault: Fault) -> str:
    """A fault as one line of the terminal."""
    return f"{fault.place}: {fault.message}" if fault.place else fault.message


def excerpt_around(text: str, line: int) -> tuple[Line, ...]:
    """The lines of a text around one, which is counted from 1; none where there is no such line."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return ()
    first, last = max(1, line - _AROUND), min(len(lines), line + _AROUND)
    return tuple(
        Line(number=number, text=_shortened(lines[number - 1]), is_meant=number == line)
        for number in range(first, last + 1)
    )


def _from_message(message: str, folder: Path, places: Places) -> Fault:
    """A message that begins with the name of a file in `folder`."""
    found = _PLACE.match(message)
    if found is None or not (folder / found["file"]).is_file():
        return Fault(severity="error", place="", message=message, next_step=_MEND)
    line = int(found["line"]) if found["line"] else None
    return _in_file(folder / found["file"], line, found["message"], places)


def _in_file(file: Path, line: int | None, message: str, places: Places) -> Fault:
    place = places.label(file)
    return Fault(
        severity="error",
        place=f"{place}:{line}" if line is not None else place,
        message=message,
        excerpt=excerpt_around(_read(file), line) if line is not None else (),
        next_step=_MEND,
    )


def _read(file: Path) -> str:
    """The text of a file, or nothing."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST)
    except OSError:
        return ""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} ..."


def in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Faults, the gravest first and otherwise as they came."""
    return tuple(sorted(faults, key=lambda fault: fault.severity != "error"))
