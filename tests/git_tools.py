"""Git for tests: repositories in scratch folders, as nobody's settings have them."""

import os
import subprocess
from pathlib import Path

# What a person's own settings would change.
OF_NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Fritz",
    "GIT_AUTHOR_EMAIL": "fritz@example.org",
    "GIT_COMMITTER_NAME": "Fritz",
    "GIT_COMMITTER_EMAIL": "fritz@example.org",
}


def git(folder: Path, *words: str, stdin: bytes | None = None) -> str:
    """Run git in a folder; what it answers. Whatever it is asked must succeed."""
    finished = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**os.environ, **OF_NOBODY},
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode()
    return finished.stdout.decode().rstrip("\n")
