"""Whether a page is valid HTML, by the parser of a browser, html5ever.

It tells what a browser would mend, in words of its own; here they become sentences. It does not tell where: whoever
wants the line of a fault finds the shortest beginning of the page that has it.
"""

import re
from collections.abc import Callable

from markupever import HtmlOptions, Parser

from generator.inspection.markup import find_unclosed

# Most pages have no fault, and are read four times as fast where what is found is not put into words.
_QUICK = HtmlOptions(full_document=True, exact_errors=False)
_EXACT = HtmlOptions(full_document=True, exact_errors=True)

# What the quick way does not mind: characters that no page may have. A few that it may have are among them.
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_UNFIT = tuple(
    re.compile(pattern).search
    for pattern in (rb"\xc2[\x80-\x9f]", rb"\xef\xb7[\x90-\xaf]", rb"\xbf[\xbe\xbf]")
)

_MOST = 20  # faults of a page
_LONGEST = 200  # letters of one

_START = r"Tag ?\(?(?:Tag )?\{ kind: StartTag, name: Atom\(\\*'([^'\\]*)"
_END = r"Tag ?\(?(?:Tag )?\{ kind: EndTag, name: Atom\(\\*'([^'\\]*)"

_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"Unexpected token .* in insertion mode Initial$", "the page does not begin with <!doctype html>"),
        (r"Unexpected open tag \{[^}]*\}:(\S+) at end of body", r"<\1> has no end tag"),
        (rf"Unexpected token {_END}.*", r"</\1> ends nothing that is open"),
        (
            rf"Unexpected token {_START}.* in insertion mode (?:AfterBody|AfterAfterBody)$",
            r"<\1> stands behind the end of the page",
        ),
        (rf"Unexpected token {_START}.*", r"<\1> may not stand where it does"),
        (r"Unexpected characters .* in table", "text stands in a table outside its cells"),
        (
            r"Unexpected open element while closing Atom\('([^']*)'.*",
            r"</\1> ends elements that are still open in it",
        ),
        (r"No <p> tag to close", "</p> ends no paragraph: a block in it, such as <div>, has ended it before"),
        (
            r"Formatting element not (?:current node|in scope|open)",
            "elements such as <a> and <b> overlap, or end what is not open",
        ),
        (
            r"Found special tag while closing generic tag",
            "an end tag ends nothing that is open, or crosses a block",
        ),
        (r"Closing wrong heading tag", "a heading ends with the tag of another"),
        (r"Unacknowledged self-closing tag", "'/>' ends no element that has content"),
        (r"Duplicate attribute", "an attribute stands twice in one tag"),
        (r"nested (buttons|forms)", r"\1 stand in one another"),
        (r"Invalid character reference (.*)", r"\1 names no character"),
        (r"Character reference does not end with semicolon", "a named character has no ';' behind it"),
        (r"Invalid numeric character reference value (.*)", r"no page may have the character \1"),
        (
            r"Bad character$",
            "a tag has a letter where it may have none, as a quote in a value without quotes",
        ),
        (r"Bad character (.*)", r"no page may have the character \1"),
        (r"invalid byte sequence", "bytes that are no UTF-8"),
        (r"Unexpected EOF", "the page ends within a tag or a comment"),
    )
)
_UNCLOSED = re.compile(r"Unexpected open tag \{[^}]*\}:(\S+) at end of body")
_ATOM = re.compile(r"Atom\(\\*'([^'\\]*)\\*'[^)]*\)")


def faults_of(page: bytes, *, is_careless: bool) -> list[str]:
    """What is not valid on a page, in the words of the parser, in order; a few of very many."""
    is_unfit = len(page.translate(None, _CONTROLS)) != len(page) or any(search(page) for search in _UNFIT)
    if not _faults(page, _QUICK) and not is_careless and not is_unfit:
        return []
    return [fault[:_LONGEST] for fault in _faults(page, _EXACT)[:_MOST]]


def in_words(fault: str) -> str:
    """A fault as a sentence without a full stop."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(fault):
            return found.expand(sentence)
    without_types = _ATOM.sub(r"\1", fault)
    return f"the parser of a browser says: {without_types}"


def place_of(page: bytes, number: int) -> tuple[int, int] | None:
    """Where on a page the fault of a number is: a span of its line, or the tag that is not closed."""
    faults = _faults(page, _EXACT)
    if number >= len(faults):
        return None
    if unclosed := _UNCLOSED.match(faults[number]):
        return find_unclosed(page, unclosed[1].encode())
    ends = [found.end() for found in re.finditer(rb"\n", page)]
    line = _first(
        len(ends), lambda count: _faults(page[: ends[count]], _EXACT)[: number + 1] == faults[: number + 1]
    )
    begin = ends[line - 1] if line else 0
    return begin, ends[line] if line < len(ends) else len(page)


def _faults(page: bytes, options: HtmlOptions) -> list[str]:
    parser = Parser(options)
    parser.process(page)
    parser.finish()
    return parser.errors()


def _first(count: int, is_enough: Callable[[int], bool]) -> int:
    """The first of some numbers that is enough, `count` where none is."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if is_enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
