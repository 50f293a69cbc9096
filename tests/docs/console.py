"""Runs the blocks of a page as a reader would, in one scratch folder, and compares what is said with what the page shows.

A line that begins with '$ ' is a command; what stands below it, up to the next, is what it says. Where nothing stands, the
command must succeed; '...' stands for what varies: alone on a line for any lines, within one for any letters. Two
blanks or more are as good as any number of them, since columns are as wide as their longest word. `cablepress` runs in this
process, since that takes a tenth of the time; all else in bash.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from generator.cli import main

# The day on which all commands of the documents run.
DAY = "2026-11-28"
_EPOCH = "1795824000"  # its beginning

_ENVIRONMENT = {
    "NO_COLOR": "1",
    "COLUMNS": "80",
    "SOURCE_DATE_EPOCH": _EPOCH,
    "GIT_AUTHOR_NAME": "Fritz",
    "GIT_AUTHOR_EMAIL": "fritz@example.org",
    "GIT_COMMITTER_NAME": "Fritz",
    "GIT_COMMITTER_EMAIL": "fritz@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
}

_PROGRESS = re.compile(r"^[A-Z][a-z ]+: [\d,.]+ of [\d,.]+(?: [kMG]?B)?\n", re.MULTILINE)
_FOR_BASH = re.compile(r"[|&;<>$*?`~]")
_HEREDOC = re.compile(r"<<'?(\w+)'?")

# What is another each time, and how the documents write it.
_VARYING = (
    (re.compile(r"\b\d+\.\d+ s\b"), "... s"),
    (re.compile(r"^site      .*$", re.MULTILINE), "site      ... written, ..."),
    (re.compile(r"^budget    .*$", re.MULTILINE), "budget    ... files, ..."),
    (
        re.compile(r"^ {10}\S+ of what GitHub Pages takes, some \S+ s to deploy by estimate$", re.MULTILINE),
        "          ... of what GitHub Pages takes, some ... to deploy by estimate",
    ),
    (re.compile(r"\b\d+ files of site, .*$", re.MULTILINE), "... files of site, ..."),
    (re.compile(r"\bthe same \d+ files\b"), "the same ... files"),
    (re.compile(r"Python \d.*$", re.MULTILINE), "Python ..."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command, and what the page shows below it."""

    command: str
    shown: str


def steps_of(text: str) -> Iterator[Step]:
    """The commands of a block."""
    lines = text.splitlines(keepends=True)
    while lines:
        command = lines.pop(0)
        if not command.startswith("$ "):
            raise ValueError(f"a command begins with '$ ', not {command!r}")
        command = command.removeprefix("$ ")
        if heredoc := _HEREDOC.search(command):
            while lines and not command.endswith(f"\n{heredoc[1]}\n"):
                command += lines.pop(0)
        shown = ""
        while lines and not lines[0].startswith("$ "):
            shown += lines.pop(0)
        yield Step(command=command, shown=shown)


class Shell:
    """A folder in which commands run, one after the other."""

    def __init__(self, folder: Path, bin_: Path) -> None:
        """Begin in a folder; into `bin_` goes a `cablepress` for what runs in bash."""
        self.folder = folder
        self.status = 0
        program = bin_ / "cablepress"
        program.write_text(
            f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c 'from generator.cli import main; main()' \"$@\"\n"
        )
        program.chmod(0o755)
        self._environment = {
            **os.environ,
            **_ENVIRONMENT,
            "PATH": f"{bin_}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        }

    def run(self, command: str) -> str:
        """Run a command and give what it says."""
        if command.split()[0] == "cd":
            self.folder = self.folder / shlex.split(command)[1]
            self.status = 0 if self.folder.is_dir() else 1
            return ""
        if command.split()[0] == "cablepress" and not _FOR_BASH.search(command):
            return self._cablepress(shlex.split(command))
        finished = subprocess.run(
            ["bash", "-c", command.replace("$?", str(self.status))],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        self.status = finished.returncode
        return _PROGRESS.sub("", finished.stdout.decode())

    def _cablepress(self, words: list[str]) -> str:
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        kept, before = sys.argv, dict(os.environ)
        sys.argv = words
        os.environ.update(_ENVIRONMENT)
        try:
            with chdir(self.folder), redirect_stdout(said), redirect_stderr(said):
                main()
        except SystemExit as ended:
            self.status = int(ended.code or 0)
        finally:
            sys.argv = kept
            os.environ.clear()
            os.environ.update(before)
        said.seek(0)
        text = said.read()
        return _PROGRESS.sub("", text)


def is_as_shown(shown: str, said: str) -> bool:
    """Whether what was said is what a page shows."""
    pattern = ""
    for line in shown.rstrip().split("\n"):
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*"
        else:
            escaped = "[^\n]*".join(re.escape(piece) for piece in line.rstrip().split("..."))
            pattern += re.sub(r"(?:\\ ){2,}", " {2,}", escaped) + r"[ \t]*\n"
    return re.fullmatch(pattern, said.rstrip() + "\n") is not None


def with_what_varies(said: str) -> str:
    """What was said, as a page shows it."""
    for pattern, written in _VARYING:
        said = pattern.sub(written, said)
    return "".join(f"{line.rstrip()}\n" for line in said.rstrip().split("\n"))
