"""The one place where text becomes markup.

Everything else is escaped by the templates. What is made here is either escaped first or comes from a program
that escapes: Pygments for telegram headers, Python-Markdown for pages that the archive's authors wrote themselves
(raw HTML in those is theirs to answer for; the Content-Security-Policy still holds it in).
"""

import markdown
from markdown.extensions.toc import TocExtension
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter

from generator.telegram.lexer import TelegramLexer

_LEXER = TelegramLexer(stripnl=False, ensurenl=False)
_FORMATTER = HtmlFormatter(nowrap=True)

_MARKDOWN_EXTENSIONS = ("tables", "footnotes", "fenced_code", "codehilite", "sane_lists", "attr_list")


def highlight_header(text: str) -> Markup:
    """A telegram's header, coloured by classes of Pygments; for use inside <pre>."""
    return Markup(highlight(text, _LEXER, _FORMATTER))  # noqa: S704 - Pygments escapes


def render_markdown(text: str) -> Markup:
    """A page that an author wrote, as HTML; its own headings begin at level 2."""
    converter = markdown.Markdown(
        extensions=[*_MARKDOWN_EXTENSIONS, TocExtension(baselevel=2)],
        extension_configs={"codehilite": {"guess_lang": False}},
        output_format="html",
    )
    return Markup(converter.convert(text))  # noqa: S704 - its author's own
