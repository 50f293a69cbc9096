"""The documents of users, README.md and content/docs/, cut into the blocks of code that tests run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "content" / "docs"

PAGES = tuple(path.relative_to(ROOT).as_posix() for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))])

_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)

# 'Put this into `content/release.toml`:' names the file that the block below is.
_FILE = re.compile(
    r"`(?P<path>(?:content|templates|\.github)/[^`\s]+|cablepress\.toml|\.gitlab-ci\.yml)`(?:[^\n`]|\n(?!\n))*:\s*\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of code of a document."""

    page: str
    line: int
    language: str  # 'console', 'toml'; '' where none is said
    text: str
    file: str | None  # the file of a project that it is said to be

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks_of(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    text = text_of(page)
    for found in _BLOCK.finditer(text):
        named = _FILE.search(text, 0, found.start())
        yield Block(
            page=page,
            line=text.count("\n", 0, found.start()) + 1,
            language=found["language"].strip(),
            text=found["text"],
            file=named["path"] if named else None,
        )


def blocks(*languages: str) -> list[Block]:
    """The blocks of some languages in all pages."""
    return [block for page in PAGES for block in blocks_of(page) if block.language in languages]


def without_code(text: str) -> str:
    """The text of a page without its blocks of code and what stands between backticks."""
    return re.sub(r"`[^`\n]+`", "", _BLOCK.sub("", text))
