"""A project's own templates and assets: which there are, which built-in files they replace, and copies to begin with.

What each file is for stands in the README of the templates, and is taken from there.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath

from generator.render.template_files import builtin_templates

_README = "README.md"

# A row of its table of files.
_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<about>[^|]*?) \|", re.MULTILINE)


class UnknownTemplate(Exception):
    """No built-in template or asset has this name; `near` is the nearest, None where there is none."""

    def __init__(self, name: str) -> None:
        found = get_close_matches(name, [file.name for file in _builtin_files()], n=1)
        self.near = found[0] if found else None
        super().__init__(name)


class OwnTemplateExists(Exception):
    """The project has a file of this name already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """A template or asset."""

    name: str  # below templates/: 'parts/lists.html'
    about: str  # what it is for; '' for one of the project's own that replaces nothing
    is_own: bool  # whether the project has a file of this name


def list_templates(own: Path) -> list[TemplateFile]:
    """All built-in templates and assets, in the order of their README, then those that only the project has."""
    mine = _files_below(own) if own.is_dir() and not _is_builtin(own) else []
    builtin = [
        TemplateFile(name=file.name, about=file.about, is_own=file.name in mine) for file in _builtin_files()
    ]
    known = {file.name for file in builtin}
    return builtin + [
        TemplateFile(name=name, about="", is_own=True)
        for name in mine
        if name not in known and name != _README
    ]


def eject_template(name: str, own: Path, *, overwrites: bool = False) -> Path:
    """Copy a built-in template or asset into the project's folder, and give the path of the copy.

    Raises UnknownTemplate; OwnTemplateExists, unless it `overwrites`; OSError where it cannot be written.
    """
    name = PurePath(name).as_posix().removeprefix("templates/")
    if name not in {file.name for file in _builtin_files()}:
        raise UnknownTemplate(name)
    copy = own / name
    if copy.exists() and (_is_builtin(own) or not overwrites):
        raise OwnTemplateExists(name)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes((builtin_templates() / name).read_bytes())
    return copy


def _builtin_files() -> list[TemplateFile]:
    """Those that are there, in the order of the README."""
    folder = builtin_templates()
    rows = _ROW.finditer((folder / _README).read_text("utf-8"))
    about = {row["name"]: row["about"].replace("`", "") for row in rows}
    there = [name for name in _files_below(folder) if name != _README]
    ordered = [name for name in about if name in there]
    return [
        TemplateFile(name=name, about=about.get(name, ""), is_own=False)
        for name in [*ordered, *(name for name in there if name not in about)]
    ]


def _files_below(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]


def _is_builtin(folder: Path) -> bool:
    """Whether a folder is that of the built-in templates, as in a checkout of the program."""
    return folder.resolve() == builtin_templates().resolve()
