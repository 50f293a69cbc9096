"""An extension of Markdown: ids of cables are links, and `[[...]]` on a line of its own is set in by the archive.

An id is one in prose, never in code, in a link or in a longer word. What it leads to, and what stands in the place of
`[[...]]`, an `Apparatus` says.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from generator.render.text.apparatus import Apparatus

# '08ASTANA2165' and '08ASTANA2165#par7', in no word and no address.
ID_IN_TEXT = (
    r"(?<![^\W_])(?<![/#@=&?])(?<!\w[.-])(?<![^\W_]_)(?P<id>[0-9]{2}[A-Z]{2,40}[1-9][0-9]{0,6})(?:#par(?P<paragraph>[1-9][0-9]{0,2}))?"
    r"(?![^\W_]|_[^\W_]|-\w)"
)

BLOCK_LINE = re.compile(r"^ {0,3}\[\[(?P<inside>[^\n]*)\]\] *$", re.MULTILINE)
_NAME = re.compile(r"[a-z]+(?![^ ])")


class Cables(Extension):
    """Lets a text show what the archive holds."""

    def __init__(self, apparatus: Apparatus) -> None:
        super().__init__()
        self._apparatus = apparatus

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register what looks for ids, behind code and links, and for blocks, behind indented code."""
        md.inlinePatterns.register(_Ids(md, self._apparatus), "cables", 115)
        md.parser.blockprocessors.register(_Blocks(md.parser, self._apparatus), "live_blocks", 75)


class _Ids(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, apparatus: Apparatus) -> None:
        super().__init__(ID_IN_TEXT, md)
        self._apparatus = apparatus

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name; its types are those of an older class
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        paragraph = int(m["paragraph"]) if m["paragraph"] else None
        link = self._apparatus.link(m["id"], paragraph)
        if link is None:
            return None, None, None
        element = Element("a", href=_verbatim(link.href), title=_verbatim(link.title))
        element.text = AtomicString(m["id"] if paragraph is None else f"{m['id']}, paragraph {paragraph}")
        return element, m.start(0), m.end(0)


def _verbatim(value: str) -> str:
    """The value of an attribute in which Markdown takes nothing for a character reference."""
    return value.replace("&", "&amp;")


class _Blocks(BlockProcessor):
    def __init__(self, parser: BlockParser, apparatus: Apparatus) -> None:
        super().__init__(parser)
        self._apparatus = apparatus

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Markdown's signature
        return _find(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = _find(block)
        if found is None:
            raise ValueError("there is no such line")
        before, after = block[: found.start()].rstrip("\n"), block[found.end() :].lstrip("\n")
        if before:
            self.parser.parseBlocks(parent, [before])
        name, _, words = found["inside"].strip().partition(" ")
        shown = self._apparatus.block(name, words.strip())
        element = SubElement(parent, "p")
        element.text = found[0].strip() if shown is None else self.parser.md.htmlStash.store(shown)
        if after:
            blocks.insert(0, after)


def _find(block: str) -> re.Match[str] | None:
    """The first line such as '[[list tag:PGOV]]'."""
    return next((line for line in BLOCK_LINE.finditer(block) if _NAME.match(line["inside"].lstrip())), None)
