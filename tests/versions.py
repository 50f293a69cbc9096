"""Whether one version is named everywhere: by a tag, the package, the CHANGELOG, and what the documents install.

    python tests/versions.py v0.2.0      what the release workflow runs: it prints what the CHANGELOG says of that version

It needs nothing but Python, since it runs before anything is installed.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

_UNRELEASED = "Unreleased"

# A heading is `## Unreleased`, or a version with its day: `## 0.2.0 (2026-12-01)`.
_HEADING = re.compile(r"^## (?P<version>\S+)(?: \(\d{4}-\d\d-\d\d\))?$", re.MULTILINE)

# A wheel is `cablepress-0.2.0-py3-none-any.whl`, a requirement `cablepress==0.2.0`.
_INSTALLED = re.compile(r"\bcablepress(?:-|==)(?P<version>\d+(?:\.\d+)+)")


def version_of(root: Path) -> str:
    """The version of the package."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert isinstance(version, str)
    return version


def notes_of(root: Path, version: str) -> str:
    """What the CHANGELOG says of a version, below its heading; '' where it has none."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        if heading["version"] == version:
            return text[heading.end() : end].strip() + "\n"
    return ""


def disagreements(root: Path, tag: str | None = None) -> Iterator[str]:
    """What names another version than the package does; with a tag, also why it cannot be released."""
    version = version_of(root)
    changelog = [found["version"] for found in _HEADING.finditer((root / "CHANGELOG.md").read_text("utf-8"))]
    newest = changelog[0] if changelog else "nothing"
    if tag is not None and tag != f"v{version}":
        yield f"the tag is {tag}, and pyproject.toml says {version}"
    if newest == _UNRELEASED:
        if tag is not None:
            yield f"CHANGELOG.md begins with {_UNRELEASED}, and not with {version}"
        if version in changelog:
            yield f"CHANGELOG.md has changes since {version}, and pyproject.toml still says {version}"
    elif newest != version:
        yield f"CHANGELOG.md begins with {newest}, and pyproject.toml says {version}"
    for page in [root / "README.md", *sorted((root / "content/docs").glob("*.md"))]:
        for named in sorted(
            {found["version"] for found in _INSTALLED.finditer(page.read_text("utf-8"))} - {version}
        ):
            yield f"{page.relative_to(root)} installs {named}, and pyproject.toml says {version}"


def main() -> None:
    """Compare the versions with the tag that was named."""
    (tag,) = sys.argv[1:]
    if found := list(disagreements(ROOT, tag)):
        sys.exit("\n".join(found))
    sys.stdout.write(notes_of(ROOT, version_of(ROOT)))


if __name__ == "__main__":
    main()
