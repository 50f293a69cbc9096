"""Where templates and the files they use are found, and the error of one that is broken."""

from collections.abc import Iterator, Sequence
from pathlib import Path

ASSETS = "assets"


class TemplateProblem(Exception):
    """A template cannot be used; the text names the file, the line and the reason."""

    def __init__(self, name: str, reason: str, file: Path | None = None, line: int | None = None) -> None:
        """`name` is the template's, below templates/; `file` is None where there is none, `line` where none is known."""
        self.name = name
        self.reason = reason
        self.file = file
        self.line = line
        place = f"{name}:{line}" if line is not None else name
        super().__init__(f"templates/{place}: {reason}")

    def __reduce__(self) -> tuple[type["TemplateProblem"], tuple[object, ...]]:
        """How it comes out of a worker process as it went in."""
        return TemplateProblem, (self.name, self.reason, self.file, self.line)


def builtin_templates() -> Path:
    """The folder of the built-in templates: in an installed package, or at the top of a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def template_folders(project: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for, in order."""
    builtin = builtin_templates()
    if project is None or not project.is_dir() or project.resolve() == builtin.resolve():
        return (builtin,)
    return (project, builtin)


def read_assets(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Each asset's address and bytes, in order; one of the project's own replaces a built-in one."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        for path in sorted((folder / ASSETS).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found[path.relative_to(folder).as_posix()] = path
    for address in sorted(found):
        yield address, found[address].read_bytes()
