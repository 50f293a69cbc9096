"""Markdown in a note of the editor, which stands on the page of a cable, and may not be the only one there.

Its headings are bold lines: as headings they would part the telegram around it into sections that it does not have. All its
anchors (of headings, of footnotes, and those that an author set) begin with the note's own, so that nothing on the page has
two of one name: a note cannot take the place of `par7`.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class InNote(Extension):
    """Keeps a note out of the way of what stands around it."""

    def __init__(self, anchor: str) -> None:
        super().__init__()
        self._anchor = anchor

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look at every element that Markdown has made."""
        md.treeprocessors.register(_BoldHeadings(md), "bold_headings", 4)  # once they have their anchors
        md.treeprocessors.register(
            _OwnAnchors(md, self._anchor), "own_anchors", -90
        )  # after all that makes any


class _BoldHeadings(Treeprocessor):
    def run(self, root: Element) -> None:
        for heading in [element for element in root.iter() if element.tag in _HEADINGS]:
            words, inner = heading.text, list(heading)
            for element in inner:
                heading.remove(element)
            heading.tag, heading.text = "p", None
            bold = SubElement(heading, "strong")
            bold.text = words
            bold.extend(inner)


class _OwnAnchors(Treeprocessor):
    def __init__(self, md: Markdown, anchor: str) -> None:
        super().__init__(md)
        self._anchor = anchor

    def run(self, root: Element) -> None:
        anchors = {id_ for element in root.iter() if (id_ := element.get("id")) is not None}
        for element in root.iter():
            id_, href = element.get("id"), element.get("href", "")
            if id_ is not None:
                element.set("id", f"{self._anchor}-{id_}")
            if href[:1] == "#" and href[1:] in anchors:
                element.set("href", f"#{self._anchor}-{href[1:]}")
