"""An archive that is published for tests: one telegram, in a repository of its own, with a bare repository as its remote."""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from git_tools import OF_NOBODY, git
from site_tools import snapshot, telegram, write_files

from generator.cli import main

SETTINGS = """\
title = "The Salt Papers"

[search]
enabled = false

[related]
enabled = false

[data]
csv = false
jsonl = false
"""

_PROGRESS = re.compile(r"^[A-Z][a-z ]+: [\d,]+ of [\d,]+\n", re.MULTILINE)

# What the wall clock is for all that is published here.
_DAY = {"SOURCE_DATE_EPOCH": "1795824000", "NO_COLOR": "1", "COLUMNS": "100"}


@dataclass(frozen=True)
class Said:
    """How a command ended, and its words."""

    status: int
    out: str
    err: str  # without the lines of progress


@dataclass(frozen=True)
class Archive:
    """A folder with telegrams and a site, and the repository that this is published to."""

    folder: Path
    remote: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def run(self, *words: str, environment: Mapping[str, str] | None = None) -> Said:
        """Run cablepress in this process, where nobody is at the terminal."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        status = 0
        with (
            _called(words, {**OF_NOBODY, **_DAY, **(environment or {})}),
            chdir(self.folder),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as ended:
                status = int(ended.code or 0)
        for stream in (out, err):
            stream.seek(0)
        return Said(status, out.read(), _PROGRESS.sub("", err.read()))

    def publish(self, *words: str, **environment: str) -> Said:
        """Publish without asking."""
        return self.run("publish", "--yes", *words, environment=environment)

    def build(self, *words: str) -> None:
        assert self.run("build", "--quiet", *words).status == 0

    def published(self, branch: str = "gh-pages") -> dict[str, bytes] | None:
        """Every file that the branch of the remote holds; None where there is no such branch."""
        if not self.tip(branch):
            return None
        packed = subprocess.run(
            ["git", "archive", "--format=tar", branch], cwd=self.remote, capture_output=True, check=True
        )
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as tar:
            return {
                one.name: file.read()
                for one in tar
                if one.isfile() and (file := tar.extractfile(one)) is not None
            }

    def tip(self, branch: str = "gh-pages") -> str:
        """The commit that a branch of the remote holds; '' for none."""
        return git(self.remote, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def edit(self, text: str = "1. (U) It thawed.") -> None:
        """Change the telegram, and build."""
        write_files(self.folder, {"content/1.txt": telegram(text=text)})
        self.build()

    @contextmanager
    def clone(self, branch: str = "gh-pages") -> Iterator[Path]:
        """Somebody else's clone of a branch, gone at the end."""
        folder = self.remote.parent / "clone"
        git(self.remote.parent, "clone", "--quiet", "--branch", branch, str(self.remote), str(folder))
        yield folder
        shutil.rmtree(folder)


@contextmanager
def _called(words: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[None]:
    """This process as one that was called with some words, and nobody at the keyboard."""
    argv, stdin, before = sys.argv, sys.stdin, dict(os.environ)
    sys.argv = ["cablepress", *words]
    os.environ.update(environment)
    try:
        with Path(os.devnull).open() as sys.stdin:
            yield
    finally:
        sys.argv, sys.stdin = argv, stdin
        os.environ.clear()
        os.environ.update(before)


def new_archive(folder: Path, files: Mapping[str, str] | None = None) -> Archive:
    """An archive that was built, with its sources committed; `files` are more of these."""
    archive = Archive(folder / "pap\u00e9rs of ruritania", folder / "the remote.git")
    write_files(
        archive.folder,
        {
            "content/1.txt": telegram(),
            "cablepress.toml": SETTINGS,
            ".gitignore": "/site/\n/parts/\n/.cablepress/\n",
        },
    )
    write_files(archive.folder, files or {})
    archive.build()
    git(archive.folder, "init", "--quiet", "--initial-branch=main")
    git(archive.folder, "add", ".")
    git(archive.folder, "commit", "--quiet", "--message=The papers")
    git(archive.folder, "init", "--quiet", "--bare", "--initial-branch=main", str(archive.remote))
    git(archive.folder, "remote", "add", "origin", str(archive.remote))
    return archive


def site_of(archive: Archive) -> dict[str, bytes]:
    """Every file of the site."""
    return snapshot(archive.site)
