"""Runs git: the one place that does.

Words go to git as a list, through no shell. What it says is read in English and shown without control characters, and
without the passwords that an address may hold. It asks for a password only where a person is there to give it.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NEEDED = (2, 25)  # the oldest git that knows all that is asked of it

# What names another repository than the one that git finds by itself, as it does while git runs a hook.
_OF_A_REPOSITORY = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR "
    "GIT_NAMESPACE GIT_PREFIX GIT_QUARANTINE_PATH GIT_SHALLOW_FILE GIT_GRAFT_FILE".split()
)

_CONTROLS = {number: None for number in (*range(32), *range(127, 160)) if number != ord("\n")}
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
_VERSION = re.compile(r"(\d+)\.(\d+)")


class GitMissing(Exception):
    """There is no git on this machine."""


class GitFailed(Exception):
    """Git ended with another status than 0; the text is what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a command of git ended."""

    status: int
    out: bytes
    err: str  # fit to be shown

    @property
    def text(self) -> str:
        """What it wrote, as text without the last line's end."""
        return self.out.decode("utf-8", "replace").rstrip("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Git, at work in a folder."""

    folder: Path
    asks: bool = False  # whether a person is there whom git may ask for a password
    environment: Mapping[str, str] = field(default_factory=dict)  # beside that of this process

    def run(self, *words: str, **environment: str) -> Said:
        """Run a command, however it ends. Raises GitMissing."""
        return self.run_program("git", *words, **environment)

    def run_program(self, *words: str, **environment: str) -> Said:
        """Run a program that calls git, as git itself is run."""
        try:
            finished = subprocess.run(  # noqa: S603
                words,
                cwd=self.folder,
                env={**_surroundings(asks=self.asks), **self.environment, **environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            if not self.folder.is_dir():
                raise
            raise GitMissing from error
        return Said(
            status=finished.returncode,
            out=finished.stdout,
            err=shown(finished.stderr.decode("utf-8", "replace")),
        )

    def ask(self, *words: str) -> str | None:
        """What a command answers; None where it ends with another status than 0."""
        said = self.run(*words)
        return said.text if said.status == 0 else None

    def do(self, *words: str, **environment: str) -> str:
        """What a command answers, which must not fail. Raises GitFailed."""
        said = self.run(*words, **environment)
        if said.status:
            raise GitFailed(said.err or f"git {words[0]} ended with status {said.status}")
        return said.text

    def version(self) -> tuple[int, int]:
        """The version of git: (2, 39)."""
        found = _VERSION.search(self.do("version"))
        return (int(found[1]), int(found[2])) if found else NEEDED


def shown(text: str) -> str:
    """A text of git's as it may be shown: no control characters, no passwords, no lines that it has overwritten."""
    lines = (line.rpartition("\r")[2] for line in text.replace("\r\n", "\n").split("\n"))
    return without_password("\n".join(line.rstrip() for line in lines).translate(_CONTROLS)).strip("\n")


def without_password(text: str) -> str:
    """A text without the names and passwords in its addresses; `git@` stays, being no secret."""
    return _PASSWORD.sub(lambda found: "git@" if found[0] == "git@" else "", text)


def quoted_folder(folder: Path) -> str:
    """A folder as GIT_ALTERNATE_OBJECT_DIRECTORIES wants it, whatever letters are in its name."""
    escaped = os.fspath(folder).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _surroundings(*, asks: bool) -> dict[str, str]:
    """The environment of git: this process's, in English, and mute where nobody is there."""
    found = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    found.pop("LC_ALL", None)
    found.pop("LANGUAGE", None)
    found |= {"LC_MESSAGES": "C", "GIT_PAGER": "cat"}
    if not asks:
        found |= {
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS": "",
            "GCM_INTERACTIVE": "never",
        }
        found.setdefault("SSH_ASKPASS_REQUIRE", "never")
    return found
