"""The place where text becomes markup: headers, marked texts, Markdown. The body of a cable does in `body`.

Everything else is escaped by the templates. What is made here is either escaped first or comes from a program
that escapes: Python-Markdown, held to `markdown_rules`, for the pages of an archive.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.util import Registry
from markupsafe import Markup, escape
from msgspec import Struct

from generator.render.text.apparatus import Apparatus
from generator.render.text.cable_markdown import Cables
from generator.render.text.markdown_rules import SafePages
from generator.telegram.lexer import TelegramLexer
from generator.telegram.redactions import Redaction

_LEXER = TelegramLexer()
# What is coloured of a header, by Pygments' classes: labels; names; levels, captions and codes. Numbers and signs are not.
_COLOURED = {"kr": "b", "nc": "i", "kt": "u", "nd": "u", "nt": "u"}
_END_BEHIND_LINE = re.compile(r"\n(</[biu]>)")
_MOST_COLOURED = 100  # lines of a header
_LONGEST_KEPT = 200  # characters of a line; there are longer ones, but not twice
_NUMBER = re.compile("[0-9]+")
_ONLY_DIGITS = bytes(code if chr(code) in "0123456789" else 32 for code in range(256))
_NO_DIGITS = str.maketrans("123456789", "000000000")

_MARKDOWN_EXTENSIONS = ("tables", "footnotes", "fenced_code", "codehilite", "sane_lists", "attr_list")

# Controls that turn the direction of what follows them, up to a counterpart that may never come: they could reorder
# the site's own words. An opening one becomes a mark of its direction, which turns nothing but itself.
_DIRECTIONS = {
    **dict.fromkeys("\u202a\u202d\u2066", "\u200e"),
    **dict.fromkeys("\u202b\u202e\u2067", "\u200f"),
    **dict.fromkeys("\u202c\u2068\u2069", ""),
}
# All but what HTML cannot hold, which is shown as what it is, something unreadable. A text is tried against what is fit
# since that is soonest found: most letters stand in the first of these ranges.
_UNFIT = re.compile(
    "[^ -~\t\n\f\r\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
    + "]"
)
_UNFIT_LATIN = bytes(code for code in range(256) if _UNFIT.match(chr(code)))

# Python-Markdown passes character references on, whatever they mean.
_REFERENCE = re.compile(
    r"&(?:#(?P<code>[0-9]{1,9}|[xX][0-9a-fA-F]{1,8})|#[0-9xX][0-9a-fA-F]*|[A-Za-z][A-Za-z0-9]*);"
)


def fit_for_page(value: object) -> object:
    """A value as a template may show it: a text without characters that reach beyond it or that no page can hold."""
    if not isinstance(value, str) or value.isprintable() or _UNFIT.search(value) is None:
        return value
    return value.translate({ord(found): _DIRECTIONS.get(found, "\ufffd") for found in _UNFIT.findall(value)})


def is_fit_for_page(text: str) -> bool:
    """Whether `fit_for_page` would leave a text as it is."""
    if not text.isascii():
        # The lists of first sentences have no other letter beyond Latin.
        text = text.replace("…", "")
    try:
        # Most pages are Latin, and bytes are looked through five times as fast.
        latin = text.encode("latin-1")
    except UnicodeEncodeError:
        return _UNFIT.search(text) is None
    return len(latin.translate(None, _UNFIT_LATIN)) == len(latin)


def escape_value(value: object) -> str:
    """A value as `escape` has it, but a text that has nothing to escape as it is, without making Markup of it."""
    if type(value) is Markup:
        return value
    # To look for each sign takes less time than to look at each letter.
    if type(value) is str and not (
        "'" in value or '"' in value or "&" in value or "<" in value or ">" in value
    ):
        return value
    return escape(value)


_NEEDS_NO_QUOTES = re.compile(r"[A-Za-z0-9/._#~%-]+").fullmatch


def attribute(value: str) -> str:
    """The value of an attribute, in quotes where it needs them."""
    return value if _NEEDS_NO_QUOTES(value) else f'"{escape_value(value)}"'


def escape_text(text: str) -> str:
    """A text for what stands between tags, where quotation marks need no escape."""
    if "&" in text or "<" in text or ">" in text:
        return html.escape(text, quote=False)
    return text


def as_written(text: str) -> Markup:
    """A text between tags, where quotation marks need no escape; curved ones are named, for a page that is Latin."""
    shown = escape_text(text)
    if not shown.isascii():
        shown = shown.replace("\u201c", "&ldquo;").replace("\u201d", "&rdquo;")
    return Markup(shown)  # noqa: S704 - escaped above


def as_data(json: str) -> Markup:
    """JSON as the text of a script, in which nothing but '<' could mean something to HTML."""
    return Markup(json.replace("<", "\\u003c"))  # noqa: S704 - no tag and no comment begins in it


def highlight_header(text: str) -> Markup:
    """A telegram's header, coloured by classes of Pygments; for use inside <pre>.

    Of a header with hundreds of addressees the first lines are coloured, so that its colours weigh no more than its words.
    """
    end = _end_of_line(text, _MOST_COLOURED)
    text, rest = text[:end], text[end:]
    # No rule of the lexer asks which digit stands in a place, and but for their numbers the lines of headers are often the same.
    form = "".join(_header_forms(text.translate(_NO_DIGITS)))
    numbers = text.encode("ascii", "replace").translate(_ONLY_DIGITS).decode().split()
    try:
        shown = form % tuple(numbers)
    except TypeError:  # within a number one word ends and another begins
        shown = "".join(_header_lines(text))
    return Markup(shown + html.escape(rest, quote=False))  # noqa: S704 - escaped below


def _end_of_line(text: str, number: int) -> int:
    """Where a line of a text ends, counted from 1; its end where it has fewer."""
    at = -1
    for _ in range(number):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at


def _header_forms(text: str) -> Iterator[str]:
    """Each line of a header as HTML with '%s' for its numbers."""
    states: tuple[str, ...] = ("root",)
    for line in text.split("\n"):
        form, states = _form(line, states) if len(line) < _LONGEST_KEPT else _form.__wrapped__(line, states)
        yield form


def _header_lines(text: str) -> Iterator[str]:
    states: tuple[str, ...] = ("root",)
    for line in text.split("\n"):
        html, states = _highlight_line(line, states)
        yield html


@lru_cache(maxsize=4096)
def _form(line: str, states: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    html, states = _highlight_line(line, states)
    return _NUMBER.sub("%s", html.replace("%", "%%")), states


def _highlight_line(line: str, states: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A line of a header as HTML, from the states in which the lexer is before it; and those behind it."""
    text = f"{line}\n"
    stack, left = list(states), len(text)
    spans: list[str] = []
    for rule, words in _LEXER.apply_rules(text, states):
        for name, word in zip(rule.classes, words, strict=False):
            if word:
                shown = html.escape(word, quote=False)
                spans.append(f"<{element}>{shown}</{element}>" if (element := _COLOURED.get(name)) else shown)
                left -= len(word)
        if isinstance(rule.new_state, int):
            del stack[rule.new_state :]
        elif rule.new_state is not None:
            stack.extend(rule.new_state)
        if not left:
            break  # rules that find nothing, at the end of a text, are not for the end of a line
    # A line's end is no part of the last word, nor blank space at the end of a line.
    shown = _END_BEHIND_LINE.sub(r"\1\n", "".join(spans))
    return shown, tuple(stack) or ("root",)


