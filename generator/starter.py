"""`cablepress new`: a folder that builds at once, with a few specimen telegrams, commented settings and a workflow.

The telegrams are some of the project's own fictional archive, so that there is one copy of each: in a
checkout they stand in content/, in an installed package beside this module.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.publish.workflow import WORKFLOW, workflow_text
from generator.settings import commented_settings

# Several shapes: eras, damage, a Markdown page. pyproject.toml puts the same files into the wheel.
SPECIMENS = (
    "about.md",
    "reading-a-telegram.md",
    "1966/66STRELSAU412.txt",
    "1974/74STRELSAU1873.txt",
    "1984/84EDELWEISS931.txt",
    "1989/89SLAVNA4410.txt",
    "1997/97ZENDA88.txt",
    "2006/06EDELWEISS615.txt",
    "2008/08STRELSAU777.txt",
)

_SETTINGS = "cablepress.toml"

_IGNORED = """\
# what cablepress writes
/site/
/parts/
/.cablepress/
"""


class FolderNotEmpty(Exception):
    """The folder for a new project holds something already."""


def new_project(folder: Path, *, into_existing: bool = False) -> tuple[Path, ...]:
    """Make a project in `folder` and return the files written.

    An existing file is never overwritten. A folder that holds anything raises FolderNotEmpty, unless
    `into_existing`: then only the files that are missing are written. OSError where nothing can be written.
    """
    if not into_existing and folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder)
    written: list[Path] = []
    for name, data in _files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        written.append(path)
    return tuple(written)


def specimen_folder() -> Path:
    """Where the specimens stand: content/ of the checkout, or its copy in the installed package."""
    package = Path(__file__).parent
    installed = package / "content"
    return installed if installed.is_dir() else package.parent / "content"


def _files() -> Iterator[tuple[str, bytes]]:
    """Each file of a new project: its path below the folder, and its bytes."""
    yield _SETTINGS, commented_settings().encode()
    yield ".gitignore", _IGNORED.encode()
    yield WORKFLOW, workflow_text().encode()
    specimens = specimen_folder()
    for name in SPECIMENS:
        yield f"content/{name}", (specimens / name).read_bytes()
