"""The workflow that builds, checks and publishes a project at GitHub Pages, at every push.

It stands beside this module as `pages.yml`, to be read as it is; only the branch and the version of the program are put
in. The digests of its actions are those of this repository's own workflows, and a test holds the two together.
"""

import re
from importlib.metadata import version
from pathlib import Path

WORKFLOW = ".github/workflows/pages.yml"

BRANCH = "main"  # of a project that is in no repository yet

_TEMPLATE = Path(__file__).with_name("pages.yml")

# A name of other letters could be a pattern to GitHub, or end the text that it stands in.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")


class WorkflowRefused(Exception):
    """The workflow was not written; the message says why, and what to do."""


def workflow_text(*, branch: str = BRANCH) -> str:
    """Give the workflow for a project whose archive is pushed to `branch`.

    It installs the version of the program that is running. Raises WorkflowRefused for a branch that it cannot name.
    """
    if not _PLAIN.fullmatch(branch):
        raise WorkflowRefused(
            f"a workflow cannot be run by the branch {branch!r}; "
            "give it a name of the letters A to Z, digits, '.', '_', '-' and '/': git branch --move main"
        )
    text = _TEMPLATE.read_text("utf-8")
    return text.replace("BRANCH", branch).replace("==VERSION", f"=={version('cablepress')}")


def write_workflow(folder: Path, *, branch: str = BRANCH) -> Path:
    """Write the workflow into the project in `folder`, and give its path.

    Raises WorkflowRefused where there is one already, which is left as it is, or the branch cannot be named; OSError
    where nothing can be written.
    """
    text = workflow_text(branch=branch)
    path = folder / WORKFLOW
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise WorkflowRefused(
            f"{path} is there already, and was left as it is; to have this version's, move it away and write it again"
        ) from None
    return path