class TextLink(Struct, frozen=True, kw_only=True):
    """A run of characters of a text that leads somewhere."""

    start: int
    end: int
    href: str
    title: str  # shown when pointed at


class Explained(Struct, frozen=True, kw_only=True):
    """A run of characters of a text whose meaning a popover of the page says."""

    start: int
    end: int
    anchor: str  # id of the popover


class Apart(Struct, frozen=True, kw_only=True):
    """A run of characters of a text whose direction is its own."""

    start: int
    end: int


Mark = TextLink | Redaction | Explained | Apart


def mark_tags(mark: Mark) -> tuple[str, str]:
    """What stands before and behind the words of a mark."""
    if isinstance(mark, TextLink):
        title = f' title="{escape_value(mark.title)}"' if mark.title else ""
        return f"<a href={attribute(mark.href)}{title}>", "</a>"
    if isinstance(mark, Explained):
        return f"<button popovertarget={attribute(mark.anchor)}>", "</button>"
    if isinstance(mark, Apart):
        return "<bdi>", "</bdi>"
    # An image, since a bar is read out as what it means and not letter by letter.
    label = "redacted" if mark.is_of_source else '"redacted here"'
    return f"<span class=bar role=img aria-label={label}>", "</span>"


def without_overlaps(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks in order; where two overlap, the one that begins first counts."""
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start >= at:
            yield mark
            at = mark.end


def mark_text(text: str, marks: Iterable[Mark]) -> Markup:
    """A text with its links, redactions and explained words marked."""
    # Most texts have nothing to escape, nor have their pieces then.
    escaped = str if escape_text(text) is text else escape_text
    pieces: list[str] = []
    at = 0
    for mark in without_overlaps(marks):
        opening, closing = mark_tags(mark)
        pieces += [escaped(text[at : mark.start]), opening, escaped(text[mark.start : mark.end]), closing]
        at = mark.end
    pieces.append(escaped(text[at:]))
    return Markup("".join(pieces))  # noqa: S704 - escaped above


def from_template(text: str) -> Markup:
    """What a template has made of values, as markup for another page."""
    return Markup(text)  # noqa: S704 - templates escape


class Explanation(Struct, frozen=True, kw_only=True):
    """What a popover says."""

    word: str  # 'POLOFF', 'E.O. 12958'
    meaning: str
    href: str  # its place in the glossary
    list_href: str = (
        ""  # a page that lists the cables which have it, where no other link of the page leads there
    )


def render_explanation(explanation: Explanation) -> Markup:
    """What stands in a popover."""
    one = explanation
    link = f"<a href={attribute(one.href)}>{escape_text(one.word)}</a>"
    cables = f" <a href={attribute(one.list_href)}>All cables</a>" if one.list_href else ""
    return Markup(f"{link} {escape_text(one.meaning)}{cables}\n")  # noqa: S704 - escaped, word by word


def render_popovers(explanations: Iterable[tuple[str, Markup]]) -> Markup:
    """Popovers by their ids: paragraphs, each of which the next one ends."""
    return Markup(  # noqa: S704 - made of markup, and of ids of ours
        "".join([f"<p popover id={id_}>{explanation}" for id_, explanation in explanations])
    )


def _harmless_reference(reference: re.Match[str]) -> str:
    """A character reference; shown as it is written where it names nothing, or what no page may hold."""
    meant = html.unescape(reference[0])
    named = (
        meant != reference[0]
        if reference["code"] is None
        else len(meant) == 1 and ord(meant) == _code(reference)
    )
    return (
        reference[0]
        if named and meant != "\r" and fit_for_page(meant) == meant
        else f"&amp;{reference[0][1:]}"
    )


def _code(reference: re.Match[str]) -> int:
    code = reference["code"].lower()
    return int(code[1:], 16) if code.startswith("x") else int(code)


def render_markdown(
    text: str, apparatus: Apparatus | None = None, *, extensions: Iterable[Extension] = ()
) -> Markup:
    """A text that an author wrote, as HTML; its highest headings are of level 2.

    `apparatus` says what it may show of the archive, and on which page it stands; without it that is nothing.
    """
    return _rendered(_converter(apparatus, extensions), text)


def render_line(
    text: str, apparatus: Apparatus | None = None, *, extensions: Iterable[Extension] = ()
) -> Markup:
    """A remark that an author wrote, as one paragraph of HTML: links and emphasis, no headings, lists or blocks."""
    converter = _converter(apparatus, extensions)
    converter.parser.blockprocessors = Registry()
    converter.parser.blockprocessors.register(ParagraphProcessor(converter.parser), "paragraph", 10)
    return _rendered(converter, " ".join(text.split()))


def _converter(apparatus: Apparatus | None, extensions: Iterable[Extension]) -> markdown.Markdown:
    return markdown.Markdown(
        extensions=[
            *_MARKDOWN_EXTENSIONS,
            TocExtension(),
            SafePages(),
            *([Cables(apparatus)] if apparatus is not None else []),
            *extensions,
        ],
        # An attribute for the alignment of columns, since the Content-Security-Policy allows no style.
        extension_configs={"codehilite": {"guess_lang": False}, "tables": {"use_align_attribute": True}},
        output_format="html",
    )


def _rendered(converter: markdown.Markdown, text: str) -> Markup:
    # Code and tables may scroll, which those without a mouse can do once they are in them.
    made = (
        converter.convert(text).replace("<pre>", "<pre tabindex=0>").replace("<table>", "<table tabindex=0>")
    )
    return Markup(_REFERENCE.sub(_harmless_reference, made))  # noqa: S704 - Markdown escapes
