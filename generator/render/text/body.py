"""The text of a cable as HTML: one walk over its blocks.

Not a template, since a page has dozens of blocks and one call for each would cost more than all else on the page. The
look of each kind is the stylesheet's: every element has its class. Every word of the cable goes through
`escape_value` or `mark_text`; what stands around the words is written here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup

from generator.render.text.markup import TextLink, escape_value, mark_text
from generator.telegram.cable import Block
from generator.telegram.redactions import Redaction

# The links and redactions in a text, in any order.
FindMarks = Callable[[str], Sequence[TextLink | Redaction]]


def render_body(blocks: Iterable[Block], find_marks: FindMarks) -> Markup:
    """The blocks of a cable's text, in order."""
    return Markup("".join(_elements(blocks, find_marks)))  # noqa: S704 - escaped below, word by word


def _elements(blocks: Iterable[Block], find_marks: FindMarks) -> Iterator[str]:
    for block in blocks:
        match block.kind:
            case "paragraph" | "heading":
                element = "p" if block.kind == "paragraph" else "h2"
                opening = _opening(element, block.anchor, block.role, block.number, block.marking)
                yield f"{opening}{_marked(block.text, find_marks)}</{element}>\n"
            case "list":
                role = f" {block.role}" if block.role else ""
                yield f'<ul class="items{role}">\n'
                for item in block.items:
                    words = _marked(item.text, find_marks)
                    marker = f'<span class="marker">{escape_value(item.marker)}</span>'
                    yield f'<li class="level-{item.level}">{marker} {words}</li>\n'
                yield "</ul>\n"
            case "quote":
                yield f'<blockquote><p class="marker">{escape_value(block.text)}</p>\n'
                yield from _elements(block.blocks, find_marks)
                yield "</blockquote>\n"
            case "gap":
                id_ = f' id="{escape_value(block.anchor)}"' if block.anchor else ""
                yield f'<p class="gap"{id_}>{_gap_in_words(block)}</p>\n'
            case "rule":
                yield "<hr>\n"
            case "table" | "verbatim":
                yield f'<pre class="{block.kind}" tabindex="0">{escape_value(block.text)}</pre>\n'


def _marked(text: str, find_marks: FindMarks) -> str:
    marks = find_marks(text)
    return mark_text(text, marks) if marks else escape_value(text)


# Most paragraphs open like one of another cable: '<p id="par7">', a link '7.', and '(C)'.
@lru_cache(maxsize=5000)
def _opening(
    element: str, anchor: str | None, role: str | None, number: int | None, marking: str | None
) -> str:
    """What stands before the words of a paragraph or heading: the number, which leads to itself, and the marking."""
    id_ = f' id="{escape_value(anchor)}"' if anchor else ""
    class_ = f' class="{role}"' if role else ""
    link = f'<a class="number" href="#{escape_value(anchor)}">{number}.</a> ' if anchor else ""
    mark = f'<span class="mark">({escape_value(marking)})</span> ' if marking else ""
    return f"<{element}{id_}{class_}>{link}{mark}"


def _gap_in_words(block: Block) -> str:
    if block.text != "withheld":
        return f"[Missing here: section {escape_value(block.text)}]"
    return f"{block.number}. [A part is withheld here]" if block.number else "[A part is withheld here]"
