"""The one place where text becomes markup.

Everything else is escaped by the templates. What is made here is either escaped first or comes from a program
that escapes: Pygments for telegram headers, Python-Markdown for pages that the archive's authors wrote themselves
(raw HTML in those is theirs to answer for; the Content-Security-Policy still holds it in).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import markdown
from markdown.extensions.toc import TocExtension
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter

from generator.telegram.lexer import TelegramLexer
from generator.telegram.redactions import Redaction

_LEXER = TelegramLexer(stripnl=False, ensurenl=False)
_FORMATTER = HtmlFormatter(nowrap=True)

_MARKDOWN_EXTENSIONS = ("tables", "footnotes", "fenced_code", "codehilite", "sane_lists", "attr_list")


def highlight_header(text: str) -> Markup:
    """A telegram's header, coloured by classes of Pygments; for use inside <pre>."""
    return Markup(highlight(text, _LEXER, _FORMATTER))  # noqa: S704 - Pygments escapes


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLink:
    """A run of characters of a text that leads somewhere."""

    start: int
    end: int
    href: str
    title: str  # shown when pointed at


_REDACTION = Markup('<span class="redaction" title="Redacted in the source">{}</span>')
_LINK = Markup('<a href="{}" title="{}">{}</a>')


def mark_text(text: str, links: Sequence[TextLink], redactions: Sequence[Redaction]) -> Markup:
    """A text with its links and redactions marked; where two overlap, the first counts."""
    pieces: list[Markup] = []
    at = 0
    spans: list[TextLink | Redaction] = [*links, *redactions]
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < at:
            continue
        pieces.append(escape(text[at : span.start]))
        words = text[span.start : span.end]
        if isinstance(span, TextLink):
            pieces.append(_LINK.format(span.href, span.title, words))
        else:
            pieces.append(_REDACTION.format(words))
        at = span.end
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)


def render_markdown(text: str) -> Markup:
    """A page that an author wrote, as HTML; its own headings begin at level 2."""
    converter = markdown.Markdown(
        extensions=[*_MARKDOWN_EXTENSIONS, TocExtension(baselevel=2)],
        extension_configs={"codehilite": {"guess_lang": False}},
        output_format="html",
    )
    return Markup(converter.convert(text))  # noqa: S704 - its author's own
